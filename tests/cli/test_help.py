"""Help, completion and the reference."""

import subprocess
import sys
from pathlib import Path

import pytest

from slavefree_cli.commands.app import NOUNS

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("noun", NOUNS)
def test_each_command_says_what_it_does_with_an_example(place, noun):
    said = place.ok(noun, "--help").out
    verbs = [line.split()[0] for line in said.partition("Commands:")[2].splitlines() if line.startswith("  ")]
    if "Commands:" not in said:
        assert "Example: slavefree" in said
    for verb in verbs:
        assert "Example: slavefree" in place.ok(noun, verb, "--help").out


@pytest.mark.parametrize("noun", NOUNS)
def test_no_summary_is_cut_short_in_the_narrowest_help(place, noun):
    """Click cuts what stands beside a command; ours is wrapped, and ends where the first sentence does."""
    said = place.ok(noun, "--help", env={"COLUMNS": "60"}).out
    assert "..." not in said.replace("[ARGS]...", "").replace("FILE...", "").replace("PERSON...", "")
    assert all(len(line) <= 60 for line in said.splitlines() if "Example:" not in line)


def test_a_long_summary_stands_whole_over_several_lines(place):
    said = place.ok("member", "--help", env={"COLUMNS": "60"}).out
    assert "import  Add or change members and people from a\n          spreadsheet." in said


def test_completion_is_set_up_at_the_root_alone(place):
    assert "--install-completion" in place.ok("--help").out
    for noun in NOUNS:
        assert "-completion" not in place.ok(noun, "--help").out
        assert place.run(noun, "--show-completion").code == 2


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("slavefree meeting show 2023", "2023-06-07-inaugural"),
        ("slavefree member show ess", "essex-police"),
        ("slavefree person show ju", "julie-young"),
        ("slavefree invite make n", "next"),
    ],
)
def test_the_shell_completes_references(place, typed, offered):
    words = typed.split()
    env = {"_SLAVEFREE_COMPLETE": "complete_bash", "COMP_WORDS": typed, "COMP_CWORD": str(len(words) - 1)}
    assert offered in place.run(env=env).out


def test_the_reference_is_current():
    subprocess.run([sys.executable, "docs/reference.py", "--check"], cwd=ROOT, check=True)


def test_the_shipped_register_is_valid(place):
    place.ok("--register", str(ROOT / "meetings"), "check")
