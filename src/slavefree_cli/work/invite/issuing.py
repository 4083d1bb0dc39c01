"""Invitations: made from the open records, and each issue recorded."""

import os
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from slavefree_cli.calendar import invitation
from slavefree_cli.calendar.invitation import Version
from slavefree_cli.errors import InvalidError, UsageError
from slavefree_cli.model.dates import short
from slavefree_cli.model.invitees import Invitee, Standing
from slavefree_cli.model.issue import Issue, Method, latest, next_sequence, next_stamp, revision_of
from slavefree_cli.model.kinds import Records
from slavefree_cli.model.meeting import Meeting
from slavefree_cli.model.text import counted
from slavefree_cli.register import door, places
from slavefree_cli.register.desk import Desk
from slavefree_cli.work.invite.deliver import deliver, publish
from slavefree_cli.work.invite.progress import last_published, people, without_address
from slavefree_cli.work.records.ids import new_code


class Made(NamedTuple):
    """A file that was made, whom it is for, and which issue it is."""

    path: str
    """Absolute, or relative to the register where it is for anyone."""
    to: Invitee | None
    """None where it is for anyone to open."""
    issue: Issue
    fresh: bool
    """Whether it was issued now; else it is what was issued before."""


def make(desk: Desk, meeting: Meeting, now: datetime, output: str | None = None) -> Made | None:
    """Write a meeting's ``invite.ics`` for anyone, and record the issue; unchanged, both stay as they are.

    Args:
        desk: The register.
        meeting: The meeting; once it is cancelled, the file is the cancellation.
        now: The instant it is issued at.
        output: Where the file is written as well.

    Returns:
        What was made, or None where the meeting is cancelled and nobody was ever told of it.

    Raises:
        InvalidError: The partnership has no coordinator's address, or what was issued cannot be read.
        UsageError: The folder of ``output`` is not there.
        ConflictError: A file that this program did not write is in the way.
    """
    with door.opened(desk) as opened:
        meeting = as_it_is(desk, meeting)
        issue, current = last_published(meeting, desk.records)
        cancelled = meeting.status == "cancelled"
        if cancelled and issue is None:
            return None
        if issue is None or not current:
            issue = _new(desk, meeting, "CANCEL" if cancelled else "PUBLISH", now)
        path = places.invitation(meeting.id)
        with opened.change(_message(meeting, issue)) as change:
            if not current:
                change.save(issue)
            publish(desk, change, path, invitation.published(meeting, desk.records, issue), output)
    return Made(output or path, None, issue, not current)


def made_again(desk: Desk, meeting: Meeting) -> bytes:
    """Return a meeting's ``invite.ics`` for anyone as the records have it now; nothing is issued.

    Where the records have changed since the last issue, it has the SEQUENCE that the next one will have.

    Raises:
        InvalidError: As ``make``.
    """
    meeting, records = as_it_is(desk, meeting), desk.records
    last, current = last_published(meeting, records)
    version = last if last and current else next_version(meeting, records.issued(meeting.id), records)
    return invitation.published(meeting, records, version)


def next_version(meeting: Meeting, issues: Sequence[Issue], records: Records) -> Version:
    """Return the version that a meeting has while nothing is issued anew: no clock is read for it.

    Its SEQUENCE is the one that the next issue will have; a meeting never issued is stamped with its making.
    """
    last = latest(issues)
    sequence = next_sequence(meeting, issues, records.partnership.timezone)
    return Version(sequence, last.stamp if last else meeting.created)


class Round(NamedTuple):
    """The files of one ``invite make --each``."""

    made: list[Made]
    without_address: list[Invitee]
    """Who should have got one and cannot."""


