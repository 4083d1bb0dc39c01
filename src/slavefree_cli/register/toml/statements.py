"""TOML text cut into statements, for finding a line and for changing one without touching the others.

Only valid TOML is cut (it has been parsed before), so that this need not judge it.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

import tomli

from slavefree_cli.register.toml.write import BARE_KEY, Path

_SCALAR_END: Final = re.compile(r"[,\]}=#\r\n]|$")


class Span(NamedTuple):
    """Where a value stands in its statement."""

    start: int
    end: int


class Statement(NamedTuple):
    """A piece of the file: whole lines, line ends included."""

    kind: str
    """``blank``, ``comment``, ``table`` or ``pair``."""
    text: str
    path: Path = ()
    """Of a table what it is called, of a pair the whole way to its key."""
    value: Span = Span(0, 0)


def line_of(text: str, key: str) -> int | None:
    """Return the line, counted from 1, on which a key or table given by its dotted name stands."""
    wanted = key
    while wanted:
        line = 1
        for statement in statements(text):
            if statement.kind in {"pair", "table"} and ".".join(map(str, statement.path)) == wanted:
                return line
            line += statement.text.count("\n")
        wanted = wanted.rpartition(".")[0]
    return None


def statements(text: str) -> Iterator[Statement]:
    """Cut a valid TOML file into statements."""
    at = 0
    section: Path = ()
    elements: dict[Path, int] = {}
    while at < len(text):
        end = line_end(text, at)
        start = skip_blank(text, at)
        if text[start:end].strip() == "":
            yield Statement("blank", text[at:end])
        elif text[start] == "#":
            yield Statement("comment", text[at:end])
        elif text[start] == "[":
            array = text.startswith("[[", start)
            keys, _ = _key(text, start + (2 if array else 1))
            section = _in_arrays(keys, elements)
            if array:
                section = _in_arrays(keys[:-1], elements) + (keys[-1],)
                elements[section] = elements.get(section, -1) + 1
                section = (*section, elements[section])
            yield Statement("table", text[at:end], section)
        else:
            keys, behind = _key(text, start)
            value = skip_blank(text, behind + 1)
            stop = value_end(text, value)
            end = line_end(text, stop)
            yield Statement("pair", text[at:end], section + keys, Span(value - at, stop - at))
        at = end


def _in_arrays(keys: Path, elements: Mapping[Path, int]) -> Path:
    path: Path = ()
    for key in keys:
        path = (*path, key)
        if path in elements:
            path = (*path, elements[path])
    return path


def _key(text: str, at: int) -> tuple[Path, int]:
    """Return the dotted key that begins here and where it ends."""
    keys: list[str] = []
    while True:
        at = skip_blank(text, at)
        end = value_end(text, at) if text[at] in "\"'" else _bare_end(text, at)
        keys.append(tomli.loads(f"k = {text[at:end]}")["k"] if text[at] in "\"'" else text[at:end])
        at = skip_blank(text, end)
        if text[at] != ".":
            return tuple(keys), at
        at += 1


def _bare_end(text: str, at: int) -> int:
    found = BARE_KEY.match(text, at)
    return found.end() if found else at


def value_end(text: str, at: int) -> int:
    """Return where the value that begins here ends."""
    for quote in ('"""', "'''"):
        if text.startswith(quote, at):
            return _quoted_end(text, at + 3, quote)
    if text[at] in "\"'":
        return _quoted_end(text, at + 1, text[at])
    if text[at] in "[{":
        close = "]" if text[at] == "[" else "}"
        at = skip_trivia(text, at + 1)
        while text[at] != close:
            if text[at] in ",=":
                at += 1
            else:
                at = value_end(text, at)
            at = skip_trivia(text, at)
        return at + 1
    found = _SCALAR_END.search(text, at)
    end = found.start() if found else len(text)
    return at + len(text[at:end].rstrip())


def _quoted_end(text: str, at: int, quote: str) -> int:
    escapes = quote[0] == '"'
    while not text.startswith(quote, at):
        at += 2 if escapes and text[at] == "\\" else 1
    at += len(quote)
    # A multi-line string may end in one or two quotation marks of its own.
    while len(quote) == 3 and text.startswith(quote[0], at):
        at += 1
    return at


def skip_blank(text: str, at: int) -> int:
    while at < len(text) and text[at] in " \t":
        at += 1
    return at


def skip_trivia(text: str, at: int) -> int:
    while text[at] in " \t\r\n#":
        at = line_end(text, at) if text[at] == "#" else at + 1
    return at


def line_end(text: str, at: int) -> int:
    found = text.find("\n", at)
    return len(text) if found < 0 else found + 1


def comments_in(statement: Statement) -> list[str]:
    """Return the comments beside and inside a statement."""
    text = statement.text
    if statement.kind == "table":
        at = _header_end(text)
        rest = text[at:]
        return [rest.strip()] if rest.strip().startswith("#") else []
    comments = list(_comments_within(text, *statement.value)) if text[statement.value.start] in "[{" else []
    beside = text[statement.value.end :].strip()
    return [*comments, beside] if beside else comments


def _header_end(text: str) -> int:
    start = skip_blank(text, 0)
    brackets = 2 if text.startswith("[[", start) else 1
    _, at = _key(text, start + brackets)
    return at + brackets


def _comments_within(text: str, start: int, end: int) -> Iterator[str]:
    at = start + 1
    while at < end - 1:
        if text[at] == "#":
            stop = line_end(text, at)
            yield text[at:stop].strip()
            at = stop
        elif text[at] in " \t\r\n,=":
            at += 1
        elif text[at] in "[{":
            inner = value_end(text, at)
            yield from _comments_within(text, at, inner)
            at = inner
        else:
            at = value_end(text, at)
