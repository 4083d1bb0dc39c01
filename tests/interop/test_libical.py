"""libical, which GNOME's and many other calendars read with, and its tables of what an invitation may hold."""

import json
import subprocess
from pathlib import Path

import pytest

PYTHON = "/usr/bin/python3"
SCRIPT = Path(__file__).with_name("libical_read.py")


@pytest.fixture(scope="module")
def libical(missing):
    """A function from bytes to what libical reads in them."""

    def run(data):
        return subprocess.run([PYTHON, "-I", str(SCRIPT)], input=data, capture_output=True, check=False)

    if not Path(PYTHON).exists() or run(b"").returncode != 0:
        missing(f"{PYTHON} has no ICalGLib 3.0 (Debian: python3-gi gir1.2-ical-3.0)")

    def read(data):
        done = run(data)
        assert done.returncode == 0, done.stderr.decode()
        return json.loads(done.stdout)

    return read


def test_an_invitation_is_read_and_allowed(invitation, libical):
    assert libical(invitation.path.read_bytes()) == {"seen": invitation.expected, "unread": 0, "allowed": True}


def test_the_tables_refuse_an_attendee_in_what_is_published(invitation, libical):
    line = b"ATTENDEE:mailto:colin@example.org\r\nEND:VEVENT\r\n"
    assert libical(invitation.path.read_bytes().replace(b"END:VEVENT\r\n", line))["allowed"] is False
