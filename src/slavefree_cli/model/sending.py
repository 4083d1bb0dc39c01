"""What went out to people besides invitations: a round of reminders, or the minutes of a meeting."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from slavefree_cli.model.record import Instant, MeetingId, PartyId, Problem, Record, Title


class Sending(Record, frozen=True, kw_only=True):
    """``sent/YEAR/ID.toml``: written once, never changed; no address stands in it."""

    at: Instant
    what: Title
    """What it was: ``open actions``, ``draft minutes``, ``action notes``."""
    meeting: MeetingId | None = None
    """The meeting that it was about."""
    to: tuple[PartyId, ...] = ()
    """The people, and the mailboxes of members, that had a message each."""
    in_doubt: tuple[PartyId, ...] = ()
    """Those of them of whom nobody can know whether they got it."""
    drafts: bool = False
    """Whether they were written as drafts, for the coordinator's own mail program to send."""

    def problems(self) -> Iterator[Problem]:
        yield from super().problems()
        if not self.to:
            yield "to", "must name whom it went to"

    @property
    def year(self) -> int:
        """The year in which it went out."""
        return self.at.year

    @property
    def order(self) -> tuple[datetime, Any]:
        """By when it went out."""
        return self.at, self.id
