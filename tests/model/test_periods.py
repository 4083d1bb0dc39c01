"""Who left and came back: each time for which somebody was a member, or spoke for one."""

from datetime import UTC, date, datetime

import pytest

from slavefree_cli.model.invitees import invitees
from slavefree_cli.model.kinds import Records
from slavefree_cli.model.meeting import Meeting
from slavefree_cli.model.member import Member, Membership
from slavefree_cli.model.partnership import Partnership
from slavefree_cli.model.person import Earlier, Person, Representation, gone_since

MARCH, MAY, AUGUST, DECEMBER = (date(2023, month, 1) for month in (3, 5, 8, 12))
THROUGH = [date(2023, month, 15) for month in range(1, 13)]


def months(tells):
    """Return the months in the middle of which something is so."""
    return [day.month for day in THROUGH if tells(day)]


def meeting(day):
    return Meeting(id="m", title="M", date=day, uid="u", created=datetime(2023, 1, 1, tzinfo=UTC))


class TestMember:
    JOINED = Member(id="trust", name="Trust", sector="charity", joined=date(2023, 2, 1))

    def test_one_is_a_member_from_the_day_it_joined(self):
        assert months(self.JOINED.current) == list(range(2, 13))

    def test_one_that_joins_again_was_a_member_before_and_none_in_between(self):
        left = Member(id="trust", name="Trust", sector="charity", joined=date(2023, 2, 1), left=MAY)
        back = left.joining(AUGUST)

        assert months(back.current) == [2, 3, 4, 8, 9, 10, 11, 12]
        assert (back.joined, back.left) == (AUGUST, None)
        assert back.before == {"2023-05-01": Membership(joined=date(2023, 2, 1))}
        assert list(back.problems()) == []
        assert not back.has_left(DECEMBER)

    def test_and_a_third_time(self):
        often = Member(id="t", name="T", sector="charity", joined=date(2023, 1, 1), left=MARCH).joining(MAY)
        often = Member(**{**{name: getattr(often, name) for name in often.__struct_fields__}, "left": AUGUST})

        assert months(often.joining(DECEMBER).current) == [1, 2, 5, 6, 7, 12]

    def test_another_date_of_joining_is_no_second_time(self):
        assert self.JOINED.joining(MARCH).before == {}
        left = Member(id="t", name="T", sector="charity", joined=MARCH, left=AUGUST)
        assert left.joining(MAY) == Member(id="t", name="T", sector="charity", joined=MAY, left=AUGUST)

    def test_the_day_it_left_is_a_day_on_which_it_can_join_again(self):
        left = Member(id="t", name="T", sector="charity", left=MAY)
        assert list(left.joining(MAY).problems()) == []
        assert months(left.joining(MAY).current) == list(range(1, 13))

    @pytest.mark.parametrize(
        ("joined", "before", "key", "said"),
        [
            (AUGUST, {"soon": Membership()}, "before.soon", "such as 2023-03-01"),
            (AUGUST, {"20230301": Membership()}, "before.20230301", "such as 2023-03-01"),
            (AUGUST, {"2023-03-01": Membership(joined=MAY)}, "before.2023-03-01.joined", "after it ended"),
            (MARCH, {"2023-05-01": Membership()}, "before.2023-05-01", "after the next period began"),
            (None, {"2023-05-01": Membership()}, "before.2023-05-01", "is missing"),
            (
                DECEMBER,
                {"2023-08-01": Membership(joined=MARCH), "2023-05-01": Membership()},
                "before.2023-05-01",
                "after the next period began",
            ),
        ],
    )
    def test_times_that_cannot_be(self, joined, before, key, said):
        wrong = Member(id="t", name="T", sector="charity", joined=joined, before=before)
        ((found, message),) = wrong.problems()
        assert found == key
        assert said in message


MEMBERS = {
    "council": Member(id="council", name="Council", sector="local-authority"),
    "trust": Member(id="trust", name="Trust", sector="charity"),
}


def alex(**represents):
    return Person(id="alex", name="Alex", email="a@example.org", represents=represents)


class TestPerson:
    LEFT = Representation(role="Officer", until=MARCH, deputy=True)

    def test_somebody_who_comes_back_spoke_for_it_before_and_not_in_between(self):
        back = alex(council=self.LEFT.beginning(AUGUST))

        assert months(lambda day: back.represented(MEMBERS, day)) == [1, 2, 8, 9, 10, 11, 12]
        assert back.represents["council"].before == {"2023-03-01": Earlier(role="Officer", deputy=True)}
        assert list(back.problems()) == []

    def test_each_time_is_as_what_it_was_then(self):
        again = self.LEFT.beginning(AUGUST)
        chief = Representation(role="Chief", since=again.since, before=again.before)
        both = alex(council=chief)

        assert [chief.held(day).role for day in (date(2023, 1, 1), AUGUST)] == ["Officer", "Chief"]
        assert [both.is_deputy("council", day) for day in (date(2023, 1, 1), MAY, AUGUST)] == [True, False, False]

    def test_one_member_after_the_other_and_two_at_once(self):
        moved = alex(council=Representation(until=MAY), trust=Representation(since=MARCH))

        assert [moved.represented(MEMBERS, day) for day in (date(2023, 1, 1), date(2023, 4, 1), MAY)] == [
            ["council"], ["council", "trust"], ["trust"],
        ]  # fmt: skip

    def test_a_member_that_joins_again_has_its_people_again(self):
        members = {"trust": Member(id="trust", name="T", sector="charity", left=MAY).joining(AUGUST)}
        assert months(lambda day: alex(trust=Representation()).represented(members, day)) == [1, 2, 3, 4, *range(8, 13)]

    def test_they_have_left_until_it_is_recorded_that_they_come_back(self):
        assert gone_since(alex(council=self.LEFT), MAY, MEMBERS) == MARCH
        assert gone_since(alex(council=self.LEFT), date(2023, 2, 1), MEMBERS) is None
        assert gone_since(alex(council=self.LEFT.beginning(AUGUST)), DECEMBER, MEMBERS) is None

    def test_they_are_invited_to_what_lies_in_their_times(self):
        records = Records.holding(
            partnership=Partnership(name="P", timezone="Europe/London"),
            members=MEMBERS,
            people={"alex": alex(council=self.LEFT.beginning(AUGUST))},
        )
        asked = [each for day in THROUGH for each in invitees(meeting(day), records) if each.id == "alex"]
        assert len(asked) == 7
        assert asked[0].optional, "a deputy is"
