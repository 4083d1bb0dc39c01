"""What carries a change through a crash.

When all the new content is on disk under temporary names, a list of what takes the place of what is written; only then
is the first file replaced. A command that finds a list finishes what is on it: a change is all there or not at all.

The list is kept among git's own files, or without git among the state of whoever runs this: where nothing that arrives
with a register can put one. A mark in the register tells that it is there, so that a command which finds no mark need
not ask git.
"""

import hashlib
import json
import os
from collections.abc import Sequence
from contextlib import suppress
from typing import NamedTuple

from slavefree_cli.git.process import GitError
from slavefree_cli.register import files
from slavefree_cli.register.commits import Said
from slavefree_cli.register.desk import Desk
from slavefree_cli.register.places import JOURNAL

_MARK = b"A slavefree command is at work here, or was broken off; the next one finishes it.\n"


class Move(NamedTuple):
    """A work tree on its way from one commit to another."""

    is_restricted: bool
    """Whether it is that of the restricted repository."""
    was: str
    now: str


class Listed(NamedTuple):
    """A change on its way."""

    said: Said
    files: list[tuple[str, str | None]]
    """The paths in the register, each with the name of the file that takes its place; None where it is to be gone."""


def write(desk: Desk, staged: Sequence[files.Staged], said: Said) -> None:
    """List what a change replaces, before the first of its files is replaced.

    Args:
        desk: Where the register is.
        staged: The files of the register that change, their new content on disk.
        said: What the commits will say.
    """
    entries = [
        [os.path.relpath(each.path, desk.root), each.temporary and os.path.basename(each.temporary)] for each in staged
    ]
    _write(desk, {**said._asdict(), "files": entries})


def write_moves(desk: Desk, moves: Sequence[Move]) -> None:
    """List work trees on their way from one commit to another, before the first file of them is replaced."""
    _write(desk, {"moves": moves})


def read(desk: Desk) -> Listed | list[Move]:
    """Return what is listed.

    Raises:
        OSError: There is no list, or it cannot be read.
        ValueError: It is none.
    """
    with open(book(desk), "rb") as file:
        listed = json.load(file)
    try:
        if "moves" in listed:
            return [Move(bool(hidden), str(was), str(now)) for hidden, was, now in listed["moves"]]
        if set(listed) == {"was", "now"}:
            # As versions with one repository wrote it.
            return [Move(False, str(listed["was"]), str(listed["now"]))]
        said = Said(
            str(listed["message"]),
            str(listed["command"]),
            str(listed.get("change", "")),
            tuple(map(str, listed.get("restricted", ()))),
        )
        return Listed(said, [(str(path), temporary and str(temporary)) for path, temporary in listed["files"]])
    except (KeyError, TypeError, RecursionError) as error:
        raise ValueError(str(error)) from None


def clear(desk: Desk) -> None:
    """Take the list away: what is on it is done."""
    for path in (desk.path(JOURNAL), book(desk)):
        with suppress(FileNotFoundError):
            os.unlink(path)


def book(desk: Desk) -> str:
    """Return the file in which a change of a register is listed."""
    try:
        repository = desk.repository
        place, folder = os.path.relpath(desk.root, repository.top).replace(os.sep, "/"), repository.git_dir
    except GitError:
        from platformdirs import user_state_dir

        place, folder = os.path.realpath(desk.root), user_state_dir("slavefree", appauthor=False)
    name = hashlib.sha256(place.encode("utf-8", "surrogateescape")).hexdigest()[:8]
    return os.path.join(folder, f"slavefree-redo-{name}.json")


def _write(desk: Desk, listed: object) -> None:
    mark = files.straight(desk.root, JOURNAL)
    files.write_all([files.Write(book(desk), json.dumps(listed).encode(), None)])
    files.write_all([files.Write(mark, _MARK, desk.root)])
