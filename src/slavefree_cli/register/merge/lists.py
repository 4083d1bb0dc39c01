"""Lists merged as what they are in a register: names without repetition, in an order."""

from collections.abc import Sequence
from typing import Any

from slavefree_cli.register.toml.write import value_text


def merged_list(base: Sequence[Any], ours: Sequence[Any], theirs: Sequence[Any]) -> list[Any] | None:
    """Return a list with what either side added and without what either took out.

    Args:
        base: What both come from.
        ours: One side, whose order counts where theirs did not change it.
        theirs: The other.

    Returns:
        The list, or None where it cannot be told: an element is repeated, or both sides changed the order.
    """
    was, mine, other = ({value_text(each): each for each in side} for side in (base, ours, theirs))
    if (len(was), len(mine), len(other)) != (len(base), len(ours), len(theirs)):
        return None
    first, second = mine, other
    if not _in_order_of(was, other):
        if not _in_order_of(was, mine):
            return None
        first, second = other, mine
    order = [key for key in first if key in second or key not in was]
    at = 0
    for key in second:
        if key in order:
            at = order.index(key) + 1
        elif key not in was:
            order.insert(at, key)
            at += 1
    return [(first.get(key) if key in first else second.get(key)) for key in order]


def _in_order_of(was: dict[str, Any], now: dict[str, Any]) -> bool:
    kept = [key for key in now if key in was]
    return kept == [key for key in was if key in now]
