"""The versions of a work tree that git keeps: the files of a commit, and commits made apart from the work tree."""

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import NamedTuple

from slavefree_cli.git import process
from slavefree_cli.git.process import GitError
from slavefree_cli.git.repository import TRAILER, Repository

ORDINARY = frozenset({"100644", "100755"})
"""The modes of what is a file and no link, submodule or the like."""


class Blob(NamedTuple):
    """What a commit has at a path."""

    mode: str
    id: str


Snapshot = dict[str, Blob]
"""What a commit has, by the paths from the top of the work tree."""


def of(repository: Repository, commit: str | None) -> Snapshot:
    """Return what a commit has; nothing where there is no commit."""
    if commit is None:
        return {}
    listed = process.text(repository.output("ls-tree", "-r", "-z", "--full-tree", commit))
    found: Snapshot = {}
    for entry in filter(None, listed.split("\0")):
        what, path = entry.split("\t", 1)
        mode, _, id = what.split()
        found[path] = Blob(mode, id)
    return found


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
    import shutil
    import tempfile

    if not wanted:
        return {}
    folder = tempfile.mkdtemp(prefix="slavefree-", dir=repository.git_dir)
    try:
        with _index(repository, wanted) as apart:
            repository.output("checkout-index", "--all", f"--prefix={folder}/", environment=apart)
        found = {}
        for path in wanted:
            with open(os.path.join(folder, path), "rb") as file:
                found[path] = file.read()
        return found
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def lay_out(repository: Repository, has: Snapshot, prefix: str, folder: str, wanted: Callable[[str], bool]) -> None:
    """Put a part of a commit into a folder, to be read there; of what nobody wants to read, only that it is there.

    Args:
        repository: The repository.
        has: What the commit has; every path stays within the folder.
        prefix: What stands before the paths of the part.
        folder: The folder, empty.
        wanted: Tells whether a file is read, by its path.
    """
    own = {path: blob for path, blob in has.items() if path.startswith(prefix)}
    read = {path: blob for path, blob in own.items() if wanted(path)}
    held = contents(repository, read.values())
    made: set[str] = set()
    for path, blob in own.items():
        target = os.path.join(folder, path.removeprefix(prefix))
        parent = os.path.dirname(target)
        if parent not in made:
            os.makedirs(parent, exist_ok=True)
            made.add(parent)
        with open(target, "xb") as file:
            file.write(held.get(blob.id, b"") if path in read else b"")


def clear_left_over(repository: Repository) -> None:
    """Take away what a command that was broken off had laid out; within the locks, when no other does."""
    import shutil

    for entry in os.scandir(repository.git_dir):
        if entry.name.startswith("slavefree-") and entry.is_dir(follow_symlinks=False):
            shutil.rmtree(entry.path, ignore_errors=True)
        elif re.fullmatch(r"slavefree-\d+\.index(\.lock)?", entry.name):
            os.unlink(entry.path)


def path_problem(path: str) -> str | None:
    """Say why a path of a commit is not taken into the work tree, or return None; git itself does not look at fetch."""
    parts = path.split("/")
    if path.startswith("/") or "\\" in path or any(part in {"", ".", ".."} for part in parts):
        return "leads out of the repository"
    if any(re.fullmatch(r"\.git(?:modules|attributes~.*)?[ .]*|git~\d+", part, re.IGNORECASE) for part in parts[:-1]):
        return "lies among git's own files"
    if re.fullmatch(r"\.git[ .]*|git~\d+", parts[-1], re.IGNORECASE):
        return "has a name that is git's own"
    if not path.isprintable():
        return "has a name that cannot be read"
    return None


def kept(repository: Repository, content: bytes) -> Blob:
    """Put content among git's objects, where nothing refers to it yet, and return it as an ordinary file."""
    id = repository.output("hash-object", "-w", "--stdin", stdin=content).decode().strip()
    return Blob("100644", id)


def committed(repository: Repository, has: Snapshot, parents: Iterable[str], message: str, command: str) -> str:
    """Make a commit that nothing refers to yet, and return its id; the work tree and the index stay as they are.

    Args:
        repository: The repository.
        has: What the commit shall have.
        parents: The commits that it follows.
        message: What it says.
        command: The command that makes it.
    """
    with _index(repository, has) as apart:
        tree = repository.output("write-tree", environment=apart).decode().strip()
    signed = ["-S"] if repository.is_set("commit.gpgSign") else []
    parented = [word for parent in parents for word in ("-p", parent)]
    said = f"{message}\n\n{TRAILER}: {command}\n"
    return repository.output("commit-tree", *signed, *parented, tree, stdin=said.encode()).decode().strip()


def found(repository: Repository, named: str) -> str | None:
    """Return the id of the commit that somebody named, or None where there is none."""
    try:
        said = repository.output("rev-parse", "--verify", "--quiet", "--end-of-options", f"{named}^{{commit}}")
    except GitError:
        return None
    return said.decode().strip()


def parents(repository: Repository, commit: str) -> list[str]:
    """Return the ids of the commits that a commit follows."""
    return repository.output("rev-parse", f"{commit}^@").decode().split()


def is_before(repository: Repository, commit: str, other: str) -> bool:
    """Tell whether another commit has a commit in its history, or is it."""
    try:
        repository.output("merge-base", "--is-ancestor", commit, other)
    except GitError:
        return False
    return True


def fork(repository: Repository, one: str, other: str) -> str | None:
    """Return the newest commit that two have in common, or None."""
    try:
        return repository.output("merge-base", one, other).decode().split()[0]
    except GitError:
        return None


@contextmanager
def _index(repository: Repository, has: Mapping[str, Blob]) -> Iterator[dict[str, str]]:
    """Make an index of some files and give what has git use it; it is gone afterwards."""
    index = os.path.join(repository.git_dir, f"slavefree-{os.getpid()}.index")
    apart = {"GIT_INDEX_FILE": index}
    listed = "".join(f"{blob.mode} {blob.id}\t{path}\0" for path, blob in sorted(has.items()))
    try:
        repository.output("update-index", "-z", "--index-info",
            stdin=listed.encode("utf-8", "surrogateescape"), environment=apart,
        )  # fmt: skip
        yield apart
    finally:
        for left in (index, f"{index}.lock"):
            with suppress(FileNotFoundError):
                os.unlink(left)
