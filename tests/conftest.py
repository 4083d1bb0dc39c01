"""A register in a real git repository, and the command line run as a user runs it.

With ``SLAVEFREE_ORDER=random`` the tests run in an order that is drawn, and with the number told at the end in the same
order once more.
"""

import json
import os
import pty
import random
import re
import shutil
import signal
import subprocess
import sys
import termios
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import in_process
from slavefree_cli.calendar.writer import is_ours
from strict_ics import faults

CLONES = ("Sam", "Kim")
ORDER = "SLAVEFREE_ORDER"
NOW = "1683622800"  # Tuesday 9 May 2023, 10:00 in London


def pytest_configure() -> None:
    if os.environ.get(ORDER) == "random":
        # Here, so that the processes among which pytest-xdist shares the tests out are told the same.
        os.environ[ORDER] = str(int.from_bytes(os.urandom(3), "big"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if seed := os.environ.get(ORDER):
        random.Random(seed).shuffle(items)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if seed := os.environ.get(ORDER):
        terminalreporter.write_line(f"in the order {ORDER}={seed}")


_SEEN: set[tuple[str, int, int, int]] = set()
"""The calendar files that were found good, each as it was then."""


@dataclass(frozen=True)
class Answer:
    """What one command line came to."""

    code: int
    out: str
    err: str

    @property
    def item(self) -> Any:
        return json.loads(self.out)["item"]

    @property
    def items(self) -> Any:
        return json.loads(self.out)["items"]


class Place:
    """A folder with a register in it, and a git configuration of its own."""

    def __init__(self, folder: Path, home: Path) -> None:
        self.folder = folder
        self.register = folder / "meetings"
        self.env = {
            "PATH": os.environ["PATH"],
            "HOME": str(home),
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_AUTHOR_NAME": "Sam Reed",
            "GIT_AUTHOR_EMAIL": "sam@example.org",
            "GIT_COMMITTER_NAME": "Sam Reed",
            "GIT_COMMITTER_EMAIL": "sam@example.org",
            "SOURCE_DATE_EPOCH": NOW,
            "PYTHONWARNINGS": "error",
        }

    def run(
        self, *arguments: str, env: dict[str, str] | None = None, cwd: Path | None = None, input: bytes = b""
    ) -> Answer:
        """Run a command line in this process, as if it had one of its own; ``input`` is what it can read."""
        env = {**self.env, **(env or {})}
        return self._answered(*in_process.run(arguments, env, cwd or self.folder, input))

    def run_apart(
        self, *arguments: str, env: dict[str, str] | None = None, cwd: Path | None = None, **options: Any
    ) -> Answer:
        """Run a command line in a process of its own: where one is killed, limited, or many run at once."""
        done = subprocess.run(
            [sys.executable, "-m", "slavefree_cli", *arguments],
            cwd=cwd or self.folder,
            env={**self.env, **(env or {})},
            capture_output=True,
            check=False,
            **({} if "input" in options else {"stdin": subprocess.DEVNULL}),
            **options,
        )
        return self._answered(done.returncode, done.stdout, done.stderr)

    def _answered(self, code: int, out: bytes, err: bytes) -> Answer:
        answer = Answer(code, out.decode(), err.decode())
        assert "Traceback" not in answer.err, answer.err
        self.check_calendars()
        return answer

    def check_calendars(self) -> None:
        """Check every calendar file that the program has written since it was last looked, as no reader checks it."""
        for path in filter(os.path.isfile, _calendars(self.folder)):
            info = os.stat(path)
            at = path, info.st_ino, info.st_size, info.st_mtime_ns
            if at in _SEEN:
                continue
            data = Path(path).read_bytes()
            if is_ours(data):
                assert faults(data) == [], path
            _SEEN.add(at)

    def at_terminal(
        self,
        *arguments: str,
        typed: str = "",
        env: dict[str, str] | None = None,
        ctrl_c_at: str | None = None,
        columns: int = 100,
    ) -> Answer:
        """Run at a terminal of so many columns at which somebody types; all that is shown is in ``out``.

        ``ctrl_c_at`` is what is shown when they press Ctrl-C.
        """
        ours, theirs = pty.openpty()
        termios.tcsetwinsize(theirs, (40, columns))
        process = subprocess.Popen(
            [sys.executable, "-m", "slavefree_cli", *arguments],
            cwd=self.folder,
            env={**self.env, "TERM": "xterm-256color", **(env or {})},
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
            # A shell's background job, as a test run may be one, ignores it.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL) and None,
        )
        os.close(theirs)
        os.write(ours, typed.encode())
        shown = b""
        try:
            while chunk := os.read(ours, 65_536):
                shown += chunk
                if ctrl_c_at and ctrl_c_at.encode() in shown:
                    process.send_signal(signal.SIGINT)
                    ctrl_c_at = None
        except OSError:  # how a terminal says that the other side has gone
            pass
        os.close(ours)
        answer = Answer(process.wait(30), shown.decode().replace("\r\n", "\n"), "")
        assert "Traceback" not in answer.out, answer.out
        return answer

    def ok(self, *arguments: str, apart: bool = False, **options: Any) -> Answer:
        answer = (self.run_apart if apart else self.run)(*arguments, **options)
        assert answer.code == 0, answer.err
        return answer

    def refused(self, code: int, *arguments: str, apart: bool = False, **options: Any) -> str:
        """Run what must be refused: one sentence on stderr, nothing on stdout, no file and no commit changed."""
        before = self.files(), self.head()
        answer = (self.run_apart if apart else self.run)(*arguments, **options)
        assert answer.code == code, (answer.code, answer.err)
        assert answer.out == ""
        assert answer.err.count("\n") == 1, answer.err
        assert (self.files(), self.head()) == before
        return answer.err

    def refused_all(self, code: int, *arguments: str, **options: Any) -> str:
        """Run what must be refused for several reasons, each a sentence on stderr; see ``refused``."""
        before = self.files(), self.head()
        answer = self.run(*arguments, **options)
        assert (answer.code, answer.out) == (code, ""), answer.err
        assert (self.files(), self.head()) == before
        return answer.err

    def git(self, *arguments: str) -> str:
        done = subprocess.run(
            ["git", *arguments], cwd=self.folder, env=self.env, capture_output=True, check=True, encoding="utf-8"
        )
        return done.stdout

    def head(self) -> str:
        """Return the commit that is checked out, as git keeps it: a branch is a file, unless it is packed."""
        folder = self.folder / ".git"
        at = (folder / "HEAD").read_text() if folder.is_dir() else ""
        branch = at.partition("ref: ")[2].strip()
        loose = folder / branch
        if branch.startswith("refs/heads/") and loose.is_file():
            at = loose.read_text()
        return at if re.fullmatch(r"[0-9a-f]{40}\n", at) else self.git("rev-parse", "HEAD")

    def messages(self) -> list[str]:
        return self.git("log", "--reverse", "--format=%s").splitlines()

    def files(self) -> dict[str, bytes]:
        return {
            str(path.relative_to(self.folder)): path.read_bytes()
            for path in sorted(self.register.rglob("*"))
            if path.is_file()
        }


def _calendars(folder: Path) -> Iterator[str]:
    for at, inner, names in os.walk(folder):
        inner[:] = [each for each in inner if each != ".git"]
        yield from (os.path.join(at, name) for name in names if name.endswith(".ics"))


@pytest.fixture
def empty(tmp_path: Path) -> Place:
    """A folder under git with nothing in it."""
    return _empty(tmp_path)


@pytest.fixture(scope="session")
def _small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a small partnership, made once by commands."""
    made = _empty(tmp_path_factory.mktemp("small"))
    made.ok("init", "--name", "Colchester Anti-Slavery Partnership", "--email", "coordinator@example.org")
    made.ok("member", "add", "Essex Police", "--sector", "police", "--first-responder")
    made.ok("member", "add", "Barnardo's", "--sector", "charity")
    made.ok("person", "add", "Colin Cox", "--of", "essex-police", "--role", "Chief Inspector")
    made.ok("person", "add", "Julie Young", "--of", "barnardos")
    made.ok("meeting", "add", "Inaugural meeting", "--date", "7 June 2023", "--start", "2pm", "--end", "4pm")
    return made.folder


@pytest.fixture
def place(tmp_path: Path, _small: Path) -> Place:
    """A small partnership: two members, two people, one meeting with an agenda."""
    home = tmp_path / "home"
    home.mkdir()
    folder = tmp_path / "partnership"
    shutil.copytree(_small, folder, symlinks=True)
    return Place(folder, home)


@pytest.fixture(scope="session")
def prepared(
    tmp_path_factory: pytest.TempPathFactory, _small: Path
) -> Callable[[Place, Callable[[Place], None]], Place]:
    """Give a small partnership what a function makes of it by commands, which run once for all tests that want it."""
    made: dict[Callable[[Place], None], Path] = {}

    def give(place: Place, make: Callable[[Place], None]) -> Place:
        if make not in made:
            folder = tmp_path_factory.mktemp("prepared")
            (folder / "home").mkdir()
            first = Place(shutil.copytree(_small, folder / "partnership", symlinks=True), folder / "home")
            make(first)
            made[make] = first.folder
        shutil.rmtree(place.folder)
        shutil.copytree(made[make], place.folder, symlinks=True)
        return place

    return give


def _empty(path: Path) -> Place:
    home, folder = path / "home", path / "partnership"
    home.mkdir()
    folder.mkdir()
    place = Place(folder, home)
    place.git("init", "--quiet", "--initial-branch=main")
    return place


@pytest.fixture(scope="session")
def _cloned(tmp_path_factory: pytest.TempPathFactory, _small: Path) -> Path:
    folder = tmp_path_factory.mktemp("cloned")
    (folder / "home").mkdir()
    Place(folder, folder / "home").git("clone", "--quiet", "--bare", str(_small), "hub.git")
    for name in CLONES:
        clone(folder, name)
    return folder


@pytest.fixture
def clones(tmp_path: Path, _cloned: Path) -> tuple[Place, Place]:
    """Two clones of the small partnership, of Sam and of Kim, which meet at ``hub.git``."""
    shutil.copytree(_cloned, tmp_path, symlinks=True, dirs_exist_ok=True)
    for name in CLONES:
        config = tmp_path / name.lower() / ".git" / "config"
        config.write_text(config.read_text().replace(str(_cloned), str(tmp_path)))
    return tuple(_of(tmp_path, name) for name in CLONES)  # type: ignore[return-value]


def clone(tmp_path: Path, name: str) -> Place:
    """A clone of what is in ``hub.git``, of somebody of this name."""
    Place(tmp_path, tmp_path / "home").git("clone", "--quiet", str(tmp_path / "hub.git"), name.lower())
    return _of(tmp_path, name)


def _of(tmp_path: Path, name: str) -> Place:
    place = Place(tmp_path / name.lower(), tmp_path / "home")
    place.env.update(GIT_AUTHOR_NAME=name, GIT_COMMITTER_NAME=name)
    return place
