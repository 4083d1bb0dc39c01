"""What a small command must not load."""

import sys

HEAVY = ["rich", "ics", "icalendar", "tomlkit", "jinja2", "pydantic", "importlib.metadata", "filelock"]


def test_a_list_in_json_loads_nothing_heavy(place):
    script = (
        "import sys; from slavefree_cli.commands.app import run; run(['action', 'list', '--json']);"
        f"print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)"
    )
    import subprocess

    done = subprocess.run(
        [sys.executable, "-c", script], cwd=place.folder, env=place.env, capture_output=True, check=True
    )
    assert done.stderr.decode().strip() == "[]"
