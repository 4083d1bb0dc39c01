"""icalendar, an independent reader in Python."""

import pytest


@pytest.fixture(scope="module")
def icalendar(missing):
    try:
        import icalendar
    except ImportError:
        missing("there is no icalendar (pip install icalendar)")
    return icalendar


def test_an_invitation_is_read(invitation, icalendar):
    calendar = icalendar.Calendar.from_ical(invitation.path.read_bytes())
    (event,) = calendar.walk("VEVENT")
    attendees = event.get("ATTENDEE", [])
    seen = {
        "method": str(calendar["METHOD"]),
        "uid": str(event["UID"]),
        "start": event["DTSTART"].to_ical().decode(),
        "end": event["DTEND"].to_ical().decode(),
        "summary": str(event["SUMMARY"]),
        "organiser": str(event["ORGANIZER"]),
        "attendees": len(attendees if isinstance(attendees, list) else [attendees]),
    }
    assert seen == invitation.expected
    assert calendar.errors == []
    assert event.errors == []
