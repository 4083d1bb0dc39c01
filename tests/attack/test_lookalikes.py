"""A folder that only looks like a repository: nothing that came by git says what is run.

Kind: ordinary files, sent by git or found above the register, that git would take for a repository of its own, or for
settings, hooks or programs of whoever runs slavefree.
"""

import os
import shutil
import subprocess

import pytest

from conftest import Place

MEETING = "2023-06-07-inaugural"
COMMANDS = [["status"], ["check"], ["log"], ["action", "add", "Plain", "--owner", "colin"], ["commit"], ["sync"]]


def payload(folder, marker, head="ref: refs/heads/main\n"):
    """Make a folder look like a repository whose settings run something."""
    for name in ("objects", "refs"):
        (folder / name).mkdir(parents=True)
        (folder / name / "x").touch()
    (folder / "HEAD").write_text(head)
    run = f"touch {marker}; false"
    (folder / "config").write_text(
        f'[core]\n\trepositoryformatversion = 0\n\tbare = false\n\tworktree = .\n\tfsmonitor = "{run}"\n'
        f'\thooksPath = hooks\n\tsshCommand = "{run}"\n\tpager = "{run}"\n\teditor = "{run}"\n'
        f'[filter "evil"]\n\tclean = "{run}"\n\tsmudge = "{run}"\n[gpg]\n\tprogram = "{run}"\n'
    )
    hooks = folder / "hooks"
    hooks.mkdir()
    for name in ("pre-commit", "post-index-change", "pre-push", "reference-transaction"):
        (hooks / name).write_text(f"#!/bin/sh\n{run}\n")
        (hooks / name).chmod(0o755)


def nothing_runs(place, marker, **options):
    for command in COMMANDS:
        place.run(*command, **options)
        assert not marker.exists(), command


@pytest.fixture
def nested(tmp_path, _small):
    """A register four folders deep in its repository."""
    home, folder = tmp_path / "home", tmp_path / "monorepo"
    home.mkdir()
    inner = folder / "a" / "b"
    inner.mkdir(parents=True)
    shutil.copytree(_small / "meetings", inner / "meetings")
    place = Place(inner, home)
    subprocess.run(["git", "init", "--quiet", "--initial-branch=main"], cwd=folder, env=place.env, check=True)
    place.git("add", ".")
    place.git("commit", "--quiet", "-m", "All of it")
    return place


@pytest.mark.parametrize("deep", ["meetings", f"meetings/{MEETING}", "meetings/papers/x", ".", "..", "../.."])
def test_a_folder_that_looks_like_a_repository_is_none_at_any_depth(nested, tmp_path, deep):
    marker = tmp_path / "ran"
    nested.git("config", "core.bare", "false")
    payload(nested.folder / deep, marker)
    nothing_runs(nested, marker)
    nothing_runs(nested, marker, cwd=nested.register)
    nothing_runs(nested, marker, cwd=nested.register / MEETING)
    # The repository itself is the one that is written to, and the files are named.
    own = nested.folder.parents[1] / ".git"
    assert nested.git(f"--git-dir={own}", "log", "--format=%s", "-3").startswith("Add action")
    answer = nested.run("check", "--json")
    assert answer.code == 4
    assert [each["code"] for each in answer.items].count("looks-like-git") == 1


@pytest.mark.parametrize("head", ["ref: refs/heads/main\n", "0" * 40 + "\n", "ref: refs/../../x\n", ""])
def test_whatever_its_head_says(clones, tmp_path, head):
    _, kim = clones
    marker = tmp_path / "ran"
    payload(kim.register, marker, head)
    nothing_runs(kim, marker)
    assert not marker.exists()


def sent(sam):
    """Push what is in the work tree, whatever it is."""
    subprocess.run(
        ["git", "--git-dir=.git", "--work-tree=.", "-c", "core.hooksPath=/dev/null", "add", "--all"],
        cwd=sam.folder, env=sam.env, check=True,
    )  # fmt: skip
    subprocess.run(
        ["git", "--git-dir=.git", "--work-tree=.", "commit", "--quiet", "-m", "Tidy"],
        cwd=sam.folder, env=sam.env, check=True,
    )  # fmt: skip
    subprocess.run(
        ["git", "--git-dir=.git", "--work-tree=.", "push", "--quiet", "origin", "HEAD"],
        cwd=sam.folder, env=sam.env, check=True,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("folder", "names"),
    [
        ("meetings", ["HEAD", "config", "objects/x", "refs/x"]),
        ("meetings", ["HEAD", "commondir"]),
        ("meetings", ["HEAD", "objects/x"]),
        ("meetings/papers", ["head", "Objects/x", "REFS/x"]),
        ("meetings", ["HEAD.", "objects /x"]),
        ("elsewhere/deep", ["HE\u200cAD", "refs/x"]),
        (".", ["HEAD", "config", "objects/x", "refs/x"]),
    ],
)
def test_sync_takes_none_in(clones, folder, names):
    sam, kim = clones
    for name in names:
        path = sam.folder / folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    sent(sam)
    before = kim.files(), kim.head()
    answer = kim.run("sync")
    assert answer.code == 5, answer.err
    assert answer.err.count("\n") == 1
    assert (kim.files(), kim.head()) == before


