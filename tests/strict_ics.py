"""A strict check of iCalendar files for what lenient readers let pass and strict ones refuse, each fault by name.

The rules are those of RFC 5545 and RFC 5546, and of real programs where those are silent; only what this program
writes is looked for, so that anything else is a fault too.
"""

import re
from collections.abc import Iterator
from datetime import datetime

METHODS = ("PUBLISH", "REQUEST", "CANCEL")
HEAD = ["VERSION", "PRODID", "CALSCALE", "METHOD"]
FEED = ["NAME", "REFRESH-INTERVAL", "X-PUBLISHED-TTL", "X-WR-CALNAME"]
NEEDED = {"UID", "DTSTAMP", "SEQUENCE", "DTSTART", "DTEND", "SUMMARY", "ORGANIZER"}
KNOWN = {*NEEDED, "STATUS", "TRANSP", "LOCATION", "DESCRIPTION", "ATTENDEE", "X-MICROSOFT-CDO-BUSYSTATUS"}
TEXTS = {"SUMMARY", "LOCATION", "DESCRIPTION", "UID", "NAME", "X-WR-CALNAME"}
STATUSES = {
    "PUBLISH": {"TENTATIVE", "CONFIRMED", "CANCELLED"},
    "REQUEST": {"TENTATIVE", "CONFIRMED"},
    "CANCEL": {"CANCELLED", None},
}
ASKED = {"CUTYPE": {"INDIVIDUAL"}, "ROLE": {"REQ-PARTICIPANT", "OPT-PARTICIPANT"}, "PARTSTAT": {"NEEDS-ACTION"}}

_LINE = re.compile(r'([A-Z][A-Z-]*)((?:;[A-Z-]+=(?:"[^"\x00-\x1f]*"|[^";:,\x00-\x1f\x7f-\U0010ffff]*))*):(.*)', re.S)
_PARAMETER = re.compile(r';([A-Z-]+)=("[^"]*"|[^";:,]*)')
_ADDRESS = re.compile(r"mailto:[^\s,;:<>\"]+@[^\s,;:<>\"]+")
_TEXT = re.compile(r"(?:[^\\,;]|\\[\\,;nN])*")
_DURATION = re.compile(r"P(?:\d+W|\d+D(?:T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+S)?)?|T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+S)?)")

Line = tuple[str, dict[str, str], str]


def faults(data: bytes) -> list[str]:
    """Return the faults of a file, none where there are none."""
    found = list(_physical(data))
    if found:
        return found
    lines: list[Line] = []
    for text in data[:-2].replace(b"\r\n ", b"").decode().split("\r\n"):
        parsed = _LINE.fullmatch(text)
        if parsed is None:
            return [f"no content line: {text[:60]!r}"]
        parameters = [(name, value.strip('"')) for name, value in _PARAMETER.findall(parsed[2])]
        if len(dict(parameters)) != len(parameters):
            found.append(f"a parameter twice: {text[:60]!r}")
        lines.append((parsed[1], dict(parameters), parsed[3]))
    return [*found, *_calendar(lines)]


