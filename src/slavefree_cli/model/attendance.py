"""Who answered, who came, who sent apologies, and who came in whose place."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Final, Literal

from msgspec import structs

from slavefree_cli.model.dates import instant_problem
from slavefree_cli.model.record import ItemId, MeetingId, MemberId, PersonId, Problem, Record, Table, where, within
from slavefree_cli.model.text import prose_problem

Reply = Literal["accepted", "declined", "tentative", "delegated"]
Outcome = Literal["present", "apologies", "absent", "in-attendance"]

_NEVER: Final = datetime.min.replace(tzinfo=UTC)

PEOPLE_BLOCK: Final[tuple[Outcome, ...]] = ("present", "in-attendance", "apologies", "absent")
"""The outcomes in the order of the people block of minutes."""


class Attendee(Table, frozen=True, kw_only=True):
    """One person's answer and what came of it."""

    reply: Reply | None = None
    reply_stamp: datetime | None = None
    reply_sequence: int | None = None
    reply_comment: str | None = None
    outcome: Outcome | None = None
    representing: MemberId | None = None
    deputy_for: PersonId | None = None
    by_video: bool = False
    arrived: ItemId | None = None
    """The item at which somebody came late."""
    left: ItemId | None = None
    """The item at which somebody left early."""
    interests: tuple[ItemId, ...] = ()
    """The items for which an interest was declared and the room left."""

    def problems(self) -> Iterator[Problem]:
        if self.reply_comment is not None:
            yield from where("reply_comment", prose_problem(self.reply_comment))
        if self.reply_stamp is not None:
            yield from where("reply_stamp", instant_problem(self.reply_stamp))
        if self.reply_sequence is not None and not 0 <= self.reply_sequence < 2**31:
            yield "reply_sequence", "must be from 0 to 2147483647, an INTEGER of RFC 5545"
        if self.deputy_for is not None and self.outcome != "present":
            yield "deputy_for", "is given though this person was not present"
        here = self.outcome in {"present", "in-attendance"}
        if not here and (self.by_video or self.arrived or self.left or self.interests):
            yield (
                "outcome",
                "must be present or in-attendance where arrival, leaving, video or interests are recorded",
            )


class Attendance(Record, frozen=True, kw_only=True):
    """``ID/attendance.toml``; the id is the meeting's."""

    id: MeetingId
    people: dict[PersonId, Attendee] = {}

    @property
    def of_meeting(self) -> str:
        """The meeting itself."""
        return self.id

    @property
    def recorded(self) -> bool:
        """Whether it is recorded who came, and not only who answered."""
        return any(each.outcome is not None for each in self.people.values())

    def was_there(self, person: str) -> bool:
        """Tell whether somebody came."""
        return person in self.people and self.people[person].outcome in {"present", "in-attendance"}

    def problems(self) -> Iterator[Problem]:
        deputies: dict[str, str] = {}
        for person, attendee in self.people.items():
            yield from within(f"people.{person}", attendee.problems())
            replaced = self.people.get(attendee.deputy_for or "")
            if (
                attendee.deputy_for is not None
                and (other := deputies.setdefault(attendee.deputy_for, person)) != person
            ):
                yield f"people.{person}.deputy_for", f"names {attendee.deputy_for}, whose deputy {other} is already"
            if attendee.deputy_for == person:
                yield f"people.{person}.deputy_for", "must name somebody else"
            elif replaced is not None and replaced.outcome in {"present", "in-attendance"}:
                yield f"people.{person}.deputy_for", f"names {attendee.deputy_for}, who was there in person"


AnswerOrder = tuple[int, datetime, str, str]


def answer_order(sequence: int | None, stamp: datetime | None, reply: str | None, comment: str | None) -> AnswerOrder:
    """Return what tells which of two answers of one person counts: the greater (RFC 5546 section 2.1.5).

    SEQUENCE counts first, then the instant of DTSTAMP; the last two only make it the same in whatever order answers
    come. No answer at all comes before every answer.
    """
    if stamp is None:
        return -1, _NEVER, "", ""
    return sequence or 0, stamp, reply or "", comment or ""


def with_apologies(attendance: Attendance) -> Attendance:
    """Return an attendance in which who declined, and of whom nothing else is recorded, has sent apologies."""
    people = {
        id: structs.replace(each, outcome="apologies") if each.outcome is None and each.reply == "declined" else each
        for id, each in attendance.people.items()
    }
    return structs.replace(attendance, people=people)


def people_block(
    attendance: Attendance, chair: str | None, names: Mapping[str, str]
) -> list[tuple[Outcome, list[str]]]:
    """Return the people block of minutes: present, in attendance, apologies, absent; those with nobody left out.

    Args:
        attendance: Who came and how.
        chair: Who comes first.
        names: The names of people by id; the rest are in their order.
    """
    block = [(outcome, chair_first(with_outcome(attendance, outcome), chair, names)) for outcome in PEOPLE_BLOCK]
    return [(outcome, people) for outcome, people in block if people]


def with_outcome(attendance: Attendance, *outcomes: Outcome) -> list[str]:
    """Return the people with one of these outcomes."""
    return [person for person, each in attendance.people.items() if each.outcome in outcomes]


def chair_first(people: Iterable[str], chair: str | None, names: Mapping[str, str]) -> list[str]:
    """Return people in the order of a people block: the chair, then by name."""
    return sorted(people, key=lambda person: (person != chair, names.get(person, person).casefold(), person))
