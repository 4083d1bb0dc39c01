"""What is printed for a shell when Tab is pressed: nothing in which a shell finds anything to run."""

import re
import subprocess
import sys

import pytest
import tomli_w
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import hostile_words
from slavefree_cli.commands import shell_words

# Written down anew, not taken from what is tested. Whatever stands between the fixed parts has no character that is
# special to any of the four.
WORD = r"[A-Za-z0-9][A-Za-z0-9._-]*"
LETTER = r"[^\W\d_\u01c0-\u01c3\u02b0-\u02ff]"
SAID = rf"(?:[A-Za-z0-9]|{LETTER})(?:[A-Za-z0-9 ._-]|{LETTER})*"
PRINTED = {
    "zsh": rf"""_files\n|_arguments '\*: :\(\("{WORD}"(?::"{SAID}")?(?: "{WORD}"(?::"{SAID}")?)*\)\)'\n""",
    "bash": rf"(?:{WORD}\n)*",
    "fish": rf"(?:{WORD}(?:\t{SAID})?\n)*",
    "powershell": rf"(?:{WORD}:::(?: |{SAID})\n)*",
    "pwsh": rf"(?:{WORD}:::(?: |{SAID})\n)*",
}
ASKS = ["member show ", "person show ", "group show ", "meeting show ", "action show ", "decision show "]
TEXTS = st.text(max_size=60) | st.sampled_from(hostile_words.ATTACKS)


def tab(shell, typed, incomplete=""):
    """The environment in which the script of a shell runs the program."""
    line = f"slavefree {typed}{incomplete}"
    return {
        "_SLAVEFREE_COMPLETE": f"complete_{shell}",
        "_TYPER_COMPLETE_ARGS": line,
        "_TYPER_COMPLETE_FISH_ACTION": "get-args",
        "_TYPER_COMPLETE_WORD_TO_COMPLETE": incomplete,
        "COMP_WORDS": line,
        "COMP_CWORD": str(len(line.split()) - (1 if incomplete else 0)),
    }


def pressed(place, shell, typed, incomplete="", **env):
    """What is printed when Tab is pressed; nothing is ever said on stderr, and nothing is written."""
    before = place.files()
    answer = place.run(env={**tab(shell, typed, incomplete), **env})
    assert (answer.code, answer.err) == (0, "")
    assert place.files() == before
    return answer.out


@pytest.mark.parametrize("shell", PRINTED)
@given(offered=st.lists(st.tuples(TEXTS, TEXTS), max_size=5), option=st.booleans())
@example(offered=[("a", each) for each in hostile_words.ATTACKS], option=False)
@example(offered=[(each, "a") for each in hostile_words.IDS], option=False)
def test_whatever_is_to_be_offered_only_plain_words_are_told(shell, offered, option):
    made = [shell_words.offer(value, help, option=option) for value, help in offered]
    told = shell_words.told(shell, [each for each in made if each is not None])
    pattern = PRINTED[shell].replace(WORD, rf"-{{0,2}}{WORD}") if option else PRINTED[shell]
    assert re.fullmatch(pattern, told)


@pytest.mark.parametrize(
    ("shell", "asked"),
    [*(("zsh", asked) for asked in ASKS), *((shell, "member show ") for shell in ("bash", "fish", "powershell"))],
)
def test_a_register_full_of_attacks_is_told_in_plain_words(place, shell, asked):
    hostile_words.plant(place.register)
    told = pressed(place, shell, asked)
    assert re.fullmatch(PRINTED[shell], told)
    # It is not that nothing was read.
    assert len(re.findall(r"zz\d{3}|\ba\d\d\b|zz-plain", told)) > 40
    if shell != "bash":
        assert hostile_words.SAID in told


@pytest.mark.parametrize("begun", ["$", "`", '"', "-", "--y", "(", "<", "=", "'$("])
def test_a_word_that_is_begun_does_not_bring_them_back(place, begun):
    hostile_words.plant(place.register)
    for asked in ("member show ", "member show -- ", "person add x --of="):
        told = pressed(place, "bash", asked, begun)
        assert re.fullmatch(rf"(?:-{{0,2}}{WORD}\n)*", told)
        assert not {"--yes", "-rf"} & set(told.split())


