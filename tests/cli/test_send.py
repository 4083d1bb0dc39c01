"""``invite send``: one message a person, as drafts or through a real mail server on loopback."""

import asyncio
import email
import email.policy
import json
import os
import socket
import ssl
import subprocess
from pathlib import Path

import filelock
import pytest
import tomli
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult

from strict_ics import faults

MEETING = "2023-06-07-inaugural"


class Mailbox:
    """A mail server that keeps what it takes, and can refuse, defer, or hang up."""

    def __init__(self):
        self.taken = []
        self.hang_up_after = []
        self.refuse = {}
        self.hang_up_at = None
        self.swallow = None
        self.wait = 0

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        if address == self.hang_up_at:
            server.transport.close()
        if address in self.refuse:
            return self.refuse[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_MAIL(self, server, session, envelope, address, options):  # noqa: N802
        await asyncio.sleep(self.wait)
        if self.hang_up_after and len(self.taken) >= self.hang_up_after[0]:
            self.hang_up_after.pop(0)
            server.transport.close()
            return "421 Closing"
        envelope.mail_from = address
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        self.taken.append((tuple(envelope.rcpt_tos), envelope.content))
        if self.swallow in envelope.rcpt_tos:
            server.transport.close()
        return "250 OK"

    def messages(self):
        return [email.message_from_bytes(content, policy=email.policy.default) for _, content in self.taken]


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tls")
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
         "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", folder / "key", "-out", folder / "cert"],
        check=True, capture_output=True,
    )  # fmt: skip
    return folder


def served(place, mailbox, request, certificate=None, security="none", password=None, timeout=20):
    """Start a server and put it into the configuration of whoever runs the commands."""
    context = None
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate / "cert", certificate / "key")

    def authenticator(server, session, envelope, mechanism, data):
        return AuthResult(success=data.login == b"sam" and data.password == b"secret", handled=False)

    class Served(Controller):
        def factory(self):
            return SMTP(
                self.handler,
                tls_context=context if security == "starttls" else None,
                require_starttls=security == "starttls",
                auth_required=password is not None,
                auth_require_tls=security == "starttls",
                authenticator=authenticator,
            )

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Served(mailbox, hostname="127.0.0.1", port=port, ssl_context=context if security == "tls" else None)
    controller.start()
    request.addfinalizer(controller.stop)
    lines = [
        "[smtp]", 'host = "127.0.0.1"', f"port = {port}", f'security = "{security}"', f"timeout = {timeout}",
    ]  # fmt: skip
    if certificate is not None:
        lines.append(f'certificates = "{certificate / "cert"}"')
    if password is not None:
        lines.append('user = "sam"')
        place.env["SLAVEFREE_SMTP_PASSWORD"] = password
    config = Path(place.env["HOME"]) / ".config" / "slavefree" / "config.toml"
    config.parent.mkdir(parents=True, exist_ok=True)
    config.write_text("\n".join(lines) + "\n")


def with_addresses(place):
    place.ok("person", "edit", "colin", "--email", "colin@example.org")
    place.ok("person", "edit", "julie", "--email", "julie@example.org")


@pytest.fixture
def invited(place, prepared):
    return prepared(place, with_addresses)


def issued(place):
    found = [tomli.loads(path.read_text()) for path in (place.register / MEETING / "issued").glob("*.toml")]
    return sorted((each["sequence"], each["method"], tuple(sorted(each["to"]))) for each in found)


def parts(message):
    return [part.get_content_type() for part in message.walk()]


def test_drafts_are_whole_messages_that_git_ignores(invited):
    answer = invited.ok("invite", "send", "inaugural")
    assert "Wrote 2 drafts" in answer.err
    outbox = invited.register / "outbox"
    drafts = sorted(outbox.glob("*.eml"))
    assert [each.name for each in drafts] == [f"{MEETING}-colin-cox.eml", f"{MEETING}-julie-young.eml"]
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


def test_the_marking_begins_the_subject_and_nothing_gets_into_a_header(invited):
    invited.ok("partnership", "edit", "--marking", "OFFICIAL-SENSITIVE")
    file = invited.register / "people" / "colin-cox.toml"
    file.write_text(file.read_text().replace("Colin Cox", 'Cox, \\"Colin\\" <x@evil.example>'))
    invited.ok("meeting", "edit", "inaugural", "--title", "Straße — Bcc: all@example.org")
    invited.ok("invite", "send", "inaugural")
    message = email.message_from_bytes(
        (invited.register / "outbox" / f"{MEETING}-colin-cox.eml").read_bytes(), policy=email.policy.default
    )
    assert message["Subject"] == (
        "OFFICIAL-SENSITIVE: Invitation: Straße — Bcc: (address), 7 June 2023 (Colchester Anti-Slavery Partnership)"
    )
    assert message["Bcc"] is None
    assert [each.addr_spec for each in message["To"].addresses] == ["colin@example.org"]


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


