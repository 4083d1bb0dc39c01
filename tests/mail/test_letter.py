"""One message to one person: its shape, its headers, and that it is always the same."""

import email
import email.policy
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slavefree_cli.documents.blocks import Heading, Paragraph, lines
from slavefree_cli.mail.letter import Letter, Party, message
from slavefree_cli.mail.smtp import _dotted

AT = datetime(2023, 5, 20, 9, tzinfo=UTC)
SENDER = Party("Partnership Coordinator", "coordinator@example.org")
TO = Party("Colin Cox", "colin@example.org")


def said(heading, *texts):
    return (Heading(1, lines(heading)), *(Paragraph(lines(text)) for text in texts))


def parsed(letter, **options):
    return email.message_from_bytes(message(letter, SENDER, AT, **options), policy=email.policy.default)


def test_the_same_letter_has_the_same_bytes_and_another_another_id():
    letter = Letter("colin-cox", TO, "Hello", said("Hello", "Body"), b"BEGIN:VCALENDAR\r\n", "REQUEST")
    assert message(letter, SENDER, AT) == message(letter, SENDER, AT)
    other = letter._replace(body=said("Hello", "Other"))
    assert parsed(letter)["Message-ID"] != parsed(other)["Message-ID"]


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=120))
def test_nothing_in_a_name_a_title_or_a_text_makes_a_header(name, subject, text):
    made = message(Letter("x", Party(name, "colin@example.org"), subject, said("H", text)), SENDER, AT)
    found = email.message_from_bytes(made, policy=email.policy.default)
    assert set(found.keys()) == {"From", "To", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Type"}
    assert [each.addr_spec for each in found["To"].addresses] == ["colin@example.org"]
    assert found.defects == []
    assert found["Subject"].split() == "".join(c if c.isprintable() else " " for c in subject).split()


@pytest.mark.parametrize("bad", ["a\r\nBcc: all@example.org", "a\nBcc: all@example.org", "\x00", "\u2028Bcc: x"])
def test_line_breaks_end_no_header(bad):
    found = parsed(Letter("x", Party(bad, "colin@example.org"), bad, said("Body")))
    assert found["Bcc"] is None
    assert found.get_body(("plain",)).get_content().split() == ["Body"]


def test_a_line_that_begins_with_a_dot_does_not_end_the_message():
    assert _dotted(b"a\n.\n..b\r\nc") == b"a\r\n..\r\n...b\r\nc\r\n"
