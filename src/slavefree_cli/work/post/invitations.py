"""Invitations sent: each person who needs a new one, an update or a cancellation gets a message of their own."""

from collections.abc import Callable, Iterator
from datetime import datetime

from msgspec import structs

from slavefree_cli.calendar import invitation
from slavefree_cli.calendar.text import description
from slavefree_cli.documents.blocks import Block, Heading, Paragraph, lines
from slavefree_cli.mail.letter import Letter, Party
from slavefree_cli.mail.smtp import Server
from slavefree_cli.model.dates import clock, short, spoken
from slavefree_cli.model.invitees import Invitee, Lack
from slavefree_cli.model.issue import Issue
from slavefree_cli.model.kinds import Records
from slavefree_cli.model.meeting import Meeting
from slavefree_cli.model.names import is_code
from slavefree_cli.model.text import counted
from slavefree_cli.register import convert, door, parse, places
from slavefree_cli.register.desk import Desk
from slavefree_cli.register.toml import new
from slavefree_cli.work.invite import issuing
from slavefree_cli.work.post import handover, journal, outbox
from slavefree_cli.work.post.handover import Handed
from slavefree_cli.work.post.journal import Entry
from slavefree_cli.work.post.letters import Round, round_of


def planned(desk: Desk, meeting: Meeting, now: datetime) -> tuple[Round, list[Issue]]:
    """Return who needs a message about a meeting, and which, and what they are issued.

    Args:
        desk: The register.
        meeting: The meeting.
        now: The instant they are issued at.

    Returns:
        The messages, and one issue of all invitations and updates and one of cancellations, where there are such.

    Raises:
        InvalidError: The partnership has no coordinator's address, or what was issued cannot be read.
    """
    records, meeting = desk.records, issuing.as_it_is(desk, meeting)
    stands, issues = issuing.due(desk, meeting, now)
    lacking = {each.invitee: each.lacks for each in stands if each.lacks}

    def written(invitee: Invitee, to: Party) -> Letter:
        issue = _issued_to(invitee.id, issues)
        off = issue.method == "CANCEL"
        write = invitation.called_off if off else invitation.requested
        head, sentence = _said(meeting, lacking[invitee])
        return Letter(
            invitee.id,
            to,
            f"{head}: {meeting.title}, {short(meeting.date)}",
            tuple(_body(meeting, records, sentence, off=off)),
            write(meeting, records, issue, invitee),
            issue.method,
            lacking[invitee],
        )

    return round_of(records, lacking, written), issues


def draft(desk: Desk, meeting: Meeting, now: datetime) -> list[tuple[Letter, str]]:
    """Lay the messages into the outbox as drafts and record them as issued; return each with its path.

    Raises:
        ConflictError: Another command is sending from this register.
    """
    with outbox.alone(desk), door.opened(desk) as opened:
        there, issues = planned(desk, meeting, now)
        with opened.change(_message(meeting, len(there.letters), "Write invitations")) as change:
            for issue in issues:
                change.save(issue)
            return outbox.lay_out(desk, change, there.letters, meeting.id, now)


def send(
    desk: Desk, meeting: Meeting, agreed: Round, server: Server, now: datetime, told: Callable[[Letter], None]
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

    Raises:
        OutsideError: The server cannot be reached or does not let this user in; nothing is sent.
        ConflictError: Another command is sending from this register.
    """
    with outbox.alone(desk):
        desk.reader.forget()
        meeting = desk.records.meetings[meeting.id]
        there, issues = planned(desk, meeting, now)
        asked = {(each.id, each.what) for each in agreed.letters}
        letters = [each for each in there.letters if (each.id, each.what) in asked]
        with journal.writing(desk, meeting.id) as write:
            for issue in issues:
                write({"issue": issue.id, "text": new(convert.encode(structs.replace(issue, to=())))})

        def named(letter: Letter) -> Entry:
            return {"issue": _issued_to(letter.id, issues).id, "to": letter.id}

        try:
            return handover.send(desk, server, letters, meeting.id, now, told, named)
        finally:
            _record(desk, meeting)


def recover(desk: Desk, meeting: Meeting) -> list[str]:
    """Record as issued what a command that was broken off had handed to a mail server; return whose they are.

    Raises:
        ConflictError: Another command is sending from this register.
    """
    if not journal.read(desk, meeting.id):
        return []
    with outbox.alone(desk):
        return _record(desk, meeting)


def _record(desk: Desk, meeting: Meeting) -> list[str]:
    """Record what the journal tells as issued, and return whose it is."""
    entries = journal.read(desk, meeting.id)
    texts = {entry["issue"]: entry["text"] for entry in entries if {"issue", "text"} <= entry.keys()}
    to: dict[str, list[str]] = {}
    for entry in entries:
        if is_code(entry.get("issue", "")) and "to" in entry:
            to.setdefault(entry["issue"], []).append(entry["to"])
    people = [id for each in to.values() for id in each]
    with door.change(desk, _message(meeting, len(people), "Send invitations")) as change:
        for id, each in to.items():
            if id in texts and id not in desk.records.issues:
                text = texts[id] + new({"to": each})
                placed: dict[str, object] = {"id": id, "of": meeting.id}
                change.save(parse.parsed_as(Issue, placed, places.sent(meeting.id), text))
    journal.end(desk, meeting.id)
    return people


def _message(meeting: Meeting, many: int, what: str) -> str:
    return f"{what} to {meeting.title} on {short(meeting.date)} to {counted(many, 'person', 'people')}"


def _issued_to(id: str, issues: list[Issue]) -> Issue:
    return next(each for each in issues if id in each.to)


def _said(meeting: Meeting, kind: Lack) -> tuple[str, str]:
    """Return how the subject of a letter begins, and its first sentence."""
    if kind == "invitation":
        return "Invitation", "You are invited to this meeting."
    if kind == "update":
        return "Updated", "This meeting has changed; what follows replaces what you had."
    if meeting.status != "cancelled":
        return "No longer invited", "You are no longer on the list of this meeting."
    reason = f" The reason: {meeting.reason}" if meeting.reason else ""
    return "Cancelled", f"This meeting does not take place.{reason}"


def _body(meeting: Meeting, records: Records, sentence: str, *, off: bool) -> Iterator[Block]:
    start = f", {clock(meeting.start)}" if meeting.start else ""
    end = f" to {clock(meeting.end)}" if meeting.end else ""
    yield Heading(1, lines(meeting.title))
    yield Paragraph(lines(f"{records.partnership.name}\n{spoken(meeting.date)}{start}{end}"))
    yield Paragraph(lines(sentence))
    if not off:
        yield from description(meeting, records, private=True)
        yield Paragraph(lines("Please answer with Accept or Decline, which your calendar sends to the coordinator."))
