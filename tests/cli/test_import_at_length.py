"""A spreadsheet of four times as many rows is four times the work, whatever is in the register already."""

import sys
from collections import Counter
from itertools import product

SYLLABLES = ("an", "ber", "col", "dun", "ely", "for", "gar", "hul", "iver", "kent")
NAMES = ["".join(each).title() for each in product(SYLLABLES, repeat=3)]


def calls(place, rows, *options):
    """Return how many functions are called to import rows, those of C too."""
    file = place.folder / "list.csv"
    file.write_text("member,sector,person,email\n" + "".join(f"{','.join(row)}\n" for row in rows))
    count = Counter()
    sys.setprofile(lambda frame, event, what: count.update([event]))
    try:
        place.ok("member", "import", str(file), "--dry-run", *options)
    finally:
        sys.setprofile(None)
    return count["call"] + count["c_call"]


def rows(number):
    """Return rows that each name a new member and a new person."""
    return [(f"{name} Trust", "charity", f"Jo {name}", f"{name}@example.org") for name in NAMES[:number]]


def of_one(number):
    """Return rows that each name a new person of one member."""
    return [("Kent Trust", "charity", f"Jo {name}", "") for name in NAMES[:number]]


def test_new_members_and_people_are_not_compared_with_all_the_others(place):
    place.ok("member", "list")
    for made in (rows, of_one):
        few, many = calls(place, made(50)), calls(place, made(200))
        assert many < 4.5 * few
