"""Records to TOML documents and back, and what is wrong with a document, said so that a coordinator can mend it."""

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from typing import Any, TypeVar

import msgspec

from slavefree_cli.model.record import Record, Table
from slavefree_cli.register.toml.write import Document

R = TypeVar("R", bound=Record)

_TYPES = (datetime, date, time)
_NAMES = {
    "str": "text in quotes",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "date": "a date such as 2023-06-07, without quotes",
    "datetime": "an instant such as 2023-06-07T09:00:00Z, without quotes",
    "time": "a time such as 14:00:00, without quotes",
    "array": "a list in [ ]",
    "object": "a table",
}
_GOT = {**_NAMES, "str": "text", "date": "a date", "datetime": "an instant", "time": "a time"}


class DocumentError(ValueError):
    """A document is no valid record; carries the key and what is wrong with it."""

    def __init__(self, key: str, message: str) -> None:
        super().__init__(f"{key}: {message}" if key else message)
        self.key = key
        self.message = message


def decode(kind: type[R], placed: Mapping[str, object], document: Document) -> R:
    """Return the record that a document holds.

    Args:
        kind: The type of record.
        placed: The fields that the place of the file gives.
        document: The parsed file; keys that the type does not know are left aside.

    Raises:
        DocumentError: A key is missing, has the wrong type or a value that the record does not allow.
    """
    try:
        record = msgspec.convert({**document, **placed}, kind, builtin_types=_TYPES)
    except msgspec.ValidationError as error:
        raise _explained(kind, placed, document, str(error)) from None
    for key, message in record.problems():
        raise DocumentError(key, message)
    return record


def encode(table: Table) -> Document:
    """Return the document of a record or table: known keys in order, empty ones left out."""
    return merged({}, None, table)


def merged(raw: Document, before: Table | None, after: Table) -> Document:
    """Return a document that says what a record says now and keeps what else the file held.

    Args:
        raw: The file as parsed.
        before: The record that was read from it; None for a new file.
        after: The record as it shall be.
    """
    result: Document = {}
    unknown = dict(raw)
    for name, key in _fields(after):
        there = unknown.pop(key, None)
        old = getattr(before, name, None)
        value = getattr(after, name)
        if before is None or old != value:
            there = _said(there or {}, old, value)
        if there is not None:
            result[key] = there
    return result | unknown


def unknown_keys(table: Table, raw: Document, prefix: str = "") -> Iterator[str]:
    """Yield the keys of a document that the record does not know, by their dotted names."""
    fields = {key: name for name, key in _fields(table)}
    for key, value in raw.items():
        if key not in fields:
            yield prefix + key
        elif isinstance(inner := getattr(table, fields[key]), Table):
            yield from unknown_keys(inner, value, f"{prefix}{key}.")
        elif isinstance(inner, dict):
            for slug, entry in inner.items():
                yield from unknown_keys(entry, value[slug], f"{prefix}{key}.{slug}.")


def _fields(table: Table) -> Iterator[tuple[str, str]]:
    placed = table.PLACED if isinstance(table, Record) else ()
    for name, key in zip(table.__struct_fields__, table.__struct_encode_fields__, strict=True):
        if name not in placed:
            yield name, key


def _said(raw: Document, old: Any, value: Any) -> Any:
    """Return what a document says of a value; None where it is empty and left out."""
    if isinstance(value, Table):
        value = merged(raw, old, value)
    elif isinstance(value, dict):
        order = [*(slug for slug in raw if slug in value), *(slug for slug in value if slug not in raw)]
        value = {slug: merged(raw.get(slug, {}), (old or {}).get(slug), value[slug]) for slug in order}
    elif isinstance(value, tuple):
        value = list(value)
    return None if value is False or value in ([], {}) else value


def _explained(kind: type[Record], placed: Mapping[str, object], document: Document, said: str) -> DocumentError:
    """Return what msgspec said, with the whole key named: it leaves out the keys of tables (``$.items[...]``)."""
    message, _, path = said.rpartition(" - at `$")
    if not message:
        message, path = said, ""
    key = path.rstrip("`").removeprefix(".")
    while "[...]" in key:
        outer, _, inner = key.partition("[...]")
        for slug, narrowed in _one_by_one(document, outer.split(".")):
            try:
                msgspec.convert({**narrowed, **placed}, kind, builtin_types=_TYPES)
            except msgspec.ValidationError:
                key, document = f"{outer}.{slug}{inner}", narrowed
                break
        else:
            break
    key = re.sub(r"\[\d*(?:\.\.\.)?\]", "", key)
    return DocumentError(key, _in_words(message, key, kind))


def _one_by_one(document: Document, path: list[str]) -> Iterator[tuple[str, Document]]:
    """Yield each key of a table in a document, with a document in which that table has nothing else."""
    first, *rest = path
    inner = document.get(first)
    if not isinstance(inner, dict):
        return
    if rest:
        yield from ((slug, {**document, first: one}) for slug, one in _one_by_one(inner, rest))
    else:
        yield from ((slug, {**document, first: {slug: entry}}) for slug, entry in inner.items())


def _in_words(message: str, key: str, kind: type[Record]) -> str:
    if found := re.fullmatch(r"Expected `(.+?)`, got `(.+?)`", message):
        wanted = " or ".join(_NAMES.get(each, each) for each in found[1].split(" | ") if each != "null")
        return f"must be {wanted}, not {_GOT.get(found[2], found[2])}"
    if found := re.fullmatch(r"Object missing required field `(.+)`", message):
        return f"{'the key ' if key else ''}{found[1]} is missing"
    if found := re.fullmatch(r"Invalid enum value (.+)", message):
        from slavefree_cli.register.mending import allowed

        values = allowed(kind, key)
        return f"cannot be {found[1]}" + (f"; it must be one of: {', '.join(values)}" if values else "")
    return message[:1].lower() + message[1:]
