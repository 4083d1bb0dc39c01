"""What is restricted has a repository of its own, of which the open one holds nothing but that something is there."""

import os
import re
import shutil
import stat
import sys

import pytest

from crashes import killed

MEETING = "2023-06-07-inaugural"
SECRET = ("action", "add", "CANARY", "--owner", "colin", "--restricted")


def inner(place, *arguments):
    return place.git("-C", "meetings/restricted", *arguments)


def everything(place):
    """Every object and message that a clone of the open repository gets, and the files of its work tree."""
    ids = place.git("cat-file", "--batch-all-objects", "--batch-check=%(objectname) %(objecttype)")
    told = [place.git("cat-file", "-p", line.split()[0]) for line in ids.splitlines() if "tree" not in line]
    return "\n".join([*told, place.git("ls-files"), place.git("log", "--all", "--format=%B")])


def test_it_is_a_repository_of_its_own_from_the_first_record_on(place):
    assert (place.register / ".gitignore").read_text() == "/restricted/\n/outbox/\n"
    place.ok(*SECRET)
    folder = place.register / "restricted"
    assert (folder / ".git").is_dir()
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert "format = 2" in (place.register / "partnership.toml").read_text()
    assert "CANARY" not in everything(place)
    place.git("add", "-A")
    assert place.git("status", "--porcelain") == ""
    place.ok("check")


def test_a_register_from_before_is_told_to_git_in_the_same_commit(place):
    place.git("rm", "--quiet", "meetings/.gitignore")
    place.git("commit", "--quiet", "-m", "As an earlier version began it")
    place.ok(*SECRET)
    assert place.git("show", "--format=", "--name-only").split() == ["meetings/.gitignore", "meetings/partnership.toml"]


def test_what_touches_both_is_one_commit_in_each_and_one_entry_of_the_log(place):
    place.ok(*SECRET)
    before = len(place.ok("log", "--json").items)
    place.ok("agenda", "add", "next", "CANARY", "--restricted", "Because")
    assert len(place.ok("log", "--json").items) == before + 1
    form = "--format=%(trailers:key=Slavefree-Change,valueonly)"
    changes = {place.git("log", "-1", form).strip(), inner(place, "log", "-1", form).strip()}
    assert len(changes) == 1
    assert changes != {""}


def test_what_is_restricted_alone_makes_no_open_commit(place):
    place.ok(*SECRET)
    before = place.head()
    code = place.ok("action", "list", "--json").items[0]["id"]
    place.ok("action", "note", code, "CANARY")
    assert place.head() == before
    assert inner(place, "log", "-1", "--format=%s").strip() == f"Note on restricted action {code.upper()}"


def test_what_becomes_restricted_is_named_to_those_who_merge_later(place):
    code = place.ok("action", "add", "Once open", "--owner", "colin", "--json").item["id"]
    place.ok("action", "edit", code, "--restricted")
    assert place.git("log", "-1", "--format=%(trailers:key=Slavefree-Restricted,valueonly)").strip() == f"action {code}"
    place.ok("agenda", "edit", "next", "welcome", "--restricted", "Because")
    told = place.git("log", "-1", "--format=%(trailers:key=Slavefree-Restricted,valueonly)").strip()
    assert told.startswith("item welcome")


def test_undo_takes_both_halves_back(place):
    place.ok("agenda", "add", "next", "CANARY", "--restricted", "Because")
    before = len(place.ok("agenda", "show", "next", "--json").item["items"])
    place.ok("undo", "--yes")
    assert len(place.ok("agenda", "show", "next", "--json").item["items"]) == before - 1
    place.ok("undo", "--yes")
    assert "CANARY" in place.ok("agenda", "show", "next", "--json").out
    # Programs that know of one repository are kept out for good.
    assert "format = 2" in (place.register / "partnership.toml").read_text()
    assert place.git("status", "--porcelain") == inner(place, "status", "--porcelain") == ""


def test_undo_takes_the_last_change_whichever_half_it_was_in(place):
    place.ok(*SECRET)
    place.ok("member", "edit", "barnardos", "--email", "post@example.org")
    place.ok("action", "add", "CANARY 2", "--owner", "colin", "--restricted")
    place.ok("undo", "--yes")
    assert [each["title"] for each in place.ok("action", "list", "--json").items] == ["CANARY"]
    place.ok("undo", "--yes")  # the undo
    assert len(place.ok("action", "list", "--json").items) == 2


