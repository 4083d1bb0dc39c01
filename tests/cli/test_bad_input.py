"""Bad input: one clear sentence, the exit code of the table, and nothing changed."""

import os
import subprocess
import sys

import pytest


@pytest.mark.parametrize(
    ("code", "arguments", "words"),
    [
        (2, ["meeting", "add", "M", "--date", "someday"], "not a date"),
        (
            4,
            ["meeting", "add", "M", "--date", "2023-06-07", "--start", "16:00", "--end", "14:00"],
            "not after the start",
        ),
        (4, ["meeting", "add", "M", "--date", "2024-03-31", "--start", "01:30"], "the clocks skip 01:30"),
        (3, ["action", "add", "A", "--owner", "nobody"], "No member or person fits"),
        (3, ["meeting", "show", "winter"], "No meeting fits"),
        (4, ["member", "add", "essex police", "--sector", "police"], "already"),
        (4, ["person", "add", "COLIN COX"], "already"),
        (4, ["action", "add", "   ", "--owner", "colin"], "must not be empty"),
        (4, ["action", "add", "a\x1b[31mb", "--owner", "colin"], "control characters"),
        (2, ["action", "add", "A", "--owner", "colin", "--nonsense"], "--nonsense"),
        (2, ["agenda", "show", "7", "June"], "with blanks in it stands in quotes. See: slavefree agenda show --help"),
        (2, ["member", "list", "--quiet"], "--quiet stands before the command: slavefree --quiet …"),
        (2, ["meeting", "plan", "--every", "3 months", "--on", "last friday"], "'3 months' is no whole number"),
        (2, ["action", "edit", "a"], ""),
        (4, ["agenda", "add", "inaugural", "P", "--paper", "../../../etc/passwd"], "not in the register"),
        (2, ["meeting", "add", "M", "--date", "2023-06-07", "--start", "25:00"], "not a time"),
        (2, ["agenda", "edit", "inaugural", "1", "--minutes", "²"], "whole number"),
        (2, ["partnership", "edit", "--quorum", "9" * 5_000], "whole number"),
        (3, ["agenda", "edit", "inaugural", "²", "--title", "T"], "No agenda item fits"),
    ],
)
def test_what_is_typed_wrongly_is_refused(place, code, arguments, words):
    if arguments == ["action", "edit", "a"]:
        place.ok("action", "add", "An action", "--owner", "colin")
    assert words in place.refused(code, *arguments)


def test_an_ambiguous_reference_lists_the_candidates(place):
    place.ok("person", "add", "Colin Grey")
    said = place.refused(3, "person", "show", "colin")
    assert "colin-cox" in said
    assert "colin-grey" in said


def test_an_owner_who_left_is_refused(place):
    place.ok("person", "leave", "colin", "--on", "2023-05-01")
    assert "has left" in place.refused(4, "action", "add", "A", "--owner", "colin")


BAD_FILES = [
    (b'name = "Caf\xe9"\nsector = "charity"\n', ["members/bad.toml:1: ", "not UTF-8"]),
    (b'name = "A\nsector = "charity"\n', ["members/bad.toml:1: ", "not TOML", "column"]),
    (b'name = "A"\nsector = 3\n', ["members/bad.toml:2: ", "sector", "text"]),
    (b'name = "A"\nsector = "charity"\njoined = "2023-01-01"\n', ["members/bad.toml:3: ", "joined", "a date"]),
    (b'<<<<<<< ours\nname = "A"\n=======\nname = "B"\n>>>>>>> theirs\n', ["members/bad.toml:1: ", "merge-conflict"]),
    (b'name = "\\u001b[31m"\nsector = "charity"\n', ["name", "control characters"]),
    (b"a = " + b"[" * 5_000 + b"]" * 5_000, ["members/bad.toml"]),
]


@pytest.mark.parametrize(("content", "words"), BAD_FILES)
def test_one_bad_file_never_hides_the_good_ones(place, content, words):
    (place.register / "members" / "bad.toml").write_bytes(content)
    answer = place.run("member", "list", "--json")
    assert answer.code == 4
    assert [each["id"] for each in answer.items] == ["barnardos", "essex-police"]
    assert "members/bad.toml" in answer.err
    assert all(word in answer.err for word in words), answer.err
    assert place.run("check").code == 4
    place.ok("action", "add", "Work goes on", "--owner", "colin")


def _loop(folder):
    (folder / "2023-01-01-loop").symlink_to("2023-01-01-loop")


def _plain(folder):
    (folder / "groups").write_text("a file where a folder should be")