def test_one_that_is_here_can_be_taken_out_by_sync(clones, tmp_path):
    sam, kim = clones
    payload(sam.register, tmp_path / "ran")
    sent(sam)
    kim.git("pull", "--quiet")
    assert "looks-like-git" in kim.run("check").out
    for name in ("HEAD", "config", "objects", "refs", "hooks"):
        path = sam.register / name
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    sent(sam)
    kim.ok("sync")
    assert "looks-like-git" not in kim.run("check").out
    assert not (tmp_path / "ran").exists()


def test_a_clone_is_safe_before_it_is_looked_at(clones, tmp_path):
    sam, _ = clones
    payload(sam.register, tmp_path / "ran")
    sent(sam)
    eve = Place(tmp_path / "eve", tmp_path / "home")
    subprocess.run(["git", "clone", "--quiet", str(tmp_path / "hub.git"), str(eve.folder)], env=eve.env, check=True)
    nothing_runs(eve, tmp_path / "ran")


def test_in_a_worktree(clones, tmp_path):
    sam, _ = clones
    sam.git("worktree", "add", "--quiet", "-b", "other", str(tmp_path / "tree"))
    tree = Place(tmp_path / "tree", tmp_path / "home")
    payload(tree.register, tmp_path / "ran")
    nothing_runs(tree, tmp_path / "ran")
    assert tree.git("log", "-1", "--format=%s", "--", "meetings/actions").startswith("Add action")


def test_in_a_submodule_and_beside_one(clones, tmp_path):
    _, kim = clones
    outer = Place(tmp_path / "outer", tmp_path / "home")
    outer.folder.mkdir()
    outer.git("init", "--quiet", "--initial-branch=main")
    local = ("-c", "protocol.file.allow=always")
    outer.git(*local, "submodule", "--quiet", "add", str(tmp_path / "hub.git"), "register")
    inner = Place(outer.folder / "register", tmp_path / "home")
    payload(inner.register, tmp_path / "ran")
    nothing_runs(inner, tmp_path / "ran")
    assert inner.git("log", "-1", "--format=%s", "--", "meetings/actions").startswith("Add action")
    # A submodule of the register's own repository has settings that git would obey when it looks into it.
    kim.git(*local, "submodule", "--quiet", "add", str(tmp_path / "hub.git"), "meetings/module")
    kim.git("commit", "--quiet", "-m", "A module")
    module = kim.folder / ".git" / "modules" / "meetings" / "module" / "config"
    with module.open("a") as config:
        config.write(f'[core]\n\tfsmonitor = "touch {tmp_path / "ran"}; false"\n')
    nothing_runs(kim, tmp_path / "ran")


@pytest.mark.parametrize("how", ["include.path", "includeIf.onbranch:main.path", "includeIf.gitdir:**.path"])
def test_settings_that_come_with_the_files_are_not_obeyed(clones, tmp_path, how):
    _, kim = clones
    kim.git("config", how, "../meetings/settings")
    (kim.register / "settings").write_text(f'[core]\n\tfsmonitor = "touch {tmp_path / "ran"}; false"\n')
    for command in COMMANDS:
        answer = kim.run(*command)
        assert not (tmp_path / "ran").exists(), command
        assert "Traceback" not in answer.err
    assert "its settings include meetings/settings" in kim.run("log").err
    kim.git("config", "--unset", how)
    kim.ok("log")
    (tmp_path / "own").write_text("[user]\n\tname = Kim\n")
    kim.git("config", "include.path", str(tmp_path / "own"))
    kim.ok("action", "add", "Plain", "--owner", "colin")


def test_attributes_name_only_what_the_user_has_set_up(clones, tmp_path):
    sam, kim = clones
    (sam.register / ".gitattributes").write_text("* filter=evil diff=evil merge=evil\n")
    sent(sam)
    kim.run("sync")
    nothing_runs(kim, tmp_path / "ran")
    kim.git("config", "filter.own.clean", f"touch {tmp_path / 'own'}; cat")
    (kim.register / ".gitattributes").write_text("*.toml filter=own\n")
    with (kim.register / "partnership.toml").open("a") as file:
        file.write("# by hand\n")
    kim.run("commit")
    assert (tmp_path / "own").exists()


def test_hooks_and_settings_of_the_user_keep_working(place, tmp_path):
    hooks = tmp_path / "hooks"
    hooks.mkdir()
    (hooks / "pre-commit").write_text(f"#!/bin/sh\ntouch {tmp_path / 'hooked'}\n")
    (hooks / "pre-commit").chmod(0o755)
    (tmp_path / "home" / ".gitconfig").write_text(f"[core]\n\thooksPath = {hooks}\n")
    place.ok("action", "add", "Plain", "--owner", "colin")
    assert (tmp_path / "hooked").exists()


@pytest.mark.parametrize("entry", ["", ".", "meetings", "../partnership/meetings"])
def test_a_program_called_git_in_the_register_is_not_run(place, tmp_path, entry):
    program = place.register / "git"
    program.write_text(f"#!/bin/sh\ntouch {tmp_path / 'ran'}\n")
    program.chmod(0o755)
    place.env["PATH"] = entry + os.pathsep + place.env["PATH"]
    nothing_runs(place, tmp_path / "ran", cwd=place.register)
    nothing_runs(place, tmp_path / "ran")


def test_a_repository_named_by_the_environment_is_the_users_own(place):
    place.env["GIT_DIR"] = str(place.folder / ".git")
    place.env["GIT_WORK_TREE"] = str(place.folder)
    place.ok("action", "add", "Plain", "--owner", "colin")
    assert place.messages()[-1].startswith("Add action")
