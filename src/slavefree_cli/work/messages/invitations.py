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
from slavefree_cli.model.meeting import Meeting
from slavefree_cli.model.records import Records
from slavefree_cli.model.text import without_addresses
from slavefree_cli.register import documents, files, layout
from slavefree_cli.register.store import Register
from slavefree_cli.register.toml import new
from slavefree_cli.work import invitations
from slavefree_cli.work.messages import post
from slavefree_cli.work.messages.post import Sent


class Planned(NamedTuple):
    """What there is to be sent of one meeting."""

    meeting: Meeting
    letters: list[Letter]
    issues: dict[str, Issue]
    """What each person is issued, by their id."""
    kinds: dict[str, str]
    """``invitation``, ``update`` or ``cancellation``, by the id of the person."""
    without_address: list[Invitee]


def planned(register: Register, meeting: Meeting, now: datetime) -> Planned:
    """Return who needs a message about a meeting, and which.

    Args:
        register: The register.
        meeting: The meeting.
        now: The instant they are issued at.

    Raises:
        InvalidError: The partnership has no coordinator's address, or what was issued cannot be read.
    """
    records, meeting, issued = invitations.basis(register, meeting)
    content = invitation.content_digest(meeting, records, private=True)
    stands = standings(meeting, records, issued, content)
    fresh = invitations.issued_now(register, meeting, issued, records, stands, now, content)
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


def draft(register: Register, meeting: Meeting, now: datetime) -> tuple[Planned, list[str]]:
    """Lay the messages into the outbox as drafts and record them as issued; return them and their paths."""
    with register.change() as change:
        plan = planned(register, register.all(layout.MEETINGS)[meeting.id], now)
        for issue in {issue.id: issue for issue in plan.issues.values()}.values():
            change.save(issue)
        paths = post.lay_out(register, change, plan.letters, meeting.id, now)
        change.message = _message(meeting, len(plan.letters), "Write invitations")
    return plan, paths


def send(register: Register, plan: Planned, server: Server, now: datetime, told: Callable[[Letter], None]) -> Sent:
    """Send the messages and record each as issued as soon as the server has it.

    Raises:
        OutsideError: The server cannot be reached or does not let this user in; nothing is sent.
        ConflictError: Another command is sending from this register.
    """
    with post.alone(register):
        journal = os.path.join(post.outbox(register), f"{plan.meeting.id}.sent")
        with open(journal, "a", encoding="utf-8") as file:
            for issue in {issue.id: issue for issue in plan.issues.values()}.values():
                file.write(
                    json.dumps({"issue": issue.id, "text": new(documents.encode(structs.replace(issue, to=())))})
                )
                file.write("\n")

            def done(letter: Letter) -> None:
                file.write(json.dumps({"issue": plan.issues[letter.id].id, "to": letter.id}) + "\n")
                file.flush()
                os.fsync(file.fileno())
                told(letter)

            try:
                return post.send(server, plan.letters, post.sender_of(register.partnership), now, done)
            finally:
                file.flush()
                record_sent(register, plan.meeting)


def record_sent(register: Register, meeting: Meeting) -> int:
    """Record as issued what a command handed to a mail server, also one that was broken off; return to how many."""
    journal = os.path.join(register.root, post.OUTBOX, f"{meeting.id}.sent")
    try:
        lines = files.read("", journal, most=files.ANY_SIZE).decode().splitlines()
    except FileNotFoundError:
        return 0
    except (files.UnreadableError, UnicodeDecodeError) as error:
        raise SlavefreeError(f"{journal} cannot be read ({error}), so it is not known who was sent what.") from None
    texts: dict[str, str] = {}
    to: dict[str, list[str]] = {}
    for line in lines:
        try:
            entry = json.loads(line)
        except ValueError:
            # The last line, where the machine stopped in the middle of it.
            continue
        if "text" in entry:
            texts[entry["issue"]] = entry["text"]
        else:
            to.setdefault(entry["issue"], []).append(entry["to"])
    with register.change(_message(meeting, sum(map(len, to.values())), "Send invitations")) as change:
        for id, people in to.items():
            path = f"{meeting.id}/issued/{id}.toml"
            if register.at(path) is None:
                text = texts[id] + f"to = [{', '.join(json.dumps(each) for each in dict.fromkeys(people))}]\n"
                change.take(path, new(_document(text)).encode())
    os.unlink(journal)
    return sum(map(len, to.values()))


def _document(text: str) -> dict[str, object]:
    import tomli

    found: dict[str, object] = tomli.loads(text)
    # In the order in which every other issue has them.
    method = found.pop("method")
    return {**found, "method": method}


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
    own = partnership.coordinator.email
    return Letter(
        invitee.id,
        Party(invitee.name, invitee.email or ""),
        post.subject(partnership, without_addresses(f"{head}, {short(meeting.date)}", own)),
        without_addresses("\n\n".join(block for block in blocks if block), own),
        calendar,
        issue.method,
    )


def _reason(meeting: Meeting) -> str:
    return f" The reason: {meeting.reason}" if meeting.reason else ""
