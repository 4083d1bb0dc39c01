"""What programs that keep folders alike leave where they met two versions of a file: a copy with a name of its own."""

import os
import re
from typing import Final

_ADDED: Final = re.compile(
    r"""
    \ ?\(.*\)(?:\ \d+)?                  # Dropbox, Nextcloud, Box, pCloud, Seafile; "(1)" of Google Drive and browsers
    | (?i:[ ._-](?:.*[ ._-])?conf(?:lict.*|\(\d+\)))  # Syncthing, ownCloud, Synology, Resilio; "_conf(1)" of Google
    | \ \d+                              # iCloud
    | (?i:\ (?:-\ )?copy(?:\ \(?\d+\)?)?)  # the Finder, and the Explorer of Windows
    | [-_](?=.*[A-Z])[A-Za-z0-9_-]+      # OneDrive: the name of a computer; git mergetool: _LOCAL_123
    """,
    re.VERBOSE,
)
"""What such a program adds to the name, before its ending."""


def said(root: str, path: str) -> str | None:
    """Return what people are told of a file that is by its name a copy of one beside it, or lies in one of a folder.

    Args:
        root: The register.
        path: The file, relative to it, with ``/`` between folders.

    Returns:
        The rest of a sentence that begins with the file; None where it is no copy of what is there.
    """
    folder, parts = "", path.split("/")
    for part in parts:
        for original in _originals(part):
            if os.path.lexists(os.path.join(root, folder, original)):
                copy = f"a copy of {folder}{original}" if part is parts[-1] else f"in a copy of {folder}{original}/"
                return (
                    f"is {copy} that a sync program left where it met two versions; take over what is right in it, and "
                    "remove it."
                )
        folder += f"{part}/"
    return None


def _originals(name: str) -> list[str]:
    """Return what a file or folder may be a copy of by its name, the longest first."""
    stem, ending = os.path.splitext(name)
    if not ending.isascii() or " " in ending or ")" in ending:
        # No ending, but a full stop in what was added to the name of a folder.
        stem, ending = name, ""
    return [stem[:at] + ending for at in range(len(stem) - 1, 0, -1) if _ADDED.fullmatch(stem, at)]
