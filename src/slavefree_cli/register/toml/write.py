"""New TOML text: one key a line, tables after the keys, LF and a final newline."""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time
from typing import Any, Final

Document = dict[str, Any]
Path = tuple[str | int, ...]

BARE_KEY: Final = re.compile(r"[A-Za-z0-9_-]+")


def new(document: Document) -> str:
    """Return the text of a new file: one key a line, tables after the keys, LF and a final newline."""
    return "".join(table_lines(document, (), "\n", first=True))


def value_text(value: object) -> str:
    """Return a value as TOML 1.0 on one line."""
    if isinstance(value, datetime):
        shown = value.astimezone(UTC).replace(tzinfo=None).isoformat() + "Z" if value.tzinfo else value.isoformat()
        return shown
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(value_text, value)) + "]"
    if isinstance(value, Mapping):
        inner = ", ".join(f"{key_text(key)} = {value_text(each)}" for key, each in value.items())
        return f"{{ {inner} }}" if inner else "{}"
    import tomli_w

    return tomli_w.dumps({"k": value}).removeprefix("k = ").rstrip("\n")


def key_text(key: str) -> str:
    """Return a key as TOML: bare where it can be."""
    return key if BARE_KEY.fullmatch(key) else value_text(key)


def table_lines(table: Document, path: Path, newline: str, *, first: bool = False) -> Iterator[str]:
    pairs = {key: value for key, value in table.items() if not isinstance(value, Mapping)}
    tables = {key: value for key, value in table.items() if isinstance(value, Mapping)}
    if path and (pairs or not tables):
        yield ("" if first else newline) + f"[{dotted(path)}]{newline}"
        first = False
    for key, value in pairs.items():
        yield f"{key_text(key)} = {value_text(value)}{newline}"
        first = False
    for key, value in tables.items():
        yield from table_lines(dict(value), (*path, key), newline, first=first)
        first = False


def dotted(path: Path) -> str:
    return ".".join(key_text(str(part)) for part in path)
