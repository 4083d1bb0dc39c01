"""What was typed in minutes made into records: actions and decisions, and what is told of actions that there are."""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import UTC, datetime, time
from typing import Literal, NamedTuple

from slavefree_cli.errors import ConflictError, InvalidError
from slavefree_cli.minutes import typed_lines
from slavefree_cli.minutes.reports import Report
from slavefree_cli.minutes.typed_lines import Remark, Typed
from slavefree_cli.model import text as words
from slavefree_cli.model.action import Action, Note, NoteKind
from slavefree_cli.model.dates import instant
from slavefree_cli.model.decision import Decision
from slavefree_cli.model.person import owner_left
from slavefree_cli.model.record import Record, changed
from slavefree_cli.register import door
from slavefree_cli.register.desk import Desk
from slavefree_cli.work.minutes.drafting import renewed
from slavefree_cli.work.minutes.reading import problems, reading, remarks, unsettled
from slavefree_cli.work.minutes.volume import Minutes, Read
from slavefree_cli.work.records.ids import new_code

_NOTED: dict[str, tuple[NoteKind, str]] = {
    "DONE": ("closing", "Done."),
    "UPDATE": ("progress", ""),
    "DUE": ("due", ""),
}
"""What kind of note a report is, and what it says where nothing more was typed."""


class Collected(NamedTuple):
    """A line that was collected."""

    line: int
    """Its number."""
    does: Literal["action", "decision", "done", "update", "due"]
    """What it made: a record, or what became of one."""
    record: Action | Decision
    text: str


def collect(desk: Desk, read: Read) -> list[Collected]:
    """Make a record of every action and decision typed in minutes, note what was told of others, and return all of it.

    Their lines are rewritten with the references, and the parts of the minutes that list them are renewed. What cannot
    be understood is told with its line.

    Raises:
        InvalidError: Nothing could be collected, and something is typed; or the minutes are approved.
        NotFoundError: There are no minutes yet.
    """
    with door.opened(desk) as opened:
        minutes = read()
        minutes.refuse_approved("collected from")
        found = reading(minutes, desk)
        left = _left(desk, minutes, found.lines.typed)
        typed = [each for each in found.lines.typed if each.place + 1 not in {one.line for one in left}]
        made = _Made(desk, minutes)
        for line in typed:
            made.take(line)
        for report in found.told.reports:
            made.tell(report)
        for said in remarks(minutes, found, desk.records.partnership.timezone):
            desk.warn(said)
        wrong = sorted([*problems(minutes, found), *left])
        if wrong and not made.collected:
            _refuse(desk, [f"{minutes.at(each.line)} {each.message}." for each in wrong])
        for each in sorted({*unsettled(minutes, found), *left}):
            desk.warn(f"{minutes.at(each.line)} {each.message}.")
        if made.collected:
            after = made.minutes()
            try:
                after = renewed(desk, after)
            except ConflictError as error:
                desk.warn(f"The lists in the minutes are not renewed. {error}")
            with opened.change(f"Collect {counted(made.collected)} from the {minutes.named}") as change:
                for record, before in made.saved():
                    change.save(record, before)
                change.write(minutes.path, after.text.encode())
    return sorted(made.collected, key=lambda each: each.line)


def counted(made: Collection[Collected]) -> str:
    """Return how much was collected, in words."""
    many = Counter("report" if each.does not in {"action", "decision"} else each.does for each in made)
    said = [words.counted(many[noun], noun) for noun in ("action", "decision", "report") if many[noun]]
    return ", ".join(said[:-1]) + " and " + said[-1] if len(said) > 1 else "".join(said)


def _refuse(desk: Desk, wrong: Sequence[str]) -> None:
    if len(wrong) == 1:
        raise InvalidError(f"Nothing is collected: {wrong[0]}")
    for said in wrong:
        desk.warn(said)
    raise InvalidError(f"Nothing is collected, as {len(wrong)} lines cannot be understood.")


