"""The references in minutes: their order, and those that went astray, copied to another line or lost from one."""

import re
from collections.abc import Collection, Iterable, Mapping
from difflib import SequenceMatcher
from typing import Final

from slavefree_cli.model.names import key, typed_code

_REFERENCE: Final = re.compile(r"\[([0-9A-Za-z]{5})\\?\]")
"""With the backslash that some formatters put before a bracket, or without."""
CODE: Final = re.compile(r"(?<![0-9A-Za-z])[0-9A-Za-z]{5}(?![0-9A-Za-z])")
"""What could be the code of a record."""
_ALIKE: Final = 0.9
_SHORTEST: Final = 12
"""How long both are at least, for one to be the other with a word changed."""


def standing(text: str, leave_out: Collection[int]) -> list[str]:
    """Return the references that stand in minutes, in their order.

    Args:
        text: The minutes.
        leave_out: The indices of lines that do not count: those that the program owns.
    """
    lines = (line for index, line in enumerate(text.split("\n")) if index not in leave_out and "[" in line)
    return [typed_code(code) for line in lines for code in _REFERENCE.findall(line)]


def codes_in(text: str) -> list[str]:
    """Return what in a text could be the code of a record."""
    return [typed_code(each) for each in CODE.findall(text)]


def copied(lines: Iterable[tuple[int, str, str | None]], recorded: Mapping[str, str]) -> dict[int, int]:
    """Return the lines to which a reference was copied, each with the line that it is of.

    It is of the line that says what the record says, or else of the first.

    Args:
        lines: The number of each line that has a reference, the code, and what it says where that is understood.
        recorded: What the records say, by code.
    """
    by_code: dict[str, list[tuple[int, str | None]]] = {}
    for line, code, says in lines:
        by_code.setdefault(code, []).append((line, says))
    found: dict[int, int] = {}
    for code, places in by_code.items():
        wanted = key(recorded.get(code, ""))
        own = next((line for line, says in places if says is not None and key(says) == wanted), places[0][0])
        found |= {line: own for line, _ in places if line != own}
    return found


def lost(says: str, recorded: Mapping[str, str], lines: Mapping[str, Collection[str | None]]) -> str | None:
    """Return the code of the record that a line without a reference seems to be, which has lost its own.

    A record that says the same is it, unless its reference stands at a line that says so; one that says nearly the
    same, where its reference stands nowhere.

    Args:
        says: What the line says.
        recorded: What the records of the meeting say, by code.
        lines: What the lines say that have a reference, by the code.
    """
    wanted = key(says)
    for code, text in recorded.items():
        other, there = key(text), lines.get(code, ())
        if other == wanted and not any(each is not None and key(each) == other for each in there):
            return code
        if there:
            continue
        if _near(wanted, other):
            return code
    return None


def alike(says: str, titles: Mapping[str, str]) -> str | None:
    """Return the code of the first record that says the same as a line, or nearly; None where none does."""
    wanted = key(says).rstrip(".")
    named = ((code, key(title).rstrip(".")) for code, title in titles.items())
    return next((code for code, title in named if title == wanted or _near(wanted, title)), None)


def tells_apart(says: str) -> bool:
    """Tell whether a text is long enough for two that say the same to be one."""
    return len(key(says)) > _SHORTEST


def _near(one: str, other: str) -> bool:
    """Tell whether one of two texts is the other with a word changed, and has the same numbers."""
    pair = SequenceMatcher(None, one, other)
    near = min(len(other), len(one)) > _SHORTEST and pair.quick_ratio() >= _ALIKE and pair.ratio() >= _ALIKE
    return near and re.findall(r"\d+", other) == re.findall(r"\d+", one)
