"""What a calendar is told about a meeting: published to anyone, asked of one person, called off, or in the feed."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from slavefree_cli.calendar.text import description
from slavefree_cli.calendar.writer import Attendee, Event, Status, written
from slavefree_cli.documents.text import rendered
from slavefree_cli.editions.outward import Outward
from slavefree_cli.errors import InvalidError
from slavefree_cli.model.invitees import Invitee
from slavefree_cli.model.issue import Issue
from slavefree_cli.model.kinds import Records
from slavefree_cli.model.left_out import without_addresses
from slavefree_cli.model.meeting import Meeting
from slavefree_cli.model.told import ToldItem
from slavefree_cli.model.updates import Update

NEEDS_ADDRESS = (
    "An invitation needs the coordinator's address, and partnership.toml has none. "
    "Set it with: slavefree partnership edit --email ADDRESS"
)


class Version(NamedTuple):
    """Which version of a meeting goes out (RFC 5546 section 2.1.4)."""

    sequence: int
    stamp: datetime
    """An instant: DTSTAMP."""


def published(meeting: Meeting, records: Records, version: Issue | Version, changes: Sequence[Update] = ()) -> bytes:
    """Return what anyone may open: a PUBLISH without attendees, or once it is cancelled a CANCEL of that.

    Without attendees since RFC 5546 section 3.2.1 forbids them, and each would see the others' addresses.

    Args:
        meeting: The meeting.
        records: The open records.
        version: Which version it is.
        changes: What is otherwise than in what was published before; when and where of it is told.

    Raises:
        InvalidError: There is no address to organise from, or the clocks skip a time of the meeting.
    """
    off = meeting.status == "cancelled"
    event = _event(meeting, records, version, Outward(records, meeting), described=not off, changes=changes)
    return written([event], "CANCEL" if off else "PUBLISH")


def requested(
    meeting: Meeting, records: Records, version: Issue | Version, invitee: Invitee, changes: Sequence[Update] = ()
) -> bytes:
    """Return the invitation of one person, who is its only attendee (RFC 5546 section 3.2.2).

    The link for joining stands in it, and the running order as it was told with that version.

    Args:
        meeting: The meeting.
        records: The open records.
        version: Which version it is.
        invitee: The person.
        changes: What is otherwise than in what they had before.

    Raises:
        InvalidError: As ``published``, or the person has no address.
    """
    event = _event(meeting, records, version, Outward(records, meeting, invited=True), invitee, changes=changes)
    return written([event], "REQUEST")


def called_off(meeting: Meeting, records: Records, version: Issue | Version, invitee: Invitee) -> bytes:
    """Return the cancellation for one person (RFC 5546 section 3.2.5).

    A meeting that is not cancelled has no STATUS in it: only this person is taken off the list.

    Raises:
        InvalidError: As ``requested``.
    """
    event = _event(meeting, records, version, Outward(records, meeting, invited=True), invitee, described=False)
    if meeting.status != "cancelled":
        event = event._replace(status=None)
    return written([event], "CANCEL")


def feed(versions: Iterable[tuple[Meeting, Issue | Version]], records: Records) -> bytes:
    """Return one calendar of all these meetings, to be subscribed to (RFC 7986); cancelled ones are marked.

    A program that subscribes reads the whole of it each time, so that what left it would only linger elsewhere.

    Raises:
        InvalidError: As ``published``.
    """
    outward = Outward(records)
    events = [_event(meeting, records, version, outward) for meeting, version in versions]
    return written(events, "PUBLISH", outward.text(records.partnership.name))


def content_digest(
    meeting: Meeting, records: Records, *, private: bool, items: Mapping[str, ToldItem] | None = None
) -> str:
    """Return the SHA-256 of what an invitation says besides SEQUENCE, DTSTAMP, when, where and status.

    Where only this differs from what was issued last, a newer DTSTAMP is enough (RFC 5546 section 2.1.4).

    Args:
        meeting: The meeting.
        records: The open records.
        private: Whether what goes to each person is meant, and not what is published.
        items: The agenda as it was told before, where that is meant.
    """
    outward = Outward(records, meeting, invited=private)
    said = description(meeting, records, private=private, place=False, items=items)
    text = "" if meeting.status == "cancelled" else outward.text(rendered(said))
    parts = (
        meeting.uid,
        outward.text(_summary(meeting, records)),
        organizer_name(records),
        records.partnership.coordinator.email or "",
        text,
    )
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def _event(
    meeting: Meeting,
    records: Records,
    version: Issue | Version,
    outward: Outward,
    invitee: Invitee | None = None,
    *,
    described: bool = True,
    changes: Sequence[Update] = (),
) -> Event:
    partnership, private = records.partnership, invitee is not None
    if partnership.coordinator.email is None:
        raise InvalidError(NEEDS_ADDRESS)
    try:
        interval = meeting.interval(partnership.timezone)
    except ValueError as error:
        raise InvalidError(
            f"{meeting.id}/meeting.toml has a time that does not exist ({error}): "
            f"type slavefree meeting edit {meeting.id} --start TIME --end TIME."
        ) from None
    # Only since it is kept what was told: what somebody has is written again as they have it.
    items = version.items if private and isinstance(version, Issue) and version.organizer is not None else None
    said_now = description(meeting, records, private=private, items=items, changes=changes)
    status: Status = "TENTATIVE" if meeting.start is None else "CONFIRMED"
    event = Event(
        uid=meeting.uid,
        sequence=version.sequence,
        stamp=version.stamp,
        summary=_summary(meeting, records),
        status="CANCELLED" if meeting.status == "cancelled" else status,
        day=meeting.date,
        interval=interval,
        organizer_name=organizer_name(records),
        organizer_email=partnership.coordinator.email,
        location=meeting.venue or None,
        description=rendered(said_now) if described else None,
    )
    # The one address besides the coordinator's that stands in it is its reader's own.
    return outward.every(event)._replace(attendee=_attendee(invitee) if invitee is not None else None)


def _attendee(invitee: Invitee) -> Attendee:
    if invitee.email is None:
        raise InvalidError(
            f"{invitee.name} has no address. Set it with: slavefree person edit {invitee.id} --email ADDRESS"
        )
    return Attendee(without_addresses(invitee.name), invitee.email, invitee.optional)


def _summary(meeting: Meeting, records: Records) -> str:
    return f"{records.partnership.name}: {meeting.title}"


def organizer_name(records: Records) -> str:
    """Return by which name the organiser of invitations is called, without any address but the coordinator's."""
    coordinator = records.partnership.coordinator
    return without_addresses(coordinator.name or records.partnership.name, coordinator.email)
