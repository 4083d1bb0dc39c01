"""An edition: what one circle of readers may see of a meeting."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from slavefree_cli.model.action import Action
from slavefree_cli.model.agenda import Purpose
from slavefree_cli.model.decision import Decision
from slavefree_cli.model.meeting import Meeting, RestrictedMeeting


class Entry(NamedTuple):
    """An item of the agenda, as the readers may see it."""

    number: int
    slug: str
    title: str
    lead: str | None = None
    """The id of the member or person."""
    purpose: Purpose | None = None
    papers: Sequence[str] = ()
    restricted: bool = False
    reason: str = ""
    """Why it is taken in private, where that may be seen."""

    @property
    def withheld(self) -> bool:
        """Whether nothing but its place may be seen here, and it is minuted elsewhere."""
        return self.restricted and not self.reason


class Edition(NamedTuple):
    """What may be seen of a meeting."""

    meeting: Meeting
    kept: Meeting | RestrictedMeeting
    """The record that says whether its minutes were approved, and what was corrected since."""
    agenda: Sequence[Entry]
    """The items that have a heading in its minutes, in order."""
    actions: Mapping[str, Action]
    """Those of all meetings, by id."""
    decisions: Mapping[str, Decision]

    @property
    def is_outward(self) -> bool:
        """Whether others than the coordinator read it."""
        return not isinstance(self.kept, RestrictedMeeting)
