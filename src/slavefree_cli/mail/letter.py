"""One message to one person, in the MIME shape that Outlook and Gmail give buttons to (RFC 6047).

``multipart/mixed( multipart/alternative( text/plain, text/html, text/calendar; method=… ), invite.ics )``. The same
letter always has the same bytes: its boundaries and its Message-ID follow from what is in it.
"""

import base64
import hashlib
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import NamedTuple

from slavefree_cli.documents import html
from slavefree_cli.documents.blocks import Block
from slavefree_cli.documents.text import rendered


class Party(NamedTuple):
    """Who a letter is from or to."""

    name: str
    address: str


class Letter(NamedTuple):
    """What somebody is sent."""

    id: str
    """Of the person or member."""
    to: Party
    subject: str
    body: tuple[Block, ...]
    calendar: bytes | None = None
    method: str | None = None
    what: str = ""
    """What it is called, for whoever sends it."""
    thread: str = ""
    """The Message-ID of the first message of those that it belongs to, where there are several."""
    begins: bool = False
    """Whether it is that first one."""
    name: str = ""
    """What its draft is called, where it is not the only letter to somebody."""


def message_id(letter: Letter, sender: Party) -> str:
    """Return the Message-ID of a letter, which follows from what is in it and whom it is to.

    The first of a thread has one that follows from what the thread is about, so that each later one knows it.
    """
    if letter.begins:
        return letter.thread
    parts = [*letter.to, sender.address, letter.subject, rendered(letter.body)]
    digest = hashlib.sha256("\0".join(parts).encode() + (letter.calendar or b"")).hexdigest()
    return f"<{digest[:32]}@{sender.address.rpartition('@')[2]}>"


def thread_of(about: str, to: str, sender: str) -> str:
    """Return the Message-ID with which a thread begins.

    Args:
        about: What all its messages are about, such as the UID of a meeting.
        to: The address that they go to.
        sender: The address from which the first one comes.
    """
    digest = hashlib.sha256("\0".join([about, to.casefold()]).encode("utf-8", "surrogatepass")).hexdigest()
    return f"<{digest[:32]}@{sender.rpartition('@')[2]}>"


def message(letter: Letter, sender: Party, at: datetime, *, unsent: bool = False) -> bytes:
    """Return a letter as a message, ready to be sent or, as a draft, to be looked at first.

    Args:
        letter: The letter.
        sender: The coordinator, who organises what is in it.
        at: The instant it is written at.
        unsent: Whether it is a draft, which Outlook and others then open to be sent (``X-Unsent: 1``).
    """
    made = EmailMessage(policy=SMTP)
    subject = in_header(letter.subject)
    made.set_content(rendered(letter.body).rstrip("\n") + "\n", cte="quoted-printable")
    made.add_alternative(html.page(subject, letter.body), subtype="html", cte="quoted-printable")
    if letter.calendar is not None and letter.method is not None:
        text = letter.calendar.decode()
        made.add_alternative(text, subtype="calendar", cte="base64", params={"method": letter.method})
        made.add_attachment(letter.calendar, maintype="application", subtype="ics", filename="invite.ics")
    for number, part in enumerate(each for each in made.walk() if each.is_multipart()):
        part.set_boundary(f"slavefree-{number}-{message_id(letter, sender)[1:25]}")
    headers = [
        f"From: {_address(sender)}",
        f"To: {_address(letter.to)}",
        f"Subject: {_encoded(subject)}",
        f"Date: {format_datetime(at)}",
        f"Message-ID: {message_id(letter, sender)}",
        *([f"References: {letter.thread}"] if letter.thread and not letter.begins else []),
        *(["X-Unsent: 1"] if unsent else []),
    ]
    return "".join(f"{header}\r\n" for header in headers).encode("ascii") + made.as_bytes()


def in_header(text: str) -> str:
    """Return text that is one line and nothing but text, whatever somebody put into a name or a title."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _address(party: Party) -> str:
    name = in_header(party.name)
    if _is_plain(name):
        quoted = name.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{quoted}"\r\n <{party.address}>' if name else party.address
    return f"{_encoded(name)}\r\n <{party.address}>"


def _encoded(text: str) -> str:
    """Return text as a header has it: as it is, or in encoded words (RFC 2047), also where it looks like one.

    The email package would take text that looks like an encoded word for one, and line breaks in it for real.
    """
    if _is_plain(text):
        return text
    words, word = [], ""
    for character in text:
        if len((word + character).encode()) > 42:
            words.append(word)
            word = ""
        word += character
    words.append(word)
    return "\r\n ".join(f"=?utf-8?b?{base64.b64encode(each.encode('utf-8', 'replace')).decode()}?=" for each in words)


def _is_plain(text: str) -> bool:
    # A line may have 998 characters (RFC 5322 section 2.1.1).
    return text.isascii() and "=?" not in text and len(text) < 900
