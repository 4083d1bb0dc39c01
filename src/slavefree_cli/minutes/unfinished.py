"""What somebody still has to write in minutes: where a sentence was begun for them, and where git left two versions."""

import re
from collections.abc import Collection
from typing import Final

_BEGUN: Final = re.compile(
    r"[\s>]*(?:[-*+]\s+|\d+[.)]\s+)?[*_]*(it was (?:also |further )?\w+ that)[*_]*\s*[.:…,_-]*\s*", re.IGNORECASE
)
"""A line of nothing but the beginning that templates give, as a list's or in bold too."""
_ENDS: Final = re.compile(r"\s*|\s*#.*|\s*<!--.*|[\s>]*[-*+]\s.*|\s*[-*_=]{3,}\s*")
"""What does not go on with the sentence of the line before."""
_MARK: Final = re.compile(r"(?:<{7}|>{7}|\|{7})(?: .*)?")


def begun(text: str, leave_out: Collection[int] = ()) -> list[int]:
    """Return the numbers of the lines in which a sentence begins that goes no further: “It was noted that”.

    Args:
        text: The minutes, with any line ends.
        leave_out: The indices of lines that nobody writes in: those that the program owns.
    """
    lines = [*text.replace("\r\n", "\n").split("\n"), ""]
    return [
        index + 1
        for index, line in enumerate(lines[:-1])
        if "that" in line.lower() and index not in leave_out and _BEGUN.fullmatch(line)
        if _ENDS.fullmatch(lines[index + 1]) or _BEGUN.fullmatch(lines[index + 1])
    ]


def marked(text: str) -> list[int]:
    """Return the numbers of the lines in which git left its marks where two versions met."""
    return [number for number, line in enumerate(text.split("\n"), 1) if _MARK.fullmatch(line.removesuffix("\r"))]