def test_a_password_that_is_refused_sends_nothing(invited, request, certificate):
    mailbox = Mailbox()
    served(invited, mailbox, request, certificate, "starttls", password="wrong")
    before = invited.head()
    answer = invited.run("invite", "send", "inaugural", "--smtp", "--yes")
    assert answer.code == 6
    assert "does not let sam in" in answer.err
    assert "wrong" not in answer.err
    assert (mailbox.taken, invited.head()) == ([], before)


def test_a_server_without_tls_that_is_not_on_this_machine_is_refused(invited, request):
    served(invited, Mailbox(), request)
    config = Path(invited.env["HOME"]) / ".config" / "slavefree" / "config.toml"
    config.write_text(config.read_text().replace("127.0.0.1", "mail.example.org"))
    assert "is not this machine" in invited.run("invite", "send", "inaugural", "--smtp", "--yes").err
    config.unlink()
    answer = invited.run("invite", "send", "inaugural", "--smtp", "--yes")
    assert (answer.code, "No mail server is set" in answer.err) == (4, True)


def test_who_is_refused_or_deferred_is_told_and_the_others_get_theirs(invited, request):
    mailbox = Mailbox()
    mailbox.refuse = {"colin@example.org": "450 Try again later"}
    served(invited, mailbox, request)
    answer = invited.run("invite", "send", "inaugural", "--smtp", "--yes")
    assert answer.code == 6
    assert "Not sent to Colin Cox: the server answers 450, for now: Try again later." in answer.err
    assert "1 sent and recorded, 1 not. To send the rest, and nothing twice" in answer.err
    assert issued(invited) == [(0, "REQUEST", ("julie-young",))]
    mailbox.refuse = {}
    invited.ok("invite", "send", "inaugural", "--smtp", "--yes")
    assert [to for (to,), _ in mailbox.taken] == ["julie@example.org", "colin@example.org"]


def test_a_connection_that_drops_three_times_sends_everybody_exactly_one(place, request):
    many = 500 if os.environ.get("SLAVEFREE_LONG") else 60
    rows = "\n".join(f"Member {n},charity,Person {n},p{n}@example.org" for n in range(many))
    (place.folder / "m.csv").write_text(f"member,sector,person,email\n{rows}\n")
    place.ok("member", "import", "m.csv")
    mailbox = Mailbox()
    mailbox.hang_up_after = [3, 20, 41]
    served(place, mailbox, request)
    place.ok("invite", "send", "inaugural", "--smtp", "--yes")
    assert mailbox.hang_up_after == []
    assert sorted(to for (to,), _ in mailbox.taken) == sorted(f"p{n}@example.org" for n in range(many))
    assert "Nobody needs a message" in place.ok("invite", "send", "inaugural", "--smtp", "--yes").err
    for (to,), content in mailbox.taken:
        text = email.message_from_bytes(content).as_string() + content.decode("latin-1")
        assert [f"p{n}@example.org" for n in range(many) if f"<p{n}@example.org>" in text] == [to]


def test_what_a_killed_command_had_sent_is_recorded_by_the_next(invited, request):
    mailbox = Mailbox()
    served(invited, mailbox, request)
    invited.ok("invite", "send", "inaugural", "--smtp", "--yes")
    (path,) = (invited.register / MEETING / "issued").glob("*.toml")
    document = tomli.loads(path.read_text())
    text = path.read_text().replace('to = ["colin-cox", "julie-young"]\n', "")
    assert len(document["to"]) == 2
    invited.git("rm", "-q", str(path))
    invited.git("commit", "-qm", "As if it had been killed")
    journal = invited.register / "outbox" / f"{MEETING}.sent"
    lines = [
        json_line(issue=path.stem, text=text),
        json_line(issue=path.stem, step="to", to="colin-cox"),
        '{"issue": "k3',
    ]
    lines += ["5", "[]", '{"a": 1}', json_line(issue="../../x", step="to", to="colin-cox")]
    lines += [json_line(issue=path.stem, step=step, to="julie-young") for step in ("handing", "not")]
    journal.write_text("\n".join(lines))
    answer = invited.ok("invite", "send", "inaugural", "--smtp", "--yes")
    what = "invitations to Inaugural meeting on 7 June 2023"
    assert f"A command that was broken off had sent {what} to Colin Cox: recorded." in answer.err
    assert [to for (to,), _ in mailbox.taken][2:] == ["julie@example.org"]
    assert not journal.exists()


