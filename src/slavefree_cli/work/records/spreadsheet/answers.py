"""What the coordinator says of lines about which they were asked."""

import re
from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from slavefree_cli.errors import UsageError

MOST_LINE: Final = 1_000_000

_LINES: Final = re.compile(r"\s*(\d{1,9})(?:\s*-\s*(\d{1,9}))?\s*")


class Answers(NamedTuple):
    """The lines of each answer."""

    same: Mapping[int, str] = {}
    """Those that are of somebody known, with the id of the person where one is given."""
    another: frozenset[int] = frozenset()
    """Those that are of somebody else than all that are known."""
    above: frozenset[int] = frozenset()
    """Those whose member is the one above."""
    blank: frozenset[int] = frozenset()
    """Those in which no member is meant."""

    @property
    def lines(self) -> set[int]:
        """All lines that are named."""
        return {*self.same, *self.another, *self.above, *self.blank}


def answers(same: Iterable[str], another: Iterable[str], above: Iterable[str], blank: Iterable[str]) -> Answers:
    """Return what was typed for the options.

    Args:
        same: Lines, such as ``3`` or ``3,5-9``, or a line and an id, ``3=colin-cox``.
        another: Lines.
        above: Lines.
        blank: Lines.

    Raises:
        UsageError: One is not written so, or two say the opposite of each other.
    """
    said: dict[int, str] = {}
    for each in same:
        typed, equals, id = each.partition("=")
        for line in lines(typed, "--same"):
            said[line] = id.strip().lower() if equals else ""
    found = Answers(
        said,
        *(
            frozenset(line for each in typed for line in lines(each, name))
            for typed, name in ((another, "--another"), (above, "--as-above"), (blank, "--blank"))
        ),
    )
    if both := found.above & found.blank:
        raise UsageError(f"--as-above and --blank: line {min(both)} can be one of the two only.")
    if twice := found.another.intersection(line for line, id in said.items() if id):
        raise UsageError(f"--same and --another: line {min(twice)} can be one of the two only.")
    return found


def lines(typed: str, name: str) -> set[int]:
    """Return the lines that an option names: ``3``, ``3,5-9``.

    Raises:
        UsageError: It names none.
    """
    found: set[int] = set()
    for each in typed.split(","):
        match = _LINES.fullmatch(each)
        first, last = (int(match[1]), int(match[2] or match[1])) if match else (0, 0)
        if not 0 < first <= last <= MOST_LINE:
            raise UsageError(f"{name} {typed!r} must be a line, or some: 3 or 3,5-9.")
        found.update(range(first, last + 1))
    return found
