"""A meeting: when, where, under whose chair, and whether it took place."""

import datetime as dt
from collections.abc import Iterable, Iterator
from datetime import datetime, time, timedelta
from typing import Annotated, Final, Literal

from slavefree_cli.model.dates import day_problem, instant, local, short, time_problem
from slavefree_cli.model.record import (
    CodeKey,
    GroupId,
    Instant,
    Link,
    MeetingId,
    Must,
    PartyId,
    PersonId,
    Problem,
    Prose,
    Record,
    Table,
    Title,
    in_order,
)

LONGEST: Final = timedelta(hours=12)
"""How long a meeting that ends after midnight lasts at most: longer, its end is taken for a slip."""

TimeOfDay = Annotated[time, Must(time_problem)]
MeetingStatus = Literal["planned", "held", "cancelled"]


class Invitees(Table, frozen=True, kw_only=True):
    """Who is invited besides, and who is not, of those that a meeting invites by itself."""

    add: tuple[PartyId, ...] = ()
    remove: tuple[PartyId, ...] = ()


class Approval(Table, frozen=True, kw_only=True):
    """That minutes were approved as a correct record: when, at which meeting, and which text."""

    approved: dt.date
    at: MeetingId
    sha256: str


class Correction(Table, frozen=True, kw_only=True):
    """An addendum to approved minutes."""

    at: Instant
    text: Prose


class Meeting(Record, frozen=True, kw_only=True):
    """``ID/meeting.toml``; the id is the date and slug it was created with."""

    title: Title
    date: Annotated[dt.date, Must(day_problem)]
    start: TimeOfDay | None = None
    """Wall-clock in the partnership's zone; without it the meeting is all-day and tentative."""
    end: TimeOfDay | None = None
    venue: Title | None = None
    link: Link | None = None
    """For joining by video: private, never in a public file."""
    status: MeetingStatus = "planned"
    reason: Prose | None = None
    chair: PersonId | None = None
    group: GroupId | None = None
    uid: Title
    created: Instant
    invitees: Invitees = Invitees()
    minutes: Approval | None = None
    corrections: dict[CodeKey, Correction] = {}

    @property
    def dated(self) -> str:
        """Its title and its day, since the meetings of a year may have one title."""
        return f"{self.title} on {short(self.date)}"

    @property
    def order(self) -> tuple[dt.date, time, str]:
        """As they take place."""
        return self.date, self.start or time.min, self.id

    @property
    def when(self) -> tuple[dt.date, time | None, time | None]:
        """Its day, and when it begins and ends."""
        return self.date, self.start, self.end

    def refusal(self, before: Record) -> str | None:
        """Say that a meeting with approved minutes does not move, and took place; None where it may become this one."""
        approved = before.minutes if isinstance(before, Meeting) and self.minutes else None
        if approved is None or not isinstance(before, Meeting):
            return None
        cancelled = self.status == "cancelled" != before.status
        if self.when == before.when and not cancelled:
            return None
        what = "is not cancelled" if cancelled else "does not move"
        return (
            f"The minutes of {before.title} on {short(before.date)} were approved on {short(approved.approved)}, and "
            f"it {what}. What is wrong in them is put right with: slavefree minutes correct {before.id} TEXT"
        )

    def problems(self) -> Iterator[Problem]:
        yield from super().problems()
        if self.end is not None and self.start is None:
            yield "end", "is given without a start"
        elif self.start is not None and self.end is not None and not _lasts(self.start, self.end):
            yield "end", f"is not after the start ({self.end:%H:%M} is not after {self.start:%H:%M})"

    def clock_problems(self, timezone: str) -> Iterator[Problem]:
        """Yield what the clocks of the partnership's zone make impossible: a time that they skip."""
        for key, day, at in (("start", self.date, self.start), ("end", self.last_day, self.end)):
            if at is not None:
                try:
                    instant(day, at, timezone)
                except ValueError as error:
                    yield key, f"is not a time: {error}"

    @property
    def last_day(self) -> dt.date:
        """The day on which it ends: the next, where it goes on past midnight."""
        return ends_on(self.date, self.start, self.end)

    def interval(self, timezone: str) -> tuple[datetime, datetime] | None:
        """Return when it begins and ends as instants in UTC, or None where its time is not known.

        A meeting without an end is taken to last an hour.
        """
        return interval(self.date, self.start, self.end, timezone)

    def has_begun(self, now: datetime, timezone: str) -> bool:
        """Tell whether it began by an instant; one whose time is not known, whether its day did."""
        at = self._between(timezone)
        return at[0] <= now if at else self.date <= local(now, timezone).date()

    def is_over(self, now: datetime, timezone: str) -> bool:
        """Tell whether it has ended by an instant; one whose time is not known, whether its day has."""
        at = self._between(timezone)
        return at[1] <= now if at else self.date < local(now, timezone).date()

    def _between(self, timezone: str) -> tuple[datetime, datetime] | None:
        try:
            return self.interval(timezone)
        except ValueError:  # a file edited by hand, of which check tells
            return None

    def took_place(self, today: dt.date) -> bool:
        """Tell whether it is over: held, or its day gone by without being cancelled."""
        return self.status == "held" or (self.status == "planned" and self.date < today)


