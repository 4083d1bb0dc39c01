"""Deadlines in working days: weekends and bank holidays left out."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from slavefree_cli.model.working_days import agenda_due, minutes_due
from slavefree_cli.work.records.timetable import bank_holidays

ENGLAND = bank_holidays("GB-ENG")
WEDNESDAY = date(2023, 6, 14)


def never(_):
    return False


def test_an_agenda_is_due_so_many_clear_working_days_before():
    assert agenda_due(WEDNESDAY, 5, never) == date(2023, 6, 6), "7, 8, 9, 12 and 13 June lie between"
    assert agenda_due(WEDNESDAY, 0, never) == date(2023, 6, 13)


def test_minutes_are_due_on_the_last_of_so_many_working_days_after():
    assert minutes_due(WEDNESDAY, 10, never) == date(2023, 6, 28)
    assert minutes_due(date(2023, 6, 16), 1, never) == date(2023, 6, 19), "from a Friday to Monday"
    assert minutes_due(WEDNESDAY, 0, never) == WEDNESDAY


def test_bank_holidays_are_left_out():
    assert minutes_due(date(2023, 12, 22), 1, ENGLAND) == date(2023, 12, 27), "after Christmas and Boxing Day"
    assert agenda_due(date(2023, 4, 12), 1, ENGLAND) == date(2023, 4, 6), "before Easter Monday and Good Friday"


@given(st.dates(date(2020, 1, 1), date(2030, 12, 31)), st.integers(0, 30))
def test_exactly_so_many_working_days_lie_between(day, count):
    due = agenda_due(day, count, never)
    between = (due + timedelta(days=each) for each in range(1, (day - due).days))

    assert due.weekday() < 5
    assert sum(each.weekday() < 5 for each in between) == count
