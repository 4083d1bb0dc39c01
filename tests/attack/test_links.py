"""What is written goes where it seems to go: no link, and no path of a commit, leads it elsewhere.

Kind: links and paths that came with the register, through which a command would write among git's own files, or into a
file of whoever runs it. None of them is refused by git or by a server that checks what is pushed (receive.fsckObjects).
"""

import os
import subprocess

import pytest

MEETING = "2023-06-07-inaugural"
DRAFT = f"outbox/{MEETING}_colin-cox.eml"


@pytest.fixture
def victim(place):
    """A register with somebody to write to, all of it committed."""
    for name in ("colin", "julie"):
        place.ok("person", "edit", name, "--email", f"{name}@example.org")
    place.ok("meeting", "edit", "inaugural", "--venue", "$(touch ran)")
    return place


def git(place, *arguments, stdin=""):
    done = subprocess.run(
        ["git", *arguments], cwd=place.folder, env=place.env, input=stdin, capture_output=True, check=True, text=True
    )
    return done.stdout.strip()


def blob(place, text):
    return git(place, "hash-object", "-w", "--stdin", stdin=text)


def tree_with(place, tree, path, content):
    """Return a tree with a file, at a path that git itself would put into no index."""
    first, _, rest = path.partition("/")
    entries = dict(reversed(each.split("\t")) for each in git(place, "ls-tree", tree).splitlines()) if tree else {}
    if rest:
        below = entries[first].split()[2] if first in entries else None
        entries[first] = f"040000 tree {tree_with(place, below, rest, content)}"
    else:
        entries[first] = f"100644 blob {content}"
    return git(place, "mktree", stdin="".join(f"{meta}\t{name}\n" for name, meta in entries.items()))


def linked(place, path, to):
    link = place.register / path
    link.parent.mkdir(parents=True, exist_ok=True)
    link.symlink_to(to)
    place.git("add", "--all", "--force")
    place.git("commit", "--quiet", "-m", "Tidy")
    return link


def hostile_settings(marker):
    return f'[core]\n\trepositoryformatversion = 0\n\tbare = false\n\tfsmonitor = "touch {marker}; false"\n'


def told_by_check(place, *paths):
    answer = place.run("check", "--json")
    assert answer.code == 4
    assert {each["file"] for each in answer.items if each["code"] in {"link-away", "unreadable"}} >= set(paths)


def test_minutes_drafted_through_a_link_do_not_become_a_pointer_to_a_repository(victim):
    minutes = f"{MEETING}/minutes.md"
    template = victim.register / "templates" / "minutes" / "formal.md"
    template.parent.mkdir(parents=True)
    template.write_text("gitdir: ../evil\n")
    linked(victim, minutes, "../.git")
    victim.refused(4, "minutes", "draft", "inaugural")
    assert not (victim.register / ".git").exists()
    told_by_check(victim, minutes)


@pytest.mark.parametrize("inside", [".git", ".GIT", ".git ", "papers/.git"])
def test_undo_brings_back_no_file_of_a_repository(victim, tmp_path, inside):
    """The trees of commits that nobody looked at between two syncs; only the newest is taken into the work tree."""
    marker = tmp_path / "ran"
    tree = git(victim, "rev-parse", "HEAD^{tree}")
    config, with_it = blob(victim, hostile_settings(marker)), tree
    for name in ("config", "HEAD", "objects/x", "refs/x"):
        with_it = tree_with(victim, with_it, f"meetings/{inside}/{name}", config)
    first = git(victim, "commit-tree", "-p", "HEAD", "-m", "Notes", with_it)
    said = ("-m", "Add member Plain", "-m", "Slavefree-Command: member add")
    second = git(victim, "commit-tree", "-p", first, *said, tree)
    git(victim, "update-ref", "refs/heads/main", second)
    assert victim.run("undo", second, "--yes").code == 5
    # Where no list of what was done here says otherwise, it is the last of all.
    (victim.folder / ".git" / "slavefree-own-changes").unlink(missing_ok=True)
    assert victim.run("undo", "--yes").code == 5
    assert not (victim.register / inside).exists()
    victim.ok("status")
    assert not marker.exists()


def test_undo_writes_through_no_link_that_came_later(victim, tmp_path):
    marker = tmp_path / "ran"
    contents = {"HEAD": "ref: refs/heads/main\n", "config": hostile_settings(marker), "objects/x": "x", "refs/x": "x"}
    notes = {f"note-{number}.md": name for number, name in enumerate(contents)}
    for note, name in notes.items():
        (victim.register / note).write_text(contents[name])
    victim.ok("commit")
    for note in notes:
        (victim.register / note).unlink()
    victim.ok("commit")
    for note, name in notes.items():
        linked(victim, note, f".git/{name}")
    victim.refused(5, "undo", "--yes")
    assert not (victim.register / ".git").exists()
    told_by_check(victim, *notes)


