"""The fence round what is restricted, and the order of the house: what nobody thought of turns the checks red."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
LINT = Path(sys.executable).with_name("lint-imports")

LEAK = '''"""A report for the public that holds what is restricted."""

from slavefree_cli.register.restricted import WholeDesk


def write(root: str, path: str) -> None:
    """Write every restricted action into a public file."""
    with open(path, "w") as file:
        file.writelines(each.title for each in WholeDesk(root).restricted.actions.values())
'''
BY_COMMAND = LEAK.replace(
    "slavefree_cli.register.restricted import WholeDesk", "slavefree_cli.commands.whole import whole"
)
PART_TWO = "from slavefree_cli.work.minutes import restricted\n"
CIRCLE = "from slavefree_cli.register import door\n"
UPWARD = "from slavefree_cli.work.records import actions\n"


def lint(folder):
    return subprocess.run(
        [LINT, "--no-cache", "--config", folder / "pyproject.toml"],
        cwd=folder / "src", env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(folder / "src"), "HOME": str(folder)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.fixture
def house(tmp_path):
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("work/invite/report.py", LEAK),
        ("view/report.py", LEAK),
        ("work/minutes/report.py", LEAK),
        ("commands/report.py", BY_COMMAND),
        ("work/post/part_two.py", PART_TWO),
        ("report/__init__.py", "from slavefree_cli.register import door\n"),
        ("work/report/__init__.py", ""),
        ("register/reader.py", CIRCLE),
        ("model/action.py", UPWARD),
    ],
    ids=["leak in work", "leak in view", "leak in minutes", "leak in commands", "part two", "a room without a floor",
         "a package without a floor", "circle", "upward"],
)  # fmt: skip
def test_a_module_that_nobody_thought_of_turns_the_check_red(house, path, content):
    target = house / "src" / "slavefree_cli" / path
    target.parent.mkdir(exist_ok=True)
    target.write_text(content + (target.read_text() if target.exists() else ""))
    done = lint(house)
    assert done.returncode == 1, done.stdout + done.stderr
    assert " 1 broken" in done.stdout or " 2 broken" in done.stdout


def test_the_house_as_it_is_has_nothing_broken(house):
    done = lint(house)
    assert done.returncode == 0, done.stdout + done.stderr
