"""A spreadsheet of four times as many rows is four times the work, whatever is in the register already."""

import sys
from collections import Counter
from itertools import product

from slavefree_cli.git import parts

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


def test_more_files_than_a_command_line_holds_are_one_commit(place, monkeypatch):
    monkeypatch.setattr(parts, "MOST", 300)
    (place.folder / "notes.txt").write_text("mine\n")
    place.git("add", "notes.txt")
    file = place.folder / ".git" / "list.csv"
    file.write_text("member,sector,person,email\n" + "".join(f"{','.join(row)}\n" for row in rows(20)))
    hook = place.folder / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\nexit 1\n")
    hook.chmod(0o755)
    assert place.run("member", "import", str(file)).code == 6
    assert place.git("diff", "--cached", "--name-only").split() == ["notes.txt"]
    hook.unlink()
    place.ok("commit")
    place.ok("undo", "--yes")
    place.ok("member", "import", str(file))
    assert place.git("status", "--porcelain") == "A  notes.txt\n"
    assert place.git("show", "--name-only", "--format=").count(".toml") == 40


def test_each_part_of_many_paths_fits_and_none_is_left_out():
    paths = [f"people/{name}.toml" for name in NAMES] * 10
    found = list(parts.parts(paths))
    assert [path for part in found for path in part] == paths
    assert max(sum(len(path) + 1 for path in part) for part in found) <= parts.MOST
    assert list(parts.parts([])) == []
