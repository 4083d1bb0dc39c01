"""Members and people from a spreadsheet's CSV: all rows or none."""

import csv
import io
import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final, NamedTuple, get_args

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

HEADINGS: Final = ("member", "sector", "joined", "first responder", "person", "role", "email", "deputy")
YES: Final = frozenset({"yes", "y", "true", "1", "x"})
NO: Final = frozenset({"", "no", "n", "false", "0"})
SECTORS: Final[Mapping[str, Sector]] = {sector: sector for sector in get_args(Sector)}


class Planned(NamedTuple):
    """A record that an import makes or changes."""

    does: str
    """``add`` or ``change``."""
    record: Member | Person
    before: Member | Person | None


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
    members: dict[str, Planned] = {}
    people: dict[str, Planned] = {}
    known_members = {each.name.casefold(): each for each in desk.records.members.values()}
    known_people = {each.name.casefold(): each for each in desk.records.people.values()}
    taken: set[str] = set()
    for line, row in rows(content, name):
        try:
            member = _member(desk, row, members, known_members, taken, today)
            _person(desk, row, member, people, known_people, taken)
        except (ValueError, InvalidError) as error:
            raise InvalidError(f"{name}, line {line}: {str(error).rstrip('.')}. Nothing is imported.") from None
    return [*members.values(), *people.values()]


def run(desk: Desk, content: bytes, name: str, today: date) -> list[Planned]:
    """Import a file in one commit and return what was done."""
    with door.opened(desk) as opened:
        done = plan(desk, content, name, today)
        added = sum(isinstance(each.record, Member) for each in done)
        with opened.change(f"Import {added} members and {len(done) - added} people") as change:
            for each in done:
                change.save(each.record, each.before)
    return done


def _member(
    desk: Desk,
    row: Mapping[str, str],
    planned: dict[str, Planned],
    known: Mapping[str, Member],
    taken: set[str],
    today: date,
) -> Member | None:
    title = row.get("member", "")
    if not title:
        return None
    key = title.casefold()
    there = planned.get(key)
    before = known.get(key)
    current = there.record if there else before
    values: dict[str, object] = {}
    if sector := row.get("sector", ""):
        values["sector"] = _sector(sector)
    if joined := row.get("joined", ""):
        values["joined"] = parse_date(joined, today)
    if row.get("first responder", ""):
        values["first_responder"] = _yes("first responder", row["first responder"])
    if row.get("email", "") and not row.get("person", ""):
        values["email"] = row["email"]
    if isinstance(current, Member):
        made: Member = changed(current, **values)
    elif "sector" not in values:
        raise ValueError(f"the new member {title} needs a sector")
    else:
        made = changed(Member(id=_slug(desk, title, Records.members, taken), name=title, sector="other"), **values)
    _valid(made)
    if made != before:
        planned[key] = Planned("change" if before else "add", made, before)
    return made


def _person(
    desk: Desk,
    row: Mapping[str, str],
    member: Member | None,
    planned: dict[str, Planned],
    known: Mapping[str, Person],
    taken: set[str],
) -> None:
    title = row.get("person", "")
    if not title:
        if member is None:
            raise ValueError("names neither a member nor a person")
        return
    key = title.casefold()
    there = planned.get(key)
    before = known.get(key)
    current = there.record if there else before
    person = (
        current if isinstance(current, Person) else Person(id=_slug(desk, title, Records.people, taken), name=title)
    )
    if row.get("email", ""):
        person = changed(person, email=row["email"])
    if member is not None:
        held = person.represents.get(member.id, Representation())
        if row.get("role", ""):
            held = changed(held, role=row["role"])
        if row.get("deputy", ""):
            held = changed(held, deputy=_yes("deputy", row["deputy"]))
        person = changed(person, represents={**person.represents, member.id: held})
    _valid(person)
    if person != before:
        planned[key] = Planned("change" if before else "add", person, before)


def _one_line(cell: str) -> str:
    """Return a cell without the line breaks that people type in a spreadsheet; other controls stay, to be refused."""
    return " ".join(re.split(r"[ \r\n\t]+", cell.strip(" \r\n\t")))


def _slug(desk: Desk, name: str, kind: Kind[Record], taken: set[str]) -> str:
    made = new_slug(desk, name, kind, taken)
    taken.add(made)
    return made


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


def _valid(record: Member | Person) -> None:
    for key, problem in record.problems():
        raise ValueError(f"the {key} {problem}")


def _refuse_headings(headings: Iterable[str], name: str) -> None:
    headings = list(headings)
    for heading in headings:
        if heading and heading not in HEADINGS:
            raise InvalidError(f"{name}: the heading {heading!r} is not known; there are: {', '.join(HEADINGS)}.")
        if heading and headings.count(heading) > 1:
            raise InvalidError(f"{name}: the heading {heading!r} stands twice.")
    if "member" not in headings and "person" not in headings:
        raise InvalidError(f"{name}: needs a heading member or person; there are: {', '.join(HEADINGS)}.")
