"""``kill -9`` at random moments, of a command and the git below it: nothing that was reported saved is ever lost.

30 kills here; 300 and more with ``SLAVEFREE_LONG=1 pytest tests/cli/test_kills.py``.
"""

import os
import random
import signal
import subprocess
import sys
import time

from crashes import titles

LONG = bool(os.environ.get("SLAVEFREE_LONG"))
KILLS = 300 if LONG else 30
SEED = int(os.environ.get("SLAVEFREE_SEED", "20230607"))


def started(place, arguments):
    return subprocess.Popen(
        [sys.executable, "-m", "slavefree_cli", *arguments],
        cwd=place.folder, env=place.env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        start_new_session=True, text=True,
    )  # fmt: skip


def commands(chance, number, actions):
    """A command that changes something, and the title of what it adds."""
    title = f"Number {number}"
    some = chance.choice(actions) if actions else None
    choices = [
        (("action", "add", title, "--owner", "colin"), title),
        (("agenda", "add", "inaugural", title), title),
        (("meeting", "add", title, "--date", "2024-01-10"), title),
        (("meeting", "edit", "inaugural", "--venue", title), None),
        (("attendance", "record", "inaugural", "--present", "colin"), None),
        (("invite", "make", "inaugural"), None),
        (("sync",), None),
        (("undo", "--yes"), None),
    ]
    if some:
        choices += [(("action", "note", some, title), None), (("action", "edit", some, "--with", "julie"), None)]
    return chance.choice(choices)


def test_whenever_it_is_killed_the_register_is_whole_and_what_was_saved_is_there(clones):
    place, other = clones
    chance = random.Random(SEED)
    began = time.monotonic()
    place.ok("status")
    takes = 3 * (time.monotonic() - began)
    saved: set[str] = set()
    kills = finished = number = 0
    while kills < KILLS:
        number += 1
        actions = [path.stem for path in place.register.glob("actions/*/*.toml")]
        arguments, title = commands(chance, number, actions)
        if arguments == ("sync",):
            other.run("sync", "--take", "theirs")
            other.ok("action", "add", f"Of the other {number}", "--owner", "julie")
            other.run("sync", "--take", "theirs")
        process = started(place, arguments)
        try:
            _, said = process.communicate(timeout=chance.uniform(0.02, takes))
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
            kills += 1
        else:
            assert "Traceback" not in said
            if process.returncode == 0 and title:
                saved.add(title)
            elif process.returncode == 0 and arguments[0] == "undo":
                saved = {each for each in saved if each not in said}
        checked = place.run("check")
        assert checked.code == 0, (arguments, checked.out, checked.err)
        finished += "Finished what" in checked.err
        # What was being written under a name of its own is cleared by the next change.
        unfinished = [
            line for line in place.git("status", "--porcelain", "-uall").splitlines() if "/.slavefree-" not in line
        ]
        assert unfinished == [], (arguments, checked.err)
        there = titles(place)
        # An undo that was killed may have been carried out or not.
        if arguments[0] == "undo" and process.returncode == -9:
            saved &= there
        assert saved <= there, (arguments, saved - there)
    place.ok("action", "add", "The last", "--owner", "colin")
    assert not list(place.register.rglob(".slavefree*"))
    assert place.git("status", "--porcelain") == ""
    place.git("fsck", "--strict")
    assert finished or not LONG
