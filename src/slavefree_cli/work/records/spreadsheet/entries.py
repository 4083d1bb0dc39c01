"""What a row says of a member and a person, every cell read or what is wrong with it told."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from typing import Final, NamedTuple, TypeVar, get_args

from slavefree_cli.model.dates import spoken
from slavefree_cli.model.names import key
from slavefree_cli.model.partnership import Sector
from slavefree_cli.model.references import names_nobody
from slavefree_cli.model.text import address_problem, title_problem
from slavefree_cli.model.typed_dates import From, settled
from slavefree_cli.work.records.spreadsheet.cells import is_broken, one_line
from slavefree_cli.work.records.spreadsheet.headings import Line

ReadT = TypeVar("ReadT")

YES: Final = frozenset({"yes", "y", "true", "1", "x", "✓", "✔"})
NO: Final = frozenset({"", "no", "n", "false", "0", "-", "–"})
NO_MEMBER: Final = frozenset({"-", "n/a", "none", "nil", "tbc", "tba", "unknown"})
SECTORS: Final[Mapping[str, Sector]] = {sector: sector for sector in get_args(Sector)}

_SEVERAL: Final = re.compile(r"[;/&]|\band\b", re.IGNORECASE)
_PHONE: Final = re.compile(r"\d(?:[\s().+-]*\d){6}")
_NAMED: Final = re.compile(r"[^<>]*<\s*([^<>\s]+)\s*>")
"""An address as a mail program copies it: ``Ann Lee <ann@example.org>``."""
_SERIAL: Final = re.compile(r"[2-6]\d{4}")
_BETWEEN: Final = re.compile(r"[\s,;]+")


class Entry(NamedTuple):
    """What a row says; what it does not say is None, or empty."""

    line: int
    member: str
    person: str
    sector: Sector | None
    joined: date | None
    first_responder: bool | None
    role: str | None
    addresses: tuple[str, ...]
    """The one of the column ``email`` first."""
    is_main: bool
    """Whether the first of them stands in the column ``email``."""
    deputy: bool | None
    faulty: frozenset[str]
    """The headings of the cells that are wrong."""


class Reading:
    """Reads rows one by one.

    Args:
        today: From which dates without a year are read, backwards.
        problem: Is told what is wrong with a line.
        note: Is told how a cell of a line was taken.
    """

    def __init__(self, today: date, problem: Callable[[int, str], None], note: Callable[[int, str], None]) -> None:
        self._since = From(today, back=True)
        self._problem = problem
        self._note = note

    def entry(self, line: Line) -> Entry:
        """Return what a row says, after what is wrong with it is told."""
        faulty = set(line.faults)
        for heading, says in line.faults.items():
            self._problem(line.line, f"the cell under {heading} {says}")

        def cell(heading: str, read: Callable[[str], ReadT]) -> ReadT | None:
            typed = one_line(line.cells.get(heading, ""))
            if not typed or heading in faulty:
                return None
            try:
                return read(typed)
            except ValueError as error:
                faulty.add(heading)
                self._problem(line.line, str(error))
                return None

        def joined(typed: str) -> date:
            try:
                found = settled(typed, self._since)
            except ValueError as error:
                if _SERIAL.fullmatch(typed):
                    raise ValueError(_as_number(typed)) from None
                raise ValueError(f"joined: {error}") from None
            if found.worked_out or found.short_year:
                self._note(line.line, f"joined {typed!r} is taken for {spoken(found.day)}")
            return found.day

        member = cell("member", _name("member"))
        if member and key(member) in NO_MEMBER:
            faulty.add("member")
            self._problem(line.line, f"{member!r} names no member; leave the cell empty, or put the name in")
        person = cell("person", _name("person"))
        if person:
            for says in _person_problems(person, broken=is_broken(line.cells["person"])):
                faulty.add("person")
                self._problem(line.line, says)
        email, also = cell("email", _address), cell("also", _addresses)
        return Entry(
            line.line,
            member if member and "member" not in faulty else "",
            person if person and "person" not in faulty else "",
            cell("sector", _sector),
            cell("joined", joined),
            cell("first responder", _yes("first responder")),
            cell("role", _title("role")),
            tuple(dict.fromkeys(filter(None, (email, *(also or ()))))),
            email is not None,
            cell("deputy", _yes("deputy")),
            frozenset(faulty),
        )


def _person_problems(name: str, *, broken: bool) -> Iterator[str]:
    if names_nobody(name):
        yield f"{name!r} names nobody; leave the cell empty, or put the name in"
    elif broken or _SEVERAL.search(name):
        yield f"{name!r} may name more than one person; give each a row, and a name on one line"
    elif _PHONE.search(name):
        yield f"{name!r} has a telephone number in it; leave the name alone in the cell"
    elif "@" in name:
        yield f"{name!r} is an address, and no name of a person"


def _name(heading: str) -> Callable[[str], str]:
    def name(typed: str) -> str:
        if problem := title_problem(typed):
            raise ValueError(f"the {heading} {problem}")
        return typed

    return name


_title = _name


def _as_number(typed: str) -> str:
    """Return what is wrong with a date that a spreadsheet program gave as its number of days."""
    day = date(1899, 12, 30) + timedelta(days=int(typed))
    return f"joined: {typed} is a number, perhaps {spoken(day)}; have the column shown as dates, or write it out"


def _bare(typed: str) -> str:
    """Return an address as it was copied without what stands around it: ``Ann Lee <…>``, ``mailto:…``, ``…;``."""
    named = _NAMED.fullmatch(typed.rstrip(" ;,."))
    found = (named[1] if named else typed).strip().rstrip(";,.")
    return found[7:] if found[:7].casefold() == "mailto:" else found


def _address(typed: str) -> str:
    typed = _bare(typed)
    if len(_BETWEEN.split(typed)) > 1 and all("@" in each for each in _BETWEEN.split(typed)):
        raise ValueError("the email is more than one address; put the further ones under a heading also")
    if problem := address_problem(typed):
        raise ValueError(f"the email {problem}")
    return typed


def _addresses(typed: str) -> tuple[str, ...]:
    found = tuple(filter(None, map(_bare, _BETWEEN.split(typed))))
    for each in found:
        if problem := address_problem(each):
            raise ValueError(f"the also {problem}")
    return found


def _sector(typed: str) -> Sector:
    found = SECTORS.get("-".join(key(typed).replace("-", " ").split()))
    if found is None:
        raise ValueError(f"there is no sector {typed!r}; there are: {', '.join(SECTORS)}")
    return found


def _yes(heading: str) -> Callable[[str], bool]:
    def yes(typed: str) -> bool:
        if typed.casefold() in YES:
            return True
        if typed.casefold() in NO:
            return False
        raise ValueError(f"{heading} must be yes or no, not {typed!r}")

    return yes
