"""Members and people from a spreadsheet's CSV: all rows or none."""

import csv
import io
import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final, NamedTuple, TypeVar, get_args

from slavefree_cli.errors import InvalidError
from slavefree_cli.model.dates import parse_date
from slavefree_cli.model.kinds import Kind, Records
from slavefree_cli.model.member import Member
from slavefree_cli.model.partnership import Sector
from slavefree_cli.model.person import Person, Representation
from slavefree_cli.model.record import Record, changed
from slavefree_cli.register import door
from slavefree_cli.register.desk import Desk
from slavefree_cli.work.records.ids import new_slug

R = TypeVar("R", bound=Record)

HEADINGS: Final = ("member", "sector", "joined", "first responder", "person", "role", "email", "deputy")
YES: Final = frozenset({"yes", "y", "true", "1", "x"})
NO: Final = frozenset({"", "no", "n", "false", "0"})
SECTORS: Final[Mapping[str, Sector]] = {sector: sector for sector in get_args(Sector)}


class Planned(NamedTuple):
    """A record that an import makes or changes."""

    record: Member | Person
    before: Member | Person | None

    @property
    def does(self) -> str:
        """``add`` or ``change``."""
        return "change" if self.before else "add"


def rows(content: bytes, name: str) -> list[tuple[int, dict[str, str]]]:
    """Return the rows of a CSV file by heading, each with its line; ``,`` or ``;``, a byte-order mark, any case.

    Raises:
        InvalidError: It is not UTF-8, has no heading ``member`` or ``person``, or one that is not known.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise InvalidError(f"{name}, line {line}: is not UTF-8 text; export it as CSV UTF-8.") from None
    first = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=";" if first.count(";") > first.count(",") else ",")
    found: list[tuple[int, dict[str, str]]] = []
    headings: list[str] = []
    start = 1
    try:
        for cells in reader:
            line, start = start, reader.line_num + 1
            if not any(cell.strip() for cell in cells):
                continue
            if not headings:
                headings = [" ".join(cell.replace("_", " ").split()).casefold() for cell in cells]
                _refuse_headings(headings, name)
            elif len(cells) > len(headings):
                raise InvalidError(f"{name}, line {line}: has {len(cells)} cells for {len(headings)} headings.")
            else:
                found.append((line, {key: _one_line(cell) for key, cell in zip(headings, cells, strict=False)}))
    except csv.Error as error:
        raise InvalidError(f"{name}, line {start}: is not CSV: {error}.") from None
    if not headings:
        raise InvalidError(f"{name} is empty; its first line holds the headings {', '.join(HEADINGS)}.")
    return found


def plan(desk: Desk, content: bytes, name: str, today: date) -> list[Planned]:
    """Return what an import would do; nothing is written.

    Raises:
        InvalidError: A row is wrong; the message names file and line.
    """
    made = _Plan(desk, today)
    for line, row in rows(content, name):
        try:
            made.take(row)
        except (ValueError, InvalidError) as error:
            raise InvalidError(f"{name}, line {line}: {str(error).rstrip('.')}. Nothing is imported.") from None
    return sorted(made.planned.values(), key=lambda each: isinstance(each.record, Person))


def run(desk: Desk, content: bytes, name: str, today: date) -> list[Planned]:
    """Import a file in one commit and return what was done."""
    with door.opened(desk) as opened:
        done = plan(desk, content, name, today)
        added = sum(isinstance(each.record, Member) for each in done)
        with opened.change(f"Import {added} members and {len(done) - added} people") as change:
            for each in done:
                change.save(each.record, each.before)
    return done


class _Plan:
    """What the rows so far come to."""

    def __init__(self, desk: Desk, today: date) -> None:
        self.planned: dict[tuple[type[Record], str], Planned] = {}
        self._desk = desk
        self._today = today
        known: list[Member | Person] = [*desk.records.members.values(), *desk.records.people.values()]
        self._known = {_key(each): each for each in known}

    def take(self, row: Mapping[str, str]) -> None:
        """Take in one row: a member, a person, or the person as a representative of the member."""
        member = self._member(row) if row.get("member") else None
        if row.get("person"):
            self._person(row, member)
        elif member is None:
            raise ValueError("names neither a member nor a person")

    def _member(self, row: Mapping[str, str]) -> Member:
        title = row["member"]
        values: dict[str, object] = {}
        if sector := row.get("sector"):
            values["sector"] = _sector(sector)
        since = parse_date(joined, self._today) if (joined := row.get("joined")) else None
        if responder := row.get("first responder"):
            values["first_responder"] = _yes("first responder", responder)
        if (email := row.get("email")) and not row.get("person"):
            values["email"] = email
        current = self._so_far(Member, title)
        if current is None and "sector" not in values:
            raise ValueError(f"the new member {title} needs a sector")
        new = current or Member(id=self._slug(title, Records.members), name=title, sector="other")
        made: Member = changed(new.joining(since) if since else new, **values)
        self._keep(made)
        return made

    def _person(self, row: Mapping[str, str], member: Member | None) -> None:
        title = row["person"]
        made = self._so_far(Person, title) or Person(id=self._slug(title, Records.people), name=title)
        if email := row.get("email"):
            made = changed(made, email=email)
        if member is not None:
            held = made.represents.get(member.id, Representation())
            if role := row.get("role"):
                held = changed(held, role=role)
            if deputy := row.get("deputy"):
                held = changed(held, deputy=_yes("deputy", deputy))
            made = changed(made, represents={**made.represents, member.id: held})
        self._keep(made)

    def _so_far(self, type: type[R], title: str) -> R | None:
        """Return the record of a name as earlier rows leave it."""
        key = type, title.casefold()
        found = self.planned[key].record if key in self.planned else self._known.get(key)
        return found if isinstance(found, type) else None

    def _keep(self, made: Member | Person) -> None:
        for key, problem in made.problems():
            raise ValueError(f"the {key} {problem}")
        before = self._known.get(_key(made))
        if made != before:
            self.planned[_key(made)] = Planned(made, before)

    def _slug(self, name: str, kind: Kind[Record]) -> str:
        return new_slug(self._desk, name, kind, (each.record.id for each in self.planned.values()))


def _key(record: Member | Person) -> tuple[type[Record], str]:
    return type(record), record.name.casefold()


def _one_line(cell: str) -> str:
    """Return a cell without the line breaks that people type in a spreadsheet; other controls stay, to be refused."""
    return " ".join(re.split(r"[ \r\n\t]+", cell.strip(" \r\n\t")))


def _sector(typed: str) -> Sector:
    found = SECTORS.get("-".join(typed.casefold().replace("-", " ").split()))
    if found is None:
        raise ValueError(f"there is no sector {typed!r}; there are: {', '.join(SECTORS)}")
    return found


def _yes(heading: str, typed: str) -> bool:
    if typed.casefold() in YES:
        return True
    if typed.casefold() in NO:
        return False
    raise ValueError(f"{heading} must be yes or no, not {typed!r}")


def _refuse_headings(headings: Sequence[str], name: str) -> None:
    for heading in headings:
        if heading and heading not in HEADINGS:
            raise InvalidError(f"{name}: the heading {heading!r} is not known; there are: {', '.join(HEADINGS)}.")
        if heading and headings.count(heading) > 1:
            raise InvalidError(f"{name}: the heading {heading!r} stands twice.")
    if "member" not in headings and "person" not in headings:
        raise InvalidError(f"{name}: needs a heading member or person; there are: {', '.join(HEADINGS)}.")
