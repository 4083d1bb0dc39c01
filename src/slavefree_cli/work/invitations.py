"""Invitations: made from the open records, and each issue recorded."""

from datetime import datetime
from typing import NamedTuple

from slavefree_cli.calendar import invitation
from slavefree_cli.errors import InvalidError
from slavefree_cli.model.dates import short
from slavefree_cli.model.issue import Issue, latest, next_sequence
from slavefree_cli.model.meeting import Meeting
from slavefree_cli.register.store import Register
from slavefree_cli.work.ids import new_code

NEEDS_ADDRESS = "An invitation needs the coordinator's address. Set it with: slavefree partnership edit --email ADDRESS"


class Made(NamedTuple):
    """An invitation and under which SEQUENCE it stands."""

    content: bytes
    issue: Issue
    path: str
    fresh: bool
    """Whether it was issued now; else it is the one that was issued before."""


def make(register: Register, meeting: Meeting, now: datetime) -> Made:
    """Write a meeting's ``invite.ics`` and record the issue; where nothing has changed, both stay as they are.

    Raises:
        InvalidError: The partnership has no coordinator's address.
    """
    with register.change() as change:
        records = register.records()
        if records.partnership.coordinator.email is None:
            raise InvalidError(NEEDS_ADDRESS)
        meeting = records.meetings[meeting.id]
        issues = [each for each in records.issues.values() if each.of == meeting.id]
        last = latest(issues)
        sequence = next_sequence(meeting, issues)
        digest = invitation.content_digest(meeting, records)
        issue = last
        if last is None or last.sequence != sequence or last.content != digest:
            issue = Issue(
                id=new_code(register),
                of=meeting.id,
                sequence=sequence,
                stamp=now if last is None else max(now, last.stamp),
                date=meeting.date,
                start=meeting.start,
                end=meeting.end,
                venue=meeting.venue,
                status=meeting.status,
                content=digest,
                method="PUBLISH",
            )
            change.save(issue)
        if issue is None:
            raise AssertionError("an issue was found or made")
        content = invitation.published(meeting, records, sequence=issue.sequence, stamp=issue.stamp)
        path = f"{meeting.id}/invite.ics"
        change.write(path, content)
        change.message = f"Issue the invitation to {meeting.title} on {short(meeting.date)}, version {sequence}"
    return Made(content, issue, path, issue is not last)


def needed(register: Register, meeting: Meeting) -> bool:
    """Tell whether a meeting's invitation was not made yet, or would come out otherwise now."""
    records = register.records()
    issues = [each for each in records.issues.values() if each.of == meeting.id]
    last = latest(issues)
    if last is None or records.partnership.coordinator.email is None:
        return last is None and meeting.status == "planned"
    return last.sequence != next_sequence(meeting, issues) or last.content != invitation.content_digest(
        meeting, records
    )
