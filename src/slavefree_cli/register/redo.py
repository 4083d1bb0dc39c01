"""What carries a change through a crash.

When all the new content is on disk under temporary names, a list of what takes the place of what is written; only then
is the first file replaced. A command that finds a list finishes what is on it: a change is all there or not at all.

The list is kept among git's own files, where nothing that arrives by git can put one; a mark in the register tells that
it is there, so that a command which finds no mark need not ask git. Without git the list is the mark itself.
"""

import hashlib
import json
import os
from collections.abc import Sequence
from contextlib import suppress

from slavefree_cli.git import discovery
from slavefree_cli.git.process import GitError
from slavefree_cli.register import files
from slavefree_cli.register.layout import REDO

_MARK = b"A slavefree command is at work here, or was broken off; the next one finishes it.\n"


def write(root: str, staged: Sequence[files.Staged], message: str, command: str) -> None:
    """List what a change replaces, before the first of its files is replaced.

    Args:
        root: The register.
        staged: The files of the register that change, their new content on disk.
        message: What the commit will say.
        command: The command.
    """
    entries = [
        [os.path.relpath(each.path, root), each.temporary and os.path.basename(each.temporary)] for each in staged
    ]
    _write(root, {"message": message, "command": command, "files": entries})


def write_move(root: str, was: str, now: str) -> None:
    """List a work tree on its way from one commit to another, before its first file is replaced."""
    _write(root, {"was": was, "now": now})


def clear(root: str) -> None:
    """Take the list away: what is on it is done."""
    for path in (os.path.join(root, REDO), book(root)):
        with suppress(FileNotFoundError):
            os.unlink(path)


def book(root: str) -> str:
    """Return the file in which a change of a register is listed."""
    try:
        repository = discovery.find(root)
    except GitError:
        return os.path.join(root, REDO)
    place = os.path.relpath(root, repository.top).replace(os.sep, "/")
    name = hashlib.sha256(place.encode("utf-8", "surrogateescape")).hexdigest()[:8]
    return os.path.join(repository.git_dir, f"slavefree-redo-{name}.json")


def _write(root: str, listed: object) -> None:
    content = json.dumps(listed).encode()
    mark, path = os.path.join(root, REDO), book(root)
    files.write_all([files.Write(path, content)])
    if path != mark:
        files.write_all([files.Write(mark, _MARK)])
