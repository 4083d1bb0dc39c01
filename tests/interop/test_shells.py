"""Shells in which somebody presses Tab, while those who share the register would have them run something."""

import fcntl
import os
import re
import select
import shutil
import signal
import subprocess
import sys
import termios
import time
from pathlib import Path

import pytest

import hostile_words
from hostile_words import MEETING, PLAIN, RAN

# A shell is mostly waited for, and no change to the program is likely to reach it: `.ci/interop` presses Tab.
pytestmark = pytest.mark.skipif("SLAVEFREE_INTEROP" not in os.environ, reason="Tab is pressed by .ci/interop")

SHELLS = {
    "bash": ["bash", "-i"],
    "zsh": ["zsh", "-i"],
    "fish": ["fish", "-i"],
}
ASKED = {
    "member show ": PLAIN,
    "person show ": PLAIN,
    "group show ": PLAIN,
    f"meeting show {MEETING}": PLAIN,
    "action show ": f"zz{len(hostile_words.ATTACKS):03}",
    "decision show ": f"zz{len(hostile_words.ATTACKS):03}",
    "person edit zz-plain --of ": PLAIN,
}
"""What is typed before Tab, and the last that is offered then, so that all the others are read."""
_CODES = re.compile(r"\x1b(?:\[[0-9;?<>=]*[A-Za-z]|\][^\x07]*\x07|[()][A-Z0-9]|[=>78])|[\x0e\x0f]")


class Terminal:
    """A shell at a terminal that is wide and high enough for a list of everything."""

    def __init__(self, command: list[str], env: dict[str, str], folder: Path) -> None:
        self.ours, theirs = os.openpty()
        termios.tcsetwinsize(theirs, (200, 200))
        self.process = subprocess.Popen(
            command,
            cwd=folder,
            env=env,
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0) and None,
        )
        os.close(theirs)
        self.shown = ""

    def type(self, *keys: str) -> None:
        """Type one thing after the other, and forget what was shown before.

        What a shell shows of one is waited for: Tab in the midst of much that is typed is for zsh what is pasted.
        """
        self.read(0.1)
        self.shown = ""
        for number, each in enumerate(keys):
            if number:
                self.read(0.3)
            os.write(self.ours, each.encode())

    def read(self, seconds: float) -> str:
        """Return what is shown, once nothing more came for so long."""
        data = b""
        while select.select([self.ours], [], [], seconds)[0]:
            try:
                chunk = os.read(self.ours, 65_536)
            except OSError:
                break
            if not chunk:
                break
            data += chunk
        self.shown += _CODES.sub("", data.decode(errors="replace"))
        return self.shown

    def until(self, wanted: str, seconds: float = 60) -> str:
        """Return what is shown, once this is part of it."""
        end = time.monotonic() + seconds
        while wanted not in self.read(0.1):
            assert time.monotonic() < end, f"{wanted!r} is not shown, but: {self.shown!r}"
        return self.read(0.2)

    def press_tab(self, typed: str, wanted: str) -> str:
        """Type something, press Tab and return what is shown once this is part of it; zsh takes the first to load."""
        self.type(typed, "\t")
        for _ in range(3):
            end = time.monotonic() + 3
            while time.monotonic() < end:
                if wanted in self.read(0.1):
                    return self.read(0.3)
            os.write(self.ours, b"\t")
        return self.until(wanted)

    def ready(self) -> None:
        """Wait until the shell takes a command line."""
        # Said in two parts, so that it is not taken for what is typed.
        self.type("echo rea''dy\r")
        self.until("ready")

    def give_up(self) -> None:
        """Begin a new command line, whatever stands on the one before."""
        self.type("\x03")
        self.read(0.3)
        self.ready()

    def close(self) -> None:
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(30)
        os.close(self.ours)


@pytest.fixture(params=SHELLS)
def shell(request, missing):
    """The name of a shell that is here."""
    if shutil.which(request.param) is None:
        missing(f"there is no {request.param}")
    return request.param


@pytest.fixture
def terminal(place, shell, tmp_path):
    """A shell into which completion was installed as --help says, in the folder of a register full of attacks."""
    hostile_words.plant(place.register)
    for id in hostile_words.IDS:
        (place.folder / id).touch()
    programs = tmp_path / "bin"
    programs.mkdir()
    program = programs / "slavefree"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m slavefree_cli "$@"\n')
    program.chmod(0o755)
    env = {**place.env, "PATH": f"{programs}:{os.environ['PATH']}", "TERM": "xterm", "LC_ALL": "C.UTF-8"}
    home = Path(env["HOME"])
    (home / ".inputrc").write_text(
        "set show-all-if-ambiguous on\nset page-completions off\nset completion-query-items 0\n"
    )
    (home / ".zshrc").write_text("LISTMAX=10000\n")
    # With a command behind, or the shell would give its place to the program, which looks for what started it.
    installed = subprocess.run(
        [shell, "-c", "slavefree --install-completion; true"], cwd=home, env=env, capture_output=True, check=True
    )
    assert f"{shell} completion installed" in installed.stdout.decode(), installed.stderr.decode()
    terminal = Terminal(SHELLS[shell], env, place.folder)
    try:
        terminal.ready()
        yield terminal
    finally:
        terminal.close()


def ran(tmp_path):
    """What was made by an attack."""
    return list(tmp_path.rglob(RAN))


def test_tab_offers_ids_and_runs_nothing(terminal, shell, tmp_path):
    for typed, last in ASKED.items():
        shown = terminal.press_tab(f"slavefree {typed}", last)
        assert ran(tmp_path) == [], typed
        if shell != "bash":
            shown = terminal.until(hostile_words.SAID)
        # What was not taken as it stands is offered by no shell.
        assert not re.search(r"[$`<>|](?:\(|touch)|(?<!\S)(?:--yes|-rf)(?!\S)", shown.partition("\n")[2]), shown
        terminal.give_up()


def test_what_tab_makes_of_a_word_that_is_begun_runs_nothing(terminal, tmp_path):
    terminal.press_tab("slavefree member show zz", "plain")
    terminal.give_up()
    for begun in (
        "member show \\$\\(t",
        "member show \\; t",
        'member show "$(t',
        f"meeting show {MEETING}\\$\\(t",
        "template show ",
    ):
        # Taken into the command line, the next of them too, and run as it stands there.
        terminal.type(f"slavefree {begun}", "\t", "\t")
        terminal.read(0.8)
        terminal.type("\t", "\r", "\r")
        terminal.read(0.8)
        terminal.give_up()
        assert ran(tmp_path) == [], begun


def test_tab_completes_an_id_that_can_be_used(terminal, shell):
    terminal.press_tab("slavefree member show ess", "ex-police")
    terminal.type("\r")
    terminal.until("Essex Police")
