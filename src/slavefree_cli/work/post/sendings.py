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
from slavefree_cli.register import door
from slavefree_cli.register.desk import Desk
from slavefree_cli.register.door import Change
from slavefree_cli.work.post import handover, journal, outbox
from slavefree_cli.work.post.handover import Handed
from slavefree_cli.work.post.journal import Entry
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

    def sentence(self, did: str, many: int) -> str:
        """Return what the history says of it."""
        of = self.meeting
        said = f"the {self.what} of {of.dated}" if of else f"reminders of {self.what}"
        return f"{did} {said} to {counted(many, 'person', 'people')}"


def draft(desk: Desk, letters: Sequence[Letter], about: About, at: datetime) -> list[tuple[Letter, str]]:
    """Lay letters into the outbox as drafts, record it, and return each with its path."""
    with door.change(desk, about.sentence("Write", len(letters))) as change:
        _record(desk, change, about, [each.id for each in letters], at, drafts=True)
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

    Raises:
        OutsideError: The server cannot be reached, or does not let this user in; nothing is sent.
        ConflictError: Another command is sending from this register.
    """
    sender = sender_of(desk.records.partnership)

    def named(letter: Letter) -> Entry:
        return {"message": message_id(letter, sender)}

    with outbox.alone(desk):
        had = journal.read(desk, about.prefix)
        new = [each for each in letters if named(each) not in had]
        try:
            return handover.send(desk, server, new, about.prefix, at, told, named)
        finally:
            has = journal.read(desk, about.prefix)
            to = [each.id for each in new if named(each) in has]
            if to:
                _record_sent(desk, about, to, at)


def _record_sent(desk: Desk, about: About, to: list[str], at: datetime) -> None:
    try:
        with door.change(desk, about.sentence("Send", len(to))) as change:
            _record(desk, change, about, to, at)
    except SlavefreeError as error:
        # The messages are with the server, and who has one is in the journal.
        desk.warn(f"It is not in the history that {counted(len(to), 'message')} went out: {error}")


def _record(desk: Desk, change: Change, about: About, to: list[str], at: datetime, *, drafts: bool = False) -> None:
    of = about.meeting.id if about.meeting else None
    change.save(Sending(id=new_code(desk), at=at, what=about.what, meeting=of, to=tuple(to), drafts=drafts))
