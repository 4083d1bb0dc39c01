"""What the door for writing asks of git: whether to commit, what must be committed first, and the commit."""

import os
from collections.abc import Sequence

from slavefree_cli.errors import ConflictError, OutsideError
from slavefree_cli.git.process import GitError, NoRepositoryError
from slavefree_cli.git.repository import Repository
from slavefree_cli.model.text import counted, several
from slavefree_cli.register import files, places
from slavefree_cli.register.desk import Desk

_BY_HAND = "edited by hand"
_NAMED_MOST = 5
"""How many of the files that were edited by hand a message names."""

_INTRODUCTION = 'git config --global user.name "Your Name" and git config --global user.email you@example.org'


def usable(desk: Desk) -> Repository | None:
    """Return the repository to commit in, where that is asked for; where there is none to be had, say so.

    Raises:
        OutsideError: A merge, rebase or the like is in progress.
    """
    if not desk.commits:
        return None
    try:
        repository = desk.repository
    except NoRepositoryError as error:
        desk.warn(f"Saved without a commit: {error}. To keep a history: git init, then slavefree commit")
        return None
    except GitError as error:
        desk.warn(f"Saved without a commit: {error}. When that is put right: slavefree commit")
        return None
    _refuse_busy(repository)
    if repository.identity_problem():
        desk.warn(
            f"Saved without a commit: git does not know who you are. Tell it with: {_INTRODUCTION}, then: "
            "slavefree commit"
        )
        return None
    return repository


def needed(desk: Desk, undone: str) -> Repository:
    """Return the repository to commit in, of what cannot be done without.

    Args:
        desk: Where the register is.
        undone: What is not done where git does not know who commits, as in ``exchanged``.

    Raises:
        GitError: There is none to be had.
        OutsideError: A merge, rebase or the like is in progress, or git does not know who commits.
    """
    repository = desk.repository
    _refuse_busy(repository)
    if problem := repository.identity_problem():
        raise OutsideError(f"Nothing is {undone}: {problem}. Tell git who you are: {_INTRODUCTION}")
    return repository


def _refuse_busy(repository: Repository) -> None:
    if what := repository.busy():
        raise OutsideError(
            f"A {what} is in progress, and git commits nothing else until it ends; nothing is changed. "
            f"Finish it (git {what} --continue) or give it up (git {what} --abort)."
        )


def ready(desk: Desk, paths: list[str]) -> list[str]:
    """Commit hand edits of the files about to change by themselves; return those of the files that are committed then.

    Raises:
        ConflictError: A file is staged in part, and a commit would take the rest along.
        OutsideError: Git refused.
    """
    repository = usable(desk)
    if repository is None:
        return []
    try:
        ignored = repository.ignored(paths)
        paths = [path for path in paths if path not in ignored]
        if ignored:
            desk.warn(f"Saved without a commit, as git is told to ignore it: {files.names(os.curdir, ignored)}")
        states = repository.states(paths) if paths else {}
        for path, state in states.items():
            if state[0] not in " ?" and state[1] != " ":
                raise ConflictError(
                    f"{files.names(os.curdir, [path])} is staged in part, and a commit would take the rest along; "
                    "nothing is changed. Commit it or unstage it first."
                )
        if by_hand := [path for path in states if path in paths]:
            repository.commit(by_hand, edited_by_hand([os.path.relpath(path, desk.root) for path in by_hand]), _BY_HAND)
    except GitError as error:
        raise OutsideError(f"Git refused before anything was written: {error}. Nothing is changed.") from None
    return paths


def edited_by_hand(paths: Sequence[str]) -> str:
    """Return what the history says of files that were edited by hand: of restricted ones how many, and no more.

    Args:
        paths: The files, relative to the register.
    """
    open_ones = sorted(path for path in paths if not places.is_restricted(path))
    hidden = len(paths) - len(open_ones)
    said = [several(open_ones, _NAMED_MOST)] if open_ones else []
    said += [counted(hidden, "restricted file")] if hidden else []
    return f"Edited by hand: {' and '.join(said)}"


def commit(desk: Desk, paths: list[str], message: str, command: str | None = None) -> None:
    """Commit files as they were just written, and nothing else.

    Raises:
        OutsideError: Git did not; the files stay as written.
    """
    try:
        desk.repository.commit(paths, message, desk.command if command is None else command)
    except GitError as error:
        raise OutsideError(
            f"Saved, but git did not commit it: {error}. When that is put right: slavefree commit"
        ) from None
