"""evolution-data-server, the calendar of GNOME: a real client that takes whatever it is given."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

PYTHON = "/usr/bin/python3"
SCRIPT = Path(__file__).with_name("evolution_take.py")


@pytest.fixture(scope="module")
def evolution(missing, tmp_path_factory):
    """A function from pairs of UID and text to the event that Evolution has after each, None where there is none."""
    if shutil.which("dbus-run-session") is None:
        missing("there is no dbus-run-session (Debian: dbus)")

    def run(text):
        home = tmp_path_factory.mktemp("evolution")
        env = {
            "PATH": "/usr/bin:/bin",
            "LC_ALL": "C.UTF-8",
            "HOME": str(home),
            "XDG_RUNTIME_DIR": str(home),
            "GSETTINGS_BACKEND": "memory",
            "GIO_USE_VFS": "local",
        }
        command = ["dbus-run-session", "--", PYTHON, "-E", "-s", "-B", str(SCRIPT)]
        return subprocess.run(command, input=text.encode(), env=env, capture_output=True, check=False, timeout=120)

    if run("").returncode != 0:
        missing(f"{PYTHON} has no ECal 2.0 (Debian: evolution-data-server gir1.2-ecal-2.0 python3-gi)")

    def take(pairs):
        done = run(json.dumps(pairs))
        assert done.returncode == 0, done.stderr.decode()
        return json.loads(done.stdout)

    return take


def test_every_file_is_taken_as_it_was_meant(files, evolution):
    given = [file for file in files if file.method != "CANCEL" and not file.feed]
    # A calendar keeps a series number of its own for what it was given twice, so each has a UID of its own here.
    pairs = [(f"{number}@slavefree", _named(file, f"{number}@slavefree")) for number, file in enumerate(given)]
    read = evolution(pairs)
    wanted = [{**file.events[0], "uid": uid} for file, (uid, _) in zip(given, pairs, strict=True)]
    assert [pair for pair in zip(read, wanted, strict=True) if pair[0] != pair[1]] == []


def test_it_follows_from_the_request_to_the_cancellation(story, evolution):
    uid = "2026-03-28, a;b\\c é@slavefree"
    asked, again, moved, back, gone = evolution([(uid, text) for text in story])
    assert [each["start"] for each in (asked, again, moved, back)] == [
        "20260328T140000Z",
        "20260328T140000Z",
        "20260329T130000Z",
        "20260328T140000Z",
    ]
    assert [each["sequence"] for each in (asked, again, moved, back)] == [0, 0, 1, 2]
    assert "Another item" not in asked["description"]
    assert "Another item" in again["description"]
    assert gone is None


def test_who_is_taken_off_the_list_no_longer_has_it(taken_off, evolution):
    uid = "2026-03-28, a;b\\c é@slavefree"
    asked, gone = evolution([(uid, text) for text in taken_off])
    assert asked["uid"] == uid
    assert gone is None


def _named(file, uid):
    lines = file.data.replace(b"\r\n ", b"").decode().split("\r\n")
    return "\r\n".join(f"UID:{uid}" if line.startswith("UID:") else line for line in lines)
