"""Dates and times as people type them, as they are spoken, and as instants.

Dates and times of a register are wall-clock in the partnership's one time zone. ``datetime`` values in UTC are
instants.
"""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from slavefree_cli.model.text import counted

MONTHS: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

YEARS: Final = range(1900, 3000)
"""The years that a date may fall in: one outside them is a slip, and calendars disagree about it."""

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_SLASHED = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")
_SPOKEN = re.compile(r"(?:[A-Za-z]+,?\s+)?(\d{1,2})(?:st|nd|rd|th)?\s+([A-Za-z]+)\.?,?\s+(\d{4})")
_CLOCK = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm)?", re.IGNORECASE)


def parse_date(text: str, today: date) -> date:
    """Return the date that somebody typed.

    ``2023-06-07``, ``7 June 2023``, ``7 Jun 2023``, ``7/6/2023`` (day first), ``today`` and ``tomorrow``.

    Raises:
        ValueError: It is none of these, or there is no such day; the message says which.
    """
    typed = text.strip()
    if typed.lower() in {"today", "tomorrow"}:
        return today + timedelta(days=typed.lower() == "tomorrow")
    if found := _ISO.fullmatch(typed):
        year, month, day = map(int, found.groups())
    elif found := _SLASHED.fullmatch(typed):
        day, month, year = map(int, found.groups())
    elif (found := _SPOKEN.fullmatch(typed)) and (named := begun(found[2], MONTHS)) is not None:
        day, month, year = int(found[1]), named + 1, int(found[3])
    else:
        raise ValueError(f"{text!r} is not a date: write it as 2023-06-07, 7 June 2023 or 7/6/2023")
    try:
        day_typed = date(year, month, day)
    except ValueError:
        raise ValueError(f"there is no such day as {text!r}") from None
    if problem := day_problem(day_typed):
        raise ValueError(f"the year of {text!r} {problem}")
    return day_typed


def begun(word: str, names: Sequence[str]) -> int | None:
    """Return the place, from 0, of the month or weekday that a word of three letters or more begins, if of any."""
    begin = word.capitalize()
    return next((at for at, name in enumerate(names) if len(begin) >= 3 and name.startswith(begin)), None)


def day_problem(day: date) -> str | None:
    """Say what is wrong with a day, or return None."""
    return None if day.year in YEARS else f"must be from {YEARS[0]} to {YEARS[-1]}"


def instant_problem(at: datetime) -> str | None:
    """Say what is wrong with an instant, or return None: without a zone it could be any of a day's hours."""
    return None if at.tzinfo is not None else "must be an instant with a time zone, such as 2023-05-20T09:00:00Z"


def time_problem(at: time) -> str | None:
    """Say what is wrong with a time of day, or return None: the partnership's zone is the only one."""
    return None if at.tzinfo is None else "must be a time of day without a time zone"


def parse_time(text: str) -> time:
    """Return the time of day that somebody typed: ``14:00``, ``14.00``, ``2pm`` or ``2.30pm``.

    Raises:
        ValueError: It is none of these; the message says so.
    """
    found = _CLOCK.fullmatch(text.strip())
    if found and (found[2] or found[3]):
        hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").lower()
        if half and 1 <= hour <= 12:
            hour = hour % 12 + (12 if half == "pm" else 0)
        elif half:
            hour = 24
        if hour < 24 and minute < 60:
            return time(hour, minute)
    raise ValueError(f"{text!r} is not a time: write it as 14:00, 2pm or 14.00")


def spoken(day: date) -> str:
    """Return a date as one says it, whatever the locale: ``Wednesday 7 June 2023``."""
    return f"{DAYS[day.weekday()]} {short(day)}"


def short(day: date) -> str:
    """Return a date without its weekday: ``7 June 2023``."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def clock(at: time) -> str:
    """Return a time of day on the 24-hour clock: ``14:00``."""
    return f"{at.hour:02}:{at.minute:02}"


def distance(day: date, today: date) -> str:
    """Return how far off a day is, in words: ``today``, ``in 3 days``, ``2 weeks ago``."""
    days = (day - today).days
    if days == 0:
        return "today"
    if abs(days) == 1:
        return "tomorrow" if days == 1 else "yesterday"
    count, unit = abs(days), "day"
    if count >= 730:
        count, unit = count // 365, "year"
    elif count >= 60:
        count, unit = count // 30, "month"
    elif count >= 14:
        count, unit = count // 7, "week"
    amount = counted(count, unit)
    return f"in {amount}" if days > 0 else f"{amount} ago"


def zone(name: str) -> ZoneInfo:
    """Return a time zone of the IANA database.

    Raises:
        ValueError: There is no such zone.
    """
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise ValueError(f"{name!r} is not a time zone: write it as Europe/London") from None


def instant(day: date, at: time, timezone: str) -> datetime:
    """Return the instant, in UTC, at which the clocks of a zone show this date and time.

    Where the clocks are put back and show it twice, the first of the two is meant (RFC 5545 section 3.3.5).

    Raises:
        ValueError: The clocks skip it.
    """
    local = datetime.combine(day, at, zone(timezone))
    found = local.astimezone(UTC)
    if found.astimezone(local.tzinfo).replace(tzinfo=None) != local.replace(tzinfo=None):
        raise ValueError(f"the clocks skip {clock(at)} on {short(day)} in {timezone}")
    return found


def local(at: datetime, timezone: str) -> datetime:
    """Return what the clocks of a zone show at an instant."""
    return at.astimezone(zone(timezone))
