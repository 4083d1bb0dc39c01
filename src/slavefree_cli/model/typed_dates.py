"""Dates as people write them in the United Kingdom: day first, without a year, as days of the week, months and periods.

What is written is read from a day: that of the meeting in its minutes, today on the command line; and forwards for
what is to come, or backwards for what has happened. A period means its end, a week its Friday. Where it tells of what
has happened and the next such day is nearer than the last, nobody can know which is meant.
"""

import re
import unicodedata
from calendar import monthrange
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Final, NamedTuple

from slavefree_cli.model.dates import DAYS, MONTHS, YEARS, day_problem, short, spoken

HOW: Final = "write it as 2023-06-07, 7 June 2023 or 7/6/2023"


class NoSuchDayError(ValueError):
    """What is written as a date and is none: there is no such day, or it is another day of the week."""


class From(NamedTuple):
    """What a date is read from."""

    day: date
    """The day on which it is spoken of."""
    back: bool = False
    """Whether it tells of what has happened."""
    last_meeting: date | None = None
    next_meeting: date | None = None


class Read(NamedTuple):
    """A date that was written."""

    day: date
    worked_out: bool = False
    """Whether a part of it was not written: it is said back in full."""
    short_year: bool = False
    """Whether its year has two figures: it is warned of."""
    coming: date | None = None
    """The day to come that may be meant as well, as it is nearer than that which has gone by."""


def read(text: str, since: From) -> Read:
    """Return the date that somebody wrote.

    Args:
        text: What was written, with "by" or "on" before it or not.
        since: What it is read from.

    Raises:
        ValueError: It is no date, there is no such day, or it is not the day of the week that is written with it; the
            message says which.
    """
    typed = re.sub(_HOUR, "", re.sub(_PREPOSITION, "", _plain(text)))
    for form, meaning in _FORMS:
        if found := re.fullmatch(form, typed):
            given = {name: value for name, value in found.groupdict().items() if value}
            made = meaning(given, since, text)
            if problem := day_problem(made.day):
                raise ValueError(f"the year of {text!r} {problem}")
            if made.coming and "weekday" in given:
                there = (made.day, made.coming)
                if len(fits := [day for day in there if day.weekday() == _WEEKDAYS[given["weekday"]]]) == 1:
                    return Read(fits[0], worked_out=True)
            if "weekday" in given and DAYS[made.day.weekday()] != DAYS[_WEEKDAYS[given["weekday"]]]:
                raise NoSuchDayError(f"{text!r}: {short(made.day)} is a {DAYS[made.day.weekday()]}")
            return made
    raise ValueError(f"{text!r} is not a date: {HOW}")


def settled(text: str, since: From) -> Read:
    """Return the date that somebody wrote, as ``read`` does, where it is certain which is meant.

    Raises:
        ValueError: It is no date, or may be one to come as well as one that has gone by.
    """
    found = read(text, since)
    if found.coming is not None:
        raise ValueError(f"{text!r} may be {spoken(found.day)} or {spoken(found.coming)}; write the year")
    return found


def impossible(text: str) -> str | None:
    """Return the first day in some words that there is not, such as ``31 February``; None where there is none.

    Only what has the name of a month, or a year, is taken for a day at all.
    """
    for found in re.finditer(_WHOLE_DAY, text, re.IGNORECASE):
        given = {name: value for name, value in found.groupdict().items() if value}
        day = int(next(value for name, value in given.items() if name.startswith("day")))
        month = next(value for name, value in given.items() if name.startswith("month")).lower()
        year = next((value for name, value in given.items() if name.startswith("year")), "2000")
        # “Of the 40 may attend” has a verb.
        verb = day > 31 and month in {"may", "mar", "march"} and month in found[0]
        number = _month({"month": month})
        if not verb and _made(int(year), number, day) is None:
            return found[0].strip()
    return None


def month_of(text: str) -> tuple[int | None, int] | None:
    """Return the month that somebody wrote, as its year, where it has one, and its number; None where it is no month.

    ``June``, ``June 2023`` and ``2023-06``.
    """
    found = re.fullmatch(_WHOLE_MONTH, _plain(text))
    if not found:
        return None
    year = found["year"] or found["before"]
    return int(year) if year else None, _month({"month": found["month"] or found["number"]})


def _day(given: dict[str, str], since: From, text: str) -> Read:
    """A day of a month, with its year or without."""
    day, month = int(given["day"]), _month(given)
    if year := given.get("year", "").lstrip("'\u2019"):
        century = since.day.year // 100 * 100 if len(year) == 2 else 0
        return Read(_existing(century + int(year), month, day, text), short_year=len(year) == 2)
    return _nearest(lambda since: (_made(year, month, day) for year in _years(since)), since, text)


def _day_of_month(given: dict[str, str], since: From, text: str) -> Read:

    def days(since: From) -> Iterator[date | None]:
        months = (_months_on(since.day, step * (-1 if since.back else 1)) for step in range(13))
        return (_made(year, month, int(given["day"])) for year, month in months)

    return _nearest(days, since, text)


