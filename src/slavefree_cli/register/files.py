"""Files: read with care, and written whole or not at all."""

import os
import re
import stat
from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import suppress
from typing import NamedTuple

from slavefree_cli.errors import InvalidError, SlavefreeError
from slavefree_cli.model.kinds import RESTRICTED

MOST_BYTES = 5_000_000
"""The most that a record may have."""
ANY_SIZE = 2**63
TEMPORARY = ".slavefree-"
"""What the name of a file that is being written begins with."""


_RESTRICTED = RESTRICTED.rstrip("/")
_TEMPORARY = re.compile(re.escape(TEMPORARY) + r"[0-9a-f]{12}")


class UnreadableError(ValueError):
    """A file cannot be used; the message says why, without its name."""


class NotTextError(UnreadableError):
    """A file is not UTF-8 text; carries the first line that is not."""

    def __init__(self, error: UnicodeDecodeError) -> None:
        super().__init__("is not UTF-8 text")
        self.line = error.object[: error.start].count(b"\n") + 1
        self.sentence = f"{self}; save it again as UTF-8."


class HalfWrittenError(SlavefreeError):
    """Some files are replaced and others not, and what was replaced could not be put back."""


class Write(NamedTuple):
    """A file to be written, or with no content to be removed; the path is absolute."""

    path: str
    content: bytes | None
    within: str | None
    """The folder that it must not leave by a link; None where somebody named the file."""
    executable: bool = False
    """Whether a new file is a program."""


class Staged(NamedTuple):
    """A file about to be replaced, with its new content on disk, or about to be removed; the paths are absolute."""

    path: str
    temporary: str | None


def read(root: str, path: str, *, linked: bool = False, most: int = MOST_BYTES) -> bytes:
    """Return the content of a file of the register.

    Raises:
        FileNotFoundError: It is not there.
        UnreadableError: It is not an ordinary file inside the register, is too large, or may not be read.
    """
    full = os.path.join(root, path)
    if linked and not inside(root, full):
        raise UnreadableError("is a link that leaves the register, or its tree of what is open or restricted")
    try:
        with open(full, "rb", buffering=0, opener=_open_at_once) as file:
            info = os.fstat(file.fileno())
            if not stat.S_ISREG(info.st_mode):
                raise UnreadableError("is not an ordinary file")
            if info.st_size > most:
                raise UnreadableError(f"is larger than {most // 1_000_000} MB, too large for a record")
            return file.read()
    except FileNotFoundError:
        raise
    except OSError as error:
        raise UnreadableError(f"cannot be read: {reason(error)}") from None


def is_emptied(content: bytes) -> bool:
    """Tell whether a file holds what a power cut or a program that keeps folders alike leaves: no bytes, or zeros."""
    return not content.strip(b"\0")


def text_of(content: bytes) -> str:
    """Return the text that a file holds, with its byte-order mark.

    Raises:
        NotTextError: It is no text.
    """
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        raise NotTextError(error) from None


