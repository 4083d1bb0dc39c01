"""Answers to invitations, read from what people's calendar programs send (RFC 5546 section 3.2.3).

Only the few lines that make an answer are read, each by itself, so that what else is wrong with a file does not matter.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Final, Literal, NamedTuple

from slavefree_cli.model.attendance import Reply

What = Literal["answer", "proposal", "delegation", "occurrence", "nothing"]

_ANSWERS: Final[Mapping[str, Reply]] = {"ACCEPTED": "accepted", "DECLINED": "declined", "TENTATIVE": "tentative"}
_PROPOSED: Final = ("TO-ALL-PROPOSED-NEW-TIME", "X-MS-OLK-COUNTERPROPOSAL", "X-PROPOSED-NEW-TIME")
_COMMENTS: Final = ("COMMENT", "X-CALENDARSERVER-PRIVATE-COMMENT", "X-CALENDARSERVER-ATTENDEE-COMMENT")
_DEEPEST: Final = 20
_STAMP = re.compile(r"(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z?")


class Answered(NamedTuple):
    """What one component of a file says."""

    what: What
    uid: str = ""
    address: str = ""
    """Whose answer it is, as ``bare`` gives it."""
    reply: Reply | None = None
    comment: str | None = None
    stamp: datetime | None = None
    sequence: int = 0
    why: str = ""
    """Of what is no plain answer, what it is instead."""


class _Line(NamedTuple):
    name: str
    parameters: Mapping[str, str]
    value: str


def bare(address: str) -> str:
    """Return an address by which it is compared: without ``mailto:``, blanks, and differences of case."""
    found = address.strip().strip("<>\"'").strip()
    if found[:7].casefold() == "mailto:":
        found = found[7:]
    return found.strip().casefold()


def answers(content: bytes) -> list[Answered]:
    """Return what a calendar file says, a component at a time; nothing at all where it is no calendar.

    Args:
        content: The file, in whatever state it came.
    """
    lines = list(_lines(content))
    if not any(line.name == "BEGIN" and line.value.upper() == "VCALENDAR" for line in lines):
        return []
    method = next((line.value.strip().upper() for line in lines if line.name == "METHOD"), "")
    found = [_answered(kind, component, method) for kind, component in _components(lines)]
    return found or [Answered("nothing", why="has no event in it")]


def _answered(kind: str, lines: list[_Line], method: str) -> Answered:
    uid = _first(lines, "UID")
    if kind != "VEVENT":
        return Answered("nothing", uid, why=f"is about no meeting ({kind[1:].lower()})")
    people = [_whole(line) for line in lines if line.name == "ATTENDEE" and bare(line.value)]
    addresses = {bare(line.value) for line in people}
    address = addresses.pop() if len(addresses) == 1 else ""
    if method == "COUNTER" or (method == "REPLY" and any(line.name in _PROPOSED for line in lines)):
        return Answered("proposal", uid, address, comment=_comment(lines, people), why=_proposed(lines))
    if method != "REPLY":
        return Answered("nothing", uid, why=f"is no reply but {method}" if method else "does not say what it is for")
    if any(line.name == "RECURRENCE-ID" for line in lines):
        return Answered("occurrence", uid, address, why="answers one occurrence of a series")
    if not address:
        return Answered(
            "nothing", uid, why=f"names {len(people) or 'no'} people where it must name the one who answers"
        )
    person = people[0]
    stamp, status = _stamp(_first(lines, "DTSTAMP")), person.parameters.get("PARTSTAT", "").upper()
    sequence = _first(lines, "SEQUENCE").strip()
    number = int(sequence) if sequence.isascii() and sequence.isdigit() and len(sequence) < 10 else 0
    comment = _comment(lines, people)
    if stamp is None:
        return Answered("nothing", uid, address, why="does not say when it was given")
    if status == "DELEGATED":
        to = bare(person.parameters.get("DELEGATED-TO", "")) or "somebody else"
        return Answered("delegation", uid, address, "delegated", comment, stamp, number, f"sends {to} instead")
    if status not in _ANSWERS:
        return Answered("nothing", uid, address, why="says neither yes nor no nor maybe")
    return Answered("answer", uid, address, _ANSWERS[status], comment, stamp, number)


def _lines(content: bytes) -> Iterator[_Line]:
    from icalendar.parser import Contentline, Contentlines

    text = content.decode("utf-8-sig", "replace").replace("\r\r\n", "\n").replace("\x00", "")
    try:
        unfolded = Contentlines.from_ical(text)  # type: ignore[no-untyped-call]
    except ValueError:
        return
    for line in unfolded:
        try:
            name, parameters, value = Contentline(line).parts()  # type: ignore[no-untyped-call]
        except ValueError:
            # Many programs write one odd line; the others count.
            continue
        said = {key.upper(): _one(each) for key, each in parameters.items()}
        yield _Line(name.upper().rpartition(".")[2], said, str(value))


def _whole(person: _Line) -> _Line:
    """Return an ATTENDEE whose DELEGATED-TO had an address without quotes, at whose colon the value seemed to begin."""
    delegate, mailto, address = (
        person.value.rpartition(":mailto:") if "DELEGATED-TO" in person.parameters else ("", "", "")
    )
    if not mailto:
        return person
    return person._replace(value=address, parameters={**person.parameters, "DELEGATED-TO": delegate})


def _one(value: object) -> str:
    return str(value[0]) if isinstance(value, list) and value else str(value)


def _components(lines: list[_Line]) -> Iterator[tuple[str, list[_Line]]]:
    """Yield each component of the calendar with its own lines, without those of what is inside it."""
    stack: list[tuple[str, list[_Line]]] = []
    for line in lines:
        if line.name == "BEGIN":
            if len(stack) == _DEEPEST:
                return
            stack.append((line.value.strip().upper(), []))
        elif line.name == "END":
            if not stack:
                continue
            kind, own = stack.pop()
            if kind not in {"VCALENDAR", "VTIMEZONE"} and all(outer == "VCALENDAR" for outer, _ in stack):
                yield kind, own
        elif stack:
            stack[-1][1].append(line)


def _first(lines: list[_Line], name: str) -> str:
    return next((line.value for line in lines if line.name == name), "")


def _stamp(value: str) -> datetime | None:
    found = _STAMP.fullmatch(value.strip())
    if found is None:
        return None
    try:
        return datetime(*map(int, found.groups()), tzinfo=UTC)  # type: ignore[misc, arg-type]
    except ValueError:
        return None


def _comment(lines: list[_Line], people: list[_Line]) -> str | None:
    said = [line.value for line in lines if line.name in _COMMENTS]
    said += [person.parameters.get("X-RESPONSE-COMMENT", "") for person in people]
    for each in said:
        text = each.replace("\\n", "\n").replace("\\N", "\n").replace("\\,", ",").replace("\\;", ";")
        text = re.sub(r"[^\S\n]+", " ", "".join(c for c in text if c == "\n" or c.isprintable() or c == "\t")).strip()
        if text:
            return text[:2_000]
    return None


def _proposed(lines: list[_Line]) -> str:
    start = _stamp(_first(lines, "DTSTART"))
    if start is not None and _first(lines, "DTSTART").strip().endswith("Z"):
        return f"proposes another time ({start:%Y-%m-%d %H:%M} UTC)"
    return "proposes another time"
