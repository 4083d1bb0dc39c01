"""Answers to invitations, read from what people's calendar programs send (RFC 5546 section 3.2.3).

Only the few lines that make an answer are read, each by itself, so that what else is wrong with a file does not matter.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Final, Literal, NamedTuple

from slavefree_cli.calendar.content_lines import Line, components, lines, unescaped
from slavefree_cli.model.addresses import comparable as bare
from slavefree_cli.model.addresses import is_address
from slavefree_cli.model.attendance import Reply

__all__ = ["Answered", "Came", "Enclosed", "answers", "bare", "enclosed"]

What = Literal["answer", "proposal", "delegation", "occurrence", "nothing"]

_ANSWERS: Final[Mapping[str, Reply]] = {"ACCEPTED": "accepted", "DECLINED": "declined", "TENTATIVE": "tentative"}
_COMMENTS: Final = ("COMMENT", "X-CALENDARSERVER-PRIVATE-COMMENT", "X-CALENDARSERVER-ATTENDEE-COMMENT")
_NOT_PROPOSED: Final = frozenset({"", "FALSE", "NO", "NONE", "0"})
_STAMP = re.compile(r"(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z?")


class Answered(NamedTuple):
    """What one component of a file says of one who answers."""

    what: What
    uid: str = ""
    address: str = ""
    """Whose answer it is, as ``comparable`` gives it; empty where no address says so."""
    reply: Reply | None = None
    comment: str | None = None
    stamp: datetime | None = None
    sequence: int = 0
    why: str = ""
    """Of what is no plain answer, what it is instead."""
    also: tuple[str, ...] = ()
    """What else says whose answer it is: the ``EMAIL`` of RFC 7986 section 6.2."""
    called: str = ""
    """The name of the one who answers, where the file has it."""
    instead: str = ""
    """Where no address says whose answer it is, what stands in its place."""
    sent_by: str = ""
    """Who sent it for them (SENT-BY, RFC 5546 section 3.2.3)."""
    others: tuple[str, ...] = ()
    """Of a delegation who comes instead; of an answer of somebody who comes instead, in whose place."""
    notes: tuple[str, ...] = ()
    """What else is to be told of it."""

    @property
    def addresses(self) -> tuple[str, ...]:
        """Everything that says whose answer it is."""
        return tuple(filter(None, (self.address, *self.also)))


class Enclosed(NamedTuple):
    """An invitation of ours that came back."""

    uid: str
    stamp: datetime | None
    addresses: frozenset[str]
    """Whom it was for, as ``comparable`` gives them."""


class Came(NamedTuple):
    """How a calendar came, which says what is missing in it; nothing is known of a bare file."""

    method: str = ""
    """What the message says that the calendar is for."""
    sender: str = ""
    sent: datetime | None = None


def answers(content: bytes, came: Came = Came()) -> list[Answered]:  # noqa: B008 - it never changes
    """Return what a calendar file says, a component at a time; nothing at all where it is no calendar.

    Args:
        content: The file in UTF-8, in whatever state it came.
        came: How it came.
    """
    found = list(lines(content))
    if not any(line.name == "BEGIN" and line.value.strip().upper() == "VCALENDAR" for line in found):
        return []
    method = next((line.value.strip().upper() for line in found if line.name == "METHOD"), "")
    said = [each for kind, component in components(found) for each in _answered(kind, component, method, came)]
    return said or [Answered("nothing", why="has no event in it")]


def enclosed(content: bytes) -> Enclosed | None:
    """Return which invitation a calendar is, or None where it is none.

    Args:
        content: The file in UTF-8, in whatever state it came.
    """
    event = next((own for kind, own in components(list(lines(content))) if kind == "VEVENT"), None)
    if event is None:
        return None
    people = frozenset(bare(line.value) for line in event if line.name == "ATTENDEE")
    return Enclosed(_first(event, "UID").strip(), _stamp(_first(event, "DTSTAMP")), people)


def _answered(kind: str, component: list[Line], method: str, came: Came) -> Iterator[Answered]:
    uid = _first(component, "UID").strip()
    if kind != "VEVENT":
        yield Answered("nothing", uid, why=f"is about no meeting ({kind[1:].lower()})")
        return
    notes = []
    if not method and came.method:
        method = came.method.strip().upper()
        notes.append(f"the file does not say that it is a {method.lower()}, the message does")
    people = [line for line in component if line.name == "ATTENDEE" and _identity(line)]
    person = _who_answers(people, came.sender)
    proposed = _proposed(component)
    if "COUNTER" in {method, came.method.strip().upper()} or (method == "REPLY" and proposed is not None):
        comment = _comment(component, [person] if person else people)
        yield _by(person, Answered("proposal", uid, comment=comment, why=_another_time(proposed or component)))
        return
    if method != "REPLY":
        yield Answered("nothing", uid, why=f"is no reply but {method}" if method else "does not say what it is for")
        return
    if any(line.name == "RECURRENCE-ID" for line in component):
        yield _by(person, Answered("occurrence", uid, why="answers one occurrence of a series"))
        return
    if person is None:
        several = len({_identity(each) for each in people}) or "no"
        yield Answered("nothing", uid, why=f"names {several} people where it must name the one who answers")
        return
    if len({_status(each) for each in people if _identity(each) == _identity(person) and _has_answer(each)}) > 1:
        yield _by(person, Answered("nothing", uid, why="gives two answers of one person"))
        return
    stamp = _stamp(_first(component, "DTSTAMP"))
    if stamp is None and came.sent is not None:
        stamp = came.sent
        notes.append("the file does not say when it was given, the message does")
    if stamp is None:
        yield _by(person, Answered("nothing", uid, why="does not say when it was given"))
        return
    sequence = _first(component, "SEQUENCE").strip()
    number = int(sequence) if sequence.isascii() and sequence.isdigit() and len(sequence) < 10 else 0
    given = Answered("answer", uid, comment=_comment(component, [person]), stamp=stamp, sequence=number)
    for_whom = [each for each in people if _delegates(each, person)]
    listed = {_identity(each) for each in people if each not in for_whom and not _delegates(person, each)}
    if len(listed) > 1:
        alone = sum(map(_has_answer, people)) == 1
        notes.append(
            f"the file lists {len(listed)} people, {'of whom one answers' if alone else 'and is from this one'}"
        )
    yield _by(person, _with_answer(given, person, notes))
    # Who comes instead of somebody says so of both (RFC 5546 section 4.2.6).
    for each in for_whom if _status(person) != "DELEGATED" else ():
        yield _by(
            each,
            _with_answer(given, each, [*notes, f"as {_name(person) or _identity(person)} says"])._replace(comment=None),
        )


def _with_answer(given: Answered, person: Line, notes: Sequence[str]) -> Answered:
    status = _status(person)
    if status == "DELEGATED":
        to = _addresses(person, "DELEGATED-TO")
        why = f"sends {' and '.join(to) or 'somebody else'} instead"
        return given._replace(what="delegation", reply="delegated", why=why, others=to, notes=tuple(notes))
    if status not in _ANSWERS:
        return Answered("nothing", given.uid, why="says neither yes nor no nor maybe")
    return given._replace(reply=_ANSWERS[status], others=_addresses(person, "DELEGATED-FROM"), notes=tuple(notes))


def _by(person: Line | None, said: Answered) -> Answered:
    """Return what was said with who said it."""
    if person is None:
        return said
    named, *also = [each for each in (bare(person.value), _email(person)) if is_address(each)] or [""]
    sent_by = bare(person.parameters.get("SENT-BY", ""))
    return said._replace(
        address=named,
        also=tuple(each for each in also if each != named),
        called=_name(person),
        instead="" if named else " ".join(person.value.split()) or "nothing",
        sent_by=sent_by,
    )


def _who_answers(people: list[Line], sender: str) -> Line | None:
    """Return the line of the one who answers: the only one, or the only one with an answer, or the sender's."""
    by_identity: dict[str, Line] = {}
    for each in people:
        # Of somebody who stands there twice, the line with an answer counts.
        if _identity(each) not in by_identity or not _has_answer(by_identity[_identity(each)]):
            by_identity[_identity(each)] = each
    all_of_them = list(by_identity.values())
    if len(all_of_them) == 1:
        return all_of_them[0]
    answered = [each for each in all_of_them if _has_answer(each)]
    alone = [each for each in answered if not any(_delegates(each, other) for other in answered)]
    if len(alone) == 1:
        return alone[0]
    senders = [each for each in answered if sender and bare(sender) in {bare(each.value), _email(each)}]
    return senders[0] if len(senders) == 1 else None


