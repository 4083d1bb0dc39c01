"""What a file of rows and columns holds, before it is known what its columns mean."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

Cells = Sequence[str]


class Row(NamedTuple):
    """One row."""

    line: int
    """Where it begins in the file, from 1."""
    cells: Cells
    merged: Mapping[int, str] = {}
    """What a cell that is merged with those above says for this row, by the index of the column."""
    faults: Mapping[int, str] = {}
    """What is wrong with a cell, by the index of the column."""

    @property
    def is_blank(self) -> bool:
        """Whether nothing stands in it but, perhaps, what is merged with cells above."""
        return not (any(self.cells) or self.faults)


class Table(NamedTuple):
    """The rows of a file, blank ones too."""

    rows: Sequence[Row]
    noun: str
    """What a row of it is called: a line of a text, a row of a workbook."""
    notes: tuple[str, ...] = ()
    """What is to be told of how it was read."""


class Note(NamedTuple):
    """What is said of a row, or of the file."""

    line: int | None
    says: str


def letter(column: int) -> str:
    """Return what a spreadsheet calls a column by its index from 0: ``A``, ``Z``, ``AA``."""
    found = ""
    column += 1
    while column:
        column, at = divmod(column - 1, 26)
        found = chr(ord("A") + at) + found
    return found


def numbers(lines: Iterable[int]) -> str:
    """Return numbers of lines as they are typed for an option: ``3,5-9``."""
    runs: list[list[int]] = []
    for line in sorted(set(lines)):
        if runs and line == runs[-1][-1] + 1:
            runs[-1][1:] = [line]
        else:
            runs.append([line])
    return ",".join("-".join(map(str, run)) for run in runs)
