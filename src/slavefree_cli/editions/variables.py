"""What a minutes template is given: plain text and numbers, worked out from the records as they stood at the meeting.

A decision that was withdrawn or superseded afterwards says so all the same, since nobody is to rely on it any more.

The fields are the variables of ``docs/templates.md``. Nothing in them depends on the day on which minutes are made, so
that the same records make the same minutes.
"""

import msgspec

from slavefree_cli.model.action import ActionStatus, NoteKind
from slavefree_cli.model.agenda import Business


class MeetingShown(msgspec.Struct, frozen=True, kw_only=True):
    """The meeting; also an earlier one whose minutes are put up for approval."""

    title: str
    date: str
    time: str
    venue: str
    approved: str
    """When its minutes were approved, or nothing."""
    approved_at: str
    """The title of the meeting at which they were."""


class AwayShown(msgspec.Struct, frozen=True, kw_only=True):
    """That somebody was out and came back in, by the numbers of the items."""

    out: int
    back: int


class PersonShown(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody in the people block."""

    name: str
    chair: bool
    organisation: str
    deputy_for: str
    came_instead: str
    by_video: bool
    arrived: int | None
    """The number of the item at which they came late."""
    left: int | None
    interests: list[int]
    """The numbers of the items for which they left the room."""
    away: list[AwayShown]
    line: str
    """All of it in one line."""


class PeopleShown(msgspec.Struct, frozen=True, kw_only=True):
    """The people block."""

    recorded: bool
    present: list[PersonShown] = []
    in_attendance: list[PersonShown] = []
    apologies: list[PersonShown] = []
    absent: list[PersonShown] = []


class QuorumShown(msgspec.Struct, frozen=True, kw_only=True):
    """How the quorum of the whole meeting was judged."""

    met: bool
    present: int
    needed: int
    missing: list[str]
    """The sectors asked for of which nobody was there."""


class NoteShown(msgspec.Struct, frozen=True, kw_only=True):
    """What was reported of an action since the meeting before."""

    date: str
    kind: NoteKind
    text: str


class ActionShown(msgspec.Struct, frozen=True, kw_only=True):
    """An action."""

    reference: str
    title: str
    owners: list[str]
    due: str
    overdue: bool
    """Whether its day had gone by at the meeting."""
    status: ActionStatus
    carried: int
    """To how many meetings it has come back, this one included."""
    to_be_told: list[str]
    """The owners who were not at the meeting that raised it."""
    item: int | None
    """The number of its agenda item."""
    closed: str
    """When it was done or dropped, or nothing."""
    notes: list[NoteShown]


class DecisionShown(msgspec.Struct, frozen=True, kw_only=True):
    """A decision."""

    reference: str
    text: str
    item: int | None
    quorate: bool
    """Whether there was a quorum for it, as far as is known."""
    withdrawn: str
    """When it was withdrawn, or nothing."""
    because: str
    """Why it was withdrawn, or nothing."""
    superseded_by: str
    """The reference of the decision that takes its place, or nothing."""


class ItemShown(msgspec.Struct, frozen=True, kw_only=True):
    """An agenda item with what hangs on it."""

    number: int
    title: str
    restricted: bool
    reason: str
    """Why it is taken in private; only in the minutes of Part Two."""
    lead: str
    purpose: str
    papers: list[str]
    business: Business | None
    decisions: list[DecisionShown]
    actions: list[ActionShown]


class SignpostingShown(msgspec.Struct, frozen=True, kw_only=True):
    """Where the public is sent."""

    text: str
    url: str


class Variables(msgspec.Struct, frozen=True, kw_only=True):
    """All that a minutes template can use."""

    partnership: str
    meeting: MeetingShown
    people: PeopleShown
    quorum: QuorumShown | None
    items: list[ItemShown]
    decisions: list[DecisionShown]
    """Every decision of the meeting."""
    actions: list[ActionShown]
    """Every action that the meeting raised."""
    matters_arising: list[ActionShown]
    closed_since: list[ActionShown]
    """What came back before and was closed since the meeting before."""
    for_approval: list[MeetingShown]
    next_meeting: str
    signposting: SignpostingShown
