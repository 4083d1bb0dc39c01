"""What was issued, and when SEQUENCE rises (RFC 5545 section 3.8.7.4, RFC 5546 section 2.1)."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from slavefree_cli.model.issue import Issue, clash, contradictions, latest, next_sequence, next_stamp
from slavefree_cli.model.meeting import Meeting

NOW = datetime(2023, 5, 9, 9, tzinfo=UTC)
DAY = date(2023, 6, 7)
LONDON = "Europe/London"
JUNE = Meeting(
    id="2023-06-07-june",
    title="June",
    date=DAY,
    start=time(14),
    end=time(16),
    venue="Town Hall",
    uid="june@slavefree",
    created=NOW,
)


def issue(**fields):
    like = {"date": DAY, "start": time(14), "end": time(16), "venue": "Town Hall", "status": "planned"}
    made = {"id": "k7mq2", "of": JUNE.id, "sequence": 3, "stamp": NOW, "content": "c", "method": "PUBLISH"}
    return Issue(**{**made, **like, **fields})


def number(*issues, meeting=JUNE, zone=LONDON):
    return next_sequence(meeting, issues, zone)


def moved(**fields):
    return Meeting(**{**{name: getattr(JUNE, name) for name in JUNE.__struct_fields__}, **fields})


class TestSequence:
    def test_the_first_goes_out_under_nought(self):
        assert number() == 0

    @pytest.mark.parametrize(
        "was", [{}, {"status": "held"}, {"content": "another agenda"}, {"method": "CANCEL", "to": ("a",)}]
    )
    def test_it_stays_where_day_time_place_and_status_do(self, was):
        assert number(issue(**was)) == 3

    @pytest.mark.parametrize(
        "was",
        [
            {"date": date(2023, 6, 8)},
            {"start": time(9)},
            {"start": None, "end": None},
            {"end": None},
            {"venue": "Library"},
            {"venue": None},
            {"status": "cancelled", "method": "CANCEL"},
        ],
    )
    def test_it_rises_when_one_of_them_changes(self, was):
        assert number(issue(**was)) == 4

    def test_it_rises_when_a_meeting_moves_and_when_it_moves_back(self):
        away = issue(id="aaaaa", sequence=4, date=date(2023, 6, 8))
        assert number(issue(), meeting=moved(date=date(2023, 6, 8))) == 4
        assert number(issue(), away) == 5

    def test_an_end_that_was_understood_and_is_now_said_is_no_change(self):
        assert number(issue(end=None), meeting=moved(end=time(15))) == 3

    def test_it_rises_when_the_partnership_changes_its_time_zone(self):
        begins = datetime(2023, 6, 7, 13, tzinfo=UTC)
        was = issue(begins=begins, ends=begins + timedelta(hours=2))
        assert number(was) == 3
        assert number(was, zone="Europe/Paris") == 4

    def test_it_stays_for_another_name_of_the_same_instants(self):
        begins = datetime(2023, 6, 7, 13, tzinfo=UTC)
        was = issue(begins=begins, ends=begins + timedelta(hours=2))
        assert number(was, meeting=moved(start=time(15), end=time(17)), zone="Europe/Paris") == 3

    def test_it_rises_when_the_rule_of_the_clocks_changed_since(self):
        begins = datetime(2023, 6, 7, 14, tzinfo=UTC)
        assert number(issue(begins=begins, ends=begins + timedelta(hours=2))) == 4

    def test_the_day_of_a_meeting_without_a_time_is_the_same_in_every_zone(self):
        assert number(issue(start=None, end=None), meeting=moved(start=None, end=None), zone="Asia/Kolkata") == 3

    def test_a_time_that_the_clocks_skip_was_never_issued(self):
        assert number(issue(date=date(2023, 3, 26), start=time(1, 30))) == 4


class TestTwoClones:
    def test_different_things_under_one_number_clash_and_the_next_is_above_both(self):
        one, other = issue(id="aaaaa"), issue(id="bbbbb", venue="Library", stamp=NOW + timedelta(days=1))
        assert clash([one, other], LONDON)
        assert number(one, other) == 4
        assert number(other, one, meeting=moved(venue="Library")) == 4

    def test_the_same_said_twice_does_not_clash(self):
        assert not clash([issue(id="aaaaa"), issue(id="bbbbb", stamp=NOW + timedelta(days=1))], LONDON)

    def test_another_text_with_a_newer_stamp_does_not_clash_and_with_the_same_stamp_does(self):
        later = issue(id="bbbbb", content="d", stamp=NOW + timedelta(seconds=1))
        assert not clash([issue(id="aaaaa"), later], LONDON)
        assert clash([issue(id="aaaaa"), issue(id="bbbbb", content="d")], LONDON)

    def test_what_was_settled_by_a_higher_number_is_past(self):
        assert not clash([issue(id="aaaaa"), issue(id="bbbbb", venue="Library"), issue(id="ccccc", sequence=4)], LONDON)

    def test_nothing_issued_does_not_clash(self):
        assert not clash([], LONDON)


class TestStamp:
    def test_it_is_now(self):
        assert next_stamp(NOW, []) == NOW
        assert next_stamp(NOW, [issue(stamp=NOW - timedelta(days=1))]) == NOW

    @pytest.mark.parametrize("ahead", [timedelta(), timedelta(days=1)])
    def test_it_is_newer_than_the_last_even_where_the_clock_was_set_back(self, ahead):
        assert next_stamp(NOW, [issue(stamp=NOW + ahead)]) == NOW + ahead + timedelta(seconds=1)


class TestRecord:
    def test_the_last_is_that_of_the_highest_number_and_then_the_newest(self):
        newest = issue(id="b", stamp=datetime(2024, 1, 1, tzinfo=UTC), sequence=2)
        highest = issue(id="a")
        assert latest([newest, highest]) == highest
        assert latest([]) is None

    @pytest.mark.parametrize(
        ("fields", "key"),
        [
            ({"sequence": -1}, "sequence"),
            ({"sequence": 2**31}, "sequence"),
            ({"stamp": datetime(2023, 1, 1)}, "stamp"),
            ({"method": "REQUEST"}, "to"),
            ({"to": ("sam",)}, "to"),
            ({"method": "REQUEST", "to": ("sam",), "status": "cancelled"}, "status"),
            ({"method": "CANCEL"}, "status"),
            ({"begins": NOW}, "begins"),
            ({"begins": NOW, "ends": NOW, "start": None, "end": None}, "begins"),
            ({"begins": NOW, "ends": NOW + timedelta(hours=1)}, "begins"),
            (
                {"begins": datetime(2023, 6, 7, 13, tzinfo=UTC), "ends": datetime(2023, 6, 7, 13, tzinfo=UTC)},
                "ends",
            ),
            ({"begins": datetime(2023, 6, 7, 13), "ends": datetime(2023, 6, 7, 14, tzinfo=UTC)}, "begins"),
        ],
    )  # fmt: skip
    def test_what_it_cannot_say(self, fields, key):
        assert [found for found, _ in issue(**fields).problems()] == [key]

    def test_issues_that_go_with_each_other_contradict_nothing(self):
        first, second = issue(id="aaaaa", sequence=0), issue(id="bbbbb", sequence=1, venue="Library")
        assert list(contradictions([second, first], LONDON)) == []

    def test_two_that_differ_under_one_number_contradict_each_other(self):
        first, second = issue(id="aaaaa", sequence=0), issue(id="bbbbb", sequence=0, venue="Library")
        ((which, key, message),) = contradictions([second, first], LONDON)
        assert (which, key) == (second, "sequence")
        assert message == "is 0, under which aaaaa says something else; issue again"

    def test_a_number_that_was_left_out_tells_of_a_file_taken_away_or_changed(self):
        ((which, key, message),) = contradictions([issue(sequence=0), issue(id="bbbbb", sequence=2)], LONDON)
        assert (which.id, key, message) == ("bbbbb", "sequence", "is 2, and nothing was issued as 1")
