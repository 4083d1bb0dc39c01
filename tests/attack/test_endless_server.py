"""A mail server gets so long for each answer, and so much of it is read, whatever it says and however it says it.

Kind: servers that never stop talking, that take for ever for a line, or say so much that nobody could read it.
"""

import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

SERVER = Path(__file__).parent.parent / "endless_server.py"
CASES = [
    *(("banner", mode) for mode in ("lines", "one line", "drip", "silence")),
    *((stage, mode) for stage in ("EHLO", "MAIL", "RCPT", "DATA", ".", "RSET") for mode in ("lines", "drip")),
]


@pytest.fixture
def invited(place):
    for name in ("colin", "julie"):
        place.ok("person", "edit", name, "--email", f"{name}@example.org")
    return place


@pytest.mark.parametrize(("stage", "mode"), CASES)
def test_a_server_that_never_stops_is_left(invited, stage, mode):
    with subprocess.Popen([sys.executable, SERVER, stage, mode], stdout=subprocess.PIPE, text=True) as server:
        config = Path(invited.env["HOME"]) / ".config" / "slavefree" / "config.toml"
        config.parent.mkdir(parents=True, exist_ok=True)
        port = server.stdout.readline().strip()
        config.write_text(f'[smtp]\nhost = "127.0.0.1"\nport = {port}\nsecurity = "none"\ntimeout = 1\n')
        began = time.monotonic()
        answer = invited.run_apart("invite", "send", "inaugural", "--smtp", "--yes", timeout=60)
        took = time.monotonic() - began
        server.kill()
    doubtful = 2 if stage == "." else 0
    assert answer.code == (0 if doubtful else 6), answer.err
    assert took < 45
    assert all(len(line) < 1_000 for line in answer.err.splitlines())
    issued = "".join(path.read_text() for path in invited.register.glob("*/issued/*.toml"))
    assert len(set(re.findall(r'"(colin-cox|julie-young)"', issued))) == doubtful
    assert answer.err.count("counts as sent") == doubtful