def test_a_rule_that_has_git_see_it_stops_every_write_there(place):
    place.ok(*SECRET)
    rules = place.register / ".gitignore"
    rules.write_text(rules.read_text() + "!/restricted/\n!/outbox/\n")
    said = place.refused(4, "action", "add", "CANARY 2", "--owner", "colin", "--restricted")
    assert ".gitignore:3" in said
    checked = place.run("check")
    assert checked.code == 4
    assert checked.out.count("not-ignored") == 2


def test_hand_edits_are_committed_where_they_belong_and_the_message_names_no_file(place):
    place.ok("agenda", "add", "next", "Secret", "--restricted", "Because")
    paper = place.register / "restricted" / MEETING / "papers" / "CANARY-jane-doe.pdf"
    paper.parent.mkdir()
    paper.write_bytes(b"%PDF CANARY")
    (place.register / MEETING / "notes.md").write_text("Mine\n")
    made = place.ok("commit", "--json")
    assert len(made.item["files"]) == 2
    told = place.git("log", "--all", "--format=%B") + inner(place, "log", "--all", "--format=%B")
    assert "CANARY" not in told
    assert inner(place, "status", "--porcelain") == place.git("status", "--porcelain") == ""


def test_whenever_it_is_killed_both_halves_are_there_or_none(place):
    """At every point with ``SLAVEFREE_LONG=1``, else at every fourth."""
    clean = place.folder.parent / "clean"
    shutil.copytree(place.folder, clean, symlinks=True)
    finished = 0
    for before in range(0, 200, 1 if os.environ.get("SLAVEFREE_LONG") else 4):
        shutil.rmtree(place.folder)
        shutil.copytree(clean, place.folder, symlinks=True)
        if not killed(place, before, "agenda", "add", "next", "CANARY", "--restricted", "Because"):
            break
        checked = place.run("check")
        assert checked.code == 0, (before, checked.out)
        finished += "Finished what" in checked.err
        assert ("Restricted item" in everything_open(place)) == ("CANARY" in hidden(place)), before
        # What comes after it works.
        place.ok(*SECRET)
        assert place.git("status", "--porcelain") == inner(place, "status", "--porcelain") == "", before
        assert "CANARY" not in everything(place)
    else:
        raise AssertionError("it never came to its end")
    assert finished


def test_what_is_killed_while_it_finishes_what_was_killed_is_finished_all_the_same(place):
    clean = place.folder.parent / "clean"
    shutil.copytree(place.folder, clean, symlinks=True)
    add = ("agenda", "add", "next", "CANARY", "--restricted", "Because")
    # Where the list is written, and not all of the files are in their places.
    for before in range(200):
        shutil.rmtree(place.folder)
        shutil.copytree(clean, place.folder, symlinks=True)
        if not killed(place, before, *add):
            raise AssertionError("it was never broken off between two files")
        if (place.register / ".slavefree-redo.json").exists():
            break
    half = place.folder.parent / "half"
    shutil.copytree(place.folder, half, symlinks=True)
    for again in range(0, 200, 1 if os.environ.get("SLAVEFREE_LONG") else 3):
        shutil.rmtree(place.folder)
        shutil.copytree(half, place.folder, symlinks=True)
        if not killed(place, again, "member", "list"):
            break
        place.ok("check")
        assert "CANARY" in hidden(place), again
        assert everything_open(place), again
        assert place.git("status", "--porcelain") == inner(place, "status", "--porcelain") == "", again
        assert place.git("log", "-1", "--format=%s").startswith("Add restricted item"), again
        assert inner(place, "log", "-1", "--format=%s").startswith("Add restricted item"), again
    else:
        raise AssertionError("it never came to its end")


def everything_open(place):
    path = place.register / MEETING / "agenda.toml"
    return "Restricted item" if "restricted = true" in path.read_text() else ""


def hidden(place):
    path = place.register / "restricted" / MEETING / "agenda.toml"
    return path.read_text() if path.exists() else ""


def shared(clones, tmp_path):
    sam, kim = clones
    sam.ok(*SECRET)
    sam.ok("sync")
    sam.ok("restricted", "share", str(tmp_path / "restricted.git"))
    kim.ok("sync")
    return sam, kim


