"""icalendar, an independent reader in Python."""

import pytest


@pytest.fixture(scope="module")
def icalendar(missing):
    try:
        import icalendar
    except ImportError:
        missing("there is no icalendar (pip install icalendar)")
    return icalendar


def test_every_file_is_read_as_it_was_meant(files, differences, icalendar):
    assert differences(files, [reading(icalendar.Calendar.from_ical(file.data)) for file in files]) == {}


def reading(calendar):
    assert calendar.errors == []
    return {"method": str(calendar["METHOD"]), "events": [seen(event) for event in calendar.walk("VEVENT")]}


def seen(event):
    assert event.errors == []
    attendees = event.get("ATTENDEE", [])
    return {
        "uid": str(event["UID"]),
        "start": event["DTSTART"].to_ical().decode(),
        "end": event["DTEND"].to_ical().decode(),
        "status": str(event["STATUS"]) if "STATUS" in event else None,
        "sequence": event["SEQUENCE"],
        "summary": str(event["SUMMARY"]),
        "location": str(event["LOCATION"]),
        "description": str(event["DESCRIPTION"]) if "DESCRIPTION" in event else None,
        "organiser": person(event["ORGANIZER"]),
        "attendees": [person(each) for each in (attendees if isinstance(attendees, list) else [attendees])],
    }


def person(address):
    found = {"address": str(address), "name": str(address.params["CN"])}
    if "ROLE" in address.params:
        found |= {
            "role": str(address.params["ROLE"]),
            "partstat": str(address.params["PARTSTAT"]),
            "rsvp": address.params["RSVP"] == "TRUE",
        }
    return found
