"""A text with commas, semicolons or tabs between its cells."""

import re
from collections.abc import Mapping
from typing import Final

from slavefree_cli.errors import InvalidError
from slavefree_cli.work.records.spreadsheet import headings
from slavefree_cli.work.records.spreadsheet.cells import tidied
from slavefree_cli.work.records.spreadsheet.table import Row, Table
from slavefree_cli.work.records.spreadsheet.text import Text

_SAID: Final = re.compile(r'"?sep=(.)"?[,;\t ]*(?:\r\n|\r|\n|\Z)', re.IGNORECASE)
"""The first line by which Excel is told what stands between the cells."""
_BETWEEN: Final = (",", ";", "\t", "|")


def table(text: Text, named: Mapping[str, str], name: str) -> Table:
    """Return the rows of a text: with what it says stands between the cells, or else what makes most headings.

    Args:
        text: The text.
        named: What columns mean; see ``headings.columns``.
        name: What the file is called, for messages.

    Raises:
        InvalidError: It is not CSV; the message names the line.
    """
    notes = (text.note,) if text.note else ()
    content = text.content.removeprefix("\ufeff")
    if said := _SAID.match(content):
        return Table(_rows(content[said.end() :], said[1], name, 2), "line", notes)
    refused: InvalidError | None = None
    found: list[tuple[tuple[bool, int, int], list[Row]]] = []
    for between in _BETWEEN:
        if between != "," and between not in content:
            continue
        try:
            rows = _rows(content, between, name, 1)
        except InvalidError as error:
            refused = refused or error
            continue
        cells = max((len(row.cells) for row in rows[: headings.LOOKED_AT]), default=0)
        found.append(((headings.at(rows, named) is not None, headings.score(rows, named), cells), rows))
    if not found:
        raise refused or InvalidError(f"{name} is not CSV.")
    rated, rows = max(found, key=lambda each: each[0])
    if refused and not rated[0]:
        raise refused
    return Table(rows, "line", notes)


def _rows(content: str, between: str, name: str, first: int) -> list[Row]:
    """Return rows with the lines on which they begin; one may go over several."""
    import csv
    from io import StringIO

    found, start = [], first
    # Strict, so that a quotation mark that is not closed does not swallow the rest.
    reader = csv.reader(StringIO(content, newline=""), delimiter=between, strict=True)
    try:
        for cells in reader:
            found.append(Row(start, tuple(map(tidied, cells))))
            start = first + reader.line_num
    except csv.Error as error:
        raise InvalidError(f"{name}, line {start}: is not CSV: {error}.") from None
    return found
