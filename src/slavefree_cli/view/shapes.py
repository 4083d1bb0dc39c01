"""The shapes of the answers in JSON: of a record the keys of its file, its id, and what is worked out."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

import msgspec

from slavefree_cli.model.action import Action
from slavefree_cli.model.agenda import Agenda, RestrictedAgenda, running_order
from slavefree_cli.model.attendance import Attendance, Attendee
from slavefree_cli.model.carry_over import carried
from slavefree_cli.model.dates import zone
from slavefree_cli.model.decision import Decision, superseded_by
from slavefree_cli.model.issue import Issue
from slavefree_cli.model.kinds import Kind, Records, kind_of
from slavefree_cli.model.meeting import Meeting
from slavefree_cli.model.member import Member
from slavefree_cli.model.partnership import Partnership
from slavefree_cli.model.person import Person, gone_since, owner_left
from slavefree_cli.model.quorum import Quorum
from slavefree_cli.model.record import Record, Table

if TYPE_CHECKING:
    from slavefree_cli.git.commit import Commit
    from slavefree_cli.model.answers import Answers
    from slavefree_cli.model.checks import AnyCheck
    from slavefree_cli.model.invitees import Standing

Item = dict[str, object]

_UNSEEN = re.compile("[\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
"""What turns text around on the screen of whoever looks at an answer, or is not seen there."""


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


def meeting(record: Meeting, timezone: str) -> Item:
    """Return the item of a meeting, with its time zone."""
    return {**fields(record), "timezone": timezone}


def action(record: Action, records: Records, today: date) -> Item:
    """Return the item of an action: whether it is overdue, how many meetings it has come back to, whose owners left."""
    owners = [(id, records.party(id)) for id in (record.owner, *record.with_)]
    return {
        **fields(record),
        "overdue": record.overdue(today),
        "carried": carried(record, records.meetings, today),
        "left": [id for id, party in owners if party and owner_left(party, today, records.members)],
    }


def person(record: Person, members: Mapping[str, Member], today: date) -> Item:
    """Return the item of a person, with the day since which they have left."""
    return {**fields(record), "left": gone_since(record, today, members)}


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


def agenda(of: Meeting, items: list[Item], due: date, arising: Iterable[Action], up: Iterable[Meeting]) -> Item:
    """Return the agenda of a meeting: when it goes out, what comes back, and whose minutes are up for approval."""
    come_back = {"matters_arising": [each.id for each in arising], "for_approval": [each.id for each in up]}
    return {"meeting": of.id, "items": items, "due": due, **come_back}


def agenda_items(record: Agenda, hidden: RestrictedAgenda | None, of: Meeting) -> list[Item]:
    """Return the items of the agenda of a meeting in order, restricted ones filled in where they can be read."""
    secrets = hidden.items if hidden else {}
    return [
        {
            "id": each.slug,
            "number": each.number,
            "starts": each.starts,
            **fields(each.item),
            "reason": None,
            **(fields(secrets[each.slug]) if each.item.restricted and each.slug in secrets else {}),
        }
        for each in running_order(record.items, of.start)
    ]


def attendees(record: Attendance, people: Sequence[str], apologies: Collection[str] = ()) -> list[Item]:
    """Return who answered and who came, in the order of the ids.

    Args:
        record: The attendance.
        people: The ids, of people and of members that answered by their mailbox.
        apologies: Those members that sent apologies, which is worked out.
    """
    nobody = fields(Attendee())
    found: list[Item] = [{"person": id, **nobody, **fields(record.answer(id))} for id in people]
    found = [{**each, "outcome": "apologies"} if each["person"] in apologies else each for each in found]
    # When a message was sent only tells which of two answers counts.
    return [{key: value for key, value in each.items() if key != "reply_sent"} for each in found]


def attendance(
    of: str,
    people: list[Item],
    judged: Quorum,
    decisions: Iterable[tuple[Decision, Quorum]],
    answers: "Answers | None" = None,
) -> Item:
    """Return the attendance of a meeting.

    Args:
        of: The id of the meeting.
        people: The attendees.
        judged: The quorum of the whole meeting.
        decisions: The decisions of the meeting, each with the quorum for it.
        answers: What they have answered, before the meeting.
    """
    at_decisions = [{"decision": each.id, "item": each.item, **quorum(there)} for each, there in decisions]
    return {
        "meeting": of,
        "quorum": {**quorum(judged), "decisions": at_decisions},
        "people": people,
        "answers": answers and {**answers._asdict(), "quorum": quorum(answers.quorum)},
    }


def issue(record: Issue, file: str) -> Item:
    """Return the item of an issue that anyone may open, with the file that was made."""
    # What it told whom is there to be compared with what is told next, and what is made is in doubt of nobody.
    told = {"organizer", "organizer_name", "partnership", "title", "chair", "link", "note", "people", "items"}
    told |= {"in_doubt"}
    return {"file": file, **{key: value for key, value in fields(record).items() if key not in told}}


def issued(record: Issue, file: str, person: str | None) -> Item:
    """Return the item of an issue that went to somebody, with the file that was made."""
    return {"person": person, **issue(record, file)}


def invited(
    of: Meeting, published: Issue | None, people: "Sequence[Standing]", *, outdated: bool, clashed: bool
) -> Item:
    """Return how the invitation to a meeting stands, people in the order given.

    Args:
        of: The meeting.
        published: What anyone may open, if there is anything.
        people: Everybody who is invited or was.
        outdated: Whether what anyone may open would come out otherwise now.
        clashed: Whether two clones issued different things under one SEQUENCE.
    """
    return {
        "meeting": of.id,
        "published": {**_version(published), "outdated": outdated} if published else None,
        "clashed": clashed,
        "people": [
            {
                "person": each.invitee.id,
                "name": each.invitee.name,
                "email": each.invitee.email,
                "invited": each.invited,
                "optional": each.invitee.optional,
                **_version(each.had),
                "in_doubt": each.had is not None and each.invitee.id in each.had.in_doubt,
                "lacks": each.lacks,
                "former": each.former,
                "times": each.times,
                "unreached": (each.unreached.reason or "") if each.unreached else None,
            }
            for each in people
        ],
    }


def _version(had: Issue | None) -> Item:
    return {key: getattr(had, key, None) for key in ("method", "sequence", "stamp")}


def imported(record: Record, does: str) -> Item:
    """Return the item of a record that an import makes or changes."""
    return {"does": does, "kind": kind_of(record).noun, **fields(record)}


def commit(record: "Commit", timezone: str) -> Item:
    """Return the item of a commit, its instant in the partnership's time zone."""
    return {
        "id": record.id,
        "short": record.id[:9],
        "at": datetime.fromisoformat(record.at).astimezone(zone(timezone)),
        "who": record.who,
        "message": record.subject,
        "command": record.command,
    }