def _delegates(one: Line, other: Line) -> bool:
    """Tell whether somebody sends the other in their place (RFC 5546 section 3.2.2.3)."""
    if one is other or _status(one) != "DELEGATED":
        return False
    return bare(other.value) in _addresses(one, "DELEGATED-TO") or bare(one.value) in _addresses(
        other, "DELEGATED-FROM"
    )


def _identity(person: Line) -> str:
    return bare(person.value) or _email(person) or _name(person)


def _name(person: Line) -> str:
    return " ".join(person.parameters.get("CN", "").strip().strip("\"'").split())


def _email(person: Line) -> str:
    return bare(person.parameters.get("EMAIL", ""))


def _status(person: Line) -> str:
    # In the form before iCalendar it is called STATUS.
    return (person.parameters.get("PARTSTAT") or person.parameters.get("STATUS", "")).strip().upper()


def _has_answer(person: Line) -> bool:
    return _status(person) in {*_ANSWERS, "DELEGATED"}


def _addresses(person: Line, parameter: str) -> tuple[str, ...]:
    return tuple(filter(None, map(_unquoted, person.parameters.get(parameter, "").split(","))))


def _unquoted(address: str) -> str:
    return bare(address.strip().removeprefix('"'))


def _first(component: list[Line], name: str) -> str:
    return next((line.value for line in component if line.name == name), "")


