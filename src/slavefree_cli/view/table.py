"""Draws on a terminal: tables whose columns find room, and records below one another, no word broken.

Whatever text comes here must be one that can do nothing to a terminal (``screen.safe``).
"""

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from rich.cells import cell_len
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from slavefree_cli.view import layout

_INDENT: Final = 2


class Head(NamedTuple):
    """What stands above a column, and how it gives way."""

    heading: str
    spare: int
    """Which is left out first where there is no room, from 1; 0 where it never is."""
    whole: bool
    """Whether its values are not broken over lines at blanks either."""
    told: bool
    """Whether it is said that it was left out."""
    below: bool = False
    """Whether what it says stands below its row where it was left out."""


class Line(NamedTuple):
    """A line of a record: a label and what it says, or a heading, which says nothing by itself."""

    depth: int
    label: str
    text: str | None


def show(heads: Sequence[Head], rows: Sequence[Sequence[str]], title: str = "") -> None:
    """Show a table of as many columns as there is room for, or the rows one by one where that is too few.

    Args:
        heads: Its columns.
        rows: A text for each column.
        title: What stands above it, if anything does.
    """
    console = Console(highlight=False)
    if title:
        console.print(Text(title), end="\n\n")
    widths = layout.side_by_side(_extents(heads, rows), console.width)
    if widths is None:
        for row in rows:
            lines = [Line(0, head.heading, text) for head, text in zip(heads, row, strict=True) if text]
            _print(console, lines)
            console.print()
        return
    left_out = [index for index in range(len(heads)) if index not in widths]
    below = [index for index in left_out if heads[index].below]
    table = _columns(heads, widths, headed=True)
    for row in rows:
        table.add_row(*(Text(row[index]) for index in widths))
        if said := [f"{heads[index].heading}: {row[index]}" for index in below if row[index]]:
            console.print(table)
            for text in said:
                word = layout.extent([text], cell_len).word
                _print_indented(console, Text(text), layout.indentation(word, _INDENT, console.width))
            table = _columns(heads, widths, headed=False)
    if table.row_count:
        console.print(table)
    missing = [heads[index].heading for index in left_out if heads[index].told and not heads[index].below]
    if missing:
        console.print(Text(f"Left out, for want of room: {', '.join(missing)}", style="dim"))


def _columns(heads: Sequence[Head], widths: Mapping[int, int], *, headed: bool) -> Table:
    """Return a table without rows whose columns have these widths."""
    table = Table(box=None, pad_edge=False, padding=(0, layout.GAP, 0, 0), header_style="bold", show_header=headed)
    for index, width in widths.items():
        table.add_column(Text(heads[index].heading), width=width, overflow="fold")
    return table


def show_lines(lines: Sequence[Line]) -> None:
    """Show the lines of a record."""
    _print(Console(highlight=False), lines)


def _extents(heads: Sequence[Head], rows: Sequence[Sequence[str]]) -> list[layout.Extent]:
    columns = [[row[index] for row in rows] for index in range(len(heads))]
    # What is the same in every row says least, and is left out before the others that may be.
    varies = [len(rows) < 2 or len({*texts}) > 1 for texts in columns]
    spare = sorted((varies[index], head.spare, index) for index, head in enumerate(heads) if head.spare)
    ranks = {index: rank for rank, (_, _, index) in enumerate(spare, 1)}
    extents = []
    for index, (head, texts) in enumerate(zip(heads, columns, strict=True)):
        word, line, _ = layout.extent(texts, cell_len, whole=head.whole)
        heading = layout.extent([head.heading], cell_len)
        extents.append(layout.Extent(max(word, heading.word), max(line, heading.line), ranks.get(index, 0)))
    return extents


def _print(console: Console, lines: Sequence[Line]) -> None:
    """Print labels with what they say beside them, or below where it would not find room there."""
    width = console.width
    labels = [cell_len(each.label) + each.depth * _INDENT for each in lines if each.text is not None]
    column = layout.beside(labels, width)
    for depth, label, said in lines:
        word = layout.extent([said or ""], cell_len).word
        indent = depth * _INDENT
        if said is not None and indent + cell_len(label) + layout.GAP <= column and column + word <= width:
            grid = Table.grid(padding=0)
            grid.add_column(width=column)
            grid.add_column(overflow="fold")
            grid.add_row(Padding(Text(label, style="bold"), (0, 0, 0, indent)), Text(said))
            console.print(grid)
            continue
        least = layout.extent([label], cell_len).word
        _print_indented(console, Text(label, style="bold"), layout.indentation(least, indent, width))
        if said is not None:
            _print_indented(console, Text(said), layout.indentation(word, indent + _INDENT, width))


def _print_indented(console: Console, text: Text, by: int) -> None:
    text.overflow = "fold"
    console.print(Padding(text, (0, 0, 0, by), expand=False))
