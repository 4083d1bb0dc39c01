"""Which commits the commands of this clone made, in their order: what others send is never among them.

The list lies among git's own files, where nothing that arrives with a register can put one.
"""

import os
from collections.abc import Sequence
from typing import Final

from slavefree_cli.register import files
from slavefree_cli.register.desk import Desk
from slavefree_cli.register.repositories import Part

_NAME: Final = "slavefree-own-changes"
_NONE: Final = "-"


def add(desk: Desk, parts: Sequence[Part]) -> None:
    """Note the commits that a command has just made.

    Args:
        desk: The register.
        parts: The repositories in which it made one.

    Raises:
        GitError: A commit is not to be had.
    """
    if not parts:
        return
    made = {part.is_restricted: part.repository.head() or _NONE for part in parts}
    path = os.path.join(desk.repository.git_dir, _NAME)
    try:
        with open(path, "a", encoding="ascii") as file:
            file.write(f"{made.get(False, _NONE)} {made.get(True, _NONE)}\n")
    except OSError as error:
        desk.warn(f"{path} cannot be written: {files.reason(error)}; undo then goes by who made what.")


def newest_first(desk: Desk) -> list[frozenset[str]]:
    """Return the ids of the commits of each command, those of the last first."""
    try:
        with open(os.path.join(desk.repository.git_dir, _NAME), encoding="ascii", errors="replace") as file:
            lines = file.readlines()
    except OSError:
        return []
    return [frozenset(line.split()) - {_NONE} for line in reversed(lines)]
