"""Invitations: made from the open records, and each issue recorded."""

import os
from collections.abc import Sequence
from datetime import datetime
from typing import Final, NamedTuple

from slavefree_cli.calendar import invitation
from slavefree_cli.calendar.invitation import Version
from slavefree_cli.errors import InvalidError, UsageError
from slavefree_cli.model.dates import short
from slavefree_cli.model.invitees import Invitee, Standing, standings
from slavefree_cli.model.issue import Issue, Method, is_current, latest, next_sequence, next_stamp, revision_of
from slavefree_cli.model.kinds import Records
from slavefree_cli.model.meeting import Meeting
from slavefree_cli.register import door, places
from slavefree_cli.register.desk import Desk
from slavefree_cli.work.invite.deliver import deliver, refuse_not_ours
from slavefree_cli.work.records.ids import new_code

_OF_A_MEETING: Final = (Records.meetings, Records.agendas, Records.attendances, Records.issues)
"""What an invitation is made of besides people, and what it follows."""


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
        records, meeting, issues = basis(desk, meeting)
        published = [each for each in issues if not each.to]
        if meeting.status == "cancelled" and not published:
            return None
        content = invitation.content_digest(meeting, records, private=False)
        timezone = records.partnership.timezone
        issue = latest(published)
        fresh = issue is None or not is_current(issue, meeting, content, issues, timezone)
        if issue is None or fresh:
            method: Method = "CANCEL" if meeting.status == "cancelled" else "PUBLISH"
            issue = _new(desk, meeting, issues, records, method, now, content=content)
        data = invitation.published(meeting, records, issue)
        path = places.invitation(meeting.id)
        refuse_not_ours(desk.path(path))
        with opened.change(_message(meeting, issue)) as change:
            if fresh:
                change.save(issue)
            change.write(path, data)
            if output is not None:
                deliver(change, output, data)
    return Made(output or path, None, issue, fresh)


def made_again(desk: Desk, meeting: Meeting) -> bytes:
    """Return a meeting's ``invite.ics`` for anyone as the records have it now; nothing is issued.

    Where the records have changed since the last issue, it has the SEQUENCE that the next one will have.

    Raises:
        InvalidError: As ``make``.
    """
    records, meeting, issues = basis(desk, meeting)
    published = latest([each for each in issues if not each.to])
    content = invitation.content_digest(meeting, records, private=False)
    timezone = records.partnership.timezone
    if published is not None and is_current(published, meeting, content, issues, timezone):
        return invitation.published(meeting, records, published)
    last = latest(issues)
    stamp = meeting.created if last is None else last.stamp
    return invitation.published(meeting, records, Version(next_sequence(meeting, issues, timezone), stamp))


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
        records, meeting, issues = basis(desk, meeting)
        content = invitation.content_digest(meeting, records, private=True)
        stands = standings(meeting, records, issues, content)
        fresh = issued_now(desk, meeting, issues, records, stands, now, content)
        newest = max((each.stamp for each in (*issues, *fresh)), default=now)
        made = []
        said = "; ".join(_message(meeting, issue) for issue in fresh) or f"Write invitations to {meeting.title} again"
        with opened.change(said) as change:
            for issue in fresh:
                change.save(issue)
            for each in stands:
                now_to = next((issue for issue in fresh if each.invitee.id in issue.to), None)
                last = now_to or each.had
                # A cancellation is written again only until something newer was issued.
                if last is None or each.invitee.email is None or (last.method == "CANCEL" and last.stamp != newest):
                    continue
                write = invitation.called_off if last.method == "CANCEL" else invitation.requested
                path = os.path.join(folder, f"{meeting.id}-{each.invitee.id}.ics")
                deliver(change, path, write(meeting, records, last, each.invitee))
                made.append(Made(path, each.invitee, last, now_to is not None))
    without = [each.invitee for each in stands if each.invitee.email is None and (each.invited or each.lacks)]
    return Round(made, without)


def basis(desk: Desk, meeting: Meeting) -> tuple[Records, Meeting, list[Issue]]:
    """Return the records, the meeting as it is now, and what was issued of it."""
    records = desk.records
    if records.partnership.coordinator.email is None:
        raise InvalidError(invitation.NEEDS_ADDRESS)
    # Somebody whose file cannot be read would be taken for somebody who left.
    for bad in desk.reader.bad_of(Records.people, Records.members, Records.groups, *_OF_A_MEETING):
        if places.meeting_of(bad.path) in {None, meeting.id}:
            raise InvalidError(f"{bad.sentence()} Nothing is issued.")
    return records, records.meetings[meeting.id], records.issued(meeting.id)


def issued_now(
    desk: Desk,
    meeting: Meeting,
    issues: Sequence[Issue],
    records: Records,
    stands: Sequence[Standing],
    now: datetime,
    content: str,
) -> list[Issue]:
    """Return the issues that those who need something get: one of all invitations and updates, one of cancellations.

    Args:
        desk: The register, for new ids.
        meeting: The meeting.
        issues: What was issued of it.
        records: The open records.
        stands: Who has what and lacks what; who has no address gets nothing.
        now: The instant they are issued at.
        content: The digest of what an invitation says besides when and where.
    """
    asked = [each for each in stands if each.lacks in {"invitation", "update"} and each.invitee.email]
    off = [each for each in stands if each.lacks == "cancellation" and each.invitee.email]
    made: list[Issue] = []
    if asked:
        to = tuple(each.invitee.id for each in asked)
        made.append(_new(desk, meeting, issues, records, "REQUEST", now, content=content, to=to))
    if off:
        to = tuple(each.invitee.id for each in off)
        least = 1 + max(each.had.sequence for each in off if each.had)
        taken = [each.id for each in made]
        made.append(_new(desk, meeting, issues, records, "CANCEL", now, *taken, content=content, to=to, least=least))
    return made


def _new(
    desk: Desk,
    meeting: Meeting,
    issues: Sequence[Issue],
    records: Records,
    method: Method,
    now: datetime,
    *codes: str,
    content: str,
    to: tuple[str, ...] = (),
    least: int = 0,
) -> Issue:
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
        content=content,
        to=to,
        method=method,
    )


def _message(meeting: Meeting, issue: Issue) -> str:
    what = "cancellation of" if issue.method == "CANCEL" else "invitation to"
    many = f" to {len(issue.to)} {'person' if len(issue.to) == 1 else 'people'}" if issue.to else ""
    return f"Issue the {what} {meeting.title} on {short(meeting.date)}{many}, version {issue.sequence}"
