"""Whoever is interrupted while letters are handed over: each person is one of sent, not sent, in doubt, and said so."""

import itertools
import json
import os
import signal

import pytest

from attack import signals
from attack.post_office import PostOffice

MANY = 3
EVERYBODY = {f"guest-{number}" for number in range(MANY)}
COMMANDS = {
    "invite": ("invite", "send", "inaugural", "--smtp", "--yes"),
    "chase": ("action", "chase", "--smtp", "--yes"),
    "minutes": ("minutes", "send", "inaugural", "--smtp", "--yes"),
}
DOUBT = "Nobody can know whether "


def with_guests(place):
    place.ok("person", "leave", "colin")
    place.ok("person", "leave", "julie")
    for number in range(MANY):
        of = ("--of", "barnardos", "--email", f"guest-{number}@example.org")
        place.ok("person", "add", f"Guest {number}", *of)
        place.ok("action", "add", f"Action {number}", "--owner", f"guest-{number}")
    place.ok("minutes", "draft", "inaugural")


@pytest.fixture
def guests(place, prepared):
    return prepared(place, with_guests)


@pytest.fixture
def office(request, guests):
    def opened(*arguments, **options):
        made = PostOffice(*arguments, **options)
        request.addfinalizer(made.close)
        made.configure(guests)
        return made

    return opened


def ids(addresses):
    return {each.partition("@")[0] for each in addresses}


def recorded(place, command):
    """Return who was sent something and of whom nobody can know it, as the records have it."""
    import tomli

    where = "*/issued/*.toml" if command == "invite" else "sent/*/*.toml"
    found = [tomli.loads(path.read_text()) for path in place.register.glob(where)]
    doubtful = {id for each in found for id in each.get("in_doubt", [])}
    return {id for each in found for id in each["to"]} - doubtful, doubtful


def said_in_doubt(said):
    return {f"guest-{line.partition(DOUBT)[2].split()[1]}" for line in said.splitlines() if line.startswith(DOUBT)}


ALL = list(itertools.product(COMMANDS, ("banner", "from", "to", "data", "end", "answered"), signals.EVERY))
CASES = (
    ALL if os.environ.get("SLAVEFREE_LONG") else [*ALL[::9], *(each for each in ALL if each[:2] == ("invite", "end"))]
)


@pytest.mark.parametrize(("command", "stage", "what"), dict.fromkeys(CASES))
def test_at_whichever_stage_each_is_one_of_three_and_the_next_command_knows(guests, office, command, stage, what):
    there = office(stage, 1 if stage == "banner" else 2)
    ended = signals.when(guests, COMMANDS[command], what, there.reached)
    assert ended.arrived, ended
    sent = ids(there.taken)
    doubtful = {"guest-1"} if stage == "end" else set()
    assert sent == {
        *(["guest-0"] if stage != "banner" else []), *(["guest-1"] if stage in {"end", "answered"} else []),
    }  # fmt: skip
    # Any command records it, and says it where that was not done.
    said = ended.said + guests.ok("invite", "status", "inaugural", apart=True).err
    assert recorded(guests, command) == (sent - doubtful, doubtful), said
    assert said_in_doubt(said) == doubtful
    assert guests.git("status", "--porcelain") == ""
    # The rest gets theirs, and nobody a second one.
    there.stage = None
    again = guests.run_apart(*COMMANDS[command])
    assert again.code == 0, again.err
    assert sorted(ids(there.taken)) == sorted(EVERYBODY)
    assert len(there.taken) == MANY
    assert recorded(guests, command) == (EVERYBODY - doubtful, doubtful)
    if command == "invite":
        people = guests.ok("invite", "status", "inaugural", "--json").item["people"]
        assert {each["person"] for each in people if each["in_doubt"]} == doubtful
    else:
        assert said_in_doubt(again.err) == doubtful
    assert not (guests.register / "outbox" / ".lock").exists()


@pytest.mark.parametrize("command", COMMANDS)
def test_when_the_recovery_is_interrupted_too_nothing_of_it_is_lost(guests, office, command, monkeypatch):
    there = office("end", 2)
    assert signals.when(guests, COMMANDS[command], signal.SIGKILL, there.reached).arrived
    hook = guests.folder / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    # By the hook of its commit, the recovery is killed in the middle of recording.
    hook.write_text("#!/bin/sh\nkill -9 $(ps -o ppid= -p $PPID)\nsleep 0.2\n")
    hook.chmod(0o755)
    process = signals.started(guests, ["status"])
    assert "recorded" not in process.communicate(timeout=60)[0]
    assert process.returncode == -9
    hook.unlink()
    said = guests.ok("status", apart=True).err
    assert recorded(guests, command) == ({"guest-0"}, {"guest-1"})
    assert said_in_doubt(said) == {"guest-1"}
    assert "to Guest 0: recorded." in said
    assert guests.ok("status", apart=True).err == ""
    guests.ok(*COMMANDS[command], apart=True)
    assert sorted(ids(there.taken)) == sorted(EVERYBODY)


def test_what_the_server_did_not_take_when_it_went_without_an_answer_is_in_doubt_all_the_same(guests, office):
    there = office("end", 2, keeps=False)
    assert signals.when(guests, COMMANDS["invite"], signal.SIGINT, there.reached).arrived
    assert ids(there.taken) == {"guest-0"}
    assert recorded(guests, "invite") == ({"guest-0"}, {"guest-1"})


def test_ctrl_c_says_what_became_of_each_and_exits_130(guests, office):
    there = office("to", 2)
    ended = signals.when(guests, COMMANDS["invite"], signal.SIGINT, there.reached)
    assert ended.code == 130
    assert "Sent 1 message." in ended.said
    assert "Interrupted: 1 sent and recorded, 2 not. To send the rest, and nothing twice: slavefree" in ended.said
    assert recorded(guests, "invite") == ({"guest-0"}, set())
    assert "Traceback" not in ended.said


def test_what_cannot_be_written_down_is_not_sent(guests, office, monkeypatch):
    there, real = office(), os.write

    def full(file, data):
        if b'"handing"' in data and b'"guest-1"' in data:
            raise OSError(28, "No space left on device")
        return real(file, data)

    monkeypatch.setattr(os, "write", full)
    answer = guests.run(*COMMANDS["invite"])
    assert answer.code == 6
    assert "no space left on device; without it nothing more is sent" in answer.err
    assert ids(there.taken) == {"guest-0"}
    assert recorded(guests, "invite") == ({"guest-0"}, set())


def test_a_step_of_the_journal_is_json(guests, office):
    office()
    guests.ok(*COMMANDS["chase"])
    (journal,) = (guests.register / "outbox").glob("*.sent")
    assert all(json.loads(line) for line in journal.read_text().splitlines() if line)
