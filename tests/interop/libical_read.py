"""Reads a JSON list of .ics texts with libical and prints what it sees; run by the system's Python, which has gi."""

import json
import sys

from glib_event import ICalGLib, reading

# Texts, or nothing at all: then only tell that libical is here.
text = sys.stdin.read()
if text:
    answers = []
    for each in json.loads(text):
        calendar = ICalGLib.Component.new_from_string(each)
        # The tables of RFC 5546: what each method must have and must not have.
        allowed = bool(ICalGLib.restriction_check(calendar))
        answers.append({"read": reading(calendar), "unread": calendar.count_errors(), "allowed": allowed})
    print(json.dumps(answers))  # noqa: T201
