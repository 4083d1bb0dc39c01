"""Attendance: who came, in whose place, when, and whether the meeting could decide."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import NamedTuple

from slavefree_cli.errors import InvalidError, UsageError
from slavefree_cli.model.attendance import Attendance, Attendee, Outcome, Quorum, chair_first, quorum
from slavefree_cli.model.dates import short
from slavefree_cli.model.meeting import Meeting
from slavefree_cli.model.partnership import QuorumRule
from slavefree_cli.model.record import changed
from slavefree_cli.register import layout
from slavefree_cli.register.restricted import WholeRegister
from slavefree_cli.work import agendas, find


class Recorded(NamedTuple):
    """What is recorded of who came, with its quorum and the people in order."""

    attendance: Attendance
    quorum: Quorum
    people: list[str]


def of(register: WholeRegister, meeting: Meeting) -> Recorded:
    """Return the attendance of a meeting; nobody where none is recorded yet."""
    attendance = register.all(layout.ATTENDANCES).get(meeting.id) or Attendance(id=meeting.id)
    names = {id: person.name for id, person in register.all(layout.PEOPLE).items()}
    rule = _rule(register, meeting)
    judged = quorum(rule, attendance, register.all(layout.MEMBERS))
    return Recorded(attendance, judged, chair_first(attendance.people, meeting.chair, names))


def record(
    register: WholeRegister,
    meeting: Meeting,
    *,
    outcomes: Iterable[tuple[Outcome, list[str]]],
    deputies: Iterable[str],
    video: Iterable[str],
    late: Iterable[str],
    left: Iterable[str],
    interests: Iterable[str],
    today: date,
) -> Recorded:
    """Record who came and how; what is not mentioned stays as it was.

    Raises:
        InvalidError: The meeting was cancelled, or somebody was both there and not.
        NotFoundError: There is no such person or item.
        UsageError: A pair is not written as ``PERSON=SOMETHING``.
    """
    with register.change() as change:
        meeting = register.all(layout.MEETINGS)[meeting.id]
        if meeting.status == "cancelled":
            raise InvalidError(f"{meeting.title} on {short(meeting.date)} was cancelled; nobody attended it.")
        before = register.all(layout.ATTENDANCES).get(meeting.id)
        people = dict(before.people) if before else {}
        seen: dict[str, Outcome] = {}

        def outcome(person: str, value: Outcome) -> None:
            if seen.setdefault(person, value) != value:
                raise InvalidError(
                    f"{register.all(layout.PEOPLE)[person].name} cannot be both {seen[person]} and {value}."
                )
            attendee = changed(people.get(person, Attendee()), outcome=value)
            if value in {"apologies", "absent"}:
                attendee = changed(attendee, by_video=False, arrived=None, left=None, interests=(), deputy_for=None)
            if attendee.representing is None and value == "present":
                attendee = changed(attendee, representing=_represents(register, person, meeting.date))
            people[person] = attendee

        for value, typed in outcomes:
            for each in typed:
                outcome(find.person(register, each).id, value)
        for person, replaced in _pairs("--deputy", deputies):
            deputy, absent = find.person(register, person).id, find.person(register, replaced).id
            outcome(deputy, "present")
            people[deputy] = changed(
                people[deputy],
                deputy_for=absent,
                representing=_represents(register, absent, meeting.date) or people[deputy].representing,
            )
            if people.get(absent, Attendee()).outcome is None:
                outcome(absent, "apologies")
        for each in video:
            person = find.person(register, each).id
            _there(people, person, outcome)
            people[person] = changed(people[person], by_video=True)
        for name, key, pairs in (("--late", "arrived", late), ("--left", "left", left)):
            for each, item in _pairs(name, pairs):
                person = find.person(register, each).id
                _there(people, person, outcome)
                people[person] = changed(people[person], **{key: agendas.item(register, meeting.id, item)})
        for each, item in _pairs("--interest", interests):
            person = find.person(register, each).id
            _there(people, person, outcome)
            slug = agendas.item(register, meeting.id, item)
            people[person] = changed(people[person], interests=tuple(dict.fromkeys((*people[person].interests, slug))))

        if "present" in seen.values() or "in-attendance" in seen.values():
            if meeting.date > today:
                register.warn(f"{meeting.title} is not until {short(meeting.date)}; recorded all the same.")
            elif meeting.status == "planned":
                change.save(changed(meeting, status="held"), meeting)
        change.message = f"Record the attendance of {meeting.title} on {short(meeting.date)}"
        change.save(Attendance(id=meeting.id, people=people), before)
    return of(register, meeting)


def _rule(register: WholeRegister, meeting: Meeting) -> QuorumRule:
    group = register.all(layout.GROUPS).get(meeting.group or "")
    return group.quorum if group else register.partnership.quorum


def _represents(register: WholeRegister, person: str, on: date) -> str | None:
    represented = register.all(layout.PEOPLE)[person].represented(register.all(layout.MEMBERS), on)
    return represented[0] if represented else None


def _there(people: dict[str, Attendee], person: str, outcome: Callable[[str, Outcome], None]) -> None:
    if people.get(person, Attendee()).outcome not in {"present", "in-attendance"}:
        outcome(person, "present")


def _pairs(option: str, typed: Iterable[str]) -> list[tuple[str, str]]:
    pairs = []
    for each in typed:
        first, equals, second = each.partition("=")
        if not equals or not first.strip() or not second.strip():
            raise UsageError(f"{option} takes PERSON=SOMETHING, not {each!r}.")
        pairs.append((first.strip(), second.strip()))
    return pairs
