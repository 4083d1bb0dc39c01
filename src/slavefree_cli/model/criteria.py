"""Which records are wanted, and in what order: asked of the trees in one place, which is where an index can go."""

from collections.abc import Callable, Collection
from datetime import date
from typing import TypeVar

import msgspec

from slavefree_cli.model.action import Action, ActionStatus
from slavefree_cli.model.decision import Decision
from slavefree_cli.model.kinds import Tree
from slavefree_cli.model.meeting import Meeting
from slavefree_cli.model.record import Record, in_order

R = TypeVar("R", bound=Record)


class ActionsWanted(msgspec.Struct, frozen=True):
    """Actions: those that are open, unless it is said otherwise."""

    statuses: Collection[ActionStatus] = frozenset[ActionStatus]({"open"})
    overdue: date | None = None
    """The day on which those that are overdue are wanted as well, whatever the statuses."""
    owner: str | None = None
    """Of whom they are, alone or with others."""
    meeting: str | None = None
    """The meeting that raised them."""

    def __call__(self, action: Action, /) -> bool:
        """Tell whether an action is one of them."""
        late = self.overdue is not None and action.overdue(self.overdue)
        theirs = self.owner in {None, action.owner, *action.with_} and self.meeting in {None, action.meeting}
        return theirs and (late or action.status in self.statuses)


class DecisionsWanted(msgspec.Struct, frozen=True):
    """Decisions: of one meeting, or all."""

    meeting: str | None = None

    def __call__(self, decision: Decision, /) -> bool:
        """Tell whether a decision is one of them."""
        return self.meeting in {None, decision.meeting}


class MeetingsWanted(msgspec.Struct, frozen=True):
    """Meetings: from one day on, before one day, or all."""

    since: date = date.min
    before: date | None = None

    def __call__(self, meeting: Meeting, /) -> bool:
        """Tell whether a meeting is one of them."""
        return self.since <= meeting.date and (self.before is None or meeting.date < self.before)


def chosen(type: type[R], wanted: Callable[[R], bool] | None, *trees: Tree) -> list[R]:
    """Return the records of a type that are wanted, in order.

    Args:
        type: The type.
        wanted: Tells which of them; None for all.
        trees: Where they are looked for; of a tree that is not given nothing is read.
    """
    kinds = [(tree, kind) for tree in trees for kind in tree.kinds() if kind.type is type]
    every = (record for tree, kind in kinds for record in tree.all(kind).values() if isinstance(record, type))
    return in_order(record for record in every if wanted is None or wanted(record))
