"""What in a document has one plain answer, put right: a value in quotes, in another case, or a name for an id."""

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date, datetime, time
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from slavefree_cli.model.dates import parse_date, parse_time
from slavefree_cli.model.record import Record, Ref, Table
from slavefree_cli.register.toml.write import Document

Refer = Callable[[Ref, str], str | None]
"""Returns the id that is meant where what stands there is none and one fits; None where that is not plain."""

_NUMBER = re.compile(r"\s*-?[0-9]{1,9}\s*")
_SWITCHES = {"true": True, "yes": True, "false": False, "no": False}


def mended(kind: type[Table], document: Document, refer: Refer) -> Document:
    """Return a document with every value put right that has one plain answer; the rest as it was.

    Args:
        kind: The type that its keys are of.
        document: The parsed file, or a table of it.
        refer: Says which id a name stands for.
    """
    hints = _hints(kind)
    return {key: _value(hints[key], value, refer) if key in hints else value for key, value in document.items()}


def allowed(kind: type[Table], key: str) -> tuple[str, ...]:
    """Return the values that a closed list allows at a dotted key; none where no such list is."""
    hint: Any = kind
    for each in key.split("."):
        hint = _bare(hint)
        if get_origin(hint) is dict:
            hint = get_args(hint)[1]
        elif isinstance(hint, type) and issubclass(hint, Table):
            hint = _hints(hint).get(each)
        else:
            return ()
    hint = _bare(hint)
    hint = _bare(get_args(hint)[0]) if get_origin(hint) is tuple else hint
    return tuple(map(str, get_args(hint))) if get_origin(hint) is Literal else ()


def plain_date(text: str) -> date | None:
    """Return the one date that a text says whatever day it is today; None where there is none."""
    with suppress(ValueError):
        found = {parse_date(text, today) for today in (date(1950, 3, 1), date(2050, 8, 18))}
        return found.pop() if len(found) == 1 else None
    return None


def _hints(kind: type[Table]) -> dict[str, Any]:
    hints = get_type_hints(kind, include_extras=True)
    placed = kind.PLACED if issubclass(kind, Record) else ()
    names = zip(kind.__struct_fields__, kind.__struct_encode_fields__, strict=True)
    return {key: hints[name] for name, key in names if name not in placed}


def _bare(hint: Any) -> Any:
    """Return what a hint says without None and without its marks."""
    if get_origin(hint) is Annotated:
        return _bare(get_args(hint)[0])
    if get_origin(hint) in {Union, UnionType}:
        said = [each for each in get_args(hint) if each is not type(None)]
        return _bare(said[0]) if len(said) == 1 else hint
    return hint


def _ref(hint: Any) -> Ref | None:
    if get_origin(hint) in {Union, UnionType}:
        return next(filter(None, map(_ref, get_args(hint))), None)
    marks = hint.__metadata__ if get_origin(hint) is Annotated else ()
    return next((each for each in marks if isinstance(each, Ref)), None)


def _value(hint: Any, value: Any, refer: Refer) -> Any:
    bare, ref = _bare(hint), _ref(hint)
    if isinstance(value, str):
        if ref is not None:
            return refer(ref, value) or value
        found = _listed(get_args(bare), value) if get_origin(bare) is Literal else _read(bare, value)
        return value if found is None else found
    if isinstance(value, list) and get_origin(bare) is tuple:
        return [_value(get_args(bare)[0], each, refer) for each in value]
    if not isinstance(value, Mapping):
        return value
    if get_origin(bare) is dict:
        keys, tables = get_args(bare)
        named = {_value(keys, key, refer): _value(tables, each, refer) for key, each in value.items()}
        # Two keys that stand for one record are not for a program to bring together.
        return named if len(named) == len(value) else value
    return mended(bare, dict(value), refer) if isinstance(bare, type) and issubclass(bare, Table) else value


def _listed(values: tuple[str, ...], said: str) -> str | None:
    """Return the value of a closed list that is meant by one in another case, or with blanks for its hyphens."""
    wanted = "-".join(re.split(r"[\s_-]+", said.strip().casefold()))
    return wanted if wanted in values else None


def _read(type: Any, said: str) -> object:
    """Return what is said in quotes as a value of TOML's own type; None where that is not plain."""
    with suppress(ValueError):
        if type is date:
            return plain_date(said)
        if type is time:
            return parse_time(said)
        if type is datetime:
            at = datetime.fromisoformat(said.strip())
            return at if at.tzinfo is not None else None
        if type is int:
            return int(said) if _NUMBER.fullmatch(said) else None
        if type is bool:
            return _SWITCHES.get(said.strip().casefold())
    return None
