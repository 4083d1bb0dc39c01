"""What was issued to people: each time invitations went out, and which of it somebody has or answered."""

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

    def went_to(self, address: str) -> bool:
        """Tell whether somebody got it at an address."""
        return any(each.email.casefold() == address.casefold() for each in self.people.values())

    def asks(self, party: str) -> bool:
        """Tell whether somebody was invited by it."""
        return self.method == "REQUEST" and party in self.to

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


def address_of(issue: Issue, party: str, issues: Iterable[Issue]) -> str | None:
    """Return the address at which somebody got something.

    Where it was not kept yet, it is the first one that was kept after; None where none was.
    """
    kept = (each for each in issues if each.order >= issue.order and each.address(party))
    first = min(kept, key=lambda each: each.order, default=None)
    return issue.address(party) or (first.address(party) if first else None)


def invitation_of(party: str, issues: Iterable[Issue]) -> Issue | None:
    """Return the last invitation that went to somebody; that an old address of theirs was told off is none."""
    return latest(each for each in issues if each.asks(party))


def newest_sequence(party: str, issues: Collection[Issue]) -> int:
    """Return the highest SEQUENCE under which somebody has an invitation.

    That is what went to them or, where nothing did, to anyone: others may have got theirs under a higher one, which
    says nothing else.
    """
    had = invitation_of(party, issues) or latest(each for each in issues if each.method == "PUBLISH")
    return had.sequence if had else 0


def answers_earlier(party: str, sequence: int, issues: Collection[Issue], timezone: str) -> bool:
    """Tell whether an answer is to a meeting at another time or place than somebody was invited to since.

    Only that makes it stale: SEQUENCE rises for other reasons too, such as another organiser. Some programs name a
    lower one than was ever sent, and can mean only the first.

    Args:
        party: Who answered.
        sequence: The SEQUENCE of their answer.
        issues: Everything that was issued of the meeting.
        timezone: The partnership's.
    """
    asked = [each for each in issues if each.asks(party)]
    if not asked:
        return False
    first = min(each.sequence for each in asked)
    answered = max((each.sequence for each in asked if each.sequence <= sequence), default=first)
    # Where two clones issued different things under it, nobody can tell which of them was answered.
    to = {each.revision(timezone) for each in asked if each.sequence == answered}
    return any({each.revision(timezone)} != to for each in asked if each.sequence > answered)


def holders(address: str, issues: Iterable[Issue]) -> set[str]:
    """Return who was sent something at an address, which may be theirs no more."""
    found = ((party, each.email) for issue in issues for party, each in issue.people.items())
    return {party for party, email in found if email.casefold() == address.casefold()}
