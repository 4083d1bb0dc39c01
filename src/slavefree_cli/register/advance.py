"""The work tree taken from one commit to the next, all of it or nothing, through a crash too.

The redo file names the two commits before the first file is replaced. A command that finds it compares what is there
with both, and finishes; what somebody has edited since stays as they left it.
"""

import os
from collections.abc import Sequence

from slavefree_cli.errors import ConflictError, OutsideError, SlavefreeError
from slavefree_cli.git import snapshots
from slavefree_cli.git.process import GitError
from slavefree_cli.git.repository import Repository
from slavefree_cli.git.snapshots import ORDINARY, Snapshot
from slavefree_cli.register import files, journal
from slavefree_cli.register.desk import Desk
from slavefree_cli.register.journal import Move


def advance(desk: Desk, moves: Sequence[Move]) -> None:
    """Take work trees, their indexes and branches from a commit to one that follows it; within the lock.

    Args:
        desk: Where the register is.
        moves: The repositories, each with the commit that is checked out and the one that follows it.

    Raises:
        ConflictError: As ``refuse``.
        SlavefreeError: A file cannot be written; nothing is changed.
        OutsideError: Git refused when the files were there; the next command finishes it.
    """
    repositories = [(_of(desk, move), move) for move in moves]
    writes = []
    for repository, (_, was, now) in repositories:
        refuse(repository, was, now)
        _, after, changed = _between(repository, was, now)
        writes += _writes(repository, after, changed)
    try:
        files.write_all(writes, lambda _: journal.write_moves(desk, moves))
    except files.HalfWrittenError:
        raise
    except SlavefreeError:
        journal.clear(desk)
        raise
    try:
        for repository, (_, was, now) in repositories:
            repository.move(was, now)
    except GitError as error:
        raise OutsideError(
            f"The files are as they were taken in, but git did not follow: {error}. The next command finishes it."
        ) from None
    journal.clear(desk)


def _of(desk: Desk, move: Move) -> Repository:
    repository = desk.inner if move.is_restricted else desk.repository
    if repository is None:
        raise ConflictError("The restricted repository is not here any more; nothing is changed.")
    return repository


def refuse(repository: Repository, was: str, now: str) -> None:
    """Refuse to go from a commit to another where something of somebody's would be lost, or cannot be done.

    Raises:
        ConflictError: A file that changes was edited and not committed, one that is in the way is not git's, git is
            told not to look at one, or something is no ordinary file.
    """
    before, after, changed = _between(repository, was, now)
    if not changed:
        return
    sides = (before, after)
    if special := [path for path in changed if {each[path].mode for each in sides if path in each} - ORDINARY]:
        raise ConflictError(
            f"{', '.join(special)} is a link or another repository, and only ordinary files are exchanged; nothing is "
            "changed here. Take it with git itself, if you trust it: git pull"
        )
    if repository.is_locked():
        raise ConflictError(
            "Git is at work here (or left .git/index.lock, to be removed where no git is running); nothing is changed. "
            "Try again when it is done."
        )
    full = [os.path.join(repository.top, path) for path in changed]
    folders = [each for each in full if os.path.isdir(each)]
    folders += [folder for folder in {os.path.dirname(each) for each in full} if _is_below_a_file(folder)]
    if folders:
        raise ConflictError(
            f"{files.names(repository.top, folders)} is a file on one side and a folder on the other; nothing is "
            "changed. Give one of the two another name and commit it, or take it in with git itself: git pull"
        )
    there = [each for each in full if os.path.lexists(each)]
    if dirty := {*repository.states(full), *repository.ignored(there), *repository.marked(full)}:
        raise ConflictError(
            f"{files.names(repository.top, dirty)} was edited here and not committed, or git is told not to look at "
            "it, and the others changed it too; nothing is changed here. Commit it with git, then: slavefree sync"
        )


def finish(repository: Repository, was: str, now: str) -> None:
    """Finish, within the lock, what ``advance`` was broken off at."""
    before, after, changed = _between(repository, was, now)
    old = snapshots.checked_out(repository, {path: before[path] for path in changed if path in before})
    waiting = [path for path in changed if _present(repository, path) == old.get(path)]
    files.write_all(_writes(repository, after, waiting))
    repository.move(was, now)


def _is_below_a_file(folder: str) -> bool:
    while not os.path.lexists(folder):
        folder = os.path.dirname(folder)
    return not os.path.isdir(folder)


def _between(repository: Repository, was: str, now: str) -> tuple[Snapshot, Snapshot, list[str]]:
    """Return what two commits have, and the paths of what is not the same in both."""
    before, after = (snapshots.of(repository, commit) for commit in (was, now))
    return before, after, snapshots.differing(before, after)


def _writes(repository: Repository, after: Snapshot, paths: list[str]) -> list[files.Write]:
    there = {path: after[path] for path in paths if path in after}
    held = snapshots.checked_out(repository, there)
    programs = {path for path, blob in there.items() if blob.mode == "100755"}
    top = repository.top
    return [files.Write(os.path.join(top, path), held.get(path), top, path in programs) for path in paths]


def _present(repository: Repository, path: str) -> bytes | None:
    try:
        return files.read(repository.top, path, linked=True, most=files.ANY_SIZE)
    except (FileNotFoundError, files.UnreadableError):
        return None
