"""Records as the items that every answer is made of: the keys of the files, the id, and what is worked out."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

import msgspec

from slavefree_cli.model.action import Action
from slavefree_cli.model.agenda import Agenda, RestrictedAgenda, running_order
from slavefree_cli.model.attendance import Attendance, Attendee
from slavefree_cli.model.carry_over import carried
from slavefree_cli.model.decision import Decision, superseded_by
from slavefree_cli.model.group import Group
from slavefree_cli.model.invitees import Standing
from slavefree_cli.model.meeting import Meeting
from slavefree_cli.model.member import Member
from slavefree_cli.model.partnership import Partnership
from slavefree_cli.model.person import Person
from slavefree_cli.model.quorum import Quorum
from slavefree_cli.model.record import Table

if TYPE_CHECKING:
    from slavefree_cli.model.answers import Answers

Item = dict[str, object]


def plain(value: object) -> object:
    """Return a value as JSON has it: a table with every key it can have, dates and times as they are."""
    if isinstance(value, Table):
        return {
            key: plain(getattr(value, name))
            for name, key in zip(value.__struct_fields__, value.__struct_encode_fields__, strict=True)
        }
    if isinstance(value, dict):
        return {key: plain(entry) for key, entry in value.items()}
    return list(value) if isinstance(value, tuple) else value


def fields(record: Table) -> Item:
    """Return the item of a record without anything worked out."""
    found = plain(record)
    assert isinstance(found, dict)  # noqa: S101 - says to the type checker what plain() does with a table
    return found


def partnership(record: Partnership) -> Item:
    """Return the item of the partnership; a timetable that is not set shows what holds instead."""
    timetable = {"agenda": record.timetable.agenda_days, "minutes": record.timetable.minutes_days}
    return {**fields(record), "timetable": timetable}


def member(record: Member) -> Item:
    """Return the item of a member."""
    return fields(record)


def person(record: Person) -> Item:
    """Return the item of a person."""
    return fields(record)


def meeting(record: Meeting, timezone: str) -> Item:
    """Return the item of a meeting, with its time zone."""
    return {**fields(record), "timezone": timezone}


def action(record: Action, meetings: Mapping[str, Meeting], today: date) -> Item:
    """Return the item of an action, with whether it is overdue and how many meetings it has come back to."""
    return {
        **fields(record),
        "overdue": record.overdue(today),
        "carried": carried(record, meetings, today),
    }


def decision(record: Decision, decisions: Iterable[Decision], judged: Quorum | None) -> Item:
    """Return the item of a decision, with the one that took its place and whether there was a quorum for it."""
    later = superseded_by(record, decisions)
    return {
        **fields(record),
        "superseded_by": later.id if later else None,
        "quorum": quorum(judged) if judged else None,
    }


def quorum(judged: Quorum) -> Item:
    """Return how a quorum was judged."""
    return {
        "members": judged.needed,
        "sectors": list(judged.sectors),
        "present": judged.present,
        "missing": list(judged.missing),
        "met": judged.met,
    }


def agenda(record: Agenda, hidden: RestrictedAgenda | None, of: Meeting) -> Item:
    """Return the agenda of a meeting in order, restricted items filled in where they can be read."""
    items: list[Item] = []
    for numbered in running_order(record.items, of.start):
        item = {
            "id": numbered.slug,
            "number": numbered.number,
            "starts": numbered.starts,
            **fields(numbered.item),
        }
        item["reason"] = None
        secret = hidden.items.get(numbered.slug) if hidden and numbered.item.restricted else None
        if secret is not None:
            item.update(fields(secret))
        items.append(item)
    return {"meeting": of.id, "items": items}


def attendance(
    record: Attendance,
    judged: Quorum,
    decisions: Iterable[tuple[Decision, Quorum]],
    people: Sequence[str],
    answers: "Answers | None" = None,
) -> Item:
    """Return the attendance of a meeting, people in the order given.

    Args:
        record: Who answered and who came.
        judged: The quorum of the whole meeting.
        decisions: The decisions of the meeting, each with the quorum for it.
        people: The ids of the people in order.
        answers: What they have answered, before the meeting.
    """
    at_decisions = [{"decision": each.id, "item": each.item, **quorum(there)} for each, there in decisions]
    return {
        "meeting": record.id,
        "quorum": {**quorum(judged), "decisions": at_decisions},
        "people": [{"person": id, **fields(record.people.get(id, Attendee()))} for id in people],
        "answers": answers and {**answers._asdict(), "quorum": quorum(answers.quorum)},
    }


def group(record: Group) -> Item:
    """Return the item of a group."""
    return fields(record)


def invited(of: Meeting, published: Item | None, people: Sequence[Standing], *, clashed: bool) -> Item:
    """Return how the invitation to a meeting stands, people in the order given.

    Args:
        of: The meeting.
        published: What anyone may open, if there is anything.
        people: Everybody who is invited or was.
        clashed: Whether two clones issued different things under one SEQUENCE.
    """
    return {
        "meeting": of.id,
        "published": published,
        "clashed": clashed,
        "people": [_standing(each) for each in people],
    }


def _standing(record: Standing) -> Item:
    had = record.had
    return {
        "person": record.invitee.id,
        "name": record.invitee.name,
        "email": record.invitee.email,
        "invited": record.invited,
        "optional": record.invitee.optional,
        "method": had.method if had else None,
        "sequence": had.sequence if had else None,
        "stamp": had.stamp if had else None,
        "lacks": record.lacks,
    }


def answer(kind: str, content: Item | Iterable[Mapping[str, object]]) -> bytes:
    """Return a whole JSON answer: one item or several, in the format that scripts rely on."""
    key = "item" if isinstance(content, dict) else "items"
    value = content if isinstance(content, dict) else list(content)
    return msgspec.json.encode({"format": 1, "kind": kind, key: value}) + b"\n"
