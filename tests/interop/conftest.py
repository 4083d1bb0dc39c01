"""Invitations as the command makes them, and what a program that reads them must see."""

import os
import shutil
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent

# The meetings that ship: their days are known and their times are not.
SHIPPED = {
    "2023-04-26-*": ("20230426", "20230427"),
    "2023-06-07-inaugural": ("20230607", "20230608"),
}
# Two o'clock in London before, on and after the days the clocks change, as instants.
TIMED = {
    "2026-03-28": ("20260328T140000Z", "20260328T160000Z"),
    "2026-03-29": ("20260329T130000Z", "20260329T150000Z"),
    "2026-03-30": ("20260330T130000Z", "20260330T150000Z"),
    "2026-10-24": ("20261024T130000Z", "20261024T150000Z"),
    "2026-10-25": ("20261025T140000Z", "20261025T160000Z"),
    "2026-10-26": ("20261026T140000Z", "20261026T160000Z"),
}


@dataclass(frozen=True)
class Invitation:
    """An invitation's file, and what is to be read in it."""

    path: Path
    expected: dict


class Shop:
    """A copy of the shipped register under git, where invitations are made."""

    def __init__(self, folder):
        self.folder = folder
        self.register = folder / "meetings"
        self.env = {
            "PATH": os.environ["PATH"],
            "HOME": str(folder),
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_AUTHOR_NAME": "Sam Reed",
            "GIT_AUTHOR_EMAIL": "sam@example.org",
            "GIT_COMMITTER_NAME": "Sam Reed",
            "GIT_COMMITTER_EMAIL": "sam@example.org",
            "SOURCE_DATE_EPOCH": "1683622800",
        }
        if "PYTHONPATH" in os.environ:
            self.env["PYTHONPATH"] = os.environ["PYTHONPATH"]
        shutil.copytree(ROOT / "meetings", self.register)
        for arguments in (
            ["init", "--quiet"],
            ["add", "meetings"],
            ["commit", "--quiet", "-m", "The shipped register"],
        ):
            subprocess.run(["git", *arguments], cwd=folder, env=self.env, check=True)

    def run(self, *arguments):
        done = subprocess.run(
            [sys.executable, "-m", "slavefree_cli", "--register", str(self.register), *arguments],
            cwd=self.folder,
            env=self.env,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == 0, done.stderr

    def invitation(self, pattern, start, end):
        (meeting,) = self.register.glob(pattern)
        path = self.folder / f"{meeting.name}.ics"
        self.run("invite", "make", meeting.name, "--output", str(path))
        partnership = tomllib.loads((self.register / "partnership.toml").read_text(encoding="utf-8"))
        record = tomllib.loads((meeting / "meeting.toml").read_text(encoding="utf-8"))
        expected = {
            "method": "PUBLISH",
            "uid": record["uid"],
            "start": start,
            "end": end,
            "summary": f"{partnership['name']}: {record['title']}",
            "organiser": f"mailto:{partnership['coordinator']['email']}",
            "attendees": 0,
        }
        return Invitation(path, expected)


@pytest.fixture(scope="session")
def shop(tmp_path_factory):
    return Shop(tmp_path_factory.mktemp("interop"))


@pytest.fixture(scope="session", params=[*SHIPPED, *TIMED])
def invitation(shop, request):
    """Each shipped meeting's invitation, then one of a meeting on each day about a change of the clocks."""
    if request.param in SHIPPED:
        return shop.invitation(request.param, *SHIPPED[request.param])
    shop.run("meeting", "add", "Clocks", "--date", request.param, "--start", "14:00", "--end", "16:00")
    return shop.invitation(f"{request.param}-*", *TIMED[request.param])


@pytest.fixture(scope="session")
def missing():
    """Say that a program is not here: a skip, or a failure where SLAVEFREE_INTEROP=required."""

    def say(reason):
        if os.environ.get("SLAVEFREE_INTEROP") == "required":
            pytest.fail(reason)
        pytest.skip(reason)

    return say
