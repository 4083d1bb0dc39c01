"""Files of which only line ends differ are as committed: git is told so, and nothing is said to be committed."""

import itertools

import pytest

from conftest import clone

SETTINGS = [(), ("core.autocrlf", "true"), ("core.autocrlf", "input"), ("core.safecrlf", "true")]
NAME = "people/julie-young.toml"


def crlf(content):
    return content.replace(b"\n", b"\r\n")


def mixed(content):
    return content.replace(b"\n", b"\r\n", 1)


def marked(content):
    return b"\xef\xbb\xbf" + crlf(content)


def edited(content):
    return content + b"# x\r\n"


@pytest.fixture
def shared(clones):
    place, other = clones
    other.ok("action", "add", "Of the other", "--owner", "julie")
    other.ok("sync")
    return place


def settings(place, setting):
    if setting:
        place.git("config", *setting)


@pytest.mark.parametrize(("how", "setting"), list(itertools.product([crlf, mixed, marked, edited], SETTINGS)))
def test_however_it_was_saved_check_fix_commit_and_sync_end_in_order(shared, how, setting):
    settings(shared, setting)
    file = shared.register / NAME
    file.write_bytes(how(file.read_bytes()))
    shared.ok("check", "--fix", "--yes")
    assert b"\r" not in file.read_bytes()
    assert shared.git("status", "--porcelain") == ""
    head = shared.head()
    assert "Nothing to commit." in shared.ok("commit").err
    assert shared.head() == head
    shared.ok("sync")
    assert shared.git("status", "--porcelain") == ""
    assert "Of the other" in "".join(path.read_text() for path in shared.register.glob("actions/*/*.toml"))


@pytest.mark.parametrize(("how", "setting"), list(itertools.product([crlf, mixed, marked, edited], SETTINGS)))
def test_what_is_not_mended_first_is_committed_where_it_differs_and_synced(shared, how, setting):
    settings(shared, setting)
    file = shared.register / NAME
    file.write_bytes(how(file.read_bytes()))
    differs = how in {marked, edited}
    before = shared.head()
    said = shared.ok("commit").err
    assert ("Committed 1 file" in said, shared.head() != before) == (differs, differs), said
    assert shared.git("status", "--porcelain") == ""
    assert "not-committed" not in shared.ok("status", "--json").out
    shared.ok("sync")
    assert shared.git("status", "--porcelain") == ""


@pytest.mark.parametrize("last", ["sync", "status", "action"])
def test_every_command_by_itself_sees_that_nothing_is_edited(shared, last):
    file = shared.register / NAME
    file.write_bytes(crlf(file.read_bytes()))
    assert shared.git("status", "--porcelain") != ""
    if last == "status":
        assert "not-committed" not in shared.ok("status", "--json").out
    elif last == "sync":
        shared.ok("sync")
        assert shared.git("status", "--porcelain") == ""
    else:
        shared.ok("person", "edit", "julie", "--role", "Manager")
        assert not any("Edited by hand" in each for each in shared.messages())
        assert shared.git("status", "--porcelain") == ""


def test_line_ends_that_git_was_told_to_leave_alone_are_edits_as_any(shared, tmp_path):
    (shared.folder / ".git" / "info").mkdir(exist_ok=True)
    (shared.folder / ".git" / "info" / "attributes").write_text("*.toml -text\n")
    file = shared.register / NAME
    kept = file.read_bytes()
    file.write_bytes(crlf(kept))
    assert "edited and not committed" in shared.refused(5, "sync")
    assert "Committed 1 file" in shared.ok("commit").err
    shared.ok("check", "--fix", "--yes")
    assert file.read_bytes() == kept
    shared.ok("sync")
    assert shared.git("status", "--porcelain") == ""
    assert (clone(tmp_path, "Third").register / NAME).read_bytes() == kept


def test_the_two_trees_of_a_peer_who_committed_carriage_returns(shared):
    """Committed before anything told git of line ends: the file is changed for git as soon as it is touched."""
    file = shared.register / NAME
    settings(shared, ("core.autocrlf", "false"))
    (shared.folder / ".git" / "info").mkdir(exist_ok=True)
    attributes = shared.folder / ".git" / "info" / "attributes"
    attributes.write_text("*.toml -text\n")
    file.write_bytes(crlf(file.read_bytes()))
    shared.git("commit", "-qam", "With carriage returns")
    attributes.unlink()
    file.write_bytes(file.read_bytes())
    shared.ok("check", "--fix", "--yes")
    shared.ok("commit")
    assert shared.git("status", "--porcelain") == ""
    shared.ok("sync")
    assert shared.git("status", "--porcelain") == ""
