"""The rules between records: who is named must exist, and what hangs on a restricted item is restricted."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Literal, NamedTuple

from slavefree_cli.model.action import Action
from slavefree_cli.model.agenda import Agenda, RestrictedAgenda, ordered
from slavefree_cli.model.attendance import Attendance
from slavefree_cli.model.carry_over import is_later
from slavefree_cli.model.decision import Decision
from slavefree_cli.model.issue import Issue, contradictions
from slavefree_cli.model.kinds import Records, RestrictedRecords, every_kind, kind_of
from slavefree_cli.model.meeting import Meeting, RestrictedMeeting
from slavefree_cli.model.mentions import Mention, codes_in, mentions
from slavefree_cli.model.names import code_problem, is_code, slug_problem
from slavefree_cli.model.record import ITEM, Record

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
    yield from _references(records, restricted)
    for meeting in records.meetings.values():
        for key, message in meeting.clock_problems(records.partnership.timezone):
            yield Finding("skipped-time", "error", meeting, key, message)
        yield from _approval(meeting, meeting, records)
    yield from _uids(records)
    for kept in restricted.meetings.values():
        if (of := records.meetings.get(kept.id)) is not None:
            yield from _approval(kept, of, records)
    for agenda in records.agendas.values():
        yield from _agenda(agenda, restricted)
    for hidden in restricted.agendas.values():
        yield from _restricted_agenda(hidden, records)
    for attendance in records.attendances.values():
        yield from _came_and_went(attendance, records)
    yield from _contradictions(records)
    yield from _codes(records, restricted)


def errors(records: Records, restricted: RestrictedRecords) -> Iterator[Finding]:
    """Yield the findings that make a register not valid."""
    return (finding for finding in findings(records, restricted) if finding.severity == "error")


def _file_names(records: Records, restricted: RestrictedRecords) -> Iterator[Finding]:
    for tree in (records, restricted):
        for kind in tree.kinds():
            problem_of = code_problem if kind.coded else slug_problem
            for id, record in tree.all(kind).items() if kind.is_named else ():
                if problem := problem_of(id):
                    yield Finding("file-name", "error", record, "", f"has a name that {problem}; rename it")


def _names(records: Records) -> Iterator[Finding]:
    for id, person in records.people.items():
        if id in records.members:
            message = f"has the slug of a member ({id}); rename one of the two files"
            yield Finding("shared-slug", "error", person, "", message)
    for kind in Records.kinds():
        if kind.called != "name":
            continue
        seen: dict[str, str] = {}
        for id, record in records.all(kind).items():
            name = kind.name(record).casefold()
            if name in seen:
                yield Finding("duplicate-name", "error", record, "name", f"is also the name of {seen[name]}")
            else:
                seen[name] = id


def _references(records: Records, restricted: RestrictedRecords) -> Iterator[Finding]:
    """Yield every place that names a record which is not there, of whatever kind."""
    ids: defaultdict[str, set[str]] = defaultdict(set)
    for tree in (records, restricted):
        for kind in tree.kinds():
            if kind.is_named:
                ids[kind.noun].update(tree.all(kind))
    unreadable = records.unreadable | restricted.unreadable
    for record in (*records.every(), *restricted.every()):
        for mention in mentions(record):
            if mention.ref is ITEM:
                yield from _item(record, mention, records)
            elif mention.id in unreadable or any(mention.id in ids[noun] for noun in mention.ref.nouns):
                continue
            elif mention.key == "id":
                yield Finding("no-meeting", "error", record, "", f"stands without {_place(mention)}")
            else:
                key = "" if mention.key in record.PLACED else mention.key
                message = f"names {mention.id!r}, and there is no such {mention.ref}"
                yield Finding("unknown-reference", "error", record, key, message)


def _place(mention: Mention) -> str:
    """Return the file of the record that is named, relative to the register."""
    place = next(kind.place for kind in every_kind() if kind.is_named and kind.noun in mention.ref.nouns)
    return place.format(id=mention.id)


def _item(record: Record, mention: Mention, records: Records) -> Iterator[Finding]:
    meeting = record.of_meeting or ""
    if meeting not in records.meetings:
        # That it is not there is found by itself.
        return
    agenda = records.agendas.get(meeting)
    if agenda is None or mention.id not in agenda.items:
        message = f"names {mention.id!r}, which is not on the agenda of {meeting}"
        yield Finding("unknown-item", "error", record, mention.key, message)
    elif isinstance(record, Action | Decision) and not record.restricted and agenda.items[mention.id].restricted:
        message = f"names the restricted item {mention.id}; move it to restricted/"
        yield Finding("open-on-restricted", "error", record, mention.key, message)


def _approval(record: Meeting | RestrictedMeeting, of: Meeting, records: Records) -> Iterator[Finding]:
    at = records.meetings.get(record.minutes.at) if record.minutes is not None else None
    if record.minutes is None or at is None:
        return
    if not is_later(at, of):
        yield Finding("approved-early", "error", record, "minutes.at", f"names {at.id}, which is not after {of.id}")
    elif at.status == "cancelled":
        yield Finding("approved-cancelled", "error", record, "minutes.at", f"names {at.id}, which was cancelled")
    elif record.minutes.approved != at.date:
        message = f"is not the day of {at.id} ({at.date}), which approved them"
        yield Finding("approved-other-day", "note", record, "minutes.approved", message)


def _uids(records: Records) -> Iterator[Finding]:
    seen: dict[str, str] = {}
    for id, meeting in records.meetings.items():
        if meeting.uid in seen:
            yield Finding("duplicate-uid", "error", meeting, "uid", f"is also the uid of {seen[meeting.uid]}")
        seen.setdefault(meeting.uid, id)


def _agenda(agenda: Agenda, restricted: RestrictedRecords) -> Iterator[Finding]:
    hidden = restricted.agendas.get(agenda.id)
    for slug, item in agenda.items.items():
        if problem := slug_problem(slug):
            yield Finding("slug", "error", agenda, f"items.{slug}", problem)
        if hidden and slug in hidden.items and not item.restricted:
            message = "stands in the restricted agenda as well"
            yield Finding("open-and-restricted", "error", agenda, f"items.{slug}", message)


def _restricted_agenda(agenda: RestrictedAgenda, records: Records) -> Iterator[Finding]:
    places = records.agendas.get(agenda.id)
    for slug in agenda.items:
        if (places is None or slug not in places.items) and agenda.id not in records.unreadable:
            message = "has no place in the open agenda (position, restricted)"
            yield Finding("no-place", "error", agenda, f"items.{slug}", message)


def _came_and_went(attendance: Attendance, records: Records) -> Iterator[Finding]:
    agenda = records.agendas.get(attendance.id)
    order = [slug for slug, _ in ordered(agenda.items)] if agenda else []
    for id, attendee in attendance.people.items():
        arrived, left = attendee.arrived, attendee.left
        if arrived in order and left in order and order.index(left or "") < order.index(arrived or ""):
            message = f"names {left}, before they came ({arrived})"
            yield Finding("left-early", "error", attendance, f"people.{id}.left", message)


def _contradictions(records: Records) -> Iterator[Finding]:
    """Yield notes, no errors, since two clones can bring it about and a merge must be able to save it."""
    by_meeting: defaultdict[str, list[Issue]] = defaultdict(list)
    for issue in records.issues.values():
        by_meeting[issue.of].append(issue)
    for issues in by_meeting.values():
        for issue, key, message in contradictions(issues, records.partnership.timezone):
            yield Finding("contradiction", "note", issue, key, message)


def _codes(records: Records, restricted: RestrictedRecords) -> Iterator[Finding]:
    places: defaultdict[str, list[tuple[Record, str]]] = defaultdict(list)
    for record, key, code in _coded(records, restricted):
        places[code].append((record, key))
    for code, found in places.items():
        for record, key in found[1:]:
            yield Finding("duplicate-code", "error", record, key, f"has the code {code}, which is given twice")


def codes(records: Records, restricted: RestrictedRecords) -> set[str]:
    """Return the random codes that are in use."""
    return {code for _, _, code in _coded(records, restricted)}


def _coded(records: Records, restricted: RestrictedRecords) -> Iterator[tuple[Record, str, str]]:
    for record in (*records.every(), *restricted.every()):
        if kind_of(record).coded:
            yield record, "", record.id
        for key, code in codes_in(record):
            yield record, key, code
        for slug, item in record.items.items() if isinstance(record, Agenda) else ():
            code = slug.removeprefix("item-")
            if item.restricted and is_code(code):
                yield record, f"items.{slug}", code
