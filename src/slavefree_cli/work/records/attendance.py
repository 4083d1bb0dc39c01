"""Attendance: who came, in whose place, when, and whether the meeting could decide."""

from datetime import date, datetime
from typing import NamedTuple

from msgspec import UnsetType, structs

from slavefree_cli.errors import InvalidError
from slavefree_cli.model.answers import Answers, answers, members_with_apologies, with_apologies
from slavefree_cli.model.attendance import (
    Answer,
    Attendance,
    Attendee,
    Reply,
    chair_first,
    given_by_voice,
    people_block,
)
from slavefree_cli.model.dates import short
from slavefree_cli.model.decision import Decision
from slavefree_cli.model.hats import choice
from slavefree_cli.model.invitees import invited, invitees
from slavefree_cli.model.issue import newest_sequence
from slavefree_cli.model.meeting import Meeting
from slavefree_cli.model.member import Member
from slavefree_cli.model.person import Person
from slavefree_cli.model.quorum import Quorum, at_decision, of_meeting
from slavefree_cli.model.record import changed
from slavefree_cli.model.references import parties
from slavefree_cli.register import door
from slavefree_cli.register.restricted import WholeDesk
from slavefree_cli.work.records import approved, find
from slavefree_cli.work.records.recording import Came, Recording, named


class Recorded(NamedTuple):
    """What is recorded of who came, with its quorum and the people in order."""

    attendance: Attendance
    quorum: Quorum
    decisions: list[tuple[Decision, Quorum]]
    """What was decided, and the quorum for it."""
    people: list[str]
    """In the order of the people block; last, those of whom only an answer is recorded.

    Members that answered by their mailbox are among them.
    """
    apologies: list[str]
    """Of those members which sent apologies."""
    answers: Answers | None
    """Until somebody is recorded as present, what those who are invited have answered; they come first then."""


def of(desk: WholeDesk, meeting: Meeting) -> Recorded:
    """Return the attendance of a meeting; nobody where none is recorded yet."""
    records = desk.records
    attendance = records.attendances.get(meeting.id) or Attendance(id=meeting.id)
    names = {id: person.name for id, person in records.people.items()}
    decisions = (*records.decisions.values(), *desk.restricted.decisions.values())
    taken = (each for each in decisions if each.meeting == meeting.id)
    judged = [(each, there) for each in taken if (there := at_decision(each, records))]
    away = members_with_apologies(attendance, meeting, records) if attendance.recorded else []
    people = [id for _, block in people_block(attendance, meeting.chair, names, away) for id in block]
    people += chair_first(attendance.people.keys() - people, meeting.chair, names)
    names |= {id: records.name(id) for id in attendance.members}
    people += chair_first(attendance.members.keys() - people, None, names)
    judgement = of_meeting(meeting, attendance, records)
    so_far = None if attendance.recorded or meeting.status != "planned" else answers(meeting, records)
    if so_far:
        people = [*so_far.people, *(id for id in people if id not in so_far.people)]
    return Recorded(attendance, judgement, judged, people, away, so_far)


class Expected(NamedTuple):
    """Somebody who was invited or is recorded already, and what is recorded of them."""

    id: str
    name: str
    members: list[str]
    """The names of the members they represent."""
    so_far: Attendee
    choice: list[str]
    """The ids of the members between which it has to be asked for which they sit."""


def expected(desk: WholeDesk, meeting: Meeting) -> list[Expected]:
    """Return everybody to be ticked off at a meeting, the chair first and then by name.

    The mailbox of a member that has no people is nobody who comes.

    Raises:
        InvalidError: The meeting was cancelled.
    """
    _refuse_cancelled(meeting)
    records = desk.records
    attendance = records.attendances.get(meeting.id) or Attendance(id=meeting.id)
    attendance = with_apologies(attendance, meeting, records)
    ids = {each.id for each in invitees(meeting, records) if each.id in records.people} | set(attendance.people)
    names = {id: records.name(id) for id in ids}
    return [
        Expected(
            id,
            names[id],
            [records.name(each) for each in records.people[id].represented(records.members, meeting.date)]
            if id in records.people
            else [],
            so_far := attendance.people.get(id, Attendee()),
            [] if so_far.representing else choice(id, so_far, meeting, records),
        )
        for id in chair_first(ids, meeting.chair, names)
    ]


