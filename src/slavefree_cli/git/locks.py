"""The locks of git: whether whoever made one is still at work, waiting for them, and what a killed git left.

A lock does not say whose it is, and git holds it open only while it writes: behind a hook that takes long it is an
ordinary file. So those who may have made it are looked for among all processes, of which Linux tells.
"""

import os
import re
import time
from collections.abc import Collection, Iterator
from contextlib import suppress
from typing import Final, NamedTuple

SECONDS: Final = 10.0
"""How long a lock of somebody who is at work is waited for."""

_PROCESSES: Final = "/proc"
_IDLE: Final = ("fsmonitor--daemon", "credential-cache--daemon", "cat-file")
"""What of git stays for hours and holds no lock."""


class Process(NamedTuple):
    """A process that may hold a lock."""

    id: int
    name: str
    parent: int

    @property
    def waits_for_us(self) -> bool:
        """Whether it began this process, as a git does whose hook we are, and goes on when we have ended."""
        above = {each.id: each.parent for each in _running()}
        at = os.getppid()
        while at in above and at != self.id:
            at = above[at]
        return at == self.id


class HeldError(Exception):
    """A lock is not to be had; the message says which, and whose it is as far as that is known."""


def wait(locks: Collection[str], folders: Collection[str]) -> None:
    """Wait for locks that somebody holds who is at work; one that was left, or of which nobody can tell, stays.

    Args:
        locks: The files.
        folders: The repository; see ``at_work``.
    """
    ends = time.monotonic() + SECONDS
    with suppress(LookupError):
        while _there(locks) and (holder := at_work(folders, locks)) and time.monotonic() < ends:
            if holder.waits_for_us:
                return
            time.sleep(0.05)


def clear(locks: Collection[str], folders: Collection[str], since: float) -> None:
    """Take away the locks that a git left which was killed; one that is in use is waited for.

    Args:
        locks: The files.
        folders: The repository; see ``at_work``.
        since: When what was killed began, in seconds since the epoch; older locks are somebody else's.

    Raises:
        HeldError: One is in use and stays so, or the system does not tell.
    """
    ends = time.monotonic() + SECONDS
    while found := [(path, info) for path, info in _there(locks) if info.st_mtime >= since]:
        path, info = found[0]
        try:
            holder = at_work(folders, locks)
        except LookupError:
            raise HeldError(
                f"{path} is there, and it cannot be told whether a git is at work; where none is, remove it"
            ) from None
        if holder is None:
            with suppress(FileNotFoundError):
                # Not where another one has taken its place since.
                if os.path.samestat(os.stat(path), info):
                    os.unlink(path)
        elif holder.waits_for_us or time.monotonic() > ends:
            raise HeldError(f"{path} is held by {holder.name} (process {holder.id}), which is at work")
        else:
            time.sleep(0.05)


def _there(locks: Collection[str]) -> list[tuple[str, os.stat_result]]:
    found = []
    for path in locks:
        with suppress(FileNotFoundError):
            found.append((path, os.stat(path)))
    return found


def at_work(folders: Collection[str], locks: Collection[str]) -> Process | None:
    """Return a process that may hold one of the locks of a repository, or None where there is none.

    Args:
        folders: The repository: its work tree and the folders of git's own files.
        locks: The locks.

    Raises:
        LookupError: This system does not tell.
    """
    if not os.path.isdir(os.path.join(_PROCESSES, "self", "fd")):
        raise LookupError
    return next((each for each in _running() if _is_git_in(each, folders) or _holds(each, locks)), None)


def _running() -> Iterator[Process]:
    """Yield what runs besides this process; what has ended and waits to be seen off runs no more."""
    for entry in os.listdir(_PROCESSES):
        if not entry.isdecimal() or int(entry) == os.getpid():
            continue
        try:
            with open(f"{_PROCESSES}/{entry}/stat", encoding="utf-8", errors="replace") as file:
                # The name stands in brackets and may hold any, the state behind them.
                name, _, rest = file.read().partition("(")[2].rpartition(")")
        except OSError:
            continue
        if rest.split()[:1] not in (["Z"], ["X"]):
            yield Process(int(entry), name, int(rest.split()[1]))


def _is_git_in(process: Process, folders: Collection[str]) -> bool:
    """Tell whether a process is a git that works in one of these folders, or somewhere that nobody may ask."""
    if re.match(r"git(?![a-z])", process.name) is None:
        return False
    try:
        with open(f"{_PROCESSES}/{process.id}/cmdline", "rb") as file:
            words = [os.fsdecode(word) for word in file.read().split(b"\0")]
        if any(word in _IDLE for word in words):
            return False
        at = os.readlink(f"{_PROCESSES}/{process.id}/cwd")
    except (FileNotFoundError, ProcessLookupError):
        return False
    except OSError:
        return True
    named = [os.path.join(at, word.rpartition("=")[2]) for word in words if word]
    return any(_is_in(each, folder) for folder in folders for each in (at, *map(os.path.normpath, named)))


def _holds(process: Process, locks: Collection[str]) -> bool:
    """Tell whether a process has one of these files open."""
    folder = f"{_PROCESSES}/{process.id}/fd"
    try:
        for number in os.listdir(folder):
            try:
                if os.readlink(f"{folder}/{number}") in locks:
                    return True
            except OSError:
                continue
    except OSError:
        # It is gone, or another user's.
        pass
    return False


def _is_in(path: str, folder: str) -> bool:
    return path == folder or path.startswith(os.path.join(folder, ""))
