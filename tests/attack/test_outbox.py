"""Drafts and journals stay on this machine: git has none of the outbox, and nothing in it that came by git is believed.

Kind: rules and files in the outbox, or about it, that a peer or a stranger put under git.
"""

import json
import os

import pytest

MEETING = "2023-06-07-inaugural"
SEND = ("invite", "send", "inaugural", "--yes")


def with_addresses(place):
    for name in ("colin", "julie"):
        place.ok("person", "edit", name, "--email", f"{name}@example.org")
    return place


@pytest.fixture
def invited(place):
    return with_addresses(place)


def committed(place, path, text):
    (place.register / path).parent.mkdir(parents=True, exist_ok=True)
    (place.register / path).write_text(text)
    place.git("add", "--force", "--all")
    place.git("commit", "--quiet", "-m", "Tidy")


def ignores_nothing(place):
    """As in a register of before, or in one in which somebody took the rules of the program away."""
    (place.register / ".gitignore").write_text("")
    place.git("commit", "--quiet", "-a", "-m", "Ignore nothing")


def drafts(place):
    return sorted(path.name for path in (place.register / "outbox").glob("*.eml"))


def test_sync_takes_in_no_file_of_the_outbox(clones):
    sam, kim = clones
    with_addresses(sam)
    sam.ok("sync")
    kim.ok("sync")
    committed(sam, "outbox/.gitignore", "!*\n")
    sam.git("push", "--quiet", "origin", "main")
    said = kim.refused(5, "sync")
    assert "outbox/.gitignore" in said
    assert "git rm -r --cached meetings/outbox" in said
    kim.ok(*SEND)
    assert len(drafts(kim)) == 2
    kim.ok("commit")
    assert not kim.git("ls-files", "--", "meetings/outbox")
    sam.git("rm", "-r", "--quiet", "--cached", "meetings/outbox")
    sam.git("commit", "--quiet", "-m", "Take it out")
    sam.git("push", "--quiet", "origin", "main")
    kim.ok("sync")
    assert len(drafts(kim)) == 2


@pytest.mark.parametrize("path", [".gitignore", "outbox.eml", f"{MEETING}.sent", "deeper/.gitignore", ".lock"])
def test_an_outbox_that_came_by_git_is_refused(invited, path):
    committed(invited, f"outbox/{path}", "!*\n")
    assert "came by git" in invited.refused(4, *SEND)
    found = [each for each in invited.run("check", "--json").items if each["code"] == "shared-outbox"]
    assert [each["file"] for each in found] == [f"outbox/{path}"]


@pytest.mark.skipif(os.path.exists("/System"), reason="the file system is one that shows it otherwise")
def test_nor_one_that_is_called_so_elsewhere(invited):
    committed(invited, "OutBox/.gitignore", "!*\n")
    assert "came by git" in invited.refused(4, *SEND)


@pytest.mark.parametrize("at", ["outbox/.gitignore", ".git/info/exclude", "~"])
@pytest.mark.parametrize("rule", ["!*", "!*.eml", f"!{MEETING}_julie-young.eml"])
def test_no_draft_is_written_that_git_would_take(invited, at, rule):
    """A rule further down wins: nothing but the outbox's own can undo what stands there."""
    ignores_nothing(invited)
    own = invited.folder.parent / "home"
    folder = {"outbox/.gitignore": invited.register, ".git/info/exclude": invited.folder, "~": own}[at]
    path, inner = folder / at.replace("~", "ignore"), folder == invited.register
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"*\n{rule}\n" if inner else f"{rule}\n")
    invited.git("config", "core.excludesFile", str(own / "ignore"))
    answer = invited.run(*SEND)
    assert (answer.code, len(drafts(invited))) == ((4, 0) if inner else (0, 2))
    if inner:
        assert "a rule in meetings/outbox/.gitignore:2 has git not ignore it" in answer.err
        assert "shared-outbox" in {each["code"] for each in invited.run("check", "--json").items} or "julie" in rule
    invited.run("commit")
    assert ".eml" not in invited.git("log", "--name-only", "--format=")


def test_a_rule_that_says_nothing_is_no_rule(invited):
    ignores_nothing(invited)
    (invited.register / "outbox").mkdir()
    (invited.register / "outbox" / ".gitignore").write_text("")
    assert "git is not told to ignore it: remove meetings/outbox/.gitignore" in invited.refused(4, *SEND)


def test_commit_and_sync_leave_out_what_lies_there(clones):
    _, kim = clones
    (kim.register / "outbox").mkdir()
    (kim.register / "outbox" / "old.eml").write_text("To: colin@example.org\n")
    assert "Nothing to commit" in kim.ok("commit").err
    kim.ok("sync")
    assert "not-committed" not in {each["code"] for each in kim.ok("status", "--json").items}
    assert not kim.git("ls-files", "--", "meetings/outbox")


@pytest.mark.parametrize("name", [f"{MEETING}_colin-cox.eml", f"{MEETING}.sent", ".lock"])
def test_what_is_no_file_is_not_written_into(invited, name):
    (invited.register / "outbox").mkdir()
    os.mkfifo(invited.register / "outbox" / name)
    answer = invited.run_apart(*SEND, timeout=60)
    assert answer.code == (0 if name.endswith(".sent") else 4) or "not an ordinary file" in answer.err
    assert name.endswith(".sent") or "is no ordinary file" in answer.err


def test_the_outbox_does_not_lead_back_into_the_register(invited):
    (invited.register / "outbox").symlink_to(".")
    assert "is a link or lies behind one" in invited.refused(4, *SEND)
    assert (invited.register / ".gitignore").read_text() == "/restricted/\n/outbox/\n"


def test_a_journal_of_a_stranger_makes_nothing_issued(invited):
    entry = {"issue": "k3f9a", "text": "sequence = 1\n"}
    lines = [json.dumps(entry), json.dumps({"step": "to", "issue": "k3f9a", "to": "colin-cox"})]
    committed(invited, f"outbox/{MEETING}.sent", "\n".join(lines) + "\n")
    invited.refused(4, *SEND)
    assert not list(invited.register.glob(f"{MEETING}/issued/*"))


def test_two_drafts_never_share_a_name(invited):
    for title in ("Board", "Board Executive"):
        invited.ok("meeting", "add", title, "--date", "2030-05-01", "--agenda", "none")
    invited.ok("person", "add", "Executive Officer", "--of", "essex", "--email", "eo@example.org")
    invited.ok("person", "add", "Officer", "--of", "essex", "--email", "o@example.org")
    for meeting in ("2030-05-01-board", "2030-05-01-board-executive"):
        invited.ok("invite", "send", meeting)
    assert len(drafts(invited)) == 8


def test_nor_do_those_of_a_template_and_of_the_minutes(invited):
    template = invited.register / "templates" / "minutes" / "minutes.md"
    template.parent.mkdir(parents=True)
    template.write_text("Short\n")
    invited.ok("minutes", "draft", "inaugural")
    invited.ok("minutes", "send", "inaugural")
    invited.ok("minutes", "send", "inaugural", "--template", "minutes")
    assert len(drafts(invited)) == 4
