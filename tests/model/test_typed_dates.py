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
