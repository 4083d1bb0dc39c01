"""Files: read with care, and written whole or not at all."""

import os
import re
import stat
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from slavefree_cli.errors import SlavefreeError

MOST_BYTES = 5_000_000
TEMPORARY = ".slavefree-"
"""What the name of a file that is being written begins with."""


_TEMPORARY = re.compile(re.escape(TEMPORARY) + r"[0-9a-f]{12}")


class UnreadableError(ValueError):
    """A file cannot be used; the message says why, without its name."""


class Write(NamedTuple):
    """A file to be written, or with no content to be removed; the path is absolute."""

    path: str
    content: bytes | None


def read(root: str, path: str, *, linked: bool = False) -> bytes:
    """Return the content of a file of the register.

    Raises:
        FileNotFoundError: It is not there.
        UnreadableError: It is not an ordinary file inside the register, is too large, or may not be read.
    """
    full = os.path.join(root, path)
    if linked and not inside(root, full):
        raise UnreadableError("is a link that leaves the register")
    try:
        descriptor = os.open(full, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with open(descriptor, "rb", buffering=0) as file:
            info = os.fstat(descriptor)
            if not stat.S_ISREG(info.st_mode):
                raise UnreadableError("is not an ordinary file")
            if info.st_size > MOST_BYTES:
                raise UnreadableError(f"is larger than {MOST_BYTES // 1_000_000} MB, too large for a record")
            return file.read()
    except FileNotFoundError:
        raise
    except OSError as error:
        raise UnreadableError(f"cannot be read: {reason(error)}") from None


def inside(root: str, full: str) -> bool:
    """Tell whether a path, links followed, stays within the register."""
    real = os.path.realpath(full)
    return real == root or real.startswith(root + os.sep)


def is_temporary(name: str) -> bool:
    """Tell whether a file of this name was left by a command that was broken off while it wrote."""
    return _TEMPORARY.fullmatch(name) is not None


def write_all(writes: Sequence[Write]) -> None:
    """Write files so that each is the old one or the new one, never half of it.

    All the new content is on disk before the first file is replaced, so that a full disk changes nothing. Modes and
    links are kept.

    Raises:
        SlavefreeError: A folder cannot be written, or the disk is full; every file is as it was.
    """
    staged: list[tuple[str, str]] = []
    made: list[str] = []
    now = ""
    try:
        for path, content in writes:
            now = os.path.realpath(path)
            if content is not None:
                made += _make_folders(os.path.dirname(now))
                staged.append((_stage(now, content), now))
        for temporary, now in staged:
            os.replace(temporary, now)
        for path, content in writes:
            if content is None:
                now = path
                os.unlink(path)
    except OSError as error:
        _clear(staged, made)
        raise SlavefreeError(f"{now} cannot be written: {reason(error)}; nothing is changed.") from None
    except BaseException:
        _clear(staged, made)
        raise
    for folder in {os.path.dirname(os.path.realpath(path)) for path, _ in writes}:
        _sync(folder)


def reason(error: OSError) -> str:
    """Return why the system refused, in lower case: ``no space left on device``."""
    said = error.strerror or str(error)
    return said[:1].lower() + said[1:]


def _stage(path: str, content: bytes) -> str:
    import secrets

    temporary = os.path.join(os.path.dirname(path), f"{TEMPORARY}{secrets.token_hex(6)}")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
    try:
        with open(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(descriptor)
        if os.path.exists(path):
            os.chmod(temporary, stat.S_IMODE(os.stat(path).st_mode))
    except BaseException:
        os.unlink(temporary)
        raise
    return temporary


def _make_folders(folder: str) -> list[str]:
    missing = []
    while not os.path.isdir(folder):
        missing.append(folder)
        folder = os.path.dirname(folder)
    for each in reversed(missing):
        os.mkdir(each)
    return missing


def _clear(staged: Iterable[tuple[str, str]], folders: Iterable[str]) -> None:
    for temporary, _ in staged:
        try:
            os.unlink(temporary)
        except OSError:
            continue
    for folder in folders:
        try:
            os.rmdir(folder)
        except OSError:
            continue


def _sync(folder: str) -> None:
    """Put the names in a folder on disk, where the system lets a folder be opened."""
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(descriptor)
    except OSError:
        return
    finally:
        os.close(descriptor)
