"""The strict checker itself: it passes what the program writes, and each fault planted in that is found."""

from datetime import UTC, date, datetime

import pytest

from slavefree_cli.calendar.writer import Attendee, Event, written
from strict_ics import faults

AT = datetime(2023, 6, 7, 13, tzinfo=UTC)
EVENT = Event(
    uid="3b1f@slavefree",
    sequence=1,
    stamp=datetime(2023, 5, 20, 9, tzinfo=UTC),
    summary="Sumer, yr Haf \N{SUN BEHIND CLOUD}; and a title that is long enough to be folded over two lines",
    status="CONFIRMED",
    day=date(2023, 6, 7),
    interval=(AT, AT.replace(hour=15)),
    organizer_name="Lee, Ann",
    organizer_email="ann@example.org",
    location="County Hall, Room 2",
    description="One\nTwo; three\\four",
)
SAM = Attendee("Sam Reed", "sam@example.org")
DAY = EVENT._replace(interval=None, status="TENTATIVE")

PUBLISH = written([EVENT], "PUBLISH")
REQUEST = written([EVENT._replace(attendee=SAM)], "REQUEST")
CANCEL = written([EVENT._replace(status="CANCELLED")], "CANCEL")
FEED = written([EVENT, DAY._replace(uid="other")], "PUBLISH", "Meetings, all")

METHOD = b"METHOD:PUBLISH\r\n"
ALARM = b"BEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:-PT15M\r\nDESCRIPTION:x\r\nEND:VALARM\r\n"


@pytest.mark.parametrize(
    "data",
    [
        PUBLISH,
        REQUEST,
        CANCEL,
        FEED,
        written([DAY], "PUBLISH"),
        written([DAY._replace(attendee=SAM._replace(optional=True))], "REQUEST"),
        written([DAY._replace(attendee=SAM, status=None)], "CANCEL"),
        written([EVENT._replace(attendee=SAM, status="CANCELLED")], "CANCEL"),
        written([EVENT._replace(status="CANCELLED")], "PUBLISH"),
        written([], "PUBLISH", "No meetings"),
    ],
)
def test_what_is_written_has_no_fault(data):
    assert faults(data) == []


def replaced(data, old, new, count=1):
    assert old in data
    return data.replace(old, new, count)


def moved_last(data, line):
    return replaced(data, line, b"").replace(b"END:VCALENDAR", line + b"END:VCALENDAR")