def _left(desk: Desk, minutes: Minutes, typed: Sequence[Typed]) -> list[Remark]:
    """Return the lines that name somebody who had left by the day of the meeting."""
    return [
        Remark(each.place + 1, f"names {party.name}, who had left the partnership")
        for each in typed
        for party in map(desk.records.party, each.owners)
        if party is not None and owner_left(party, minutes.meeting.date, desk.records.members)
    ]


class _Made:
    """What is made of what was typed in minutes."""

    def __init__(self, desk: Desk, minutes: Minutes) -> None:
        self._desk = desk
        self._minutes = minutes
        self._actions, self._decisions = dict(minutes.edition.actions), dict(minutes.edition.decisions)
        self._notes: list[str] = []
        self._references: list[tuple[int, int, str]] = []
        self._said_at = _said_at(minutes, desk.records.partnership.timezone)
        self.collected: list[Collected] = []

    def take(self, typed: Typed) -> None:
        """Make a record of an action or a decision."""
        of, restricted, id = self._minutes.meeting, self._minutes.part.restricted, self._new_code()
        record: Action | Decision
        if typed.is_action:
            record = self._actions[id] = Action(
                id=id, restricted=restricted, title=typed.text, owner=typed.owners[0], with_=typed.owners[1:],
                due=typed.due, raised=of.date, meeting=of.id, item=typed.item,
                status="done" if typed.done else "open", closed=of.date if typed.done else None,
            )  # fmt: skip
        else:
            record = self._decisions[id] = Decision(
                id=id, restricted=restricted, text=typed.text, taken=of.date, meeting=of.id, item=typed.item
            )
        self._references.append((typed.place, typed.at, id))
        does: Literal["action", "decision"] = "action" if typed.is_action else "decision"
        self.collected.append(Collected(typed.place + 1, does, record, typed.text))

    def tell(self, report: Report) -> None:
        """Note what was told of an action, and close it or move its due date."""
        before, id = self._actions[report.code], self._new_code()
        kind, nothing = _NOTED[report.word]
        text = report.text or nothing
        if report.word == "DUE":
            text = f"{before.due or 'no date'} → {report.due}: {text}"
            after: Action = changed(before, due=report.due)
        elif report.word == "DONE":
            after = changed(before, status="done", closed=self._minutes.meeting.date)
        else:
            after = before
        note = Note(at=self._said_at, kind=kind, text=text, meeting=self._minutes.meeting.id)
        after = self._actions[report.code] = changed(after, notes={**after.notes, id: note})
        self._notes.append(id)
        self._references.append((report.place, report.at, id))
        does: Literal["done", "update", "due"] = (
            "done" if report.word == "DONE" else "due" if report.word == "DUE" else "update"
        )
        self.collected.append(Collected(report.place + 1, does, after, text))

    def minutes(self) -> Minutes:
        """Return the minutes with the references, and what they minute as it is now."""
        content = typed_lines.referenced(self._minutes.text, self._references).encode()
        edition = self._minutes.edition._replace(actions=self._actions, decisions=self._decisions)
        return self._minutes._replace(edition=edition, content=content)

    def saved(self) -> list[tuple[Record, Record | None]]:
        """Return the records that are new or otherwise than before, each with what it was."""
        edition = self._minutes.edition
        pairs: list[tuple[Record, Record | None]] = []
        pairs += [(each, edition.actions.get(id)) for id, each in self._actions.items()]
        pairs += [(each, edition.decisions.get(id)) for id, each in self._decisions.items()]
        return [(record, before) for record, before in pairs if record is not before]

    def _new_code(self) -> str:
        return new_code(self._desk, *self._actions, *self._decisions, *self._notes)


def _said_at(minutes: Minutes, timezone: str) -> datetime:
    """Return the instant at which what is noted in minutes was said: the end of the meeting, as far as it is known."""
    at = minutes.meeting.interval(timezone)
    return at[1] if at else instant(minutes.meeting.date, time(12), timezone).astimezone(UTC)
