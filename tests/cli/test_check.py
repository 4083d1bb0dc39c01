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
    imported = re.findall(r"model\.checks import ([^\n]+)", text)
    named = {name for each in imported for name in each.split(", ") if name.isupper()}
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


def test_a_file_is_named_so_that_it_can_be_clicked_from_the_current_folder_and_json_stays(place):
    (place.register / "people" / "colin-cox.toml").write_text('name = "Colin Cox"\n\n[represents.essex-polise]\n')
    said = "people/colin-cox.toml:3: error: represents.essex-polise names 'essex-polise'"
    assert f"meetings/{said}" in place.run("check").out
    assert place.run("check", cwd=place.register).out.startswith(said)
    assert place.run("check", cwd=place.register / "people").out.startswith(said.removeprefix("people/"))
    assert place.run("--register", str(place.register), "check", cwd=place.folder.parent).out.startswith("partnership/")
    assert f"meetings/{said}" in place.ok("status").out
    (need,) = (each for each in place.ok("status", "--json").items if each["code"] == "not-valid")
    assert need["message"].startswith("error: people/colin-cox.toml, line 3: represents.essex-polise names")
    assert "as meetings/people/colin-cox.toml:3: represents" in place.refused(4, "commit")


def test_a_list_and_an_edit_name_a_file_in_the_same_way(place):
    (place.register / "members" / "barnardos.toml").write_text('name = "Barnardo\'s"\nsector = 3\n')
    assert place.run("member", "list").err.startswith("meetings/members/barnardos.toml:2: sector must be")


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


def spoilt(place, path, *changes):
    file = place.register / path
    text = file.read_text()
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    file.write_text(text)
    return file


def test_fix_writes_what_has_one_plain_answer_and_keeps_what_is_written_beside_it(place):
    place.ok(
        "action",
        "add",
        "Map them",
        "--owner",
        "colin",
        "--due",
        "2023-09-01",
        "--meeting",
        "inaugural",
        "--item",
        "welcome",
    )
    action = next((place.register / "actions" / "2023").iterdir())
    path = action.relative_to(place.register).as_posix()
    tidy = action.read_text()
    spoilt(place, path, ('owner = "colin-cox"', 'owner = "Colin  cox" # who else?'),
           ("due = 2023-09-01", 'due = "1 September 2023"'), ('status = "open"', 'status = "Open"'))  # fmt: skip
    member = spoilt(place, "members/barnardos.toml", ("charity", "Charity"))
    person = place.register / "people" / "colin-cox.toml"
    person.write_text(
        'name = "Colin Cox"\n\n[represents."Essex Police"] # since when?\n# the district\ndeputy = "no"\n'
    )
    meeting = spoilt(place, "2023-06-07-inaugural/meeting.toml", ("14:00:00", '"2pm"'), ('"planned"', '"Planned"'))
    found = place.run("check").out
    assert f"meetings/{path}: note: has a plain answer: slavefree check --fix [plain-answer]" in found
    asked = place.run("check", "--fix").err
    assert f"Mend 2023-06-07-inaugural/meeting.toml, {path}, members/barnardos.toml, people/colin-cox.toml?" in asked
    place.ok("check", "--fix", "--yes")
    assert action.read_text() == tidy.replace('owner = "colin-cox"', 'owner = "colin-cox" # who else?')
    assert 'sector = "charity"' in member.read_text()
    assert person.read_text().endswith("[represents.essex-police] # since when?\n# the district\ndeputy = false\n")
    assert "start = 14:00:00" in meeting.read_text()
    assert place.messages()[-1] == "Mend what check found"
    assert place.git("status", "--porcelain") == ""


def test_what_is_plain_only_when_something_else_is_mended_is_mended_too(place):
    place.ok("decision", "add", "Agreed.", "--meeting", "inaugural")
    decision = next((place.register / "decisions" / "2023").iterdir())
    text = decision.read_text()
    decision.write_text(text.replace("2023-06-07-inaugural", "Inaugural meeting"))
    spoilt(place, "2023-06-07-inaugural/meeting.toml", ("14:00:00", '"2pm"'))
    place.ok("check", "--fix", "--yes")
    assert decision.read_text() == text


def test_a_name_that_fits_two_is_left_to_the_coordinator(place):
    place.ok("person", "add", "John Smith", "--email", "one@example.org")
    (place.register / "people" / "john-smith-2.toml").write_text('name = "John Smith"\n')
    place.ok("action", "add", "Map them", "--owner", "colin")
    action = next((place.register / "actions" / "2023").iterdir())
    spoilt(place, action.relative_to(place.register).as_posix(), ("colin-cox", "John Smith"))
    assert "names 'John Smith', and there is no such" in place.run("check", "--fix", "--yes").out
    assert "John Smith" in action.read_text()


def test_the_values_of_a_closed_list_are_listed(place):
    spoilt(place, "members/barnardos.toml", ("charity", "charitable"))
    found = place.run("check").out
    assert (
        "members/barnardos.toml:2: error: sector cannot be 'charitable'; it must be one of: local-authority, " in found
    )


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("joined = 1 April 2023", "1 April 2023 is written 2023-04-01 here, in figures and without quotes"),
        ("joined = 01/04/2023 # signed", "01/04/2023 is written 2023-04-01 here, in figures and without quotes"),
        ("joined = April", 'text stands in quotes: "April"'),
    ],
)
def test_a_date_in_words_is_explained(place, line, said):
    file = place.register / "members" / "barnardos.toml"
    file.write_text(file.read_text() + line + "\n")
    assert "members/barnardos.toml:3: error: is not TOML, column " in (found := place.run("check").out)
    assert f": {said}. [not-toml]" in found
