"""Text that is no record, such as minutes, merged line by line as git does it."""

import os
import re
import tempfile

from slavefree_cli.git import process
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
    marked = _merge_file(base or b"", ours, theirs)
    text, conflicts = _settled(marked.decode(), take)
    return Merged(text.encode(), [Conflict(path, *each) for each in conflicts])


def _merge_file(base: bytes, ours: bytes, theirs: bytes) -> bytes:
    with tempfile.TemporaryDirectory(prefix="slavefree-") as folder:
        for name, content in (("ours", ours), ("base", base), ("theirs", theirs)):
            with open(os.path.join(folder, name), "wb") as file:
                file.write(content)
        # The exit code is the number of conflicts, 127 at most. No repository above the folder is looked for.
        arguments = ["merge-file", "--stdout", "--diff3", f"--marker-size={_MARKER}", "ours", "base", "theirs"]
        alone = {"GIT_CEILING_DIRECTORIES": os.path.dirname(folder)}
        return process.output(folder, *arguments, environment=alone, fails=127)


_CONFLICT = re.compile(
    rf"^<{{{_MARKER}}} ours\r?\n(.*?)"
    rf"^\|{{{_MARKER}}} base\r?\n(.*?)"
    rf"^={{{_MARKER}}}\r?\n(.*?)"
    rf"^>{{{_MARKER}}} theirs\r?\n",
    re.MULTILINE | re.DOTALL,
)


def _settled(marked: str, take: Side | None) -> tuple[str, list[tuple[str, str, str, str]]]:
    """Return a text with one side's lines for each that is marked, and what both sides changed.

    Lines that hold all that the other side wrote settle it by themselves: somebody has put the two together. The line
    of a conflict is counted in what comes out.
    """
    found = []
    text, at = "", 0
    for each in _CONFLICT.finditer(marked):
        text += marked[at : each.start()]
        at = each.end()
        ours, base, theirs = each.groups()
        if _holds(ours, theirs):
            text += ours
        elif _holds(theirs, ours):
            text += theirs
        else:
            found.append((f"line {text.count(chr(10)) + 1}", base.rstrip(), ours.rstrip(), theirs.rstrip()))
            text += taken(take, ours, theirs)
    return text + marked[at:], found


def _holds(text: str, other: str) -> bool:
    """Tell whether a text has each line of another in it, in order; one that is empty was taken out, not put in."""
    lines = [line.strip() for line in other.splitlines() if line.strip()]
    at = 0
    for line in lines:
        found = text.find(line, at)
        if found < 0:
            return False
        at = found + len(line)
    return bool(lines)


def _is_text(content: bytes) -> bool:
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return b"\0" not in content