class RestrictedMeeting(Record, frozen=True, kw_only=True):
    """``restricted/ID/meeting.toml``: that the minutes of Part Two were approved, and what was corrected since."""

    id: MeetingId
    minutes: Approval | None = None
    corrections: dict[CodeKey, Correction] = {}


def interval(day: dt.date, start: time | None, end: time | None, timezone: str) -> tuple[datetime, datetime] | None:
    """Return the instants, in UTC, between which the clocks of a zone show these times; None without a start.

    Raises:
        ValueError: The clocks skip one of the times.
    """
    if start is None:
        return None
    begins = instant(day, start, timezone)
    return begins, begins + timedelta(hours=1) if end is None else instant(ends_on(day, start, end), end, timezone)


def ends_on(day: dt.date, start: time | None, end: time | None) -> dt.date:
    """Return the day on which what begins on a day ends: the next, where its end is before its start."""
    return day + timedelta(start is not None and end is not None and end <= start)


def length(start: time, end: time) -> timedelta:
    """Return how long it is by the clock from one time to the next one when it is another."""
    return (datetime.combine(dt.date.min, end) - datetime.combine(dt.date.min, start)) % timedelta(days=1)


def _lasts(start: time, end: time) -> bool:
    """Tell whether an end is after a start: on the same day, or soon enough on the next."""
    return end > start or timedelta(0) < length(start, end) <= LONGEST


def at_night(meeting: Meeting) -> Iterator[tuple[Literal["begins", "ends"], dt.date, time]]:
    """Yield which of a meeting's times is between 23:00 and 06:00, and on which day."""
    if meeting.start is not None and not time(6) <= meeting.start < time(23):
        yield "begins", meeting.date, meeting.start
    if meeting.end is not None and not time(6) < meeting.end <= time(23):
        yield "ends", meeting.last_day, meeting.end


def coming(meetings: Iterable[Meeting], now: datetime, timezone: str) -> Meeting | None:
    """Return the first planned meeting that is not over by an instant."""
    planned = (each for each in in_order(meetings) if each.status == "planned")
    return next((each for each in planned if not each.is_over(now, timezone)), None)


def latest(meetings: Iterable[Meeting], now: datetime, timezone: str) -> Meeting | None:
    """Return the last meeting that was over by an instant, and was not cancelled."""
    every = (each for each in reversed(in_order(meetings)) if each.status != "cancelled")
    return next((each for each in every if each.status == "held" or each.is_over(now, timezone)), None)


def next_meeting(meetings: Iterable[Meeting], today: dt.date) -> Meeting | None:
    """Return the first planned meeting from today on."""
    return next((each for each in in_order(meetings) if each.status == "planned" and each.date >= today), None)


def following(meeting: Meeting, meetings: Iterable[Meeting]) -> Meeting | None:
    """Return the meeting of the same group that comes after this one, cancelled ones left out."""
    later = (each for each in in_order(meetings) if each.group == meeting.group and each.order > meeting.order)
    return next((each for each in later if each.status != "cancelled"), None)


def moved(
    meeting: Meeting, day: dt.date, start: time | None = None, end: time | None = None
) -> tuple[dt.date, time | None, time | None]:
    """Return the new day, start and end of a meeting that moves; one moved to another hour keeps its length."""
    if start is None:
        return day, meeting.start, end or meeting.end
    if end is None and meeting.start is not None and meeting.end is not None:
        end = (datetime.combine(day, start) + length(meeting.start, meeting.end)).time()
    return day, start, end
