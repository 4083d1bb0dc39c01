"""Answers that came in, recorded in the attendance of the meetings they are about."""

import os
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Literal, NamedTuple

from msgspec import structs

from slavefree_cli.calendar.reply import Answered, answers, bare
from slavefree_cli.mail.incoming import Incoming, calendars
from slavefree_cli.model.attendance import AnswerOrder, Attendance, Attendee, answer_order
from slavefree_cli.model.dates import short
from slavefree_cli.model.invitees import invitees
from slavefree_cli.model.issue import latest
from slavefree_cli.model.kinds import Records
from slavefree_cli.model.meeting import Meeting
from slavefree_cli.model.member import Member
from slavefree_cli.model.person import Person
from slavefree_cli.register import convert, door, files
from slavefree_cli.register.desk import Desk
from slavefree_cli.register.door import Change
from slavefree_cli.register.toml import new

Did = Literal["recorded", "known", "older", "left-alone", "unreadable"]

MOST_BYTES = 200_000_000
_MOST_OF_AN_ANSWER = 2_000_000
_AHEAD = timedelta(days=1)
"""How far somebody's clock may be ahead."""


class Told(NamedTuple):
    """What was done with one thing in a file."""

    file: str
    did: Did
    message: str
    meeting: str | None = None
    person: str | None = None
    reply: str | None = None
    comment: str | None = None


class _Taken(NamedTuple):
    """An answer of somebody who was invited, to be recorded if it is the newest."""

    file: str
    meeting: Meeting
    person: str
    answered: Answered
    notes: str

    @property
    def order(self) -> AnswerOrder:
        """What tells which of two answers counts."""
        said = self.answered
        return answer_order(said.sequence, said.stamp, said.reply, said.comment)


def import_replies(desk: Desk, named: Sequence[str], stdin: bytes | None, now: datetime) -> list[Told]:
    """Record the answers in some files and return what was done with each, in the order of the files.

    Of the answers of one person the newest counts, by SEQUENCE and DTSTAMP (RFC 5546 section 2.1.5), in whatever order
    they come and however often.

    Args:
        desk: The register.
        named: Files, folders of them, or ``-``.
        stdin: What ``-`` means.
        now: The instant it is done at.
    """
    with door.opened(desk) as opened:
        records = desk.records
        found: list[Told | _Taken] = []
        order: dict[str, int] = {}
        for file, content in _contents(named, stdin):
            order.setdefault(file, len(order))
            if isinstance(content, str):
                found.append(Told(file, "unreadable", content))
            else:
                found += (each for incoming in calendars(content) for each in _read(file, incoming, records, now))
        taken = [each for each in found if isinstance(each, _Taken)]
        titles = sorted({each.meeting.title for each in taken})
        with opened.change(f"Record the replies to {', '.join(titles[:3])}") as change:
            told = [each for each in found if isinstance(each, Told)] + _record(desk, change, records, taken)
    told.sort(key=lambda each: order[each.file])
    # A name that is no text is shown so that it can be.
    return [each._replace(file=each.file.encode("utf-8", "backslashreplace").decode()) for each in told]


def _contents(named: Iterable[str], stdin: bytes | None) -> Iterable[tuple[str, bytes | str]]:
    """Yield each file with what it holds, or with why it cannot be read."""
    for name in named:
        if name.lower().endswith(".msg"):
            yield name, "is a message as Outlook keeps it; save it as .ics or .eml"
        elif name == "-":
            yield name, stdin or b""
        elif os.path.isdir(name):
            inner = sorted(os.path.join(folder, each) for folder, _, found in os.walk(name) for each in found)
            wanted = [each for each in inner if each.lower().endswith((".ics", ".eml", ".mbox", ".ical"))]
            yield from ((each, _content(each)) for each in wanted)
        else:
            yield name, _content(name)


def _content(path: str) -> bytes | str:
    try:
        return files.read("", path, most=MOST_BYTES)
    except FileNotFoundError:
        return "is not there"
    except files.UnreadableError as error:
        return str(error).replace("too large for a record", "too large")


