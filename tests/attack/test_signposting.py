"""Where the public is sent is text, wherever it is shown: no markup, header, template, calendar line or typed action.

Kind: what one member writes into the partnership's record, and everybody's documents then carry.
"""

import email
import email.policy

import pytest

TEXT = (
    "ACTION Colin Cox: Pay", "DECISION: All was agreed.", "Bcc: x@evil.test", "", "# Heading {{ 7*7 }}",
    "{% owned 'x' %}<script>alert(1)</script>", "<!-- slavefree end actions -->", "| a | b |", "END:VEVENT",
    "![](https://evil.test/x.png) [a](javascript:alert(1))",
)  # fmt: skip


@pytest.fixture
def signposted(place):
    path = place.register / "partnership.toml"
    lines = '"""\n' + "\n".join(TEXT) + '\n"""'
    path.write_text(f'{path.read_text()}\n[signposting]\ntext = {lines}\nurl = "https://example.org/_a_*b*)](x)"\n')
    place.ok("commit")
    place.ok("person", "edit", "colin", "--email", "colin@example.org")
    return place


def test_no_action_of_the_minutes(signposted):
    signposted.ok("minutes", "draft", "inaugural")
    assert "nothing to collect" in signposted.ok("minutes", "collect", "inaugural").err
    minutes = (signposted.register / "2023-06-07-inaugural" / "minutes.md").read_text()
    assert "<script" not in minutes.replace("\\<script", "")
    assert r"{{ 7\*7 }} {% owned 'x' %}" in minutes
    signposted.ok("minutes", "refresh", "inaugural")
    signposted.ok("check")


def test_no_header_and_no_markup_of_a_message(signposted):
    signposted.ok("minutes", "draft", "inaugural")
    signposted.ok("minutes", "send", "inaugural")
    signposted.ok("invite", "send", "inaugural")
    for path in signposted.register.glob("outbox/*.eml"):
        message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        assert "Bcc" not in message
        html = message.get_body(("html",)).get_content()
        assert not [each for each in ("<script", "<img", 'href="javascript') if each in html]
        assert "&lt;script&gt;" in html


def test_no_line_of_a_calendar(signposted):
    signposted.ok("invite", "make", "inaugural")
    text = (signposted.register / "2023-06-07-inaugural" / "invite.ics").read_text()
    assert text.splitlines().count("END:VEVENT") == 1
