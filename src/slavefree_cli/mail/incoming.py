"""Calendar files as they come in: bare, in a message, or in a mailbox of many."""

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.utils import parseaddr
from typing import NamedTuple

_MAILBOX = re.compile(rb"^From [^\r\n]+\r?\n(?=[!-9;-~]+:)", re.MULTILINE)


class Incoming(NamedTuple):
    """A calendar, and what is known of how it came."""

    number: int
    """Which message of the file it is in, counted from 1."""
    content: bytes
    """The calendar; empty where a message has none."""
    sender: str | None
    """The address that a message says it is from, which nobody has verified; None of a bare file."""


def calendars(content: bytes) -> list[Incoming]:
    """Return the calendars in a file: a message or a mailbox is looked through, anything else is taken as one.

    Args:
        content: The file.
    """
    if content.lstrip(b"\xef\xbb\xbf \t\r\n")[:15].upper() == b"BEGIN:VCALENDAR":
        return [Incoming(1, content, None)]
    if _MAILBOX.match(content):
        messages = [each for each in _MAILBOX.split(content) if each.strip()]
        return [found for number, each in enumerate(messages, 1) for found in _in_message(number, each)]
    return _in_message(1, content)


def _in_message(number: int, content: bytes) -> list[Incoming]:
    try:
        return list(_parts(number, content))
    except (RecursionError, ValueError, TypeError, LookupError, AttributeError):
        # What the email package raises on messages that are made to be hard to read.
        return [Incoming(number, b"", "")]


def _parts(number: int, content: bytes) -> Iterator[Incoming]:
    message = message_from_bytes(content, policy=policy.compat32)
    sender = parseaddr(str(message.get("From", "")))[1] or ""
    seen: list[bytes] = []
    for part in message.walk():
        name = str(part.get_filename() or "").lower()
        if part.get_content_type() not in {"text/calendar", "application/ics"} and not name.endswith(".ics"):
            continue
        payload = part.get_payload(decode=True)
        # The same calendar stands in many messages twice: to be shown, and as a file.
        if isinstance(payload, bytes) and payload.strip() and _essence(payload) not in seen:
            seen.append(_essence(payload))
            yield Incoming(number, payload, sender)
    if not seen:
        yield Incoming(number, b"", sender)


def _essence(calendar: bytes) -> bytes:
    return re.sub(rb"\r?\n[ \t]|\s+", b"", calendar)
