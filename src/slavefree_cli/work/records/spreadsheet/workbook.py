"""A workbook of Excel or LibreOffice (``.xlsx``, ECMA-376): the values that its cells had when it was saved.

Nothing in it is worked out or run. Read twice: as values row by row, which takes a row at the end of the sheet without
the million before it, and as it is written, for the formulas and the merged cells, of which the first reader tells
nothing.
"""

import shlex
import warnings
from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime, time
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final
from zipfile import BadZipFile, ZipFile

from slavefree_cli.errors import InvalidError, SlavefreeError, UsageError
from slavefree_cli.model.names import key
from slavefree_cli.model.text import several
from slavefree_cli.work.records.spreadsheet import headings
from slavefree_cli.work.records.spreadsheet.cells import tidied
from slavefree_cli.work.records.spreadsheet.table import Row, Table, letter, numbers

if TYPE_CHECKING:
    from openpyxl.workbook.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

MOST_BYTES: Final = 20_000_000
"""The most that the parts of a workbook may have that are no pictures, unpacked: some 50,000 rows."""
MOST_ROWS: Final = 10_000
"""The most rows with anything in them."""
MOST_CELLS: Final = 1_000_000

_ZIP: Final = b"PK\x03\x04"
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ADVICE: Final = "save it as an Excel workbook (.xlsx) without a password, or as CSV UTF-8"


def is_workbook(content: bytes, name: str) -> bool:
    """Tell whether a file is an Excel workbook, and not a text.

    Raises:
        InvalidError: It is another file of a spreadsheet program; the message says which and what to do.
    """
    if content.startswith(_OLE):
        raise InvalidError(f"{name} is an old Excel workbook (.xls) or one with a password; {_ADVICE}.")
    start = content[:512].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if start.startswith((b"<html", b"<!doctype", b"<table", b"<?xml")):
        raise InvalidError(f"{name} is a web page or XML, whatever its name ends in; {_ADVICE}.")
    if start.startswith(b"%pdf"):
        raise InvalidError(f"{name} is a PDF, from which no cells can be read; {_ADVICE}.")
    if not content.startswith(_ZIP):
        return False
    try:
        with ZipFile(BytesIO(content)) as archive:
            parts = archive.infolist()
    except (BadZipFile, ValueError, NotImplementedError, OSError):
        raise InvalidError(f"{name} is a damaged workbook; {_ADVICE}.") from None
    names = {part.filename for part in parts}
    if "xl/workbook.xml" not in names:
        told = "an OpenDocument spreadsheet" if "content.xml" in names else "no Excel workbook that can be read"
        raise InvalidError(f"{name} is {told}; {_ADVICE}.")
    if sum(part.file_size for part in parts if not part.filename.startswith("xl/media/")) > MOST_BYTES:
        raise InvalidError(
            f"{name} holds more than {MOST_BYTES // 1_000_000} MB unpacked; put the list into a workbook of its own."
        )
    return True


def table(content: bytes, named: Mapping[str, str], wanted: str | None, name: str) -> Table:
    """Return the rows of a sheet: of the one that is wanted, the only one, or the only one with what may be headings.

    Args:
        content: The workbook, for which ``is_workbook`` is true.
        named: What columns mean; see ``headings.columns``.
        wanted: The name of the sheet, which may be a hidden one.
        name: What the file is called, for messages.

    Raises:
        InvalidError: It is damaged or too large, or it does not say which sheet is meant.
        SlavefreeError: The library that reads it is not installed.
        UsageError: There is no such sheet.
    """
    try:
        import openpyxl
    except ImportError:
        raise SlavefreeError(
            f"{name} is an Excel workbook, for which a library is missing; type: pip install 'slavefree-cli[xlsx]', "
            "or save it as CSV UTF-8."
        ) from None
    with warnings.catch_warnings():
        # Of what it leaves out, such as rules for what may be typed, nothing matters here.
        warnings.simplefilter("ignore")
        try:
            values = openpyxl.load_workbook(BytesIO(content), read_only=True, data_only=True, keep_links=False)
            written = openpyxl.load_workbook(BytesIO(content), keep_links=False)
            return _chosen(values, written, named, wanted, name)
        except SlavefreeError:
            raise
        except Exception as error:  # anything at all comes of a damaged workbook
            said = " ".join(str(error).split())[:80]
            raise InvalidError(f"{name} is a damaged workbook ({said or type(error).__name__}); {_ADVICE}.") from None


