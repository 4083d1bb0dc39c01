"""Who answered, who came, who sent apologies, and who came in whose place."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Final, Literal, TypeVar

from msgspec import structs

from slavefree_cli.model.record import (
    Address,
    Instant,
    ItemId,
    MeetingId,
    MemberId,
    PartyId,
    PersonId,
    Problem,
    Prose,
    Record,
    SequenceNumber,
    Table,
)

Reply = Literal["accepted", "declined", "tentative", "delegated"]
Outcome = Literal["present", "apologies", "absent", "in-attendance"]

_NEVER: Final = datetime.min.replace(tzinfo=UTC)

PEOPLE_BLOCK: Final[tuple[Outcome, ...]] = ("present", "in-attendance", "apologies", "absent")
"""The outcomes in the order of the people block of minutes."""


class Away(Table, frozen=True, kw_only=True):
    """That somebody was out of the room for a while; its key is the item at which they went out."""

    back: ItemId
    """The item at which they were there again."""


class Answer(Table, frozen=True, kw_only=True):
    """What somebody answered to an invitation."""

    reply: Reply | None = None
    reply_stamp: Instant | None = None
    reply_sequence: SequenceNumber | None = None
    reply_sent: Instant | None = None
    """When the message was sent that it came in."""
    reply_comment: Prose | None = None

    @property
    def order(self) -> "AnswerOrder":
        """What tells which of two answers of one person counts: the greater."""
        return answer_order(self.reply_sequence, self.reply_stamp, self.reply_sent, self.reply, self.reply_comment)


AnswerT = TypeVar("AnswerT", bound=Answer)


class Attendee(Answer, frozen=True, kw_only=True):
    """One person's answer and what came of it."""

    outcome: Outcome | None = None
    representing: MemberId | None = None
    deputy_for: PersonId | None = None
    also_deputy_for: tuple[PersonId, ...] = ()
    """In whose place besides: a second person's, or that of somebody who has another deputy already."""
    by_video: bool = False
    arrived: ItemId | None = None
    """The item at which somebody came late."""
    left: ItemId | None = None
    """The item at which somebody left early."""
    interests: tuple[ItemId, ...] = ()
    """The items for which an interest was declared and the room left."""
    away: dict[ItemId, Away] = {}
    """Out and back in again, by the items at which they went out; see ``presence``."""

    @property
    def came_for(self) -> tuple[str, ...]:
        """Everybody in whose place this person came."""
        named = () if self.deputy_for is None else (self.deputy_for,)
        return tuple(dict.fromkeys((*named, *self.also_deputy_for)))

    def problems(self) -> Iterator[Problem]:
        yield from super().problems()
        for key, given in (("deputy_for", self.deputy_for), ("also_deputy_for", self.also_deputy_for)):
            if given and self.outcome != "present":
                yield key, "is given though this person was not present"
        here = self.outcome in {"present", "in-attendance"}
        if not here and (self.by_video or self.arrived or self.left or self.interests or self.away):
            yield (
                "outcome",
                "must be present or in-attendance where arrival, leaving, video or interests are recorded",
            )


class Unreached(Table, frozen=True, kw_only=True):
    """That something did not reach somebody, as a mail server said."""

    email: Address
    """At which address."""
    stamp: Instant
    """The DTSTAMP of what did not reach them."""
    reason: Prose | None = None
    """Why, in the words of the server, without any address."""


class Attendance(Record, frozen=True, kw_only=True):
    """``ID/attendance.toml``; the id is the meeting's."""

    id: MeetingId
    people: dict[PersonId, Attendee] = {}
    members: dict[MemberId, Answer] = {}
    """The answers of members that were invited by their mailbox: nobody knows yet who comes."""
    unreached: dict[PartyId, Unreached] = {}
    """Whom the last that is known of did not reach; see ``unreached_at``."""

    def answer(self, party: str) -> Answer:
        """Return what a person, or a member by its mailbox, has answered; an empty one where they have not."""
        return self.people.get(party) or self.members.get(party) or Answer()

    def with_unreached(self, party: str, given: Unreached, email: str | None) -> "Attendance":
        """Return it with what did not reach somebody, unless what is known is newer or of the address that they have.

        Args:
            party: Who.
            given: What did not reach them.
            email: Their address now.
        """
        known, own = self.unreached.get(party), (email or "").casefold()
        is_own = given.email.casefold() == own
        if known is not None and (known.email.casefold() == own, known.stamp) >= (is_own, given.stamp):
            return self
        return structs.replace(self, unreached={**self.unreached, party: given})

    def unreached_at(self, party: str, address: str | None, stamp: datetime) -> Unreached | None:
        """Return that somebody could not be reached, unless they have another address or were sent something since.

        Args:
            party: Who.
            address: Their address.
            stamp: The DTSTAMP of the last that they were sent there.
        """
        known = self.unreached.get(party)
        if known is None or known.email.casefold() != (address or "").casefold() or stamp > known.stamp:
            return None
        return known

    @property
    def of_meeting(self) -> str:
        """The meeting itself."""
        return self.id

    @property
    def recorded(self) -> bool:
        """Whether it is recorded who came: somebody did, so that it is not only answers and apologies in advance."""
        return any(map(self.was_there, self.people))

    def was_there(self, person: str) -> bool:
        """Tell whether somebody came."""
        return person in self.people and self.people[person].outcome in {"present", "in-attendance"}

    def problems(self) -> Iterator[Problem]:
        yield from super().problems()
        for person, attendee in self.people.items():
            for replaced in attendee.came_for:
                key = "deputy_for" if replaced == attendee.deputy_for else "also_deputy_for"
                if replaced == person:
                    yield f"people.{person}.{key}", "must name somebody else"
                elif self.was_there(replaced):
                    yield f"people.{person}.{key}", f"names {replaced}, who was there in person"

    def with_answer(self, party: str, given: Answer) -> "Attendance":
        """Return it with the answer of a person or, where it is no attendee's, of a member by its mailbox."""
        if isinstance(given, Attendee):
            return structs.replace(self, people={**self.people, party: given})
        return structs.replace(self, members={**self.members, party: given})

    def deputies_of(self, person: str) -> list[str]:
        """Return who came in somebody's place."""
        return [id for id, each in self.people.items() if person in each.came_for]