def make_each(desk: Desk, meeting: Meeting, now: datetime, folder: str) -> Round:
    """Write a file for each person invited, showing only that person, and record who was issued what.

    Who was taken off the list since the last time gets a cancellation; so does everybody once the meeting is cancelled.
    What somebody has already is written again as it was.

    Args:
        desk: The register.
        meeting: The meeting.
        now: The instant they are issued at.
        folder: Where the files go, each named by the ids of the meeting and the person; it must be there.

    Raises:
        InvalidError: The partnership has no coordinator's address, or what was issued cannot be read.
        UsageError: There is no such folder.
        ConflictError: A file that this program did not write is in the way.
    """
    if not os.path.isdir(folder):
        raise UsageError(f"There is no folder {folder!r}. Make it first, or name another.")
    with door.opened(desk) as opened:
        meeting, records = as_it_is(desk, meeting), desk.records
        stands, fresh = due(desk, meeting, now)
        issued = {id: issue for issue in fresh for id in issue.to}
        newest = max((each.stamp for each in (*records.issued(meeting.id), *fresh)), default=now)
        made = []
        said = "; ".join(_message(meeting, issue) for issue in fresh) or f"Write invitations to {meeting.title} again"
        with opened.change(said) as change:
            for issue in fresh:
                change.save(issue)
            for each in stands:
                last = issued.get(each.invitee.id, each.had)
                # A cancellation is written again only until something newer was issued.
                if last is None or each.invitee.email is None or (last.method == "CANCEL" and last.stamp != newest):
                    continue
                write = invitation.called_off if last.method == "CANCEL" else invitation.requested
                path = os.path.join(folder, f"{meeting.id}-{each.invitee.id}.ics")
                deliver(change, path, write(meeting, records, last, each.invitee))
                made.append(Made(path, each.invitee, last, each.invitee.id in issued))
    return Round(made, without_address(stands))


def as_it_is(desk: Desk, meeting: Meeting) -> Meeting:
    """Return a meeting as it is now, once everything that its invitation rests on could be read.

    Raises:
        InvalidError: The partnership has no coordinator's address, or what was issued cannot be read.
    """
    if desk.records.partnership.coordinator.email is None:
        raise InvalidError(invitation.NEEDS_ADDRESS)
    # Somebody whose file cannot be read would be taken for somebody who left.
    followed = (Records.meetings, Records.agendas, Records.attendances, Records.issues)
    for bad in desk.reader.bad_of(Records.people, Records.members, Records.groups, *followed):
        if places.meeting_of(bad.path) in {None, meeting.id}:
            raise InvalidError(f"{bad.sentence(desk.root)} Nothing is issued.")
    return desk.records.meetings[meeting.id]


def due(desk: Desk, meeting: Meeting, now: datetime) -> tuple[list[Standing], list[Issue]]:
    """Return how everybody stands, and what those who need something are to be issued.

    That is one issue of all invitations and updates, and one of cancellations; who has no address gets nothing.

    Args:
        desk: The register.
        meeting: The meeting as it is now.
        now: The instant they are issued at.
    """
    stands = people(meeting, desk.records)
    lacking = [each for each in stands if each.lacks and each.invitee.email]
    asked = tuple(each.invitee.id for each in lacking if each.lacks != "cancellation")
    off = {each.invitee.id: each.had for each in lacking if each.lacks == "cancellation"}
    made: list[Issue] = []
    if asked:
        made.append(_new(desk, meeting, "REQUEST", now, to=asked))
    if off:
        least = 1 + max(had.sequence for had in off.values() if had)
        made.append(_new(desk, meeting, "CANCEL", now, *(each.id for each in made), to=tuple(off), least=least))
    return stands, made


def _new(
    desk: Desk, meeting: Meeting, method: Method, now: datetime, *codes: str, to: tuple[str, ...] = (), least: int = 0
) -> Issue:
    records, issues = desk.records, desk.records.issued(meeting.id)
    timezone = records.partnership.timezone
    revision = revision_of(meeting, timezone)
    return Issue(
        id=new_code(desk, *codes),
        of=meeting.id,
        sequence=max(least, next_sequence(meeting, issues, timezone)),
        stamp=next_stamp(now, issues),
        date=meeting.date,
        start=meeting.start,
        end=meeting.end,
        begins=revision.begins,
        ends=revision.ends,
        venue=meeting.venue,
        status=meeting.status,
        content=invitation.content_digest(meeting, records, private=bool(to)),
        to=to,
        method=method,
    )


def _message(meeting: Meeting, issue: Issue) -> str:
    what = "cancellation of" if issue.method == "CANCEL" else "invitation to"
    many = f" to {counted(len(issue.to), 'person', 'people')}" if issue.to else ""
    return f"Issue the {what} {meeting.title} on {short(meeting.date)}{many}, version {issue.sequence}"
