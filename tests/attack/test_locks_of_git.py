"""A lock of a git that is at work is waited for, then named, and never taken away; one that was left is."""

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager

import pytest

from slavefree_cli.git import locks

BROKEN_OFF = '{"message": "Change member", "command": "edit", "files": [["members/barnardos.toml", null]]}'


def broken_off(place):
    """Leave what a command leaves that is killed when its files are replaced, and return the lock that git takes."""
    place.ok("action", "add", "First", "--owner", "colin")
    from slavefree_cli.register import journal
    from slavefree_cli.register.desk import Desk

    book = journal.book(Desk(str(place.register)))
    with open(book, "w", encoding="utf-8") as file:
        file.write(BROKEN_OFF)
    (place.register / ".slavefree-redo.json").write_text("At work")
    (place.register / "members" / "barnardos.toml").unlink()
    return place.folder / ".git" / "index.lock"


def slow_hook(place, seconds):
    hook = place.folder / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(f"#!/bin/sh\nsleep {seconds}\n")
    hook.chmod(0o755)
    return hook


def until(wanted):
    ends = time.monotonic() + 30
    while not wanted():
        assert time.monotonic() < ends
        time.sleep(0.02)


@contextmanager
def running(*arguments, **options):
    process = subprocess.Popen(arguments, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, **options)
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL, signal.SIGHUP])
def test_a_git_that_outlives_its_command_commits_and_the_next_command_waits_for_it(place, how):
    slow_hook(place, 4)
    lock = place.folder / ".git" / "index.lock"
    command = [sys.executable, "-m", "slavefree_cli", "action", "add", "One", "--owner", "colin"]
    reset = {"preexec_fn": lambda: signal.signal(signal.SIGHUP, signal.SIG_DFL) and None}
    with running(*command, cwd=place.folder, env=place.env, stdout=subprocess.DEVNULL, **reset) as process:
        until(lock.exists)
        process.send_signal(how)
        assert process.wait() == -how
        assert lock.exists()
        answer = place.ok("check")
    assert "Finished what action add was broken off at" in answer.err
    assert sum("One" in each for each in place.messages()) == 1
    assert place.git("status", "--porcelain") == ""
    assert not lock.exists()


def test_a_lock_that_some_program_has_open_stays_and_is_named(place, monkeypatch):
    monkeypatch.setattr(locks, "SECONDS", 0.3)
    lock = broken_off(place)
    holder = "import sys, time; f = open(sys.argv[1], 'x'); print(flush=True); time.sleep(60)"
    with running(sys.executable, "-c", holder, str(lock), stdout=subprocess.PIPE) as process:
        process.stdout.readline()
        assert f"(process {process.pid}), which is at work" in place.ok("member", "list").err
        assert "A change that was broken off waits" in place.refused_all(
            6, "member", "add", "New", "--sector", "charity"
        )
        assert lock.exists()
    assert "Finished what edit was broken off at" in place.ok("member", "list").err
    assert not lock.exists()
    assert place.messages()[-1] == "Change member"


def test_where_the_system_does_not_tell_the_lock_stays_and_is_named(place, monkeypatch):
    lock = broken_off(place)
    lock.write_text("")
    with monkeypatch.context() as patch:
        patch.setattr(locks, "_PROCESSES", "/nowhere")
        assert f"{lock} is there, and it cannot be told whether a git is at work" in place.ok("member", "list").err
        assert lock.exists()
    place.ok("member", "list")
    assert not lock.exists()


def test_the_git_whose_hook_we_are_keeps_its_lock_and_is_not_waited_for(place):
    broken_off(place)
    hook = slow_hook(place, 0)
    hook.write_text(f"#!/bin/sh\n{sys.executable} -m slavefree_cli --no-input member list 2>&1 >/dev/null\n")
    (place.folder / "notes.txt").write_text("Notes\n")
    place.git("add", "notes.txt")
    began = time.monotonic()
    done = subprocess.run(
        ["git", "commit", "-am", "By hand"], cwd=place.folder, env=place.env, capture_output=True, text=True
    )
    assert (done.returncode, "which is at work" in done.stderr) == (0, True), done.stderr
    assert time.monotonic() - began < locks.SECONDS
    hook.unlink()
    place.ok("member", "list")
    # With -a it took along what was broken off.
    assert place.messages()[-1] == "By hand"
    assert place.git("status", "--porcelain") == ""


def test_a_command_waits_for_the_git_of_somebody_else(place):
    slow_hook(place, 1)
    (place.folder / "notes.txt").write_text("Notes\n")
    place.git("add", "notes.txt")
    with running("git", "commit", "-qam", "By hand", cwd=place.folder, env=place.env) as process:
        until((place.folder / ".git" / "index.lock").exists)
        assert "did not commit" not in place.ok("action", "add", "One", "--owner", "colin").err
        assert process.wait() == 0
    assert place.git("status", "--porcelain") == ""


def test_a_git_that_is_at_work_elsewhere_is_nobodys_concern(place, tmp_path):
    lock = broken_off(place)
    lock.write_text("")
    other = tmp_path / "other"
    subprocess.run(["git", "init", "-q", other], env=place.env, check=True)
    with running("git", "-C", str(other), "hash-object", "--stdin-paths", env=place.env, stdout=subprocess.PIPE):
        began = time.monotonic()
        place.ok("member", "list")
        assert time.monotonic() - began < locks.SECONDS
    assert not lock.exists()
    assert os.listdir(other) == [".git"]
