"""What became of a list of things, in time that is bounded whatever is in it."""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Final, NamedTuple

_MOST: Final = 2_000_000
"""How many pairs are compared at most; a list of a thousand that is all otherwise comes to half of it."""


class Run(NamedTuple):
    """A run of things that stayed (``equal``), or became others: where it begins and ends in one list and the other."""

    tag: str
    i1: int
    i2: int
    j1: int
    j2: int


def runs(one: Sequence[str], other: Sequence[str]) -> Iterator[Run]:
    """Yield what became of one list in another, in order; where that would take too long, as one run that changed."""
    most = min(len(one), len(other))
    begin = next((at for at in range(most) if one[at] != other[at]), most)
    end = next((at for at in range(most - begin) if one[-1 - at] != other[-1 - at]), most - begin)
    i2, j2 = len(one) - end, len(other) - end
    if begin:
        yield Run("equal", 0, begin, 0, begin)
    if (i2 - begin) * (j2 - begin) > _MOST:
        yield Run("replace", begin, i2, begin, j2)
    else:
        for tag, a1, a2, b1, b2 in SequenceMatcher(None, one[begin:i2], other[begin:j2], autojunk=False).get_opcodes():
            yield Run(tag, a1 + begin, a2 + begin, b1 + begin, b2 + begin)
    if end:
        yield Run("equal", i2, len(one), j2, len(other))
