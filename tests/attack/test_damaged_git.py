"""A damaged repository is said to be damaged, and nothing goes to another one.

Kind: what git takes for no repository, for a new one or for the one above, where the register's own has lost files.
"""

import shutil

import pytest

ADD = ("action", "add", "New", "--owner", "colin")


def empty(path):
    path.write_bytes(b"")


def gone(path):
    path.unlink()


def torn(path):
    path.write_bytes(path.read_bytes() + b"[core\n")


DAMAGE = [
    ("HEAD", empty), ("HEAD", gone), ("config", empty), ("config", torn), ("index", empty),
    ("refs/heads/main", empty), ("refs/heads/main", gone),
]  # fmt: skip


@pytest.fixture
def outer(place):
    """A repository around that of the register."""
    place.git("init", "--quiet", str(place.folder.parent))
    return place.folder.parent


@pytest.mark.parametrize(("name", "how"), DAMAGE, ids=[f"{name} {how.__name__}" for name, how in DAMAGE])
def test_what_is_damaged_is_not_written_past(place, outer, name, how):
    how(place.folder / ".git" / name)
    before = place.files()
    for command in (ADD, ("--no-commit", *ADD), ("commit",), ("sync",), ("undo", "--yes"), ("log",)):
        answer = place.run(*command)
        assert (answer.code, answer.out) == (6, ""), command
        assert f"{place.folder}/.git is damaged" in answer.err, command
        assert answer.err.count("\n") == 1
    assert place.files() == before
    assert not list((outer / ".git" / "refs" / "heads").iterdir())
    needs = place.ok("status", "--json").items
    assert [each["code"] for each in needs if "is damaged" in each["message"]] == ["no-history"]
    place.ok("action", "list")


def test_a_packed_branch_is_there(place):
    place.git("pack-refs", "--all")
    place.ok(*ADD)
    assert place.messages()[-1].endswith("New")


def test_a_branch_that_was_packed_and_is_lost(place):
    place.git("pack-refs", "--all")
    empty(place.folder / ".git" / "packed-refs")
    assert "refs/heads/main is gone" in place.run(*ADD).err


def test_a_branch_without_commits_is_none_that_lost_them(place):
    place.git("switch", "--quiet", "--orphan", "new")
    place.ok("init", "other", "--name", "Other")


def test_a_pointer_to_a_repository_that_is_gone(place, outer):
    shutil.move(place.folder / ".git", outer / "elsewhere")
    (place.folder / ".git").write_text("gitdir: ../nowhere\n")
    before = place.files()
    assert "is damaged: not a git repository: " in place.run(*ADD).err
    assert place.files() == before


def test_init_makes_no_repository_over_a_damaged_one(place):
    empty(place.folder / ".git" / "HEAD")
    assert "is damaged" in place.run("init", "other", "--name", "Other").err
    assert (place.folder / ".git" / "HEAD").read_bytes() == b""


def test_what_a_hook_of_another_repository_has_in_its_environment(place, tmp_path):
    other = tmp_path / "other"
    place.git("init", "--quiet", str(other))
    answer = place.ok("--register", str(place.register), *ADD, env={"GIT_DIR": str(other / ".git")})
    assert "Saved without a commit: GIT_DIR names" in answer.err
    assert not list((other / ".git" / "refs" / "heads").iterdir())
