"""``invite send``: one message a person, as drafts or through a real mail server on loopback."""

import email
import email.policy

import pytest

from mail_server import MEETING, Mailbox, issued, parts, served
from strict_ics import faults


def test_drafts_are_whole_messages_that_git_ignores(invited):
    answer = invited.ok("invite", "send", "inaugural")
    assert "Wrote 2 drafts" in answer.err
    outbox = invited.register / "outbox"
    drafts = sorted(outbox.glob("*.eml"))
    assert [each.name for each in drafts] == [f"{MEETING}_colin-cox.eml", f"{MEETING}_julie-young.eml"]
    assert invited.git("status", "--porcelain") == ""
    message = email.message_from_bytes(drafts[0].read_bytes(), policy=email.policy.default)
    assert (message["X-Unsent"], message["To"], message["From"]) == (
        "1",
        "Colin Cox <colin@example.org>",
        "Colchester Anti-Slavery Partnership <coordinator@example.org>",
    )
    assert message["Subject"] == "Invitation: Inaugural meeting, 7 June 2023 (Colchester Anti-Slavery Partnership)"
    assert message["References"] is None
    assert parts(message) == [
        "multipart/mixed", "multipart/alternative", "text/plain", "text/html", "text/calendar", "application/ics",
    ]  # fmt: skip
    calendar = next(part for part in message.walk() if part.get_content_type() == "text/calendar")
    assert (calendar.get_param("method"), calendar.get_content_charset()) == ("REQUEST", "utf-8")
    assert faults(calendar.get_payload(decode=True)) == []
    assert b"julie" not in drafts[0].read_bytes().lower()
    assert issued(invited) == [(0, "REQUEST", ("colin-cox", "julie-young"))]
    before = [each.read_bytes() for each in drafts]
    assert "Nobody needs a message" in invited.ok("invite", "send", "inaugural").err
    assert [each.read_bytes() for each in drafts] == before


def test_a_dry_run_lists_who_would_get_what_and_does_nothing(invited):
    before = invited.files(), invited.head()
    listed = invited.ok("invite", "send", "inaugural", "--dry-run").out
    assert listed.splitlines() == [
        "colin-cox\tColin Cox\tcolin@example.org\tinvitation\t\t",
        "julie-young\tJulie Young\tjulie@example.org\tinvitation\t\t",
    ]
    assert (invited.files(), invited.head()) == before


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_sent_over_tls_with_a_password_and_recorded(invited, request, certificate, security):
    mailbox = Mailbox()
    served(invited, mailbox, request, certificate, security, password="secret")
    assert "--yes" in invited.run("invite", "send", "inaugural", "--smtp").err
    answer = invited.ok("invite", "send", "inaugural", "--smtp", "--yes")
    assert "Sent 2 messages." in answer.err
    assert sorted(to for (to,), _ in mailbox.taken) == ["colin@example.org", "julie@example.org"]
    for message, other in zip(mailbox.messages(), ("julie", "colin"), strict=True):
        assert other not in str(message).lower()
        assert message["X-Unsent"] is None
    assert issued(invited) == [(0, "REQUEST", ("colin-cox", "julie-young"))]
    assert "example.org" not in invited.git("log", "-1", "--format=%B")
    assert "Nobody needs a message" in invited.ok("invite", "send", "inaugural", "--smtp", "--yes").err


def test_updates_and_cancellations_follow(invited, request):
    mailbox = Mailbox()
    served(invited, mailbox, request)
    for done in (
        "status",
        "meeting move inaugural --date 2023-06-14",
        "invite remove inaugural julie",
        "meeting cancel inaugural --yes --reason Illness",
    ):
        invited.ok(*done.split())
        invited.ok("invite", "send", "inaugural", "--smtp", "--yes")
    of = " (Colchester Anti-Slavery Partnership)"
    assert sorted(message["Subject"] for message in mailbox.messages()) == [
        f"Cancelled: Inaugural meeting, 14 June 2023{of}",
        f"Invitation: Inaugural meeting, 7 June 2023{of}",
        f"Invitation: Inaugural meeting, 7 June 2023{of}",
        f"No longer invited: Inaugural meeting, 14 June 2023{of}",
        f"Updated: Inaugural meeting, 14 June 2023{of}",
        f"Updated: Inaugural meeting, 14 June 2023{of}",
    ]
    assert "Illness" in mailbox.messages()[-1].get_body(("plain",)).get_content()


def test_who_has_no_address_is_listed(place):
    place.ok("person", "edit", "colin", "--email", "colin@example.org")
    assert "Julie Young has no address and gets nothing" in place.ok("invite", "send", "inaugural", "--dry-run").err
    place.ok("person", "edit", "colin", "--email", "")
    answer = place.ok("invite", "send", "inaugural")
    assert answer.err.endswith("Nobody needs a message about Inaugural meeting on 7 June 2023 who has an address.\n")


def test_on_a_terminal_who_gets_what_is_shown_before_the_question(invited, request):
    served(invited, Mailbox(), request)
    answer = invited.at_terminal("invite", "send", "inaugural", "--smtp", typed="n\n")
    assert answer.out.index("Julie Young") < answer.out.index(
        "Send 2 messages about Inaugural meeting on 7 June 2023 by 127.0.0.1?"
    )
    assert issued(invited) == []
    assert "Sent 2 messages." in invited.at_terminal("invite", "send", "inaugural", "--smtp", typed="y\n").out


def test_a_draft_of_what_is_sent_now_does_not_stay(invited, request):
    invited.ok("invite", "send", "inaugural")
    invited.ok("minutes", "draft", "inaugural")
    invited.ok("minutes", "send", "inaugural")
    invited.ok("minutes", "send", "inaugural", "--template", "action-notes")
    outbox = invited.register / "outbox"
    assert len(list(outbox.glob("*.eml"))) == 6
    served(invited, Mailbox(), request)
    invited.ok("meeting", "move", "inaugural", "--date", "2023-06-14")
    invited.ok("invite", "send", "inaugural", "--smtp", "--yes")
    invited.ok("minutes", "send", "inaugural", "--smtp", "--yes")
    assert sorted(path.name.partition("_2023")[0] for path in outbox.glob("*.eml")) == ["action-notes", "action-notes"]
    assert "had it already" in invited.ok("minutes", "send", "inaugural", "--smtp", "--yes").out
