"""The rules between records: who is named must exist, and what hangs on a restricted item is restricted."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Literal, NamedTuple

from slavefree_cli.model.action import Action
from slavefree_cli.model.agenda import Agenda, RestrictedAgenda, ordered
from slavefree_cli.model.attendance import Attendance, Attendee
from slavefree_cli.model.carry_over import is_later
from slavefree_cli.model.decision import Decision
from slavefree_cli.model.group import Group
from slavefree_cli.model.issue import Issue, contradictions
from slavefree_cli.model.meeting import Meeting, RestrictedMeeting
from slavefree_cli.model.names import code_problem, is_code, slug_problem
from slavefree_cli.model.person import Person
from slavefree_cli.model.record import Record
from slavefree_cli.model.records import Records, RestrictedRecords

Severity = Literal["error", "note"]


class Finding(NamedTuple):
    """What a check found, in which record."""

    code: str
    severity: Severity
    record: Record
    key: str
    message: str


def findings(records: Records, restricted: RestrictedRecords) -> Iterator[Finding]:
    """Yield everything in which the records do not fit together, errors and notes."""
    yield from _file_names(records, restricted)
    yield from _names(records)
    for person in records.people.values():
        yield from _person(person, records)
    for group in records.groups.values():
        yield from _group(group, records)
    for meeting in records.meetings.values():
        yield from _meeting(meeting, records)
    yield from _uids(records)
    for kept in restricted.meetings.values():
        yield from _restricted_meeting(kept, records)
    for agenda in records.agendas.values():
        yield from _agenda(agenda, records, restricted)
    for hidden in restricted.agendas.values():
        yield from _restricted_agenda(hidden, records)
    for attendance in records.attendances.values():
        yield from _attendance(attendance, records)
    for action in (*records.actions.values(), *restricted.actions.values()):
        yield from _action(action, records)
    decisions = {*records.decisions, *restricted.decisions, *records.unreadable, *restricted.unreadable}
    for decision in (*records.decisions.values(), *restricted.decisions.values()):
        yield from _decision(decision, records, decisions)
    yield from _issues(records)
    yield from _codes(records, restricted)


def errors(records: Records, restricted: RestrictedRecords) -> Iterator[Finding]:
    """Yield the findings that make a register not valid."""
    return (finding for finding in findings(records, restricted) if finding.severity == "error")


def _file_names(records: Records, restricted: RestrictedRecords) -> Iterator[Finding]:
    named: list[Mapping[str, Record]] = [records.members, records.people, records.groups, records.meetings]
    coded: list[Mapping[str, Record]] = [
        records.actions, records.decisions, records.issues, restricted.actions, restricted.decisions,
    ]  # fmt: skip
    for shelves, problem_of in ((named, slug_problem), (coded, code_problem)):
        for id, record in chain.from_iterable(shelf.items() for shelf in shelves):
            if problem := problem_of(id):
                yield Finding("file-name", "error", record, "", f"has a name that {problem}; rename it")


def _names(records: Records) -> Iterator[Finding]:
    for id, person in records.people.items():
        if id in records.members:
            yield Finding(
                "shared-slug",
                "error",
                person,
                "",
                f"has the slug of a member ({id}); rename one of the two files",
            )
    for shelf in (records.members, records.people, records.groups):
        seen: dict[str, str] = {}
        for id, record in shelf.items():
            name = record.name.casefold()
            if name in seen:
                yield Finding("duplicate-name", "error", record, "name", f"is also the name of {seen[name]}")
            else:
                seen[name] = id


def _person(person: Person, records: Records) -> Iterator[Finding]:
    for member in person.represents:
        if not _known(member, records.members, records):
            yield _unknown(person, f"represents.{member}", "member", member)


def _group(group: Group, records: Records) -> Iterator[Finding]:
    if group.chair is not None and not _known(group.chair, records.people, records):
        yield _unknown(group, "chair", "person", group.chair)
    for member in group.members:
        if not _known(member, records.members, records):
            yield _unknown(group, "members", "member", member)


def _meeting(meeting: Meeting, records: Records) -> Iterator[Finding]:
    for key, message in meeting.clock_problems(records.partnership.timezone):
        yield Finding("skipped-time", "error", meeting, key, message)
    if meeting.chair is not None and not _known(meeting.chair, records.people, records):
        yield _unknown(meeting, "chair", "person", meeting.chair)
    if meeting.group is not None and not _known(meeting.group, records.groups, records):
        yield _unknown(meeting, "group", "group", meeting.group)
    for key, ids in (("invitees.add", meeting.invitees.add), ("invitees.remove", meeting.invitees.remove)):
        for id in ids:
            if not _party(id, records):
                yield _unknown(meeting, key, "member or person", id)
    yield from _approval(meeting, meeting, records)


def _restricted_meeting(kept: RestrictedMeeting, records: Records) -> Iterator[Finding]:
    meeting = records.meetings.get(kept.id)
    if meeting is not None:
        yield from _approval(kept, meeting, records)
    elif kept.id not in records.unreadable:
        yield Finding("no-meeting", "error", kept, "", f"stands without {kept.id}/meeting.toml")


def _approval(record: Meeting | RestrictedMeeting, of: Meeting, records: Records) -> Iterator[Finding]:
    if record.minutes is None:
        return
    at = records.meetings.get(record.minutes.at)
    if at is not None and not is_later(at, of):
        yield Finding("approved-early", "error", record, "minutes.at", f"names {at.id}, which is not after {of.id}")
    elif at is not None and at.status == "cancelled":
        yield Finding("approved-cancelled", "error", record, "minutes.at", f"names {at.id}, which was cancelled")
    elif at is not None and record.minutes.approved != at.date:
        message = f"is not the day of {at.id} ({at.date}), which approved them"
        yield Finding("approved-other-day", "note", record, "minutes.approved", message)
    elif not _known(record.minutes.at, records.meetings, records):
        yield _unknown(record, "minutes.at", "meeting", record.minutes.at)


def _uids(records: Records) -> Iterator[Finding]:
    seen: dict[str, str] = {}
    for id, meeting in records.meetings.items():
        if meeting.uid in seen:
            yield Finding("duplicate-uid", "error", meeting, "uid", f"is also the uid of {seen[meeting.uid]}")
        seen.setdefault(meeting.uid, id)


def _agenda(agenda: Agenda, records: Records, restricted: RestrictedRecords) -> Iterator[Finding]:
    if not _known(agenda.id, records.meetings, records):
        yield Finding("no-meeting", "error", agenda, "", f"stands without {agenda.id}/meeting.toml")
    hidden = restricted.agendas.get(agenda.id)
    for slug, item in agenda.items.items():
        if problem := slug_problem(slug):
            yield Finding("slug", "error", agenda, f"items.{slug}", problem)
        if item.lead is not None and not _party(item.lead, records):
            yield _unknown(agenda, f"items.{slug}.lead", "member or person", item.lead)
        if hidden and slug in hidden.items and not item.restricted:
            yield Finding(
                "open-and-restricted",
                "error",
                agenda,
                f"items.{slug}",
                "stands in the restricted agenda as well",
            )


def _restricted_agenda(agenda: RestrictedAgenda, records: Records) -> Iterator[Finding]:
    places = records.agendas.get(agenda.id)
    for slug, item in agenda.items.items():
        if (places is None or slug not in places.items) and agenda.id not in records.unreadable:
            yield Finding(
                "no-place",
                "error",
                agenda,
                f"items.{slug}",
                "has no place in the open agenda (position, restricted)",
            )
        if item.lead is not None and not _party(item.lead, records):
            yield _unknown(agenda, f"items.{slug}.lead", "member or person", item.lead)


def _attendance(attendance: Attendance, records: Records) -> Iterator[Finding]:
    if not _known(attendance.id, records.meetings, records):
        yield Finding("no-meeting", "error", attendance, "", f"stands without {attendance.id}/meeting.toml")
    for id, attendee in attendance.people.items():
        key = f"people.{id}"
        if not _known(id, records.people, records):
            yield _unknown(attendance, key, "person", id)
        if attendee.representing is not None and not _known(attendee.representing, records.members, records):
            yield _unknown(attendance, f"{key}.representing", "member", attendee.representing)
        if attendee.deputy_for is not None and not _known(attendee.deputy_for, records.people, records):
            yield _unknown(attendance, f"{key}.deputy_for", "person", attendee.deputy_for)
        yield from _came_and_went(attendance, id, attendee, records)
        items = [("arrived", attendee.arrived), ("left", attendee.left)]
        items += [("interests", item) for item in attendee.interests]
        for name, item in items:
            yield from _item(attendance, f"{key}.{name}", attendance.id, item, records)


def _came_and_went(attendance: Attendance, id: str, attendee: Attendee, records: Records) -> Iterator[Finding]:
    agenda = records.agendas.get(attendance.id)
    order = [slug for slug, _ in ordered(agenda.items)] if agenda else []
    arrived, left = attendee.arrived, attendee.left
    if arrived in order and left in order and order.index(left or "") < order.index(arrived or ""):
        yield Finding(
            "left-early", "error", attendance, f"people.{id}.left", f"names {left}, before they came ({arrived})"
        )


def _action(action: Action, records: Records) -> Iterator[Finding]:
    for key, id in (("owner", action.owner), *(("with", other) for other in action.with_)):
        if not _party(id, records):
            yield _unknown(action, key, "member or person", id)
    if action.meeting is not None:
        yield from _hung(action, action.meeting, action.item, records, restricted=action.restricted)


def _decision(decision: Decision, records: Records, decisions: set[str]) -> Iterator[Finding]:
    yield from _hung(decision, decision.meeting, decision.item, records, restricted=decision.restricted)
    if decision.supersedes is not None and decision.supersedes not in decisions:
        yield _unknown(decision, "supersedes", "decision", decision.supersedes)


def _hung(record: Record, meeting: str, item: str | None, records: Records, *, restricted: bool) -> Iterator[Finding]:
    if not _known(meeting, records.meetings, records):
        yield _unknown(record, "meeting", "meeting", meeting)
        return
    yield from _item(record, "item", meeting, item, records)
    agenda = records.agendas.get(meeting)
    if item is not None and not restricted and agenda and item in agenda.items and agenda.items[item].restricted:
        yield Finding(
            "open-on-restricted",
            "error",
            record,
            "item",
            f"names the restricted item {item}; move it to restricted/",
        )


def _item(record: Record, key: str, meeting: str, item: str | None, records: Records) -> Iterator[Finding]:
    agenda = records.agendas.get(meeting)
    if item is not None and meeting not in records.unreadable and (agenda is None or item not in agenda.items):
        yield Finding("unknown-item", "error", record, key, f"names {item!r}, which is not on the agenda of {meeting}")


def _issues(records: Records) -> Iterator[Finding]:
    by_meeting: defaultdict[str, list[Issue]] = defaultdict(list)
    for issue in records.issues.values():
        by_meeting[issue.of].append(issue)
        if not _known(issue.of, records.meetings, records):
            yield _unknown(issue, "", "meeting", issue.of)
        for id in issue.to:
            if not _party(id, records):
                yield _unknown(issue, "to", "member or person", id)
    # No error, since two clones can bring it about and a merge must be able to save it.
    for issues in by_meeting.values():
        for issue, key, message in contradictions(issues, records.partnership.timezone):
            yield Finding("contradiction", "note", issue, key, message)


def _codes(records: Records, restricted: RestrictedRecords) -> Iterator[Finding]:
    places: defaultdict[str, list[tuple[Record, str]]] = defaultdict(list)
    for record, key, code in codes(records, restricted):
        places[code].append((record, key))
    for code, found in places.items():
        for record, key in found[1:]:
            yield Finding("duplicate-code", "error", record, key, f"has the code {code}, which is given twice")


def codes(records: Records, restricted: RestrictedRecords) -> Iterator[tuple[Record, str, str]]:
    """Yield each random code in use, with the record and the key that has it."""
    for action in _actions(records, restricted):
        yield action, "", action.id
        for code in action.notes:
            yield action, f"notes.{code}", code
    for decision in (*records.decisions.values(), *restricted.decisions.values()):
        yield decision, "", decision.id
    for issue in records.issues.values():
        yield issue, "", issue.id
    for agenda in records.agendas.values():
        for slug, item in agenda.items.items():
            code = slug.removeprefix("item-")
            if item.restricted and is_code(code):
                yield agenda, f"items.{slug}", code
    corrected: list[Meeting | RestrictedMeeting] = [*records.meetings.values(), *restricted.meetings.values()]
    for each in corrected:
        for code in each.corrections:
            yield each, f"corrections.{code}", code


def _actions(records: Records, restricted: RestrictedRecords) -> Iterable[Action]:
    return (*records.actions.values(), *restricted.actions.values())


def _known(id: str, shelf: Iterable[str], records: Records) -> bool:
    return id in shelf or id in records.unreadable


def _party(id: str, records: Records) -> bool:
    return id in records.people or id in records.members or id in records.unreadable


def _unknown(record: Record, key: str, kind: str, id: str) -> Finding:
    return Finding("unknown-reference", "error", record, key, f"names {id!r}, and there is no such {kind}")
