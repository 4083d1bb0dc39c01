"""The work tree taken from one commit to the next, all of it or nothing, through a crash too.

The redo file names the two commits before the first file is replaced. A command that finds it compares what is there
with both, and finishes; what somebody has edited since stays as they left it.
"""

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING

from slavefree_cli.errors import ConflictError
from slavefree_cli.register import files, git, redo, versions
from slavefree_cli.register.versions import Blob, Files

if TYPE_CHECKING:
    from slavefree_cli.register.store import Register


def advance(register: "Register", repository: git.Repository, was: str, now: str) -> None:
    """Take the work tree, the index and the branch from a commit to one that follows it; within the lock.

    Args:
        register: The register.
        repository: The repository that it lies in, with ``was`` checked out.
        was: The commit.
        now: The commit that follows it.

    Raises:
        ConflictError: A file that changes was edited and not committed, or something that is in the way is no file.
        SlavefreeError: A file cannot be written; nothing is changed.
        GitError: Git refused.
    """
    before, after = (versions.files(repository, commit) for commit in (was, now))
    changed = _changed(before, after)
    _refuse_special(before, after, changed)
    full = [os.path.join(repository.top, path) for path in changed]
    if dirty := {*repository.states(full), *repository.ignored([each for each in full if os.path.lexists(each)])}:
        names = ", ".join(sorted(os.path.relpath(path, repository.top) for path in dirty))
        raise ConflictError(
            f"{names} was edited here and not committed, and the others changed it too; nothing is changed here. "
            "Commit it with git, then: slavefree sync"
        )

    def ready(_: object) -> None:
        redo.write_move(register.root, was, now)

    files.write_all(_writes(repository, after, changed), ready)
    repository.move(was, now)
    redo.clear(register.root)


def finish(repository: git.Repository, was: str, now: str) -> None:
    """Finish, within the lock, what ``advance`` was broken off at."""
    before, after = (versions.files(repository, commit) for commit in (was, now))
    changed = _changed(before, after)
    old = versions.checked_out(repository, {path: before[path] for path in changed if path in before})
    waiting = [path for path in changed if _present(repository, path) == old.get(path)]
    files.write_all(_writes(repository, after, waiting))
    repository.move(was, now)


def _changed(before: Files, after: Files) -> list[str]:
    return [path for path in sorted({*before, *after}) if before.get(path) != after.get(path)]


def _refuse_special(before: Files, after: Files, changed: list[str]) -> None:
    special = [
        path
        for path in changed
        if any(path in side and side[path].mode not in versions.ORDINARY for side in (before, after))
    ]
    if special:
        raise ConflictError(
            f"{', '.join(special)} is a link or another repository, and only ordinary files are exchanged; nothing is "
            "changed here. Take it with git itself, if you trust it: git pull"
        )


def _writes(repository: git.Repository, after: Mapping[str, Blob], paths: list[str]) -> list[files.Write]:
    there = {path: after[path] for path in paths if path in after}
    held = versions.checked_out(repository, there)
    return [
        files.Write(
            os.path.join(repository.top, path),
            held.get(path),
            executable=path in there and there[path].mode == "100755",
        )
        for path in paths
    ]


def _present(repository: git.Repository, path: str) -> bytes | None:
    try:
        return files.read(repository.top, path, linked=True, most=files.ANY_SIZE)
    except (FileNotFoundError, files.UnreadableError):
        return None
