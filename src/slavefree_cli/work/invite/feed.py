"""The calendar of every meeting, to be subscribed to."""

from collections import defaultdict
from typing import NamedTuple

from slavefree_cli.calendar import invitation
from slavefree_cli.errors import InvalidError
from slavefree_cli.model.issue import Issue
from slavefree_cli.model.kinds import Records
from slavefree_cli.model.record import in_order
from slavefree_cli.register import door, files, places
from slavefree_cli.register.desk import Desk
from slavefree_cli.work.invite.deliver import publish
from slavefree_cli.work.invite.issuing import next_version
from slavefree_cli.work.records import withheld


class Feed(NamedTuple):
    """The calendar of every meeting, as it was written."""

    path: str
    meetings: int
    fresh: bool
    """Whether it was not there already as it is."""


def write(desk: Desk, output: str | None = None) -> Feed:
    """Write ``calendar.ics`` of every meeting, to be subscribed to.

    No clock is read: a meeting never issued is stamped with its making, so that the same records give the same bytes.

    Args:
        desk: The register.
        output: Where the file is written as well.

    Raises:
        InvalidError: The partnership has no coordinator's address, a record is not valid, or something restricted
            would be shown.
        UsageError: The folder of ``output`` is not there.
        ConflictError: A file that this program did not write is in the way.
    """
    with door.change(desk, "Renew the calendar of all meetings") as change:
        data = made(desk)
        withheld.refuse(desk, [(places.FEED, data)], "nothing is written")
        fresh = output is not None or not _holds(desk, data)
        publish(desk, change, places.FEED, data, output)
    return Feed(output or places.FEED, len(desk.records.meetings), fresh)


def made(desk: Desk) -> bytes:
    """Return the calendar of every meeting as the records have it now.

    Raises:
        InvalidError: As ``write``.
    """
    records = desk.records
    for bad in desk.reader.bad_of(Records.meetings, Records.issues):
        raise InvalidError(f"{bad.sentence(desk.root)} The calendar would lack a meeting, and is not written.")
    by_meeting: defaultdict[str, list[Issue]] = defaultdict(list)
    for issue in records.issues.values():
        by_meeting[issue.of].append(issue)
    meetings = in_order(records.meetings.values())
    return invitation.feed([(each, next_version(each, by_meeting[each.id], records)) for each in meetings], records)


def _holds(desk: Desk, data: bytes) -> bool:
    try:
        return files.read(desk.root, places.FEED) == data
    except (FileNotFoundError, files.UnreadableError):
        return False
