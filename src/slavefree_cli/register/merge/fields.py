"""Parsed TOML merged field by field: tables by key, lists by their elements, anything else as a whole."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from slavefree_cli.register.merge.conflict import Conflict, Side, taken
from slavefree_cli.register.toml.edit import alike
from slavefree_cli.register.toml.write import Document, value_text

_Settling = Callable[[str, Any, Any, Any], Any]
"""Takes down a field that both sides changed, by its dotted key, and says which value stands."""


def merged_fields(
    path: str, base: Document, ours: Document, theirs: Document, take: Side | None
) -> tuple[Document, list[Conflict]]:
    """Return what two changed documents come to, and the fields that both changed.

    Args:
        path: Their file, for the conflicts.
        base: What both come from.
        ours: One side; the order of its keys counts.
        theirs: The other.
        take: Whose value stands where both changed a field; ours, where none is named.
    """
    conflicts: list[Conflict] = []

    def settled(field: str, base: Any, ours: Any, theirs: Any) -> Any:
        conflicts.append(Conflict(path, field, base, ours, theirs))
        return taken(take, ours, theirs)

    return _tables("", base, ours, theirs, settled), conflicts


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


def _tables(prefix: str, base: Document, ours: Document, theirs: Document, settled: _Settling) -> Document:
    result: Document = {}
    for key in in_order(ours, theirs):
        value = _value(prefix + key, base.get(key), ours.get(key), theirs.get(key), settled)
        if value is not None:
            result[key] = value
    return result


def _value(field: str, base: Any, ours: Any, theirs: Any, settled: _Settling) -> Any:
    if alike(ours, theirs) or alike(base, theirs):
        return ours
    if alike(base, ours):
        return theirs
    if isinstance(ours, dict) and isinstance(theirs, dict):
        return _tables(f"{field}.", base if isinstance(base, dict) else {}, ours, theirs, settled)
    if isinstance(base, dict) and _can_be_apart(base, ours, theirs):
        return _tables(f"{field}.", base, ours or {}, theirs or {}, settled) or None
    if all(value is None or isinstance(value, list) for value in (base, ours, theirs)):
        elements = _list(base or [], ours or [], theirs or [])
        if elements is not None:
            return elements or None
    return settled(field, base, ours, theirs)


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


def _list(base: Sequence[Any], ours: Sequence[Any], theirs: Sequence[Any]) -> list[Any] | None:
    """Return a list with what either side added and without what either took out, in the order of ours.

    Where theirs changed the order and ours did not, it is the order of theirs. Lists are names without repetition: it
    is None where it cannot be told, as an element is repeated, or both sides changed the order.
    """
    was, mine, other = ({value_text(each): each for each in side} for side in (base, ours, theirs))
    if (len(was), len(mine), len(other)) != (len(base), len(ours), len(theirs)):
        return None
    first, second = mine, other
    if not _in_order_of(was, other):
        if not _in_order_of(was, mine):
            return None
        first, second = other, mine
    order = in_order(
        [key for key in first if key in second or key not in was],
        [key for key in second if key in first or key not in was],
    )
    return [{**second, **first}[key] for key in order]


def _in_order_of(was: dict[str, Any], now: dict[str, Any]) -> bool:
    kept = [key for key in now if key in was]
    return kept == [key for key in was if key in now]
