// Reads an .ics from stdin with ical.js and prints what it sees as JSON. Nothing on stdin: only tells that ical.js is here.
"use strict";
const ICAL = require("ical.js");
const text = require("node:fs").readFileSync(0, "utf8");
if (text) {
  ICAL.design.strict = true;
  const calendar = new ICAL.Component(ICAL.parse(text));
  const events = calendar.getAllSubcomponents("vevent");
  if (events.length !== 1) throw new Error(`${events.length} events`);
  const event = new ICAL.Event(events[0]);
  console.log(
    JSON.stringify({
      method: calendar.getFirstPropertyValue("method"),
      uid: event.uid,
      start: event.startDate.toICALString(),
      end: event.endDate.toICALString(),
      summary: event.summary,
      organiser: event.organizer,
      attendees: event.attendees.length,
    }),
  );
}
