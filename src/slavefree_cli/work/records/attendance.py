"""Attendance: who came, in whose place, when, and whether the meeting could decide."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from slavefree_cli.errors import InvalidError
from slavefree_cli.model.answers import Answers, answers
from slavefree_cli.model.attendance import Attendance, Attendee, Outcome, chair_first, people_block, with_apologies
from slavefree_cli.model.dates import short
from slavefree_cli.model.decision import Decision
from slavefree_cli.model.invitees import invitees
from slavefree_cli.model.kinds import Records
from slavefree_cli.model.meeting import Meeting
from slavefree_cli.model.quorum import Quorum, at_decision, quorum, rule_of
from slavefree_cli.model.record import changed
from slavefree_cli.register import door
from slavefree_cli.register.restricted import WholeDesk
from slavefree_cli.work.records import agendas, find


class Recorded(NamedTuple):
    """What is recorded of who came, with its quorum and the people in order."""

    attendance: Attendance
    quorum: Quorum
    decisions: list[tuple[Decision, Quorum]]
    """What was decided, and the quorum for it."""
    people: list[str]
    """In the order of the people block; last, those of whom only an answer is recorded."""
    answers: Answers | None
    """Before the meeting, what those who are invited have answered; they are the people then."""


def of(desk: WholeDesk, meeting: Meeting) -> Recorded:
    """Return the attendance of a meeting; nobody where none is recorded yet."""
    records = desk.records
    attendance = records.attendances.get(meeting.id) or Attendance(id=meeting.id)
    names = {id: person.name for id, person in records.people.items()}
    decisions = (*records.decisions.values(), *desk.restricted.decisions.values())
    taken = (each for each in decisions if each.meeting == meeting.id)
    judged = [(each, there) for each in taken if (there := at_decision(each, records))]
    people = [id for _, block in people_block(attendance, meeting.chair, names) for id in block]
    people += chair_first(attendance.people.keys() - people, meeting.chair, names)
    judgement = quorum(rule_of(meeting, records), attendance, records.members)
    so_far = None if attendance.recorded or meeting.status != "planned" else answers(meeting, records)
    return Recorded(attendance, judgement, judged, so_far.people if so_far else people, so_far)


class Expected(NamedTuple):
    """Somebody who was invited or is recorded already, and what is recorded of them."""

    id: str
    name: str
    members: list[str]
    """The names of the members they represent."""
    so_far: Attendee


def expected(desk: WholeDesk, meeting: Meeting) -> list[Expected]:
    """Return everybody to be ticked off at a meeting, the chair first and then by name.

    The mailbox of a member that has no people is nobody who comes.

    Raises:
        InvalidError: The meeting was cancelled.
    """
    _refuse_cancelled(meeting)
    records = desk.records
    attendance = with_apologies(records.attendances.get(meeting.id) or Attendance(id=meeting.id))
    ids = {each.id for each in invitees(meeting, records) if each.id in records.people} | set(attendance.people)
    names = {id: records.name(id) for id in ids}
    return [
        Expected(
            id,
            names[id],
            [records.name(each) for each in records.people[id].represented(records.members, meeting.date)]
            if id in records.people
            else [],
            attendance.people.get(id, Attendee()),
        )
        for id in chair_first(ids, meeting.chair, names)
    ]


class Came(NamedTuple):
    """What is to be recorded of who came and how; people and items by anything that fits only one."""

    outcomes: Sequence[tuple[Outcome, str]] = ()
    deputies: Sequence[tuple[str, str]] = ()
    """Who came, and for whom."""
    video: Sequence[str] = ()
    late: Sequence[tuple[str, str]] = ()
    """Who, and the item at which they came."""
    left: Sequence[tuple[str, str]] = ()
    interests: Sequence[tuple[str, str]] = ()


def record(desk: WholeDesk, meeting: Meeting, came: Came, today: date) -> Recorded:
    """Record who came and how; what is not mentioned stays as it was.

    Raises:
        InvalidError: The meeting was cancelled, or somebody was both there and not.
        NotFoundError: There is no such person or item.
    """
    with door.opened(desk) as opened:
        meeting = desk.records.meetings[meeting.id]
        _refuse_cancelled(meeting)
        before = desk.records.attendances.get(meeting.id)
        # Who declined has sent apologies, unless something else is said now.
        people = dict(with_apologies(before).people) if before else {}
        seen: dict[str, Outcome] = {}

        def who(typed: str) -> str:
            return find.one_of(desk, typed, Records.people).id

        def outcome(person: str, value: Outcome) -> None:
            if seen.setdefault(person, value) != value:
                raise InvalidError(f"{desk.records.people[person].name} cannot be both {seen[person]} and {value}.")
            attendee = changed(people.get(person, Attendee()), outcome=value)
            if value in {"apologies", "absent"}:
                attendee = changed(
                    attendee, by_video=False, arrived=None, left=None, interests=(), deputy_for=None, representing=None
                )
            if attendee.representing is None and value == "present":
                attendee = changed(attendee, representing=_represents(desk, person, meeting.date))
                known = desk.records.people[person]
                if attendee.representing is None and known.represents:
                    desk.warn(f"{known.name} represents no member on that day, and does not count for the quorum.")
            people[person] = attendee

        for value, each in came.outcomes:
            outcome(who(each), value)
        for person, replaced in came.deputies:
            deputy, absent = who(person), who(replaced)
            outcome(deputy, "present")
            people[deputy] = changed(
                people[deputy],
                deputy_for=absent,
                representing=_represents(desk, absent, meeting.date) or people[deputy].representing,
            )
            if people.get(absent, Attendee()).outcome is None:
                outcome(absent, "apologies")
        there = [("by_video", each, "") for each in came.video]
        for field, pairs in (("arrived", came.late), ("left", came.left), ("interests", came.interests)):
            there += [(field, each, item) for each, item in pairs]
        for field, each, item in there:
            person = who(each)
            if people.get(person, Attendee()).outcome not in {"present", "in-attendance"}:
                outcome(person, "present")
            slug = agendas.item(desk, meeting.id, item) if item else ""
            so_far = people[person].interests
            now = {"by_video": True, "interests": tuple(dict.fromkeys((*so_far, slug)))}.get(field, slug)
            people[person] = changed(people[person], **{field: now})

        with opened.change(f"Record the attendance of {meeting.title} on {short(meeting.date)}") as change:
            if "present" in seen.values() or "in-attendance" in seen.values():
                if meeting.date > today:
                    desk.warn(f"{meeting.title} is not until {short(meeting.date)}; recorded all the same.")
                elif meeting.status == "planned":
                    change.save(changed(meeting, status="held"), meeting)
            change.save(Attendance(id=meeting.id, people=people), before)
    return of(desk, meeting)


def _refuse_cancelled(meeting: Meeting) -> None:
    if meeting.status == "cancelled":
        raise InvalidError(f"{meeting.title} on {short(meeting.date)} was cancelled; nobody attended it.")


def _represents(desk: WholeDesk, person: str, on: date) -> str | None:
    return next(iter(desk.records.people[person].represented(desk.records.members, on)), None)
