"""Invitations sent: each person who needs a new one, an update or a cancellation gets a message of their own."""

import json
import os
from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from msgspec import structs

from slavefree_cli.calendar import invitation
from slavefree_cli.calendar.invitation import Version
from slavefree_cli.calendar.text import description
from slavefree_cli.errors import SlavefreeError
from slavefree_cli.mail.letter import Letter, Party
from slavefree_cli.mail.smtp import Server
from slavefree_cli.model.dates import clock, short, spoken
from slavefree_cli.model.invitees import Invitee, standings
from slavefree_cli.model.issue import Issue
from slavefree_cli.model.kinds import Records
from slavefree_cli.model.meeting import Meeting
from slavefree_cli.model.names import is_code
from slavefree_cli.register import convert, door, files
from slavefree_cli.register.desk import Desk
from slavefree_cli.register.toml import new
from slavefree_cli.work.invite import issuing
from slavefree_cli.work.post import outbox
from slavefree_cli.work.post.outbox import Sent, Step


class Planned(NamedTuple):
    """What there is to be sent of one meeting."""

    meeting: Meeting
    letters: list[Letter]
    issues: dict[str, Issue]
    """What each person is issued, by their id."""
    kinds: dict[str, str]
    """``invitation``, ``update`` or ``cancellation``, by the id of the person."""
    without_address: list[Invitee]


def planned(desk: Desk, meeting: Meeting, now: datetime) -> Planned:
    """Return who needs a message about a meeting, and which.

    Args:
        desk: The register.
        meeting: The meeting.
        now: The instant they are issued at.

    Raises:
        InvalidError: The partnership has no coordinator's address, or what was issued cannot be read.
    """
    records, meeting, issued = issuing.basis(desk, meeting)
    content = invitation.content_digest(meeting, records, private=True)
    stands = standings(meeting, records, issued, content)
    fresh = issuing.issued_now(desk, meeting, issued, records, stands, now, content)
    letters: list[Letter] = []
    issues: dict[str, Issue] = {}
    kinds: dict[str, str] = {}
    for each in stands:
        issue = next((issue for issue in fresh if each.invitee.id in issue.to), None)
        if issue is None or each.lacks is None or each.invitee.email is None:
            continue
        letters.append(_letter(meeting, records, issue, each.invitee, each.lacks))
        issues[each.invitee.id] = issue
        kinds[each.invitee.id] = each.lacks
    without = [each.invitee for each in stands if each.lacks and each.invitee.email is None]
    return Planned(meeting, letters, issues, kinds, without)


def draft(desk: Desk, meeting: Meeting, now: datetime) -> tuple[Planned, list[str]]:
    """Lay the messages into the outbox as drafts and record them as issued; return them and their paths.

    Raises:
        ConflictError: Another command is sending from this register.
    """
    with outbox.alone(desk), door.opened(desk) as opened:
        plan = planned(desk, desk.records.meetings[meeting.id], now)
        with opened.change(_message(meeting, len(plan.letters), "Write invitations")) as change:
            for issue in {issue.id: issue for issue in plan.issues.values()}.values():
                change.save(issue)
            paths = outbox.lay_out(desk, change, plan.letters, meeting.id, now)
    return plan, paths


