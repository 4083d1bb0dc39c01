"""What a small command must not load."""

import sys

HEAVY = ["rich", "ics", "icalendar", "tomlkit", "jinja2", "pydantic", "importlib.metadata", "filelock"]
OF_WHO_WRITES = ["git.repository", "register.toml.edit", "register.repositories", "register.commits", "model.looks"]
"""What of our own those alone need who write, or ask git."""


def test_a_list_in_json_loads_nothing_heavy(place):
    unwanted = [*HEAVY, *(f"slavefree_cli.{name}" for name in OF_WHO_WRITES)]
    script = (
        "import sys; from slavefree_cli.commands.app import run; run(['action', 'list', '--json']);"
        f"print([name for name in {unwanted!r} if name in sys.modules], file=sys.stderr)"
    )
    import subprocess

    done = subprocess.run(
        [sys.executable, "-c", script], cwd=place.folder, env=place.env, capture_output=True, check=True
    )
    assert done.stderr.decode().strip() == "[]"


def test_ctrl_c_while_modules_load_ends_quietly(place):
    script = (
        "import os, signal, sys\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "class PressedAt:\n"
        "    def find_spec(self, name, path, target=None):\n"
        "        if name == 'typer':\n"
        "            os.kill(os.getpid(), signal.SIGINT)\n"
        "sys.meta_path.insert(0, PressedAt())\n"
        "from slavefree_cli.__main__ import main\n"
        "main()\n"
    )
    import subprocess

    done = subprocess.run([sys.executable, "-c", script], cwd=place.folder, env=place.env, capture_output=True)
    assert (done.returncode, done.stderr) == (130, b"")
