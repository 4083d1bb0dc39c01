"""For which member somebody sits who could sit for several: the one that is asked for where it is not plain."""

from datetime import UTC, date, datetime

import pytest

from slavefree_cli.model.answers import answers
from slavefree_cli.model.attendance import Attendance, Attendee
from slavefree_cli.model.group import Group
from slavefree_cli.model.hats import choice, hats
from slavefree_cli.model.kinds import Records
from slavefree_cli.model.meeting import Meeting
from slavefree_cli.model.member import Member
from slavefree_cli.model.partnership import Partnership, QuorumRule
from slavefree_cli.model.person import Person, Representation
from slavefree_cli.model.quorum import of_meeting

DAY = date(2023, 6, 7)
FULL, DEPUTY = Representation(), Representation(deputy=True)


def meeting(**fields):
    given = {"id": "june", "title": "June", "date": DAY, "uid": "u", "created": datetime(2023, 1, 1, tzinfo=UTC)}
    return Meeting(**{**given, **fields})


def person(id, **represents):
    return Person(id=id, name=id.title(), represents=represents)


RECORDS = Records.holding(
    partnership=Partnership(name="P", timezone="Europe/London", quorum=QuorumRule(members=2)),
    members={
        **{each: Member(id=each, name=each.title(), sector="charity") for each in ("council", "police", "trust")},
        "later": Member(id="later", name="Later", sector="charity", joined=date(2023, 7, 1)),
        "gone": Member(id="gone", name="Gone", sector="charity", left=DAY),
    },
    people={
        each.id: each
        for each in (
            person("one", police=FULL),
            person("both", police=FULL, trust=FULL),
            person("deputy", police=DEPUTY, trust=DEPUTY),
            person("mixed", council=DEPUTY, trust=FULL),
            person("former", trust=Representation(until=DAY), gone=FULL, police=FULL, later=FULL),
            person("guest"),
        )
    },
    groups={"board": Group(id="board", name="Board", members=("trust", "council"))},
)


@pytest.mark.parametrize(
    ("who", "came_for", "group", "sits_for", "between"),
    [
        ("one", (), None, ["police"], []),
        ("both", (), None, ["police", "trust"], ["police", "trust"]),
        ("both", (), "board", ["trust", "police"], []),
        ("deputy", (), None, ["police", "trust"], ["police", "trust"]),
        ("mixed", (), None, ["trust", "council"], []),
        ("mixed", (), "board", ["trust", "council"], []),
        ("former", (), None, ["police"], []),
        ("guest", (), None, [], []),
        ("guest", ("one",), None, ["police"], []),
        ("guest", ("one", "mixed"), None, ["police", "trust", "council"], ["police", "trust"]),
        ("guest", ("one", "mixed"), "board", ["trust", "council", "police"], []),
        ("deputy", ("one",), None, ["police", "trust"], []),
        ("one", ("mixed",), None, ["trust", "police", "council"], ["trust", "police"]),
        ("mixed", ("one",), None, ["police", "trust", "council"], ["police", "trust"]),
    ],
)
def test_for_whom_somebody_sits(who, came_for, group, sits_for, between):
    attendee = Attendee(outcome="present", also_deputy_for=came_for)
    assert hats(who, attendee, meeting(group=group), RECORDS) == sits_for
    assert choice(who, attendee, meeting(group=group), RECORDS) == between


def test_nobody_counts_for_two_members():
    came = {"both": Attendee(outcome="present", representing="trust")}
    assert of_meeting(meeting(), Attendance(id="june", people=came), RECORDS).present == 1


def test_a_member_counts_that_was_one_on_the_day():
    came = {each: Attendee(outcome="present", representing=each) for each in ("police", "later", "gone")}
    attendance = Attendance(id="june", people=came)

    assert of_meeting(meeting(), attendance, RECORDS).present == 1
    assert of_meeting(meeting(date=date(2023, 6, 6)), attendance, RECORDS).present == 2
    assert of_meeting(meeting(date=date(2023, 7, 1)), attendance, RECORDS).present == 2


def test_two_deputies_for_one_count_once():
    came = {
        "guest": Attendee(outcome="present", representing="police", deputy_for="one"),
        "deputy": Attendee(outcome="present", representing="police", also_deputy_for=("one",)),
    }
    attendance = Attendance(id="june", people=came)
    assert of_meeting(meeting(), attendance, RECORDS).present == 1
    assert attendance.deputies_of("one") == ["guest", "deputy"]


def test_at_a_board_who_comes_is_expected_under_the_hat_of_its_member():
    replied = Attendance(id="june", people={"both": Attendee(reply="accepted")})
    records = Records.holding(
        **{kind: dict(RECORDS.all(getattr(Records, kind))) for kind in ("members", "people", "groups")},
        partnership=RECORDS.partnership,
        attendances={"june": replied},
    )
    assert answers(meeting(group="board"), records).quorum.present == 1
