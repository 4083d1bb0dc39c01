"""Three clones that change anything and meet in any order end alike, and every change is in the result or reported.

10 changes a clone here, of 100 with ``SLAVEFREE_LONG=1 pytest tests/cli/test_clones.py``; ``SLAVEFREE_SEED`` draws
others.
"""

import os
import random

import tomli

from conftest import clone

CHANGES = 100 if os.environ.get("SLAVEFREE_LONG") else 10
SEED = int(os.environ.get("SLAVEFREE_SEED", "7062023"))
MEETING = "2023-06-07-inaugural"


def test_three_clones_end_byte_for_byte_alike_with_every_change(clones, tmp_path):
    places = [*clones, clone(tmp_path, "Ann")]
    chance = random.Random(SEED)
    marks: dict[str, str] = {}
    """What each change put into the register, with the place where it stands."""
    reported: set[str] = set()
    left = [place for place in places for _ in range(CHANGES)]
    chance.shuffle(left)
    for number, place in enumerate(left):
        mark = f"Mark{number:03}"
        where = change(place, mark, number, chance)
        if where is not None:
            marks[mark] = where
        if chance.random() < 0.2:
            exchange(chance.choice(places), chance, reported)
    for place in places * 2:
        exchange(place, chance, reported)
    assert places[0].files() == places[1].files() == places[2].files()
    assert {place.head() for place in places} == {places[0].head()}
    for place in places:
        assert place.git("status", "--porcelain") == ""
    checked = places[0].run("check")
    assert (checked.code, [line for line in checked.out.splitlines() if line.startswith("error")]) == (0, [])
    text = "\n".join(content.decode() for content in places[0].files().values())
    lost = {mark for mark in marks if mark not in text} - overwritten(marks) - reported
    assert lost == set()
    history = places[0].git("log", "--format=%b%s")
    assert history.count("Slavefree-Command: ") >= len(marks)


def change(place, mark, number, chance):
    """Change something that holds a mark afterwards; return where, or None where it was refused."""
    actions = sorted(path.stem for path in place.register.glob("actions/*/*.toml"))
    comment = place.register / "members" / "barnardos.toml"
    kind = chance.choice(
        ["action", "note", "venue", "item", "member", "meeting", "hand", "decision", "owner", "restricted"]
    )
    if kind == "hand":
        text = comment.read_text()
        comment.write_text(f"# {mark}\n{text}" if chance.random() < 0.5 else f"{text}# {mark}\n")
        return kind if place.run("commit").code == 0 else None
    arguments = {
        "action": ("action", "add", mark, "--owner", "colin"),
        "restricted": ("action", "add", mark, "--owner", "colin", "--restricted"),
        "note": ("action", "note", chance.choice(actions or ["none"]), mark),
        "owner": ("action", "edit", chance.choice(actions or ["none"]), "--title", mark),
        "venue": ("meeting", "edit", MEETING, "--venue", mark),
        "item": ("agenda", "add", MEETING, mark),
        "member": ("member", "add", mark, "--sector", "charity"),
        "meeting": ("meeting", "add", mark, "--date", f"2024-{number % 12 + 1:02}-10"),
        "decision": ("decision", "add", mark, "--meeting", MEETING),
    }[kind]
    where = f"title of {arguments[2]}" if kind == "owner" else kind
    return where if place.run(*arguments).code == 0 else None


def overwritten(marks):
    """The marks in fields that hold only the last of them: a later command wrote over it, as it was told to."""
    titles = {where.removeprefix("title of ") for where in marks.values() if where.startswith("title of ")}
    return {
        mark
        for mark, where in marks.items()
        if where == "venue" or where.startswith("title of ") or (titles and where in {"action", "restricted"})
    }


def exchange(place, chance, reported):
    """Sync; where both changed a field, one side is taken and what both said is reported."""
    answer = place.run("sync", "--json")
    if answer.code == 5:
        for each in answer.items:
            reported.update(str(each[side]) for side in ("base", "ours", "theirs"))
        answer = place.run("sync", "--json", "--take", chance.choice(["ours", "theirs"]))
    assert answer.code == 0, answer.err
    tomli.loads((place.register / "partnership.toml").read_text())