@pytest.mark.parametrize("leads", ["../../home/.zshenv", "../../.git/hooks/pre-commit", "../partnership.toml"])
def test_a_draft_takes_the_place_of_nothing_else(victim, leads):
    link = linked(victim, DRAFT, leads)
    target = link.parent / leads
    held = target.read_bytes() if target.exists() else None
    answer = victim.run("invite", "send", "inaugural", "--yes")
    assert answer.code == 4
    assert "came by git" in answer.err
    assert (target.read_bytes() if target.exists() else None) == held


@pytest.mark.parametrize("path", ["outbox", "outbox/.gitignore", f"outbox/{MEETING}.sent", "outbox/.lock"])
def test_nothing_of_the_outbox_is_written_through_a_link(victim, path):
    mine = victim.folder.parent / "mine"
    mine.mkdir()
    linked(victim, path, os.path.relpath(mine if path == "outbox" else mine / "new", (victim.register / path).parent))
    assert victim.run("invite", "send", "inaugural", "--yes").code == 4
    assert not list(mine.iterdir())


@pytest.mark.parametrize("leads", ["../mine", "partnership.toml"])
def test_the_mark_of_a_change_takes_the_place_of_nothing(victim, leads):
    """Where a command is at work on several files, a mark in the register says so."""
    link = linked(victim, ".slavefree-redo.json", leads)
    target = link.parent / leads
    if not target.exists():
        target.write_text("mine")
    held = target.read_bytes()
    victim.run("member", "add", "Harbour Trust", "--sector", "charity")
    assert target.read_bytes() == held


@pytest.mark.parametrize("why", ["no git", "a refused include"])
def test_a_list_of_what_is_to_be_replaced_that_came_with_the_files_is_not_obeyed(victim, tmp_path, why):
    (victim.register / ".slavefree-redo.json").write_text(
        '{"message": "x", "command": "x", "files": [["partnership.toml", ".slavefree-0123456789ab"], '
        '["members/essex-police.toml", null]]}'
    )
    (victim.register / ".slavefree-0123456789ab").write_text("format = 1\n")
    held = (victim.register / "partnership.toml").read_bytes()
    if why == "a refused include":
        (victim.register / "settings").write_text("[core]\n")
        victim.git("config", "include.path", "../meetings/settings")
        victim.run("status")
    else:
        victim.run("status", env={"PATH": str(tmp_path)})
    assert (victim.register / "partnership.toml").read_bytes() == held
    assert (victim.register / "members" / "essex-police.toml").exists()


def test_a_work_tree_does_not_obey_settings_that_came_into_another(victim, tmp_path):
    marker = tmp_path / "ran"
    (victim.register / "settings").write_text(hostile_settings(marker))
    victim.ok("commit")
    victim.git("worktree", "add", "--quiet", str(tmp_path / "other"))
    victim.git("config", "include.path", "../meetings/settings")
    answer = victim.run("log", cwd=tmp_path / "other")
    assert answer.code == 6
    assert not marker.exists()


def test_what_sync_looks_at_stays_where_it_looks(clones, tmp_path):
    """The others' version is laid out to be read; a path in it that was there before, and leads out, is not."""
    sam, kim = clones
    tree, away = git(sam, "rev-parse", "HEAD^{tree}"), f"meetings/../../../{tmp_path.name}-new/config.toml"
    with_it = tree_with(sam, tree, away, blob(sam, "[smtp]\n"))
    first = git(sam, "commit-tree", "-p", "HEAD", "-m", "A", with_it)
    second = git(sam, "commit-tree", "-p", first, "-m", "B", tree)
    git(sam, "push", "--quiet", "origin", f"{second}:main")
    git(kim, "pull", "--quiet")
    bad = tree_with(sam, with_it, "meetings/actions/2023/7k2f9.toml", blob(sam, "title = [\n"))
    third = git(sam, "commit-tree", "-p", first, "-m", "C", bad)
    git(sam, "push", "--quiet", "--force", "origin", f"{third}:main")
    assert kim.run("sync").code in {4, 5, 6}
    assert not list(tmp_path.parent.rglob(f"{tmp_path.name}-new"))
    assert not list(tmp_path.rglob(f"{tmp_path.name}-new"))


def test_git_finds_no_program_in_the_folder_that_it_runs_in(victim, tmp_path):
    marker = tmp_path / "ran"
    for name in ("gpg", "ssh"):
        (victim.folder / name).write_text(f"#!/bin/sh\ntouch {marker}\nexit 1\n")
        (victim.folder / name).chmod(0o755)
    victim.git("config", "commit.gpgSign", "true")
    for entry in ("", "."):
        victim.run("member", "add", f"New{entry}", "--sector", "charity", env={"PATH": f"{entry}:{victim.env['PATH']}"})
    assert not marker.exists()