def _weekday(given: dict[str, str], since: From, text: str) -> Read:  # noqa: ARG001
    """A day of the week: the next one, or the one before where it is of the past."""
    number, which = _WEEKDAYS[given.pop("weekday")], given.get("which")
    if which == "next":
        return Read(_week(since.day, 1) + timedelta(number), worked_out=True)
    if which == "last" or (since.back and "later" not in given):
        return Read(since.day - timedelta((since.day.weekday() - number - 1) % 7 + 1), worked_out=True)
    coming = since.day + timedelta((number - since.day.weekday() - 1) % 7 + 1)
    return Read(coming + timedelta(weeks={"week": 1, "fortnight": 2}.get(given.get("later", ""), 0)), worked_out=True)


def _distance(given: dict[str, str], since: From, text: str) -> Read:
    """Some days, weeks, months or years from now, or ago."""
    many = _NUMBERS.get(given["many"]) or int(given["many"])
    back = -1 if "ago" in given else 1
    unit = given["unit"]
    if unit in {"day", "week", "fortnight"}:
        far = many * {"day": 1, "week": 7, "fortnight": 14}[unit]
        if far > 40_000:
            raise ValueError(f"{text!r} is not a date: {HOW}")
        return Read(since.day + back * timedelta(far), worked_out=True)
    year, month = _months_on(since.day, back * many * {"month": 1, "year": 12}[unit])
    if year not in YEARS:
        raise ValueError(f"{text!r} is not a date: {HOW}")
    return Read(date(year, month, min(since.day.day, monthrange(year, month)[1])), worked_out=True)


def _near(given: dict[str, str], since: From, text: str) -> Read:  # noqa: ARG001
    return Read(since.day + timedelta(_NEAR[given["near"]]), worked_out=True)


def _month_of(given: dict[str, str], since: From, text: str) -> Read:
    """The end of a month, its middle or its beginning."""
    month, part = _month(given), given.get("part", "end")
    if year := given.get("year"):
        return Read(_part(part, int(year), month), worked_out=True)
    return _nearest(lambda since: (_part(part, each, month) for each in _years(since)), since, text)


def _period(given: dict[str, str], since: From, text: str) -> Read:
    """The end of a week, a month or a year, its middle or its beginning."""
    part, unit, step = given.get("part", "end"), given["unit"], {"next": 1, "last": -1}.get(given.get("which", ""), 0)
    if unit == "week":
        if part != "end":
            raise ValueError(f"{text!r} is not a date: {HOW}")
        return Read(_week(since.day, step) + timedelta(DAYS.index("Friday")), worked_out=True)
    if unit == "year":
        return Read(_part(part, since.day.year + step, 12 if part == "end" else 1), worked_out=True)
    return Read(_part(part, *_months_on(since.day, step)), worked_out=True)


def _meeting(given: dict[str, str], since: From, text: str) -> Read:
    day = since.next_meeting if given["which"] == "next" else since.last_meeting
    if day is None:
        raise ValueError(f"{text!r} is no date, as there is no {given['which']} meeting: {HOW}")
    return Read(day, worked_out=True)


def _plain(text: str) -> str:
    """Return what was typed with every blank and apostrophe alike, in small letters, without what says nothing."""
    one = unicodedata.normalize("NFKC", text).replace("\u2019", "'").lower()
    return " ".join(one.split()).strip(" .,;")


def _month(given: dict[str, str]) -> int:
    month = given["month"]
    return int(month) if month.isdecimal() else _MONTHS[month]


def _existing(year: int, month: int, day: int, text: str) -> date:
    made = _made(year, month, day)
    if made is None:
        raise NoSuchDayError(f"there is no such day as {text!r}")
    return made


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _years(since: From) -> Iterator[int]:
    """Yield the years in which a date without one can be, the nearest first; a leap day comes within eight years."""
    return (since.day.year + step * (-1 if since.back else 1) for step in range(9))


def _nearest(days: Callable[[From], Iterator[date | None]], since: From, text: str) -> Read:
    """Return the first day that has come or is to come, of those that are given for either direction."""
    near = _first(days(since), since)
    if near is None:
        raise NoSuchDayError(f"there is no such day as {text!r}")
    ahead = since._replace(back=False)
    coming = _first(days(ahead), ahead) if since.back else None
    nearer = coming is not None and coming - since.day < since.day - near
    return Read(near, worked_out=True, coming=coming if nearer else None)


def _first(days: Iterator[date | None], since: From) -> date | None:
    there = (day for day in days if day is not None)
    return next((day for day in there if (day <= since.day if since.back else day >= since.day)), None)


def _months_on(day: date, many: int) -> tuple[int, int]:
    """Return the year and the month some months after that of a day."""
    year, month = divmod(day.year * 12 + day.month - 1 + many, 12)
    return year, month + 1


def _part(part: str, year: int, month: int) -> date:
    if part in {"beginning", "start"}:
        return date(year, month, 1)
    return date(year, month, 15 if part in {"mid", "middle"} else monthrange(year, month)[1])


def _week(day: date, step: int) -> date:
    """Return the Monday of the week of a day, or of one some weeks later."""
    return day + timedelta(weeks=step) - timedelta(day.weekday())


