"""What stands in a cell, without what nobody sees in it."""

import re
from typing import Final

_UNSEEN: Final = re.compile("[\ufeff\u200b\u2060\u00ad\u200e\u200f]")

# Blanks of every kind and the line breaks that people type; other controls stay, to be refused.
_BLANKS: Final = re.compile(r"[^\S\x0b\x0c\x1c-\x1f\x85\u2028\u2029]+")
_BREAK: Final = re.compile(r"[\r\n]")


def tidied(cell: str) -> str:
    """Return a cell without what is not seen, and without blanks or line breaks around it."""
    seen = _UNSEEN.sub("", cell)
    begin, end = _BLANKS.match(seen), len(seen)
    while end and _BLANKS.fullmatch(seen[end - 1]):
        end -= 1
    return seen[begin.end() if begin else 0 : end]


def one_line(cell: str) -> str:
    """Return a tidied cell with one blank for blanks of every kind and for line breaks."""
    return _BLANKS.sub(" ", cell)


def is_broken(cell: str) -> bool:
    """Tell whether a tidied cell has more than one line."""
    return _BREAK.search(cell) is not None
