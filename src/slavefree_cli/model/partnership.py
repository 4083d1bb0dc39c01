"""The partnership itself: its name, time zone, coordinator and terms of reference."""

from collections.abc import Iterator
from typing import Literal

from slavefree_cli.model.dates import zone
from slavefree_cli.model.record import Problem, Record, Table, where, within
from slavefree_cli.model.text import address_problem, link_problem, prose_problem, title_problem

FORMAT = 1
"""The newest format of a register that this program reads and the one it writes."""

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


class Coordinator(Table, frozen=True, kw_only=True):
    """Who calls the meetings: the organiser of every invitation."""

    name: str | None = None
    email: str | None = None

    def problems(self) -> Iterator[Problem]:
        if self.name is not None:
            yield from where("name", title_problem(self.name))
        if self.email is not None:
            yield from where("email", address_problem(self.email))


class QuorumRule(Table, frozen=True, kw_only=True):
    """What the terms of reference ask for before a meeting may decide."""

    members: int | None = None
    sectors: tuple[Sector, ...] = ()

    def problems(self) -> Iterator[Problem]:
        if self.members is not None and not 1 <= self.members <= 1_000:
            yield "members", "must be from 1 to 1000"


class Timetable(Table, frozen=True, kw_only=True):
    """How many working days before a meeting its agenda is due, and after it its minutes."""

    agenda: int | None = None
    minutes: int | None = None

    @property
    def agenda_days(self) -> int:
        """How many clear working days before a meeting its agenda and papers are due."""
        return AGENDA_DAYS if self.agenda is None else self.agenda

    @property
    def minutes_days(self) -> int:
        """How many working days after a meeting its draft minutes are due."""
        return MINUTES_DAYS if self.minutes is None else self.minutes

    def problems(self) -> Iterator[Problem]:
        for key, days in (("agenda", self.agenda), ("minutes", self.minutes)):
            if days is not None and not 0 <= days <= 365:
                yield key, "must be from 0 to 365 working days"


class Signposting(Table, frozen=True, kw_only=True):
    """Where the public is sent, at the foot of invitations and public documents."""

    text: str | None = None
    url: str | None = None

    def problems(self) -> Iterator[Problem]:
        if self.text is not None:
            yield from where("text", prose_problem(self.text))
        if self.url is not None:
            yield from where("url", link_problem(self.url))


class Partnership(Record, frozen=True, kw_only=True):
    """``partnership.toml``: one of each in a register."""

    id: str = "partnership"
    format: int = FORMAT
    name: str
    timezone: str
    holidays: str | None = None
    marking: str | None = None
    """The protective marking at the start of the subject of messages, such as OFFICIAL-SENSITIVE."""
    coordinator: Coordinator = Coordinator()
    quorum: QuorumRule = QuorumRule()
    timetable: Timetable = Timetable()
    signposting: Signposting = Signposting()

    def problems(self) -> Iterator[Problem]:
        yield from where("name", title_problem(self.name))
        try:
            zone(self.timezone)
        except ValueError as error:
            yield "timezone", f"is wrong: {error}"
        if self.holidays is not None and not _is_place(self.holidays):
            yield "holidays", f"must be an ISO 3166 code such as GB-ENG, not {self.holidays!r}"
        if self.marking is not None:
            yield from where("marking", title_problem(self.marking))
        yield from within("coordinator", self.coordinator.problems())
        yield from within("quorum", self.quorum.problems())
        yield from within("timetable", self.timetable.problems())
        yield from within("signposting", self.signposting.problems())


def _is_place(code: str) -> bool:
    country, _, part = code.partition("-")
    return (
        code.isascii()
        and len(country) == 2
        and country.isupper()
        and (not part or (part.isalnum() and part.isupper() and len(part) <= 3))
        and not code.endswith("-")
    )
