"""Dates and times as people type them, as they are spoken, and as instants."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slavefree_cli.model import dates

TODAY = date(2023, 5, 9)
DAYS = st.dates(date(1900, 1, 1), date(2999, 12, 31))


@pytest.mark.parametrize(
    "typed",
    ["2023-06-07", "2023-6-7", "7 June 2023", "7 Jun 2023", "7th June 2023", "Wednesday 7 June 2023",
     "Wed, 7 june 2023", "7/6/2023", "07/06/2023", "7.6.2023", "  7 June 2023  "],
)  # fmt: skip
def test_a_date_can_be_typed_in_many_ways(typed):
    assert dates.parse_date(typed, TODAY) == date(2023, 6, 7)


def test_today_and_tomorrow_are_dates():
    assert dates.parse_date("Today", TODAY) == TODAY
    assert dates.parse_date("tomorrow", TODAY) == date(2023, 5, 10)
    assert dates.parse_date("1 Sept 2023", TODAY) == date(2023, 9, 1)


@pytest.mark.parametrize(
    ("typed", "words"),
    [("30 February 2023", "no such day"), ("2023-13-01", "no such day"), ("31/6/2023", "no such day"),
     ("6/7/23", "not a date"), ("June 2023", "not a date"), ("7 Ju 2023", "not a date"), ("", "not a date"),
     ("0999-01-01", "must be from 1900 to 2999"), ("２０２３-06-07x", "not a date")],
)  # fmt: skip
def test_what_is_no_date_is_refused(typed, words):
    with pytest.raises(ValueError, match=words):
        dates.parse_date(typed, TODAY)


@given(DAYS)
def test_every_day_can_be_typed_as_it_is_spoken(day):
    for typed in (day.isoformat(), dates.spoken(day), dates.short(day), f"{day.day}/{day.month}/{day.year}"):
        assert dates.parse_date(typed, TODAY) == day


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("14:00", time(14)), ("14.30", time(14, 30)), ("2pm", time(14)), ("2.30 PM", time(14, 30)), ("12am", time(0)),
     ("12pm", time(12)), ("9:05", time(9, 5)), ("00:00", time(0))],
)  # fmt: skip
def test_a_time_can_be_typed_in_many_ways(typed, meant):
    assert dates.parse_time(typed) == meant


@pytest.mark.parametrize("typed", ["", "14", "24:00", "14:60", "13pm", "0am", "2:3", "noon", "14:00:00", "-1:00"])
def test_what_is_no_time_is_refused(typed):
    with pytest.raises(ValueError, match="is not a time"):
        dates.parse_time(typed)


@given(st.times())
def test_every_minute_can_be_typed_as_the_clock_shows_it(at):
    assert dates.parse_time(dates.clock(at)) == at.replace(second=0, microsecond=0)


@pytest.mark.parametrize(
    ("days", "said"),
    [(0, "today"), (1, "tomorrow"), (-1, "yesterday"), (3, "in 3 days"), (-3, "3 days ago"), (14, "in 2 weeks"),
     (-21, "3 weeks ago")],
)  # fmt: skip
def test_how_far_off_a_day_is(days, said):
    assert dates.distance(TODAY + timedelta(days=days), TODAY) == said


@pytest.mark.parametrize(
    ("day", "at", "zone", "utc"),
    [
        (date(2023, 6, 7), time(14), "Europe/London", datetime(2023, 6, 7, 13, tzinfo=UTC)),
        (date(2023, 12, 7), time(14), "Europe/London", datetime(2023, 12, 7, 14, tzinfo=UTC)),
        (date(2023, 6, 7), time(14), "Asia/Kolkata", datetime(2023, 6, 7, 8, 30, tzinfo=UTC)),
        (date(2023, 10, 29), time(1, 30), "Europe/London", datetime(2023, 10, 29, 0, 30, tzinfo=UTC)),
        (date(2023, 4, 2), time(1, 45), "Australia/Lord_Howe", datetime(2023, 4, 1, 14, 45, tzinfo=UTC)),
    ],
)
def test_a_wall_clock_is_an_instant_the_first_of_two(day, at, zone, utc):
    assert dates.instant(day, at, zone) == utc


@pytest.mark.parametrize(
    ("day", "at", "zone"),
    [
        (date(2023, 3, 26), time(1, 30), "Europe/London"),
        (date(2023, 3, 12), time(2, 0), "America/New_York"),
        (date(2023, 10, 1), time(2, 15), "Australia/Lord_Howe"),
        (date(2023, 4, 23), time(2, 30), "Africa/Casablanca"),
    ],
)
def test_a_time_that_the_clocks_skip_is_refused(day, at, zone):
    with pytest.raises(ValueError, match="the clocks skip"):
        dates.instant(day, at, zone)


@given(st.datetimes(datetime(1990, 1, 1), datetime(2037, 1, 1)), st.sampled_from(["Europe/London", "Asia/Kolkata"]))
def test_an_instant_is_what_the_clocks_show_then(at, zone):
    try:
        found = dates.instant(at.date(), at.time(), zone)
    except ValueError:
        return
    assert dates.local(found, zone).replace(tzinfo=None) == at


def test_a_zone_that_does_not_exist_is_refused():
    for name in ("Europe/Londres", "", "../etc/passwd", "Europe/London\0"):
        with pytest.raises(ValueError, match="is not a time zone"):
            dates.zone(name)
