"""Parsed TOML merged field by field: tables by key, lists by their elements, anything else as a whole."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from slavefree_cli.register.merge.conflict import Side
from slavefree_cli.register.merge.lists import merged_list
from slavefree_cli.register.toml.edit import alike
from slavefree_cli.register.toml.write import Document


class Clash(NamedTuple):
    """A field that both sides changed, each in its own way; None stands for a field that is not there."""

    field: str
    base: Any
    ours: Any
    theirs: Any


def merged_fields(base: Document, ours: Document, theirs: Document, take: Side | None) -> tuple[Document, list[Clash]]:
    """Return what two changed documents come to, and the fields that both changed.

    Args:
        base: What both come from.
        ours: One side; the order of its keys counts.
        theirs: The other.
        take: Whose value stands where both changed a field; ours, where none is named.
    """
    clashes: list[Clash] = []
    return _tables((), base, ours, theirs, take, clashes), clashes


def differing(base: Document, ours: Document, theirs: Document) -> list[Clash]:
    """Return each field at the top of two documents that is not alike in them."""
    keys = in_order(ours, theirs)
    return [
        Clash(key, base.get(key), ours.get(key), theirs.get(key))
        for key in keys
        if not alike(ours.get(key), theirs.get(key))
    ]


def _tables(
    path: tuple[str, ...],
    base: Mapping[str, Any],
    ours: Mapping[str, Any],
    theirs: Mapping[str, Any],
    take: Side | None,
    clashes: list[Clash],
) -> Document:
    result: Document = {}
    for key in in_order(ours, theirs):
        value = _value((*path, key), base.get(key), ours.get(key), theirs.get(key), take, clashes)
        if value is not None:
            result[key] = value
    return result


def _value(path: tuple[str, ...], base: Any, ours: Any, theirs: Any, take: Side | None, clashes: list[Clash]) -> Any:
    if alike(ours, theirs) or alike(base, theirs):
        return ours
    if alike(base, ours):
        return theirs
    if isinstance(ours, Mapping) and isinstance(theirs, Mapping):
        return _tables(path, base if isinstance(base, Mapping) else {}, ours, theirs, take, clashes)
    if isinstance(base, Mapping) and _can_be_apart(base, ours, theirs):
        return _tables(path, base, ours or {}, theirs or {}, take, clashes) or None
    if all(value is None or isinstance(value, list) for value in (base, ours, theirs)):
        elements = merged_list(base or [], ours or [], theirs or [])
        if elements is not None:
            return elements or None
    clashes.append(Clash(".".join(path), base, ours, theirs))
    return theirs if take == "theirs" else ours


def _can_be_apart(base: Mapping[str, Any], ours: Any, theirs: Any) -> bool:
    """Tell whether a table that one side has taken out is merged as an empty one, so that what is new in it counts.

    It is where the other side only put keys in, or where it holds tables, each of which is looked at by itself. A table
    of which one side changed a value and which the other took out is a conflict as a whole.
    """
    other = theirs if ours is None else ours
    if not isinstance(other, Mapping) or (ours is not None and theirs is not None):
        return False
    return any(isinstance(value, Mapping) for value in base.values()) or all(
        alike(other.get(key), value) for key, value in base.items()
    )


def in_order(ours: Iterable[str], theirs: Iterable[str]) -> list[str]:
    """Return the keys of both, those that only theirs has behind the one that they follow there."""
    order = list(ours)
    at = 0
    for key in theirs:
        if key in order:
            at = order.index(key) + 1
        else:
            order.insert(at, key)
            at += 1
    return order
