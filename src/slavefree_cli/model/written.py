"""A text as it reads, line by line, however its file writes it down: what is folded, escaped or encoded is undone."""

import re
from collections.abc import Callable, Iterator, Mapping
from html import unescape
from typing import Final

Lines = Iterator[tuple[int, str]]
"""What each line says, with the number of the line of the file in which it begins."""

_TAG: Final = re.compile(r"</?[A-Za-z][A-Za-z0-9]*(?:\s[^<>]*)?/?>")
_TOML_ID: Final = re.compile(r'^\s*\[.*\]\s*(?=#|$)|"[a-z0-9]+(?:-[a-z0-9]+)*"')
"""The heading of a table, and what names a record: ids that were made once and say nothing of what it says now."""
_TOML_ESCAPE: Final = re.compile(r"\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([nrtbf]))")
_ICS_ESCAPE: Final = re.compile(r"\\([nN])")


def lines(name: str, content: bytes) -> Lines:
    """Yield the lines of a file as they read; none of one that is no text.

    Args:
        name: What the file is called, which says by its ending how it writes things down.
        content: What it holds.
    """
    if b"\0" in content:
        return iter(())
    ending = name.rpartition(".")[2].lower()
    return _WRITTEN.get(ending, _plain)(content)


def _plain(content: bytes) -> Lines:
    for number, line in enumerate(_text(content).split("\n"), 1):
        # A reference to a character and a tag of HTML stand in Markdown too.
        said = _TAG.sub(" ", line) if "<" in line else line
        yield number, unescape(said) if "&" in said else said


def _toml(content: bytes) -> Lines:
    for number, line in enumerate(_text(content).split("\n"), 1):
        said = _TOML_ID.sub(" ", line)
        yield number, _TOML_ESCAPE.sub(_meant, said) if "\\" in said else said


def _calendar(content: bytes) -> Lines:
    begun, said = 0, list[str]()
    for number, line in enumerate(_text(content).split("\n"), 1):
        if line[:1] in {" ", "\t"} and begun:
            said.append(line[1:])
            continue
        if begun:
            yield begun, _ICS_ESCAPE.sub(" ", "".join(said))
        begun, said = number, [line]
    if begun:
        yield begun, _ICS_ESCAPE.sub(" ", "".join(said))


def _message(content: bytes) -> Lines:
    """Yield the lines of a message: its headers and what its parts say, all as its first line where it is encoded."""
    from email import message_from_bytes, policy
    from email.errors import MessageError

    try:
        read = message_from_bytes(content, policy=policy.default)
        yield 1, str(read["Subject"] or "")
        for part in read.walk():
            held = None if part.is_multipart() else part.get_payload(decode=True)
            if isinstance(held, bytes):
                name = "invite.ics" if part.get_content_type() in {"text/calendar", "application/ics"} else "part"
                yield from ((1, said) for _, said in lines(name, held))
    except (MessageError, ValueError, LookupError):
        yield from _plain(content)


def _meant(found: re.Match[str]) -> str:
    point = int(found[1] or found[2] or "20", 16)
    return chr(point) if point <= 0x10FFFF else " "


def _text(content: bytes) -> str:
    return content.decode("utf-8", "replace").replace("\r\n", "\n")


_WRITTEN: Final[Mapping[str, Callable[[bytes], Lines]]] = {
    "toml": _toml,
    "ics": _calendar,
    "eml": _message,
}