def send(desk: Desk, agreed: Planned, server: Server, now: datetime, told: Callable[[Letter], None]) -> Sent:
    """Send the messages and record each as issued as soon as the server has it.

    What somebody else has sent since it was agreed on is not sent again.

    Args:
        desk: The register.
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
        plan = planned(desk, desk.records.meetings[agreed.meeting.id], now)
        letters = [each for each in plan.letters if agreed.kinds.get(each.id) == plan.kinds[each.id]]
        with open(_journal(desk, plan.meeting), "a", encoding="utf-8") as journal:

            def write(**entry: str) -> None:
                journal.write(json.dumps(entry) + "\n")
                journal.flush()
                os.fsync(journal.fileno())

            for issue in {issue.id: issue for issue in plan.issues.values()}.values():
                write(issue=issue.id, text=new(convert.encode(structs.replace(issue, to=()))))

            def note(step: Step, letter: Letter) -> None:
                write(issue=plan.issues[letter.id].id, step=step, to=letter.id)
                if step == "to":
                    told(letter)

            try:
                outcome = outbox.send(server, letters, outbox.sender_of(desk.records.partnership), now, note)
            finally:
                _record(desk, plan.meeting)
        outbox.take_away(desk, plan.meeting.id, [*outcome.sent, *outcome.in_doubt])
    return outcome


def recover(desk: Desk, meeting: Meeting) -> list[str]:
    """Record as issued what a command that was broken off had handed to a mail server; return whose they are.

    Raises:
        ConflictError: Another command is sending from this register.
    """
    if not os.path.exists(_journal(desk, meeting)):
        return []
    with outbox.alone(desk):
        return _record(desk, meeting)


def _journal(desk: Desk, meeting: Meeting) -> str:
    return os.path.join(desk.root, outbox.OUTBOX, f"{meeting.id}.sent")


def _record(desk: Desk, meeting: Meeting) -> list[str]:
    """Record what the journal says was taken, or was on its way: at most once is better than twice."""
    path = _journal(desk, meeting)
    try:
        lines = files.read("", path, most=files.ANY_SIZE).decode(errors="replace").splitlines()
    except FileNotFoundError:
        return []
    except files.UnreadableError as error:
        raise SlavefreeError(f"{path} {error}, so it is not known who was sent what; look at it.") from None
    texts: dict[str, str] = {}
    to: dict[str, dict[str, None]] = {}
    for line in lines:
        issue, entry = _entry(line)
        if "text" in entry:
            texts[issue] = entry["text"]
        elif entry.get("step") == "not":
            to.get(issue, {}).pop(entry["to"], None)
        elif "to" in entry:
            to.setdefault(issue, {})[entry["to"]] = None
    people = [id for each in to.values() for id in each]
    with door.change(desk, _message(meeting, len(people), "Send invitations")) as change:
        for issue, each in to.items():
            place = f"{meeting.id}/issued/{issue}.toml"
            if each and issue in texts and desk.reader.at(place) is None:
                document = {**_document(texts[issue]), "to": list(each)}
                method = document.pop("method")
                change.take(place, new({**document, "method": method}).encode())
    os.unlink(path)
    return people


def _entry(line: str) -> tuple[str, dict[str, str]]:
    """Return an entry of the journal; nothing where the machine stopped in the middle of it."""
    try:
        entry = json.loads(line)
    except (ValueError, RecursionError):
        return "", {}
    if not isinstance(entry, dict) or not all(isinstance(value, str) for value in entry.values()):
        return "", {}
    issue = entry.get("issue", "")
    return (issue, entry) if is_code(issue) else ("", {})


def _document(text: str) -> dict[str, object]:
    import tomli

    return tomli.loads(text)


def _message(meeting: Meeting, many: int, what: str) -> str:
    return f"{what} to {meeting.title} on {short(meeting.date)} to {many} {'person' if many == 1 else 'people'}"


def _letter(meeting: Meeting, records: Records, issue: Issue, invitee: Invitee, kind: str) -> Letter:
    version = Version.of(issue)
    off = issue.method == "CANCEL"
    write = invitation.called_off if off else invitation.requested
    partnership = records.partnership
    when = spoken(meeting.date) + (f", {clock(meeting.start)}" if meeting.start else "")
    until = f" to {clock(meeting.end)}" if meeting.end else ""
    heads = {
        "invitation": (f"Invitation: {meeting.title}", "You are invited to this meeting."),
        "update": (f"Updated: {meeting.title}", "This meeting has changed; what follows replaces what you had."),
        "cancellation": (
            (f"Cancelled: {meeting.title}", "This meeting does not take place." + _reason(meeting))
            if meeting.status == "cancelled"
            else (f"No longer invited: {meeting.title}", "You are no longer on the list of this meeting.")
        ),
    }
    head, sentence = heads[kind]
    blocks = [meeting.title, f"{partnership.name}\n{when}{until}", sentence]
    if not off:
        blocks.append(description(meeting, records, private=True))
        blocks.append("Please answer with Accept or Decline, which your calendar sends to the coordinator.")
    calendar = write(meeting, records, version, invitee)
    letter = Letter(
        invitee.id,
        Party(invitee.name, invitee.email or ""),
        outbox.subject(partnership, f"{head}, {short(meeting.date)}"),
        "\n\n".join(block for block in blocks if block),
        calendar,
        issue.method,
    )
    return outbox.without_others(letter, records)


def _reason(meeting: Meeting) -> str:
    return f" The reason: {meeting.reason}" if meeting.reason else ""
