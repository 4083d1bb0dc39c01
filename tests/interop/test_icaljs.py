"""ical.js, which Thunderbird and many web calendars read with."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

SCRIPT = Path(__file__).with_name("icaljs_read.cjs")


@pytest.fixture(scope="module")
def icaljs(missing):
    """A function from files to what ical.js reads in them; SLAVEFREE_NODE_PATH is the node_modules it is in."""
    node = shutil.which("node")
    if node is None:
        missing("there is no node")
    modules = os.environ.get("SLAVEFREE_NODE_PATH") or os.environ.get("NODE_PATH", "")

    def run(text):
        env = {**os.environ, "NODE_PATH": modules}
        return subprocess.run([node, str(SCRIPT)], input=text.encode(), env=env, capture_output=True, check=False)

    if run("").returncode != 0:
        missing("node finds no ical.js (npm install ical.js; SLAVEFREE_NODE_PATH=…/node_modules)")

    def read(files):
        done = run(json.dumps([file.data.decode() for file in files]))
        assert done.returncode == 0, done.stderr.decode()
        return json.loads(done.stdout)

    return read


def test_every_file_is_read_as_it_was_meant(files, differences, icaljs):
    assert differences(files, icaljs(files)) == {}