@settings(max_examples=3, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(names=st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1), min_size=40, max_size=40))
def test_any_names_are_told_in_plain_words_by_the_program_itself(place, names):
    for number, name in enumerate(names):
        record = tomli_w.dumps({"name": name, "sector": "charity"})
        (place.register / "members" / f"m{number}.toml").write_text(record, encoding="utf-8")
    for shell in ("zsh", "fish"):
        assert re.fullmatch(PRINTED[shell], pressed(place, shell, "member show "))


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Barnardo's", "Barnardos"),
        ("Barnardo\N{RIGHT SINGLE QUOTATION MARK}s", "Barnardos"),
        ("Heddlu Dyfed-Powys, tŷ'r Ŵyn", "Heddlu Dyfed-Powys tŷr Ŵyn"),
        ("Łódź & Kraków (Małopolska)", "Łódź Kraków Małopolska"),
        ("W\N{COMBINING CIRCUMFLEX ACCENT}yn", "Ŵyn"),
        ("St. John's", "St. Johns"),
        ("شراكة", "شراكة"),
        ("--help", "help"),
        ("$()", ""),
        ("x" * 100_000, "x" * 80),
    ],
)
def test_a_name_still_reads_well(name, said):
    assert shell_words.offer("id", name).said == said


def test_each_shell_is_told_ids_and_all_but_bash_what_they_are_called(place):
    assert pressed(place, "bash", "member show ") == "barnardos\nessex-police\n"
    assert pressed(place, "fish", "member show ") == "barnardos\tBarnardos\nessex-police\tEssex Police\n"
    wanted = """_arguments '*: :(("barnardos":"Barnardos" "essex-police":"Essex Police"))'\n"""
    assert pressed(place, "zsh", "member show ") == wanted
    wanted = "barnardos:::Barnardos\nessex-police:::Essex Police\n"
    assert pressed(place, "powershell", "member show ") == wanted
    assert pressed(place, "powershell", "member show ", "ess") == "essex-police:::Essex Police\n"


def test_commands_options_and_choices_are_still_offered(place):
    assert "member\n" in pressed(place, "bash", "", "m")
    assert "--sector\n" in pressed(place, "bash", "member add x ", "--s")
    assert pressed(place, "bash", "sync --take ").split() == ["ours", "theirs"]


def test_fish_is_told_by_the_exit_code_whether_there_is_anything(place):
    for typed, code in (("member show ", 0), ("template show ", 1)):
        env = {**tab("fish", typed), "_TYPER_COMPLETE_FISH_ACTION": "is-args"}
        answer = place.run(env=env)
        assert (answer.code, answer.out, answer.err) == (code, "", "")


@pytest.mark.parametrize("shell", ["bash", "zsh", "powershell"])
def test_where_nothing_can_be_offered_nothing_is_said(place, shell):
    nothing = "_files\n" if shell == "zsh" else ""
    (place.register / "partnership.toml").write_text("name = ", encoding="utf-8")
    (place.register / "members" / "essex-police.toml").write_bytes(b"name = \xff")
    assert "essex" not in pressed(place, shell, "member show ")
    assert pressed(place, shell, "--register nowhere member show ") == nothing
    assert pressed(place, shell, "template show ") == nothing
    # An option that answers at once says nothing to the shell either.
    assert "slavefree 0" not in pressed(place, shell, "--version ")


def test_a_shell_that_tells_nothing_or_is_not_known_is_told_nothing(place):
    answer = place.run(env={"_SLAVEFREE_COMPLETE": "complete_bash"})
    assert (answer.code, answer.out, answer.err) == (0, "", "")
    answer = place.run(env={**tab("tcsh", "member show ")})
    assert (answer.code, answer.out, answer.err) == (1, "", "")


def test_letters_are_told_whatever_the_terminal_can_show(place):
    hostile_words.plant(place.register)
    told = pressed(place, "zsh", "member show ", PYTHONIOENCODING="ascii", PYTHONUTF8="0", LC_ALL="C")
    assert hostile_words.SAID in told


def test_pressing_tab_loads_nothing_heavy(place):
    heavy = ["rich", "ics", "icalendar", "jinja2", "filelock", "slugify", "keyring"]
    script = (
        "import sys; from slavefree_cli.commands.app import run; run([]);"
        f"print([name for name in {heavy!r} if name in sys.modules], file=sys.stderr)"
    )
    env = {**place.env, **tab("zsh", "member show ")}
    done = subprocess.run([sys.executable, "-c", script], cwd=place.folder, env=env, capture_output=True, check=True)
    assert done.stderr.decode().strip() == "[]"
    assert "essex-police" in done.stdout.decode()
