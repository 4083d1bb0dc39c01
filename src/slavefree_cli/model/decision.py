"""A decision of a meeting, and what it takes the place of."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, time
from typing import ClassVar

from slavefree_cli.model.meeting import Meeting
from slavefree_cli.model.record import DecisionId, ItemId, MeetingId, Problem, Prose, Record


class Decision(Record, frozen=True, kw_only=True):
    """``decisions/YEAR/ID.toml``, or the same below ``restricted/``."""

    PLACED: ClassVar[tuple[str, ...]] = ("id", "restricted")

    restricted: bool = False
    text: Prose
    taken: date
    meeting: MeetingId
    item: ItemId | None = None
    supersedes: DecisionId | None = None
    withdrawn: date | None = None
    reason: Prose | None = None
    """Why it was withdrawn."""

    @property
    def year(self) -> int:
        """The year in which it was taken."""
        return self.taken.year

    @property
    def of_meeting(self) -> str:
        """The meeting that took it."""
        return self.meeting

    @property
    def order(self) -> tuple[date, str, str]:
        """As they were taken."""
        return self.taken, self.meeting, self.id

    def problems(self) -> Iterator[Problem]:
        yield from super().problems()
        if self.withdrawn is not None and self.withdrawn < self.taken:
            yield "withdrawn", f"is before it was taken ({self.withdrawn} is before {self.taken})"
        if self.reason is not None and self.withdrawn is None:
            yield "reason", "is why it was withdrawn; it goes with withdrawn"


def as_taken(decisions: Iterable[Decision], meetings: Mapping[str, Meeting]) -> list[Decision]:
    """Return decisions in the order in which they were taken: of two meetings of one day by the hour."""

    def when(decision: Decision) -> tuple[date, time, str, str]:
        meeting = meetings.get(decision.meeting)
        return decision.taken, (meeting and meeting.start) or time.min, decision.meeting, decision.id

    return sorted(decisions, key=when)


def superseded_by(decision: Decision, decisions: Iterable[Decision]) -> Decision | None:
    """Return the decision that takes the place of this one, if one does."""
    return next((each for each in decisions if each.supersedes == decision.id and each.withdrawn is None), None)
