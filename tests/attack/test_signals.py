"""KILL, TERM, INT and HUP at random over all writing commands and their recovery.

What was said saved is there, nothing half done is left, and who was sent something is who is said to have been. 6
signals here, 1,000 with ``SLAVEFREE_LONG=1``.
"""

import os
import random
import signal
import time

import filelock
import pytest
import tomli

from attack import signals
from attack.post_office import PostOffice
from crashes import titles

LONG = bool(os.environ.get("SLAVEFREE_LONG"))
SIGNALS = 1000 if LONG else 6
SEED = int(os.environ.get("SLAVEFREE_SEED", "20230607"))
GUESTS = 4


@pytest.mark.parametrize("group", [False, True])
@pytest.mark.parametrize("what", signals.EVERY)
def test_the_harness_a_signal_arrives_at_a_process_that_waits(place, what, group):
    # What waits for its turn is there to be told.
    with filelock.FileLock(place.folder / ".git" / "slavefree.lock"):
        began = time.monotonic()
        ended = signals.after(place, ["action", "add", "One", "--owner", "colin"], what, 2, group=group)
    assert ended.arrived, ended
    assert not ended.lost
    assert time.monotonic() - began < 9
    assert "One" not in "".join(place.messages())


def test_the_harness_tells_of_a_command_that_was_faster(place):
    ended = signals.after(place, ["member", "list"], signal.SIGKILL, 60, group=True)
    assert (ended.sent, ended.arrived, ended.code) == (None, False, 0)


class Guests:
    """A partnership whose mail server knows what it took, and commands drawn for it."""

    def __init__(self, place, other, chance, office):
        self.place, self.other, self.chance, self.office = place, other, chance, office
        self.number = 0
        self.saved: set[str] = set()

    def drawn(self):
        """A command that changes something, and the title of what it adds."""
        self.number += 1
        title = f"Number {self.number}"
        actions = [path.stem for path in self.place.register.glob("actions/*/*.toml")]
        choices = [
            (("action", "add", title, "--owner", "guest-1"), title),
            (("agenda", "add", "inaugural", title), title),
            (("agenda", "add", "inaugural", title, "--restricted", "Paragraph 1"), None),
            (("meeting", "add", title, "--date", "2024-01-10"), title),
            (("meeting", "edit", "inaugural", "--venue", title), None),
            (("attendance", "record", "inaugural", "--present", "guest-1"), None),
            (("member", "import", self.table(title)), None),
            (("minutes", "collect", "inaugural"), None),
            (("minutes", "refresh", "inaugural"), None),
            (("invite", "make", "inaugural"), None),
            (("invite", "feed"), None),
            (("invite", "send", "inaugural"), None),
            (("invite", "send", "inaugural", "--smtp", "--yes"), None),
            (("action", "chase", "--smtp", "--yes"), None),
            (("minutes", "send", "inaugural", "--smtp", "--yes"), None),
            (("check", "--fix", "--yes"), None),
            (("commit",), None),
            (("sync",), None),
            (("undo", "--yes"), None),
        ]
        if actions:
            choices.append((("action", "note", self.chance.choice(actions), title), None))
        arguments, title = self.chance.choice(choices)
        self.prepare(arguments)
        return arguments, title

    def table(self, title):
        rows = "".join(f"{title} member {n},charity,{title} person {n},\n" for n in range(5))
        (self.place.folder / "new.csv").write_text(f"member,sector,person,email\n{rows}")
        return "new.csv"

    def prepare(self, arguments):
        """Give a command something to do."""
        minutes = self.place.register / "2023-06-07-inaugural" / "minutes.md"
        if arguments[:2] == ("minutes", "collect"):
            minutes.write_text(f"{minutes.read_text()}\nACTION Guest 1: Collected {self.number}\n")
        elif arguments[0] in {"check", "commit"}:
            people = self.place.register / "people" / "guest-2.toml"
            end = b"\r\n" if arguments[0] == "check" else b"\n"
            people.write_bytes(people.read_bytes() + b"# %d" % self.number + end)
        elif arguments == ("sync",):
            self.place.run_apart("commit")
            self.other.run_apart("sync", "--take", "theirs")
            self.other.ok("action", "add", f"Of the other {self.number}", "--owner", "guest-3", apart=True)
            self.other.run_apart("sync", "--take", "theirs")

    def learn(self, arguments, title, ended):
        """Take note of what was said to be saved."""
        assert "Traceback" not in ended.said, (arguments, ended.said)
        assert not ended.lost, (arguments, ended)
        if ended.code == 0 and title:
            self.saved.add(title)
        elif arguments[0] == "undo":
            # Taken back or not, where it was not said.
            self.saved &= titles(self.place) if ended.code else {each for each in self.saved if each not in ended.said}

    def judge(self, arguments, ended):
        """Look whether everything is as was said."""
        place = self.place
        checked = place.run_apart("check")
        assert checked.code == 0, (arguments, ended, checked.out, checked.err)
        hand = {"guest-2.toml", "minutes.md", "new.csv"}
        left = [
            line for line in place.git("status", "--porcelain", "-uall").splitlines()
            if "/.slavefree-" not in line and line.rpartition("/")[2].split()[-1] not in hand
        ]  # fmt: skip
        assert left == [], (arguments, ended, checked.err)
        if arguments[0] == "undo":
            self.saved &= titles(place)
        assert self.saved <= titles(place), (arguments, ended, self.saved - titles(place))
        members = len(list(place.register.glob("members/number-*-member-*.toml")))
        assert members % 5 == 0, (arguments, ended, members)
        self.judge_post(arguments, ended)

    def judge_post(self, arguments, ended):
        """Whoever the server took something for is recorded, and who is recorded without doubt had it."""
        found = [
            tomli.loads(path.read_text())
            for pattern in ("*/issued/*.toml", "sent/*/*.toml") for path in self.place.register.glob(pattern)
        ]  # fmt: skip
        smtp = [each for each in found if not each.get("drafts") and each.get("method") != "PUBLISH"]
        doubtful = sum(len(each.get("in_doubt", [])) for each in smtp)
        said = sum(len(each.get("to", [])) for each in smtp) - self.drafted()
        taken = len(self.office.taken)
        assert said - doubtful <= taken <= said, (arguments, ended, said, doubtful, taken)

    def drafted(self):
        """Return to how many an invitation was recorded that was a draft, as the history says."""
        log = self.place.git("log", "--format=%H %s").splitlines()
        drafts = [line.split()[0] for line in log if " Write invitations to " in line]
        changed = [self.place.git("show", "--format=", commit, "--", "*/issued/*.toml") for commit in drafts]
        return sum(line.count('"guest-') for each in changed for line in each.splitlines() if line.startswith("+to = "))


