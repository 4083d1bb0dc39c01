"""What was issued to people: each time invitations went out."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from typing import ClassVar, Literal

from slavefree_cli.model.meeting import Meeting, MeetingStatus
from slavefree_cli.model.record import Problem, Record, where
from slavefree_cli.model.text import title_problem

Method = Literal["PUBLISH", "REQUEST", "CANCEL"]


class Issue(Record, frozen=True, kw_only=True):
    """``MEETING/issued/ID.toml``: written once, never changed."""

    PLACED: ClassVar[tuple[str, ...]] = ("id", "of")

    of: str
    """The meeting."""
    sequence: int
    stamp: datetime
    date: date
    start: time | None = None
    end: time | None = None
    venue: str | None = None
    status: MeetingStatus
    content: str
    """A digest of the rest of what was written."""
    to: tuple[str, ...] = ()
    method: Method

    def problems(self) -> Iterator[Problem]:
        if not 0 <= self.sequence < 2**31:
            yield "sequence", "must be from 0 to 2147483647, an INTEGER of RFC 5545"
        if self.stamp.tzinfo is None:
            yield "stamp", "must be an instant with a time zone, such as 2023-05-20T09:00:00Z"
        if self.venue is not None:
            yield from where("venue", title_problem(self.venue))


def latest(issues: Iterable[Issue]) -> Issue | None:
    """Return what was issued last: the highest SEQUENCE, then the newest stamp."""
    return max(issues, key=lambda issue: (issue.sequence, issue.stamp, issue.id), default=None)


def next_sequence(meeting: Meeting, issues: Iterable[Issue]) -> int:
    """Return the SEQUENCE under which a meeting goes out now.

    It rises when start, end, place or status change, and not when only the rest does (RFC 5545 section 3.8.7.4, RFC
    5546 section 2.1.4). That a planned meeting was held is no change to anybody's calendar.
    """
    last = latest(issues)
    if last is None:
        return 0
    same = (last.date, last.start, last.end, last.venue, last.status == "cancelled") == (
        meeting.date,
        meeting.start,
        meeting.end,
        meeting.venue,
        meeting.status == "cancelled",
    )
    return last.sequence if same else last.sequence + 1
