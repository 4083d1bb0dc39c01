"""A year's meetings worked out: every so many months, on the first Wednesday or the like, bank holidays avoided."""

from calendar import monthcalendar
from collections.abc import Callable
from datetime import date, timedelta
from typing import Final, NamedTuple

from slavefree_cli.model.dates import DAYS, begun

_WHICH: Final = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4, "last": -1}


class Weekday(NamedTuple):
    """A weekday of a month: the first Wednesday, the last Friday."""

    which: int
    """From 1 to 4, or -1 for the last."""
    weekday: int
    """From 0 for Monday."""

    def of(self, year: int, month: int) -> date:
        """Return the day that it is in a month; every month has it."""
        days = [week[self.weekday] for week in monthcalendar(year, month) if week[self.weekday]]
        return date(year, month, days[self.which - 1 if self.which > 0 else -1])


class Planned(NamedTuple):
    """A day for a meeting."""

    day: date
    instead_of: date | None
    """The bank holiday that it would have been."""


def parse_weekday(text: str) -> Weekday:
    """Return the weekday that somebody typed: ``first wednesday``, ``last Friday``, ``2nd tue``.

    Raises:
        ValueError: It is none; the message says how to write one.
    """
    words = text.lower().split()
    if len(words) == 2 and words[0] in _WHICH and (weekday := begun(words[1], DAYS)) is not None:
        return Weekday(_WHICH[words[0]], weekday)
    raise ValueError(f"{text!r} is not a weekday of a month: write it as 'first wednesday' or 'last friday'")


def planned(on: Weekday, *, begin: date, months: int, count: int, is_holiday: Callable[[date], bool]) -> list[Planned]:
    """Return the days of a series of meetings.

    A day that is a bank holiday is put off by a week, again where that is one too.

    Args:
        on: The weekday of the month.
        begin: The first day that may be one.
        months: How many months lie between two meetings.
        count: How many meetings there shall be.
        is_holiday: Tells whether a day is a bank holiday.
    """
    year, month = begin.year, begin.month
    if on.of(year, month) < begin:
        year, month = year + month // 12, month % 12 + 1
    found = []
    for number in range(count):
        later = month - 1 + number * months
        wanted = day = on.of(year + later // 12, later % 12 + 1)
        while is_holiday(day):
            day += timedelta(days=7)
        found.append(Planned(day, None if day == wanted else wanted))
    return found