def to_be_asked(desk: WholeDesk, meeting: Meeting, came: Came) -> dict[str, list[str]]:
    """Return who can sit for several members, and for which, where neither is it said nor was it recorded before.

    Args:
        desk: The register.
        meeting: The meeting.
        came: What is to be recorded, by ids.
    """
    _refuse_cancelled(meeting)
    recording = Recording(desk, meeting)
    recording.take(came)
    before = recording.before.people if recording.before else {}
    deputies = {person for person, _ in came.deputies}
    told = {person for person, attendee in before.items() if attendee.representing and person not in deputies}
    return {id: members for id, members in recording.undecided.items() if id not in told}


def record(desk: WholeDesk, meeting: Meeting, came: Came, today: date) -> Recorded:
    """Record who came and how; what is not mentioned stays as it was.

    Raises:
        InvalidError: The meeting was cancelled, or somebody was both there and not.
        NotFoundError: There is no such person, member or item.
    """
    with door.opened(desk) as opened:
        meeting = desk.records.meetings[meeting.id]
        _refuse_cancelled(meeting)
        recording = Recording(desk, meeting)
        recording.take(named(desk, meeting, came))
        with opened.change(f"Record the attendance of {meeting.dated}") as change:
            early = recording.anybody_came and meeting.date > today
            if recording.anybody_came and not early and meeting.status == "planned":
                change.save(changed(meeting, status="held"), meeting)
            recorded = structs.replace(recording.before or Attendance(id=meeting.id), people=recording.people)
            if recorded.recorded:
                # Who declined has sent apologies, once it is recorded who came; till then they may change their mind.
                recorded = with_apologies(recorded, meeting, desk.records)
            change.save(recorded, recording.before)
    early_told = f"{meeting.title} is not until {short(meeting.date)}; recorded all the same."
    for says in (*recording.told, *([early_told] if early else ())):
        desk.warn(says)
    approved.warn(desk, meeting)
    return of(desk, meeting)


def reply(
    desk: WholeDesk, meeting: Meeting, typed: str, answer: Reply, comment: str | None | UnsetType, now: datetime
) -> tuple[Recorded, Member | Person]:
    """Record an answer that somebody gave by voice, and return what is recorded now, and of whom it is.

    It is newer than every answer before it, also than one whose file is read once more.

    Args:
        desk: The register.
        meeting: The meeting.
        typed: Who answered, by anything that fits only one: a person, or a member that was invited by its mailbox.
        answer: What they answered.
        comment: What they said besides; None for nothing, and left out to keep what they said with the same answer.
        now: The instant it is recorded at.

    Raises:
        InvalidError: The meeting was cancelled, or they are not invited to it.
        NotFoundError: There is no such person or member.
    """
    with door.opened(desk) as opened:
        records = desk.records
        meeting = records.meetings[meeting.id]
        _refuse_cancelled(meeting)
        party = _who_answers(desk, meeting, typed)
        before = records.attendances.get(meeting.id) or Attendance(id=meeting.id)
        had = (
            before.members.get(party.id, Answer())
            if isinstance(party, Member)
            else before.people.get(party.id, Attendee())
        )
        if isinstance(comment, UnsetType):
            comment = had.reply_comment if had.reply == answer else None
        given = given_by_voice(had, answer, comment, newest_sequence(party.id, records.issued(meeting.id)), now)
        if isinstance(had, Attendee) and isinstance(given, Attendee) and had.outcome != given.outcome:
            desk.warn(f"The apologies of {party.name} are taken back.")
        what = {"accepted": "comes to", "declined": "does not come to"}.get(answer, "is not sure about")
        with opened.change(f"Record that {party.name} {what} {meeting.dated}") as change:
            change.save(before.with_answer(party.id, given), records.attendances.get(meeting.id))
    return of(desk, meeting), party


def _who_answers(desk: WholeDesk, meeting: Meeting, typed: str) -> Member | Person:
    """Return the person that is meant, or the member that is invited by its mailbox."""
    records = desk.records
    ids = invited(meeting, records)
    may = [each for each in parties(records, meeting) if each.id in records.people or each.id in ids]
    id = find.one("person", typed, may, desk, see="person list", why=find.nobody(typed, meeting))
    if id not in ids:
        raise InvalidError(
            f"{records.name(id)} is not invited to {meeting.dated}. "
            f"Invite them first: slavefree invite add {meeting.id} {id}"
        )
    return records.people.get(id) or records.members[id]


def _refuse_cancelled(meeting: Meeting) -> None:
    if meeting.status == "cancelled":
        raise InvalidError(f"{meeting.dated} was cancelled; nobody attended it.")
