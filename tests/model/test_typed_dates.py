"""Dates as people write them: every expression of the tables means its day, or is refused."""

from datetime import date

import pytest

import dates_as_written as tables
from slavefree_cli.model import typed_dates
from slavefree_cli.model.typed_dates import From

DAY = date.fromisoformat(tables.DAY)
MEETINGS = (date.fromisoformat(tables.LAST_MEETING), date.fromisoformat(tables.NEXT_MEETING))


def means(typed, since):
    try:
        return typed_dates.read(typed, since).day.isoformat()
    except ValueError:
        return None


@pytest.mark.parametrize(("typed", "day"), tables.TO_COME)
def test_what_is_to_come_is_read_forwards(typed, day):
    assert means(typed, From(DAY, False, *MEETINGS)) == day


@pytest.mark.parametrize(("typed", "day"), tables.GONE_BY)
def test_what_happened_is_read_backwards(typed, day):
    assert means(typed, From(DAY, True, *MEETINGS)) == day


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("14 June", "may be Tuesday 14 June 2022 or Wednesday 14 June 2023"),
        ("8 December", None),
        ("6 December", "may be Tuesday 6 December 2022 or Wednesday 6 December 2023"),
        ("14th", "may be Sunday 14 May 2023 or Wednesday 14 June 2023"),
        ("June", "may be Thursday 30 June 2022 or Friday 30 June 2023"),
    ],
)
def test_where_the_next_is_nearer_than_the_last_nobody_knows_which_is_meant(typed, says):
    back = From(DAY, True)
    if says is None:
        assert typed_dates.settled(typed, back).day == typed_dates.read(typed, back).day
        return
    with pytest.raises(ValueError, match=says):
        typed_dates.settled(typed, back)
    assert typed_dates.settled(typed, From(DAY)).coming is None


def test_a_day_of_the_week_says_which_is_meant():
    back = From(DAY, True)
    assert typed_dates.settled("Wednesday 14 June", back).day == date(2023, 6, 14)
    assert typed_dates.settled("Tuesday 14 June", back).day == date(2022, 6, 14)
    assert typed_dates.settled("Wednesday 7 June", back).day == DAY
