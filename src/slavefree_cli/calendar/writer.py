"""Meetings as the lines of an iCalendar file (RFC 5545), which the ``ics`` package puts together.

Its own events leave much of RFC 5545 undone, so that each line is said here.
"""

import re
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final, Literal, NamedTuple

from slavefree_cli.errors import InvalidError
from slavefree_cli.model.issue import Method

PRODID: Final = "-//slavefree//slavefree-cli//EN"
"""No version in it, so that a new release writes the same bytes."""

LINE_OCTETS: Final = 75

REFRESH: Final = "PT12H"
"""How often it is worth looking at a calendar that is subscribed to, as a DURATION."""

Status = Literal["TENTATIVE", "CONFIRMED", "CANCELLED"]

_ROLES: Final = {False: "REQ-PARTICIPANT", True: "OPT-PARTICIPANT"}
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


class _Line(NamedTuple):
    name: str
    value: str
    """As text; a line without any is left out."""
    parameters: Mapping[str, str] = {}


def written(events: Sequence[Event], method: Method, feed: str | None = None) -> bytes:
    """Return an iCalendar file with these events in this order: the same bytes for the same events.

    Args:
        events: The events.
        method: What whoever reads it is to do.
        feed: The name of a calendar that is subscribed to (RFC 7986); None of one that is opened once.

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
        # It takes 85 ms to import.
        from ics.grammar.parse import Container, ContentLine
        from ics.utils import escape_string

    def made(name: str, lines: Iterable[_Line]) -> Any:
        container = Container(name)
        for line in lines:
            if value := escape_string(_text(line.value)):
                parameters = {key: [each] for key, each in line.parameters.items()}
                container.append(ContentLine(line.name, parameters, value))
        return container

    calendar = made("VCALENDAR", _of_calendar(method, feed))
    calendar += [made("VEVENT", _of_event(event, method)) for event in events]
    return b"".join(map(folded, str(calendar).split("\r\n")))


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


def _of_calendar(method: Method, feed: str | None) -> Iterator[_Line]:
    yield _Line("VERSION", "2.0")
    yield _Line("PRODID", PRODID)
    yield _Line("CALSCALE", "GREGORIAN")
    yield _Line("METHOD", method)
    if feed is not None:
        yield _Line("NAME", feed)
        yield _Line("REFRESH-INTERVAL", REFRESH, {"VALUE": "DURATION"})
        yield _Line("X-PUBLISHED-TTL", REFRESH)
        yield _Line("X-WR-CALNAME", feed)


def _of_event(event: Event, method: Method) -> Iterator[_Line]:
    """Yield the lines of an event; in an order that stays, so that a new release writes the same bytes."""
    all_day, off = event.interval is None, event.status == "CANCELLED" or method == "CANCEL"
    begins, ends = event.interval or (event.day, event.day + timedelta(days=1))
    if all_day:
        yield _time("DTSTART", begins)
        yield _time("DTEND", ends)
    if event.attendee is not None:
        asked = {"PARTSTAT": "NEEDS-ACTION", "ROLE": _ROLES[event.attendee.optional], "RSVP": "TRUE"}
        besides = {"CUTYPE": "INDIVIDUAL", **(asked if method == "REQUEST" else {})}
        yield _person("ATTENDEE", event.attendee.name, event.attendee.email, besides)
    yield _time("DTSTAMP", event.stamp)
    yield _Line("DESCRIPTION", event.description or "")
    if not all_day:
        yield _time("DTEND", ends)
    yield _Line("LOCATION", event.location or "")
    yield _person("ORGANIZER", event.organizer_name, event.organizer_email, {})
    yield _Line("SEQUENCE", str(event.sequence))
    if not all_day:
        yield _time("DTSTART", begins)
    yield _Line("STATUS", event.status or "")
    yield _Line("SUMMARY", event.summary)
    yield _Line("TRANSP", "TRANSPARENT" if all_day or off else "")
    yield _Line("UID", event.uid)
    yield _Line("X-MICROSOFT-CDO-BUSYSTATUS", "FREE" if off else "TENTATIVE" if all_day else "")


def _time(name: str, at: date) -> _Line:
    if isinstance(at, datetime):
        return _Line(name, f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}")
    return _Line(name, f"{at:%Y%m%d}", {"VALUE": "DATE"})


def _person(name: str, called: str, email: str, besides: Mapping[str, str]) -> _Line:
    cn = common_name(called or email)
    return _Line(name, f"mailto:{email}", {"CN": cn, **besides} if cn else besides)