AnswerOrder = tuple[int, datetime, datetime, str, str]


def answer_order(
    sequence: int | None, stamp: datetime | None, sent: datetime | None, reply: str | None, comment: str | None
) -> AnswerOrder:
    """Return what tells which of two answers of one person counts: the greater (RFC 5546 section 2.1.5).

    SEQUENCE counts first, then the instant of DTSTAMP, which some programs copy from the invitation: then when the
    message was sent. The last two only make it the same in whatever order answers come. No answer at all comes before
    every answer.
    """
    if stamp is None:
        return -1, _NEVER, _NEVER, "", ""
    return sequence or 0, stamp, sent or _NEVER, reply or "", comment or ""


def undecided(one: Answer, other: Answer) -> bool:
    """Tell whether nothing says which of two different answers of one person is the newer."""
    if (one.reply, one.reply_comment) == (other.reply, other.reply_comment):
        return False
    alike = one.order[:2] == other.order[:2]
    return alike and (one.reply_sent is None or other.reply_sent in {None, one.reply_sent})


def is_by_hand(had: Answer, given: Answer) -> bool:
    """Tell whether a recorded answer stays though a file says something else.

    One without a stamp came from no file. One that bears the SEQUENCE and the DTSTAMP of the file, and was sent when it
    was, was corrected since, by somebody who knows better.
    """
    if had.reply is None or (had.reply, had.reply_comment) == (given.reply, given.reply_comment):
        return False
    bear = [(each.reply_sequence or 0, each.reply_stamp, each.reply_sent) for each in (had, given)]
    return had.reply_stamp is None or bear[0] == bear[1]


def given_by_voice(had: AnswerT, reply: Reply, comment: str | None, sequence: int, now: datetime) -> AnswerT:
    """Return what is recorded of somebody who told the coordinator their answer: it is newer than all before it.

    Apologies that were recorded in advance of a person do not outlive a later word that they come.

    Args:
        had: What was recorded.
        reply: What they answered.
        comment: What they said besides; None for nothing.
        sequence: The SEQUENCE of the invitation that they have.
        now: The instant at which it is recorded.
    """
    newer = now if had.reply_stamp is None else max(now, had.reply_stamp + timedelta(seconds=1))
    given = structs.replace(
        had,
        reply=reply,
        reply_stamp=newer,
        reply_sent=None,
        reply_sequence=max(sequence, had.reply_sequence or 0),
        reply_comment=comment,
    )
    back = isinstance(given, Attendee) and given.outcome == "apologies" and reply != "declined"
    return structs.replace(given, outcome=None) if back else given


def people_block(
    attendance: Attendance, chair: str | None, names: Mapping[str, str], members: Iterable[str] = ()
) -> list[tuple[Outcome, list[str]]]:
    """Return the people block of minutes: present, in attendance, apologies, absent; those with nobody left out.

    Args:
        attendance: Who came and how.
        chair: Who comes first.
        names: The names of people by id; the rest are in their order.
        members: The members that sent apologies by their mailbox, in order; they stand after the people who did.
    """
    order = chair_first(attendance.people, chair, names)
    block = {outcome: [id for id in order if attendance.people[id].outcome == outcome] for outcome in PEOPLE_BLOCK}
    block["apologies"] += members
    return [(outcome, those) for outcome, those in block.items() if those]


def chair_first(people: Iterable[str], chair: str | None, names: Mapping[str, str]) -> list[str]:
    """Return people in the order of a people block: the chair, then by name."""
    return sorted(people, key=lambda person: (person != chair, names.get(person, person).casefold(), person))