def _read(file: str, incoming: Incoming, records: Records, now: datetime) -> Iterable[Told | _Taken]:
    """Yield what stands in one calendar: an answer that counts, or what is to be told of it."""
    where = f"message {incoming.number}: " if incoming.number > 1 else ""
    if len(incoming.content) > _MOST_OF_AN_ANSWER:
        yield Told(file, "left-alone", f"{where}is too large for an answer.")
        return
    found = answers(incoming.content)
    if not found:
        said = "has no calendar in it" if incoming.sender is not None else "is no calendar and no message with one"
        yield Told(file, "left-alone", f"{where}{said}.")
    for answered in found:
        meeting = next((each for each in records.meetings.values() if each.uid == answered.uid), None)
        if answered.what in {"nothing", "occurrence"}:
            yield Told(file, "left-alone", f"{where}{answered.why}.", meeting.id if meeting else None)
            continue
        if meeting is None:
            yield Told(file, "left-alone", f"{where}is about a meeting that is not in this register.")
            continue
        person, problem = _person(answered, meeting, records)
        if person is None:
            yield Told(file, "left-alone", f"{where}{problem}, and is not recorded.", meeting.id)
            continue
        name = records.name(person)
        if answered.what == "proposal":
            said = f" They say: {answered.comment}" if answered.comment else ""
            message = f"{where}{name} {answered.why} for {meeting.title}; nothing is recorded.{said}"
            yield Told(file, "left-alone", message, meeting.id, person, None, answered.comment)
            continue
        if impossible := _impossible(answered, meeting, records, now):
            message = f"{where}the answer of {name} to {meeting.title} {impossible}, and is not recorded."
            yield Told(file, "left-alone", message, meeting.id, person)
            continue
        notes = []
        if answered.what == "delegation":
            notes.append(f"{answered.why}, which is not recorded: add them yourself")
        had = latest(issue for issue in records.issued(meeting.id) if person in issue.to)
        if had is not None and answered.sequence < had.sequence:
            notes.append(f"this answers version {answered.sequence}, and {had.sequence} was sent since")
        if incoming.sender is not None and bare(incoming.sender) != answered.address:
            notes.append("the message came from another address")
        elif incoming.sender is None:
            notes.append("nobody can tell who sent the file")
        yield _Taken(file, meeting, person, answered, "; ".join(notes))


def _impossible(answered: Answered, meeting: Meeting, records: Records, now: datetime) -> str | None:
    """Say why nobody can have answered so, or return None: such an answer would keep out every true one after it."""
    highest = max((issue.sequence for issue in records.issued(meeting.id)), default=0)
    if answered.sequence > highest:
        return f"is to version {answered.sequence}, which was never sent"
    if answered.stamp is not None and answered.stamp > now + _AHEAD:
        return f"bears a time still to come ({answered.stamp:%Y-%m-%d %H:%M} UTC)"
    return None


def _person(answered: Answered, meeting: Meeting, records: Records) -> tuple[str | None, str]:
    """Return whose answer it is, or why it is nobody's."""
    if not answered.address:
        return None, "does not say who answers"
    parties: list[Member | Person] = [*records.people.values(), *records.members.values()]
    fit = [each for each in parties if each.email and bare(each.email) == answered.address]
    if not fit:
        return None, f"comes from {answered.address}, which is nobody's address in the register"
    if len(fit) > 1:
        return None, f"comes from an address that {' and '.join(each.name for each in fit)} share"
    if isinstance(fit[0], Member):
        return None, f"comes from the mailbox of {fit[0].name}, which is no person"
    invited = {each.id for each in invitees(meeting, records)}
    if fit[0].id not in invited.union(*(issue.to for issue in records.issued(meeting.id))):
        return None, f"comes from {fit[0].name}, who is not invited to {meeting.title}"
    return fit[0].id, ""


def _record(desk: Desk, change: Change, records: Records, taken: list[_Taken]) -> list[Told]:
    told = []
    people: dict[str, dict[str, Attendee]] = {}
    for each in sorted(taken, key=lambda each: each.order):
        before = records.attendances.get(each.meeting.id)
        of_meeting = people.setdefault(each.meeting.id, dict(before.people) if before else {})
        so_far = of_meeting.get(each.person, Attendee())
        had = answer_order(so_far.reply_sequence, so_far.reply_stamp, so_far.reply, so_far.reply_comment)
        did: Did = "recorded" if each.order > had else "known" if each.order == had else "older"
        if did == "recorded":
            of_meeting[each.person] = structs.replace(
                so_far,
                reply=each.answered.reply,
                reply_stamp=each.answered.stamp,
                reply_sequence=each.answered.sequence,
                reply_comment=each.answered.comment,
            )
        told.append(_told(each, did, records))
    for id, attendees in people.items():
        _save(desk, change, Attendance(id=id, people=dict(sorted(attendees.items()))))
    return told


def _save(desk: Desk, change: Change, attendance: Attendance) -> None:
    """Save who answered; a file that nobody wrote in is in the order of the people, however the answers came."""
    before = desk.records.attendances.get(attendance.id)
    if before is None:
        change.save(attendance)
        return
    read = desk.reader.read(before)
    if read is not None and read.text == new(convert.encode(before)):
        change.save_text(read.path, new(convert.encode(attendance)), read.text)
    elif attendance != before:
        change.save(attendance, replacing=before)


def _told(each: _Taken, did: Did, records: Records) -> Told:
    name, meeting, answered = records.name(each.person), each.meeting, each.answered
    said = {
        "recorded": f"{name} {_IN_WORDS[answered.reply or '']} {meeting.title} on {short(meeting.date)}",
        "known": f"the answer of {name} to {meeting.title} was recorded already",
        "older": f"{name} has answered {meeting.title} again since; this older answer is left alone",
    }[did]
    comment = f": {answered.comment}" if answered.comment and did == "recorded" else ""
    notes = f" ({each.notes})" if each.notes else ""
    return Told(each.file, did, f"{said}{comment}{notes}.", meeting.id, each.person, answered.reply, answered.comment)


_IN_WORDS = {
    "accepted": "comes to",
    "declined": "does not come to",
    "tentative": "is not sure about",
    "delegated": "sends somebody else to",
}
