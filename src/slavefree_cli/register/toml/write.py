"""New TOML text: one key a line, tables after the keys, LF and a final newline."""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time
from typing import Any, Final

Document = dict[str, Any]
Path = tuple[str | int, ...]
"""The keys that lead to a value; a number is the place of a table in an array of tables."""

BARE_KEY: Final = re.compile(r"[A-Za-z0-9_-]+")


def new(document: Document) -> str:
    """Return the text of a new file: one key a line, tables after the keys, LF and a final newline."""
    return "".join(line for _, line in table_lines(document, (), "\n"))


def value_text(value: object) -> str:
    """Return a value as TOML 1.0 on one line."""
    if isinstance(value, datetime):
        return _moment(value)
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(value_text, value)) + "]"
    if isinstance(value, Mapping):
        inner = ", ".join(f"{key_text(key)} = {value_text(each)}" for key, each in value.items())
        return f"{{ {inner} }}" if inner else "{}"
    # Loaded late: most commands write nothing.
    import tomli_w

    return tomli_w.dumps({"k": value}).removeprefix("k = ").rstrip("\n")


def _moment(value: datetime) -> str:
    if value.tzinfo is None:
        return value.isoformat()
    try:
        return value.astimezone(UTC).replace(tzinfo=None).isoformat() + "Z"
    except OverflowError:
        return value.isoformat()


def key_text(key: str) -> str:
    """Return a key as TOML: bare where it can be."""
    return key if BARE_KEY.fullmatch(key) else value_text(key)


def dotted(path: Path) -> str:
    """Return a path as a dotted key; places in arrays of tables have no text of their own."""
    return ".".join(key_text(part) for part in path if isinstance(part, str))


def table_lines(table: Document, path: Path, newline: str) -> Iterator[tuple[Path, str]]:
    """Return the lines of a table and the tables below it, each with the path of what it sets.

    Args:
        table: What it holds.
        path: Where it stands in the document; nothing for the document itself.
        newline: What ends a line.

    Yields:
        Headers, keys, and the blank lines between the tables with an empty path.
    """
    pairs = {key: value for key, value in table.items() if not isinstance(value, Mapping)}
    tables = {key: value for key, value in table.items() if isinstance(value, Mapping)}
    begun = False
    if path and (pairs or not tables or isinstance(path[-1], int)):
        name = dotted(path)
        yield path, (f"[[{name}]]" if isinstance(path[-1], int) else f"[{name}]") + newline
        begun = True
    for key, value in pairs.items():
        yield (*path, key), f"{key_text(key)} = {value_text(value)}{newline}"
        begun = True
    for key, value in tables.items():
        if begun:
            yield (), newline
        yield from table_lines(dict(value), (*path, key), newline)
        begun = True
