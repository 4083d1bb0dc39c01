"""What was issued to people: each time invitations went out, and under which SEQUENCE the next ones do."""

from collections.abc import Collection, Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import ClassVar, Literal, NamedTuple

from slavefree_cli.model.meeting import Meeting, MeetingStatus, interval
from slavefree_cli.model.record import (
    Address,
    Instant,
    MeetingId,
    PartyId,
    Problem,
    Prose,
    Record,
    SequenceNumber,
    Title,
    in_order,
)
from slavefree_cli.model.told import Recipient, ToldItem

Method = Literal["PUBLISH", "REQUEST", "CANCEL"]


class Revision(NamedTuple):
    """What the SEQUENCE of a meeting stands for: when and where it is, and whether it is at all."""

    day: date | None
    """Of a meeting whose time is not known."""
    begins: datetime | None
    ends: datetime | None
    venue: str | None
    cancelled: bool


class Issue(Record, frozen=True, kw_only=True):
    """``MEETING/issued/ID.toml``: written once, never changed."""

    PLACED: ClassVar[tuple[str, ...]] = ("id", "of")

    of: MeetingId
    """The meeting."""
    sequence: SequenceNumber
    stamp: Instant
    date: date
    start: time | None = None
    end: time | None = None
    begins: Instant | None = None
    """The instants that were written, which a later rule for the clocks or another time zone would not give again."""
    ends: Instant | None = None
    venue: Title | None = None
    status: MeetingStatus
    content: str
    """A digest of the rest of what was written."""
    organizer: Address | None = None
    """The organiser's address. Where it is missing, what stands below was not kept yet."""
    organizer_name: Title | None = None
    partnership: Title | None = None
    title: Title | None = None
    chair: Title | None = None
    """The chair's name."""
    link: str | None = None
    """A digest of the link for joining, which stands nowhere but in the meeting's record and in the message."""
    note: Prose | None = None
    """What the coordinator wrote to it."""
    to: tuple[PartyId, ...] = ()
    """The people and mailboxes it went to, each in a file of their own; nobody, where it was for anyone to open."""
    in_doubt: tuple[PartyId, ...] = ()
    """Those of them of whom nobody can know whether they got it."""
    method: Method
    people: dict[PartyId, Recipient] = {}
    """How each of those was invited."""
    items: dict[str, ToldItem] = {}
    """The agenda, by the slugs that the items had."""

    def address(self, party: str) -> str | None:
        """Return the address at which somebody got it, or None where it was not kept."""
        return self.people[party].email if party in self.people else None

    def problems(self) -> Iterator[Problem]:
        yield from super().problems()
        if self.method == "REQUEST" and not self.to:
            yield "to", "must name whom a REQUEST went to"
        if self.method == "PUBLISH" and self.to:
            yield "to", "must be empty: what is published goes to nobody in particular"
        if self.method == "REQUEST" and self.status == "cancelled":
            yield "status", "contradicts the method: nobody is asked to a cancelled meeting"
        if self.method == "CANCEL" and self.status != "cancelled" and not self.to:
            yield (
                "status",
                "contradicts the method: a meeting that is not cancelled is called off for named people only",
            )
        yield from self._instant_problems()

    def _instant_problems(self) -> Iterator[Problem]:
        if (self.begins is None) != (self.ends is None) or (self.begins is not None and self.start is None):
            yield "begins", "must stand with ends and start, or none of them"
        elif self.begins and self.ends and self.begins.tzinfo and self.ends.tzinfo:
            if self.ends <= self.begins:
                yield "ends", "is not after begins"
            # No place on earth is further than 14 hours from UTC.
            away = abs(
                self.begins.astimezone(UTC).replace(tzinfo=None) - datetime.combine(self.date, self.start or time())
            )
            if away > timedelta(hours=14):
                yield "begins", f"contradicts the date and the start ({self.date}, {self.start})"

    def revision(self, timezone: str) -> Revision:
        """Return what was written; ``timezone`` serves records without the instants."""
        if self.begins is None or self.ends is None:
            return revision_of(self, timezone)
        return Revision(None, self.begins, self.ends, self.venue, self.status == "cancelled")

    @property
    def order(self) -> tuple[int, datetime, str]:
        """What tells the newer of two apart (RFC 5546 section 2.1.5): SEQUENCE, then DTSTAMP."""
        return self.sequence, self.stamp, self.id


def latest(issues: Iterable[Issue]) -> Issue | None:
    """Return what was issued last: the highest SEQUENCE, then the newest stamp."""
    return max(issues, key=lambda issue: issue.order, default=None)


def revision_of(meeting: Meeting | Issue, timezone: str) -> Revision:
    """Return when and where a meeting is now, or was where it was issued, by the clocks of a zone.

    That a planned meeting was held is no change to anybody's calendar, nor is another name for the same instants.
    """
    cancelled = meeting.status == "cancelled"
    try:
        instants = interval(meeting.date, meeting.start, meeting.end, timezone)
    except ValueError:
        # The clocks of this zone skip it: nothing that was issued can have been this.
        instants = None
    if instants is None:
        return Revision(meeting.date, None, None, meeting.venue, cancelled)
    return Revision(None, *instants, meeting.venue, cancelled)


