"""Which records are wanted, and in what order: asked of the trees in one place, which is where an index can go."""

from collections.abc import Callable, Collection, Mapping
from datetime import date
from typing import Any, Final, NamedTuple, Protocol, TypeVar

from slavefree_cli.model import action, decision, meeting
from slavefree_cli.model.action import Action, ActionStatus
from slavefree_cli.model.decision import Decision
from slavefree_cli.model.kinds import Tree, kind_of
from slavefree_cli.model.meeting import Meeting
from slavefree_cli.model.record import Record

R = TypeVar("R", bound=Record)
R_contra = TypeVar("R_contra", bound=Record, contravariant=True)


class Wanted(Protocol[R_contra]):
    """What is asked of the records of one type."""

    def matches(self, record: R_contra, /) -> bool:
        """Tell whether a record is wanted."""


class ActionsWanted(NamedTuple):
    """Actions: those that are open, unless it is said otherwise."""

    statuses: Collection[ActionStatus] = frozenset[ActionStatus]({"open"})
    overdue: date | None = None
    """The day on which those that are overdue are wanted as well, whatever the statuses."""
    owner: str | None = None
    """Of whom they are, alone or with others."""
    meeting: str | None = None
    """The meeting that raised them."""

    def matches(self, action: Action, /) -> bool:
        """Tell whether an action is one of them."""
        late = self.overdue is not None and action.overdue(self.overdue)
        theirs = self.owner in {None, action.owner, *action.with_} and self.meeting in {None, action.meeting}
        return theirs and (late or action.status in self.statuses)


class DecisionsWanted(NamedTuple):
    """Decisions: of one meeting, or all."""

    meeting: str | None = None

    def matches(self, decision: Decision, /) -> bool:
        """Tell whether a decision is one of them."""
        return self.meeting in {None, decision.meeting}


class MeetingsWanted(NamedTuple):
    """Meetings: from one day on, before one day, or all."""

    since: date = date.min
    before: date | None = None

    def matches(self, meeting: Meeting, /) -> bool:
        """Tell whether a meeting is one of them."""
        return self.since <= meeting.date and (self.before is None or meeting.date < self.before)


_IN_ORDER: Final[Mapping[type[Record], Callable[[Any], list[Any]]]] = {
    Action: action.in_order, Decision: decision.in_order, Meeting: meeting.in_order,
}  # fmt: skip


def chosen(type: type[R], wanted: Wanted[R] | None, *trees: Tree) -> list[R]:
    """Return the records of a type that are wanted, in order: by name unless they have another.

    Args:
        type: The type.
        wanted: Which of them; None for all.
        trees: Where they are looked for; of a tree that is not given nothing is read.
    """
    kinds = [(tree, kind) for tree in trees for kind in tree.kinds() if kind.type is type]
    every = (record for tree, kind in kinds for record in tree.all(kind).values() if isinstance(record, type))
    found = [record for record in every if wanted is None or wanted.matches(record)]
    if type in _IN_ORDER:
        return _IN_ORDER[type](found)
    return sorted(found, key=lambda each: (kind_of(each).name(each).casefold(), each.id))