def json_line(**entry):
    return json.dumps(entry)


def test_what_a_journal_remembers_is_sent_to_nobody_twice_in_whichever_form_it_was_written(invited, request):
    invited.ok("action", "add", "Map them", "--owner", "colin", "--with", "julie")
    mailbox = Mailbox()
    served(invited, mailbox, request)
    journal = invited.register / "outbox" / "chase-2023-05-20.sent"

    def chase():
        mailbox.taken.clear()
        invited.ok("action", "chase", "--smtp", "--yes", env=MAY_20)
        return [to for (to,), _ in mailbox.taken]

    assert chase() == ["colin@example.org", "julie@example.org"]
    first, second = [message["Message-ID"] for message in mailbox.messages()]
    written = [json.loads(line) for line in journal.read_text().split("\n") if line]
    told = [(each["step"], each["message"], each["to"]) for each in written if "step" in each]
    people = (first, "colin-cox"), (second, "julie-young")
    assert told == [(step, *each) for each in people for step in ("handing", "to")]
    code = written[0]["sending"]
    assert "text" in written[0]
    assert written[-1] == {"recorded": code}
    journal.write_text(f"handing {first}\nto {first}\nhanding {second}\nnot {second}\nhand")
    assert chase() == ["julie@example.org"]
    assert chase() == []


def test_after_a_line_that_was_broken_off_the_next_one_still_counts(invited, request):
    invited.ok("action", "add", "Map them", "--owner", "colin")
    mailbox = Mailbox()
    mailbox.swallow = "colin@example.org"
    served(invited, mailbox, request)
    journal = invited.register / "outbox" / "chase-2023-05-20.sent"
    journal.parent.mkdir()
    journal.write_text('{"step": "han')
    for _ in range(2):
        invited.ok("action", "chase", "--smtp", "--yes", env=MAY_20)
    assert len(mailbox.taken) == 1


def test_who_has_no_address_is_listed(place):
    place.ok("person", "edit", "colin", "--email", "colin@example.org")
    assert "Julie Young has no address and gets nothing" in place.ok("invite", "send", "inaugural", "--dry-run").err
    place.ok("person", "edit", "colin", "--email", "")
    answer = place.ok("invite", "send", "inaugural")
    assert answer.err.endswith("Nobody needs a message about Inaugural meeting who has an address.\n")


MAY_20 = {"SOURCE_DATE_EPOCH": "1684576800"}


def plain(message):
    return message.get_body(("plain",)).get_content()


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
    assert len(list((invited.register / "outbox").glob("chase-2023-05-20-*.eml"))) == 2


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


def test_while_one_command_sends_another_sends_and_records_nothing(invited, request):
    served(invited, Mailbox(), request)
    outbox = invited.register / "outbox"
    outbox.mkdir()
    (outbox / ".gitignore").write_text("*\n")
    journal = outbox / f"{MEETING}.sent"
    journal.write_text(json_line(issue="k3f9a", step="to", to="colin-cox") + "\n")
    before = journal.read_bytes(), invited.head()
    with filelock.FileLock(outbox / ".lock"):
        invited.ok("invite", "send", "inaugural", "--dry-run")
        for options in ((), ("--smtp", "--yes")):
            answer = invited.run("invite", "send", "inaugural", *options)
            assert (answer.code, "Another command is sending" in answer.err) == (5, True)
    assert (journal.read_bytes(), invited.head()) == before


def test_what_may_have_arrived_counts_as_sent_and_is_told(invited, request):
    mailbox = Mailbox()
    mailbox.swallow = "colin@example.org"
    served(invited, mailbox, request)
    answer = invited.ok("invite", "send", "inaugural", "--smtp", "--yes")
    assert "Nobody can know whether Colin Cox got it" in answer.err
    assert "Nobody needs a message" in invited.ok("invite", "send", "inaugural", "--smtp", "--yes").err
    assert [to for (to,), _ in mailbox.taken] == ["colin@example.org", "julie@example.org"]