PLANTED = {
    "LF only": PUBLISH.replace(b"\r\n", b"\n"),
    "one bare LF": replaced(PUBLISH, b"Z\r\n", b"Z\n"),
    "no final CRLF": PUBLISH[:-2],
    "unfolded": PUBLISH.replace(b"\r\n ", b""),
    "folded with a tab": replaced(PUBLISH, b"\r\n ", b"\r\n\t"),
    "folded inside a character": replaced(PUBLISH, "\N{SUN BEHIND CLOUD}".encode(), b"\xe2\r\n \x9b\x85"),
    "an empty line": replaced(PUBLISH, METHOD, METHOD + b"\r\n"),
    "not UTF-8": replaced(PUBLISH, b"Sumer", b"Sum\xe9r"),
    "a byte-order mark": b"\xef\xbb\xbf" + PUBLISH,
    "a control character": replaced(PUBLISH, b"Sumer", b"Sum\x07er"),
    "METHOD last": moved_last(PUBLISH, METHOD),
    "METHOD twice": replaced(PUBLISH, METHOD, METHOD * 2),
    "no METHOD": replaced(PUBLISH, METHOD, b""),
    "another METHOD": replaced(PUBLISH, METHOD, b"METHOD:INVITE\r\n"),
    "METHOD in lower case": replaced(PUBLISH, METHOD, b"METHOD:publish\r\n"),
    "PRODID before VERSION": replaced(moved_last(PUBLISH, b"VERSION:2.0\r\n"), METHOD, METHOD + b"VERSION:2.0\r\n"),
    "no DTSTAMP": replaced(PUBLISH, b"DTSTAMP:20230520T090000Z\r\n", b""),
    "no SEQUENCE": replaced(PUBLISH, b"SEQUENCE:1\r\n", b""),
    "SEQUENCE of words": replaced(PUBLISH, b"SEQUENCE:1", b"SEQUENCE:one"),
    "UID twice": replaced(PUBLISH, b"UID:3b1f@slavefree\r\n", b"UID:3b1f@slavefree\r\n" * 2),
    "ORGANIZER twice": replaced(
        PUBLISH, b"SEQUENCE:1\r\n", b"ORGANIZER:mailto:a@example.org\r\nSEQUENCE:1\r\n"
    ),
    "a floating time": replaced(PUBLISH, b"DTSTART:20230607T130000Z", b"DTSTART:20230607T130000"),
    "a zone": replaced(PUBLISH, b"DTSTART:20230607T130000Z", b"DTSTART;TZID=Europe/London:20230607T140000"),
    "an end before the start": replaced(PUBLISH, b"DTEND:20230607", b"DTEND:20230606"),
    "an end on the first day": replaced(
        written([DAY], "PUBLISH"), b"DTEND;VALUE=DATE:20230608", b"DTEND;VALUE=DATE:20230607"
    ),
    "an impossible day": replaced(PUBLISH, b"DTSTART:20230607", b"DTSTART:20230631"),
    "DURATION": replaced(PUBLISH, b"DTEND:20230607T150000Z", b"DURATION:P1W1D"),
    "an all-day meeting that blocks the day": replaced(written([DAY], "PUBLISH"), b"TRANSP:TRANSPARENT\r\n", b""),
    "an all-day meeting that is certain": replaced(written([DAY], "PUBLISH"), b"STATUS:TENTATIVE", b"STATUS:CONFIRMED"),
    "VALARM first in the event": replaced(PUBLISH, b"BEGIN:VEVENT\r\n", b"BEGIN:VEVENT\r\n" + ALARM),
    "VALARM in a CANCEL": replaced(CANCEL, b"END:VEVENT", ALARM + b"END:VEVENT"),
    "VTIMEZONE": replaced(
        PUBLISH, b"BEGIN:VEVENT", b"BEGIN:VTIMEZONE\r\nTZID:X\r\nEND:VTIMEZONE\r\nBEGIN:VEVENT"
    ),
    "CANCEL with STATUS:CONFIRMED": replaced(CANCEL, b"STATUS:CANCELLED", b"STATUS:CONFIRMED"),
    "CANCEL to all without STATUS": replaced(CANCEL, b"STATUS:CANCELLED\r\n", b""),
    "CANCEL that asks": replaced(REQUEST, b"METHOD:REQUEST", b"METHOD:CANCEL"),
    "REQUEST of what is cancelled": replaced(REQUEST, b"STATUS:CONFIRMED", b"STATUS:CANCELLED"),
    "REQUEST to nobody": replaced(PUBLISH, METHOD, b"METHOD:REQUEST\r\n"),
    "REQUEST to two": replaced(REQUEST, b"SEQUENCE", b"ATTENDEE:mailto:b@example.org\r\nSEQUENCE"),
    "PUBLISH with an ATTENDEE": replaced(REQUEST, b"METHOD:REQUEST", METHOD[:-2]),
    "RSVP=True": replaced(REQUEST.replace(b"\r\n ", b""), b"RSVP=TRUE", b"RSVP=True").replace(b";ROLE", b"\r\n ;ROLE"),
    "PARTSTAT=ACCEPTED": replaced(REQUEST, b"PARTSTAT=NEEDS-ACTION", b"PARTSTAT=ACCEPTED"),
    "no CUTYPE": replaced(REQUEST, b"CUTYPE=INDIVIDUAL;", b""),
    "an address without mailto": replaced(PUBLISH, b"mailto:ann", b"ann"),
    "CN not quoted": replaced(PUBLISH, b'"Lee, Ann"', b"Lee, Ann"),
    "a comma not escaped": replaced(PUBLISH, b"Hall\\,", b"Hall,"),
    "a backslash not escaped": replaced(PUBLISH, b"three\\\\four", b"three\\four"),
    "a line break not escaped": replaced(PUBLISH, b"DESCRIPTION:One\\n", b"DESCRIPTION:One\r\n"),
    "HTML": replaced(PUBLISH, b"DTSTAMP", b"X-ALT-DESC;FMTTYPE=text/html:<b>x</b>\r\nDTSTAMP"),
    "two events": replaced(PUBLISH, b"END:VCALENDAR", PUBLISH[PUBLISH.index(b"BEGIN:VEVENT") :]),
    "a feed with one UID twice": replaced(FEED, b"UID:other", b"UID:3b1f@slavefree"),
    "a feed that asks": replaced(FEED, METHOD, b"METHOD:REQUEST\r\n"),
    "a feed with two names": replaced(FEED, b"X-WR-CALNAME:Meetings", b"X-WR-CALNAME:Other"),
    "an interval that is no DURATION": replaced(FEED, b"DURATION:PT12H", b"DURATION:P1W1D"),
    "something after it": PUBLISH + b"X:1\r\n",
}  # fmt: skip


@pytest.mark.parametrize("fault", PLANTED)
def test_a_planted_fault_is_found(fault):
    assert faults(PLANTED[fault]) != []
