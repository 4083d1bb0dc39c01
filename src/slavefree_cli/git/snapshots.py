"""The versions of a work tree that git keeps: the files of a commit, and commits made apart from the work tree."""

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from slavefree_cli.git import process
from slavefree_cli.git.commit import Trailers
from slavefree_cli.git.lookalikes import is_gits_own
from slavefree_cli.git.process import GitError
from slavefree_cli.git.repository import Repository
from slavefree_cli.model.history import in_history

if TYPE_CHECKING:
    import tempfile

ORDINARY = frozenset({"100644", "100755"})
"""The modes of what is a file and no link, submodule or the like."""


class Blob(NamedTuple):
    """What a commit has at a path."""

    mode: str
    id: str


_EMPTY = frozenset({
    "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391", "473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813",
})  # fmt: skip
"""The ids that git gives to no content, by SHA-1 and by SHA-256."""

Snapshot = dict[str, Blob]
"""What a commit has, by the paths from the top of the work tree."""


def of(repository: Repository, commit: str) -> Snapshot:
    """Return what a commit has."""
    found: Snapshot = {}
    for entry in repository.listed("ls-tree", "-r", "-z", "--full-tree", commit):
        what, path = entry.split("\t", 1)
        mode, _, id = what.split()
        found[path] = Blob(mode, id)
    return found


def is_empty(blob: Blob) -> bool:
    """Tell whether a file holds nothing."""
    return blob.id in _EMPTY


def differing(one: Snapshot, other: Snapshot) -> list[str]:
    """Return the paths at which two commits have not the same, in order."""
    return sorted(path for path in {*one, *other} if one.get(path) != other.get(path))


def contents(repository: Repository, blobs: Iterable[Blob]) -> dict[str, bytes]:
    """Return what some files hold, by the ids of their blobs."""
    wanted = list(dict.fromkeys(blob.id for blob in blobs if blob.mode in ORDINARY))
    if not wanted:
        return {}
    asked = "".join(f"{id}\n" for id in wanted).encode()
    answer = repository.output("cat-file", "--batch", stdin=asked)
    found = {}
    at = 0
    for id in wanted:
        end = answer.index(b"\n", at)
        size = int(answer[at:end].split()[-1])
        found[id] = answer[end + 1 : end + 1 + size]
        at = end + 1 + size + 1
    return found


def checked_out(repository: Repository, wanted: Mapping[str, Blob]) -> dict[str, bytes]:
    """Return what files hold once they are checked out, when git may give them other line ends; by their paths."""
    if not wanted:
        return {}
    with _index(repository, wanted) as apart, _folder(repository) as folder:
        repository.output("checkout-index", "--all", f"--prefix={folder}/", environment=apart)
        found = {}
        for path in wanted:
            with open(os.path.join(folder, path), "rb") as file:
                found[path] = file.read()
        return found


@contextmanager
def laid_out(repository: Repository, has: Snapshot, prefix: str, wanted: Callable[[str], bool]) -> Iterator[str]:
    """Give a folder with a part of a commit, to be read there; of what nobody wants to read, only that it is there.

    Args:
        repository: The repository.
        has: What the commit has.
        prefix: What stands before the paths of the part.
        wanted: Tells whether a file is read, by its path.

    Raises:
        GitError: A path of it leads elsewhere.
    """
    for path in has:
        if problem := path_problem(path):
            raise GitError(f"{path!r} {problem}")
    own = {path.removeprefix(prefix): blob for path, blob in has.items() if path.startswith(prefix)}
    read = {path: blob for path, blob in own.items() if wanted(path)}
    held = contents(repository, read.values())
    with _folder(repository) as folder:
        for parent in {os.path.dirname(path) for path in own}:
            os.makedirs(os.path.join(folder, parent), exist_ok=True)
        for path, blob in own.items():
            with open(os.path.join(folder, path), "xb") as file:
                file.write(held.get(blob.id, b"") if path in read else b"")
        yield folder


def clear_left_over(repository: Repository) -> None:
    """Take away what a command that was broken off had laid out; within the locks, when no other does."""
    import shutil

    for entry in os.scandir(repository.git_dir):
        if entry.name.startswith("slavefree-") and entry.is_dir(follow_symlinks=False):
            shutil.rmtree(entry.path, ignore_errors=True)
        elif re.fullmatch(r"slavefree-\d+\.index(\.lock)?", entry.name):
            # Where earlier versions had it.
            os.unlink(entry.path)


def path_problem(path: str) -> str | None:
    """Say why a path of a commit is not taken into the work tree, or return None; git itself does not look at fetch."""
    parts = path.split("/")
    if path.startswith("/") or "\\" in path or any(part in {"", ".", ".."} for part in parts):
        return "leads out of the repository"
    if any(map(is_gits_own, parts[:-1])):
        return "lies among git's own files"
    if is_gits_own(parts[-1]):
        return "has a name that is git's own"
    if not path.isprintable():
        return "has a name that cannot be read"
    return None


def kept(repository: Repository, content: bytes) -> Blob:
    """Put content among git's objects, where nothing refers to it yet, and return it as an ordinary file."""
    id = process.text(repository.output("hash-object", "-w", "--stdin", stdin=content)).strip()
    return Blob("100644", id)


def committed(repository: Repository, has: Snapshot, parents: Iterable[str], message: str, trailers: Trailers) -> str:
    """Make a commit that nothing refers to yet, and return its id; the work tree and the index stay as they are.

    Args:
        repository: The repository.
        has: What the commit shall have.
        parents: The commits that it follows.
        message: What it says.
        trailers: What it says for programs.
    """
    with _index(repository, has) as apart:
        tree = repository.text("write-tree", environment=apart).strip()
    signed = ["-S"] if repository.is_set("commit.gpgSign") else []
    parented = [word for parent in parents for word in ("-p", parent)]
    return repository.text("commit-tree", *signed, *parented, tree, stdin=trailers.below(in_history(message))).strip()


@contextmanager
def _index(repository: Repository, has: Mapping[str, Blob]) -> Iterator[dict[str, str]]:
    """Make an index of some files and give what has git use it; it is gone afterwards."""
    listed = "".join(f"{blob.mode} {blob.id}\t{path}\0" for path, blob in sorted(has.items()))
    with _folder(repository) as folder:
        apart = {"GIT_INDEX_FILE": os.path.join(folder, "index")}
        repository.text("update-index", "-z", "--index-info", stdin=listed, environment=apart)
        yield apart


def _folder(repository: Repository) -> "tempfile.TemporaryDirectory[str]":
    """Make a folder among git's own files, for ``with``; it is gone afterwards."""
    import tempfile

    return tempfile.TemporaryDirectory(prefix="slavefree-", dir=repository.git_dir, ignore_cleanup_errors=True)
