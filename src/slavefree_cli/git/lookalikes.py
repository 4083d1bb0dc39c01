"""Names in which git, or the system below it, sees more than a name: ``.git``, and folders that look like one.

A folder that git takes for a repository has it obey its configuration, which can name programs to be run.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from typing import Final

_BESIDE: Final = frozenset({"objects", "refs", "commondir"})
"""What git looks for beside ``HEAD`` (gitrepository-layout); each can come by itself, and the rest later."""


def is_lookalike(names: Iterable[str]) -> bool:
    """Tell whether a folder with these entries is one, on a system that does not tell letters of another case apart."""
    found = set(map(folded, names))
    return "head" in found and not found.isdisjoint(_BESIDE)


def lookalikes(paths: Iterable[str]) -> list[str]:
    """Return the folders that are one, of a tree of files named by their paths with ``/``; the top is ``""``."""
    entries: defaultdict[str, set[str]] = defaultdict(set)
    for path in paths:
        rest = path
        while rest:
            folder, _, name = rest.rpartition("/")
            entries[folder].add(name)
            rest = folder
    return sorted(folder for folder, names in entries.items() if is_lookalike(names))


def is_gits_own(name: str) -> bool:
    """Tell whether some system takes the name of a file for ``.git``.

    By another case, by what Windows leaves out at the end and takes for a stream or a short name, by what macOS leaves
    out (as git refuses them: ``core.protectNTFS`` and ``core.protectHFS`` in git-config).
    """
    return re.fullmatch(r"\.git|git~\d+", folded(name.partition(":")[0])) is not None


def folded(name: str) -> str:
    """Return a name without what some systems leave out of it: ends of blanks and full stops, what cannot be seen."""
    seen = "".join(character for character in name if unicodedata.category(character) != "Cf")
    return unicodedata.normalize("NFC", seen).casefold().rstrip(" .")
