"""One message to one person: its shape, its headers, and that it is always the same."""

import email
import email.policy
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slavefree_cli.mail.letter import Letter, Party, as_html, message
from slavefree_cli.mail.smtp import _dotted

AT = datetime(2023, 5, 20, 9, tzinfo=UTC)
SENDER = Party("Partnership Coordinator", "coordinator@example.org")
TO = Party("Colin Cox", "colin@example.org")


def parsed(letter, **options):
    return email.message_from_bytes(message(letter, SENDER, AT, **options), policy=email.policy.default)


def test_the_same_letter_has_the_same_bytes_and_another_another_id():
    letter = Letter("colin-cox", TO, "Hello", "Hello\n\nBody", b"BEGIN:VCALENDAR\r\n", "REQUEST")
    assert message(letter, SENDER, AT) == message(letter, SENDER, AT)
    other = letter._replace(text="Hello\n\nOther")
    assert parsed(letter)["Message-ID"] != parsed(other)["Message-ID"]


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=120))
def test_nothing_in_a_name_a_title_or_a_text_makes_a_header(name, subject, text):
    made = message(Letter("x", Party(name, "colin@example.org"), subject, f"H\n\n{text}"), SENDER, AT)
    found = email.message_from_bytes(made, policy=email.policy.default)
    assert set(found.keys()) == {"From", "To", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Type"}
    assert [each.addr_spec for each in found["To"].addresses] == ["colin@example.org"]
    assert found.defects == []
    assert found["Subject"].split() == "".join(c if c.isprintable() else " " for c in subject).split()


@pytest.mark.parametrize("bad", ["a\r\nBcc: all@example.org", "a\nBcc: all@example.org", "\x00", "\u2028Bcc: x"])
def test_line_breaks_end_no_header(bad):
    found = parsed(Letter("x", Party(bad, "colin@example.org"), bad, "Body"))
    assert found["Bcc"] is None
    assert found.get_body(("plain",)).get_content().split() == ["Body"]


def test_html_has_a_language_headings_lists_and_links_and_escapes_the_rest():
    text = "Title & <b>\n\nAgenda\n1. One\n2. <i>Two</i>\n\nSee https://example.org/?a=1&b=2.\nBye"
    page = as_html(Letter("x", TO, "Sub<ject>", text))
    assert '<html lang="en-GB">' in page
    assert "<title>Sub&lt;ject&gt;</title>" in page
    assert "<h1>Title &amp; &lt;b&gt;</h1>" in page
    assert "<h2>Agenda</h2>\n<ol><li>One</li><li>&lt;i&gt;Two&lt;/i&gt;</li></ol>" in page
    assert '<a href="https://example.org/?a=1&amp;b=2">https://example.org/?a=1&amp;b=2</a>.<br>\nBye' in page


def test_markdown_becomes_html_and_html_in_it_text():
    page = as_html(Letter("x", TO, "S", "# Minutes\n\n<script>x</script>\n\n- one\n", is_markdown=True))
    assert "<h1>Minutes</h1>" in page
    assert "<script>" not in page
    assert "<li>one</li>" in page
    assert (
        "javascript:"
        not in as_html(Letter("x", TO, "S", "[a](javascript:alert(1))", is_markdown=True))
        .split("<p>")[1]
        .partition("href")[2]
    )


def test_a_line_that_begins_with_a_dot_does_not_end_the_message():
    assert _dotted(b"a\n.\n..b\r\nc") == b"a\r\n..\r\n...b\r\nc\r\n.\r\n"
