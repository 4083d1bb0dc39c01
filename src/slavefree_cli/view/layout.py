"""How a table finds room: which of its columns stand, and how wide each is; pure, of the widths of what is in them.

Widths are counted in the cells of a terminal. No word is broken: what does not fit side by side is laid out below one
another, and a word alone that is wider than the terminal is left to whoever draws it.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final, NamedTuple

GAP: Final = 2
"""The cells between two columns."""
EASY: Final = 20
"""The width at which running text is read easily in a column; before one is narrower, columns are left out."""
TIGHT: Final = 12
"""The width below which it is no column any more; before one is narrower, the rows are laid out one by one."""

_COMMAND: Final = r"(?:slavefree [a-z]|git (?:add|clone|config|init|merge|remote) |keyring |pip )"
_WORD: Final = (
    rf"(?:(?<=: )|(?<= and )|(?<= or )|(?<= then )){_COMMAND}.+?(?:[;.,](?= )|(?= and | or )|$)"  # as it is copied
    r"|[^ ]+"
)


class Extent(NamedTuple):
    """How much room a column takes."""

    word: int
    """Its longest word, which is not broken."""
    line: int
    """Its longest line."""
    spare: int = 0
    """Which is left out first where there is no room, from 1; 0 where it never is."""

    def at_least(self, width: int) -> int:
        """Return how wide it is where it is to have at least a width, or all that it needs."""
        return min(self.line, max(self.word, width))


def extent(texts: Iterable[str], measure: Callable[[str], int], *, whole: bool = False, spare: int = 0) -> Extent:
    """Return how much room the texts of a column take, its heading among them.

    Args:
        texts: What stands in it.
        measure: Counts the cells of a text.
        whole: Whether its lines are not broken at blanks either.
        spare: Which is left out first; see ``Extent``.
    """
    word = line = 1
    for text in set(texts):
        line = max(line, measure(text))
        word = max(word, *map(measure, text.split()), 1)
    return Extent(line if whole else word, line, spare)


def side_by_side(extents: Sequence[Extent], width: int) -> Mapping[int, int] | None:
    """Return the columns that stand side by side and the width of each, or None where there is no room for that.

    Those stand that are never left out, and of the others, the most important first, each that finds room where all can
    be read easily. What room is over goes to those whose lines are longer.

    Args:
        extents: What each column needs.
        width: The cells of the terminal.
    """
    standing = [index for index, each in enumerate(extents) if not each.spare]
    for _, index in sorted(((each.spare, index) for index, each in enumerate(extents) if each.spare), reverse=True):
        wider = sorted([*standing, index])
        if _taken(extents, wider, EASY) <= width:
            standing = wider
    standing = standing or [max(range(len(extents)), key=lambda index: extents[index].spare)]
    least = EASY if _taken(extents, standing, EASY) <= width else TIGHT
    over = width - _taken(extents, standing, least)
    if over < 0:
        return None
    widths = {index: extents[index].at_least(least) for index in standing}
    wanting = sorted(standing, key=lambda index: extents[index].line - widths[index])
    for count, index in enumerate(wanting):
        more = min(extents[index].line - widths[index], over // (len(wanting) - count))
        widths[index] += more
        over -= more
    return widths


def _taken(extents: Sequence[Extent], standing: Sequence[int], least: int) -> int:
    return sum(extents[index].at_least(least) for index in standing) + GAP * (len(standing) - 1)


def wrapped(text: str, width: int, measure: Callable[[str], int], room: int = 0) -> list[str]:
    """Return the lines that a sentence takes, broken at blanks alone.

    A command that it gives is one word, as it is copied: a line of its own is longer than the terminal rather than two.

    Args:
        text: The sentence.
        width: The cells of the terminal.
        measure: Counts the cells of a text.
        room: The cells that what follows on its last line takes.
    """
    words = re.findall(_WORD, text)
    lines = words[:1]
    for index, word in enumerate(words[1:], 2):
        longer = f"{lines[-1]} {word}"
        if measure(longer) + (room if index == len(words) else 0) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def beside(labels: Sequence[int], width: int) -> int:
    """Return how many cells the labels take that stand before what they say, the gap included.

    Args:
        labels: The widths of the labels.
        width: The cells of the terminal; the labels never take more than two fifths of it.
    """
    most = width * 2 // 5
    return max((each for each in labels if each + GAP <= most), default=0) + GAP


def indentation(word: int, wanted: int, width: int) -> int:
    """Return how far a text can be indented whose longest word has a width, so that the word is not broken."""
    return max(0, min(wanted, width - word))
