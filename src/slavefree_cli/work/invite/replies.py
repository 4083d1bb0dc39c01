"""Answers that came in, recorded in the attendance of the meetings they are about."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from msgspec import structs

from slavefree_cli.mail.incoming import calendars
from slavefree_cli.model.attendance import Answer, Attendance, Attendee, is_by_hand, undecided
from slavefree_cli.model.kinds import Records
from slavefree_cli.register import convert, door
from slavefree_cli.register.desk import Desk
from slavefree_cli.register.door import Change
from slavefree_cli.register.toml import new
from slavefree_cli.work.invite.inbox import Passed, contents
from slavefree_cli.work.invite.reading import Taken, Unknown, of_somebody, read, told_of_unknown
from slavefree_cli.work.invite.returned import Returned
from slavefree_cli.work.invite.told import Did, Told
from slavefree_cli.work.records import find

_Found = Told | Taken | Returned

_MOST_TOLD: Final = 10
"""The most messages without a calendar in one file that are told one by one."""


def import_replies(
    desk: Desk, named: Sequence[str], stdin: bytes | None, now: datetime, of: str | None = None
) -> list[Told]:
    """Record the answers in some files and return what was done with each, in the order of the files.

    Of the answers of one person the newest counts, by SEQUENCE and DTSTAMP (RFC 5546 section 2.1.5) and then by when
    the message was sent, in whatever order they come and however often.

    Args:
        desk: The register.
        named: Files, folders of them, or ``-``.
        stdin: What ``-`` means.
        now: The instant it is done at.
        of: Whose the answers are of which no address in the register says so: a person, or a member.

    Raises:
        NotFoundError: No one person or member fits ``of``.
    """
    with door.opened(desk) as opened:
        records = desk.records
        sure = find.party(desk, of).id if of is not None else None
        found: list[_Found | Unknown] = []
        for file, content in contents(named, stdin):
            if isinstance(content, Passed):
                found.append(Told(file, "unreadable" if content.unreadable else "left-alone", content.why))
            else:
                found += _read(file, content, records, now, sure)
        known = _with_known(found, sure, records, now)
        with opened.change(_message(known)) as change:
            told = _record(desk, change, records, known)
    # A name that is no text is shown so that it can be.
    return [each._replace(file=_shown(each.file), message=_shown(each.message)) for each in told]


def _message(found: Sequence[_Found]) -> str:
    """Return what the history says: of answers, or else of whom something did not reach."""
    kinds: tuple[tuple[str, type[Taken | Returned]], ...] = (
        ("Record the replies to {}", Taken),
        ("Record whom the invitation to {} did not reach", Returned),
    )
    for what, kind in kinds:
        if titles := sorted({each.meeting.title for each in found if isinstance(each, kind)}):
            return what.format(", ".join(titles[:3]))
    return "Record replies"


def _read(file: str, content: bytes, records: Records, now: datetime, sure: str | None) -> list[_Found | Unknown]:
    found: list[_Found | Unknown] = []
    without: list[_Found | Unknown] = []
    for incoming in calendars(content):
        something = incoming.content or incoming.why or incoming.deliveries
        (found if something else without).extend(read(file, incoming, records, now, sure))
    if len(without) > _MOST_TOLD:
        without = [Told(file, "left-alone", f"{len(without)} of its messages have no calendar in them.")]
    return found + without


def _shown(text: str) -> str:
    return text.encode("utf-8", "backslashreplace").decode()


def _with_known(found: list[_Found | Unknown], sure: str | None, records: Records, now: datetime) -> list[_Found]:
    """Return what was found, those answers taken of which the coordinator says whose they are.

    What is said is meant of those that may be of that person, or else of the only one that there is.
    """
    unknown = [each for each in found if isinstance(each, Unknown)]
    meant = [each for each in unknown if sure in {offer.id for offer in each.whose.offers}]
    if not meant and len({each.identity for each in unknown}) == 1:
        meant = unknown

    def known(each: _Found | Unknown) -> _Found:
        if not isinstance(each, Unknown):
            return each
        if sure is not None and each in meant:
            return of_somebody(each, sure, records, now, sure)
        return told_of_unknown(each, records, several=sure is not None)

    return [known(each) for each in found]


def _record(desk: Desk, change: Change, records: Records, found: list[_Found]) -> list[Told]:
    """Record the answers, the oldest first, and whom something did not reach.

    What was done with each is returned in the order in which they were.
    """
    done: dict[int, Told] = {}
    ties: list[tuple[int, Taken, Answer]] = []
    attendances: dict[str, Attendance] = {}
    taken = [(number, each) for number, each in enumerate(found) if isinstance(each, Taken)]
    for number, each in sorted(taken, key=lambda one: (one[1].answer.order, one[0])):
        id = each.meeting.id
        attendance = attendances.get(id) or records.attendances.get(id) or Attendance(id=id)
        had, given = attendance.answer(each.person), each.answer
        before = (records.attendances.get(id) or Attendance(id=id)).answer(each.person)
        if is_by_hand(before, given):
            done[number] = _told(each, "left-alone", records, before)
            continue
        newer = given.order > had.order
        if newer:
            attendances[id] = _with(attendance, each.person, given, records)
        if undecided(given, had):
            ties.append((number, each, had))
        else:
            did: Did = "known" if _alike(given, had) else "recorded" if newer else "older"
            done[number] = _told(each, did, records, had)
    for number, each, had in ties:
        attendance = attendances.get(each.meeting.id) or records.attendances[each.meeting.id]
        stands = attendance.answer(each.person)
        if _alike(each.answer, stands):
            done[number] = _told_of_two(each, had, records, newer=True)
        elif undecided(each.answer, stands):
            done[number] = _told_of_two(each, stands, records, newer=False)
        else:
            done[number] = _told(each, "older", records, stands)
    for number, back in enumerate(found):
        if not isinstance(back, Returned):
            continue
        id, party = back.meeting.id, records.party(back.party)
        attendance = attendances.get(id) or records.attendances.get(id) or Attendance(id=id)
        attendances[id] = attendance.with_unreached(back.party, back.unreached, party.email if party else None)
        done[number] = back.told if attendances[id] != attendance else back.told._replace(did="known")
    for attendance in attendances.values():
        _save(desk, change, attendance)
    return [each if isinstance(each, Told) else done[number] for number, each in enumerate(found)]


def _alike(one: Answer, other: Answer) -> bool:
    """Tell whether two answers are one, however they came."""
    return structs.replace(one, reply_sent=None) == structs.replace(_answer(other), reply_sent=None)


def _answer(of: Answer) -> Answer:
    return Answer(**{name: getattr(of, name) for name in Answer.__struct_fields__})


def _with(attendance: Attendance, id: str, given: Answer, records: Records) -> Attendance:
    if id in records.members:
        return structs.replace(attendance, members=dict(sorted({**attendance.members, id: given}.items())))
    before = attendance.people.get(id, Attendee())
    attendee = structs.replace(before, **structs.asdict(given))
    return structs.replace(attendance, people=dict(sorted({**attendance.people, id: attendee}.items())))


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


def _told(each: Taken, did: Did, records: Records, stands: Answer) -> Told:
    name, meeting, answer = records.name(each.person), each.meeting, each.answer
    command = f"slavefree attendance reply {meeting.id} {each.person} {answer.reply}"
    said = {
        "recorded": f"{name} {_IN_WORDS[answer.reply or '']} {meeting.dated}",
        "known": f"the answer of {name} to {meeting.dated} was recorded already",
        "older": f"{name} has answered {meeting.dated} again since; this older answer is left alone",
        "left-alone": f"says {answer.reply} where {stands.reply} is recorded of {name} for {meeting.dated}, by hand "
        f"or with the same time; that stays. If this one is right: {command}",
    }[did]
    comment = f": {answer.reply_comment}" if answer.reply_comment and did == "recorded" else ""
    notes = f" ({'; '.join(each.notes)})" if each.notes else ""
    message = f"{said}{comment}{notes}."
    return Told(each.file, did, message, meeting.id, each.person, answer.reply, answer.reply_comment)


def _told_of_two(each: Taken, had: Answer, records: Records, *, newer: bool) -> Told:
    """Return what is told where nothing says which of two answers of one time is the newer."""
    stays, other = (each.answer, had) if newer else (had, each.answer)
    name, meeting = records.name(each.person), each.meeting
    told, left = (f"{one.reply}{f' ({one.reply_comment})' if one.reply_comment else ''}" for one in (stays, other))
    message = (
        f"{name} gave two answers to {meeting.dated} that bear the same time, {told} and {left}, and nothing tells "
        f"which is the newer: {told} is recorded. If that is wrong: slavefree attendance reply {meeting.id} "
        f"{each.person} {other.reply}"
    )
    did: Did = "recorded" if newer else "left-alone"
    return Told(each.file, did, message, meeting.id, each.person, each.answer.reply, each.answer.reply_comment)


_IN_WORDS = {
    "accepted": "comes to",
    "declined": "does not come to",
    "tentative": "is not sure about",
    "delegated": "sends somebody else to",
}
