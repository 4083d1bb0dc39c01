"""Many commands at once on one register: what was reported saved is there, and what was not says so.

8 processes of 5 changes each here, of 25 with ``SLAVEFREE_LONG=1 pytest tests/cli/test_two_at_once.py``.
"""

import os
import subprocess
import sys
import threading
import time

import filelock
import pytest
import tomli

from slavefree_cli.errors import ConflictError
from slavefree_cli.register import door
from slavefree_cli.register.desk import Desk

PROCESSES = 8
CHANGES = 25 if os.environ.get("SLAVEFREE_LONG") else 5


def test_what_eight_processes_report_saved_is_in_the_files_and_in_the_log(place):
    place.ok("action", "add", "Shared by all", "--owner", "colin")
    before = len(place.messages())
    answers: list[tuple[str, str, int, str]] = []

    def work(number):
        for count in range(CHANGES):
            title = f"Change {count} of process {number}"
            kind = ("add", "note", "edit")[count % 3]
            arguments = {
                "add": ("action", "add", title, "--owner", "colin"),
                "note": ("action", "note", "shared", title),
                "edit": ("member", "edit", "barnardos", "--email", f"c{count}p{number}@example.org"),
            }[kind]
            done = subprocess.run(
                [sys.executable, "-m", "slavefree_cli", *arguments],
                cwd=place.folder, env=place.env, stdin=subprocess.DEVNULL, capture_output=True, check=False, text=True,
            )  # fmt: skip
            answers.append((kind, title, done.returncode, done.stderr))

    threads = [threading.Thread(target=work, args=[number]) for number in range(PROCESSES)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == PROCESSES * CHANGES
    assert {code for _, _, code, _ in answers} <= {0, 5}
    for _, _, code, said in answers:
        if code == 5:
            assert "nothing is saved" in said or "nothing is changed" in said, said
    saved = [(kind, title) for kind, title, code, _ in answers if code == 0]
    assert len(place.messages()) - before == len(saved)
    actions = [tomli.loads(path.read_text()) for path in place.register.glob("actions/*/*.toml")]
    assert {each["title"] for each in actions} == {"Shared by all"} | {title for kind, title in saved if kind == "add"}
    (shared,) = [each for each in actions if each["title"] == "Shared by all"]
    assert {each["text"] for each in shared["notes"].values()} == {title for kind, title in saved if kind == "note"}
    assert place.git("status", "--porcelain") == ""
    place.ok("check")


def test_a_record_that_changed_meanwhile_is_named_and_nothing_is_saved(place):
    """Between what a command read and its turn to write, somebody else saved."""
    desk = Desk(str(place.register), commits=False)
    decided_on = desk.records.members["barnardos"]
    place.ok("member", "edit", "barnardos", "--email", "post@example.org")
    before = place.files(), place.head()
    refused = pytest.raises(ConflictError, match="barnardos has changed meanwhile; nothing is saved")
    with refused, door.change(desk, "Change it", [decided_on]) as change:
        change.save(decided_on)
    assert (place.files(), place.head()) == before


def test_no_command_waits_longer_than_ten_seconds(place):
    with filelock.FileLock(place.folder / ".git" / "slavefree.lock"):
        began = time.monotonic()
        said = place.refused(5, "member", "add", "New", "--sector", "charity")
        assert 9 < time.monotonic() - began < 15
        assert "Another slavefree command has been at work for ten seconds" in said
        place.ok("member", "list")


def test_a_lock_that_was_left_does_not_block(place):
    (place.folder / ".git" / "slavefree.lock").write_text("")
    place.ok("member", "add", "New", "--sector", "charity")
