"""What carries a change of several files through a crash.

When all the new content is on disk under temporary names, a redo file lists what takes the place of what; only then is
the first file replaced. A command that finds one finishes what it lists, so that a change is all there or not at all.
"""

import json
import os
from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from slavefree_cli.errors import OutsideError, SlavefreeError
from slavefree_cli.register import commits, files
from slavefree_cli.register.layout import REDO

if TYPE_CHECKING:
    from slavefree_cli.register.store import Register


def write(root: str, staged: Sequence[files.Staged], message: str, command: str) -> None:
    """Write the redo file of a change, before the first of its files is replaced.

    Args:
        root: The register.
        staged: The files of the register that change, their new content on disk.
        message: What the commit will say.
        command: The command.
    """
    entries = [
        [os.path.relpath(each.path, root), each.temporary and os.path.basename(each.temporary)] for each in staged
    ]
    content = json.dumps({"message": message, "command": command, "files": entries}).encode()
    files.write_all([files.Write(os.path.join(root, REDO), content)])


def write_move(root: str, was: str, now: str) -> None:
    """Write the redo file of a work tree on its way from one commit to another, before its first file is replaced."""
    content = json.dumps({"was": was, "now": now}).encode()
    files.write_all([files.Write(os.path.join(root, REDO), content)])


def clear(root: str) -> None:
    """Take the redo file away: what it lists is done."""
    with suppress(FileNotFoundError):
        os.unlink(os.path.join(root, REDO))


def finish(register: "Register") -> None:
    """Finish, within the lock, a change that was broken off, and say so.

    Raises:
        SlavefreeError: A file cannot be replaced.
    """
    root = register.root
    try:
        listed = json.loads(files.read(root, REDO))
        if set(listed) == {"was", "now"}:
            _finish_move(register, str(listed["was"]), str(listed["now"]))
            return
        entries = [(str(path), temporary) for path, temporary in listed["files"]]
        message, command = str(listed["message"]), str(listed["command"])
    except FileNotFoundError:
        return
    except (ValueError, KeyError, TypeError, files.UnreadableError):
        register.warn(f"{REDO} is none that this program wrote; it is taken away.")
        clear(root)
        return
    begun = os.stat(os.path.join(root, REDO)).st_mtime
    paths = []
    for path, temporary in entries:
        full = os.path.join(root, path)
        if not files.inside(root, full) or not (temporary is None or files.is_temporary(str(temporary))):
            continue
        _replace(full, temporary)
        paths.append(full)
    clear(root)
    try:
        repository = commits.usable(root, register.warn) if register.commits else None
        if repository is not None:
            repository.clear_locks(begun)
            repository.unstage(paths)
            commits.commit(repository, paths, message, command)
    except OutsideError as error:
        register.warn(str(error))
    register.warn(f"Finished what {command or 'a command'} was broken off at: {message}.")


def _finish_move(register: "Register", was: str, now: str) -> None:
    from slavefree_cli.register import advance, git, versions

    begun = os.stat(os.path.join(register.root, REDO)).st_mtime
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