def test_whenever_it_is_told_to_end_what_was_said_is_so(clones, request):
    place, other = clones
    chance = random.Random(SEED)
    for each in ("colin", "julie"):
        place.ok("person", "leave", each)
    for number in range(GUESTS):
        address = f"guest-{number}@example.org"
        place.ok("person", "add", f"Guest {number}", "--of", "barnardos", "--email", address)
    place.ok("minutes", "draft", "inaugural")
    place.ok("sync")
    office = PostOffice()
    request.addfinalizer(office.close)
    office.configure(place)
    guests = Guests(place, other, chance, office)
    began = time.monotonic()
    place.ok("status", apart=True)
    takes = 4 * (time.monotonic() - began)
    arrived = 0
    while arrived < SIGNALS:
        arguments, title = guests.drawn()
        what, group = chance.choice(signals.EVERY), chance.random() < 0.7
        ended = signals.after(place, arguments, what, chance.uniform(0.02, takes), group=group)
        arrived += ended.arrived
        guests.learn(arguments, title, ended)
        if ended.arrived and chance.random() < 0.4:
            again = signals.after(place, ["status"], what, chance.uniform(0.02, takes), group=group)
            arrived += again.arrived
            guests.learn(["status"], None, again)
        guests.judge(arguments, ended)
    place.run_apart("commit")
    place.ok("action", "add", "The last", "--owner", "guest-1", apart=True)
    assert not list(place.register.rglob(".slavefree*"))
    assert [line for line in place.git("status", "--porcelain").splitlines() if "new.csv" not in line] == []
    place.git("fsck", "--strict")
