"""What can be wrong with a machine, a folder or a repository: each has a plain sentence, and nothing typed is lost."""

import json
import os
import shutil
import subprocess
import sys

import pytest

from conftest import Place, clone

ADD = ("action", "add", "Map them", "--owner", "colin")


def test_a_folder_that_is_not_there_any_more(place, tmp_path):
    gone = tmp_path / "gone"
    gone.mkdir()
    script = 'cd "$1"; rmdir "$1"; exec "$2" -m slavefree_cli status'
    done = subprocess.run(
        ["sh", "-c", script, "-", str(gone), sys.executable], env=place.env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 3
    assert done.stderr == "slavefree: The folder that you are in is not there any more. Go to another: cd\n"


def test_a_register_that_goes_away_while_somebody_is_asked(place):
    """It is gone when the answer comes; what was asked for is refused in one sentence."""
    place.ok(*ADD)
    script = f'rm -r "{place.register}"; echo "# typed" >>"$1"'
    editor = place.folder / "editor"
    editor.write_text(f"#!/bin/sh\n{script}\n")
    editor.chmod(0o755)
    answer = place.at_terminal("action", "edit", "map", env={"EDITOR": str(editor)})
    assert answer.code != 0
    assert "what you typed is kept" in answer.out.lower() or "is changed" in answer.out


DISK = """
import json, os, shutil, subprocess, sys
source, disk, python, left = sys.argv[1:5]
subprocess.run(["mount", "-t", "tmpfs", "-o", "size=6m", "none", disk], check=True)
shutil.copytree(source, disk + "/p", symlinks=True)
space = os.statvfs(disk)
with open(disk + "/full", "wb") as full:
    full.write(b"x" * max(0, space.f_bavail * space.f_bsize - int(left) * 1024))
def files():
    return {os.path.join(folder, name): open(os.path.join(folder, name), "rb").read().decode("latin-1")
            for folder, _, names in os.walk(disk + "/p/meetings") for name in names}
def run(*arguments):
    done = subprocess.run([python, "-m", "slavefree_cli", *arguments], cwd=disk + "/p", capture_output=True, text=True)
    return [done.returncode, done.stdout, done.stderr]
before = files()
first = run("meeting", "add", "Winter", "--date", "2024-01-10")
same = files() == before
os.unlink(disk + "/full")
checked, committed = run("check"), run("commit")
status = subprocess.run(["git", "status", "--porcelain"], cwd=disk + "/p", capture_output=True, text=True).stdout
there = [name for name in files() if "winter" in name]
print(json.dumps([first, same, checked, committed, status, there]))
"""


@pytest.mark.parametrize("left", [0, 4, 8, 16, 24, 32, 48, 64, 96, 1000])
def test_a_full_disk_changes_nothing_or_says_what_is_saved(place, tmp_path, left):
    disk = tmp_path / "disk"
    disk.mkdir()
    done = subprocess.run(
        ["unshare", "--map-root-user", "--mount", sys.executable, "-c", DISK, str(place.folder), str(disk),
         sys.executable, str(left)],
        env=place.env, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if "unshare" in done.stderr or "mount:" in done.stderr:
        pytest.skip("this system does not let a test mount a disk")
    (code, _, said), same, checked, committed, status, there = json.loads(done.stdout)
    assert "Traceback" not in said
    assert code in {0, 1, 6}, said
    if code == 1:
        assert same
        assert "no space left on device; nothing is changed" in said
    elif code == 6:
        assert same == ("nothing is changed" in said.lower()), said
    assert (checked[0], committed[0]) == (0, 0), (checked, committed)
    assert status == ""
    assert len(there) in {0, 2}, "both files of the meeting or neither"
    assert (code == 0) <= (len(there) == 2)


def test_no_permission(place):
    """Without what lets root write anywhere, where the tests are run by root."""
    (place.register / "actions").mkdir()
    (place.register / "actions").chmod(0o555)
    (place.register / "members" / "barnardos.toml").chmod(0)
    caps = "-dac_override,-dac_read_search,-fowner"
    as_others = ["setpriv", f"--bounding-set={caps}", f"--inh-caps={caps}"] if os.geteuid() == 0 else []
    before = {path: path.stat().st_mtime_ns for path in place.register.rglob("*.toml")}

    def run(*arguments):
        return subprocess.run(
            [*as_others, sys.executable, "-m", "slavefree_cli", *arguments], cwd=place.folder, env=place.env,
            capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL,
        )  # fmt: skip

    added = run(*ADD)
    assert (added.returncode, added.stdout) == (1, "")
    assert added.stderr.endswith("cannot be written: permission denied; nothing is changed.\n")
    listed = run("member", "list")
    assert listed.returncode == 4
    assert "Essex Police" in listed.stdout
    assert "members/barnardos.toml: cannot be read: permission denied" in listed.stderr
    assert {path: path.stat().st_mtime_ns for path in place.register.rglob("*.toml")} == before
    (place.folder / ".git").chmod(0o555)
    for command in (("undo", "--yes"), ("member", "add", "New", "--sector", "charity")):
        refused = run(*command)
        assert refused.returncode in {1, 5, 6}
        assert "Traceback" not in refused.stderr
        assert "ermission denied" in refused.stderr
    (place.folder / ".git").chmod(0o755)


def test_a_hook_that_refuses_without_a_word_is_thought_of(place):
    hook = place.folder / ".git" / "hooks" / "pre-commit"
    hook.write_text("#!/bin/sh\nexit 1\n")
    hook.chmod(0o755)
    answer = place.run(*ADD)
    assert answer.code == 6
    assert "Saved, but git did not commit it: git commit failed and said nothing, as a hook that refuses may do" in (
        answer.err
    )
    hook.unlink()
    place.ok("commit")
    assert place.git("status", "--porcelain") == ""


def test_a_hook_that_refuses_the_push(clones):
    sam, _ = clones
    hook = sam.folder / ".git" / "hooks" / "pre-push"
    hook.write_text("#!/bin/sh\necho not on a Friday >&2\nexit 1\n")
    hook.chmod(0o755)
    sam.ok(*ADD)
    before = sam.files(), sam.head()
    answer = sam.run("sync")
    assert answer.code == 6
    assert "not on a Friday" in answer.err
    assert (sam.files(), sam.head()) == before


@pytest.mark.parametrize(
    ("left", "what"),
    [
        ("MERGE_HEAD", "merge"),
        ("CHERRY_PICK_HEAD", "cherry-pick"),
        ("REVERT_HEAD", "revert"),
        ("rebase-merge/head-name", "rebase"),
        ("rebase-apply/head-name", "rebase"),
    ],
)
@pytest.mark.parametrize("command", [ADD, ("commit",), ("undo", "--yes"), ("sync",)], ids=lambda each: each[0])
def test_git_in_the_middle_of_something(place, left, what, command):
    file = place.folder / ".git" / left
    file.parent.mkdir(exist_ok=True)
    file.write_text(place.head())
    said = place.refused(6, *command)
    assert f"A {what} is in progress" in said
    assert f"git {what} --abort" in said


def test_a_commit_in_progress(place):
    """Somebody's git waits in an editor: the record is saved, and committed when that is done."""
    lock = place.folder / ".git" / "index.lock"
    lock.write_text("")
    answer = place.run(*ADD)
    assert answer.code == 6
    assert "Saved, but git did not commit it" in answer.err
    assert "index.lock" in answer.err
    assert lock.exists(), "it is somebody else's"
    lock.unlink()
    assert "Committed 1 file" in place.ok("commit").err
    assert len(place.ok("action", "list", "--json").items) == 1


def test_a_detached_head(clones):
    sam, _ = clones
    sam.git("checkout", "--quiet", "--detach")
    sam.ok(*ADD)
    before = sam.files(), sam.head()
    answer = sam.run("sync")
    assert answer.code == 6
    assert "No branch is checked out" in answer.err
    assert "git switch" in answer.err
    assert (sam.files(), sam.head()) == before
    sam.ok("undo", "--yes")


def test_an_unborn_branch(place, tmp_path):
    shutil.rmtree(place.folder / ".git")
    place.git("init", "--quiet", "--initial-branch=main")
    place.git("init", "--quiet", "--bare", "--initial-branch=main", str(tmp_path / "hub.git"))
    place.git("remote", "add", "origin", str(tmp_path / "hub.git"))
    assert place.ok("log").out == ""
    assert place.run("undo", "--yes").code == 3
    answer = place.run("sync")
    assert (answer.code, "not committed" in answer.err) == (5, True)
    place.ok("commit")
    place.ok("sync")
    kim = clone(tmp_path, "Kim")
    assert kim.files() == place.files()


def test_an_empty_clone(place, tmp_path):
    """What somebody cloned before anything was in it has neither a commit nor a register."""
    place.git("init", "--quiet", "--bare", "--initial-branch=main", str(tmp_path / "hub.git"))
    empty = clone(tmp_path, "Kim")
    assert "There is no register here" in empty.run("sync").err
    empty.ok("init", "--name", "New")
    empty.ok("sync")
    assert clone(tmp_path, "Sam").files() == empty.files()


def test_a_shallow_clone(clones, tmp_path):
    sam, _ = clones
    sam.ok(*ADD)
    sam.ok("sync")
    subprocess.run(
        ["git", "clone", "--quiet", "--depth=1", f"file://{tmp_path / 'hub.git'}", str(tmp_path / "ann")], check=True
    )
    ann = Place(tmp_path / "ann", tmp_path / "home")
    assert ann.run("undo", "HEAD", "--yes").code == 2
    sam.ok("member", "edit", "barnardos", "--email", "post@example.org")
    sam.ok("sync")
    ann.ok("meeting", "edit", "inaugural", "--venue", "Here")
    ann.ok("sync")
    sam.ok("sync")
    assert ann.files() == sam.files()
    ann.ok("undo", ann.ok("log", "map", "--json").items[-1]["id"], "--yes")


def test_a_worktree(clones, tmp_path):
    sam, kim = clones
    sam.git("worktree", "add", "--quiet", "-b", "draft", str(tmp_path / "beside"))
    beside = Place(tmp_path / "beside", tmp_path / "home")
    beside.ok(*ADD)
    beside.ok("undo", "--yes")
    beside.ok("undo", "--yes")
    beside.ok("sync")
    assert "refs/heads/draft" in sam.git("ls-remote", "origin")
    assert sam.git("status", "--porcelain") == ""
    beside.git("config", "branch.draft.merge", "refs/heads/main")
    kim.ok("meeting", "edit", "inaugural", "--venue", "Here")
    kim.ok("sync")
    beside.ok("sync")
    sam.ok("sync")
    assert beside.files() == sam.files()
    assert beside.git("status", "--porcelain") == sam.git("status", "--porcelain") == ""


def test_a_submodule(clones, tmp_path):
    sam, kim = clones
    outer = tmp_path / "outer"
    outer.mkdir()
    git = ["git", "-c", "protocol.file.allow=always"]
    subprocess.run([*git, "init", "--quiet"], cwd=outer, check=True)
    subprocess.run([*git, "submodule", "--quiet", "add", str(tmp_path / "hub.git"), "inner"], cwd=outer, check=True)
    inner = Place(outer / "inner", tmp_path / "home")
    inner.ok(*ADD)
    kim.ok("meeting", "edit", "inaugural", "--venue", "Here")
    kim.ok("sync")
    inner.ok("sync")
    inner.ok("undo", inner.ok("log", "map", "--json").items[0]["id"], "--yes")
    inner.ok("sync")
    sam.ok("sync")
    assert inner.files() == sam.files()


def test_a_repository_of_another_user(place):
    env = {"GIT_TEST_ASSUME_DIFFERENT_OWNER": "1"}
    answer = place.run(*ADD, env=env)
    assert answer.code == 0
    assert "Saved without a commit: detected dubious ownership" in answer.err
    assert f"git config --global --add safe.directory {place.folder}" in answer.err
    assert "git init" not in answer.err
    for command in (("sync",), ("commit",), ("undo", "--yes"), ("log",)):
        answer = place.run(*command, env=env)
        assert answer.code == 6
        assert "safe.directory" in answer.err
    place.ok("commit")


@pytest.mark.parametrize("setting", ["true", "input"])
def test_other_line_ends_by_git(clones, setting):
    sam, kim = clones
    kim.git("config", "core.autocrlf", setting)
    (sam.folder / "beside.txt").write_text("one\ntwo\n")
    sam.git("add", ".")
    sam.git("commit", "-qm", "Beside")
    sam.ok("minutes", "draft", "inaugural")
    sam.ok("sync")
    kim.ok(*ADD)
    kim.ok("sync")
    assert kim.git("status", "--porcelain") == ""
    assert (kim.folder / "beside.txt").read_bytes() == (b"one\r\ntwo\r\n" if setting == "true" else b"one\ntwo\n")
    kim.ok("undo", "--yes")
    kim.ok("member", "edit", "barnardos", "--email", "post@example.org")
    kim.ok("sync")
    sam.ok("sync")
    assert kim.files() == sam.files()
    kim.ok("check")


def test_no_git_program(place, tmp_path):
    env = {"PATH": str(tmp_path)}
    for command in (("sync",), ("commit",), ("undo", "--yes"), ("log",)):
        answer = place.run(*command, env=env)
        assert answer.code == 6
        assert "there is no git program" in answer.err
    assert "Saved without a commit: there is no git program" in place.ok(*ADD, env=env).err
    place.ok("commit")


def test_no_identity(clones):
    sam, _ = clones
    env = {name: "" for name in sam.env if name.startswith(("GIT_AUTHOR", "GIT_COMMITTER"))}
    env |= {"GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "user.useConfigOnly", "GIT_CONFIG_VALUE_0": "true"}
    sam.env = {name: value for name, value in sam.env.items() if name not in env}
    env = {name: value for name, value in env.items() if value}
    assert "git config --global user.name" in sam.ok(*ADD, env=env).err
    for command in ("commit", "sync"):
        answer = sam.run(command, env=env)
        assert answer.code == 6, answer.err
        assert "git config --global user.name" in answer.err


def test_names_that_differ_only_in_case(clones):
    sam, kim = clones
    shutil.copy(sam.register / "members" / "barnardos.toml", sam.register / "members" / "Barnardos.toml")
    assert "must be lower-case letters" in sam.run("check").out
    sam.git("add", ".")
    sam.git("commit", "-qm", "Twice")
    sam.git("push", "-q")
    before = kim.files(), kim.head()
    answer = kim.run("sync")
    assert answer.code == 5
    assert "members/Barnardos.toml" in answer.err
    assert "only in the case of letters" in answer.err
    assert (kim.files(), kim.head()) == before


def test_spaces_and_emoji_in_the_path_above(clones, tmp_path):
    sam, kim = clones
    above = tmp_path / "Our “meetings” 🎉 -x" / "it's here"
    above.mkdir(parents=True)
    moved = Place(sam.folder.rename(above / "p q"), tmp_path / "home")
    hub = (tmp_path / "hub.git").rename(above / "hub 🎉.git")
    moved.git("remote", "set-url", "origin", str(hub))
    kim.git("remote", "set-url", "origin", str(hub))
    moved.ok(*ADD)
    moved.ok("minutes", "draft", "inaugural")
    moved.ok("invite", "make", "inaugural")
    kim.ok("meeting", "edit", "inaugural", "--venue", "Here")
    kim.ok("sync")
    moved.ok("sync")
    moved.ok("undo", moved.ok("log", "map", "--json").items[0]["id"], "--yes")
    moved.ok("sync")
    kim.ok("sync")
    assert kim.files() == moved.files()
    moved.ok("check")


def test_a_clock_set_back(place):
    place.ok(*ADD)
    place.ok("action", "note", "map", "Begun")
    place.ok("invite", "make", "inaugural")
    earlier = {"SOURCE_DATE_EPOCH": "1600000000"}
    place.ok("action", "note", "map", "Earlier", env=earlier)
    place.ok("meeting", "edit", "inaugural", "--venue", "Here", env=earlier)
    place.ok("invite", "make", "inaugural", env=earlier)
    place.ok("check", env=earlier)
    place.ok("status", env=earlier)
    stamps = (place.register / "2023-06-07-inaugural" / "invite.ics").read_text().splitlines()
    assert "SEQUENCE:1" in stamps
    (stamp,) = [line.removeprefix("DTSTAMP:") for line in stamps if line.startswith("DTSTAMP")]
    assert stamp > "20230509T", "a newer version is never stamped earlier"
    place.ok("undo", "--yes", place.ok("log", "--json").items[1]["id"], env=earlier)
