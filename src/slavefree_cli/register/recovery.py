"""A change that a crash broke off, finished by the next command."""

import os
from contextlib import suppress

from slavefree_cli.errors import OutsideError, SlavefreeError
from slavefree_cli.git.process import GitError
from slavefree_cli.git.repository import is_commit_id
from slavefree_cli.register import advance, commits, files, journal, repositories
from slavefree_cli.register.desk import Desk
from slavefree_cli.register.lock import LockedError, locked
from slavefree_cli.register.places import JOURNAL


def recover(desk: Desk) -> None:
    """Finish a change that a crash broke off, if there is one, before anything is read."""
    if not os.path.exists(desk.path(JOURNAL)):
        return
    # Where another command holds the lock nothing was broken off: it is at work, and may wait for this one, as for a
    # hook of git.
    try:
        with suppress(LockedError), locked(desk, seconds=0):
            finish(desk)
    except SlavefreeError as error:
        # What can still be read is shown all the same.
        desk.warn(str(error))


def finish(desk: Desk) -> None:
    """Finish, within the lock, a change that was broken off, and say so.

    Raises:
        SlavefreeError: A file cannot be replaced.
    """
    if not os.path.exists(desk.path(JOURNAL)):
        return
    try:
        begun = os.stat(journal.book(desk)).st_mtime
        listed = journal.read(desk)
    except (OSError, ValueError):
        _leave(desk)
        return
    if isinstance(listed, journal.Listed):
        _finish_change(desk, begun, listed)
    else:
        _finish_moves(desk, begun, listed)


def _finish_change(desk: Desk, begun: float, listed: journal.Listed) -> None:
    _wait_for_git(desk, begun)
    paths = []
    for name, temporary in listed.files:
        full = desk.path(name)
        if files.inside(desk.root, full) and (temporary is None or files.is_temporary(temporary)):
            _replace(full, temporary)
            paths.append(full)
    try:
        if commits.usable(desk) is not None:
            parts = repositories.parts(desk, paths)
            for part in parts:
                part.repository.unstage(part.paths)
            commits.commit(desk, parts, listed.said)
    except (OutsideError, GitError) as error:
        desk.warn(str(error))
    # Not before: where this is broken off as well, the next command finishes it.
    journal.clear(desk)
    desk.warn(f"Finished what {listed.said.command or 'a command'} was broken off at: {listed.said.message}.")


def _wait_for_git(desk: Desk, begun: float) -> None:
    """Wait for a git that the command left behind, which may yet commit, and take away the locks of one that is dead.

    Raises:
        OutsideError: A lock is not to be had; what was broken off still waits.
    """
    try:
        there = list(repositories.both(desk))
    except GitError:
        # Why there is none is told where the commit would be.
        return
    try:
        for part in there:
            part.repository.clear_locks(begun)
    except GitError as error:
        raise OutsideError(f"A change that was broken off waits: {error}. Then any command finishes it.") from None


def _leave(desk: Desk) -> None:
    """Do nothing where a mark has no list: nothing was replaced yet, or the mark came with the files."""
    mark = desk.path(JOURNAL)
    with suppress(GitError):
        repository = desk.repository
        if not repository.is_untracked(mark):
            desk.warn(f"{JOURNAL} came with the files of the register and means nothing; take it out with: git rm")
            return
    journal.clear(desk)


def _finish_moves(desk: Desk, begun: float, moves: list[journal.Move]) -> None:
    try:
        for is_restricted, was, now in moves:
            repository = desk.inner if is_restricted else desk.repository
            if repository is None or not all(map(is_commit_id, (was, now))):
                continue
            # Nothing but what git itself would do: to a commit that follows the one that is checked out.
            if repository.head() in {was, now} and repository.is_before(was, now):
                repository.clear_locks(begun)
                advance.finish(repository, was, now)
                desk.warn("Finished what sync was broken off at: the work tree is at what was taken in.")
    except (GitError, OSError) as error:
        raise OutsideError(f"What sync was broken off at cannot be finished: {error}.") from None
    journal.clear(desk)


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
