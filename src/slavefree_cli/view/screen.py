"""What is shown: a table on a terminal, tab-separated lines in a pipe, text that can do nothing to a terminal."""

import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time
from typing import NamedTuple

_UNSEEN = r"\u00ad\u034f\u061c\u115f\u1160\u180e\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0"
_UNSEEN += r"\U000e0000-\U000e007f"
"""What is not seen, or turns the reading round."""
# Emoji are joined by one of them.
_JOINER = r"(?<![\u2600-\u27bf\ufe0f\U0001f000-\U0001faff])\u200d"
_UNSAFE = re.compile(rf"[\x00-\x1f\x7f-\x9f\ud800-\udfff{_UNSEEN}]|{_JOINER}")
_FORMULA = frozenset("=+-@＝＋－＠")
"""What a spreadsheet takes for the beginning of something to be worked out, or run."""

_WHOLE = frozenset({"id", "date", "taken", "due", "at", "start", "end", "starts", "short", "stamp"})
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
    spare: int = 0
    """Which column is left out first where a terminal has no room for all, from 1; 0 where it never is."""
    below: bool = False
    """Whether what it says stands below its row where the column is left out: few rows have it, and it counts."""
    beside: str = ""
    """The key of what stands in the same column on a terminal."""


def columns(
    keys: str,
    *,
    code: str = "",
    piped: str = "",
    compared: str = "",
    spare: str = "",
    below: str = "",
    beside: str = "",
    **headings: str,
) -> tuple[Column, ...]:
    """Return the columns of a list.

    Args:
        keys: The keys in order, with blanks between.
        code: Those of random codes.
        piped: Those that are for programs.
        compared: Those whose values a person compares.
        spare: Those that are left out where there is no room, the least important first.
        below: Those of them whose values then stand below the rows that have one.
        beside: Two keys, where on a terminal the values of the second stand beside those of the first.
        headings: By their keys, where they are not what the key reads as.
    """
    codes, programs, comparing, order, lower, pair = (
        each.split() for each in (code, f"{piped} {' '.join(beside.split()[1:])}", compared, spare, below, beside)
    )
    return tuple(
        Column(
            headings.get(key, key.replace("_", " ").capitalize()),
            key,
            key in codes,
            key in programs,
            key in comparing,
            order.index(key) + 1 if key in order else 0,
            key in lower,
            pair[1] if pair[:1] == [key] else "",
        )
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
    if isinstance(value, Mapping | list | tuple):
        parts = [shown(each) for each in value]
        # On a terminal they are names, in which a comma may stand.
        return ("; " if on_terminal() and any("," in each for each in parts) else ", ").join(parts)
    return str(value)


def cell(value: object) -> str:
    """Return a value for a line with tabs between: what people typed is never a formula to a spreadsheet.

    A text that begins as one has an apostrophe before it there, which JSON has not; numbers and dates are as they are.
    """
    text = safe(shown(value))
    typed = isinstance(value, str | Mapping | list | tuple)
    return f"'{text}" if typed and text[:1] in _FORMULA else text


def show_list(items: Iterable[Mapping[str, object]], columns: Sequence[Column], title: str = "") -> None:
    """Show items as a table on a terminal, else one a line with tabs between."""
    if not on_terminal():
        rows = [[cell(item.get(column.key)) for column in columns] for item in items]
        write("".join("\t".join(row) + "\n" for row in rows))
        return
    from slavefree_cli.view import table

    rows = [[safe(_cell(item, column)) for column in columns] for item in items]
    # A column that says nothing takes room from those that do.
    telling = [index for index, column in enumerate(columns) if not column.piped and any(row[index] for row in rows)]
    heads = [table.Head(each.heading, each.spare, each.key in _WHOLE, each.key != "id", each.below) for each in columns]
    table.show([heads[index] for index in telling], [[row[index] for index in telling] for row in rows], safe(title))


def _cell(item: Mapping[str, object], column: Column) -> str:
    value = item.get(column.key)
    if column.beside:
        others = item.get(column.beside)
        value = [value, *others] if isinstance(others, list | tuple) else value
    if column.compared:
        return "–" if value is None else flat(value)
    return shown(value).upper() if column.code else shown(value)


def flat(value: object) -> str:
    """Return a value on one line, the lines of a text with a stroke between."""
    return " / ".join(line for line in shown(value).splitlines() if line.strip())


def show_steps(steps: Iterable[tuple[str, str | None]]) -> None:
    """Show sentences, each with the command that helps, if there is one."""
    if not on_terminal():
        write("".join(f"{cell(sentence)}\t{cell(command or '')}\n" for sentence, command in steps))
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
        from slavefree_cli.view import table

        write("\n")
        table.show_lines([table.Line(0, safe(code), safe(meaning)) for code, meaning in meanings.items()])


def show_item(item: Mapping[str, object]) -> None:
    """Show one item: a key a line, tables below one another."""
    if on_terminal():
        from slavefree_cli.view import table

        table.show_lines([table.Line(*each) for each in _outlined(item, 0)])
    else:
        write("".join(f"{cell(key)}\t{text}\n" for key, text in _lines(item, "")))


def write(text: str) -> None:
    """Write data to standard output as UTF-8, whatever the locale."""
    write_bytes(text.encode("utf-8", "backslashreplace"))


def write_text(text: str) -> None:
    """Write a whole text: as it is in a pipe; on a terminal so that it can do nothing to it, and no word is broken."""
    if not on_terminal():
        write(text)
        return
    from rich.cells import cell_len
    from rich.console import Console

    from slavefree_cli.view import layout

    width = Console().width
    for line in map(safe, text.splitlines()):
        indent = line[: len(line) - len(line.lstrip(" "))]
        lines = layout.wrapped(line, width - len(indent), cell_len) if cell_len(line) > width else [line.lstrip(" ")]
        write("".join(f"{indent}{each}\n" for each in lines or [""]))


def write_bytes(data: bytes) -> None:
    """Write bytes to standard output."""
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def told(message: str, room: int = 0) -> str:
    """Return a message as it is put before a person: on a terminal in lines in which no word is broken.

    Args:
        message: What is said.
        room: The cells that what follows on its last line takes.
    """
    text = safe(message)
    if not sys.stderr.isatty():
        return text
    width = _width()
    if len(text) + room <= width and text.isascii():
        return text
    from rich.cells import cell_len

    from slavefree_cli.view import layout

    if cell_len(text) + room <= width:
        return text
    after = text[len(text.rstrip(" ")) :]
    return "\n".join(layout.wrapped(text, width, cell_len, room + len(after))) + after


def _width() -> int:
    """Return the cells of a line of the terminal on which messages are read, as Rich finds them out for data."""
    try:
        return int(os.environ.get("COLUMNS", "")) or 80
    except ValueError:
        pass
    try:
        return os.get_terminal_size(sys.stderr.fileno()).columns or 80
    except OSError:
        return 80


def say(message: str) -> None:
    """Tell the person something on standard error."""
    data = (told(message) + "\n").encode("utf-8", "backslashreplace")
    sys.stderr.flush()
    os.write(sys.stderr.fileno(), data)


def ask(message: str) -> None:
    """Put something before a person who answers on the same line."""
    sys.stderr.write(told(message))
    sys.stderr.flush()


def _lines(item: Mapping[str, object], prefix: str) -> Iterable[tuple[str, str]]:
    for key, value in item.items():
        if isinstance(value, Mapping):
            yield from _lines(value, f"{prefix}{key}.")
        elif text := cell(value):
            yield prefix + key, text


def _outlined(item: Mapping[str, object], depth: int) -> Iterator[tuple[int, str, str | None]]:
    """Yield how deep in tables a value stands, what it is called, and what it says; None of a table itself."""
    for key, value in item.items():
        label = safe(key.replace("_", " "))
        if isinstance(value, Mapping):
            inner = list(_outlined(value, depth + 1))
            # Of the tables by ids one that says nothing more says that it is there.
            if inner or depth == 1:
                yield depth, label, None
                yield from inner
        elif text := shown(value):
            yield depth, label, safe(text)