def test_the_log_tells_of_a_commit_whose_date_nobody_can_read(victim):
    head = git(victim, "rev-parse", "HEAD")
    tree = tree_with(victim, "HEAD", "meetings/notes.md", blob(victim, "notes"))
    body = f"tree {tree}\nparent {head}\nauthor a <e@x> 1 +0000\ncommitter  <> x +0000\n\nx\n\nSlavefree-Command: x\n"
    made = git(victim, "hash-object", "-t", "commit", "--literally", "-w", "--stdin", stdin=body)
    git(victim, "update-ref", "refs/heads/main", made)
    for command in (["log"], ["log", "--json"], ["undo", made, "--yes"]):
        assert "Traceback" not in victim.run(*command).err
    assert victim.run("log").code == 0


def test_a_program_that_arrives_lies_behind_no_link_to_the_hooks(clones):
    """Where letters are folded a link ``Papers`` and a folder ``papers`` are one; a second link stands for it here."""
    sam, kim = clones
    (kim.register / "papers").symlink_to("../.git/hooks")
    (kim.folder / ".git" / "info" / "exclude").write_text("/meetings/papers\n")
    (sam.register / "papers").mkdir()
    (sam.register / "papers" / "post-commit").write_text("#!/bin/sh\nexit 0\n")
    (sam.register / "papers" / "post-commit").chmod(0o755)
    sam.git("add", "--all")
    sam.git("commit", "--quiet", "-m", "Papers")
    sam.git("push", "--quiet")
    assert kim.run("sync").code in {4, 5}
    assert not (kim.folder / ".git" / "hooks" / "post-commit").exists()


def hidden(place):
    place.ok("action", "add", "CANARY", "--owner", "colin", "--restricted")
    (path,) = place.register.glob("restricted/actions/*/*.toml")
    return path


@pytest.mark.parametrize("link", ["actions/2023/abcd2.toml", "actions/2023", "actions", "templates/minutes/evil.md"])
def test_what_is_restricted_is_not_made_open_by_a_link(victim, link):
    path = hidden(victim)
    to = {"actions/2023": path.parent, "actions": path.parent.parent}.get(link, path)
    linked(victim, link, os.path.relpath(to, (victim.register / link).parent))
    for command in (
        ("action", "chase", "--yes"), ("minutes", "draft", "inaugural"), ("invite", "feed"),
        ("minutes", "show", "inaugural", "--template", "evil"), ("minutes", "send", "inaugural", "--template", "evil"),
    ):  # fmt: skip
        answer = victim.run(*command)
        assert "CANARY" not in answer.out + answer.err, command
    kept = {name: text for name, text in victim.files().items() if "/restricted/" not in name and link not in name}
    assert not [name for name, text in kept.items() if b"CANARY" in text or b"Q0FOQVJZ" in text]
    told_by_check(victim, link)


def test_nor_is_it_written_into_the_open_tree_by_one(victim):
    (victim.register / "open").mkdir()
    linked(victim, "restricted/actions", "../open")
    victim.refused(4, "action", "add", "CANARY", "--owner", "colin", "--restricted")
    assert not list((victim.register / "open").iterdir())
    told_by_check(victim, "restricted/actions")


def test_attributes_are_mended_in_no_record(victim):
    (victim.register / ".gitattributes").unlink()
    linked(victim, ".gitattributes", "people/colin-cox.toml")
    before = victim.files()
    assert victim.run("check", "--fix", "--yes").code == 4
    assert victim.files() == before


@pytest.mark.parametrize("leads", ["../partnership.toml", "../../mine"])
def test_a_lock_empties_nothing(victim, tmp_path, leads):
    (tmp_path / "mine").write_text("mine")
    link = linked(victim, ".slavefree.lock", leads.removeprefix("../") if "partnership" in leads else leads)
    held = link.read_bytes()
    assert "is a link" in victim.run("member", "add", "New", "--sector", "charity", env={"PATH": str(tmp_path)}).err
    assert link.read_bytes() == held


def test_a_calendar_is_written_through_no_link_to_nothing(victim, tmp_path):
    linked(victim, f"out/{MEETING}-colin-cox.ics", str(tmp_path / "ran"))
    linked(victim, "calendar.ics", "people/new.toml")
    victim.run("invite", "make", "inaugural", "--each", "--to", str(victim.register / "out"))
    victim.run("invite", "feed")
    assert not (tmp_path / "ran").exists()
    assert not (victim.register / "people" / "new.toml").exists()
