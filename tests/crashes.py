"""A command killed without warning before the Nth time that it writes, and what is there afterwards."""

import subprocess
import sys

import tomli

# Runs a command and kills itself without warning before the Nth time that it writes, renames, removes or starts git.
KILLED = """
import os, signal, sys
sys.argv = ["slavefree", *sys.argv[2:]]
left = int(os.environ["KILLED_BEFORE"])
def hook(event, args):
    global left
    writes = event == "open" and isinstance(args[2], int) and args[2] & (os.O_WRONLY | os.O_RDWR)
    if (writes and "write" in os.environ["EVENTS"]) or event in os.environ["EVENTS"].split():
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(hook)
from slavefree_cli.__main__ import main
main()
"""


def killed(place, before, *arguments, events="write os.rename os.remove os.mkdir subprocess.Popen"):
    """Run a command that is killed; return whether it was, or came to its end first."""
    done = subprocess.run(
        # -B: that Python keeps what it compiled is nothing that the command writes.
        [sys.executable, "-B", "-c", KILLED, "-", *arguments], cwd=place.folder,
        env={**place.env, "KILLED_BEFORE": str(before), "EVENTS": events}, capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode in {0, -9}, done.stderr
    return done.returncode == -9


def titles(place):
    """What the records of a register are called, and the items of its agendas."""
    found = set()
    for path in place.register.rglob("*.toml"):
        document = tomli.loads(path.read_text())
        found.add(document.get("title"))
        found.update(item.get("title") for item in document.get("items", {}).values())
    return found
