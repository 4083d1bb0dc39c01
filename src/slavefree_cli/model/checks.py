"""What may be wrong in a register: each check one entry, with its code, how it is found, explained and mended.

An entry of a table is made of the function that finds it, so that nothing is found that has no code, and no code is
without an explanation::

    @RULES.error("slug", "The key of an item is its id, and this one cannot be …")
    def _slug(trees: Trees) -> Iterator[Broken]:
        ...
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final, Generic, Literal, NamedTuple, TypeVar

Severity = Literal["error", "note"]
GivenT = TypeVar("GivenT")
FoundT = TypeVar("FoundT")
Finder = Callable[[GivenT], Iterator[FoundT]]
Mender = Callable[[GivenT], Iterable[tuple[str, bytes | None]]]
"""Gives each file that has one safe answer, and what it shall hold; None where it is to be gone."""


def _nothing(_: object) -> Iterator[Any]:
    return iter(())


class Check(NamedTuple, Generic[GivenT, FoundT]):
    """One thing that may be wrong."""

    code: str
    """What programs know it by; it never changes."""
    severity: Severity
    """Whether the register is then not valid."""
    explanation: str
    """Why it matters, and what to do about it."""
    found: Finder[GivenT, FoundT] = _nothing
    """Looks for it; finds nothing where it is found as files are read."""
    mended: Mender[GivenT] = _nothing


Entering = Callable[[Finder[GivenT, FoundT]], Check[GivenT, FoundT]]


class Checks(Generic[GivenT, FoundT]):
    """A table of checks that look through one thing, in the order in which they do."""

    def __init__(self) -> None:
        self.entries: Final[list[Check[GivenT, FoundT]]] = []

    def sought(self, severity: Severity | None = None) -> list[Check[GivenT, FoundT]]:
        """Return the checks, or those of one severity."""
        return [each for each in self.entries if severity in {None, each.severity}]

    def error(self, code: str, explanation: str) -> Entering[GivenT, FoundT]:
        """Enter what the function below finds, which makes a register not valid."""
        return lambda found: self._entered(Check(code, "error", explanation, found))

    def note(self, code: str, explanation: str, mended: Mender[GivenT] = _nothing) -> Entering[GivenT, FoundT]:
        """Enter what the function below finds, which is worth a look, and what mends it."""
        return lambda found: self._entered(Check(code, "note", explanation, found, mended))

    def _entered(self, check: Check[GivenT, FoundT]) -> Check[GivenT, FoundT]:
        self.entries.append(check)
        return check


AnyCheck = Check[Any, Any]


def _of_a_file(code: str, explanation: str) -> AnyCheck:
    return Check(code, "error", explanation)


CONFLICT: Final = _of_a_file(
    "conflict",
    "Git left its marks in the file where two versions met. Keep the lines that are right, take out the marks, and "
    "commit; sync merges records without leaving any.",
)
DUPLICATE_ID: Final = _of_a_file(
    "duplicate-id", "Two files are one and the same record by their names. Rename one of them."
)
EMPTIED: Final = _of_a_file(
    "emptied",
    "A file of no bytes, or of zeros alone, is what a power cut or a program that keeps folders alike leaves of one. "
    "What was in it is in the history: git checkout -- FILE brings it back. Where nothing is missed, remove the file.",
)
FILE_NAME: Final = _of_a_file(
    "file-name",
    "The name of the file is the id of the record, and this one works as none, so that the file is no record. Where a "
    "sync program made it of two versions, take over what is right in it and remove it; otherwise rename it, and what "
    "refers to it.",
)
NOT_TOML: Final = _of_a_file(
    "not-toml", "The file is not TOML, so nothing in it can be read. Mend the line that is named."
)
NOT_UTF_8: Final = _of_a_file("not-utf-8", "Files of the register are UTF-8 text, which every editor can write.")
NOT_VALID: Final = _of_a_file(
    "not-valid", "A key is missing, has a value of the wrong kind, or one that the record does not allow."
)
UNREADABLE: Final = _of_a_file(
    "unreadable", "The file cannot be read: too large, no ordinary file, a link that leads away, or not allowed."
)
OF_A_FILE: Final = (CONFLICT, DUPLICATE_ID, EMPTIED, FILE_NAME, NOT_TOML, NOT_UTF_8, NOT_VALID, UNREADABLE)
"""What is found when a file is read."""
