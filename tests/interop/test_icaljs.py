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
    """A function from bytes to what ical.js reads in them; SLAVEFREE_NODE_PATH is the node_modules it is in."""
    node = shutil.which("node")
    if node is None:
        missing("there is no node")
    modules = os.environ.get("SLAVEFREE_NODE_PATH") or os.environ.get("NODE_PATH", "")

    def run(data):
        env = {**os.environ, "NODE_PATH": modules}
        return subprocess.run([node, str(SCRIPT)], input=data, env=env, capture_output=True, check=False)

    if run(b"").returncode != 0:
        missing("node finds no ical.js (npm install ical.js; SLAVEFREE_NODE_PATH=…/node_modules)")

    def read(data):
        done = run(data)
        assert done.returncode == 0, done.stderr.decode()
        return json.loads(done.stdout)

    return read


def test_an_invitation_is_read(invitation, icaljs):
    assert icaljs(invitation.path.read_bytes()) == invitation.expected
