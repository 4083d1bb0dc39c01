"""Reads an .ics with libical and prints what it sees as JSON; run by the system's Python, which has gi."""

import json
import sys

import gi

gi.require_version("ICalGLib", "3.0")
from gi.repository import ICalGLib  # noqa: E402

# A file's text, or nothing at all: then only tell that libical is here.
text = sys.stdin.buffer.read().decode()
if text:
    calendar = ICalGLib.Component.new_from_string(text)
    event = calendar.get_first_component(ICalGLib.ComponentKind.VEVENT_COMPONENT)
    seen = {
        "method": ICalGLib.Property.method_to_string(calendar.get_method()),
        "uid": event.get_uid(),
        "start": event.get_dtstart().as_ical_string(),
        "end": event.get_dtend().as_ical_string(),
        "summary": event.get_summary(),
        "organiser": event.get_first_property(ICalGLib.PropertyKind.ORGANIZER_PROPERTY).get_organizer(),
        "attendees": event.count_properties(ICalGLib.PropertyKind.ATTENDEE_PROPERTY),
    }
    unread = calendar.count_errors()
    # The tables of RFC 5546: what this method must have and must not have.
    allowed = ICalGLib.restriction_check(calendar)
    print(json.dumps({"seen": seen, "unread": unread, "allowed": bool(allowed)}))  # noqa: T201
