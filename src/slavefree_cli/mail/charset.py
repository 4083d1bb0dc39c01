"""The text of a file or of a part of a message as UTF-8, in whatever charset it came."""

import codecs
import re
from contextlib import suppress
from typing import Final, NamedTuple

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_FIRST_LETTER: Final = (
    # How many bytes, of which the others are nought, a letter of ASCII has; the longer forms first.
    (4, 0, "utf-32-le"),
    (4, 3, "utf-32-be"),
    (2, 0, "utf-16-le"),
    (2, 1, "utf-16-be"),
)
_WESTERN: Final = "cp1252"
_FOLD: Final = re.compile(rb"\r?\n[ \t]")
_MEANT: Final = {
    # Programs that declare these write windows-1252 (https://encoding.spec.whatwg.org/#names-and-labels).
    "iso8859-1": _WESTERN,
    "latin-1": _WESTERN,
    "latin_1": _WESTERN,
}
_ONE_BYTE: Final = re.compile(r"(?:iso8859|cp12|latin|mac)[-_\d]?")
_NO_CHARSETS: Final = frozenset({"ascii", "idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined"})


class Text(NamedTuple):
    """A text, and what is to be told of how it was read."""

    content: bytes
    """In UTF-8."""
    note: str = ""


def as_utf8(content: bytes, declared: str | None = None) -> Text:
    """Return a text as UTF-8.

    A byte order mark, or noughts between the letters, say more than what is declared. What is in no charset that is
    known is taken as UTF-8 where it can be, and else as windows-1252, which is told.

    Args:
        content: The text.
        declared: The charset that a message declares for it, if any.
    """
    wanted = marked(content) or _known(declared)
    if wanted is not None and _ONE_BYTE.match(wanted) and _is_beyond_ascii_in_utf8(content):
        # A text in such a charset is never UTF-8 by chance, and many programs declare one and write the other.
        return Text(content, f"it declares {declared} and is read as UTF-8, which it is")
    for charset in (wanted, "utf-8") if wanted else ("utf-8",):
        try:
            text = content.decode(charset)
        except (UnicodeError, LookupError):
            continue
        return Text(text.encode("utf-8", "replace"))
    with suppress(UnicodeError):
        # Some programs fold a line within a letter; unfolded it is whole (RFC 5545 section 3.1).
        return Text(_FOLD.sub(b"", content).decode().encode())
    read = content.decode(_WESTERN, "replace").encode()
    named = f"what it declares ({declared})" if declared else "UTF-8"
    return Text(read, "" if wanted == _WESTERN else f"its text is not in {named} and was read as windows-1252")


def is_wide(content: bytes) -> bool:
    """Tell whether a text is in UTF-16 or UTF-32, of which other readers make nothing."""
    return (marked(content) or "utf-8").startswith(("utf-16", "utf-32"))


def marked(content: bytes) -> str | None:
    """Return the charset that a text's byte order mark or the noughts between its letters tell, or None."""
    for mark, charset in _MARKS:
        if content.startswith(mark):
            return charset
    for width, at, charset in _FIRST_LETTER:
        first = content[:width]
        if len(first) == width and 0x20 <= first[at] < 0x7F and first.count(0) == width - 1:
            return charset
    return None


def _is_beyond_ascii_in_utf8(content: bytes) -> bool:
    try:
        return not content.isascii() and not content.decode().isascii()
    except UnicodeError:
        return False


def _known(declared: str | None) -> str | None:
    try:
        name = codecs.lookup((declared or "").strip()).name
    except (LookupError, ValueError):
        return None
    return None if name in _NO_CHARSETS else _MEANT.get(name, name)
