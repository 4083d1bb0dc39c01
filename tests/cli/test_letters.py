"""What messages say: to each owner, in minutes, in a header, and what never stands in one."""

import email
import email.policy

from mail_server import MEETING, Mailbox, plain, served

MAY_20 = {"SOURCE_DATE_EPOCH": "1684576800"}


def test_the_marking_begins_the_subject_and_nothing_gets_into_a_header(invited):
    invited.ok("partnership", "edit", "--marking", "OFFICIAL-SENSITIVE")
    file = invited.register / "people" / "colin-cox.toml"
    file.write_text(file.read_text().replace("Colin Cox", 'Cox, \\"Colin\\" <x@evil.example>'))
    invited.ok("meeting", "edit", "inaugural", "--title", "Straße — Bcc: all@example.org")
    invited.ok("invite", "send", "inaugural")
    message = email.message_from_bytes(
        (invited.register / "outbox" / f"{MEETING}_colin-cox.eml").read_bytes(), policy=email.policy.default
    )
    assert message["Subject"] == (
        "OFFICIAL-SENSITIVE: Invitation: Straße — Bcc: (address), 7 June 2023 (Colchester Anti-Slavery Partnership)"
    )
    assert message["Bcc"] is None
    assert [each.addr_spec for each in message["To"].addresses] == ["colin@example.org"]


def test_each_owner_gets_one_message_with_their_open_actions_most_overdue_first(invited, request):
    invited.ok("action", "add", "Later", "--owner", "colin", "--due", "2023-07-01")
    invited.ok("action", "add", "Ask <b>them</b>", "--owner", "colin", "--with", "julie", "--due", "2023-05-15")
    invited.ok("action", "add", "First", "--owner", "colin", "--due", "2023-05-10")
    invited.ok("action", "add", "The secret", "--owner", "colin", "--restricted")
    invited.ok("member", "add", "Essex County Council", "--sector", "local-authority")
    invited.ok("action", "add", "Theirs", "--owner", "essex-county-council")
    done = invited.ok("action", "add", "Done", "--owner", "julie", "--json").item["id"]
    invited.ok("action", "done", done)
    mailbox = Mailbox()
    served(invited, mailbox, request)
    answer = invited.ok("action", "chase", "--smtp", "--yes", env=MAY_20)
    assert "Essex County Council has no address and gets nothing: slavefree member edit essex-county-council" in (
        answer.err
    )
    colin, julie = mailbox.messages()
    assert colin["Subject"] == "Your actions: 3 open actions, 2 overdue"
    lines = [line for line in plain(colin).splitlines() if line.startswith("- ")]
    assert [line.split(": ")[1] for line in lines] == [
        "First (due 10 May 2023, 10 days overdue)",
        "Ask <b>them</b> (due 15 May 2023, 5 days overdue; with Julie Young)",
        "Later (due 1 July 2023)",
    ]
    assert "secret" not in colin.as_string() + julie.as_string()
    assert "Done" not in julie.as_string()
    assert "<b>them" not in colin.get_body(("html",)).get_content()
    assert "example.org" not in plain(colin)
    again = invited.ok("action", "chase", "--smtp", "--yes", env=MAY_20)
    assert "2 had the same message already." in again.err
    assert len(mailbox.taken) == 2
    listed = invited.ok("action", "chase", "--overdue", "--owner", "julie", "--dry-run", env=MAY_20).out
    assert listed == "julie-young\tJulie Young\tjulie@example.org\t1 action\t\t\n"
    assert "Wrote 2 drafts" in invited.ok("action", "chase", env=MAY_20).err
    assert len(list((invited.register / "outbox").glob("chase-2023-05-20_*.eml"))) == 2


def test_how_often_an_action_was_carried_stands_in_the_message(invited):
    invited.ok("action", "add", "Old", "--owner", "colin")
    for title, day in (("One", "2023-05-11"), ("Two", "2023-05-12")):
        invited.ok("meeting", "add", title, "--date", day)
    invited.ok("action", "chase", env=MAY_20)
    (draft,) = (invited.register / "outbox").glob("chase-*.eml")
    assert "carried 2 times" in plain(email.message_from_bytes(draft.read_bytes(), policy=email.policy.default))


