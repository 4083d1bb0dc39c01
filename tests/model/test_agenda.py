"""The running order, and where an item goes that is put before or after another."""

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slavefree_cli.model.agenda import (
    Agenda,
    Item,
    RestrictedItem,
    closing_after,
    last_position,
    ordered,
    placed,
    running_order,
)


def items(**positions):
    return {slug: Item(title=slug, position=position) for slug, position in positions.items()}


def order(agenda):
    return [slug for slug, _ in ordered(agenda)]


def test_items_come_by_position_and_then_by_slug():
    assert order(items(welcome=20, close=20, apologies=10)) == ["apologies", "close", "welcome"]


def test_each_begins_when_those_before_are_over():
    agenda = {
        "a": Item(title="A", position=1, minutes=10),
        "b": Item(title="B", position=2, minutes=50),
        "c": Item(title="C", position=3),
        "d": Item(title="D", position=4, minutes=5),
    }

    times = [each.starts for each in running_order(agenda, time(14))]

    assert times == [time(14), time(14, 10), time(15), None], "after an item of unknown length nobody knows"
    assert [each.starts for each in running_order(agenda, None)] == [None] * 4
    assert [each.number for each in running_order(agenda, None)] == [1, 2, 3, 4]


@pytest.mark.parametrize(
    ("positions", "last"), [({}, 10), ({"a": 10}, 20), ({"a": 13}, 20), ({"a": 10, "b": 99}, 100), ({"a": -5}, 0)]
)
def test_a_new_item_comes_last_on_a_round_number(positions, last):
    assert last_position(items(**positions)) == last


def test_a_move_into_a_gap_changes_one_line():
    agenda = items(a=10, b=20, c=30)

    assert placed(agenda, "c", "b", before=True) == {"c": 15}
    assert placed(agenda, "a", "b", before=False) == {"a": 25}
    assert placed(agenda, "a", "c", before=False) == {"a": 40}
    assert placed(items(a=10, b=90), "c", "b", before=True) == {"c": 20}


@pytest.mark.parametrize(
    ("new", "other"),
    [
        ("county-lines", "any-other-business"),
        ("aob", "date-of-next-meeting"),
        ("any-other-business", "date-of-next-meeting"),
        ("next-meeting", "close"),
        ("closing-remarks", None),
    ],
)
def test_a_new_item_comes_before_those_with_which_a_meeting_ends(new, other):
    agenda = items(**{"welcome": 10, "any-other-business": 90, "date-of-next-meeting": 100, "close": 110, "lunch": 120})
    assert closing_after(agenda, new) == other
    assert closing_after(items(welcome=10, lunch=20), new) is None


agendas = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(-30, 60), min_size=2)


@given(agendas, st.data())
def test_an_item_put_before_or_after_another_is_there_and_the_rest_keep_their_order(positions, data):
    agenda = items(**positions)
    moving, other = data.draw(st.permutations(sorted(agenda)))[:2]
    before = data.draw(st.booleans())
    wanted = [slug for slug in order(agenda) if slug != moving]
    wanted.insert(wanted.index(other) + (not before), moving)

    changes = placed(agenda, moving, other, before=before)

    assert moving in changes
    assert order(items(**{**positions, **changes})) == wanted


def test_what_is_restricted_has_no_title_in_the_open_agenda():
    hidden = Item(position=10, minutes=5, restricted=True)

    assert list(hidden.problems()) == []
    assert hidden.public_title == "Restricted item"
    for wrong in ({"title": "A name"}, {"lead": "colin-cox"}, {"purpose": "decision"}, {"papers": ("a.pdf",)}):
        assert [key for key, _ in Item(position=10, restricted=True, **wrong).problems()] == list(wrong)


@pytest.mark.parametrize(
    ("item", "key"),
    [
        (Item(position=1), "title"),
        (Item(position=1, title="a\nb"), "title"),
        (Item(position=1, title="a", minutes=-1), "minutes"),
        (Item(position=1, title="a", minutes=1_441), "minutes"),
        (Item(position=1_000_001, title="a"), "position"),
        (Item(position=1, title="a", papers=("",)), "papers"),
        (RestrictedItem(title="a", reason=""), "reason"),
    ],
)
def test_what_an_item_cannot_be(item, key):
    assert [found for found, _ in item.problems()] == [key]


def test_the_item_is_named_from_the_agenda():
    agenda = Agenda(id="2023-06-07-inaugural", items={"welcome": Item(position=10)})

    assert list(agenda.problems()) == [("items.welcome.title", "is missing")]