def _stamp(value: str) -> datetime | None:
    found = _STAMP.fullmatch(value.strip())
    if found is None:
        return None
    try:
        return datetime(*map(int, found.groups()), tzinfo=UTC)  # type: ignore[misc, arg-type]
    except ValueError:
        return None


def _comment(component: list[Line], people: list[Line]) -> str | None:
    said = [line.value for line in component if line.name in _COMMENTS]
    said += [person.parameters.get("X-RESPONSE-COMMENT", "") for person in people]
    for each in map(unescaped, said):
        text = re.sub(r"[^\S\n]+", " ", "".join(c for c in each if c == "\n" or c.isprintable() or c == "\t")).strip()
        if text:
            return text[:2_000]
    return None


def _proposed(component: list[Line]) -> list[Line] | None:
    """Return the lines that propose another time, or None: a property says it, or a parameter, as Apple's do."""
    said = [(line.name, line.value, line) for line in component]
    said += [(key, each, line) for line in component for key, each in line.parameters.items()]
    found = [
        line._replace(name="DTSTART", value=value)
        for name, value, line in said
        if ("PROPOSED" in name or "COUNTERPROPOSAL" in name) and value.strip().upper() not in _NOT_PROPOSED
    ]
    return found or None


def _another_time(component: list[Line]) -> str:
    start = next((line.value.strip() for line in component if line.name == "DTSTART" and _stamp(line.value)), "")
    at = _stamp(start)
    return f"proposes another time ({at:%Y-%m-%d %H:%M} UTC)" if at and start.endswith("Z") else "proposes another time"
