"""A change that a crash broke off, finished by the next command."""

import json
import os
from contextlib import suppress
from typing import TYPE_CHECKING

from slavefree_cli.errors import OutsideError, SlavefreeError
from slavefree_cli.git import discovery, snapshots
from slavefree_cli.git.process import GitError
from slavefree_cli.git.repository import is_commit_id
from slavefree_cli.register import advance, commits, files, redo
from slavefree_cli.register.layout import REDO

if TYPE_CHECKING:
    from slavefree_cli.register.store import Register


def finish(register: "Register") -> None:
    """Finish, within the lock, a change that was broken off, and say so.

    Raises:
        SlavefreeError: A file cannot be replaced.
    """
    root = register.root
    if not os.path.exists(os.path.join(root, REDO)):
        return
    path = redo.book(root)
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
    redo.clear(root)
    try:
        repository = commits.usable(root, register.warn) if register.commits else None
        if repository is not None:
            repository.clear_locks(begun)
            repository.unstage(paths)
            commits.commit(repository, paths, message, command)
    except (OutsideError, GitError) as error:
        register.warn(str(error))
    register.warn(f"Finished what {command or 'a command'} was broken off at: {message}.")


def _leave(register: "Register") -> None:
    """Do nothing where a mark has no list: nothing was replaced yet, or the mark came with the files."""
    mark = os.path.join(register.root, REDO)
    with suppress(GitError):
        repository = discovery.find(register.root)
        if not repository.is_untracked(mark):
            register.warn(f"{REDO} came with the files of the register and means nothing; take it out with: git rm")
            return
    redo.clear(register.root)


def _is_own(root: str, full: str) -> bool:
    return files.inside(root, full) and ".git" not in os.path.relpath(full, root).split(os.sep)


def _finish_move(register: "Register", was: str, now: str, begun: float) -> None:
    if not all(map(is_commit_id, (was, now))):
        redo.clear(register.root)
        return
    try:
        repository = discovery.find(register.root)
        # Nothing but what git itself would do: to a commit that follows the one that is checked out.
        if repository.head() in {was, now} and snapshots.is_before(repository, was, now):
            repository.clear_locks(begun)
            advance.finish(repository, was, now)
            register.warn("Finished what sync was broken off at: the work tree is at what was taken in.")
    except GitError as error:
        raise OutsideError(f"What sync was broken off at cannot be finished: {error}.") from None
    redo.clear(register.root)


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
