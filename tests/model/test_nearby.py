"""Something near is offered, and in a long list looked for in few."""

from itertools import product

import pytest

from slavefree_cli.model.names import key
from slavefree_cli.model.nearby import ENOUGH, Nearby
from slavefree_cli.model.references import Candidate

SYLLABLES = ("an", "ber", "col", "dun", "ely", "for", "gar", "hul", "iver", "kent")
NAMES = ["".join(each).title() for each in product(SYLLABLES, repeat=3)]
MANY = Nearby(Candidate(name.lower(), f"{name} Trust") for name in NAMES)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Bercolduin Trust", "bercoldun"),
        ("kentgarelly trust", "kentgarely"),
        ("Huliverkant", "huliverkent"),
        ("Zzz", None),
    ],
)
def test_of_a_thousand_the_near_one_is_offered(typed, meant):
    found = MANY.near(typed)
    assert (found and found.id) == meant


@pytest.mark.parametrize("typed", ["Bercoldun Trust", "Trust", "trust trust", *NAMES[:50]])
def test_however_many_there_are_only_so_many_are_compared_letter_by_letter(typed):
    assert len(list(MANY.compared(key(typed)))) <= ENOUGH
