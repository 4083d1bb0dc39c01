"""What stands between the records and the ``ics`` package, which leaves much of RFC 5545 undone.

``ics`` takes 85 ms to import, so its classes are made where they are first needed.
"""

import re
import warnings
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Any, Final, Literal, NamedTuple

from slavefree_cli.errors import InvalidError

PRODID: Final = "-//slavefree//slavefree-cli//EN"
"""No version in it, so that a new release writes the same bytes."""

LINE_OCTETS: Final = 75

Method = Literal["PUBLISH", "REQUEST", "CANCEL"]
Status = Literal["TENTATIVE", "CONFIRMED", "CANCELLED"]

_LINE_BREAK = re.compile(r"\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_NOT_IN_A_UID = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_PLAIN = re.compile(r"[^;:,\x80-\U0010ffff]*")


class Attendee(NamedTuple):
    """The one person to whom a file goes."""

    name: str
    email: str
    optional: bool = False


class Event(NamedTuple):
    """A meeting as a calendar has it."""

    uid: str
    sequence: int
    stamp: datetime
    summary: str
    status: Status | None
    day: date
    interval: tuple[datetime, datetime] | None
    """Instants; None for the whole of the day."""
    organizer_name: str
    organizer_email: str
    location: str | None = None
    description: str | None = None
    attendee: Attendee | None = None


class Feed(NamedTuple):
    """What a calendar that is subscribed to says of itself (RFC 7986)."""

    name: str
    refresh: str = "PT12H"
    """How often it is worth looking at, as a DURATION."""


def written(events: Sequence[Event], method: Method, feed: Feed | None = None) -> bytes:
    """Return an iCalendar file with these events in this order: the same bytes for the same events.

    Raises:
        InvalidError: A UID would break the line it stands on.
        ValueError: A stamp or an interval is not of instants.
    """
    for event in events:
        if not event.uid.strip() or _NOT_IN_A_UID.search(event.uid):
            raise InvalidError(
                f"The uid {event.uid!r} must be one line without control characters: correct it in meeting.toml."
            )
        for at in (event.stamp, *(event.interval or ())):
            if at.tzinfo is None:
                raise ValueError(f"{at} has no time zone")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        text = _serialized(events, method, feed)
    return b"".join(folded(line) for line in text.split("\r\n"))


def is_ours(content: bytes) -> bool:
    """Tell whether a file was written by this program, so that another may take its place."""
    return content.startswith(b"BEGIN:VCALENDAR\r\n") and f"\r\nPRODID:{PRODID}\r\n".encode() in content


def folded(line: str) -> bytes:
    """Return a content line with its line break, in pieces of at most 75 octets (RFC 5545 section 3.1).

    No UTF-8 character is cut in two.
    """
    octets = line.encode()
    pieces: list[bytes] = []
    begin, room = 0, LINE_OCTETS
    while len(octets) - begin > room:
        end = begin + room
        while octets[end] & 0xC0 == 0x80:
            end -= 1
        pieces.append(octets[begin:end])
        begin, room = end, LINE_OCTETS - 1
    pieces.append(octets[begin:])
    return b"\r\n ".join(pieces) + b"\r\n"


def common_name(name: str) -> str:
    """Return the value of a CN parameter, quoted where it must be (RFC 5545 section 3.2).

    A double quote cannot stand in one at all, and some readers end even a quoted name at its semicolon.
    """
    value = re.sub(r"\s+", " ", _CONTROL.sub("", _text(name))).strip().replace('"', "'").replace(";", ",")
    return value if _PLAIN.fullmatch(value) else f'"{value}"'


def _text(value: str) -> str:
    """Return text without what TEXT may not hold (RFC 5545 section 3.3.11), with plain line breaks."""
    return _CONTROL.sub("", _LINE_BREAK.sub("\n", value))


def _serialized(events: Sequence[Event], method: Method, feed: Feed | None) -> str:
    classes = _classes()
    calendar = classes.calendar(creator=PRODID)
    calendar.ordered = [_made(event, method, classes) for event in events]
    calendar.feed = feed
    calendar.scale = "GREGORIAN"
    calendar.method = method
    text: str = calendar.serialize()
    return text


def _made(event: Event, method: Method, classes: "_Classes") -> Any:
    """Return an event as ``ics`` has it."""
    made = classes.event(
        name=_text(event.summary),
        uid=event.uid,
        created=event.stamp.astimezone(UTC),
        description=_text(event.description or "") or None,
        location=_text(event.location or "") or None,
        status=event.status,
        organizer=classes.organizer(event.organizer_email, common_name=event.organizer_name),
    )
    made.sequence = event.sequence
    made.busy = None
    if event.attendee is not None:
        person = classes.attendee(event.attendee.email, common_name=event.attendee.name)
        person.cutype = "INDIVIDUAL"
        if method == "REQUEST":
            person.role = "OPT-PARTICIPANT" if event.attendee.optional else "REQ-PARTICIPANT"
            person.partstat = "NEEDS-ACTION"
            person.rsvp = "TRUE"
        made.add_attendee(person)
    if event.interval is None:
        # Midnight in UTC, and all-day before it has an end: else ics moves the day or adds another.
        midnight = datetime.combine(event.day, time(), UTC)
        made.begin = midnight
        made.make_all_day()
        made.end = midnight + timedelta(days=1)
        made.transparent = True
        made.busy = "TENTATIVE"
    else:
        begins, ends = event.interval
        made.begin = begins.astimezone(UTC)
        made.end = ends.astimezone(UTC)
    if event.status == "CANCELLED" or method == "CANCEL":
        made.transparent = True
        made.busy = "FREE"
    return made


class _Classes(NamedTuple):
    calendar: Any
    event: Any
    organizer: Any
    attendee: Any


@cache
def _classes() -> _Classes:
    """Return the classes of ``ics`` with serializers of their own.

    A serializer's methods run in the order of their names; one set to None is left out.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import ics
        from ics.attendee import Attendee, Organizer
        from ics.grammar.parse import Container, ContentLine
        from ics.serializers.attendee_serializer import AttendeeSerializer, PersonSerializer
        from ics.serializers.event_serializer import EventSerializer
        from ics.serializers.icalendar_serializer import CalendarSerializer
        from ics.utils import escape_string

    def cn(person: Any, line: ContentLine) -> None:
        if name := common_name(person.common_name):
            line.params["CN"] = [name]

    class OrganizerLine(PersonSerializer):  # type: ignore[misc]
        serialize_cn = staticmethod(cn)

    class AttendeeLine(AttendeeSerializer):  # type: ignore[misc]
        serialize_cn = staticmethod(cn)

    class EventLines(EventSerializer):  # type: ignore[misc]
        @staticmethod
        def serialize_uid(event: ics.Event, container: Container) -> None:
            container.append(ContentLine("UID", value=escape_string(event.uid)))

        @staticmethod
        def serialize_sequence(event: ics.Event, container: Container) -> None:
            container.append(ContentLine("SEQUENCE", value=str(event.sequence)))

        @staticmethod
        def serialize_x_busy(event: ics.Event, container: Container) -> None:
            if event.busy:
                container.append(ContentLine("X-MICROSOFT-CDO-BUSYSTATUS", value=event.busy))

    class CalendarLines(CalendarSerializer):  # type: ignore[misc]
        serialize_event = None

        @staticmethod
        def serialize_name(calendar: ics.Calendar, container: Container) -> None:
            if calendar.feed is None:
                return
            name = escape_string(_text(calendar.feed.name))
            container.append(ContentLine("NAME", value=name))
            container.append(ContentLine("REFRESH-INTERVAL", {"VALUE": ["DURATION"]}, calendar.feed.refresh))
            container.append(ContentLine("X-PUBLISHED-TTL", value=calendar.feed.refresh))
            container.append(ContentLine("X-WR-CALNAME", value=name))

        @staticmethod
        def serialize_ordered(calendar: ics.Calendar, container: Container) -> None:
            for event in calendar.ordered:
                container.append(event.serialize())

    class OwnOrganizer(Organizer):  # type: ignore[misc]
        class Meta(Organizer.Meta):  # type: ignore[misc]
            serializer = OrganizerLine

    class OwnAttendee(Attendee):  # type: ignore[misc]
        class Meta(Attendee.Meta):  # type: ignore[misc]
            serializer = AttendeeLine

    class OwnEvent(ics.Event):  # type: ignore[misc]
        class Meta(ics.Event.Meta):  # type: ignore[misc]
            serializer = EventLines

    class OwnCalendar(ics.Calendar):  # type: ignore[misc]
        class Meta(ics.Calendar.Meta):  # type: ignore[misc]
            serializer = CalendarLines

    return _Classes(OwnCalendar, OwnEvent, OwnOrganizer, OwnAttendee)
