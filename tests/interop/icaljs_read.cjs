// Reads a JSON list of .ics texts from stdin with ical.js and prints what it sees in each as JSON. Nothing on stdin:
// only tells that ical.js is here.
"use strict";
const ICAL = require("ical.js");

function person(property) {
  const found = { address: property.getFirstValue(), name: property.getFirstParameter("cn") };
  if (property.getFirstParameter("role")) {
    found.role = property.getFirstParameter("role");
    found.partstat = property.getFirstParameter("partstat");
    found.rsvp = property.getFirstParameter("rsvp") === "TRUE";
  }
  return found;
}

function seen(component) {
  const event = new ICAL.Event(component);
  const time = (value) => value.toICALString();
  return {
    uid: event.uid,
    start: time(event.startDate),
    end: time(event.endDate),
    status: component.getFirstPropertyValue("status"),
    sequence: event.sequence,
    summary: event.summary,
    location: event.location,
    description: event.description,
    organiser: person(component.getFirstProperty("organizer")),
    attendees: component.getAllProperties("attendee").map(person),
  };
}

const text = require("node:fs").readFileSync(0, "utf8");
if (text) {
  ICAL.design.strict = true;
  const readings = JSON.parse(text).map((each) => {
    const calendar = new ICAL.Component(ICAL.parse(each));
    const events = calendar.getAllSubcomponents("vevent").map(seen);
    return { method: calendar.getFirstPropertyValue("method"), events };
  });
  console.log(JSON.stringify(readings));
}
