"""Calendar files as they come in: bare, in a message, in one that was forwarded, or in a mailbox of many."""

import base64
import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime
from typing import Final, NamedTuple

from slavefree_cli.mail import foreign, mailbox
from slavefree_cli.mail.bounces import Delivery, deliveries, is_automatic, is_receipt, mentioned, own_parts
from slavefree_cli.mail.charset import as_utf8, is_wide

_CALENDARS: Final = frozenset({"text/calendar", "text/x-vcalendar", "application/ics", "application/calendar"})
_CALENDAR_NAMES: Final = (".ics", ".ical", ".vcs")
_ANY_TYPE: Final = frozenset({"application/octet-stream", "text/plain", "application/x-eml", "application/eml"})
_ENCODED_CALENDAR: Final = re.compile(rb"\s*QkVHSU46VkNBTEVOREFS")
"""BEGIN:VCALENDAR in base64."""
_DEEPEST: Final = 20
_TAKEN_APART: Final = frozenset({"content-type", "content-disposition", "from", "sender", "subject", "date"})
_LONGEST_HEADER: Final = 20_000


class Incoming(NamedTuple):
    """A calendar, and what is known of how it came."""

    number: int
    """Which message of the file it is in, counted from 1."""
    content: bytes
    """The calendar, in UTF-8; empty where a message has none."""
    sender: str | None
    """The address that a message says it is from, which nobody has verified; None of a bare file.

    Of a message that was forwarded as an attachment it is who wrote that one.
    """
    name: str = ""
    """The name that it says it is from."""
    behind: str = ""
    """Who else may have sent it: on behalf of the sender, or named beside them (RFC 5322 section 3.6.2)."""
    subject: str = ""
    sent: datetime | None = None
    """When the message says it was sent."""
    method: str = ""
    """What the message says that the calendar is for."""
    note: str = ""
    """What is to be told of how its text was read."""
    why: str = ""
    """Where there is no calendar, what there is instead and what to do."""
    deliveries: tuple[Delivery, ...] = ()
    """What became of a message of ours; the calendar is the one that was in it."""
    mentions: frozenset[str] = frozenset()
    """The Message-IDs that stand in such a report."""


def calendars(content: bytes) -> list[Incoming]:
    """Return the calendars in a file: a message or a mailbox is looked through, anything else is told.

    Args:
        content: The file.
    """
    if _is_calendar(content):
        text = as_utf8(content)
        return [Incoming(1, text.content, None, note=text.note)]
    if not content.strip():
        return [Incoming(1, b"", None, why="is empty")]
    if (why := foreign.file(content)) is not None:
        return [Incoming(1, b"", None, why=why)]
    if is_wide(content):
        content = as_utf8(content).content
    found = []
    for number, each in enumerate(mailbox.messages(content), 1):
        if mailbox.is_message(each):
            found += _in_message(number, each)
        else:
            found.append(Incoming(number, b"", None))
    return found


def _in_message(number: int, content: bytes) -> list[Incoming]:
    try:
        message = message_from_bytes(content, policy=policy.compat32)
        _refuse_long(message)
        found = list(_of(message, Incoming(number, b"", ""), 0))
        # Messages that were only put one behind the other have nothing between them.
        after = (message.epilogue or "").encode("utf-8", "surrogateescape").lstrip()
        return found + (_in_message(number + 1, after) if mailbox.is_message(after) else [])
    except (RecursionError, ValueError, TypeError, LookupError, AttributeError, MessageError):
        # What the email package raises on messages that are made to be hard to read.
        return [Incoming(number, b"", "", why="is a message that cannot be read")]


def _refuse_long(message: Message) -> None:
    """Refuse a message for whose headers the email package would need time beyond all measure."""
    for part in message.walk():
        if any(len(str(value)) > _LONGEST_HEADER for name, value in part.items() if name.lower() in _TAKEN_APART):
            raise ValueError("a header is too long")


def _of(message: Message, outer: Incoming, depth: int) -> list[Incoming]:
    """Return what is in one message, that of the messages attached to it last; told of it where there is nothing."""
    if depth > _DEEPEST:
        raise RecursionError
    envelope = _envelope(message, outer)
    if reported := deliveries(message):
        inner = next((each.content for each in _found(message, envelope, depth) if each.content), b"")
        return [envelope._replace(content=inner, deliveries=tuple(reported), mentions=mentioned(message))]
    if is_receipt(message):
        return [envelope._replace(why="is a receipt, which says that a message was read or deleted, and no answer")]
    found = list(_found(message, envelope, depth))
    if any(each.content for each in found):
        # Beside a calendar, what else is attached needs no word; an answer in another message does.
        return [
            each for each in found if each.content or each.deliveries or (each.why and each.sender != envelope.sender)
        ]
    if found:
        return found[:1]
    away = is_automatic(message)
    return [envelope._replace(why="is an automatic answer, as of somebody who is away" if away else "")]


