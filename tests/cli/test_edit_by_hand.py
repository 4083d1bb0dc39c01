"""``edit`` without options: the record in the coordinator's own editor, at a terminal."""

import re
from pathlib import Path

import pytest


@pytest.fixture
def editor(tmp_path):
    """Return a maker of editors: each run of the editor does the next of some shell lines to the file ``$1``."""

    def made(*lines: str) -> dict[str, str]:
        path = tmp_path / "editor"
        cases = "".join(f"{number}) {line} ;;\n" for number, line in enumerate(lines, 1))
        path.write_text(f"#!/bin/sh\necho x >> {tmp_path}/runs\ncase $(wc -l < {tmp_path}/runs) in\n{cases}esac\n")
        path.chmod(0o755)
        return {"EDITOR": str(path), "TMPDIR": str(tmp_path)}

    return made


NAMED = [
    (("member", "edit", "essex"), "members/essex-police.toml", "Change member essex-police"),
    (("person", "edit", "colin"), "people/colin-cox.toml", "Change person colin-cox"),
    (("meeting", "edit", "next"), "2023-06-07-inaugural/meeting.toml", "Change meeting 2023-06-07-inaugural"),
    (("agenda", "edit", "next"), "2023-06-07-inaugural/agenda.toml", "Change agenda 2023-06-07-inaugural"),
    (("partnership", "edit"), "partnership.toml", "Change the partnership"),
]


@pytest.mark.parametrize(("command", "file", "message"), NAMED)
def test_what_is_typed_in_the_editor_is_saved_as_it_stands(place, editor, command, file, message):
    before = (place.register / file).read_text()
    answer = place.at_terminal(*command, env=editor('printf "\\n# by me\\n" >> "$1"'))
    assert answer.code == 0, answer.out
    assert (place.register / file).read_text() == before + "\n# by me\n"
    assert place.messages()[-1] == message
    assert place.git("status", "--porcelain") == ""


def test_a_mistake_offers_the_editor_again_with_the_message(place, editor):
    env = editor('echo "joined = yesterday" >> "$1"', 'sed -i s/yesterday/2023-04-26/ "$1"')
    answer = place.at_terminal("member", "edit", "essex", typed="\n", env=env)
    assert answer.code == 0, answer.out
    assert "meetings/members/essex-police.toml:4: is not TOML" in answer.out
    assert "Edit it again?" in answer.out
    assert place.ok("member", "show", "essex", "--json").item["joined"] == "2023-04-26"


def test_what_was_typed_is_kept_when_the_mistake_is_left(place, editor):
    env = editor('echo "email = 3" >> "$1"')
    head = place.head()
    answer = place.at_terminal("member", "edit", "essex", typed="n\n", env=env)
    assert answer.code == 1
    kept = re.search(r"kept in\s+(\S+)", answer.out)
    assert kept, answer.out
    assert "email = 3" in Path(kept[1]).read_text()
    assert place.head() == head


def test_a_record_that_is_not_valid_can_be_put_right(place, editor):
    path = place.register / "members" / "barnardos.toml"
    path.write_text(path.read_text() + "joined = never\n")
    answer = place.at_terminal("member", "edit", "barn", env=editor('sed -i /never/d "$1"'))
    assert answer.code == 0, answer.out
    assert "never" not in path.read_text()
    place.ok("check")


def test_a_partnership_that_is_not_valid_can_be_put_right(place, editor):
    path = place.register / "partnership.toml"
    path.write_text(path.read_text().replace("Europe/London", "Europe/Londres"))
    answer = place.at_terminal("partnership", "edit", env=editor('sed -i s/Londres/London/ "$1"'))
    assert answer.code == 0, answer.out
    place.ok("check")


def test_a_change_made_while_the_editor_is_open_is_not_overwritten(place, editor):
    path = place.register / "members" / "barnardos.toml"
    env = editor(f'echo "# mine" >> "$1"; echo "# theirs" >> {path}')
    answer = place.at_terminal("member", "edit", "barnardos", env=env)
    assert answer.code == 5
    assert "What you typed is kept in" in answer.out
    assert path.read_text().endswith("# theirs\n")


@pytest.mark.parametrize(
    ("does", "code"), [("exit 3", 1), ('rm "$1"', 1), ("true", 0)], ids=["fails", "removes the file", "does nothing"]
)
def test_an_editor_that_brings_nothing_changes_nothing(place, editor, does, code):
    before = place.files(), place.head()
    assert place.at_terminal("member", "edit", "essex", env=editor(does)).code == code
    assert (place.files(), place.head()) == before


def test_an_editor_that_saves_no_text_is_offered_again(place, editor):
    env = editor('printf "\\377" >> "$1"', 'printf "name = \\"Police\\"\\nsector = \\"police\\"\\n" > "$1"')
    answer = place.at_terminal("member", "edit", "essex", typed="y\n", env=env)
    assert answer.code == 0, answer.out
    assert "not UTF-8" in answer.out
    assert place.ok("member", "show", "essex", "--json").item["name"] == "Police"


def test_an_editor_that_is_not_there(place):
    answer = place.at_terminal("member", "edit", "essex", env={"EDITOR": "no-such-editor"})
    assert answer.code == 1
    assert "VISUAL or EDITOR" in answer.out


def test_a_restricted_item_opens_the_restricted_agenda(place, editor):
    place.ok("agenda", "add", "next", "Secret", "--restricted", "Because")
    answer = place.at_terminal("agenda", "edit", "next", "secret", env=editor('sed -i s/Because/Why/ "$1"'))
    assert answer.code == 0, answer.out
    assert "Why" in (place.register / "restricted/2023-06-07-inaugural/agenda.toml").read_text()
