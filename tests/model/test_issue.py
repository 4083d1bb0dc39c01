"""What was issued, and when SEQUENCE rises (RFC 5545 section 3.8.7.4, RFC 5546 section 2.1)."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from slavefree_cli.model.issue import Issue, answers_earlier, latest, newest_sequence
from slavefree_cli.model.meeting import Meeting
from slavefree_cli.model.sequence import Present, clash, contradictions, next_sequence, next_stamp, sequence_for, stands
from slavefree_cli.model.told import Recipient

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
    return next_sequence(Present(meeting, zone), issues)


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


def asked(*to, **fields):
    people = {each: Recipient(email=f"{each}@example.org", name=each) for each in to}
    return issue(**{"method": "REQUEST", "to": to, "people": people, **fields})


class TestOrganiser:
    def now(self, email="ann@example.org", content="c"):
        return Present(JUNE, LONDON, email, lambda _: content)

    def test_another_one_raises_it(self):
        assert next_sequence(self.now(), [issue(organizer="ann@example.org")]) == 3
        assert next_sequence(self.now("bob@example.org"), [issue(organizer="ann@example.org")]) == 4

    def test_where_it_was_not_kept_it_is_the_same_as_long_as_nothing_that_was_said_has_changed(self):
        assert next_sequence(self.now(), [issue()]) == 3
        assert next_sequence(self.now(content="d"), [issue()]) == 4


class TestOfOnePerson:
    """Sam moved to another address, which raised the number of theirs alone."""

    first = asked("sam", "kim", sequence=0)
    off = asked("sam", id="aaaaa", sequence=1, method="CANCEL")
    moved = asked(
        "sam", id="bbbbb", sequence=1, people={"sam": Recipient(email="s@new.example.org", name="S")},
        stamp=NOW + timedelta(seconds=1),
    )  # fmt: skip
    issues = (first, off, moved)

    def of(self, party, *issues, meeting=JUNE):
        return sequence_for(party, f"{party}@example.org", Present(meeting, LONDON), issues or self.issues)

    def test_the_others_keep_theirs(self):
        assert [self.of(each) for each in ("sam", "kim", "new")] == [1, 0, 0]
        assert [newest_sequence(each, self.issues) for each in ("sam", "kim", "new")] == [1, 0, 0]

    def test_after_a_move_all_have_one_above_all(self):
        library = moved(venue="Library")
        assert [self.of(each, meeting=library) for each in ("sam", "kim", "new")] == [2, 2, 2]
        assert self.of("new") == 0
        assert self.of("kim", *self.issues, asked("sam", id="ccccc", sequence=2, venue="Library"), meeting=library) == 2

    def test_nobody_goes_below_what_they_or_their_address_had(self):
        taken_over = {"sam": Recipient(email="KIM@example.org", name="S")}
        assert self.of("kim", self.first, asked("sam", id="ccccc", sequence=1, people=taken_over)) == 1

    def test_the_first_goes_out_under_nought(self):
        assert sequence_for("sam", None, Present(JUNE, LONDON), []) == 0


class TestAnswers:
    library = asked("sam", id="aaaaa", sequence=5, venue="Library")

    @pytest.mark.parametrize(
        ("issues", "sequence", "stale"),
        [
            ([asked("sam")], 3, False),
            ([asked("sam"), asked("sam", id="bbbbb", sequence=4, content="d", organizer="b@example.org")], 3, False),
            ([asked("sam"), library], 3, True),
            ([asked("sam"), library], 5, False),
            ([asked("sam"), library, asked("sam", id="ccccc", sequence=6)], 3, True),
            ([asked("sam", sequence=1)], 0, False),
            ([asked("sam", sequence=1), library], 0, True),
            ([asked("sam"), asked("kim", id="bbbbb", sequence=5, venue="Library")], 3, False),
            ([library, asked("sam", id="bbbbb", sequence=5), asked("sam", id="ccccc", sequence=6)], 5, True),
            ([], 0, False),
        ],
    )
    def test_one_is_stale_only_where_day_time_or_place_is_another_since(self, issues, sequence, stale):
        assert answers_earlier("sam", sequence, issues, LONDON) is stale

    def test_whoever_has_none_of_their_own_answers_what_anyone_may_open(self):
        assert newest_sequence("sam", [issue(), asked("kim", id="bbbbb", sequence=4)]) == 3


class TestTwoClones:
    def test_different_things_under_one_number_clash_and_the_next_is_above_both(self):
        one, other = issue(id="aaaaa"), issue(id="bbbbb", venue="Library", stamp=NOW + timedelta(days=1))
        assert clash([one, other], LONDON)
        assert number(one, other) == 4
        assert number(other, one, meeting=moved(venue="Library")) == 4

    def test_whoever_had_one_of_them_needs_another_until_they_have_it(self):
        one, other = asked("sam", id="aaaaa"), asked("sam", id="bbbbb", venue="Library", stamp=NOW + timedelta(days=1))
        present = Present(moved(venue="Library"), LONDON)
        assert not stands(other, present, [one, other])
        kims = asked("kim", id="ccccc", sequence=4, venue="Library")
        assert not stands(other, present, [one, other, kims])
        assert stands(kims, present, [one, other, kims])

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

    def test_they_contradict_each_other_no_more_once_everybody_who_had_one_has_another_above_both(self):
        first, second = (
            asked("sam", "kim", id="aaaaa", sequence=0),
            asked("sam", id="bbbbb", sequence=0, venue="Library"),
        )
        above = asked("sam", id="ccccc", sequence=1, venue="Library")
        assert [key for _, key, _ in contradictions([first, second, above], LONDON)] == ["sequence"]
        kims = asked("kim", id="ddddd", sequence=1, venue="Library")
        assert list(contradictions([first, second, above, kims], LONDON)) == []
        for_anyone = issue(id="eeeee", sequence=0, venue="Library")
        assert list(contradictions([first, for_anyone, above, kims], LONDON)) != []
        again = issue(id="fffff", sequence=1, venue="Library")
        assert list(contradictions([first, for_anyone, above, kims, again], LONDON)) == []

    def test_a_number_that_was_left_out_tells_of_a_file_taken_away_or_changed(self):
        ((which, key, message),) = contradictions([issue(sequence=0), issue(id="bbbbb", sequence=2)], LONDON)
        assert (which.id, key, message) == ("bbbbb", "sequence", "is 2, and nothing was issued as 1")
