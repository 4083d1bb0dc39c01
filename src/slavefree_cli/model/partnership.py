"""The partnership itself: its name, time zone, coordinator and terms of reference."""

import re
from typing import Annotated, Literal

from slavefree_cli.model.dates import zone
from slavefree_cli.model.record import Address, Link, Must, PersonId, Prose, Record, Table, Title, between

FORMAT = 1
"""The format of a register as it is begun."""
APART = 2
"""The format of a register whose restricted records have a repository of their own: programs that know of none would
give them to everybody. It is the newest that this program reads."""

AGENDA_DAYS = 5
MINUTES_DAYS = 10

Sector = Literal[
    "local-authority",
    "police",
    "health",
    "education",
    "fire",
    "probation",
    "housing",
    "charity",
    "faith",
    "business",
    "lived-experience",
    "government",
    "other",
]
WorkingDays = Annotated[int, between(0, 365, " working days")]

_COUNTRY_OR_PART = re.compile(r"[A-Z]{2}(?:-[A-Z0-9]{1,3})?")


class Coordinator(Table, frozen=True, kw_only=True):
    """Who calls the meetings: the organiser of every invitation."""

    name: Title | None = None
    email: Address | None = None
    person: PersonId | None = None
    """Who that is, where they are a person of the register."""


class QuorumRule(Table, frozen=True, kw_only=True):
    """What the terms of reference ask for before a meeting may decide."""

    members: Annotated[int, between(1, 1_000)] | None = None
    sectors: tuple[Sector, ...] = ()


class Timetable(Table, frozen=True, kw_only=True):
    """How many working days before a meeting its agenda is due, and after it its minutes."""

    agenda: WorkingDays | None = None
    minutes: WorkingDays | None = None

    @property
    def agenda_days(self) -> int:
        """How many clear working days before a meeting its agenda and papers are due."""
        return AGENDA_DAYS if self.agenda is None else self.agenda

    @property
    def minutes_days(self) -> int:
        """How many working days after a meeting its draft minutes are due."""
        return MINUTES_DAYS if self.minutes is None else self.minutes


class Signposting(Table, frozen=True, kw_only=True):
    """Where the public is sent, at the foot of invitations and public documents."""

    text: Prose | None = None
    url: Link | None = None


def _zone_problem(name: str) -> str | None:
    try:
        zone(name)
    except ValueError as error:
        return f"is wrong: {error}"
    return None


def _holidays_problem(code: str) -> str | None:
    return None if _COUNTRY_OR_PART.fullmatch(code) else f"must be an ISO 3166 code such as GB-ENG, not {code!r}"


class Partnership(Record, frozen=True, kw_only=True):
    """``partnership.toml``: one of each in a register."""

    id: str = "partnership"
    format: int = FORMAT
    name: Title
    timezone: Annotated[str, Must(_zone_problem)]
    holidays: Annotated[str, Must(_holidays_problem)] | None = None
    marking: Title | None = None
    """The protective marking at the start of the subject of messages, such as OFFICIAL-SENSITIVE."""
    coordinator: Coordinator = Coordinator()
    quorum: QuorumRule = QuorumRule()
    timetable: Timetable = Timetable()
    signposting: Signposting = Signposting()
