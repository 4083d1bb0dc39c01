"""The lines of minutes, each with the headings that it stands under (CommonMark 0.31)."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from slavefree_cli.editions.edition import Entry
from slavefree_cli.model.names import key

_HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t]+(.*?))??(?:[ \t]+#+)?[ \t]*")
# A line of hyphens under text is a heading by the letter of the standard, and a rule to whoever types it in a meeting.
_UNDERLINE = re.compile(r" {0,3}=+[ \t]*")
_PLAIN = re.compile(r" {0,3}(?![-*+>#|`~<\s]|\d+[.)]|ACTION\b|DECISION\b)\S.*")
_LONGEST_HEADING = 1_000
_FENCE = re.compile(r"[ \t]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*(`{3,}(?=[^`]*$)|~{3,})(.*)")
_NUMBER = re.compile(r"(\d{1,4})[.)]\s+")
_ESCAPE = r"\\([!-/:-@\[-`{-~])"
# An escaped * or _ is none that emphasises, and no letter of a word.
_EMPHASIS = re.compile(rf"{_ESCAPE}|\*+|(?:(?<!\w)|(?<=\\_))_+|_+(?!\w)")


class Heading(NamedTuple):
    """A heading: how deep (from 1), and what it says, without its Markdown."""

    level: int
    text: str


class Line(NamedTuple):
    """A line; a heading stands under itself."""

    place: int
    """Its index."""
    text: str
    """Without the line end."""
    headings: tuple[Heading, ...]
    """Those that it stands under, the outermost first."""
    quoted: bool
    """Whether it stands in a block of code or in a comment."""


def lines(text: str, leave_out: Collection[int]) -> Iterator[Line]:
    """Yield the lines of a Markdown text, without those that fence code in.

    Args:
        text: The text, with any line ends.
        leave_out: The indices of lines that are passed over: those that the program owns.
    """
    every = [line.removesuffix("\r") for line in text.split("\n")]
    over: tuple[Heading, ...] = ()
    fence = ""
    comment = False
    for index, line in enumerate(every):
        if index in leave_out:
            continue
        quoted, fencing = bool(fence) or comment, _FENCE.fullmatch(line)
        if fence:
            if fencing and fencing[1].startswith(fence) and not fencing[2].strip():
                fence = ""
        elif comment:
            comment = "-->" not in line
        elif fencing:
            fence = fencing[1]
            continue
        elif heading := _heading(every, index, leave_out):
            over = (*(each for each in over if each.level < heading.level), heading)
        else:
            comment = line.lstrip().startswith("<!--") and "-->" not in line
        yield Line(index, line, over, quoted)


def plain(text: str) -> str:
    """Return Markdown on one line as plain text: emphasis and escapes taken off, white space made single."""
    return " ".join(_EMPHASIS.sub(lambda found: found[1] or "", text).split())


def unescaped(text: str) -> str:
    """Return Markdown with its escapes taken off (section 2.4)."""
    return re.sub(_ESCAPE, r"\1", text)


def items_under(lines: Iterable[Line], agenda: Sequence[Entry]) -> dict[Heading, str]:
    """Return the slugs of the agenda items whose headings stand in minutes, by heading.

    A heading is an item's by its title, or where one of the two is how the other begins. Numbers tell items of one
    title apart; alone they say nothing, since those of an agenda shift, but of an item whose title is withheld.

    Args:
        lines: The lines of the minutes.
        agenda: The items.
    """
    headings = list(dict.fromkeys(heading for line in lines for heading in line.headings))
    by_title: dict[str, list[tuple[int, str]]] = {}
    for each in agenda:
        by_title.setdefault(_key(each.title), []).append((each.number, each.slug))
    found: dict[Heading, str] = {}
    for heading in headings:
        same = by_title.get(_key(heading.text)) or by_title.get(_key(_NUMBER.sub("", heading.text, count=1)), [])
        numbered = [slug for number, slug in same if number == number_of(heading)]
        if len(same) == 1 or numbered:
            found[heading] = numbered[0] if numbered else same[0][1]
    taken = set(found.values())
    for heading in headings:
        said = _key(_NUMBER.sub("", heading.text, count=1))
        begun = [each.slug for each in agenda if each.slug not in taken and _alike(said, _key(each.title))]
        numbered = [each.slug for each in agenda if each.withheld and each.number == number_of(heading)]
        if heading not in found and (len(begun) == 1 or numbered):
            found[heading] = begun[0] if len(begun) == 1 else numbered[0]
    return found


def _heading(every: Sequence[str], index: int, leave_out: Collection[int]) -> Heading | None:
    line = every[index]
    if len(line) > _LONGEST_HEADING:
        return None
    if found := _HEADING.fullmatch(line):
        return Heading(len(found[1]), plain(found[2] or ""))
    below = index + 1
    begins = index == 0 or not every[index - 1].strip()
    if begins and below < len(every) and below not in leave_out and _PLAIN.fullmatch(line):
        return Heading(1, plain(line)) if _UNDERLINE.fullmatch(every[below]) else None
    return None


def _alike(one: str, other: str) -> bool:
    """Tell whether one of two titles is how the other begins, in whole words."""
    short, long = sorted((one, other), key=len)
    return bool(short) and long.startswith(short) and not long[len(short) : len(short) + 1].isalnum()


def number_of(heading: Heading) -> int:
    """Return the number that a heading begins with, or 0."""
    found = _NUMBER.match(heading.text)
    return int(found[1]) if found else 0


def _key(title: str) -> str:
    return key(plain(title))
