"""The partnership's timetable: by which day an agenda and draft minutes are due, counted in working days."""

from collections.abc import Callable
from datetime import date, timedelta

Holiday = Callable[[date], bool]
"""Tells whether a day is a bank holiday."""


def agenda_due(meeting: date, days: int, is_holiday: Holiday) -> date:
    """Return the last day on which an agenda and its papers go out in time.

    The days are *clear*: neither the day they go out nor the day of the meeting counts, as with a council's summons
    (Local Government Act 1972, section 100B).
    """
    return _counted(meeting, days + 1, is_holiday, timedelta(days=-1))


def minutes_due(meeting: date, days: int, is_holiday: Holiday) -> date:
    """Return the day by which draft minutes are due: that many working days after the meeting."""
    return _counted(meeting, days, is_holiday, timedelta(days=1))


def _counted(day: date, count: int, is_holiday: Holiday, step: timedelta) -> date:
    while count:
        day += step
        if day.weekday() < 5 and not is_holiday(day):
            count -= 1
    return day
