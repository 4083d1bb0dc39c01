"""A year's meetings worked out."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slavefree_cli.model.schedule import Planned, Weekday, parse_weekday, planned


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("first wednesday", (1, 2)), ("Last Friday", (-1, 4)), ("2nd tue", (2, 1)), ("fourth  thurs", (4, 3))],
)
def test_a_weekday_as_it_is_typed(typed, meant):
    assert parse_weekday(typed) == Weekday(*meant)


@pytest.mark.parametrize(
    "typed", ["", "wednesday", "fifth monday", "first t", "first day", "first wednesday of", "0th mon"]
)
def test_what_is_none(typed):
    with pytest.raises(ValueError, match="first wednesday"):
        parse_weekday(typed)


@given(st.integers(1901, 2998), st.integers(1, 12), st.sampled_from([1, 2, 3, 4, -1]), st.integers(0, 6))
def test_the_day_is_in_its_month_and_is_that_weekday(year, month, which, weekday):
    day = Weekday(which, weekday).of(year, month)
    assert (day.year, day.month, day.weekday()) == (year, month, weekday)
    week = (day.day - 1) // 7 + 1
    assert week == which if which > 0 else day.day > 21


def test_every_three_months_from_a_day_over_the_end_of_a_year():
    days = planned(Weekday(1, 2), begin=date(2026, 9, 1), months=3, count=3, is_holiday=lambda _: False)
    assert [each.day for each in days] == [date(2026, 9, 2), date(2026, 12, 2), date(2027, 3, 3)]


def test_a_day_gone_by_is_left_to_the_next_month():
    days = planned(Weekday(1, 2), begin=date(2026, 12, 3), months=1, count=2, is_holiday=lambda _: False)
    assert [each.day for each in days] == [date(2027, 1, 6), date(2027, 2, 3)]


def test_a_bank_holiday_is_put_off_by_a_week_and_by_another():
    closed = {date(2026, 12, 25), date(2027, 1, 1)}
    days = planned(Weekday(-1, 4), begin=date(2026, 12, 1), months=1, count=2, is_holiday=closed.__contains__)
    assert days == [Planned(date(2027, 1, 8), date(2026, 12, 25)), Planned(date(2027, 1, 29), None)]
