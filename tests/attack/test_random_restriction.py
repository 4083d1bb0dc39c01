"""Random histories of three clones: what is restricted never gets where an open clone can read it.

Short here; 300 registers of 40 steps with ``SLAVEFREE_LONG=1``, and others with another ``SLAVEFREE_SEED``.
"""

import os
import shutil

import pytest

from attack.restricting import MEETING, Game

LONG = bool(os.environ.get("SLAVEFREE_LONG"))
SEED = int(os.environ.get("SLAVEFREE_SEED", "7062023"))
REGISTERS, STEPS = (300, 40) if LONG else (2, 10)


@pytest.fixture
def game(tmp_path, _cloned):
    def begin(seed):
        folder = tmp_path / str(seed)
        (folder / "home").mkdir(parents=True)
        shutil.copytree(_cloned / "hub.git", folder / "hub.git")
        return Game(folder, seed)

    return begin


@pytest.mark.parametrize("number", range(REGISTERS))
def test_nothing_restricted_gets_out(game, number):
    played = game(SEED + number)
    for _ in range(STEPS):
        played.step()
    played.end()
    assert played.out() == [], "\n".join(played.told)
    assert played.lost() == [], "\n".join(played.told)
    for place in played.places:
        assert place.run("check").code == 0, "\n".join(played.told)
        assert place.git("status", "--porcelain") == ""
    assert len({place.head() for place in played.places}) == 1


def test_the_search_finds_what_gets_out(game):
    played = game(SEED)
    played.add(played.sam, "action", restricted=False)
    thing = played.things[-1]
    played.restrict(played.sam, thing)
    born = played.things[0]
    for planted in (thing.open[0], born.hidden[0]):
        (played.sam.register / MEETING / "minutes.md").write_text(planted)
        # No command of ours would commit it.
        played.sam.git("add", "--all")
        played.sam.git("commit", "--quiet", "-m", "Planted")
        played.sync(played.sam)
    found = "\n".join(played.out())
    assert f"{born.hidden[0]} of action {born.id} is in an object" in found
    assert f"action {thing.id} in " in found
