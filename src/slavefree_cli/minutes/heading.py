"""The heading of minutes that people keep themselves, and in what it is not that of the meeting any more."""

import re
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from datetime import time
from typing import Final

from slavefree_cli.minutes.outline import Heading, Line, plain
from slavefree_cli.model.dates import clock, parse_time, spoken
from slavefree_cli.model.meeting import Meeting
from slavefree_cli.model.names import key
from slavefree_cli.model.typed_dates import From, read

_DATE: Final = re.compile(
    r"\A(?:(?:meeting )?(?:held )?(?:on|date):?\s+)?"
    r"(?P<date>(?:[A-Z][a-z]+,?\s+)?\d{1,2}(?:st|nd|rd|th)?\s+[A-Z][a-z]+,?\s+\d{4}"
    r"|\d{1,2}/\d{1,2}/\d{4}|\d{4}-\d\d-\d\d)(?P<rest>.*)\Z",
    re.IGNORECASE,
)
_TIMES: Final = re.compile(r"\d{1,2}(?:[:.]\d\d(?:\s*[ap]m)?|\s*[ap]m)", re.IGNORECASE)
_VENUE: Final = re.compile(r"(?:venue|place|location|held at):\s*(?P<venue>.+)", re.IGNORECASE)
_NUMBER: Final = re.compile(r"\d{1,4}[.)]\s+")
_ITEM: Final = re.compile(
    r"(?P<before>#{1,6}[ \t]+(?:\d{1,4}[.)][ \t]+)?)(?P<title>[^\s](?:[^\r]*[^\s])?)(?P<rest>[ \t]*\r?)"
)
_OPENING: Final = 12
"""In how many lines at the top the heading is looked for."""


def problems(lines: Iterable[Line], meeting: Meeting) -> Iterator[tuple[int, str]]:
    """Yield the number of each line at the top of minutes that says otherwise than the meeting, and what it should say.

    Args:
        lines: The lines that the program does not own.
        meeting: The meeting.
    """
    for line in lines:
        if line.place >= _OPENING or any(each.level > 1 for each in line.headings):
            return
        text = plain(line.text).strip("# ")
        if line.text.startswith("# ") and ": " in text and key(meeting.title) not in key(text):
            yield line.place + 1, f"does not have the title of the meeting, {meeting.title}"
        elif found := _DATE.match(text):
            yield from ((line.place + 1, said) for said in _when(found["date"], found["rest"], meeting))
        elif (venue := _VENUE.fullmatch(text)) and key(venue["venue"]) != key(meeting.venue or "to be confirmed"):
            yield line.place + 1, f"has another venue than the meeting, {meeting.venue or 'to be confirmed'}"


def moved(lines: Iterable[Line], meeting: Meeting) -> int | None:
    """Return the number of the first of some lines that has another date or time than the meeting, if one has."""
    for line in lines:
        found = _DATE.match(plain(line.text))
        if found and any(_when(found["date"], found["rest"], meeting)):
            return line.place + 1
    return None


def is_of(heading: Heading, title: str) -> bool:
    """Tell whether a heading is that of an item of this title, with or without its number."""
    return key(_NUMBER.sub("", heading.text, count=1)) == key(plain(title))


def retitled(text: str, titles: Collection[str], now: str) -> str:
    """Return minutes in which the headings of some items, as templates write them, have another title.

    Args:
        text: The minutes, with any line ends.
        titles: The titles that they had.
        now: The title that they have.
    """
    lines = text.split("\n")
    for index, line in enumerate(lines):
        found = _ITEM.fullmatch(line)
        if found and any(is_of(Heading(1, plain(found["title"])), title) for title in titles):
            lines[index] = f"{found['before']}{now}{found['rest']}"
    return "\n".join(lines)


def _when(date: str, rest: str, meeting: Meeting) -> Iterator[str]:
    try:
        same = read(date, From(meeting.date)).day == meeting.date
    except ValueError:
        same = False
    if not same:
        yield f"has another date than the meeting, {spoken(meeting.date)}"
        return
    times: list[time] = []
    for each in _TIMES.findall(rest):
        with suppress(ValueError):
            times.append(parse_time(each))
    wanted = [each for each in (meeting.start, meeting.end) if each is not None]
    if times and times != wanted[: len(times)]:
        told = " to ".join(map(clock, wanted)) or "to be confirmed"
        yield f"has another time than the meeting, {told}"
