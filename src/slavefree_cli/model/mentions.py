"""What a record says of others: the ids that it names and the codes that it gives, as its fields are declared."""

from collections.abc import Iterator
from functools import cache
from typing import Annotated, Any, NamedTuple, TypeVar, get_args, get_origin, get_type_hints

import msgspec

from slavefree_cli.model.record import Code, Record, Ref, Table

T = TypeVar("T", bound=Table)


class Mention(NamedTuple):
    """A place in a record that names another."""

    key: str
    """Dotted, as in the file; ``id`` or another field that the place of the file gives."""
    ref: Ref
    id: str


class _Part(NamedTuple):
    """A field that names something, or has tables in it that may."""

    name: str
    key: str
    mark: Ref | Code | None
    """What the value is, or what the keys are where it is a table of tables."""


def mentions(record: Record) -> Iterator[Mention]:
    """Yield every place where a record names another."""
    for key, mark, value in _marked(record, ""):
        if isinstance(mark, Ref):
            yield Mention(key, mark, value)


def codes_in(record: Record) -> Iterator[tuple[str, str]]:
    """Yield each random code that a record gives to a part of itself: the key, and the code."""
    for key, mark, value in _marked(record, ""):
        if isinstance(mark, Code):
            yield key, value


@cache
def refs_in(kind: type[Table]) -> frozenset[Ref]:
    """Return every way in which a type of record, or a table of one, names others."""
    hints = get_type_hints(kind, include_extras=True)
    found = {mark for hint in hints.values() for mark in _marks(hint) if isinstance(mark, Ref)}
    return frozenset(found).union(*(refs_in(inner) for hint in hints.values() for inner in _tables(hint)))


def renamed(table: T, noun: str, old: str, new: str) -> T:
    """Return a record, or a table of one, with a new id in every place where it names another by the old one.

    Args:
        table: The record that names it, or does not.
        noun: The kind of what has the new id.
        old: The id that it had.
        new: The id that it has.
    """
    changes: dict[str, object] = {}
    placed = table.PLACED if isinstance(table, Record) else ()
    for name, _, mark in _parts(type(table)):
        if name in placed:
            continue
        own = isinstance(mark, Ref) and noun in mark.nouns
        value: Any = getattr(table, name)
        if isinstance(value, Table):
            changes[name] = renamed(value, noun, old, new)
        elif isinstance(value, dict):
            changes[name] = {
                new if own and key == old else key: renamed(each, noun, old, new) for key, each in value.items()
            }
        elif isinstance(value, tuple):
            changes[name] = tuple(new if own and each == old else each for each in value)
        elif own and value == old:
            changes[name] = new
    return msgspec.structs.replace(table, **changes)


def _marked(table: Table, prefix: str) -> Iterator[tuple[str, Ref | Code, str]]:
    for name, key, mark in _parts(type(table)):
        value: Any = getattr(table, name)
        if isinstance(value, Table):
            yield from _marked(value, f"{prefix}{key}.")
        elif isinstance(value, dict):
            for slug, entry in value.items():
                if mark is not None:
                    yield f"{prefix}{key}.{slug}", mark, slug
                yield from _marked(entry, f"{prefix}{key}.{slug}.")
        elif mark is not None and value is not None:
            for each in value if isinstance(value, tuple) else (value,):
                yield prefix + key, mark, each


@cache
def _parts(kind: type[Table]) -> tuple[_Part, ...]:
    """Return the fields of a type that say something of others."""
    hints = get_type_hints(kind, include_extras=True)
    found = []
    for name, key in zip(kind.__struct_fields__, kind.__struct_encode_fields__, strict=True):
        mark = next(_marks(hints[name]), None)
        if mark is not None or any(_parts(inner) for inner in _tables(hints[name])):
            found.append(_Part(name, key, mark))
    return tuple(found)


def _marks(hint: Any) -> Iterator[Ref | Code]:
    """Yield what a hint says that its value is: of a table of tables what its keys are."""
    if get_origin(hint) is Annotated:
        yield from (each for each in hint.__metadata__ if isinstance(each, Ref | Code))
    elif get_origin(hint) is not dict:
        for inner in get_args(hint):
            yield from _marks(inner)
    else:
        yield from _marks(get_args(hint)[0])


def _tables(hint: Any) -> Iterator[type[Table]]:
    if isinstance(hint, type) and issubclass(hint, Table):
        yield hint
    for inner in get_args(hint):
        yield from _tables(inner)
