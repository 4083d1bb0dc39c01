"""What is shown: a table on a terminal, tab-separated lines in a pipe, text that can do nothing to a terminal."""

import os
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from typing import NamedTuple

_UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_WHOLE = frozenset({"id", "date", "taken", "due", "at", "start", "end", "starts", "short"})
"""The keys whose values are not broken over lines: people copy them or look down the column."""

_NAMED = {"\t": "\\t", "\n": "\\n", "\r": "\\r", "\x1b": "\\x1b"}


class Column(NamedTuple):
    """A column of a list: its heading and the key of the item that it shows."""

    heading: str
    key: str
    code: bool = False
    """Whether it is a random code, which people are shown in capitals."""
    piped: bool = False
    """Whether it is for programs: on a terminal it would take the room of what people read."""
    compared: bool = False
    """Whether a person compares its values with those beside it: on a terminal each on one line, none empty."""


def columns(keys: str, *, code: str = "", piped: str = "", compared: str = "", **headings: str) -> tuple[Column, ...]:
    """Return the columns of a list.

    Args:
        keys: The keys in order, with blanks between.
        code: Those of random codes.
        piped: Those that are for programs.
        compared: Those whose values a person compares.
        headings: By their keys, where they are not what the key reads as.
    """
    marked = [each.split() for each in (code, piped, compared)]
    return tuple(
        Column(headings.get(key, key.replace("_", " ").capitalize()), key, *(key in each for each in marked))
        for key in keys.split()
    )


def on_terminal() -> bool:
    """Tell whether a person is looking at the output."""
    return sys.stdout.isatty()


def safe(text: str) -> str:
    """Return text in which nothing is left that moves a cursor, changes a colour or turns the reading round."""
    return _UNSAFE.sub(lambda found: _NAMED.get(found[0], f"\\u{ord(found[0]):04x}"), text)


def shown(value: object) -> str:
    """Return a value on one line."""
    if value is None:
        return ""
    if value is True or value is False:
        return "yes" if value else ""
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}" if on_terminal() else value.isoformat().replace("+00:00", "Z")
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return ", ".join(map(str, value))
    if isinstance(value, list | tuple):
        return ", ".join(map(shown, value))
    return str(value)


def show_list(items: Iterable[Mapping[str, object]], columns: Sequence[Column], title: str = "") -> None:
    """Show items as a table on a terminal, else one a line with tabs between."""
    rows = [[_cell(item.get(column.key), column) for column in columns] for item in items]
    if not on_terminal():
        write("".join("\t".join(map(safe, row)) + "\n" for row in rows))
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="bold")
    # A column that says nothing takes room from those that do.
    telling = [index for index, column in enumerate(columns) if not column.piped and any(row[index] for row in rows)]
    for index in telling:
        table.add_column(columns[index].heading, no_wrap=columns[index].key in _WHOLE, overflow="fold")
    for row in rows:
        cells = [row[index].upper() if columns[index].code else row[index] for index in telling]
        table.add_row(*(Text(safe(cell)) for cell in cells))
    console = Console(highlight=False)
    if title:
        console.print(Text(safe(title)), end="\n\n")
    console.print(table)


def _cell(value: object, column: Column) -> str:
    if column.compared and on_terminal():
        return "–" if value is None else flat(value)
    return shown(value)


def flat(value: object) -> str:
    """Return a value on one line, the lines of a text with a stroke between."""
    return " / ".join(line for line in shown(value).splitlines() if line.strip())


def show_steps(steps: Iterable[tuple[str, str | None]]) -> None:
    """Show sentences, each with the command that helps, if there is one."""
    if not on_terminal():
        write("".join(f"{safe(sentence)}\t{safe(command or '')}\n" for sentence, command in steps))
        return
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False)
    for sentence, command in steps:
        console.print(Text(safe(sentence)))
        if command:
            console.print(Text(f"  {safe(command)}", style="cyan"), soft_wrap=True)


def show_meanings(meanings: Mapping[str, str]) -> None:
    """Show on a terminal what some codes mean, below what has them."""
    if meanings:
        write("\n")
        _show_pairs(meanings.items())


def show_item(item: Mapping[str, object]) -> None:
    """Show one item: a key a line, tables below one another."""
    lines = list(_lines(item, ""))
    if not on_terminal():
        write("".join(f"{safe(key)}\t{safe(text)}\n" for key, text in lines))
    else:
        _show_pairs((key.replace("_", " "), text) for key, text in lines)


def _show_pairs(pairs: Iterable[tuple[str, str]]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_column(style="bold", no_wrap=True)
    table.add_column(overflow="fold")
    for key, text in pairs:
        table.add_row(Text(safe(key)), Text(safe(text)))
    Console(highlight=False).print(table)


def write(text: str) -> None:
    """Write data to standard output as UTF-8, whatever the locale."""
    write_bytes(text.encode("utf-8", "backslashreplace"))


def write_text(text: str) -> None:
    """Write a whole text: as it is in a pipe, and so that it can do nothing to a terminal on one."""
    write("\n".join(map(safe, text.splitlines())) + "\n" if on_terminal() else text)


def write_bytes(data: bytes) -> None:
    """Write bytes to standard output."""
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def say(message: str) -> None:
    """Tell the person something on standard error."""
    data = (safe(message) + "\n").encode("utf-8", "backslashreplace")
    sys.stderr.flush()
    os.write(sys.stderr.fileno(), data)


def ask(message: str) -> None:
    """Put something before a person who answers on the same line."""
    sys.stderr.write(safe(message))
    sys.stderr.flush()


def _lines(item: Mapping[str, object], prefix: str) -> Iterable[tuple[str, str]]:
    for key, value in item.items():
        if isinstance(value, Mapping):
            yield from _lines(value, f"{prefix}{key}.")
        elif text := shown(value):
            yield prefix + key, text
