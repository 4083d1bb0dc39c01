"""Text that is no record, such as minutes, merged line by line as git does it."""

import os
import re
import tempfile

from slavefree_cli.register import git
from slavefree_cli.register.merge.conflict import Conflict, Merged, Side, taken

_MARKER = 61
"""How long the lines are that mark a conflict: longer than any that people type."""


def merged_prose(
    path: str, base: bytes | None, ours: bytes | None, theirs: bytes | None, take: Side | None = None
) -> Merged:
    """Return what two changed versions of a text come to; what is no text is one version or the other.

    Args:
        path: The file, for the conflicts.
        base: What both come from; None where it was not there, as with the next two.
        ours: One version.
        theirs: The other.
        take: Whose lines stand where both changed them.

    Raises:
        GitError: There is no git program.
    """
    if ours == theirs or base == theirs:
        return Merged(ours, [])
    if base == ours:
        return Merged(theirs, [])
    if ours is None or theirs is None or not _is_text(base or b"") or not _is_text(ours) or not _is_text(theirs):
        words = [None if side is None else f"{len(side)} bytes" for side in (base, ours, theirs)]
        return Merged(taken(take, ours, theirs), [Conflict(path, "", *words)])
    marked = _merge_file(base or b"", ours, theirs, None)
    conflicts = [Conflict(path, *each) for each in _conflicts(marked.decode())]
    return Merged(_merge_file(base or b"", ours, theirs, take or "ours") if conflicts else marked, conflicts)


def _merge_file(base: bytes, ours: bytes, theirs: bytes, take: Side | None) -> bytes:
    with tempfile.TemporaryDirectory(prefix="slavefree-") as folder:
        for name, content in (("ours", ours), ("base", base), ("theirs", theirs)):
            with open(os.path.join(folder, name), "wb") as file:
                file.write(content)
        how = [f"--{take}"] if take else ["--diff3", f"--marker-size={_MARKER}"]
        return git.merge_file(folder, [*how, "ours", "base", "theirs"])


def _conflicts(marked: str) -> list[tuple[str, str, str, str]]:
    """Return the line in our version at which each conflict begins, and the three texts."""
    pattern = re.compile(
        rf"^<{{{_MARKER}}} ours\n(.*?)^\|{{{_MARKER}}} base\n(.*?)^={{{_MARKER}}}\n(.*?)^>{{{_MARKER}}} theirs\n",
        re.MULTILINE | re.DOTALL,
    )
    found = []
    line, at = 1, 0
    for each in pattern.finditer(marked.replace("\r\n", "\n")):
        line += each.string.count("\n", at, each.start())
        ours, base, theirs = each.groups()
        found.append((f"line {line}", base.rstrip("\n"), ours.rstrip("\n"), theirs.rstrip("\n")))
        line += ours.count("\n")
        at = each.end()
    return found


def _is_text(content: bytes) -> bool:
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return b"\0" not in content
