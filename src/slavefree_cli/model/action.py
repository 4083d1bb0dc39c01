"""An action: what somebody promised to do, by when, and what became of it."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import ClassVar, Literal

import msgspec

from slavefree_cli.model.record import (
    CodeKey,
    Instant,
    ItemId,
    MeetingId,
    PartyId,
    Problem,
    Prose,
    Record,
    Table,
    Title,
)

ActionStatus = Literal["open", "done", "dropped"]
NoteKind = Literal["progress", "due", "closing", "dropping"]


class Note(Table, frozen=True, kw_only=True):
    """What was reported of an action: how it goes, why it is due later, what was done, why it was dropped."""

    at: Instant
    kind: NoteKind
    text: Prose
    meeting: MeetingId | None = None
    """The meeting that heard of it."""
    owned_by: tuple[PartyId, ...] = ()
    """Of a hand-over, who owned it until then, the first alone or with the others."""


class Action(Record, frozen=True, kw_only=True):
    """``actions/YEAR/ID.toml``, or the same below ``restricted/``."""

    PLACED: ClassVar[tuple[str, ...]] = ("id", "restricted")

    restricted: bool = False
    title: Title
    owner: PartyId
    with_: tuple[PartyId, ...] = msgspec.field(name="with", default=())
    due: date | None = None
    status: ActionStatus = "open"
    raised: date
    closed: date | None = None
    meeting: MeetingId | None = None
    item: ItemId | None = None
    notes: dict[CodeKey, Note] = {}

    @property
    def year(self) -> int:
        """The year in which it was raised."""
        return self.raised.year

    @property
    def of_meeting(self) -> str | None:
        """The meeting that raised it."""
        return self.meeting

    @property
    def order(self) -> tuple[date, date, str]:
        """Those that need attention first: by due date, those without one last."""
        return self.due or date.max, self.raised, self.id

    def problems(self) -> Iterator[Problem]:
        yield from super().problems()
        if self.item is not None and self.meeting is None:
            yield "item", "is given without a meeting"
        if self.status == "open" and self.closed is not None:
            yield "closed", "is given though the action is open"
        if self.status != "open" and self.closed is None:
            yield "closed", f"is missing though the action is {self.status}; add the day, as closed = 2023-08-20"

    @property
    def owners(self) -> tuple[str, ...]:
        """Who owns it, the first alone or with the others."""
        return self.owner, *self.with_

    def owned(self, owner: str, with_: Iterable[str]) -> "Action":
        """Return it with these owners, none of them twice."""
        others = tuple(each for each in dict.fromkeys(with_) if each != owner)
        return msgspec.structs.replace(self, owner=owner, with_=others)

    def overdue(self, today: date) -> bool:
        """Tell whether it is open and its day has gone by."""
        return self.status == "open" and self.due is not None and self.due < today