def same_address(one: str | None, other: str | None) -> bool:
    """Tell whether two addresses are one; what was not kept may be any."""
    return one is None or other is None or one.casefold() == other.casefold()


def invitation_of(party: str, issues: Iterable[Issue]) -> Issue | None:
    """Return the last invitation that went to somebody; that an old address of theirs was told off is none."""
    return latest(each for each in issues if party in each.to and each.method == "REQUEST")


def answers_earlier(party: str, sequence: int, issues: Collection[Issue], timezone: str) -> bool:
    """Tell whether an answer is to a meeting at another time or place than somebody was invited to since.

    Args:
        party: Who answered.
        sequence: The SEQUENCE of their answer.
        issues: Everything that was issued of the meeting.
        timezone: The partnership's.
    """
    asked = [each for each in issues if party in each.to and each.method == "REQUEST"]
    answered = latest(each for each in asked if each.sequence <= sequence)
    since = [each.revision(timezone) for each in asked if each.sequence > sequence]
    return any(answered is None or each != answered.revision(timezone) for each in since)


def holders(address: str, issues: Iterable[Issue]) -> set[str]:
    """Return who was sent something at an address, which may be theirs no more."""
    found = ((party, each.email) for issue in issues for party, each in issue.people.items())
    return {party for party, email in found if email.casefold() == address.casefold()}


def clash(issues: Collection[Issue], timezone: str) -> bool:
    """Tell whether different things went out under the highest SEQUENCE, as two clones can do before they meet."""
    highest = max((each.sequence for each in issues), default=0)
    return _differ([each for each in issues if each.sequence == highest], timezone)


def is_current(
    issue: Issue,
    meeting: Meeting,
    content: str,
    issues: Collection[Issue],
    timezone: str,
    organizer: str | None = None,
) -> bool:
    """Tell whether what was issued is what would be issued now.

    Args:
        issue: What was issued.
        meeting: The meeting as it is now.
        content: The digest of what an invitation says now, besides when and where.
        issues: Everything that was issued of the meeting.
        timezone: The partnership's.
        organizer: The organiser's address now.
    """
    return issue.content == content and stands(issue, meeting, issues, timezone, organizer)


def next_sequence(meeting: Meeting, issues: Collection[Issue], timezone: str, organizer: str | None = None) -> int:
    """Return the SEQUENCE under which a meeting goes out now.

    It rises when start, end, place or status change, or the organiser's address (RFC 5546 section 3.2.2.4), and not
    when only the rest does (RFC 5545 section 3.8.7.4, RFC 5546 section 2.1.4); and after a clash, so that it is above
    both.
    """
    last = latest(issues)
    if last is None:
        return 0
    return last.sequence if stands(last, meeting, issues, timezone, organizer) else last.sequence + 1


def next_stamp(now: datetime, issues: Iterable[Issue]) -> datetime:
    """Return the DTSTAMP of what goes out now: newer than all before it, even where the clock was set back.

    A calendar takes a change under the same SEQUENCE only with a newer one (RFC 5546 section 2.1.5).
    """
    newest = max((issue.stamp for issue in issues), default=None)
    return now if newest is None else max(now, newest + timedelta(seconds=1))


def contradictions(issues: Collection[Issue], timezone: str) -> Iterator[tuple[Issue, str, str]]:
    """Yield each issue of one meeting that does not go with the others, the key, and what is wrong."""
    numbers = sorted({each.sequence for each in issues})
    for number in numbers:
        alike = in_order(each for each in issues if each.sequence == number)
        if _differ(alike, timezone):
            others = ", ".join(each.id for each in alike[:-1])
            yield alike[-1], "sequence", f"is {number}, under which {others} says something else; issue again"
        if number and number - 1 not in numbers:
            yield alike[0], "sequence", f"is {number}, and nothing was issued as {number - 1}"


def stands(
    issue: Issue, meeting: Meeting, issues: Collection[Issue], timezone: str, organizer: str | None = None
) -> bool:
    """Tell whether a meeting is still when and where it was issued, by the same organiser.

    Nor may anything else have been issued under its SEQUENCE.
    """
    same = issue.revision(timezone) == revision_of(meeting, timezone) and same_address(issue.organizer, organizer)
    return same and not clash(issues, timezone)


def _differ(issues: Collection[Issue], timezone: str) -> bool:
    """Tell whether one SEQUENCE stands for several revisions or organisers, or one stamp for several texts.

    That somebody was taken off the list goes out under a number of its own without a change to the meeting.
    """
    organizers = {each.organizer.casefold() for each in issues if each.organizer}
    if len({each.revision(timezone) for each in issues}) > 1 or len(organizers) > 1:
        return True
    texts: dict[tuple[datetime, bool], str] = {}
    return any(texts.setdefault((each.stamp, bool(each.to)), each.content) != each.content for each in issues)
