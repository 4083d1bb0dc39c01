"""Invitations: made from the open records, and each issue recorded."""

import os
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from slavefree_cli.calendar import invitation
from slavefree_cli.calendar.invitation import Version
from slavefree_cli.errors import InvalidError, UsageError
from slavefree_cli.model.invitees import Invitee, Standing
from slavefree_cli.model.issue import Issue, latest
from slavefree_cli.model.kinds import Records
from slavefree_cli.model.meeting import Meeting
from slavefree_cli.model.sequence import next_sequence
from slavefree_cli.model.text import counted
from slavefree_cli.model.updates import Update, replaced, updates_of_all
from slavefree_cli.register import door, places
from slavefree_cli.register.desk import Desk
from slavefree_cli.work.invite.deliver import deliver, publish
from slavefree_cli.work.invite.due import due, new
from slavefree_cli.work.invite.progress import last_published, present, without_address
from slavefree_cli.work.records import withheld


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
            issue = new(desk, meeting, "CANCEL" if cancelled else "PUBLISH", now)
        path = places.invitation(meeting.id)
        with opened.change(_message(meeting, issue)) as change:
            if not current:
                change.save(issue)
            data = invitation.published(meeting, desk.records, issue, changes_in(issue, desk.records))
            withheld.refuse(desk, [(path, data)], "nothing is issued")
            publish(desk, change, path, data, output)
    return Made(output or path, None, issue, not current)


def made_again(desk: Desk, meeting: Meeting) -> bytes:
    """Return a meeting's ``invite.ics`` for anyone as the records have it now; nothing is issued.

    Where the records have changed since the last issue, it has the SEQUENCE that the next one will have.

    Raises:
        InvalidError: As ``make``.
    """
    meeting, records = as_it_is(desk, meeting), desk.records
    last, current = last_published(meeting, records)
    if last and current:
        return invitation.published(meeting, records, last, changes_in(last, records))
    return invitation.published(meeting, records, next_version(meeting, records.issued(meeting.id), records))


def changes_in(issue: Issue, records: Records, person: str | None = None) -> list[Update]:
    """Return what an issue says otherwise than the one whose place it took: with a person, or for anyone to open."""
    # What went out before it was kept what was told is written again as it was.
    before = replaced(issue, records.issued(issue.of), person) if issue.organizer is not None else []
    return updates_of_all(before, issue, person)


def next_version(meeting: Meeting, issues: Sequence[Issue], records: Records) -> Version:
    """Return the version that a meeting has while nothing is issued anew: no clock is read for it.

    Its SEQUENCE is the one that the next issue will have; a meeting never issued is stamped with its making.
    """
    last = latest(issues)
    return Version(next_sequence(present(meeting, records), issues), last.stamp if last else meeting.created)


class Round(NamedTuple):
    """The files of one ``invite make --each``."""

    made: list[Made]
    without_address: list[Invitee]
    """Who should have got one and cannot."""


def make_each(desk: Desk, meeting: Meeting, now: datetime, folder: str, *, everything: bool = False) -> Round:
    """Write a file for each person invited, showing only that person, and record who was issued what.

    Who was taken off the list since the last time gets a cancellation; so does everybody once the meeting is cancelled.
    What somebody has already is written again as it was.

    Args:
        desk: The register.
        meeting: The meeting.
        now: The instant they are issued at.
        folder: Where the files go, each named by the ids of the meeting and the person; it must be there.
        everything: Whether also those get another one for whom only the running times are otherwise.

    Raises:
        InvalidError: The partnership has no coordinator's address, or what was issued cannot be read.
        UsageError: There is no such folder.
        ConflictError: A file that this program did not write is in the way.
    """
    if not os.path.isdir(folder):
        raise UsageError(f"There is no folder {folder!r}. Make it first, or name another.")
    with door.opened(desk) as opened:
        meeting, records = as_it_is(desk, meeting), desk.records
        stands, fresh = due(desk, meeting, now, everything=everything)
        issues = [*records.issued(meeting.id), *fresh]
        made, written = [], list[tuple[str, str | bytes]]()
        said = "; ".join(_message(meeting, issue) for issue in fresh) or f"Write invitations to {meeting.dated} again"
        with opened.change(said) as change:
            for issue in fresh:
                change.save(issue)
            for each in stands:
                new = issue_for(each, fresh)
                last = new or each.had
                if last is None or each.invitee.email is None or (new is None and _is_past(last, each.invitee, issues)):
                    continue
                path = os.path.join(folder, f"{meeting.id}-{file_name(each, stands)}.ics")
                data = file_for(each.invitee, last, meeting, records)
                deliver(change, path, data)
                written.append((os.path.basename(path), data))
                made.append(Made(path, each.invitee, last, new is not None))
            withheld.refuse(desk, written, "nothing is issued")
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


def _is_past(issue: Issue, invitee: Invitee, issues: Iterable[Issue]) -> bool:
    """Tell whether a cancellation is written no more: others were issued something since."""
    others = (each.stamp for each in issues if invitee.id not in each.to)
    return issue.method == "CANCEL" and any(stamp > issue.stamp for stamp in others)


def file_for(invitee: Invitee, issue: Issue, meeting: Meeting, records: Records) -> bytes:
    """Return the file with which somebody is issued something; see ``invitation``."""
    if issue.method == "CANCEL":
        return invitation.called_off(meeting, records, issue, invitee)
    return invitation.requested(meeting, records, issue, invitee, changes_in(issue, records, invitee.id))


def file_name(standing: Standing, stands: Sequence[Standing]) -> str:
    """Return what somebody's file is called besides their meeting: another one for an address that they had before."""
    id = standing.invitee.id
    former = [each for each in stands if each.invitee.id == id and each.former]
    if standing not in former:
        return id
    number = former.index(standing) + 1
    return f"{id}.former" if number == 1 else f"{id}.former-{number}"


def issue_for(standing: Standing, issues: Iterable[Issue]) -> Issue | None:
    """Return which of some new issues goes to somebody at this address of theirs."""
    invitee = standing.invitee
    mine = (each for each in issues if invitee.id in each.to)
    return next((each for each in mine if each.address(invitee.id) == invitee.email), None)


def _message(meeting: Meeting, issue: Issue) -> str:
    what = "cancellation of" if issue.method == "CANCEL" else "invitation to"
    many = f" to {counted(len(issue.to), 'person', 'people')}" if issue.to else ""
    return f"Issue the {what} {meeting.dated}{many}, version {issue.sequence}"
