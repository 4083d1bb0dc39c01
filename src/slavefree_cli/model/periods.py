"""Periods: from a day until the day before another, either of which may not be known; and those that ended earlier.

The last period of a record stands in its own keys. Each earlier one stands in a table ``before``, by the day on which
it ended: that day is always known, no two have the same, and two clones that record different ones merge by key. A
program that does not know the table keeps it and goes by the last period.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple, TypeVar

from slavefree_cli.model.record import Problem

EarlierT = TypeVar("EarlierT")


class Period(NamedTuple):
    """From a day, until the day before another."""

    since: date | None
    until: date | None

    def covers(self, on: date) -> bool:
        """Tell whether a day lies in it."""
        return (self.since is None or self.since <= on) and (self.until is None or on < self.until)

    def is_over(self, on: date) -> bool:
        """Tell whether it had ended by a day."""
        return self.until is not None and self.until <= on


def earlier(before: Mapping[str, EarlierT]) -> list[tuple[date, EarlierT]]:
    """Return the earlier periods in order, each with the day on which it ended; keys that are no dates left out."""
    ended = ((day, each) for key, each in before.items() if (day := _day(key)))
    return sorted(ended, key=lambda entry: entry[0])


def last_ended(before: Mapping[str, EarlierT]) -> date | None:
    """Return the day on which the last of the earlier periods ended, or None."""
    return max((day for day, _ in earlier(before)), default=None)


def problems(since_key: str, last: Period, before: Mapping[str, date | None]) -> Iterator[Problem]:
    """Yield what is wrong with the earlier periods of a record: each ends after it began and before the next begins.

    Args:
        since_key: What the record calls the day on which a period begins.
        last: Its last period.
        before: The days on which the earlier ones began, by their keys.
    """
    for key in before:
        if _day(key) is None:
            yield f"before.{key}", "must be called by the day on which it ended, such as 2023-03-01"
    ended = earlier(before)
    starts = [since for _, since in ended[1:]] + [last.since]
    for (end, since), then in zip(ended, starts, strict=False):
        if since is not None and since > end:
            yield f"before.{end}.{since_key}", f"is after it ended ({since} is after {end})"
        if then is None or then < end:
            says = "is missing" if then is None else f"is {then}"
            yield f"before.{end}", f"ended after the next period began, of which the day {since_key} {says}"


def _day(key: str) -> date | None:
    try:
        day = date.fromisoformat(key)
    except ValueError:
        return None
    return day if day.isoformat() == key else None
