"""The messages in a file, as mail programs keep and export them."""

import re
from collections.abc import Iterator
from typing import Final

_DAY: Final = rb"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\w*,?[ \t]"
_TIME: Final = rb"\d{1,2}:\d\d"
_SEPARATOR: Final = re.compile(rb"^From(?:[ \t]([^\r\n]*))?\r?\n", re.MULTILINE)
_DATED: Final = re.compile(_DAY + rb"[^\r\n]*" + _TIME + rb"[^\r\n]*\b\d{4}\b|\b\d{4}-\d\d-\d\d[ T]" + _TIME)
_ENVELOPE: Final = re.compile(rb"-?|[^\s@]++@[^\s]++|MAILER-DAEMON")
_HEADERS: Final = re.compile(
    rb"(?:>?From [^\r\n]*(?:\r?\n|\Z))?((?:[!-9;-~]+[ \t]*:[^\r\n]*(?:\r?\n|\Z)(?:[ \t]+[^\r\n]*(?:\r?\n|\Z))*)+)"
)
_OF_MESSAGES: Final = re.compile(
    rb"^(?:from|date|received|return-path|message-id|mime-version|delivered-to|x-mozilla-status|x-gm-thrid)[ \t]*:",
    re.MULTILINE | re.IGNORECASE,
)
_OF_ANY: Final = re.compile(rb"^(?:to|subject|content-type|content-disposition|x-unsent)[ \t]*:", re.M | re.I)
_QUOTED: Final = re.compile(rb"^>(>*From )", re.MULTILINE)
_APPLE: Final = re.compile(rb"\s*(\d{1,10})[ \t]*\r?\n")
_LONGEST_SEPARATOR: Final = 300
"""How long what stands in a line that begins with From can be, and be a sender and a date."""
_BLANK: Final = b"\xef\xbb\xbf \t\r\n"


def messages(content: bytes) -> Iterator[bytes]:
    """Yield the messages in a file: all of a mailbox in a form of mbox, or the one that it is.

    A line that begins with ``From`` begins a message where the headers of one follow it and it stands where one can
    begin, so that text in which nobody put a ``>`` before it stays text.

    Args:
        content: The file.
    """
    content = content.lstrip(_BLANK)
    if b"\n" not in content:
        content = content.replace(b"\r", b"\n")
    if (apple := _APPLE.match(content)) and is_message(content[apple.end() :]):
        # Apple Mail's .emlx: how many bytes, the message, and what the program knows of it.
        yield content[apple.end() : apple.end() + int(apple[1])]
        return
    starts = list(_starts(content))
    if not starts or (starts[0][0] != 0 and is_message(content)):
        yield content
        return
    if starts[0][0] != 0:
        yield content[: starts[0][0]]
    ends = [start for start, _ in starts[1:]] + [len(content)]
    for (_, start), end in zip(starts, ends, strict=True):
        yield _QUOTED.sub(rb"\1", content[start:end])


def is_message(content: bytes) -> bool:
    """Tell whether a file begins as a message does, with headers that messages have (RFC 5322)."""
    headers = _HEADERS.match(content.lstrip(_BLANK))
    return headers is not None and bool(_OF_MESSAGES.search(headers[1]) or _OF_ANY.search(headers[1]))


def _starts(content: bytes) -> Iterator[tuple[int, int]]:
    """Yield where the line stands and ends that begins a message, of each in a mailbox."""
    begins = ends = 0
    for found in _SEPARATOR.finditer(content):
        # What is a header of the message before is looked at with that one alone.
        if begins <= found.start() < ends:
            continue
        headers = _HEADERS.match(content, found.end())
        if headers is None:
            continue
        # The line before headers may be another of its kind: what was looked at once stays looked at.
        begins, ends = min(begins, headers.start(1)) if headers.end(1) == ends else headers.start(1), headers.end(1)
        if _OF_MESSAGES.search(headers[1]) and (found.start() == 0 or _is_separator(content, found)):
            yield found.span()


def _is_separator(content: bytes, found: re.Match[bytes]) -> bool:
    said = (found[1] or b"").strip()
    if len(said) > _LONGEST_SEPARATOR:
        return False
    before = content[max(0, found.start() - 4) : found.start()]
    after_blank = before.endswith((b"\n\n", b"\n\r\n"))
    return _DATED.search(said) is not None or (after_blank and _ENVELOPE.fullmatch(said) is not None)
