"""A pulled plug: a command killed at any point leaves a change that is all there or not at all."""

import errno
import shutil
from pathlib import Path

from crashes import killed
from slavefree_cli.git import snapshots
from slavefree_cli.register import journal
from slavefree_cli.register.desk import Desk

MEETING = "2024-01-10-winter"
ADD = ("meeting", "add", "Winter", "--date", "2024-01-10")


def test_whenever_it_is_killed_a_change_of_two_files_is_all_there_or_not_at_all(place):
    clean = place.head().strip()
    finished = []
    for before in range(200):
        place.git("reset", "--hard", "--quiet", clean)
        place.git("clean", "-fdq")
        if not killed(place, before, *ADD):
            break
        checked = place.run("check")
        assert checked.code == 0, (before, checked.out)
        there = {path.name for path in (place.register / MEETING).glob("*.toml")}
        assert there in (set(), {"meeting.toml", "agenda.toml"}), before
        if "Finished what meeting add was broken off at" in checked.err:
            finished.append(before)
            assert place.messages()[-1] == "Add meeting Winter on 10 January 2024"
        # Nothing that it left stands in the way of the next command, or is left for good.
        place.ok("member", "add", "Another", "--sector", "charity")
        left = [path.name for path in place.register.rglob(".slavefree*")]
        assert left == [], before
    else:
        raise AssertionError("it never came to its end")
    assert len(finished) >= 3, "it was killed between the two files, and before and after the commit"


def test_what_is_no_redo_file_of_ours_does_no_harm(place):
    mark = place.register / ".slavefree-redo.json"
    outside = place.folder / "outside"
    outside.write_text("mine")
    for content in (
        "no JSON",
        "{}",
        '{"message": "x", "command": "y", "files": [["../outside", null], ["../../x", ".slavefree-000000000000"]]}',
        '{"message": "x", "command": "y", "files": [["partnership.toml", "members/essex-police.toml"]]}',
    ):
        mark.write_text(content)
        place.ok("member", "list")
        assert not mark.exists()
        broken_off(place, content)
        place.ok("member", "list")
        assert not mark.exists()
    assert outside.read_text() == "mine"
    assert place.git("status", "--porcelain") == "?? outside\n"


def test_wherever_sync_is_killed_while_it_replaces_files_the_next_command_finishes_it(clones):
    """Before each rename in turn, and before the branch follows."""
    sam, kim = clones
    kim.ok("invite", "make", "inaugural")
    clean = kim.head().strip()
    sam.ok("meeting", "edit", "inaugural", "--venue", "Here")
    sam.ok("meeting", "add", "Winter", "--date", "2024-01-10")
    sam.ok("member", "edit", "barnardos", "--email", "post@example.org")
    sam.ok("sync")
    finished = 0
    for before in range(20):
        kim.git("reset", "--hard", "--quiet", clean)
        if not killed(kim, before, "sync", events="os.rename"):
            break
        answer = kim.ok("check")
        finished += "Finished what sync was broken off at" in answer.err
        assert kim.git("status", "--porcelain", "-uall").count("\n") == kim.git("status", "-uall", "-s").count(
            "/.slavefree-"
        )
        winter = (kim.register / "2024-01-10-winter" / "meeting.toml").exists()
        assert winter == ("venue" in (kim.register / "2023-06-07-inaugural" / "meeting.toml").read_text())
        assert winter == (kim.head().strip() != clean)
    assert finished >= 3
    sam.ok("sync")
    assert sam.files() == kim.files()