def _found(message: Message, envelope: Incoming, depth: int) -> Iterator[Incoming]:
    seen: set[bytes] = set()
    attached: list[Message] = []
    parts = list(own_parts(message))
    methods = filter(None, (_parameter(part, "method") for part in parts if part.get_content_type() in _CALENDARS))
    method = next(methods, "")
    for part in parts:
        kind, name = part.get_content_type(), str(part.get_filename() or "").lower()
        if kind in {"message/rfc822", "message/global"}:
            attached += _unwrapped(part)
            continue
        named = kind in _CALENDARS or name.endswith(_CALENDAR_NAMES)
        content = _content(part)
        if (named and content.strip()) or (kind in _ANY_TYPE and _is_calendar(content)):
            text = as_utf8(content, part.get_content_charset())
            # The same calendar stands in many messages twice: to be shown, and as a file.
            if (essence := re.sub(rb"\r?\n[ \t]|\s+", b"", text.content)) not in seen:
                seen.add(essence)
                yield envelope._replace(content=text.content, method=method, note=text.note)
        elif (name.endswith(".eml") or kind in _ANY_TYPE - {"text/plain"}) and mailbox.is_message(content):
            attached.append(message_from_bytes(content, policy=policy.compat32))
        elif (why := foreign.part(kind, name, _parameter(part, "smime-type").lower(), content)) is not None:
            yield envelope._replace(why=why)
    for each in attached:
        yield from _of(each, envelope, depth + 1)


def _content(part: Message) -> bytes:
    """Return what is in a part, decoded; some gateways write blanks behind the encoding, or lose it altogether."""
    encoding = str(part.get("Content-Transfer-Encoding", ""))
    if encoding != encoding.strip():
        part.replace_header("Content-Transfer-Encoding", encoding.strip())
    payload = part.get_payload(decode=True)
    content = payload if isinstance(payload, bytes) else b""
    if _ENCODED_CALENDAR.match(content):
        with suppress(ValueError):
            return base64.b64decode(content)
    return content


def _unwrapped(part: Message) -> Iterator[Message]:
    """Yield the message that is attached; some programs encode it as if it were a file."""
    payload = part.get_payload()
    for each in payload if isinstance(payload, list) else []:
        if not isinstance(each, Message):
            continue
        encoding = str(part.get("Content-Transfer-Encoding", "")).strip().lower()
        if encoding in {"base64", "quoted-printable"}:
            import binascii

            decode = binascii.a2b_base64 if encoding == "base64" else binascii.a2b_qp
            content = decode(each.as_bytes())
            if mailbox.is_message(content):
                yield message_from_bytes(content, policy=policy.compat32)
                continue
        yield each


def _envelope(message: Message, outer: Incoming) -> Incoming:
    (name, sender), *besides = _parties(message, "From")
    if not sender and outer.sender:
        return outer
    # With several in From, one of them sent it, and which is to stand in Sender; but anybody can write either.
    behind = [each for _, each in (*_parties(message, "Sender"), *besides) if each.casefold() != sender.casefold()]
    return Incoming(
        outer.number, b"", sender, name, next(filter(None, behind), ""), _words(message, "Subject"), _sent(message)
    )


def _parties(message: Message, header: str) -> list[tuple[str, str]]:
    """Return the names and addresses in a header, or one of neither."""
    raw = [str(each) for each in message.get_all(header, [])]
    return [(_decoded(name), address) for name, address in getaddresses(raw)] or [("", "")]


def _words(message: Message, header: str) -> str:
    return _decoded(str(message.get(header, "")))[:200]


def _decoded(text: str) -> str:
    with suppress(ValueError, LookupError, MessageError):
        text = str(make_header(decode_header(text)))
    return " ".join("".join(each if each.isprintable() else " " for each in text).split())


def _sent(message: Message) -> datetime | None:
    try:
        sent = parsedate_to_datetime(str(message["Date"]))
        return (sent if sent.tzinfo else sent.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _parameter(part: Message, name: str) -> str:
    found = part.get_param(name)
    return found if isinstance(found, str) else ""


def _is_calendar(content: bytes) -> bool:
    beginning = content[:400].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return beginning[:15].upper() == b"BEGIN:VCALENDAR"
