"""Rounds of letters that are no invitations: laid out or sent, and told in the history without an address."""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from typing import NamedTuple

from slavefree_cli.errors import SlavefreeError
from slavefree_cli.mail.letter import Letter, message_id
from slavefree_cli.mail.smtp import Server
from slavefree_cli.model.meeting import Meeting
from slavefree_cli.model.sending import Sending
from slavefree_cli.model.text import counted
from slavefree_cli.register import convert, door, parse, places
from slavefree_cli.register.desk import Desk
from slavefree_cli.register.toml import new
from slavefree_cli.work.post import handover, journal, outbox
from slavefree_cli.work.post.handover import Handed
from slavefree_cli.work.post.journal import Entry, Sent
from slavefree_cli.work.post.letters import Round, sender_of
from slavefree_cli.work.records.ids import new_code


class About(NamedTuple):
    """What a round of letters is about."""

    what: str
    """``open actions``, ``draft minutes``."""
    called: str
    """What its journal and its drafts are called."""
    meeting: Meeting | None = None
    day: date | None = None
    """Which stands behind that, where there is a round of its own each day."""

    @property
    def prefix(self) -> str:
        """What its journal and its drafts are called in full."""
        return f"{self.called}-{self.day}" if self.day else self.called

    @property
    def prefixes(self) -> str:
        """A pattern of what the drafts of this round and of those before it are called."""
        return re.escape(self.called) + (r"-\d{4}-\d\d-\d\d" if self.day else "")

    @property
    def id(self) -> str | None:
        """The id of the meeting."""
        return self.meeting.id if self.meeting else None

    @property
    def said(self) -> str:
        """What it is, in words."""
        of = self.meeting
        return f"the {self.what} of {of.dated}" if of else f"reminders of {self.what}"

    def sentence(self, did: str, many: int) -> str:
        """Return what the history says of it."""
        return f"{did} {self.said} to {counted(many, 'person', 'people')}"


def draft(desk: Desk, letters: Sequence[Letter], about: About, at: datetime) -> list[tuple[Letter, str]]:
    """Lay letters into the outbox as drafts, record it, and return each with its path.

    Raises:
        ConflictError: Another command is sending from this register.
    """
    to = tuple(each.id for each in letters)
    with outbox.alone(desk), door.change(desk, about.sentence("Write", len(letters))) as change:
        change.save(Sending(id=new_code(desk), at=at, what=about.what, meeting=about.id, to=to, drafts=True))
        return outbox.lay_out(desk, change, letters, about.prefix, at)


def tidy(desk: Desk, there: Round, about: About) -> list[str]:
    """Take away the drafts of earlier rounds that do not hold any more, and return whose they were.

    Each has the newest alone, and for whom there is nothing any more, none. A draft of an invitation is no such draft:
    it counts as sent, and stays until another takes its place.
    """
    written = {each.id for each in there.letters}
    gone = []
    for prefix, id in outbox.drafts(desk, about.prefixes):
        if id not in written | there.others or (id in written and prefix != about.prefix):
            outbox.take_away_one(desk, prefix, id)
            gone.append(id)
    return list(dict.fromkeys(gone))


def send(
    desk: Desk, server: Server, letters: Iterable[Letter], about: About, at: datetime, told: Callable[[Letter], None]
) -> list[Handed]:
    """Hand over letters, the same to nobody twice, and record to how many; see ``handover.send``.

    What was in doubt before still is, and is returned as that.

    Raises:
        OutsideError: The server cannot be reached, or does not let this user in; nothing is sent.
        ConflictError: Another command is sending from this register.
    """
    sender = sender_of(desk.records.partnership)
    letters = list(letters)
    with outbox.alone(desk):
        had = journal.read(desk, about.prefix).messages
        steps = [(each, had.get(message_id(each, sender))) for each in letters]
        new_ones = [each for each, step in steps if step is None]
        doubtful = [Handed(each, "in doubt") for each, step in steps if step == "handing"]
        if not new_ones:
            return doubtful
        record = Sending(id=new_code(desk), at=at, what=about.what, meeting=about.id)
        with journal.writing(desk, about.prefix) as write:
            write({"sending": record.id, "text": new(convert.encode(record))})

        def named(letter: Letter) -> Entry:
            return {"sending": record.id, "to": letter.id, "message": message_id(letter, sender)}

        try:
            return doubtful + handover.send(desk, server, new_ones, about.prefix, at, told, named)
        finally:
            for each in journal.read(desk, about.prefix).unrecorded:
                _record_sent(desk, about.prefix, each)


def record(desk: Desk, name: str, sent: Sent) -> str:
    """Record what a journal of this name tells and return what it was, in words; recorded already, it is not again.

    Raises:
        SlavefreeError: It cannot be recorded.
    """
    placed: dict[str, object] = {"id": sent.id}
    to = {"to": list(sent.to)} | ({"in_doubt": list(sent.in_doubt)} if sent.in_doubt else {})
    # Before what is there, since keys stand before tables.
    made = parse.parsed_as(Sending, placed, places.sent(name), new(to) + sent.text)
    about = About(made.what, name, desk.records.meetings.get(made.meeting or ""))
    with door.change(desk, about.sentence("Send", len(sent.to))) as change:
        if made.id not in desk.records.sendings:
            change.save(made)
    return about.said


def recorded(desk: Desk, name: str, sent: Sent) -> None:
    """Note that it is recorded. The journal stays: it knows which letters somebody has."""
    with journal.writing(desk, name) as write:
        write({"recorded": sent.id})


def _record_sent(desk: Desk, name: str, sent: Sent) -> None:
    try:
        record(desk, name, sent)
        recorded(desk, name, sent)
    except SlavefreeError as error:
        # The messages are with the server, and who has one is in the journal.
        desk.warn(
            f"It is not in the history that {counted(len(sent.to), 'message')} went out: {error} The next command "
            "that can records it."
        )
