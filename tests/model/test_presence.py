"""When somebody was in the room: who came late, went out, came back, and left."""

import pytest

from slavefree_cli.model.attendance import Attendee, Away
from slavefree_cli.model.presence import Moves, Places, moved, problems, taken_back, was_in

ORDER = ["one", "two", "three", "four", "five", "six", "seven"]
PLACES = Places(ORDER)


def there(**fields):
    return Attendee(outcome="present", **fields)


def out(**pairs):
    return {gone: Away(back=back) for gone, back in pairs.items()}


def items(attendee):
    return [number for number, item in enumerate(ORDER, 1) if was_in(attendee, item, PLACES)]


@pytest.mark.parametrize(
    ("attendee", "seen"),
    [
        (there(), [1, 2, 3, 4, 5, 6, 7]),
        (there(arrived="three"), [3, 4, 5, 6, 7]),
        (there(left="three"), [1, 2]),
        (there(away=out(three="five")), [1, 2, 5, 6, 7]),
        (there(away=out(two="three", five="seven")), [1, 3, 4, 7]),
        (there(arrived="two", away=out(three="five"), left="six"), [2, 5]),
        (there(away=out(three="five"), interests=("six",)), [1, 2, 5, 7]),
        (there(away=out(gone="five")), [1, 2, 3, 4, 5, 6, 7]),
        (there(away=out(five="gone")), [1, 2, 3, 4]),
    ],
)
def test_at_which_items_somebody_was_in_the_room(attendee, seen):
    assert items(attendee) == seen


@pytest.mark.parametrize(
    ("before", "moves", "after"),
    [
        (there(), Moves(left=["three"], back=["five"]), there(away=out(three="five"))),
        (there(), Moves(left=["three"], late=["five"]), there(away=out(three="five"))),
        (there(left="three"), Moves(back=["five"]), there(away=out(three="five"))),
        (there(left="three"), Moves(late=["five"]), there(away=out(three="five"))),
        (there(left="seven"), Moves(left=["three"], back=["five"]), there(away=out(three="five"), left="seven")),
        (there(left="four"), Moves(left=["three"], back=["five"]), there(away=out(three="five"))),
        (there(), Moves(left=["three", "six"], back=["five"]), there(away=out(three="five"), left="six")),
        (there(), Moves(left=["two", "five"], back=["three", "six"]), there(away=out(two="three", five="six"))),
        (there(), Moves(left=["three", "five"], back=["five"]), there(away=out(three="five"), left="five")),
        (there(away=out(three="five")), Moves(left=["six"]), there(away=out(three="five"), left="six")),
        (there(away=out(three="five")), Moves(left=["three"], back=["six"]), there(away=out(three="six"))),
        (there(away=out(three="five")), Moves(late=["five"]), there(away=out(three="five"))),
        (there(left="three"), Moves(left=["five"]), there(left="five")),
        (there(arrived="three"), Moves(late=["two"]), there(arrived="two")),
        (there(arrived="five"), Moves(left=["three"], back=["five"]), there(away=out(three="five"))),
        (there(left="six"), Moves(late=["two"]), there(arrived="two", left="six")),
        (there(arrived="two", left="six"), Moves(), there(arrived="two", left="six")),
    ],
)
def test_what_is_said_of_their_coming_and_going(before, moves, after):
    assert moved(before, moves, PLACES) == after
    assert list(problems(after, PLACES)) == []


@pytest.mark.parametrize(
    ("before", "moves"),
    [
        (there(), Moves(back=["five"])),
        (there(), Moves(left=["five"], back=["three"])),
        (there(), Moves(left=["five"], back=["five"])),
        (there(), Moves(left=["two", "three"], back=["five"])),
        (there(), Moves(left=["two"], back=["three", "five"])),
        (there(), Moves(left=["two", "three"])),
    ],
)
def test_what_cannot_be(before, moves):
    with pytest.raises(ValueError, match="--back PERSON=ITEM"):
        moved(before, moves, PLACES)


@pytest.mark.parametrize(
    ("attendee", "key"),
    [
        (there(arrived="five", left="two"), "left"),
        (there(away=out(five="five")), "away.five.back"),
        (there(away=out(five="three")), "away.five.back"),
        (there(arrived="four", away=out(two="six")), "away.two"),
        (there(left="four", away=out(two="six")), "away.two.back"),
        (there(away=out(two="five", three="six")), "away.three"),
    ],
)
def test_what_does_not_fit_the_agenda(attendee, key):
    assert [found for found, _ in problems(attendee, PLACES)] == [key]


def test_what_was_said_can_be_taken_back():
    gone = there(arrived="one", away=out(three="five"), left="seven")

    assert taken_back(gone, back=False) == there(arrived="one")
    assert taken_back(gone, back=True) == there(arrived="one", left="three")
    assert taken_back(there(left="two"), back=True) == there(left="two")