def test_a_sync_that_cannot_be_finished_now_is_finished_later(clones, monkeypatch):
    """The disk is full when the next command looks at what was there: the list stays."""
    sam, kim = clones
    before = kim.head().strip()
    sam.ok("member", "edit", "barnardos", "--email", "post@example.org")
    sam.ok("sync")
    kim.ok("sync")
    after = kim.head().strip()
    kim.git("reset", "--hard", "--quiet", before)
    broken_off(kim, f'{{"was": "{before}", "now": "{after}"}}')

    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(snapshots, "checked_out", full)
        assert "cannot be finished: [Errno 28] No space left on device" in kim.ok("member", "list").err
    assert (kim.register / ".slavefree-redo.json").exists()
    assert "Finished what sync was broken off at" in kim.ok("member", "list").err
    assert (kim.head().strip(), kim.git("status", "--porcelain")) == (after, "")


def broken_off(place, listed):
    """As a command that was killed when it had listed what it replaces."""
    Path(journal.book(Desk(str(place.register)))).write_text(listed)
    (place.register / ".slavefree-redo.json").write_text("")


def test_a_list_that_came_with_the_files_is_not_obeyed(place):
    """By git, as another clone's, and in a register at the top of its repository too."""
    mark = place.register / ".slavefree-redo.json"
    mark.write_text('{"message": "x", "command": "y", "files": [["members/barnardos.toml", null]]}')
    place.git("add", "--force", str(mark))
    place.git("commit", "-qm", "Not ours")
    before = place.files(), place.head()
    assert "came with the files of the register and means nothing" in place.ok("member", "list").err
    assert (place.files(), place.head()) == before
    place.ok("member", "add", "New", "--sector", "charity")
    assert (place.register / "members" / "barnardos.toml").exists()
    listed = (
        '{"message": "x", "command": "y", "files": [[".git/HEAD", null], ["../outside", null], ["notes.md", null]]}'
    )
    broken_off(place, listed)
    (place.register / ".git").mkdir()
    (place.register / ".git" / "HEAD").write_text("ref")
    (place.folder / "outside").write_text("mine")
    shutil.rmtree(place.register / ".git", ignore_errors=True)
    place.run("member", "list")
    assert (place.folder / "outside").read_text() == "mine"


def test_what_cannot_be_finished_does_not_keep_anybody_from_reading(place):
    (place.register / "members" / "barnardos.toml").unlink()
    (place.register / "members" / "barnardos.toml").mkdir()
    (place.register / "members" / "barnardos.toml" / "x").write_text("")
    broken_off(place, '{"message": "Change it", "command": "y", "files": [["members/barnardos.toml", null]]}')
    answer = place.run("meeting", "list")
    assert answer.code == 0
    assert "a change that was broken off waits for it" in answer.err
    answer = place.run("member", "add", "New", "--sector", "charity")
    assert answer.code == 1
    assert "waits for it" in answer.err
    assert not (place.register / "members" / "new.toml").exists()


def test_a_git_killed_between_the_commit_and_its_index_leaves_nothing_behind(place):
    place.ok("action", "add", "Map them", "--owner", "colin")
    index = (place.folder / ".git" / "index").read_bytes()
    place.ok("undo", "--yes")
    (place.folder / ".git" / "index").write_bytes(index)
    path = next(line for line in place.git("show", "--name-only", "--format=").splitlines() if "actions" in line)
    entry = path.removeprefix("meetings/")
    broken_off(place, f'{{"message": "Undo it", "command": "undo", "files": [["{entry}", null]]}}')
    assert place.git("status", "--porcelain").startswith("AD ")
    answer = place.ok("check")
    assert "Finished what undo was broken off at" in answer.err
    assert "git did not commit" not in answer.err
    assert place.git("status", "--porcelain") == ""


def test_locks_that_git_left_when_it_was_killed_do_not_block(place):
    """The redo file is older than the locks: they are of the command that is finished now."""
    broken_off(place, '{"message": "Change member", "command": "edit", "files": [["members/barnardos.toml", null]]}')
    (place.register / "members" / "barnardos.toml").unlink()
    for lock in ("index.lock", "HEAD.lock", "refs/heads/main.lock"):
        (place.folder / ".git" / lock).write_text("")
    place.run("member", "list")
    assert place.git("status", "--porcelain") == ""
    assert place.messages()[-1] == "Change member"
