"""Which records a list has, and in what order."""

from datetime import UTC, date, datetime

import pytest

from slavefree_cli.model.action import Action
from slavefree_cli.model.criteria import ActionsWanted, DecisionsWanted, MeetingsWanted, chosen
from slavefree_cli.model.decision import Decision
from slavefree_cli.model.group import Group
from slavefree_cli.model.kinds import Records, RestrictedRecords
from slavefree_cli.model.meeting import Meeting

DAY = date(2023, 6, 7)
LATER = date(2023, 9, 6)
NOW = datetime(2023, 5, 9, 9, tzinfo=UTC)
EVERY = ("open", "done", "dropped")


def held(*records):
    return {record.id: record for record in records}


def action(id, **fields):
    return Action(**{"id": id, "title": id, "owner": "colin-cox", "raised": DAY, **fields})


def meeting(id, day):
    return Meeting(id=id, title=id, date=day, uid=f"{id}@x", created=NOW)


ACTIONS = held(
    action("late0", due=DAY, meeting="m"),
    action("open0", owner="essex-police", with_=("colin-cox",), due=LATER),
    action("done0", status="done", closed=DAY, due=DAY),
    action("drop0", status="dropped", closed=DAY, owner="julie-young"),
)
SECRET = held(action("secr0", restricted=True, due=date(2023, 7, 1)))
OPEN = Records.holding(actions=ACTIONS)
HIDDEN = RestrictedRecords.holding(actions=SECRET)


@pytest.mark.parametrize(
    ("wanted", "ids"),
    [
        (ActionsWanted(), ["late0", "open0"]),
        (ActionsWanted(frozenset(), overdue=LATER), ["late0"]),
        (ActionsWanted({"done"}, overdue=LATER), ["done0", "late0"]),
        (ActionsWanted(EVERY), ["done0", "late0", "open0", "drop0"]),
        (ActionsWanted(EVERY, owner="colin-cox"), ["done0", "late0", "open0"]),
        (ActionsWanted(owner="essex-police"), ["open0"]),
        (ActionsWanted(EVERY, meeting="m"), ["late0"]),
        (ActionsWanted(overdue=LATER, owner="julie-young"), []),
    ],
)
def test_actions(wanted, ids):
    assert [each.id for each in chosen(Action, wanted, OPEN)] == ids


def test_what_is_restricted_is_there_only_where_its_tree_is_given():
    assert [each.id for each in chosen(Action, ActionsWanted(), OPEN, HIDDEN)] == ["late0", "secr0", "open0"]
    assert "secr0" not in [each.id for each in chosen(Action, None, OPEN)]


@pytest.mark.parametrize(
    ("wanted", "ids"),
    [
        (None, ["a", "b", "c"]),
        (MeetingsWanted(), ["a", "b", "c"]),
        (MeetingsWanted(since=DAY), ["b", "c"]),
        (MeetingsWanted(before=DAY), ["a"]),
        (MeetingsWanted(since=DAY, before=LATER), ["b"]),
    ],
)
def test_meetings(wanted, ids):
    tree = Records.holding(meetings=held(meeting("c", LATER), meeting("b", DAY), meeting("a", date(2023, 6, 6))))
    assert [each.id for each in chosen(Meeting, wanted, tree)] == ids


def test_decisions():
    taken = held(
        *(Decision(id=id, text=id, taken=day, meeting=of) for id, day, of in (("b", LATER, "m"), ("a", DAY, "n")))
    )
    tree = Records.holding(decisions=taken)
    assert [each.id for each in chosen(Decision, DecisionsWanted(), tree)] == ["a", "b"]
    assert [each.id for each in chosen(Decision, DecisionsWanted("m"), tree)] == ["b"]


def test_what_has_no_order_of_its_own_is_in_that_of_its_names():
    tree = Records.holding(groups=held(Group(id="a", name="beta"), Group(id="b", name="Alpha")))
    assert [each.id for each in chosen(Group, None, tree)] == ["b", "a"]
