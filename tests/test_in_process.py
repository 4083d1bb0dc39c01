"""A command line run in the test's own process: the same as in one of its own, and nothing of it stays."""

import gc
import os
import signal
import sys
import threading
from contextlib import suppress

import pytest

import in_process

REPLY = b"BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nEND:VCALENDAR\r\n"


@pytest.mark.parametrize(
    ("arguments", "options"),
    [
        (["--version"], {}),
        ([], {}),
        (["member", "list"], {}),
        (["member", "show", "barnardos", "--json"], {}),
        (["meeting", "show", "nothing"], {}),
        (["meeting", "--nonsense"], {}),
        (["meeting", "cancel", "next", "--reason", "Snow"], {}),
        (["invite", "replies", "-"], {"input": REPLY}),
        (["invite", "replies", "-"], {}),
        (["status"], {"env": {"SOURCE_DATE_EPOCH": "soon"}}),
        (["status"], {"env": {"SLAVEFREE_REGISTER": "meetings", "TZ": "Asia/Tokyo"}}),
        ([], {"env": {"_SLAVEFREE_COMPLETE": "complete_bash", "COMP_WORDS": "slavefree me", "COMP_CWORD": "1"}}),
    ],
    ids=lambda each: " ".join(each),
)
def test_it_answers_as_in_a_process_of_its_own(place, arguments, options):
    assert place.run(*arguments, **options) == place.run_apart(*arguments, **options)


def test_a_folder_and_an_environment_are_those_that_are_given(place, monkeypatch):
    monkeypatch.setenv("SLAVEFREE_REGISTER", "/nonexistent")
    seen = {}
    ran(place, monkeypatch, lambda: seen.update(folder=os.getcwd(), variables=dict(os.environ), typed=sys.stdin.read()))
    assert seen == {"folder": str(place.folder), "variables": place.env, "typed": ""}


def test_what_a_process_takes_with_it_is_put_back(place, monkeypatch):
    def changes():
        os.chdir("/")
        os.environ["LEFT"] = "over"
        sys.argv.append("left")
        sys.stdout = None
        gc.set_threshold(1)

    def state():
        return os.getcwd(), dict(os.environ), list(sys.argv), sys.stdout, gc.get_threshold()

    before = state()
    ran(place, monkeypatch, changes)
    assert state() == before


def test_what_it_writes_below_python_is_its_own(place, monkeypatch):
    def writes():
        sys.stdout.write("one\n")
        os.write(2, b"two\n")
        os.system("echo three; echo four >&2")

    assert ran(place, monkeypatch, writes) == (0, b"three\none\n", b"two\nfour\n")


@pytest.mark.parametrize("left", ["file", "thread", "signal", "mask", "path"])
def test_what_it_leaves_over_is_found(place, monkeypatch, left):
    ended, kept = threading.Event(), []
    # Whoever runs the tests may have it ignored, as nohup does.
    other = signal.SIG_DFL if signal.getsignal(signal.SIGHUP) == signal.SIG_IGN else signal.SIG_IGN
    leaves = {
        "file": lambda: kept.append(os.open(os.devnull, os.O_RDONLY)),
        "thread": lambda: threading.Thread(target=ended.wait).start(),
        "signal": lambda: signal.signal(signal.SIGHUP, other) and None,
        "mask": lambda: os.umask(0o077) and None,
        "path": lambda: sys.path.append("left"),
    }
    mask, handler = os.umask(0o022), signal.getsignal(signal.SIGHUP)
    os.umask(mask)
    try:
        with pytest.raises(AssertionError, match="left something over"):
            ran(place, monkeypatch, leaves[left])
    finally:
        ended.set()
        os.umask(mask)
        signal.signal(signal.SIGHUP, handler)
        for file in kept:
            os.close(file)
        with suppress(ValueError):
            sys.path.remove("left")


def test_a_mistake_of_ours_is_no_answer(place, monkeypatch):
    with pytest.raises(ZeroDivisionError):
        ran(place, monkeypatch, lambda: 1 // 0)


def ran(place, monkeypatch, does):
    """Run what ``does`` in place of the program."""
    monkeypatch.setattr("slavefree_cli.__main__.main", does)
    return in_process.run([], place.env, place.folder)
