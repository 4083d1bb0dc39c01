"""libical, which GNOME's and many other calendars read with, and its tables of what an invitation may hold."""

import json
import subprocess
from pathlib import Path

import pytest

PYTHON = "/usr/bin/python3"
SCRIPT = Path(__file__).with_name("libical_read.py")


@pytest.fixture(scope="module")
def libical(missing):
    """A function from texts to what libical reads in them."""

    def run(text):
        command = [PYTHON, "-E", "-s", "-B", str(SCRIPT)]
        return subprocess.run(command, input=text.encode(), capture_output=True, check=False)

    if not Path(PYTHON).exists() or run("").returncode != 0:
        missing(f"{PYTHON} has no ICalGLib 3.0 (Debian: python3-gi gir1.2-ical-3.0)")

    def read(texts):
        done = run(json.dumps(texts))
        assert done.returncode == 0, done.stderr.decode()
        return json.loads(done.stdout)

    return read


def test_every_file_is_read_as_it_was_meant_and_allowed(files, differences, libical):
    answers = libical([file.data.decode() for file in files])
    assert differences(files, [each["read"] for each in answers]) == {}
    refused = [file.name for file, each in zip(files, answers, strict=True) if each["unread"] or not each["allowed"]]
    assert refused == []


def test_its_tables_refuse_an_attendee_in_what_is_published(files, libical):
    text = files[0].data.decode().replace("END:VEVENT", "ATTENDEE;CN=Colin:mailto:colin@example.org\r\nEND:VEVENT")
    assert [each["allowed"] for each in libical([text])] == [False]
