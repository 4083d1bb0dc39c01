"""What was typed in the meeting: lines that begin with ACTION or DECISION.

``ACTION owner [and owner…] [by date]: text`` and ``DECISION: text``, after a list marker and in bold or not. One that
has become a record has its reference after the word: ``ACTION [7K2F9] Colin by 1 September 2023: …``.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import date
from typing import Final, NamedTuple

from slavefree_cli.editions.edition import Entry
from slavefree_cli.minutes import outline
from slavefree_cli.minutes.owned import Lines
from slavefree_cli.model.dates import parse_date
from slavefree_cli.model.names import is_code, typed_code
from slavefree_cli.model.references import Candidate, fitting
from slavefree_cli.model.text import prose_problem, title_problem

_MARKERS = r"[ \t\u00a0]*(?:>[ \t]*)*(?:(?:[-+•–]|\d{1,9}[.)])[ \t\u00a0]*|\*[ \t]+)*(?:\[[ xX]\][ \t]+)?"
_BEGIN = re.compile(rf"({_MARKERS}([*_]{{0,3}})[ \t]*(ACTION|DECISION))(?![A-Za-z0-9])")
_NEARLY = re.compile(rf"{_MARKERS}[*_]{{0,3}}(action|decision)[*_]{{0,3}}(?:[ \t][^.!?]{{0,60}})?:", re.IGNORECASE)
_CAPITALS = re.compile(
    r"[^A-Za-z0-9]{0,12}(?:\d{1,4}[^A-Za-z0-9]{1,4}|</?[a-z]+>){0,2}(ACTION|DECISION)S?(?![A-Za-z0-9])"
)
_GOES_ON = re.compile(r"[ \t]*[a-z]")
_REFERENCE = re.compile(r"[ \t]*\[([0-9A-Za-z]{5})\]")
_BY = re.compile(r",?\s+\(?by\s+", re.IGNORECASE)
_AND = re.compile(r"\s+and\s+|\s*[,&]\s*", re.IGNORECASE)
_MOST_OWNERS: Final = 12
_LONGEST_HEAD: Final = 1_000


class Typed(NamedTuple):
    """An action or a decision as it was typed."""

    place: int
    """The index of its line."""
    at: int
    """Where its reference goes in the line."""
    item: str | None
    """The agenda item under whose heading it stands."""
    text: str
    owners: tuple[str, ...] = ()
    """The ids of members and people; nobody's, a decision."""
    due: date | None = None

    @property
    def is_action(self) -> bool:
        """Whether it is an action."""
        return bool(self.owners)


class Remark(NamedTuple):
    """What is to be said of a line; its number counts from 1."""

    line: int
    message: str


class Reading(NamedTuple):
    """What was found in minutes."""

    typed: list[Typed]
    """What has no record yet."""
    references: list["Recorded"]
    """The lines that are records already."""
    problems: list[Remark]
    """Lines that cannot be understood."""
    remarks: list[Remark]
    """Lines left alone that somebody may have meant."""


class Recorded(NamedTuple):
    """A line that is a record already."""

    line: int
    """Its number, from 1."""
    code: str
    says: Typed | None
    """What it says now; None where that cannot be understood."""


class Known(NamedTuple):
    """What typed lines can name."""

    parties: Sequence[Candidate]
    """Members and people."""
    agenda: Sequence[Entry]
    """The items that have a heading."""
    day: date
    """The day of the meeting."""


def read(text: str, owned: Lines, known: Known) -> Reading:
    """Return what was typed in minutes.

    Args:
        text: The minutes.
        owned: The lines that the program owns.
        known: What the lines can name.
    """
    every = list(outline.lines(text, owned.every))
    items = outline.items_under(every, known.agenda)
    found = Reading([], [], [], [])
    lines = text.split("\n")
    for place in sorted(owned.written):
        begin = _BEGIN.match(lines[place])
        if begin and not _reference(lines[place], begin.end()):
            said = "stands inside a part that the program owns; move it below the comment that ends the part"
            found.problems.append(Remark(place + 1, said))
    for place, line in enumerate(every):
        number = line.place + 1
        begin = _BEGIN.match(line.text)
        if begin is None:
            if not line.quoted and (nearly := _NEARLY.match(line.text) or _CAPITALS.match(line.text)):
                said = f"is left alone; begin it with {nearly[1].upper()}, in capitals, to have it collected"
                found.remarks.append(Remark(number, said))
        elif line.quoted:
            found.remarks.append(Remark(number, "is left alone, as it stands in a block of code or in a comment"))
        elif reference := _reference(line.text, begin.end()):
            says = None
            with suppress(ValueError):
                says = _typed(line, begin, None, known, reference.end())
            found.references.append(Recorded(number, typed_code(reference[1]), says))
        else:
            item = next((items[each] for each in reversed(line.headings) if each in items), None)
            if item is None and line.headings and outline.number_of(line.headings[-1]):
                said = f"stands under “{line.headings[-1].text}”, which is no item of the agenda, and is of none"
                found.remarks.append(Remark(number, said))
            try:
                found.typed.append(_typed(line, begin, item, known, begin.end()))
            except ValueError as error:
                found.problems.append(Remark(number, str(error)))
            below = every[place + 1] if place + 1 < len(every) else None
            if below is not None and below.place == line.place + 1 and _GOES_ON.match(below.text):
                said = f"seems to go on in line {number + 1}; only what stands in line {number} is collected"
                found.remarks.append(Remark(number, said))
    return found


