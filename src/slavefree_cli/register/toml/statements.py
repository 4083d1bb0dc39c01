"""TOML text cut into statements, for finding a line and for changing one without touching the others.

Only valid TOML is cut (it has been parsed before), so that this need not judge it.
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Final

import tomli

from slavefree_cli.register.toml.write import BARE_KEY, Document, Path, Span, Statement

BOM: Final = "\ufeff"
_SCALAR: Final = re.compile(r"[^,\]}#\r\n]*(?<![ \t])")
# A string over several lines may end in one or two quotation marks of its own.
_STRING: Final = re.compile(
    r'"""(?:[^"\\]|\\.|"{1,2}(?!"))*+"{3,5}|"(?:[^"\\]|\\.)*+"' r"|'''.*?'{3,5}|'[^']*'", re.DOTALL
)


def read(content: bytes) -> Document | None:
    """Return what a TOML file says, or None where it is none."""
    try:
        return tomli.loads(content.decode().removeprefix(BOM))
    except (ValueError, RecursionError):
        return None


def line_of(text: str, key: str) -> int | None:
    """Return the line on which a key or table stands.

    Args:
        text: A valid TOML file.
        key: The dotted name; tables of an array are counted from 0, as in ``item.0.name``.

    Returns:
        The line, counted from 1. Of a key that stands nowhere by itself it is the line of the first key below
        it or of what holds it, and None if there is neither.
    """
    found, below = _lines(text)
    while key:
        if (at := found.get(key) or below.get(key)) is not None:
            return at
        key = key.rpartition(".")[0]
    return None


# Whatever is said of a file is said of one of its lines: they are looked for once.
@lru_cache(maxsize=8)
def _lines(text: str) -> tuple[dict[str, int], dict[str, int]]:
    """Return the line of each key and table of a valid file, and of what stands only in the names of others."""
    line = 1
    found: dict[str, int] = {}
    below: dict[str, int] = {}
    for statement in statements(text.removeprefix(BOM)):
        if statement.kind in {"pair", "table"}:
            names = [str(part) for part in statement.path]
            found.setdefault(".".join(names), line)
            for depth in range(1, len(names)):
                below.setdefault(".".join(names[:depth]), line)
        line += statement.text.count("\n")
    return found, below


def statements(text: str) -> Iterator[Statement]:
    """Cut a valid TOML file, without its byte order mark, into statements that are the whole text."""
    at = 0
    section: Path = ()
    elements: dict[Path, int] = {}
    while at < len(text):
        end = line_end(text, at)
        start = skip_blank(text, at)
        if start == len(text) or text[start] in "\r\n":
            yield Statement("blank", text[at:end])
        elif text[start] == "#":
            yield Statement("comment", text[at:end])
        elif text[start] == "[":
            array = text.startswith("[[", start)
            keys, _ = _key(text, start + (2 if array else 1))
            if array:
                section = (*_in_arrays(keys[:-1], elements), keys[-1])
                elements[section] = elements.get(section, -1) + 1
                section = (*section, elements[section])
            else:
                section = _in_arrays(keys, elements)
            yield Statement("table", text[at:end], section)
        else:
            keys, behind = _key(text, start)
            value = skip_blank(text, behind + 1)
            stop = value_end(text, value)
            end = line_end(text, stop)
            yield Statement("pair", text[at:end], section + keys, Span(value - at, stop - at))
        at = end


def comments_in(statement: Statement) -> list[str]:
    """Return the comments beside and inside a statement."""
    text = statement.text
    if statement.kind == "table":
        start = skip_blank(text, 0)
        brackets = 2 if text.startswith("[[", start) else 1
        end = _key(text, start + brackets)[1] + brackets
        comments = []
    else:
        end = statement.value.end
        comments = comments_within(text[statement.value.start : end])
    beside = text[end:].strip(" \t\r\n")
    return [*comments, beside] if beside else comments


def comments_within(value: str) -> list[str]:
    """Return the comments inside a value, without the blanks around them."""
    comments: list[str] = []
    value_end(value, 0, comments)
    return comments


def value_end(text: str, at: int, comments: list[str] | None = None) -> int:
    """Return where the value that begins here ends, and gather the comments inside it."""
    if text[at] not in "[{":
        found = _STRING.match(text, at) or _SCALAR.match(text, at)
        return found.end() if found else at
    table = text[at] == "{"
    close = "}" if table else "]"
    at = skip_trivia(text, at + 1, comments)
    while text[at] != close:
        if text[at] == ",":
            at += 1
        else:
            if table:
                _, behind = _key(text, at)
                at = skip_blank(text, behind + 1)
            at = value_end(text, at, comments)
        at = skip_trivia(text, at, comments)
    return at + 1


def skip_blank(text: str, at: int) -> int:
    """Return where the blanks that begin here end."""
    while at < len(text) and text[at] in " \t":
        at += 1
    return at


def skip_trivia(text: str, at: int, comments: list[str] | None = None) -> int:
    """Return where the blanks, line ends and comments that begin here end, and gather the comments."""
    while text[at] in " \t\r\n#":
        if text[at] != "#":
            at += 1
            continue
        end = line_end(text, at)
        if comments is not None:
            comments.append(text[at:end].rstrip(" \t\r\n"))
        at = end
    return at


def line_end(text: str, at: int) -> int:
    """Return where the line ends, its line end included."""
    found = text.find("\n", at)
    return len(text) if found < 0 else found + 1


def _in_arrays(keys: Path, elements: Mapping[Path, int]) -> Path:
    """Return the path of a header: below an array of tables it means the last table of it."""
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
        found = _STRING.match(text, at) or BARE_KEY.match(text, at)
        key = found[0] if found else ""
        keys.append(key if BARE_KEY.match(key) else tomli.loads(f"k = {key}")["k"])
        at = skip_blank(text, at + len(key))
        if text[at] != ".":
            return tuple(keys), at
        at += 1