def _chosen(values: "Workbook", written: "Workbook", named: Mapping[str, str], wanted: str | None, name: str) -> Table:
    sheets = {sheet.title: sheet.sheet_state == "visible" for sheet in values.worksheets}
    if not sheets:
        raise InvalidError(
            f"{name} has no sheet that can be read, as where it was saved as Strict Open XML; {_ADVICE}."
        )
    if wanted is not None:
        fit = [title for title in sheets if key(title) == key(wanted)]
        if not fit:
            raise UsageError(f"--sheet: {name} has no sheet {wanted!r}; it has: {', '.join(sheets)}.")
        return _table(values, written, fit[0], name)
    shown = [title for title, is_shown in sheets.items() if is_shown]
    read = {title: found for title in shown if (found := _table(values, written, title, name)).rows}
    headed = [title for title, found in read.items() if headings.may_be_at(found.rows, named)] or list(read)
    if not headed:
        raise InvalidError(f"{name} is empty, or all that is in it is on hidden sheets; name one with --sheet NAME.")
    if len(headed) > 1:
        options = several([f"--sheet {shlex.quote(title)}" for title in headed], 10, " or ")
        raise InvalidError(f"{name} has several sheets that may be meant; say which with {options}.")
    others = [title if sheets[title] else f"{title} (hidden)" for title in sheets if title != headed[0]]
    left = f"the sheet {headed[0]!r} is read, and not: {several(others, 10)}"
    only = read[headed[0]]
    return only._replace(notes=(*((left,) if others else ()), *only.notes))


def _table(values: "Workbook", written: "Workbook", title: str, name: str) -> Table:
    """Return the rows of a sheet in which anything stands, hidden ones too, which is told."""
    sheet, formulas = values[title], written[title]
    # What a sheet says of its own size is not always so.
    sheet.reset_dimensions()
    begin: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    for each in formulas.merged_cells.ranges:
        if each.max_row > each.min_row:
            begin[each.min_row].append((each.min_col - 1, each.max_row))
    found: list[Row] = []
    merged: dict[int, tuple[int, str]] = {}
    seen = 0
    for line, row in enumerate(sheet.iter_rows(), start=1):
        merged = {column: (last, said) for column, (last, said) in merged.items() if last >= line}
        cells, faults = [], {}
        for column, cell in enumerate(row):
            cells.append(tidied(_text(cell.value)))
            if cell.data_type == "e":
                faults[column] = f"holds the error {cells[-1]}"
            elif _is_empty(cell) and formulas.cell(line, column + 1).data_type == "f":
                faults[column] = "is a formula that has not been worked out; open the file in Excel and save it"
        made = Row(line, cells, {column: said for column, (_, said) in merged.items() if said}, faults)
        merged |= {column: (last, cells[column]) for column, last in begin[line] if column < len(cells)}
        seen += len(row)
        if not made.is_blank:
            found.append(made)
        if len(found) > MOST_ROWS or seen > MOST_CELLS:
            raise InvalidError(f"{name}: the sheet {title!r} has more than {MOST_ROWS:,} rows; import it in parts.")
    hidden = {row for row, size in formulas.row_dimensions.items() if size.hidden}.intersection(
        row.line for row in found
    )
    columns = [
        letter(index)
        for size in formulas.column_dimensions.values()
        if size.hidden
        for index in range((size.min or 1) - 1, min(size.max or 1, formulas.max_column))
    ]
    notes = [
        f"read with what is hidden: {what} {which}"
        for what, which in (("row", numbers(hidden)), ("column", several(columns, 10)))
        if which
    ]
    if struck := [row.line for row in found if _is_struck(formulas, row)]:
        notes.append(f"struck through, and read all the same: row {numbers(struck)}")
    return Table(found, "row", tuple(notes))


def _is_struck(sheet: "Worksheet", row: Row) -> bool:
    """Tell whether the first cell of a row in which anything stands is struck through."""
    first = next((column for column, cell in enumerate(row.cells, start=1) if cell), 1)
    return bool(sheet.cell(row.line, first).font.strike)


def _is_empty(cell: Any) -> bool:
    """Tell whether a cell that stands in the file has no value, not even that of a formula which came to nothing."""
    from openpyxl.cell.read_only import EmptyCell

    return cell.value is None and cell.data_type == "n" and not isinstance(cell, EmptyCell)


def _text(value: object) -> str:
    """Return a value as somebody would type it; a number that is a whole one without a point."""
    if value is None:
        return ""
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