def test_one_recipient_at_whom_the_server_hangs_up_keeps_nobody_else_from_theirs(invited, request):
    mailbox = Mailbox()
    mailbox.hang_up_at = "colin@example.org"
    served(invited, mailbox, request)
    answer = invited.run("invite", "send", "inaugural", "--smtp", "--yes")
    assert answer.code == 6
    assert "Not sent to Colin Cox: the connection went at it twice" in answer.err
    assert [to for (to,), _ in mailbox.taken] == ["julie@example.org"]


def test_links_stay_whole_and_addresses_go_however_they_are_written(invited):
    link = "https://teams.example/l/meetup-join/19:meeting_Nz@thread.v2/0?context=x"
    invited.ok("meeting", "edit", "inaugural", "--link", link)
    invited.ok("partnership", "edit", "--marking", "Ask julie@example.org")
    invited.ok("invite", "send", "inaugural")
    read = email.message_from_bytes
    draft = (invited.register / "outbox" / f"{MEETING}-colin-cox.eml").read_bytes()
    message = read(draft, policy=email.policy.default)
    assert f"Join by video: {link}" in plain(message)
    assert message["Subject"].startswith("Ask (address): Invitation")
    invited.ok("minutes", "draft", "inaugural")
    file = invited.register / MEETING / "minutes.md"
    typed = "\njulie&#64;example.org, [mail](mailto:julie%40example.org) ![p](https://track.example/x.png)\n"
    typed += "\nhttps://forms.example/?for=JULIE%40example.org&l=19:m@thread.v2\n"
    file.write_text(file.read_text() + typed)
    invited.ok("minutes", "send", "inaugural")
    draft = (invited.register / "outbox" / f"minutes-{MEETING}-colin-cox.eml").read_bytes()
    message = read(draft, policy=email.policy.default)
    page = message.get_body(("html",)).get_content()
    assert "julie@" not in (page + plain(message)).lower()
    assert "https://forms.example/?for=(address)&l=19:m@thread.v2" in plain(message)
    assert "<img" not in page


@pytest.mark.parametrize(
    "line",
    [
        "security = []", 'security = "ssl"', 'host = ""', 'host = "a:587"', "host = 5", 'user = ""', "port = 0",
        'port = "25"', "timeout = -1", 'certificates = "/nope"', 'password = "x"', "host =",
    ],
)  # fmt: skip
def test_a_configuration_that_is_wrong_is_named(invited, line):
    config = Path(invited.env["HOME"]) / ".config" / "slavefree" / "config.toml"
    config.parent.mkdir(parents=True)
    host = "" if line.startswith("host") else 'host = "localhost"\n'
    config.write_text(f"[smtp]\n{host}{line}\n")
    answer = invited.run("invite", "send", "inaugural", "--smtp", "--yes")
    assert answer.code == 4
    assert "config.toml" in answer.err


def test_a_server_that_does_not_answer_in_time(invited, request):
    mailbox = Mailbox()
    mailbox.wait = 3
    served(invited, mailbox, request, timeout=1)
    answer = invited.run("invite", "send", "inaugural", "--smtp", "--yes")
    assert answer.code == 6
    assert "timed out" in answer.err
    assert (mailbox.taken, issued(invited)) == ([], [])


def test_on_a_terminal_who_gets_what_is_shown_before_the_question(invited, request):
    served(invited, Mailbox(), request)
    answer = invited.at_terminal("invite", "send", "inaugural", "--smtp", typed="n\n")
    assert answer.out.index("Julie Young") < answer.out.index("Send 2 messages about Inaugural meeting by 127.0.0.1?")
    assert issued(invited) == []
    assert "Sent 2 messages." in invited.at_terminal("invite", "send", "inaugural", "--smtp", typed="y\n").out


def test_a_password_that_is_nowhere_is_asked_for_by_name(invited, request):
    served(invited, Mailbox(), request)
    config = Path(invited.env["HOME"]) / ".config" / "slavefree" / "config.toml"
    config.write_text(config.read_text() + 'user = "sam"\n')
    env = {"PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring"}
    # A process chooses its keyring once.
    answer = invited.run_apart("invite", "send", "inaugural", "--smtp", "--yes", env=env)
    assert answer.code == 4
    assert "keyring set slavefree sam@127.0.0.1" in answer.err


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
    assert sorted(path.name.partition("-2023")[0] for path in outbox.glob("*.eml")) == ["action-notes", "action-notes"]
    assert "had it already" in invited.ok("minutes", "send", "inaugural", "--smtp", "--yes").out