def referenced(text: str, codes: Mapping[int, tuple[int, str]]) -> str:
    """Return minutes in which lines have their references, and every other byte as it was.

    Args:
        text: The minutes.
        codes: By the index of the line, where in it the reference goes, and the code.
    """
    lines = text.split("\n")
    for index, (at, code) in codes.items():
        lines[index] = f"{lines[index][:at]} [{code.upper()}]{lines[index][at:]}"
    return "\n".join(lines)


def _reference(line: str, at: int) -> re.Match[str] | None:
    """Return the reference that stands in a line after its first word."""
    found = _REFERENCE.match(line, at)
    return found if found and is_code(typed_code(found[1])) else None


def _typed(line: outline.Line, begin: re.Match[str], item: str | None, known: Known, end: int) -> Typed:
    """Return what a line says.

    Args:
        line: The line.
        begin: Its first word.
        item: The agenda item that it is of.
        known: What it can name.
        end: Where that word ends, and its reference if it has one.

    Raises:
        ValueError: It cannot be understood; the message says why.
    """
    if any(each.withheld and each.slug == item for each in known.agenda):
        raise ValueError("stands under a restricted item; write it in the minutes of Part Two")
    is_action, opened = begin[3] == "ACTION", begin[2]
    head, colon, rest = line.text[end:].partition(":")
    how = "write it as ACTION owner by date: text" if is_action else "write it as DECISION: text"
    if len(head) > _LONGEST_HEAD:
        raise ValueError(f"has no colon near its beginning; {how}")
    if not colon:
        raise ValueError(f"has no colon; {how}")
    if is_action and not outline.plain(head) and ":" in rest:
        # ACTION: owner by date: text
        closed, _, rest = rest.partition(":")
        head += closed
    text = rest.strip()
    if opened:
        if opened in head or text.startswith(opened):
            text = text.removeprefix(opened).strip()
        else:
            text = text.removesuffix(opened).strip()
    text = " ".join(outline.unescaped(text).split())
    named = outline.plain(head)
    if not text:
        raise ValueError(f"says nothing after the colon; {how}")
    if problem := title_problem(text) if is_action else prose_problem(text):
        raise ValueError(f"has a text that {problem}")
    if not is_action:
        if named:
            raise ValueError(f"has {named!r} before the colon; {how}")
        return Typed(line.place, begin.end(), item, text)
    if not named:
        raise ValueError(f"names no owner; {how}")
    owners, due = _owners_and_date(named, known)
    return Typed(line.place, begin.end(), item, text, owners, due)


def _owners_and_date(named: str, known: Known) -> tuple[tuple[str, ...], date | None]:
    problem = ""
    for found in reversed(list(_BY.finditer(named))):
        try:
            due = parse_date(named[found.end() :].strip(" .)"), known.day)
        except ValueError as error:
            problem = problem or str(error)
        else:
            return owners_of(named[: found.start()], known.parties), due
    try:
        return owners_of(named, known.parties), None
    except ValueError:
        if problem:
            raise ValueError(f"has no date after “by”: {problem}") from None
        raise


def owners_of(named: str, parties: Iterable[Candidate]) -> tuple[str, ...]:
    """Return the ids of the members and people that are named, joined by "and" or commas.

    A name may have an "and" of its own: the fewest names that fit are meant, so that "Justice and Care" is one member.

    Raises:
        ValueError: Somebody is not known, or a name fits several; the message says who.
    """
    parties = list(parties)
    joints = [(found.start(), found.end()) for found in _AND.finditer(named)]
    if len(joints) >= _MOST_OWNERS:
        raise ValueError(f"names more than {_MOST_OWNERS} owners")
    edges = [(0, 0), *joints, (len(named), len(named))]

    def one(first: int, last: int) -> str | None:
        fit = fitting(named[edges[first][1] : edges[last][0]], parties).found
        return fit[0].id if len(fit) == 1 else None

    # The fewest that cover each number of pieces, in order.
    best: list[list[str] | None] = [[]]
    for last in range(1, len(edges)):
        ways = [
            [*before, id]
            for first, before in enumerate(best)
            if before is not None and (id := one(first, last)) is not None
        ]
        best.append(min(ways, key=len, default=None))
    if best[-1] is not None:
        return tuple(dict.fromkeys(best[-1]))
    unknown = next(first for first in range(len(edges) - 1) if one(first, first + 1) is None)
    name = named[edges[unknown][1] : edges[unknown + 1][0]]
    listed = "; ".join(f"{each.id} ({each.name})" for each in fitting(name, parties).found[:5])
    if not listed:
        raise ValueError(f"names {name!r}, whom no member or person fits")
    raise ValueError(f"names {name!r}, which fits more than one member or person: {listed}")
