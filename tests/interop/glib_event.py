"""What libical sees in an event, for the scripts that the system's Python runs."""

import gi

gi.require_version("ICalGLib", "3.0")
from gi.repository import ICalGLib  # noqa: E402

CN = ICalGLib.ParameterKind.CN_PARAMETER
ROLES = {"CHAIR": "CHAIR", "REQPARTICIPANT": "REQ-PARTICIPANT", "OPTPARTICIPANT": "OPT-PARTICIPANT"}


def reading(calendar):
    """Return the method of a calendar and what its events say."""
    events = []
    event = calendar.get_first_component(ICalGLib.ComponentKind.VEVENT_COMPONENT)
    while event is not None:
        events.append(seen(event))
        event = calendar.get_next_component(ICalGLib.ComponentKind.VEVENT_COMPONENT)
    return {"method": ICalGLib.Property.method_to_string(calendar.get_method()), "events": events}


def seen(event):
    """Return what an event says."""
    status = event.get_first_property(ICalGLib.PropertyKind.STATUS_PROPERTY)
    organiser = event.get_first_property(ICalGLib.PropertyKind.ORGANIZER_PROPERTY)
    attendees = []
    attendee = event.get_first_property(ICalGLib.PropertyKind.ATTENDEE_PROPERTY)
    while attendee is not None:
        attendees.append(person(attendee, attendee.get_attendee()))
        attendee = event.get_next_property(ICalGLib.PropertyKind.ATTENDEE_PROPERTY)
    return {
        "uid": event.get_uid(),
        "start": event.get_dtstart().as_ical_string(),
        "end": event.get_dtend().as_ical_string(),
        "status": ICalGLib.Property.status_to_string(status.get_status()) if status else None,
        "sequence": event.get_sequence(),
        "summary": event.get_summary(),
        "location": event.get_location(),
        "description": event.get_description(),
        "organiser": person(organiser, organiser.get_organizer()),
        "attendees": attendees,
    }


def person(prop, address):
    """Return who stands in an ORGANIZER or ATTENDEE."""
    found = {"address": address, "name": prop.get_first_parameter(CN).get_cn()}
    role = prop.get_first_parameter(ICalGLib.ParameterKind.ROLE_PARAMETER)
    if role is not None:
        partstat = prop.get_first_parameter(ICalGLib.ParameterKind.PARTSTAT_PARAMETER).get_partstat()
        rsvp = prop.get_first_parameter(ICalGLib.ParameterKind.RSVP_PARAMETER).get_rsvp()
        found["role"] = ROLES[role.get_role().value_nick.upper()]
        found["partstat"] = {"NEEDSACTION": "NEEDS-ACTION"}.get(
            partstat.value_nick.upper(), partstat.value_nick.upper()
        )
        found["rsvp"] = rsvp == ICalGLib.ParameterRsvp.TRUE
    return found
