"""One command at a time writes to a register."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from slavefree_cli.errors import ConflictError, OutsideError, SlavefreeError
from slavefree_cli.git.damage import DamagedError
from slavefree_cli.git.process import GitError
from slavefree_cli.register import files
from slavefree_cli.register.desk import Desk

LOCK_SECONDS = 10.0


class LockedError(ConflictError):
    """Another command holds a lock."""


@contextmanager
def held(path: str, seconds: float, said: str) -> Iterator[None]:
    """Hold the lock that a file is.

    Args:
        path: The file.
        seconds: How long it is waited for.
        said: What is told where another command holds it.

    Raises:
        LockedError: Another command holds it.
    """
    import filelock

    try:
        with filelock.FileLock(path, timeout=seconds):
            yield
    except filelock.Timeout:
        raise LockedError(said) from None


@contextmanager
def locked(desk: Desk, seconds: float = LOCK_SECONDS) -> Iterator[None]:
    """Hold the lock of a register.

    Args:
        desk: Where the register is.
        seconds: How long it is waited for.

    Raises:
        LockedError: Another command holds it.
        InvalidError: A link that came with the register is where the lock would be.
        OutsideError: The repository of the register is damaged, and whatever was written would be in no history.
    """
    without_git = files.straight(desk.root, ".slavefree.lock")
    try:
        path = os.path.join(desk.repository.common_dir, "slavefree.lock")
    except DamagedError as error:
        raise OutsideError(f"Nothing is changed: {error}.") from None
    except GitError:
        path = without_git
    said = "Another slavefree command has been at work for ten seconds; nothing is changed. Try again when it is done."
    try:
        with held(path, seconds, said):
            if path != without_git:
                # Left from before the register was put under git, where it would show as untracked for ever.
                with suppress(OSError):
                    os.unlink(without_git)
            yield
    except PermissionError as error:
        raise SlavefreeError(f"{path} cannot be written: {files.reason(error)}; nothing is changed.") from None
