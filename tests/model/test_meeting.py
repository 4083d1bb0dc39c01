"""When a meeting is, which one comes next, and where it goes when it moves."""

from datetime import UTC, date, datetime, time

import pytest

from slavefree_cli.model.meeting import Meeting, coming, following, latest, moved, next_meeting
from slavefree_cli.model.record import in_order

TODAY = date(2023, 5, 9)


def meeting(id="2023-06-07-inaugural", day=date(2023, 6, 7), **fields):
    return Meeting(
        id=id, title="Inaugural", date=day, uid=f"{id}@x", created=datetime(2023, 1, 1, tzinfo=UTC), **fields
    )


def test_its_times_are_of_the_clocks_where_the_partnership_is():
    london = meeting(start=time(14), end=time(16))

    assert london.interval("Europe/London") == (
        datetime(2023, 6, 7, 13, tzinfo=UTC),
        datetime(2023, 6, 7, 15, tzinfo=UTC),
    )
    assert london.interval("Asia/Kolkata") == (
        datetime(2023, 6, 7, 8, 30, tzinfo=UTC),
        datetime(2023, 6, 7, 10, 30, tzinfo=UTC),
    )


def test_without_an_end_it_lasts_an_hour_and_without_a_start_it_has_no_instant():
    begins, ends = meeting(start=time(23, 30)).interval("Europe/London")

    assert (ends - begins).total_seconds() == 3600
    assert meeting().interval("Europe/London") is None


def test_an_hour_across_the_change_of_the_clocks_is_an_hour():
    day = date(2023, 3, 26)
    begins, ends = meeting(day=day, start=time(0, 30), end=time(2, 30)).interval("Europe/London")

    assert (ends - begins).total_seconds() == 3600


@pytest.mark.parametrize(
    ("fields", "key"),
    [
        ({"end": time(16)}, "end"),
        ({"start": time(16), "end": time(16)}, "end"),
        ({"start": time(16), "end": time(15)}, "end"),
        ({"start": time(16, tzinfo=UTC)}, "start"),
        ({"venue": ""}, "venue"),
        ({"link": "javascript:alert(1)"}, "link"),
        ({"reason": "\x1b[31m"}, "reason"),
        ({"day": date(1066, 10, 14)}, "date"),
    ],
)
def test_what_a_meeting_cannot_be(fields, key):
    assert [found for found, _ in meeting(**fields).problems()] == [key]


def test_a_time_that_the_clocks_skip_is_none():
    skipped = meeting(day=date(2023, 3, 26), start=time(1, 30), end=time(2, 30))

    assert [key for key, _ in skipped.clock_problems("Europe/London")] == ["start"]
    assert list(skipped.clock_problems("Asia/Kolkata")) == []


SPRING = meeting("2023-03-01-spring", date(2023, 3, 1))
OFF = meeting("2023-05-10-off", date(2023, 5, 10), status="cancelled")
TODAYS = meeting("2023-05-09-today", TODAY)
EARLY = meeting("2023-06-07-early", date(2023, 6, 7), start=time(9))
LATE = meeting("2023-06-07-a-late", date(2023, 6, 7), start=time(15))
BOARD = meeting("2023-05-20-board", date(2023, 5, 20), group="board")
ALL = [LATE, EARLY, OFF, SPRING]


def test_meetings_come_by_day_and_hour():
    assert in_order(ALL) == [SPRING, OFF, EARLY, LATE]


def test_the_next_is_the_first_still_planned_from_today_on():
    assert next_meeting(ALL, TODAY) == EARLY
    assert next_meeting([*ALL, TODAYS], TODAY) == TODAYS
    assert next_meeting([SPRING, OFF], TODAY) is None


def test_the_last_is_the_latest_that_took_place():
    now = datetime(2023, 5, 9, 9, tzinfo=UTC)

    assert latest(ALL, now, "Europe/London") == SPRING
    assert latest([OFF, LATE], now, "Europe/London") is None
    held = meeting("2023-05-09-held", TODAY, status="held")
    assert latest([SPRING, held], now, "Europe/London") == held


@pytest.mark.parametrize(
    ("hour", "last", "next"),
    [(7, None, "z"), (8, None, "z"), (9, "z", "a"), (13, "z", "a"), (14, "a", "l"), (20, "a", "l")],
)
def test_of_two_on_one_day_the_hour_tells_which_is_last_and_which_is_next(hour, last, next):
    morning, afternoon = (
        meeting(id, TODAY, start=time(begins), end=time(ends)) for id, begins, ends in (("z", 9, 10), ("a", 14, 15))
    )
    # In London it is an hour later.
    now = datetime(2023, 5, 9, hour, tzinfo=UTC)
    day = [afternoon, meeting("l", date(2023, 5, 10)), morning]

    found = [each and each.id for each in (latest(day, now, "Europe/London"), coming(day, now, "Europe/London"))]
    assert found == [last, next]


def test_after_a_meeting_comes_one_of_the_same_group():
    assert following(SPRING, [*ALL, BOARD]) == EARLY
    assert following(BOARD, [*ALL, BOARD]) is None


@pytest.mark.parametrize(
    ("was", "to", "comes"),
    [
        ((time(14), time(16)), (None, None), (time(14), time(16))),
        ((time(14), time(16)), (time(9), None), (time(9), time(11))),
        ((time(14), time(16)), (time(9), time(9, 30)), (time(9), time(9, 30))),
        ((time(14), time(16)), (None, time(17)), (time(14), time(17))),
        ((time(14), time(16)), (time(23), None), (time(23), time(1))),
        ((time(22), time(0, 30)), (time(20), None), (time(20), time(22, 30))),
        ((time(14), None), (time(9), None), (time(9), None)),
        ((None, None), (time(9), None), (time(9), None)),
    ],
)
def test_a_meeting_that_moves_keeps_its_length(was, to, comes):
    day = date(2023, 6, 14)

    assert moved(meeting(start=was[0], end=was[1]), day, *to) == (day, *comes)


def test_one_that_goes_on_past_midnight_ends_the_next_day():
    vigil = meeting(day=date(2023, 10, 17), start=time(22), end=time(0, 30))

    assert list(vigil.problems()) == []
    assert vigil.last_day == date(2023, 10, 18)
    begins, ends = vigil.interval("Europe/London")
    assert (ends - begins).total_seconds() == 9000


@pytest.mark.parametrize(
    ("end", "taken"), [(time(23), True), (time(0), True), (time(10), True), (time(10, 1), False), (time(22), False)]
)
def test_for_twelve_hours_at_most(end, taken):
    assert (list(meeting(start=time(22), end=end).problems()) == []) is taken


def test_a_time_that_the_clocks_skip_on_the_next_day_is_none():
    night = meeting(day=date(2023, 3, 25), start=time(22), end=time(1, 30))

    assert [key for key, _ in night.clock_problems("Europe/London")] == ["end"]


def test_on_one_day_the_later_follows_the_earlier():
    assert following(EARLY, ALL) == LATE
    assert following(LATE, ALL) is None