def _open_at_once(path: str, flags: int) -> int:
    """Open a file without waiting for one who writes into it, as a pipe does."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def inside(root: str, full: str) -> bool:
    """Tell whether a path, links followed, stays within a folder, out of what is git's own in it, and in its tree.

    What is restricted would else be read as open by a link that somebody put among what is open, and written there by
    one the other way.
    """
    from slavefree_cli.git.lookalikes import folded, is_gits_own

    real, top = os.path.realpath(full), os.path.realpath(root)
    within = os.path.relpath(real, top).split(os.sep) if real.startswith(top.rstrip(os.sep) + os.sep) else [os.pardir]
    asked = os.path.relpath(full, root).split(os.sep)
    hidden, wanted = (_RESTRICTED in map(folded, parts) for parts in (within, asked))
    return real == top or not (os.pardir in within or hidden != wanted or any(map(is_gits_own, within)))


def straight(root: str, path: str) -> str:
    """Return the absolute path of a file that this program alone writes, to which no link leads.

    Args:
        root: The register.
        path: The file, relative to it.

    Raises:
        InvalidError: A link does, which came with the register, since nobody else has a use for one there.
    """
    full = os.path.join(root, path)
    if os.path.realpath(full) != os.path.join(os.path.realpath(root), *path.split("/")):
        raise InvalidError(f"{path} is a link or lies behind one; nothing is written there. Take the link away.")
    return full


def names(root: str, paths: Iterable[str]) -> str:
    """Return files as people are told of them: by their paths from a folder, in order."""
    return ", ".join(sorted(os.path.relpath(path, root) for path in paths))


def is_temporary(name: str) -> bool:
    """Tell whether a file of this name was left by a command that was broken off while it wrote."""
    return _TEMPORARY.fullmatch(name) is not None


def write_all(writes: Sequence[Write], ready: Callable[[Sequence[Staged]], None] = lambda _: None) -> None:
    """Write files so that each is the old one or the new one, never half of it.

    All the new content is on disk before the first file is replaced, so that a full disk changes nothing. Modes and
    links are kept.

    Args:
        writes: The files.
        ready: Is told of them when their content is on disk and none is replaced yet.

    Raises:
        SlavefreeError: A folder cannot be written, or the disk is full; every file is as it was.
        HalfWrittenError: That was found when files were replaced already, and they could not be put back.
    """
    staged: list[Staged] = []
    before: list[tuple[str, bytes | None]] = []
    made: list[str] = []
    now, replacing = "", False
    try:
        for path, content, within, executable in writes:
            now = os.path.realpath(path)
            if within is not None and not inside(within, path):
                raise InvalidError(
                    f"{os.path.relpath(path, within)} leads out of the register or its tree; nothing is written there."
                )
            if content is not None:
                made += _make_folders(os.path.dirname(now))
                staged.append(Staged(now, _stage(now, content, executable=executable)))
        staged += [Staged(path, None) for path, content, *_ in writes if content is None]
        ready(staged)
        replacing = True
        for now, temporary in staged:
            before.append((now, _held(now)))
            if temporary is not None:
                os.replace(temporary, now)
            else:
                with suppress(FileNotFoundError):
                    os.unlink(now)
    except OSError as error:
        _put_back(before, now, error)
        _clear(staged, made)
        raise SlavefreeError(f"{now} cannot be written: {reason(error)}; nothing is changed.") from None
    except BaseException:
        if not replacing:
            _clear(staged, made)
        raise
    for folder in {os.path.dirname(os.path.realpath(path)) for path, *_ in writes}:
        _sync(folder)


def clear_left_over(root: str, leave_out: Collection[str]) -> None:
    """Take away what commands that were broken off left; within the lock, when no other command is writing.

    Args:
        root: The register.
        leave_out: The names of folders that are not looked into.
    """
    for folder, inner, names in os.walk(root):
        inner[:] = [name for name in inner if name not in leave_out]
        for name in filter(is_temporary, names):
            with suppress(OSError):
                os.unlink(os.path.join(folder, name))


def reason(error: OSError) -> str:
    """Return why the system refused, in lower case: ``no space left on device``."""
    said = error.strerror or str(error)
    return said[:1].lower() + said[1:]


def _stage(path: str, content: bytes, *, executable: bool) -> str:
    import secrets

    temporary = os.path.join(os.path.dirname(path), f"{TEMPORARY}{secrets.token_hex(6)}")
    mode = 0o777 if executable else 0o666
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), mode)
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


def _held(path: str) -> bytes | None:
    try:
        with open(path, "rb") as file:
            return file.read()
    except (FileNotFoundError, IsADirectoryError):
        return None


def _put_back(before: Sequence[tuple[str, bytes | None]], at: str, why: OSError) -> None:
    try:
        for path, content in reversed(before):
            if content is not None and _held(path) != content:
                os.replace(_stage(path, content, executable=False), path)
            elif content is None and os.path.isfile(path):
                os.unlink(path)
    except OSError:
        raise HalfWrittenError(
            f"{at} cannot be written: {reason(why)}; a part of the change is written, and the next command that can "
            "write there finishes it."
        ) from None


def _make_folders(folder: str) -> list[str]:
    missing = []
    while not os.path.isdir(folder):
        missing.append(folder)
        folder = os.path.dirname(folder)
    for each in reversed(missing):
        os.mkdir(each)
    return missing


def _clear(staged: Iterable[Staged], folders: Iterable[str]) -> None:
    for temporary in (each.temporary for each in staged if each.temporary):
        with suppress(OSError):
            os.unlink(temporary)
    for folder in folders:
        with suppress(OSError):
            os.rmdir(folder)


def _sync(folder: str) -> None:
    """Put the names in a folder on disk, where the system lets a folder be opened."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
