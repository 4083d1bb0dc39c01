"""The invitation to a meeting as a file that anyone may download and add to a calendar."""

import hashlib
from datetime import datetime

from slavefree_cli.calendar.writer import Event, Status, written
from slavefree_cli.errors import InvalidError
from slavefree_cli.model.agenda import Numbered, running_order
from slavefree_cli.model.dates import clock
from slavefree_cli.model.meeting import Meeting
from slavefree_cli.model.record import changed
from slavefree_cli.model.records import Records
from slavefree_cli.model.text import without_addresses


def published(meeting: Meeting, records: Records, *, sequence: int, stamp: datetime) -> bytes:
    """Return a meeting's invitation for everybody: a PUBLISH without attendees (RFC 5546 section 3.2.1).

    Args:
        meeting: The meeting; a cancelled one is published as ``STATUS:CANCELLED``.
        records: The open records.
        sequence: The SEQUENCE it goes out under.
        stamp: The instant it is written at: DTSTAMP.

    Raises:
        InvalidError: There is no address to organise from, or the clocks skip a time of the meeting.
    """
    partnership = records.partnership
    if partnership.coordinator.email is None:
        raise InvalidError(
            "An invitation needs the coordinator's address, and partnership.toml has none: "
            "type slavefree partnership edit --email ADDRESS."
        )
    try:
        interval = meeting.interval(partnership.timezone)
    except ValueError as error:
        raise InvalidError(
            f"{meeting.id}/meeting.toml has a time that does not exist ({error}): "
            f"type slavefree meeting edit {meeting.id} --start TIME --end TIME."
        ) from None
    event = Event(
        uid=meeting.uid,
        sequence=sequence,
        stamp=stamp,
        summary=_summary(meeting, records),
        status=_status(meeting),
        day=meeting.date,
        interval=interval,
        organizer_name=_organizer_name(records),
        organizer_email=partnership.coordinator.email,
        location=_public(meeting.venue, meeting) if meeting.venue else None,
        description=description(meeting, records),
    )
    return written(event, "PUBLISH")


def description(meeting: Meeting, records: Records) -> str:
    """Return what an invitation says in plain text: venue, chair, running order and where to turn for help.

    The link for joining and addresses of people are left out wherever they were typed.
    """
    blocks: list[list[str]] = [[]]
    if meeting.venue:
        blocks[0].append(f"Venue: {_public(meeting.venue, meeting)}")
    if meeting.chair:
        blocks[0].append(f"Chair: {_public(records.name(meeting.chair), meeting)}")
    agenda = records.agendas.get(meeting.id)
    if agenda and agenda.items:
        order = running_order(agenda.items, meeting.start)
        blocks.append(["Agenda", *(_public(_line(entry, records), meeting) for entry in order)])
    signposting = records.partnership.signposting
    foot = [_public(signposting.text.strip(), meeting)] if signposting.text else []
    if signposting.url:
        foot.append(_without_link(signposting.url, meeting))
    blocks.append(foot)
    return "\n\n".join("\n".join(lines) for lines in blocks if lines)


def content_digest(meeting: Meeting, records: Records) -> str:
    """Return the SHA-256 of what the file holds besides SEQUENCE, DTSTAMP, day, times, venue and status.

    Where only this differs from what was issued last, a newer DTSTAMP is enough (RFC 5546 section 2.1.4).
    """
    parts = (
        meeting.uid,
        _summary(meeting, records),
        _organizer_name(records),
        records.partnership.coordinator.email or "",
        records.partnership.timezone,
        description(changed(meeting, start=None, end=None, venue=None), records),
    )
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def _line(entry: Numbered, records: Records) -> str:
    """Return an item as a line; of a restricted one its place, time and length alone."""
    item = entry.item
    words = [f"{entry.number}."]
    if entry.starts is not None:
        words.append(clock(entry.starts))
    words.append(item.public_title)
    details = []
    if item.lead and not item.restricted:
        details.append(records.name(item.lead))
    if item.minutes:
        details.append("1 minute" if item.minutes == 1 else f"{item.minutes} minutes")
    if details:
        words.append(f"({', '.join(details)})")
    return " ".join(words)


def _public(text: str, meeting: Meeting) -> str:
    """Return text without the private link for joining and without addresses."""
    return without_addresses(_without_link(text, meeting))


def _without_link(text: str, meeting: Meeting) -> str:
    return text.replace(meeting.link, "(joining link sent separately)") if meeting.link else text


def _summary(meeting: Meeting, records: Records) -> str:
    return _public(f"{records.partnership.name}: {meeting.title}", meeting)


def _organizer_name(records: Records) -> str:
    return records.partnership.coordinator.name or records.partnership.name


def _status(meeting: Meeting) -> Status:
    if meeting.status == "cancelled":
        return "CANCELLED"
    return "TENTATIVE" if meeting.start is None else "CONFIRMED"
