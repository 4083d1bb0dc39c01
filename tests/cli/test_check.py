"""``check``: what it finds has a stable code, a place, a severity and an explanation; a hook of git can run it."""

import re
import sys
from pathlib import Path

import pytest

from slavefree_cli.model import checks
from slavefree_cli.work.care.checks import every_check

SOURCE = Path(__file__).parents[2] / "src" / "slavefree_cli"


def test_each_code_stands_once_and_is_explained():
    codes = [check.code for check in every_check()]
    assert len(codes) == len(set(codes))
    assert all(check.explanation for check in every_check())


def test_what_is_wrong_with_a_file_by_itself_is_a_check_too():
    text = "".join(path.read_text() for path in (SOURCE / "register").rglob("*.py"))
    named = set(re.findall(r"Bad\([^\n]*?\b([A-Z]+[A-Z0-9_]+)\b", text))
    assert {getattr(checks, name) for name in named} == set(checks.OF_A_FILE)


def test_a_finding_in_json_and_on_a_terminal(place):
    file = place.register / "people" / "colin-cox.toml"
    file.write_text(file.read_text().replace("[represents.essex-police]", "colour = 1\n\n[represents.essex-polise]"))
    answer = place.run("check", "--json")
    assert answer.code == 4
    found = {each["code"]: each for each in answer.items}
    assert found["unknown-reference"] == {
        "code": "unknown-reference",
        "severity": "error",
        "file": "people/colin-cox.toml",
        "line": 5,
        "message": "represents.essex-polise names 'essex-polise', and there is no such member.",
        "explanation": "The record names another that is not there. Correct the name, or bring the other back.",
    }
    assert (found["unknown-key"]["severity"], found["unknown-key"]["line"]) == ("note", 3)
    shown = place.at_terminal("check").out
    assert "no such member. [unknown-reference]" in shown
    assert "The record names another that is not there." in shown


def test_fix_names_what_it_will_mend_and_asks_nothing_where_nothing_is_to_be_mended(place):
    assert "nothing that has one safe answer" in place.ok("check", "--fix").err
    file = place.register / "members" / "barnardos.toml"
    tidy = file.read_bytes()
    file.write_bytes(b"\xef\xbb\xbf" + tidy.replace(b"\n", b"\r\n"))
    left = place.register / "actions" / ".slavefree-0123456789ab"
    left.parent.mkdir()
    left.write_text("half")
    assert "Mend actions/.slavefree-0123456789ab, members/barnardos.toml?" in place.refused(2, "check", "--fix")
    place.ok("check", "--fix", "--yes")
    assert file.read_bytes() == tidy
    assert not left.exists()
    assert place.git("status", "--porcelain") == ""


@pytest.mark.parametrize("files", [1, 2])
def test_as_a_hook_of_git_it_refuses_what_is_not_valid_and_nothing_else(place, files):
    """Also in the commits that the program makes itself, while it holds the lock."""
    hook = place.folder / ".git" / "hooks" / "pre-commit"
    hook.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m slavefree_cli --no-input check\n')
    hook.chmod(0o755)
    if files == 1:
        place.ok("member", "edit", "barnardos", "--email", "post@example.org")
    else:
        place.ok("meeting", "add", "Winter", "--date", "2024-01-10")
    place.ok("undo", "--yes")
    assert place.git("status", "--porcelain") == ""
    (place.register / "members" / "barnardos.toml").write_text("name = 1\n")
    with pytest.raises(Exception, match="returned non-zero exit status"):
        place.git("commit", "-qam", "By git itself")


def test_the_hook_for_others_names_a_command_that_is_there(place):
    text = (SOURCE.parents[1] / ".pre-commit-hooks.yaml").read_text()
    (entry,) = re.findall(r"^  entry: slavefree (.+)$", text, re.MULTILINE)
    place.ok(*entry.split())
