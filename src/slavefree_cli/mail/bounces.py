"""What a mail server says became of a message: that it did not reach somebody, or not yet (RFC 3464)."""

import re
from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message
from email.utils import parseaddr
from typing import Final, NamedTuple

_DAEMONS: Final = frozenset({"mailer-daemon", "postmaster", "mail-daemon", "mailerdaemon"})
_REPORTS: Final = frozenset({"message/delivery-status", "message/global-delivery-status"})
_STATUS: Final = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")
_NAMED: Final = re.compile(r"^(?:[ \t]++|<)([^\s<>:;,\"@]++@[^\s<>:;,\"@]++)>?:?[ \t]*+\r?$", re.MULTILINE)


class Delivery(NamedTuple):
    """What became of a message to one address."""

    address: str
    action: str
    """``failed``, ``delayed``, ``delivered``, ``relayed`` or ``expanded``."""
    status: str
    """As in RFC 3463: ``5.1.1``; empty where it is not said."""
    reason: str
    """In the words of the server; empty where it says nothing."""


def deliveries(message: Message) -> list[Delivery]:
    """Return what a message says of the delivery of another; nothing where it is no such report."""
    reports = [part for part in message.walk() if part.get_content_type() in _REPORTS]
    said = [found for report in reports for found in _in_report(report)]
    if said or reports:
        return said
    sender = parseaddr(str(message.get("From", "")))[1]
    named = [each.strip() for each in str(message.get("X-Failed-Recipients", "")).split(",") if "@" in each]
    if not named and sender.partition("@")[0].casefold() not in _DAEMONS:
        return []
    # Some servers write for people alone; who it did not reach then stands in a line of its own.
    text = next((_text(part) for part in message.walk() if part.get_content_type() == "text/plain"), "")
    status = _STATUS.search(text)
    return [Delivery(each, "failed", status[1] if status else "", "") for each in named or _NAMED.findall(text)]


def is_receipt(message: Message) -> bool:
    """Tell whether a message says that another was read or deleted (RFC 8098)."""
    return any(part.get_content_type() == "message/disposition-notification" for part in message.walk())


def is_automatic(message: Message) -> bool:
    """Tell whether a program wrote a message, as for somebody who is away (RFC 3834)."""
    submitted = str(message.get("Auto-Submitted", "no")).strip().casefold()
    return not submitted.startswith("no") or any(name in message for name in ("X-Autoreply", "X-Autorespond"))


def _in_report(report: Message) -> Iterator[Delivery]:
    for block in _blocks(report):
        # Who it was sent to comes first: what the server made of the address may be nobody's that is known.
        address = _after_type(block, "Original-Recipient") or _after_type(block, "Final-Recipient")
        if not address:
            continue
        status = _STATUS.search(str(block.get("Status", "")))
        action = str(block.get("Action", "failed")).strip().casefold()
        yield Delivery(address, action, status[1] if status else "", _after_type(block, "Diagnostic-Code")[:200])


def _blocks(report: Message) -> list[Message]:
    """Return what is said of each recipient; the form for addresses in UTF-8 (RFC 6533) the library does not know."""
    payload = report.get_payload()
    parts = [each for each in payload if isinstance(each, Message)] if isinstance(payload, list) else []
    if report.get_content_type() == "message/delivery-status":
        return parts
    text = b"\n".join(each.as_bytes() for each in parts).replace(b"\r\n", b"\n")
    return [message_from_bytes(each) for each in text.split(b"\n\n") if each.strip()]


def _after_type(block: Message, header: str) -> str:
    value = str(block.get(header, ""))
    kind, semicolon, said = value.partition(";")
    return " ".join((said if semicolon else kind).split()).strip("<>")


def _text(part: Message) -> str:
    payload = part.get_payload(decode=True)
    return payload.decode("utf-8", "replace") if isinstance(payload, bytes) else ""
