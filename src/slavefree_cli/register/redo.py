"""What carries a change through a crash.

When all the new content is on disk under temporary names, a list of what takes the place of what is written; only then
is the first file replaced. A command that finds a list finishes what is on it: a change is all there or not at all.

The list is kept among git's own files, where nothing that arrives by git can put one; a mark in the register tells that
it is there, so that a command which finds no mark need not ask git. Without git the list is the mark itself.
"""

import hashlib
import json
import os
from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from slavefree_cli.errors import OutsideError, SlavefreeError
from slavefree_cli.register import commits, files, git
from slavefree_cli.register.layout import REDO

if TYPE_CHECKING:
    from slavefree_cli.register.store import Register

_MARK = b"A slavefree command is at work here, or was broken off; the next one finishes it.\n"


def write(root: str, staged: Sequence[files.Staged], message: str, command: str) -> None:
    """List what a change replaces, before the first of its files is replaced.

    Args:
        root: The register.
        staged: The files of the register that change, their new content on disk.
        message: What the commit will say.
        command: The command.
    """
    entries = [
        [os.path.relpath(each.path, root), each.temporary and os.path.basename(each.temporary)] for each in staged
    ]
    _write(root, {"message": message, "command": command, "files": entries})


def write_move(root: str, was: str, now: str) -> None:
    """List a work tree on its way from one commit to another, before its first file is replaced."""
    _write(root, {"was": was, "now": now})


def clear(root: str) -> None:
    """Take the list away: what is on it is done."""
    for path in (os.path.join(root, REDO), book(root)):
        with suppress(FileNotFoundError):
            os.unlink(path)


def book(root: str) -> str:
    """Return the file in which a change of a register is listed."""
    try:
        repository = git.find(root)
    except git.GitError:
        return os.path.join(root, REDO)
    place = os.path.relpath(root, repository.top).replace(os.sep, "/")
    name = hashlib.sha256(place.encode("utf-8", "surrogateescape")).hexdigest()[:8]
    return os.path.join(repository.git_dir, f"slavefree-redo-{name}.json")


def finish(register: "Register") -> None:
    """Finish, within the lock, a change that was broken off, and say so.

    Raises:
        SlavefreeError: A file cannot be replaced.
    """
    root = register.root
    if not os.path.exists(os.path.join(root, REDO)):
        return
    path = book(root)
    try:
        begun = os.stat(path).st_mtime
        with open(path, "rb") as file:
            listed = json.load(file)
        if set(listed) == {"was", "now"}:
            _finish_move(register, str(listed["was"]), str(listed["now"]), begun)
            return
        entries = [(str(path), temporary) for path, temporary in listed["files"]]
        message, command = str(listed["message"]), str(listed["command"])
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        _leave(register)
        return
    paths = []
    for name, temporary in entries:
        full = os.path.join(root, name)
        if _is_own(root, full) and (temporary is None or files.is_temporary(str(temporary))):
            _replace(full, temporary)
            paths.append(full)
    clear(root)
    try:
        repository = commits.usable(root, register.warn) if register.commits else None
        if repository is not None:
            repository.clear_locks(begun)
            repository.unstage(paths)
            commits.commit(repository, paths, message, command)
    except (OutsideError, git.GitError) as error:
        register.warn(str(error))
    register.warn(f"Finished what {command or 'a command'} was broken off at: {message}.")


def _write(root: str, listed: object) -> None:
    content = json.dumps(listed).encode()
    mark, path = os.path.join(root, REDO), book(root)
    files.write_all([files.Write(path, content)])
    if path != mark:
        files.write_all([files.Write(mark, _MARK)])


def _leave(register: "Register") -> None:
    """Do nothing where a mark has no list: nothing was replaced yet, or the mark came with the files."""
    mark = os.path.join(register.root, REDO)
    with suppress(git.GitError):
        repository = git.find(register.root)
        if not repository.is_untracked(mark):
            register.warn(f"{REDO} came with the files of the register and means nothing; take it out with: git rm")
            return
    clear(register.root)


def _is_own(root: str, full: str) -> bool:
    return files.inside(root, full) and ".git" not in os.path.relpath(full, root).split(os.sep)


def _finish_move(register: "Register", was: str, now: str, begun: float) -> None:
    from slavefree_cli.register import advance, versions

    if not all(map(git.is_commit_id, (was, now))):
        clear(register.root)
        return
    try:
        repository = git.find(register.root)
        # Nothing but what git itself would do: to a commit that follows the one that is checked out.
        if repository.head() in {was, now} and versions.is_before(repository, was, now):
            repository.clear_locks(begun)
            advance.finish(repository, was, now)
            register.warn("Finished what sync was broken off at: the work tree is at what was taken in.")
    except git.GitError as error:
        raise OutsideError(f"What sync was broken off at cannot be finished: {error}.") from None
    clear(register.root)


def _replace(path: str, temporary: str | None) -> None:
    try:
        # What is gone was done before the crash.
        with suppress(FileNotFoundError):
            if temporary is None:
                os.unlink(path)
            else:
                os.replace(os.path.join(os.path.dirname(path), temporary), path)
    except OSError as error:
        raise SlavefreeError(
            f"{path} cannot be written: {files.reason(error)}; a change that was broken off waits for it."
        ) from None
