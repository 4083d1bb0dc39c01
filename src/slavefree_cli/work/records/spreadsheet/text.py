"""The text of a file, in whatever charset spreadsheet programs write."""

import re
from typing import Final, NamedTuple

from slavefree_cli.errors import InvalidError
from slavefree_cli.mail.charset import marked

ADVICE: Final = "save it as CSV UTF-8 or as .xlsx"
_WESTERN: Final = "cp1252"

# What windows-1252 has no use for where it stands: signs of another charset, such as that of an old Macintosh.
_SUSPECT: Final = re.compile(
    r"[\x80-\x9f†‡ˆ‰˜¤¦¨¬¯¸¶ªº]"
    r"|(?<=[^\W\d_])[‘“‚„£¥¢¹³¿¡•…™](?=[^\W\d_])"  # within a word
    r"|(?<=[a-zß-öø-ÿ])(?:[À-ÖØ-ÞŠŒŽŸ]|[–—](?=[a-z]))"  # a capital within one
    r"|[£¥¿³¹](?=[a-z])"
)
_WORD: Final = re.compile(r"(?<![^\s,;|])[^\s,;|]*[^\x00-\x7f\s][^\s,;|]*(?: [^\s,;|]+)?")


class Text(NamedTuple):
    """A text, and what is to be told of how it was read."""

    content: str
    note: str = ""


def text_of(content: bytes, name: str) -> Text:
    """Return the text of a file: UTF-8, UTF-16 or UTF-32 where it says so, or windows-1252, which is told.

    Args:
        content: What the file holds.
        name: What it is called, for messages.

    Raises:
        InvalidError: It is none of these, or no text; the message names the line.
    """
    charset = marked(content) or "utf-8"
    try:
        return Text(_whole(content.decode(charset), name))
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        if charset not in {"utf-8", "utf-8-sig"}:
            raise InvalidError(f"{name}: is {charset.upper()} and broken off or damaged; {ADVICE}.") from None
    if charset == "utf-8-sig":
        raise InvalidError(f"{name}, line {line}: is not UTF-8 text, as the file says that it is; {ADVICE}.")
    try:
        text = _whole(content.decode(_WESTERN), name)
    except UnicodeDecodeError:
        text = content.decode("latin-1")
    if found := _SUSPECT.search(text):
        line = text.count("\n", 0, found.start()) + 1
        raise InvalidError(
            f"{name}, line {line}: is not UTF-8 text, and in which charset it is cannot be told; {ADVICE}."
        )
    seen = _WORD.search(text)
    at = text.count("\n", 0, seen.start()) + 1 if seen else line
    sample = seen[0] if seen else ""
    return Text(text, f"is not UTF-8 and was read as windows-1252; look whether {sample!r} (line {at}) is right")


def _whole(text: str, name: str) -> str:
    if "\x00" in text:
        raise InvalidError(f"{name} is no text; {ADVICE}.")
    return text
