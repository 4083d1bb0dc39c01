"""New TOML text: one key a line, tables after the keys, LF and a final newline."""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time
from typing import Any, Final, NamedTuple

Document = dict[str, Any]
Path = tuple[str | int, ...]
"""The keys that lead to a value; a number is the place of a table in an array of tables."""

BARE_KEY: Final = re.compile(r"[A-Za-z0-9_-]+")


class Span(NamedTuple):
    """Where a value stands in its statement."""

    start: int
    end: int


class Statement(NamedTuple):
    """A piece of a file: whole lines, line ends included."""

    kind: str
    """``blank``, ``comment``, ``table`` or ``pair``."""
    text: str
    path: Path = ()
    """Of a table what it is called, of a pair the whole way to its key."""
    value: Span = Span(0, 0)

    def is_in(self, path: Path) -> bool:
        """Tell whether it sets what stands at a path or below."""
        return self.path[: len(path)] == path


def new(document: Document) -> str:
    """Return the text of a new file: one key a line, tables after the keys, LF and a final newline.

    One that says nothing has that newline too: a file of no bytes is what a power cut leaves.
    """
    return "".join(statement.text for statement in table_statements(document, (), "\n")) or "\n"


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


def pair(path: Path, value: object, newline: str, section: Path) -> Statement:
    """Return the line that sets a key, in the section of a table that is above it or itself."""
    name, shown = dotted(path[len(section) :]), value_text(value)
    start = len(name) + len(" = ")
    return Statement("pair", f"{name} = {shown}{newline}", path, Span(start, start + len(shown)))


def table_statements(table: Document, path: Path, newline: str) -> Iterator[Statement]:
    """Return the lines of a table and the tables below it: headers, keys, and blank lines between the tables.

    Args:
        table: What it holds.
        path: Where it stands in the document; nothing for the document itself.
        newline: What ends a line.
    """
    pairs = {key: value for key, value in table.items() if not isinstance(value, Mapping)}
    tables = {key: value for key, value in table.items() if isinstance(value, Mapping)}
    begun = False
    if path and (pairs or not tables or isinstance(path[-1], int)):
        name = dotted(path)
        yield Statement("table", (f"[[{name}]]" if isinstance(path[-1], int) else f"[{name}]") + newline, path)
        begun = True
    for key, value in pairs.items():
        yield pair((*path, key), value, newline, path)
        begun = True
    for key, value in tables.items():
        if begun:
            yield Statement("blank", newline)
        yield from table_statements(dict(value), (*path, key), newline)
        begun = True
