"""What was typed in the meeting: actions and decisions, wherever and however they stand.

``ACTION owner [and owner…] [by date]: text``, ``ACTION owner to do something`` and ``DECISION: text`` (AGREED and
RESOLVED too) are collected, in any case, in a list, a table, a quotation, brackets, bold type or at the end of a
sentence. One that has become a record has its reference after the word: ``ACTION [7K2F9] Colin by 1 July 2023: …``.
What looks like one and cannot be understood is told with its line, and so is a reference that went astray.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final, NamedTuple

from slavefree_cli.editions.edition import Entry
from slavefree_cli.minutes import codes as astray
from slavefree_cli.minutes import outline, says, several
from slavefree_cli.minutes.labels import Labels
from slavefree_cli.minutes.markers import BEGINS, Marker, markers, names_with
from slavefree_cli.minutes.owned import Lines
from slavefree_cli.minutes.owners import Naming
from slavefree_cli.minutes.passages import Passage, passages
from slavefree_cli.minutes.report_markers import before, report_markers
from slavefree_cli.model.names import key
from slavefree_cli.model.references import Candidate
from slavefree_cli.model.typed_dates import From, Read

_IN_OWNED: Final = re.compile(
    r"[^A-Za-z0-9]{0,12}(?:\d{1,4}[^A-Za-z0-9]{1,4})?(?:ACTIONS?|DECISIONS?|AGREED|RESOLVED)\b"
)


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
    done: bool = False
    """Whether the box before it is ticked."""

    @property
    def is_action(self) -> bool:
        """Whether it is an action."""
        return bool(self.owners)


class Remark(NamedTuple):
    """What is to be said of a line; its number counts from 1."""

    line: int
    message: str


class Recorded(NamedTuple):
    """A line that is a record already."""

    line: int
    """Its number, from 1."""
    code: str
    says: Typed | None
    """What it says now; None where that cannot be understood."""
    ticked: bool = False
    """Whether the box before it is ticked."""


class Reading(NamedTuple):
    """What was found in minutes."""

    typed: list[Typed]
    """What has no record yet."""
    references: list[Recorded]
    """The lines that are records already."""
    problems: list[Remark]
    """What is typed as an action or a decision and cannot be understood, one a line."""
    doubts: list[Remark]
    """What looks like one and is not written as one."""
    remarks: list[Remark]
    """What is said of lines besides."""


class Promised(NamedTuple):
    """An open action of another meeting, or of none."""

    title: str
    owners: frozenset[str]


class Known(NamedTuple):
    """What typed lines can name."""

    parties: Sequence[Candidate]
    """Members and people."""
    agenda: Sequence[Entry]
    """The items that have a heading."""
    day: date
    """The day of the meeting."""
    next_meeting: date | None = None
    recorded: Mapping[str, str] = {}
    """What the actions and decisions of the meeting say, by code."""
    codes: frozenset[str] = frozenset()
    """The codes of the actions and decisions of every meeting."""
    carried: Mapping[str, Promised] = {}
    """The open actions that are of no line of these minutes, by code."""


def read(text: str, owned: Lines, known: Known) -> Reading:
    """Return what was typed in minutes.

    Args:
        text: The minutes.
        owned: The lines that the program owns.
        known: What the lines can name.
    """
    found = _Found(known)
    lines = text.split("\n")
    for place in sorted(owned.written):
        if _IN_OWNED.match(lines[place]) and not re.search(r"\[[0-9A-Za-z]{5}\]", lines[place]):
            said = "stands inside a part that the program owns; move it below the comment that ends the part"
            found.problem(place, said)
    every = list(outline.lines(text, owned.every))
    found.items = outline.items_under(every, known.agenda)
    for passage in passages(every, BEGINS):
        found.add(passage)
    return found.reading()


def referenced(text: str, codes: Iterable[tuple[int, int, str]]) -> str:
    """Return minutes in which lines have their references, and every other byte as it was.

    Args:
        text: The minutes.
        codes: The index of the line, where in it the reference goes, and the code.
    """
    lines = text.split("\n")
    for index, at, code in sorted(codes, reverse=True):
        lines[index] = f"{lines[index][:at]} [{code.upper()}]{lines[index][at:]}"
    return "\n".join(lines)


class _Found:
    """What has been found so far."""

    def __init__(self, known: Known) -> None:
        self._known = known
        self._naming = Naming(known.parties, From(known.day, next_meeting=known.next_meeting))
        self._names = names_with(known.parties)
        self._labels = Labels(known.codes)
        self._typed: list[Typed] = []
        self._references: list[Recorded] = []
        self._problems: dict[int, str] = {}
        self._doubts: dict[int, str] = {}
        self._remarks: list[Remark] = []
        self._tasks: dict[int, str] = {}
        self.items: dict[outline.Heading, str] = {}

    def problem(self, place: int, message: str) -> None:
        """Take down what is not settled in a line, by its index; one thing of each line is enough."""
        self._problems.setdefault(place + 1, message)

    def add(self, passage: Passage) -> None:
        """Take down what stands in a passage."""
        there = markers(passage.text, self._names)
        if passage.kind == "quoted":
            said = passage.text.lstrip().removeprefix("<!--").strip()
            if any(each.opens and each.plain and said[each.start : each.end].isupper() for each in markers(said)):
                said = "is left alone, as it stands in a block of code or in a comment"
                self._remarks.append(Remark(passage.place + 1, said))
            return
        alone = passage.text[: there[0].start].rpartition("\n")[0] if there else passage.text
        who = several.whose(alone, self._naming, boxed=bool(passage.box)) if passage.kind != "heading" else None
        if who and not any(code in self._known.codes for code in astray.codes_in(passage.text)):
            self._doubt(
                passage.place, f"seems to be for {who} to do; if it is an action, write it as {says.HOW[True][1]}"
            )
        if label := self._labels.over(passage, marked=bool(there)):
            self._doubt(passage.place, label)
        if self._labels.is_label(passage):
            return
        if task := self._labels.of_task(passage):
            self._tasks[passage.place] = task
        ends = [each.start for each in there if each.ends]
        reports = report_markers(passage.text, self._known.codes) if there else ()
        ends += [before(passage.text, each.start()) for each in reports]
        ends = [*sorted(ends), len(passage.text)]
        for marker in there:
            self._one(passage, marker, ends[bisect_right(ends, marker.start, 0, len(ends) - 1)])

    def reading(self) -> Reading:
        """Return all of it, with the references that went astray."""
        copied = astray.copied(
            ((each.line, each.code, each.says.text if each.says else None) for each in self._references),
            self._known.recorded,
        )
        for line, other in copied.items():
            self.problem(line - 1, f"has the reference of line {other}; take it out to have the line collected")
        lines: dict[str, list[str | None]] = {}
        for reference in self._references:
            lines.setdefault(reference.code, []).append(reference.says.text if reference.says else None)
        typed: list[Typed] = []
        for each in self._typed:
            if code := astray.lost(each.text, self._known.recorded, lines):
                word = "ACTION" if each.is_action else "DECISION"
                said = f"says what {code.upper()} says, and has not its reference"
                self.problem(each.place, f"{said}; put [{code.upper()}] after {word}, or word it otherwise")
            elif second := self._second(each, typed):
                self.problem(each.place, second)
            else:
                typed.append(each)
        on_record = {each.line for each in self._references} | {each.place + 1 for each in self._typed}
        for place, task in self._tasks.items():
            if place + 1 not in on_record:
                self._doubt(place, task)
        problems, doubts = (
            [Remark(line, message) for line, message in sorted(each.items())] for each in (self._problems, self._doubts)
        )
        return Reading(typed, self._references, problems, doubts, sorted(self._remarks, key=lambda each: each.line))

    def _second(self, typed: Typed, before: Sequence[Typed]) -> str | None:
        """Say why what is typed would be a record for the second time; None where it would not."""
        there = [*((each.says, each.line) for each in self._references), *((each, each.place + 1) for each in before)]
        for each, line in there:
            # “Agreed.” may be said under two items.
            if each and _same(each, typed) and (each.item == typed.item or astray.tells_apart(typed.text)):
                return f"says what line {line} says; take one of the two out, or word it otherwise"
        theirs = {code: title for code, (title, owners) in self._known.carried.items() if owners & set(typed.owners)}
        if code := astray.alike(typed.text, theirs):
            how = f"UPDATE {code.upper()}: how it goes"
            said = f"says what action {code.upper()} says, which is open still"
            return f"{said}; put [{code.upper()}] after ACTION, tell of that as {how}, or word it otherwise"
        return None

    def _one(self, passage: Passage, marker: Marker, end: int) -> None:
        place, _ = passage.at(marker.start)
        if reference := says.reference(passage.text, marker):
            recorded = None
            try:
                recorded, _ = self._said(passage, marker, reference.end, end)
            except ValueError as error:
                if reference.code in self._known.codes:
                    self._remark(place, f"has the reference {reference.code.upper()}, and {error}")
            self._references.append(Recorded(place + 1, reference.code, recorded, passage.ticked))
        elif says.is_none(passage.text, marker, end):
            return
        elif "~~" in passage.text[max(0, marker.start - 4) : marker.start]:
            self._remark(place, "is left alone, as it is crossed out")
        elif broken := says.broken_reference(passage.text, marker, self._known.codes):
            self.problem(place, f"has {broken!r} where a reference belongs; write the whole of it in square brackets, "
                                "or take it out to have the line collected")  # fmt: skip
        elif not marker.plain:
            what, how = says.HOW[marker.is_action]
            typed = f"has {passage.text[marker.start : marker.end]!r}, and " if marker.misspelt else ""
            self._doubt(place, f"{typed}seems to tell of {what}; if it is one, write it as {how}")
        else:
            self._new(passage, marker, end)

    def _new(self, passage: Passage, marker: Marker, end: int) -> None:
        place, _ = passage.at(marker.start)
        try:
            typed, due = self._said(passage, marker, marker.end, end)
        except ValueError as error:
            self.problem(place, str(error))
            return
        self._typed.append(typed)
        if typed.item is None and passage.headings and outline.number_of(passage.headings[-1]):
            heading = passage.headings[-1].text
            self._remark(place, f"stands under “{heading}”, which is no item of the agenda, and is of none")
        if said := self._naming.remark(due) if due else self._naming.left_out(typed.text) if typed.owners else None:
            self._remark(place, said)
        if not typed.owners and (who := several.whose(typed.text, self._naming)):
            self._remark(place, f"is taken for a decision; if {who} is to do it, write it as {says.HOW[True][1]}")
        ends, _ = passage.at(max(marker.start, end - 1))
        if ends > place and re.search(r"\n[\s>]*[A-Z]", passage.text[marker.start : end]):
            self._remark(place, f"is taken with what follows, to line {ends + 1}, as no blank line is between them")

    def _doubt(self, place: int, message: str) -> None:
        self._doubts.setdefault(place + 1, message)

    def _remark(self, place: int, message: str) -> None:
        self._remarks.append(Remark(place + 1, message))

    def _said(self, passage: Passage, marker: Marker, begin: int, end: int) -> tuple[Typed, Read | None]:
        """Return what an action or a decision says, and the date in it as it was written.

        Raises:
            ValueError: It cannot be understood; the message says why.
        """
        item = next((self.items[each] for each in reversed(passage.headings) if each in self.items), None)
        if any(each.withheld and each.slug == item for each in self._known.agenda):
            raise ValueError("stands under a restricted item; write it in the minutes of Part Two")
        found = says.said(passage.text, marker, begin, end, self._naming)
        place, at = passage.at(found.at)
        due = found.due.day if found.due else None
        done = passage.ticked and bool(found.owners)
        return Typed(place, at, item, found.text, found.owners, due, done), found.due


def _same(one: Typed, other: Typed) -> bool:
    """Tell whether two lines say the same, for the same owners and by the same day."""
    return (key(one.text), set(one.owners), one.due) == (key(other.text), set(other.owners), other.due)
