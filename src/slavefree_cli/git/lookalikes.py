"""Folders that are no repository and that git would take for one, whose configuration it would then obey."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from typing import Final

_BESIDE: Final = frozenset({"objects", "refs", "commondir"})
"""What git looks for beside ``HEAD`` (gitrepository-layout); each can come by itself, and the rest later."""


def is_lookalike(names: Iterable[str]) -> bool:
    """Tell whether a folder with these entries is one, on a system that does not tell letters of another case apart."""
    found = set(map(_folded, names))
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


def _folded(name: str) -> str:
    """Return a name without what some systems leave out of it: ends of blanks and full stops, what cannot be seen."""
    seen = "".join(character for character in name if unicodedata.category(character) != "Cf")
    return unicodedata.normalize("NFC", seen).casefold().rstrip(" .")
