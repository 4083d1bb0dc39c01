"""How many messages there are in a file, whichever program wrote it."""

import pytest

from incoming_mail import JULIE, attendee, calendar, mailbox, message
from slavefree_cli.mail.mailbox import is_message, messages

ONE = message(calendar())
TWO = message(calendar(attendee(JULIE, "DECLINED")), sender=f"Julie Young <{JULIE}>")
DATED = b"Mon May  8 10:00:05 2023"


def with_text(text):
    """A message in whose text stands what might be taken for the beginning of another."""
    return message(f"Dear all\r\n\r\n{text}\r\n", "text/plain")


@pytest.mark.parametrize(
    "content",
    [
        mailbox(ONE, TWO),
        mailbox(ONE, TWO).replace(b"\r\n", b"\n"),
        mailbox(ONE, TWO).replace(b"\r\n", b"\r"),
        b"\r\n" + mailbox(ONE, TWO),
        b"\xef\xbb\xbf\n\n" + mailbox(ONE, TWO),
        mailbox(ONE, TWO, between=b""),
        mailbox(ONE, TWO, separator=b"From colin@example.org " + DATED + b"\n"),
        mailbox(ONE, TWO, separator=b"From 17@xxx Mon May 08 10:00:05 +0000 2023\r\nX-GM-THRID: 17\r\n"),
        mailbox(ONE, TWO, separator=b"From ???@??? " + DATED + b"\n"),
        mailbox(ONE, TWO, separator=b"From MAILER-DAEMON\n"),
        mailbox(ONE, TWO, separator=b"From \r\n"),
        mailbox(ONE, TWO, separator=b"From colin@example.org " + DATED + b"\n>From colin " + DATED + b"\n"),
        b"exported by some program\n\n" + mailbox(ONE, TWO).removeprefix(b"no"),
    ],
    ids=range(13),
)
def test_the_messages_of_a_mailbox_however_it_is_written(content):
    found = [each for each in messages(content) if is_message(each)]
    assert len(found) == 2
    assert b"ACCEPTED" in found[0]
    assert b"DECLINED" in found[1]


@pytest.mark.parametrize(
    "text",
    [
        "From my (non technical end) some queries:\r\nNote: I may be late",
        "From my (non technical end) some queries;\r\n\r\n* Latency",
        ">From my end:\r\nNote: I may be late",
        "From the chair\r\nSubject: parking",
        "From the chair\r\nDate: 7 June",
        "From chair@example.org\r\nNote: I may be late",
        "From Monday 8 May 2023 at 10:00 we meet\r\nTo: be sure",
        "From \r\n\r\nFrom -\r\n",
        "From: me\r\nDate: today",
    ],
)
def test_what_begins_with_from_in_a_text_begins_no_message(text):
    assert len(list(messages(mailbox(with_text(text), TWO)))) == 2


def test_the_marks_that_keep_from_apart_are_taken_away_once():
    (found,) = messages(mailbox(with_text(">From x\r\n>>From y\r\n > From z")))
    assert b"\r\nFrom x\r\n>From y\r\n > From z" in found


def test_a_message_is_no_mailbox_for_another_that_it_quotes():
    quoting = message("Forwarded:\r\n\r\n" + mailbox(ONE).decode(), "text/plain")
    assert list(messages(quoting)) == [quoting]


def test_what_apple_mail_keeps_of_a_message_is_the_message():
    kept = f"{len(ONE)}      \n".encode() + ONE + b'<?xml version="1.0"?><plist><dict/></plist>\n'
    assert list(messages(kept)) == [ONE]


@pytest.mark.parametrize(
    ("content", "it_is"),
    [
        (ONE, True),
        (b"\r\nSubject: x\r\n\r\nx", True),
        (b"note: we meet at ten\n\nx", False),
        (b"hello", False),
        (b"\x89PNG\r\n", False),
    ],
)
def test_a_message_has_headers_that_messages_have(content, it_is):
    assert is_message(content) is it_is
