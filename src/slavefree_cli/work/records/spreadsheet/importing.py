"""Members and people from a spreadsheet: planned, and all of them saved or none."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from slavefree_cli.errors import InvalidError, UsageError
from slavefree_cli.model.member import Member
from slavefree_cli.model.text import counted
from slavefree_cli.register import door
from slavefree_cli.register.desk import Desk
from slavefree_cli.work.records.spreadsheet import comma, headings, workbook
from slavefree_cli.work.records.spreadsheet.answers import Answers
from slavefree_cli.work.records.spreadsheet.planning import Planned, Planning
from slavefree_cli.work.records.spreadsheet.table import Note, Table, numbers
from slavefree_cli.work.records.spreadsheet.text import text_of

MOST_BYTES = 20_000_000
"""The most that a spreadsheet may have."""
MOST_LISTED = 200
"""How many problems are listed."""


class File(NamedTuple):
    """A spreadsheet, and what the coordinator says of it."""

    name: str
    content: bytes
    columns: Mapping[str, str] = {}
    """What columns mean; see ``headings.columns``."""
    sheet: str | None = None
    """Which sheet of a workbook is meant."""
    answers: Answers = Answers()

    def table(self) -> Table:
        """Return its rows.

        Raises:
            SlavefreeError: It is none that can be read; the message says what to do.
        """
        if workbook.is_workbook(self.content, self.name):
            return workbook.table(self.content, self.columns, self.sheet, self.name)
        if self.sheet is not None:
            raise UsageError(f"--sheet: {self.name} is a text and has no sheets.")
        return comma.table(text_of(self.content, self.name), self.columns, self.name)


def plan(desk: Desk, file: File, today: date) -> list[Planned]:
    """Return what an import would do; nothing is written. How it was read is told.

    Raises:
        InvalidError: Lines are wrong, or ask for a word of the coordinator; the messages name them all.
        UsageError: An option names a line, a column or a sheet that is not there.
    """
    table = file.table()
    sheet = headings.sheet(table, file.columns, file.name)
    if beyond := file.answers.lines - {each.line for each in sheet.lines}:
        raise UsageError(f"{file.name} holds nothing in {table.noun} {numbers(beyond)}, which an option names.")
    planning = Planning(desk, file.answers, table.noun, today)
    for line in sheet.lines:
        planning.take(line)
    planning.end()
    _refuse([*sheet.problems, *planning.problems], file.name, table.noun, desk)
    same: dict[str, list[Note]] = {}
    for note in _in_order([*sheet.notes, *planning.notes]):
        same.setdefault(note.says, []).append(note)
    for notes in same.values():
        desk.warn(_said(notes, file.name, table.noun))
    return planning.done()


def run(desk: Desk, file: File, today: date) -> list[Planned]:
    """Import a file in one commit and return what was done; see ``plan``."""
    with door.opened(desk) as opened:
        done = plan(desk, file, today)
        added = sum(isinstance(each.record, Member) for each in done)
        with opened.change(f"Import {added} members and {len(done) - added} people") as change:
            for each in done:
                change.save(each.record, each.before)
    return done


def _refuse(problems: list[Note], name: str, noun: str, desk: Desk) -> None:
    if len(problems) == 1:
        raise InvalidError(f"{_said(problems, name, noun)} Nothing is imported.")
    for problem in _in_order(problems)[:MOST_LISTED]:
        desk.warn(_said([problem], name, noun))
    if problems:
        more = f", of which the first {MOST_LISTED} are listed" if len(problems) > MOST_LISTED else ""
        raise InvalidError(f"{name} has {counted(len(problems), 'problem')}{more}. Nothing is imported.")


def _in_order(notes: list[Note]) -> list[Note]:
    return sorted(notes, key=lambda each: each.line or 0)


def _said(same: list[Note], name: str, noun: str) -> str:
    """Return what is said of one row, or the same of several."""
    lines = [each.line for each in same if each.line is not None]
    where = f"{name}, {noun}{'s' if len(lines) > 1 else ''} {numbers(lines)}" if lines else name
    return f"{where}: {same[0].says.rstrip('.')}."
