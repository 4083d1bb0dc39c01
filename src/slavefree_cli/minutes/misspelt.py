"""Words that are nearly one with which something begins in minutes, a letter missing, doubled, changed or misplaced."""

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import groupby
from typing import Final

ACTIONS: Final = ("action", "actions")
DECISIONS: Final = (
    "decision", "decisions", "decided", "agreed", "resolved", "resolution", "resolutions",
)  # fmt: skip
REPORTS: Final = ("done", "update", "due")

_OWN: Final = frozenset({
    "auction", "auctions", "faction", "factions", "acting", "caption", "captions", "agree", "agrees", "greed",
    "decide", "decides", "decider", "derided", "derision", "decoded", "recession", "resolve", "resolves", "resolver",
    "revolved", "revolution", "revolutions", "resolute", "dissolution", "dissolved",
})  # fmt: skip
"""Words of their own, which nobody means one of these by."""


@lru_cache(maxsize=4096)
def nearly(word: str, wanted: tuple[str, ...]) -> str | None:
    """Return which of some words was meant by one that is none of them, or None where none was.

    Args:
        word: The word, in small letters.
        wanted: The words.
    """
    if word in wanted or word in _OWN:
        return None
    return next(
        (each for each in wanted if _near(_single(word), _single(each)) or _near(*map(_sound, (word, each)))), None
    )


def _single(word: str) -> str:
    """Return a word with its doubled letters made single."""
    return "".join(letter for letter, _ in groupby(word))


def _sound(word: str) -> str:
    """Return a word with what sounds alike written alike, as the two of a decision."""
    return re.sub(r"c(?=[ei])", "s", _single(word))


def _near(one: str, other: str) -> bool:
    """Tell whether two words are the same but for one letter, or for two beside each other that changed places."""
    if one == other:
        return True
    if abs(len(one) - len(other)) > 1:
        return False
    same = _alike(zip(one, other, strict=False))
    one, other = one[same:], other[same:]
    return (
        one[1:] == other[1:]
        or one[1:] == other
        or one == other[1:]
        or (one[:2] == other[1::-1] and len(one) > 1 and one[2:] == other[2:])
    )


def _alike(pairs: Iterable[tuple[str, str]]) -> int:
    """Return how many pairs of letters at the beginning are pairs of the same."""
    count = 0
    for one, other in pairs:
        if one != other:
            break
        count += 1
    return count