def _physical(data: bytes) -> Iterator[str]:
    if not data.endswith(b"\r\n"):
        yield "no line break at the end"
    if re.search(rb"(?<!\r)\n|\r(?!\n)", data):
        yield "a line break that is not CRLF"
    if re.search(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", data):
        yield "a control character"
    for line in data.removesuffix(b"\r\n").split(b"\r\n"):
        if len(line) > 75:
            yield f"a line of {len(line)} octets"
        if not line.strip():
            yield "an empty line"
        if line.startswith(b"\t"):
            yield "a fold with a tab"
        try:
            line.decode()
        except UnicodeDecodeError:
            yield "a fold inside a character, or no UTF-8"


def _calendar(lines: list[Line]) -> Iterator[str]:
    names = [name for name, _, _ in lines]
    if lines[0] != ("BEGIN", {}, "VCALENDAR") or lines[-1] != ("END", {}, "VCALENDAR"):
        yield "no VCALENDAR, or something around it"
        return
    first = names.index("BEGIN", 1) if "BEGIN" in names[1:] else len(lines) - 1
    head, body = lines[1:first], lines[first:-1]
    order = [name for name, _, _ in head]
    is_feed = "NAME" in order
    if order != HEAD + (FEED if is_feed else []):
        yield f"the calendar begins with {order}"
        return
    properties = {name: (parameters, value) for name, parameters, value in head}
    method = properties["METHOD"][1]
    if properties["VERSION"][1] != "2.0" or properties["CALSCALE"][1] != "GREGORIAN":
        yield "another VERSION or CALSCALE"
    if method not in METHODS:
        yield f"METHOD {method}"
        return
    if is_feed:
        yield from _feed(properties, method)
    events = list(_events(body))
    if None in events:
        yield "something between the events, or inside one"
    found = [event for event in events if event is not None]
    if not is_feed and len(found) != 1:
        yield f"{len(found)} events"
    uids = [value for event in found for name, _, value in event if name == "UID"]
    if len(uids) != len(set(uids)):
        yield "a UID twice"
    for event in found:
        yield from _event(event, method)


def _feed(properties: dict[str, tuple[dict[str, str], str]], method: str) -> Iterator[str]:
    if method != "PUBLISH":
        yield f"a feed that is a {method}"
    if properties["NAME"] != properties["X-WR-CALNAME"] or not _TEXT.fullmatch(properties["NAME"][1]):
        yield "a feed with two names, or one that is no TEXT"
    parameters, interval = properties["REFRESH-INTERVAL"]
    if parameters != {"VALUE": "DURATION"}:
        yield "REFRESH-INTERVAL without VALUE=DURATION"
    for value in (interval, properties["X-PUBLISHED-TTL"][1]):
        if not _DURATION.fullmatch(value):
            yield f"{value} is no DURATION"


def _events(body: list[Line]) -> Iterator[list[Line] | None]:
    """Yield the lines of each event; None for whatever is no event, or stands inside one as a component."""
    inside: list[Line] | None = None
    for line in body:
        if line == ("BEGIN", {}, "VEVENT") and inside is None:
            inside = []
        elif line == ("END", {}, "VEVENT") and inside is not None:
            yield inside
            inside = None
        elif line[0] in {"BEGIN", "END"} or inside is None:
            yield None
        else:
            inside.append(line)


def _event(event: list[Line], method: str) -> Iterator[str]:
    names = [name for name, _, _ in event]
    for name in sorted(set(names)):
        if names.count(name) > 1:
            yield f"{name} {names.count(name)} times"
    if missing := NEEDED - set(names):
        yield f"no {', '.join(sorted(missing))}"
        return
    if strange := set(names) - KNOWN:
        yield f"{', '.join(sorted(strange))} has no place in it"
    properties = {name: (parameters, value) for name, parameters, value in event}
    for name, (parameters, value) in properties.items():
        if name in TEXTS and not _TEXT.fullmatch(value):
            yield f"{name} is not escaped"
        if not value:
            yield f"{name} is empty"
        if name not in {"DTSTART", "DTEND", "ORGANIZER", "ATTENDEE"} and parameters:
            yield f"{name} has parameters"
    if not re.fullmatch(r"\d{8}T\d{6}Z", properties["DTSTAMP"][1]):
        yield "DTSTAMP is no instant"
    if not re.fullmatch(r"\d{1,10}", properties["SEQUENCE"][1]) or int(properties["SEQUENCE"][1]) >= 2**31:
        yield "SEQUENCE is no INTEGER"
    yield from _when(properties, method)
    yield from _who(properties, method)
    status = properties.get("STATUS", ({}, None))[1]
    if status not in STATUSES[method]:
        yield f"STATUS {status} in a {method}"
    if method == "CANCEL" and status is None and "ATTENDEE" not in names:
        yield "a CANCEL to nobody in particular without STATUS"


def _when(properties: dict[str, tuple[dict[str, str], str]], method: str) -> Iterator[str]:
    bounds = [properties["DTSTART"], properties["DTEND"]]
    all_day = [parameters == {"VALUE": "DATE"} for parameters, _ in bounds]
    shapes = ("%Y%m%d", r"\d{8}") if all(all_day) else ("%Y%m%dT%H%M%SZ", r"\d{8}T\d{6}Z")
    if any(all_day) != all(all_day) or any(parameters and not day for (parameters, _), day in zip(bounds, all_day)):  # noqa: B905
        yield "DTSTART and DTEND are of two kinds, or in a zone"
        return
    try:
        begins, ends = (datetime.strptime(value, shapes[0]) for _, value in bounds if re.fullmatch(shapes[1], value))
    except ValueError:
        yield "DTSTART or DTEND is no instant and no day"
        return
    if ends <= begins:
        yield "DTEND is not after DTSTART"
    transparent = properties.get("TRANSP", ({}, "OPAQUE"))[1] == "TRANSPARENT"
    busy = properties.get("X-MICROSOFT-CDO-BUSYSTATUS", ({}, None))[1]
    status = properties.get("STATUS", ({}, None))[1]
    off = method == "CANCEL" or status == "CANCELLED"
    wanted = "FREE" if off else "TENTATIVE" if all(all_day) else None
    if (transparent, busy) != (wanted is not None, wanted):
        yield f"TRANSP and BUSYSTATUS say {transparent}, {busy}"
    if not off and status != ("TENTATIVE" if all(all_day) else "CONFIRMED"):
        yield f"STATUS {status} of {'a day' if all(all_day) else 'an instant'}"


def _who(properties: dict[str, tuple[dict[str, str], str]], method: str) -> Iterator[str]:
    for name in ("ORGANIZER", "ATTENDEE"):
        if name in properties and not _ADDRESS.fullmatch(properties[name][1]):
            yield f"{name} has no address"
    if set(properties["ORGANIZER"][0]) - {"CN"}:
        yield "ORGANIZER has strange parameters"
    attendee = properties.get("ATTENDEE")
    if method == "PUBLISH" and attendee:
        yield "ATTENDEE in a PUBLISH"
    if method == "REQUEST" and attendee is None:
        yield "no ATTENDEE in a REQUEST"
    if attendee and method == "REQUEST":
        parameters = attendee[0]
        if set(parameters) - {"CN"} != {*ASKED, "RSVP"} or parameters["RSVP"] != "TRUE":
            yield f"ATTENDEE with {sorted(parameters)}"
        elif any(parameters[name] not in allowed for name, allowed in ASKED.items()):
            yield "ATTENDEE is asked in a strange way"
    if attendee and method == "CANCEL" and set(attendee[0]) - {"CN", "CUTYPE"}:
        yield f"ATTENDEE with {sorted(attendee[0])}"
