"""What a record says of others: the ids that it names and the codes that it gives, as its fields are declared."""

from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple, TypeVar

import msgspec

from slavefree_cli.model.record import Code, Record, Ref, Table, parts

T = TypeVar("T", bound=Table)
MarkT = TypeVar("MarkT", Ref, Code)


class Mention(NamedTuple):
    """A place in a record that names another."""

    key: str
    """Dotted, as in the file; ``id`` or another field that the place of the file gives."""
    ref: Ref
    id: str


def mentions(record: Record) -> Iterator[Mention]:
    """Yield every place where a record names another."""
    return (Mention(*found) for found in _marked(record, Ref))


def codes_in(record: Record) -> Iterator[tuple[str, str]]:
    """Yield each random code that a record gives to a part of itself: the key, and the code."""
    return ((key, code) for key, _, code in _marked(record, Code))


@cache
def refs_in(kind: type[Table]) -> frozenset[Ref]:
    """Return every way in which a type of record, or a table of one, names others."""
    found = {part.mark for part in parts(kind) if isinstance(part.mark, Ref)}
    return frozenset(found).union(*(refs_in(inner) for part in parts(kind) for inner in part.tables))


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
    for name, _, mark, _ in parts(type(table)):
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


def _marked(table: Table, wanted: type[MarkT], prefix: str = "") -> Iterator[tuple[str, MarkT, str]]:
    """Yield each value that is marked so by its field: the key, the mark and the value."""
    for name, key, mark, _ in parts(type(table)):
        value: Any = getattr(table, name)
        if isinstance(value, Table):
            yield from _marked(value, wanted, f"{prefix}{key}.")
        elif isinstance(value, dict):
            for slug, entry in value.items():
                if isinstance(mark, wanted):
                    yield f"{prefix}{key}.{slug}", mark, slug
                yield from _marked(entry, wanted, f"{prefix}{key}.{slug}.")
        elif isinstance(mark, wanted) and value is not None:
            for each in value if isinstance(value, tuple) else (value,):
                yield prefix + key, mark, each