def test_sync_sends_nothing_restricted_and_says_that_it_is_alone(clones, tmp_path):
    sam, kim = clones
    sam.ok(*SECRET)
    assert "on this machine alone" in sam.ok("sync").err
    kim.ok("sync")
    assert "CANARY" not in everything(kim)
    assert kim.ok("restricted", "status", "--json").item["state"] == "elsewhere"
    assert "restricted-alone" in sam.ok("status", "--json").out
    kim.ok("check")
    kim.ok("action", "add", "Open", "--owner", "julie")
    kim.ok("sync")
    sam.ok("sync")
    assert len(sam.ok("action", "list", "--json").items) == 2


def test_it_is_shared_fetched_and_then_exchanged_both_ways(clones, tmp_path):
    sam, kim = shared(clones, tmp_path)
    kim.ok("restricted", "fetch", str(tmp_path / "restricted.git"))
    code = kim.ok("action", "list", "--json").items[0]["id"]
    kim.ok("action", "note", code, "By Kim")
    sam.ok("action", "edit", code, "--title", "CANARY, said otherwise")
    kim.ok("sync")
    sam.ok("sync")
    kim.ok("sync")
    for place in (sam, kim):
        found = place.ok("action", "show", code, "--json").item
        assert found["title"] == "CANARY, said otherwise"
        assert [each["text"] for each in found["notes"].values()] == ["By Kim"]
    assert "CANARY" not in everything(sam) + everything(kim)


def test_it_is_not_shared_where_the_open_one_is(clones, tmp_path):
    sam, _ = clones
    sam.ok(*SECRET)
    for typed in (str(tmp_path / "hub.git"), f"file://{tmp_path}/hub.git", str(tmp_path / "hub.git") + "/"):
        assert "open repository" in sam.refused(2, "restricted", "share", typed)


@pytest.mark.parametrize(
    "typed",
    [
        "ssh://git@host.example/srv/hub.git",
        "git@host.example:srv/hub",
        "ssh://host.example:22/srv/hub/",
        "https://host.example/srv/hub.git",
    ],
)
def test_nor_where_the_open_one_is_however_that_is_written(place, typed):
    place.ok(*SECRET)
    place.git("remote", "add", "origin", "https://sam:secret@HOST.example/srv/hub")
    assert "open repository" in place.refused(2, "restricted", "share", typed)


def test_nor_among_the_files_that_the_open_one_would_take_in(place):
    place.ok(*SECRET)
    for typed in ("backup", "meetings/outbox", str(place.folder), f"file://{place.folder}/x.git"):
        assert "among the files" in place.refused(4, "restricted", "share", typed)
    assert not (place.folder / "backup").exists()


def test_where_one_remote_is_gone_the_other_is_exchanged(clones, tmp_path):
    sam, kim = shared(clones, tmp_path)
    (tmp_path / "restricted.git").rename(tmp_path / "gone.git")
    sam.ok("member", "edit", "barnardos", "--email", "post@example.org")
    answer = sam.run("sync")
    assert answer.code == 6
    assert "restricted" in answer.err
    kim.ok("sync")
    assert "post@example.org" in (kim.register / "members" / "barnardos.toml").read_text()
    (tmp_path / "gone.git").rename(tmp_path / "restricted.git")
    sam.ok("sync")


def test_what_was_purged_is_not_pushed_back(clones, tmp_path):
    sam, kim = clones
    sam.ok("member", "edit", "barnardos", "--email", "purged@example.org")
    sam.ok("sync")
    kim.ok("sync")
    sam.git("reset", "--quiet", "--hard", "HEAD~1")
    sam.git("push", "--quiet", "--force")
    kim.ok("action", "add", "Open", "--owner", "julie")
    for _ in range(2):
        answer = kim.run("sync")
        assert answer.code == 5
        assert "rewritten" in answer.err
    assert "purged" not in sam.git("--git-dir", "../hub.git", "log", "--all", "-p")
    kim.git("reset", "--quiet", "--hard", "origin/main")
    kim.ok("sync")


def test_a_half_that_is_not_here_is_not_undone(clones):
    sam, kim = clones
    sam.ok("agenda", "add", "next", "CANARY", "--restricted", "Because")
    sam.ok("sync")
    kim.ok("sync")
    commit = kim.git("rev-parse", "HEAD").strip()
    assert "not in this clone" in kim.refused(5, "undo", commit, "--yes")


