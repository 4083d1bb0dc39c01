"""Which folder is the register."""

import os

from slavefree_cli.errors import NotFoundError
from slavefree_cli.register.places import MARKER


def locate(typed: str | None) -> str:
    """Return the folder of the register.

    It is the folder typed, else ``SLAVEFREE_REGISTER``, else found by walking up from the current folder and looking
    at each level for ``partnership.toml``, then ``meetings/partnership.toml``.

    Raises:
        NotFoundError: There is no register there.
    """
    named = typed or os.environ.get("SLAVEFREE_REGISTER")
    if named:
        if (found := _in(named)) is not None:
            return found
        raise NotFoundError(f"There is no register in {named}: it has no {MARKER}. Start one with: slavefree init")
    try:
        level = os.getcwd()
    except FileNotFoundError:
        raise NotFoundError("The folder that you are in is not there any more. Go to another: cd") from None
    while (found := _in(level)) is None:
        above = os.path.dirname(level)
        if above == level:
            raise NotFoundError(
                "There is no register here or in a folder above. Start one with: slavefree init --name NAME, "
                "or name one with --register DIR."
            )
        level = above
    return found


def _in(level: str) -> str | None:
    folders = (level, os.path.join(level, "meetings"))
    return next((folder for folder in folders if os.path.isfile(os.path.join(folder, MARKER))), None)