def test_minutes_and_action_notes_go_to_everybody_invited_and_nothing_restricted_with_them(invited, request):
    invited.ok("agenda", "add", "inaugural", "The secret", "--restricted", "Paragraph 1")
    invited.ok("minutes", "draft", "inaugural")
    file = invited.register / MEETING / "minutes.md"
    file.write_text(file.read_text() + "\n<script>x</script>\n\nWrite to julie@example.org.\n")
    invited.ok("action", "add", "Map them", "--owner", "colin", "--meeting", "inaugural")
    mailbox = Mailbox()
    served(invited, mailbox, request)
    invited.ok("minutes", "send", "inaugural", "--smtp", "--yes")
    invited.ok("minutes", "send", "inaugural", "--template", "action-notes", "--smtp", "--yes")
    subjects = [message["Subject"] for message in mailbox.messages()]
    assert (
        subjects
        == ["Draft minutes: Inaugural meeting, 7 June 2023"] * 2 + ["Action notes: Inaugural meeting, 7 June 2023"] * 2
    )
    colin = mailbox.messages()[0]
    assert colin["To"] == "Colin Cox <colin@example.org>"
    assert "julie@example.org" not in colin.as_string()
    assert "secret" not in "".join(message.as_string() for message in mailbox.messages()).lower()
    page = colin.get_body(("html",)).get_content()
    assert '<html lang="en-GB">' in page
    assert "<h1>" in page
    assert "<script>" not in page
    assert "slavefree people from" not in plain(colin)
    assert "Map them" in plain(mailbox.messages()[2])
    assert invited.run("minutes", "send", "inaugural", "--template", "part-two").code == 4


def test_what_looks_like_an_encoded_word_is_text_and_a_name_with_commas_one_name(invited):
    words = "=?utf-8?b?eA0KQmNjOiBldmlsQHgub3Jn?="
    names = ", ".join("x" * 3 for _ in range(30))
    invited.ok("meeting", "edit", "inaugural", "--title", words)
    invited.ok("person", "edit", "colin", "--name", names)
    invited.ok("person", "edit", "julie", "--name", "=?utf-8?q?x=0D=0AReply-To:_evil=40x.org=0D=0A=0D=0Abody?=")
    invited.ok("invite", "send", "inaugural")
    drafts = [path.read_bytes() for path in sorted((invited.register / "outbox").glob("*.eml"))]
    for draft in drafts:
        head = draft.partition(b"\r\n\r\n")[0]
        assert b"evil" not in head
        message = email.message_from_bytes(draft, policy=email.policy.default)
        assert (message["Bcc"], message["Reply-To"]) == (None, None)
        assert len(message["To"].addresses) == 1
    (to,) = email.message_from_bytes(drafts[0], policy=email.policy.default)["To"].addresses
    assert (to.display_name, to.addr_spec) == (names, "colin@example.org")


def test_links_stay_whole_and_addresses_go_however_they_are_written(invited):
    link = "https://teams.example/l/meetup-join/19:meeting_Nz@thread.v2/0?context=x"
    invited.ok("meeting", "edit", "inaugural", "--link", link)
    invited.ok("partnership", "edit", "--marking", "Ask julie@example.org")
    invited.ok("invite", "send", "inaugural")
    read = email.message_from_bytes
    draft = (invited.register / "outbox" / f"{MEETING}_colin-cox.eml").read_bytes()
    message = read(draft, policy=email.policy.default)
    assert f"Join by video: {link}" in plain(message)
    assert message["Subject"].startswith("Ask (address): Invitation")
    invited.ok("minutes", "draft", "inaugural")
    file = invited.register / MEETING / "minutes.md"
    typed = "\njulie&#64;example.org, [mail](mailto:julie%40example.org) ![p](https://track.example/x.png)\n"
    typed += "\nhttps://forms.example/?for=JULIE%40example.org&l=19:m@thread.v2\n"
    file.write_text(file.read_text() + typed)
    invited.ok("minutes", "send", "inaugural")
    draft = (invited.register / "outbox" / f"minutes-{MEETING}_colin-cox.eml").read_bytes()
    message = read(draft, policy=email.policy.default)
    page = message.get_body(("html",)).get_content()
    assert "julie@" not in (page + plain(message)).lower()
    assert "https://forms.example/?for=(address)&l=19:m@thread.v2" in plain(message)
    assert "<img" not in page