_MONTHS: Final = {
    name[:length].lower(): number for number, name in enumerate(MONTHS, 1) for length in range(3, len(name) + 1)
} | {"sept": 9}
_WEEKDAYS: Final = {
    name[:length].lower(): number for number, name in enumerate(DAYS) for length in range(3, len(name) + 1)
} | {"weds": 2}
_NUMBERS: Final = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "a couple of": 2,
}  # fmt: skip
_NEAR: Final = {
    "today": 0, "tomorrow": 1, "yesterday": -1, "day after tomorrow": 2, "day before yesterday": -2,
    "a week today": 7, "a fortnight today": 14,
}  # fmt: skip


def _any(words: dict[str, int]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


# Patterns are compiled where one is needed, which most commands never do.
_PREPOSITION: Final = r"\A(?:(?:by|on|for|until|till|not later than|no later than|at|due)\s+)?(?:the\s+)?(?=\S)"
_HOUR: Final = (
    r"\A(?:(?:cop|cob|close of play|close of business|noon|midday|\d{1,2}(?:[:.]\d\d)?(?:am|pm)|\d\d?[:.]\d\d)"
    r"(?:\s+on)?(?:\s+the)?\s+)(?=\S)"
)
_ON: Final = rf"(?:(?P<weekday>{_any(_WEEKDAYS)})\.?,?\s+)?(?:the\s+)?"
_NAMED: Final = rf"(?P<month>{_any(_MONTHS)})\.?"
_ORDINAL: Final = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR: Final = r"(?P<year>\d{4}|'?\d{2})"
_PART: Final = r"(?P<part>end|mid|middle|beginning|start)(?:\s+of|-)?\s*(?:the\s+)?"

_WHOLE_DAY: Final = (
    rf"(?<![\w./-])(?P<day>[0-3]?\d)(?:st|nd|rd|th)?(?:\s+of)?\s+(?P<month>{_any(_MONTHS)})\b(?:,?\s+(?P<year>\d{{4}}))?"
    rf"|\b(?P<month_before>{_any(_MONTHS)})\s+(?P<day_after>[0-2]?\d|3[01])(?:st|nd|rd|th)?(?![\w/:.-])"
    r"|(?<![\w./-])(?P<day_first>\d{1,2})(?P<between>[/.-])(?P<month_second>\d{1,2})(?P=between)(?P<year_third>\d{4})(?![\w/])"
)
_WHOLE_MONTH: Final = rf"{_NAMED}(?:,?\s+(?P<year>\d{{4}}))?|(?P<before>\d{{4}})-(?P<number>0[1-9]|1[0-2])"

_Meaning = Callable[[dict[str, str], From, str], Read]
_FORMS: Final[tuple[tuple[str, _Meaning], ...]] = (
    (r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})", _day),
    (rf"{_ON}(?P<day>\d{{1,2}})(?P<between>[/.-])(?P<month>\d{{1,2}})(?P=between)(?P<year>\d{{4}}|\d\d)", _day),
    (rf"{_ON}(?P<day>\d{{1,2}})/(?P<month>\d{{1,2}})", _day),
    (rf"{_ON}{_ORDINAL}(?:\s+of\s+|\s*-?){_NAMED}(?:(?:,|\s|-)\s*{_YEAR})?", _day),
    (rf"{_ORDINAL}\s*{_NAMED}(?:,?\s+{_YEAR})?,?\s*\(?(?P<weekday>{_any(_WEEKDAYS)})\)?", _day),
    (rf"{_ON}{_NAMED}\s*{_ORDINAL}(?:,?\s+{_YEAR})?", _day),
    (rf"{_ON}(?P<day>\d{{1,2}})(?:st|nd|rd|th)", _day_of_month),
    (
        rf"(?:(?P<which>this|next|last)\s+)?(?P<weekday>{_any(_WEEKDAYS)})(?:\s+(?P<later>week|fortnight))?",
        _weekday,
    ),
    (rf"an?\s+(?P<later>week|fortnight)\s+on\s+(?P<weekday>{_any(_WEEKDAYS)})", _weekday),
    (rf"(?P<near>{_any(_NEAR)})", _near),
    (
        rf"(?:in|within)\s+(?P<many>{_any(_NUMBERS)}|\d{{1,4}})\s+(?P<unit>day|week|fortnight|month|year)s?"
        r"(?:'s?)?(?:\s+time)?",
        _distance,
    ),
    (
        rf"(?P<many>{_any(_NUMBERS)}|\d{{1,4}})\s+(?P<unit>day|week|fortnight|month|year)s?\s+(?P<ago>ago)",
        _distance,
    ),
    (rf"(?:{_PART})?{_NAMED}(?:,?\s+(?P<year>\d{{4}}))?", _month_of),
    (rf"(?:{_PART})?(?P<which>this|next|last)\s+(?P<unit>week|month|year)", _period),
    (rf"{_PART}(?P<unit>week|month|year)", _period),
    (r"(?P<unit>week|month|year)[ -]end", _period),
    (r"(?P<which>next|last)\s+meeting", _meeting),
)