def _unspeakable(folder):
    (folder / "members" / os.fsdecode(b"\xff.toml")).write_text('name = "A"\nsector = "charity"\n')


def _folder(folder):
    (folder / "members" / "folder.toml").mkdir()


def _pipe(folder):
    os.mkfifo(folder / "members" / "pipe.toml")


def _twice(folder):
    for year in ("2022", "2023"):
        (folder / "actions" / year).mkdir(parents=True)
        (folder / "actions" / year / "abcde.toml").write_text(
            'title = "A"\nowner = "colin-cox"\nstatus = "open"\nraised = 2023-06-07\n'
        )


def _capitals(folder):
    (folder / "members" / "Essex Fire.toml").write_text('name = "Essex Fire"\nsector = "fire"\n')


def _refused_by_windows(folder):
    (folder / "people" / "con.toml").write_text('name = "Con"\n')


def _huge(folder):
    path = folder / "members" / "huge.toml"
    path.touch()
    os.truncate(path, 100_000_000)


def _long_number(folder):
    path = folder / "2023-06-07-inaugural" / "agenda.toml"
    path.write_text(path.read_text().replace("position = 10", "position = 1" + "0" * 5_000, 1))


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (_loop, "2023-01-01-loop"),
        (_plain, "groups: error: cannot be looked into"),
        (_unspeakable, "name that cannot be read"),
        (_folder, "is a directory"),
        (_pipe, "not an ordinary file"),
        (_huge, "larger than 5 MB"),
        (_twice, "actions/2023/abcde.toml: error: has the id of actions/2022/abcde.toml"),
        (_capitals, "must be lower-case letters, digits and hyphens"),
        (_refused_by_windows, "Windows"),
        (_long_number, "agenda.toml"),
    ],
)
def test_what_lies_where_a_record_should_is_named_and_hides_nothing(place, spoil, words):
    spoil(place.register)
    answer = place.run("check")
    assert answer.code == 4
    assert words in answer.out
    assert "Essex Police" in place.run("member", "list").out
    assert place.run("meeting", "list").out.startswith("2023-06-07-inaugural\t")
    place.ok("member", "add", "Justice and Care", "--sector", "charity")


def test_a_record_in_the_wrong_place_is_noted(place):
    (place.register / "members" / "stray").mkdir()
    (place.register / "members" / "stray" / "a.toml").write_text("")
    assert "meetings/members/stray/a.toml: note: stands where no record is looked for" in place.ok("check").out


def test_only_what_was_left_by_a_command_is_cleaned_up(place):
    ours, theirs = (place.register / name for name in (".slavefree-0123456789ab", ".slavefree-plan.md"))
    ours.write_text("half")
    theirs.write_text("mine")
    place.ok("check", "--fix", "--yes")
    assert not ours.exists()
    assert theirs.read_text() == "mine"


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_a_year_beyond_all_calendars_is_refused(place, day):
    assert "must be from 1900 to 2999" in place.refused(2, "meeting", "add", "M", "--date", day)
    path = place.register / "2023-06-07-inaugural" / "meeting.toml"
    path.write_text(path.read_text().replace("2023-06-07", day))
    assert "date must be from 1900 to 2999" in place.run("status").out


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_a_stream_that_is_closed_is_no_traceback(place, closed):
    command = f"{sys.executable} -m slavefree_cli member add New --sector charity {closed}"
    done = subprocess.run(["sh", "-c", command], cwd=place.folder, env=place.env, capture_output=True, check=False)
    assert (done.returncode, b"Traceback" in done.stderr) == (0, False)
    assert place.messages()[-1] == "Add member New"
    place.ok("check")


def test_the_history_is_told_whatever_stands_in_it(place):
    place.git("commit", "--allow-empty", "--quiet", "-m", "odd \x1f and \x1e")
    place.git("commit", "--allow-empty", "--quiet", "-m", "odd \x1b[31m")
    assert place.run("log").code == 0


def test_a_key_of_the_wrong_type_in_a_table_is_named_with_its_table(place):
    path = place.register / "2023-06-07-inaugural" / "agenda.toml"
    path.write_text(path.read_text() + '\n[items.wrong]\nposition = "ten"\ntitle = "Wrong"\n')
    said = place.run("check").out
    assert "items.wrong.position" in said
    assert "a whole number" in said


def test_a_record_that_names_someone_who_does_not_exist(place):
    path = place.register / "actions" / "2023" / "abcde.toml"
    path.parent.mkdir(parents=True)
    path.write_text('title = "A"\nowner = "nobody"\nstatus = "open"\nraised = 2023-06-07\n')
    answer = place.run("check")
    assert answer.code == 4
    assert "actions/2023/abcde.toml:2: error: owner names 'nobody'" in answer.out


