"""Where two sides changed the same thing, and whose word shall count."""

from typing import Literal, NamedTuple, TypeVar

Side = Literal["ours", "theirs"]
SaidT = TypeVar("SaidT")


class Conflict(NamedTuple):
    """One field of one file that both sides changed, each in its own way."""

    file: str
    """Relative to the register."""
    field: str
    """The dotted key, the lines of a text (``line 12``), or nothing where it is about the whole file."""
    base: object
    """What it was before either changed it; None where it was not there, as with the next two."""
    ours: object
    theirs: object


class Merged(NamedTuple):
    """What came of merging one file."""

    content: bytes | None
    """What the file shall hold; None where it shall be gone."""
    conflicts: list[Conflict]
    """What stands in the way; settled already in the content where one side's word was to count."""


def taken(side: Side | None, ours: SaidT, theirs: SaidT) -> SaidT:
    """Return what the side says whose word counts; ours where none was named."""
    return theirs if side == "theirs" else ours
