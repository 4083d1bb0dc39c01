"""Invitations sent: each person who needs a new one, an update or a cancellation gets a message of their own."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from msgspec import structs

from slavefree_cli.calendar.text import description
from slavefree_cli.documents.blocks import Block, Heading, Paragraph, lines
from slavefree_cli.errors import InvalidError, SlavefreeError
from slavefree_cli.mail.letter import Letter, Party
from slavefree_cli.mail.smtp import Server
from slavefree_cli.model.dates import clock, short, spoken
from slavefree_cli.model.invitees import Invitee, Standing, invitees
from slavefree_cli.model.issue import Issue
from slavefree_cli.model.kinds import Records
from slavefree_cli.model.meeting import Meeting
from slavefree_cli.model.names import key
from slavefree_cli.model.text import counted
from slavefree_cli.model.updates import Update
from slavefree_cli.register import convert, door, parse, places
from slavefree_cli.register.desk import Desk
from slavefree_cli.register.toml import new
from slavefree_cli.work.invite import due, issuing, threads
from slavefree_cli.work.post import handover, journal, outbox
from slavefree_cli.work.post.handover import Handed
from slavefree_cli.work.post.journal import Entry, Sent
from slavefree_cli.work.post.letters import Round, refuse_shown, round_of
from slavefree_cli.work.records import find


class Wish(NamedTuple):
    """What is asked for besides what everybody lacks."""

    only: tuple[str, ...] | None = None
    """The ids of the only ones who are meant, who get theirs again where they lack nothing."""
    everything: bool = False
    """Whether also those get theirs for whom only the running times are otherwise."""
    note: str | None = None
    """What the coordinator writes to it."""


class Planned(NamedTuple):
    """What there is to be sent of one meeting."""

    round: Round
    issues: list[Issue]
    """What they are issued."""
    times: int
    """How many of those who get nothing have other running times of the agenda."""


def meant(desk: Desk, meeting: Meeting, typed: Iterable[str]) -> tuple[str, ...]:
    """Return the ids of people, or of all the people of members, as they are invited to a meeting.

    Raises:
        NotFoundError: One of them is not known.
    """
    records, found = desk.records, dict[str, None]()
    people = [records.people[each.id] for each in invitees(meeting, records) if each.id in records.people]
    for party in (find.party(desk, each, meeting) for each in typed):
        of = [each.id for each in people if party.id in each.represented(records.members, meeting.date)]
        found |= dict.fromkeys(of or [party.id])
    return tuple(found)


def planned(desk: Desk, meeting: Meeting, now: datetime, wish: Wish) -> Planned:
    """Return who needs a message about a meeting, and which, and what they are issued.

    Args:
        desk: The register.
        meeting: The meeting.
        now: The instant they are issued at.
        wish: What is asked for besides.

    Raises:
        InvalidError: The partnership has no coordinator's address, or what was issued cannot be read; or somebody who
            is to get theirs again is not invited and never was; or something restricted would be shown.
    """
    records, meeting = desk.records, issuing.as_it_is(desk, meeting)
    stands, issues = due.due(desk, meeting, now, everything=wish.everything, only=wish.only, note=wish.note)
    _refuse_not_invited(wish, stands, meeting, records)
    lacking = {each.invitee: each for each in stands if each.lacks}

    def written(invitee: Invitee, to: Party) -> Letter:
        standing = lacking[invitee]
        issue = issuing.issue_for(standing, issues)
        assert issue is not None and standing.lacks is not None  # noqa: S101, PT018 - who lacks something is issued it
        head, sentence = _said(meeting, standing)
        changes = issuing.changes_in(issue, records, invitee.id)
        return Letter(
            invitee.id,
            to,
            _subject(head, meeting, records),
            tuple(_body(meeting, records, sentence, wish.note, changes, off=issue.method == "CANCEL")),
            issuing.file_for(invitee, issue, meeting, records),
            issue.method,
            standing.lacks,
            threads.thread(meeting, records, invitee.id, to.address),
            threads.first_to(meeting, records, invitee.id, to.address) is None,
            issuing.file_name(standing, stands),
        )

    times = sum(each.times for each in stands if not each.lacks)
    there = round_of(records, lacking, written, meeting)
    refuse_shown(desk, there.letters)
    return Planned(there, issues, times)


def draft(desk: Desk, meeting: Meeting, now: datetime, wish: Wish) -> list[tuple[Letter, str]]:
    """Lay the messages into the outbox as drafts and record them as issued; return each with its path.

    Raises:
        ConflictError: Another command is sending from this register.
    """
    with outbox.alone(desk), door.opened(desk) as opened:
        there, issues, _ = planned(desk, meeting, now, wish)
        with opened.change(_message(meeting, [each.id for each in there.letters], "Write invitations")) as change:
            for issue in issues:
                change.save(issue)
            return outbox.lay_out(desk, change, there.letters, meeting.id, now)


def send(
    desk: Desk,
    meeting: Meeting,
    agreed: Round,
    server: Server,
    now: datetime,
    told: Callable[[Letter], None],
    wish: Wish,
) -> list[Handed]:
    """Send the messages and record each as issued as soon as the server has it.

    What somebody else has sent since it was agreed on is not sent again.

    Args:
        desk: The register.
        meeting: The meeting.
        agreed: What was asked about.
        server: The server.
        now: The instant they are issued at.
        told: Is told of each that was taken.
        wish: What is asked for besides what everybody lacks.

    Raises:
        OutsideError: The server cannot be reached or does not let this user in; nothing is sent.
        ConflictError: Another command is sending from this register.
    """
    with outbox.alone(desk):
        desk.reader.forget()
        meeting = desk.records.meetings[meeting.id]
        there, issues, _ = planned(desk, meeting, now, wish)
        asked = {(each.name, each.what) for each in agreed.letters}
        letters = [each for each in there.letters if (each.name, each.what) in asked]
        with journal.writing(desk, meeting.id) as write:
            for issue in issues:
                write({"issue": issue.id, "text": new(convert.encode(structs.replace(issue, to=())))})

        def named(letter: Letter) -> Entry:
            issue = next(
                each for each in issues if letter.id in each.to and each.address(letter.id) == letter.to.address
            )
            return {"issue": issue.id, "to": letter.id}

        try:
            return handover.send(desk, server, letters, meeting.id, now, told, named)
        finally:
            _record_sent(desk, meeting)


def record(desk: Desk, meeting: Meeting, sent: Sequence[Sent]) -> None:
    """Record as issued what the journal of a meeting tells, but for what is recorded.

    Raises:
        SlavefreeError: It cannot be recorded.
    """
    people = [id for each in sent for id in each.to]
    with door.change(desk, _message(meeting, people, "Send invitations")) as change:
        for each in sent:
            if each.id not in desk.records.issues:
                # Before what is there, since keys stand before tables.
                to = {"to": list(each.to)} | ({"in_doubt": list(each.in_doubt)} if each.in_doubt else {})
                placed: dict[str, object] = {"id": each.id, "of": meeting.id}
                issue = parse.parsed_as(Issue, placed, places.sent(meeting.id), new(to) + each.text)
                has = {party: how for party, how in issue.people.items() if party in each.to}
                change.save(structs.replace(issue, people=has))


def _record_sent(desk: Desk, meeting: Meeting) -> None:
    sent = journal.read(desk, meeting.id).unrecorded
    try:
        if sent:
            record(desk, meeting, sent)
    except SlavefreeError as error:
        # The messages are with the server, and who has one is in the journal.
        many = counted(sum(len(each.to) for each in sent), "invitation")
        desk.warn(f"It is not recorded yet that {many} went out: {error} The next command that can records it.")
    else:
        journal.end(desk, meeting.id)


def _message(meeting: Meeting, people: Iterable[str], what: str) -> str:
    # Somebody may have got one at each of two addresses.
    return f"{what} to {meeting.dated} to {counted(len(set(people)), 'person', 'people')}"


def _refuse_not_invited(wish: Wish, stands: list[Standing], meeting: Meeting, records: Records) -> None:
    """Refuse to send something again to somebody who is not invited and never was."""
    for id in wish.only or ():
        if not any(each.invitee.id == id for each in stands):
            raise InvalidError(
                f"{records.name(id)} is not invited to {meeting.dated}, and has nothing to be "
                f"sent again. To invite them: slavefree invite add {meeting.id} {id}"
            )


def _subject(head: str, meeting: Meeting, records: Records) -> str:
    """Return a subject that says of which partnership it is, unless the title of the meeting does."""
    name = records.partnership.name
    of = "" if key(name) in key(meeting.title) else f" ({name})"
    return f"{head}: {meeting.title}, {short(meeting.date)}{of}"


def _said(meeting: Meeting, standing: Standing) -> tuple[str, str]:
    """Return how the subject of a letter begins, and its first sentence."""
    if standing.lacks == "invitation":
        return "Invitation", "You are invited to this meeting."
    if standing.lacks == "update":
        return "Updated", "This meeting has changed; what follows replaces what you had."
    if meeting.status == "cancelled":
        reason = f" The reason: {meeting.reason}" if meeting.reason else ""
        return "Cancelled", f"This meeting does not take place.{reason}"
    if standing.former:
        return (
            "No longer at this address",
            "Invitations to this meeting go to another address now. What came to this one no longer counts, and leaves "
            "the calendar here.",
        )
    return "No longer invited", "You are no longer on the list of this meeting."


def _body(
    meeting: Meeting, records: Records, sentence: str, note: str | None, changes: list[Update], *, off: bool
) -> Iterator[Block]:
    start = f", {clock(meeting.start)}" if meeting.start else ""
    end = f" to {clock(meeting.end)}" if meeting.end else ""
    yield Heading(1, lines(meeting.title))
    yield Paragraph(lines(f"{records.partnership.name}\n{spoken(meeting.date)}{start}{end}"))
    yield from (Paragraph(lines(each.strip("\n"))) for each in re.split(r"\n[^\S\n]*\n", note or "") if each.strip())
    yield Paragraph(lines(sentence))
    if not off:
        yield from description(meeting, records, private=True, changes=changes)
        yield Paragraph(lines("Please answer with Accept or Decline, which your calendar sends to the coordinator."))