def test_a_newer_format_is_refused_with_a_word_about_upgrading(place):
    path = place.register / "partnership.toml"
    path.write_text(path.read_text().replace("format = 1", "format = 3"))
    assert "upgrade" in place.refused(4, "action", "list")


def test_a_link_that_leaves_the_register_is_not_followed(place, tmp_path):
    secret = tmp_path / "secret.toml"
    secret.write_text('name = "Secret"\nsector = "charity"\n')
    (place.register / "members" / "linked.toml").symlink_to(secret)
    answer = place.run("member", "list", "--json")
    assert answer.code == 4
    assert "Secret" not in answer.out
    assert "leaves the register" in answer.err


def test_nothing_is_written_where_a_folder_leads_out_of_the_register(place, tmp_path):
    outside = tmp_path / "outside"
    outside.mkdir()
    (place.register / "actions").symlink_to(outside)
    assert "leads out of the register" in place.refused(4, "action", "add", "A", "--owner", "colin")
    assert list(outside.iterdir()) == []


def test_a_folder_that_cannot_be_written_changes_nothing(place):
    (place.register / "actions").write_text("a file where a folder should be")
    assert "cannot be written" in place.refused(1, "action", "add", "A", "--owner", "colin")


def test_a_full_disk_changes_nothing(place):
    import resource

    def full():
        import signal

        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (60, 60))

    # Python would keep half of a module that it compiles, and read it again.
    place.env["PYTHONDONTWRITEBYTECODE"] = "1"
    said = place.refused(
        1, "action", "add", "A title that is long enough", "--owner", "colin", apart=True, preexec_fn=full
    )
    assert "nothing is changed" in said
    assert not [name for name in place.files() if ".slavefree-" in name]


def test_markup_and_escapes_are_shown_as_text(place):
    title = r"[bold]x[/bold] \x1b[31m %s {{ 7*7 }}"
    place.ok("action", "add", title, "--owner", "colin")
    place.ok("agenda", "add", "inaugural", title)
    assert title in place.ok("action", "list").out
    assert place.ok("action", "list", "--json").items[0]["title"] == title
    assert title in place.messages()[-2]
    assert title in place.ok("agenda", "show", "inaugural").out


def test_a_part_staged_file_is_refused(place):
    path = place.register / "members" / "barnardos.toml"
    path.write_text(path.read_text() + "# one\n")
    place.git("add", str(path))
    path.write_text(path.read_text() + "# two\n")
    assert "staged in part" in place.refused(5, "member", "edit", "barnardos", "--email", "b@example.org")


def test_no_register_here(place, tmp_path):
    answer = place.run("status", cwd=tmp_path)
    assert answer.code == 3
    assert "slavefree init" in answer.err


def test_without_git_the_record_is_saved_with_a_warning(place, tmp_path):
    tools = tmp_path / "bin"
    tools.mkdir()
    answer = place.run("member", "add", "Justice and Care", "--sector", "charity", env={"PATH": str(tools)})
    assert answer.code == 0
    assert "without a commit" in answer.err
    assert (place.register / "members" / "justice-and-care.toml").exists()


def test_without_an_identity_the_record_is_saved_with_a_warning(place):
    bare = {key: value for key, value in place.env.items() if not key.startswith(("GIT_AUTHOR", "GIT_COMMITTER"))}
    place.env = {**bare, "EMAIL": ""}
    place.git("config", "user.useConfigOnly", "true")
    answer = place.run("member", "add", "Justice and Care", "--sector", "charity")
    assert answer.code == 0
    assert "git does not know who you are" in answer.err
    assert place.run("commit").code == 6


def test_a_hook_that_refuses(place):
    hook = place.folder / ".git" / "hooks" / "pre-commit"
    hook.write_text("#!/bin/sh\necho no thanks >&2\nexit 1\n")
    hook.chmod(0o755)
    answer = place.run("member", "add", "Justice and Care", "--sector", "charity")
    assert answer.code == 6
    assert "Saved, but git did not commit it: no thanks" in answer.err
    assert place.git("diff", "--cached", "--name-only") == ""
    hook.unlink()
    place.ok("commit")
    assert place.git("status", "--porcelain") == ""


def test_a_refusal_is_no_traceback_in_a_pipe_that_closes(place):
    command = f"{os.fsdecode(__import__('sys').executable)} -m slavefree_cli member list | true"
    done = subprocess.run(["sh", "-c", command], cwd=place.folder, env=place.env, capture_output=True, check=False)
    assert b"Traceback" not in done.stderr