def tracked(place):
    """Have it as earlier versions kept it: what is restricted in the open repository."""
    place.ok(*SECRET)
    shutil.rmtree(place.register / "restricted" / ".git")
    (place.register / ".gitignore").unlink()
    record = place.register / "partnership.toml"
    record.write_text(record.read_text().replace("format = 2\n", ""))
    place.git("add", "-A")
    place.git("commit", "--quiet", "-m", "As it was before")


def test_what_the_open_repository_keeps_is_read_and_not_written_until_it_is_adopted(clones, tmp_path):
    sam, kim = clones
    tracked(sam)
    assert sam.ok("action", "list", "--json").items[0]["title"] == "CANARY"
    assert "restricted adopt" in sam.refused(4, *SECRET)
    assert "restricted-kept-open" in sam.run("check").out
    assert "restricted adopt" in sam.refused(4, "sync")
    sam.git("push", "--quiet")
    kim.git("pull", "--quiet")
    for place in (sam, kim):
        answer = place.ok("restricted", "adopt")
        assert "stays in the history" in answer.err
        assert place.git("ls-files", "meetings/restricted") == ""
        assert place.git("status", "--porcelain") == inner(place, "status", "--porcelain") == ""
        place.ok("check")
        place.ok("sync")
        assert place.ok("action", "list", "--json").items[0]["title"] == "CANARY"
    sam.ok("sync")
    sam.ok("restricted", "share", str(tmp_path / "restricted.git"))
    kim.ok("restricted", "fetch", str(tmp_path / "restricted.git"))
    assert len(kim.ok("action", "list", "--json").items) == 1
    assert "nothing to move" in sam.refused(3, "restricted", "adopt")


def test_the_register_can_be_moved_and_lie_deeper(place):
    place.ok(*SECRET)
    (place.folder / "down" / "deeper").mkdir(parents=True)
    place.git("mv", "meetings", "down/deeper/meetings")
    place.git("commit", "--quiet", "-m", "Move the register")
    deep = place.folder / "down" / "deeper"
    place.ok("action", "add", "CANARY 2", "--owner", "colin", "--restricted", cwd=deep)
    assert len(place.ok("action", "list", "--json", cwd=deep).items) == 2
    assert place.git("status", "--porcelain") == ""
    assert "CANARY" not in everything(place)
    place.ok("check", cwd=deep)


def test_a_linked_work_tree_shares_it(place):
    place.ok(*SECRET)
    place.git("worktree", "add", "--quiet", "-b", "side", str(place.folder.parent / "side"))
    side = place.folder.parent / "side"
    assert len(place.ok("action", "list", "--json", cwd=side).items) == 1
    place.ok("action", "add", "CANARY 2", "--owner", "colin", "--restricted", cwd=side)
    common = place.git("-C", str(side / "meetings" / "restricted"), "rev-parse", "--git-common-dir").strip()
    assert os.path.realpath(common) == str(place.register / "restricted" / ".git")
    assert "CANARY" not in everything(place)


def test_it_commits_as_whoever_the_open_one_says_and_signs_as_it_does(place):
    for name in [each for each in place.env if re.match("GIT_(AUTHOR|COMMITTER)", each)]:
        del place.env[name]
    place.git("config", "user.name", "Ann Lee")
    place.git("config", "user.email", "ann@example.org")
    place.ok(*SECRET)
    assert inner(place, "log", "-1", "--format=%an <%ae>").strip() == "Ann Lee <ann@example.org>"


def test_without_git_it_is_saved_and_kept_apart_as_soon_as_there_is_one(place):
    shutil.rmtree(place.folder / ".git")
    assert "Saved without a commit" in place.ok(*SECRET).err
    place.git("init", "--quiet")
    place.ok("commit")
    assert "CANARY" not in everything(place)
    assert inner(place, "status", "--porcelain") == ""
    place.ok("check")


def test_a_hook_of_the_open_repository_in_which_a_command_runs_does_not_mislead_it(place):
    """Git tells a hook which index and folder it works on."""
    place.ok(*SECRET)
    hook = place.folder / ".git" / "hooks" / "post-commit"
    hook.write_text('#!/bin/sh\nrm "$0"\n"$PYTHON" -m slavefree_cli action add Hooked --owner julie --restricted\n')
    hook.chmod(0o755)
    place.git("config", "user.name", "x")
    place.env["PYTHON"] = sys.executable
    place.ok("member", "edit", "barnardos", "--email", "post@example.org", "--json", apart=True)
    assert inner(place, "status", "--porcelain") == place.git("status", "--porcelain") == ""
