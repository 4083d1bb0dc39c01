"""Invitations: made from the open records, and each issue recorded."""

import os
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from slavefree_cli.calendar import invitation, writer
from slavefree_cli.calendar.invitation import Version
from slavefree_cli.errors import ConflictError, InvalidError, UsageError
from slavefree_cli.model.dates import short
from slavefree_cli.model.invitees import Invitee, Standing, standings
from slavefree_cli.model.issue import Issue, Method, clash, latest, next_sequence, next_stamp, revision_of
from slavefree_cli.model.meeting import Meeting, in_order
from slavefree_cli.model.records import Records
from slavefree_cli.register import files
from slavefree_cli.register.change import Change
from slavefree_cli.register.store import Register
from slavefree_cli.work.ids import new_code

FEED = "calendar.ics"


class Made(NamedTuple):
    """A file that was made, whom it is for, and which issue it is."""

    path: str
    """Absolute, or relative to the register where it is for anyone."""
    to: Invitee | None
    """None where it is for anyone to open."""
    issue: Issue
    fresh: bool
    """Whether it was issued now; else it is what was issued before."""


def make(register: Register, meeting: Meeting, now: datetime, output: str | None = None) -> Made | None:
    """Write a meeting's ``invite.ics`` for anyone, and record the issue; unchanged, both stay as they are.

    Args:
        register: The register.
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
    with register.change() as change:
        records, meeting, issues = _before(register, meeting)
        published = [each for each in issues if not each.to]
        if meeting.status == "cancelled" and not published:
            return None
        content = invitation.content_digest(meeting, records, private=False)
        issue = latest(published)
        fresh = issue is None or not _current(issue, meeting, content, issues, records)
        if issue is None or fresh:
            method: Method = "CANCEL" if meeting.status == "cancelled" else "PUBLISH"
            issue = _new(register, meeting, issues, records, method, now, content=content)
            change.save(issue)
        data = invitation.published(meeting, records, Version.of(issue))
        path = f"{meeting.id}/invite.ics"
        _refuse_not_ours(os.path.join(register.root, path))
        change.write(path, data)
        if output is not None:
            _deliver(change, output, data)
        change.message = _message(meeting, issue)
    return Made(output or path, None, issue, fresh)


class Round(NamedTuple):
    """The files of one ``invite make --each``."""

    made: list[Made]
    without_address: list[Invitee]
    """Who should have got one and cannot."""


def make_each(register: Register, meeting: Meeting, now: datetime, folder: str) -> Round:
    """Write a file for each person invited, showing only that person, and record who was issued what.

    Who was taken off the list since the last time gets a cancellation; so does everybody once the meeting is cancelled.
    What somebody has already is written again as it was.

    Args:
        register: The register.
        meeting: The meeting.
        now: The instant they are issued at.
        folder: Where the files go, each named by the ids of the meeting and the person; it must be there.

    Raises:
        InvalidError: The partnership has no coordinator's address, or what was issued cannot be read.
        UsageError: There is no such folder.
        ConflictError: A file that this program did not write is in the way.
    """
    if not os.path.isdir(folder):
        raise UsageError(f"There is no folder {folder}. Make it first, or name another.")
    with register.change() as change:
        records, meeting, issues = _before(register, meeting)
        content = invitation.content_digest(meeting, records, private=True)
        stands = standings(meeting, records, issues, content)
        fresh = _issued_now(register, meeting, issues, records, stands, now, content)
        for issue in fresh:
            change.save(issue)
        change.message = "; ".join(_message(meeting, issue) for issue in fresh)
        newest = max((each.stamp for each in (*issues, *fresh)), default=now)
        made = []
        for each in stands:
            now_to = next((issue for issue in fresh if each.invitee.id in issue.to), None)
            last = now_to or each.had
            # A cancellation is written again only until something newer was issued.
            if last is None or each.invitee.email is None or (last.method == "CANCEL" and last.stamp != newest):
                continue
            write = invitation.called_off if last.method == "CANCEL" else invitation.requested
            path = os.path.join(folder, f"{meeting.id}-{each.invitee.id}.ics")
            _deliver(change, path, write(meeting, records, Version.of(last), each.invitee))
            made.append(Made(path, each.invitee, last, now_to is not None))
    without = [each.invitee for each in stands if each.invitee.email is None and (each.invited or each.lacks)]
    return Round(made, without)


def feed(register: Register, output: str | None = None) -> tuple[str, int]:
    """Write ``calendar.ics`` of every meeting, to be subscribed to, and return its path and how many are in it.

    No clock is read: a meeting never issued is stamped with its making, so that the same records give the same bytes.

    Args:
        register: The register.
        output: Where the file is written as well.

    Raises:
        InvalidError: The partnership has no coordinator's address, or a record is not valid.
        UsageError: The folder of ``output`` is not there.
        ConflictError: A file that this program did not write is in the way.
    """
    with register.change("Renew the calendar of all meetings") as change:
        records = register.records()
        for bad in register.bad():
            if bad.path.endswith("/meeting.toml") or "/issued/" in bad.path:
                raise InvalidError(f"{bad.sentence()} The calendar would lack a meeting, and is not written.")
        by_meeting: dict[str, list[Issue]] = {}
        for issue in records.issues.values():
            by_meeting.setdefault(issue.of, []).append(issue)
        meetings = in_order(records.meetings.values())
        versions = [(each, _in_feed(each, by_meeting.get(each.id, []), records)) for each in meetings]
        data = invitation.feed(versions, records)
        _refuse_not_ours(os.path.join(register.root, FEED))
        change.write(FEED, data)
        if output is not None:
            _deliver(change, output, data)
    return output or FEED, len(meetings)


class Standings(NamedTuple):
    """How the invitation to a meeting stands: with everybody, and with what anyone may open."""

    published: Issue | None
    """What was published last."""
    outdated: bool
    """Whether that would come out otherwise now."""
    clashed: bool
    """Whether two clones issued different things under one SEQUENCE."""
    people: list[Standing]

    @property
    def issued(self) -> bool:
        """Whether anything went out."""
        return self.published is not None or self.personal

    @property
    def personal(self) -> bool:
        """Whether anything went out to people one by one."""
        return any(each.had for each in self.people)

    @property
    def sequence(self) -> int | None:
        """The highest SEQUENCE that went out."""
        had = [each.had for each in self.people if each.had]
        return max((each.sequence for each in [*had, *([self.published] if self.published else [])]), default=None)

    def counted(self) -> str:
        """Return how many lack what, in words; empty where nobody with an address lacks anything."""
        parts = []
        for lack, named in (
            ("invitation", "an invitation"),
            ("update", "an update"),
            ("cancellation", "a cancellation"),
        ):
            many = sum(each.lacks == lack and each.invitee.email is not None for each in self.people)
            if many:
                parts.append(f"{many} need{'s' if many == 1 else ''} {named}")
        return ", ".join(parts)

    def without_address(self) -> list[Invitee]:
        """Return those who are invited, or should be told that they are not, and cannot be sent it."""
        return [each.invitee for each in self.people if each.invitee.email is None and (each.invited or each.lacks)]


def stand(meeting: Meeting, records: Records, *, over: bool = False) -> Standings:
    """Return how the invitation to a meeting stands; ``over`` says that it took place and nobody lacks anything."""
    issues = _issues(meeting, records)
    published = latest(each for each in issues if not each.to)
    current = published is not None and _current(
        published, meeting, invitation.content_digest(meeting, records, private=False), issues, records
    )
    content = invitation.content_digest(meeting, records, private=True)
    return Standings(
        published,
        published is not None and not current and not over,
        clash(issues, records.partnership.timezone) and not over,
        standings(meeting, records, issues, content, over=over),
    )


def _before(register: Register, meeting: Meeting) -> tuple[Records, Meeting, list[Issue]]:
    """Return the records, the meeting as it is now, and what was issued of it."""
    records = register.records()
    if records.partnership.coordinator.email is None:
        raise InvalidError(invitation.NEEDS_ADDRESS)
    # Somebody whose file cannot be read would be taken for somebody who left.
    for bad in register.bad():
        if bad.path.startswith((f"{meeting.id}/", "people/", "members/", "groups/")):
            raise InvalidError(f"{bad.sentence()} Nothing is issued.")
    return records, records.meetings[meeting.id], _issues(meeting, records)


def _issues(meeting: Meeting, records: Records) -> list[Issue]:
    return [each for each in records.issues.values() if each.of == meeting.id]


def _current(issue: Issue, meeting: Meeting, content: str, issues: Sequence[Issue], records: Records) -> bool:
    """Tell whether what was issued is what would be issued now."""
    timezone = records.partnership.timezone
    return (
        issue.content == content
        and issue.revision(timezone) == revision_of(meeting, timezone)
        and not clash(issues, timezone)
    )


def _issued_now(
    register: Register,
    meeting: Meeting,
    issues: Sequence[Issue],
    records: Records,
    stands: Sequence[Standing],
    now: datetime,
    content: str,
) -> list[Issue]:
    asked = [each for each in stands if each.lacks in {"invitation", "update"} and each.invitee.email]
    off = [each for each in stands if each.lacks == "cancellation" and each.invitee.email]
    made: list[Issue] = []
    if asked:
        to = tuple(each.invitee.id for each in asked)
        made.append(_new(register, meeting, issues, records, "REQUEST", now, content=content, to=to))
    if off:
        to = tuple(each.invitee.id for each in off)
        least = 1 + max(each.had.sequence for each in off if each.had)
        taken = [each.id for each in made]
        made.append(
            _new(register, meeting, issues, records, "CANCEL", now, *taken, content=content, to=to, least=least)
        )
    return made


def _new(
    register: Register,
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
        id=new_code(register, *codes),
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


def _in_feed(meeting: Meeting, issues: Sequence[Issue], records: Records) -> Version:
    last = latest(issues)
    if last is None:
        return Version(0, meeting.created)
    return Version(next_sequence(meeting, issues, records.partnership.timezone), last.stamp)


def _message(meeting: Meeting, issue: Issue) -> str:
    what = "cancellation of" if issue.method == "CANCEL" else "invitation to"
    many = f" to {len(issue.to)} {'person' if len(issue.to) == 1 else 'people'}" if issue.to else ""
    return f"Issue the {what} {meeting.title} on {short(meeting.date)}{many}, version {issue.sequence}"


def _deliver(change: Change, path: str, data: bytes) -> None:
    folder = os.path.dirname(path) or "."
    if not os.path.isdir(folder):
        raise UsageError(f"There is no folder {folder}. Make it first, or name another.")
    _refuse_not_ours(path)
    change.deliver(os.path.abspath(path), data)


def _refuse_not_ours(path: str) -> None:
    """Refuse to take the place of a file that somebody else made."""
    if os.path.isdir(path) or (os.path.exists(path) and not os.path.isfile(path)):
        raise UsageError(f"{path} is no file. Name one.")
    try:
        with open(path, "rb") as file:
            head = file.read(1_000)
    except FileNotFoundError:
        return
    except OSError as error:
        raise ConflictError(f"{path} cannot be looked into ({files.reason(error)}); nothing is written.") from None
    if not writer.is_ours(head):
        raise ConflictError(
            f"{path} is there already and was not written by slavefree; nothing is written. "
            "Move it away, or name another file."
        )
