"""What servers, connections and configurations do that is not as it should be: nobody gets anything twice."""

import email
import email.policy
import json
import os
from pathlib import Path

import filelock
import pytest
import tomli

from mail_server import MEETING, Mailbox, issued, served

MAY_20 = {"SOURCE_DATE_EPOCH": "1684576800"}


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


def test_a_password_that_is_nowhere_is_asked_for_by_name(invited, request):
    served(invited, Mailbox(), request)
    config = Path(invited.env["HOME"]) / ".config" / "slavefree" / "config.toml"
    config.write_text(config.read_text() + 'user = "sam"\n')
    env = {"PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring"}
    # A process chooses its keyring once.
    answer = invited.run_apart("invite", "send", "inaugural", "--smtp", "--yes", env=env)
    assert answer.code == 4
    assert "keyring set slavefree sam@127.0.0.1" in answer.err