def finding(check: "AnyCheck", file: str, line: int | None, message: str) -> Item:
    """Return the item of what a check found."""
    return {
        "code": check.code,
        "severity": check.severity,
        "file": file,
        "line": line,
        "message": message,
        "explanation": check.explanation,
    }


def change(record: str, file: str, field: str, now: object, after: object) -> Item:
    """Return the item of a field that will be otherwise in a file, which is called so as a record."""
    return {"record": record, "file": file, "field": field, "now": now, "after": after}


def conflict(record: str, file: str, field: str, base: object, ours: object, theirs: object) -> Item:
    """Return the item of a field that two sides changed in a file, which is called so as a record."""
    return {"file": file, "field": field, "base": base, "ours": ours, "theirs": theirs, "record": record}


def synced(
    remote: str,
    received: Iterable["Commit"],
    sent: Iterable["Commit"],
    renamed: Iterable[Item],
    settled: Iterable[Item],
) -> Item:
    """Return the item of an exchange: what was taken in, sent, given another id and settled."""
    return {
        "remote": remote,
        "received": [each.subject for each in received],
        "sent": [each.subject for each in sent],
        "renamed": list(renamed),
        "settled": list(settled),
    }


def template(kind: str, name: str, file: str | None, text: str | None = None) -> Item:
    """Return the item of a template; only the register's own has a file, and its text only where it is given."""
    found: Item = {"for": kind, "name": name, "own": file is not None, "file": file}
    return found if text is None else {**found, "text": text}


def standing(state: str, remote: str | None, who: Iterable[str], records: int, not_committed: int) -> Item:
    """Return the item of how it stands with what is restricted."""
    return {
        "state": state,
        "remote": remote,
        "who": list(who),
        "records": records,
        "not_committed": not_committed,
    }


def answer(kind: Kind[Record] | str, content: Item | Iterable[Mapping[str, object]] | None) -> bytes:
    """Return a whole JSON answer, in the format that scripts rely on.

    Args:
        kind: What is shown: a kind of record, or what anything else is called there.
        content: One item, None where there could have been one, or several.
    """
    value = content if content is None or isinstance(content, dict) else list(content)
    several = isinstance(value, list)
    name = kind if isinstance(kind, str) else kind.plural if several else kind.noun
    text = msgspec.json.encode({"format": 1, "kind": name, "items" if several else "item": value}).decode()
    # In JSON such a character can only stand in a text, where its escape says the same.
    return _UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", text).encode() + b"\n"
