"""What comes back to a meeting by itself: open actions as matters arising, and minutes that are not approved yet.

Nothing is copied from meeting to meeting. What comes back is worked out from the records as they stood at the
meeting, so that it is the same whenever it is asked for.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from slavefree_cli.model.action import Action, ActionStatus, Note
from slavefree_cli.model.dates import local
from slavefree_cli.model.meeting import Approval, Meeting
from slavefree_cli.model.record import changed, in_order


def comes_back(action: Action, to: Meeting, known: Mapping[str, Meeting]) -> bool:
    """Tell whether an action is a matter arising at a meeting: raised before it, and open when it began.

    A meeting of the whole partnership has every action, so that none can vanish with the board that raised it; a
    board's own meeting has those that it raised.
    """
    return (
        action.meeting != to.id
        and _raised_before(action, to, known)
        and not _closed_before(action, to, known)
        and (to.group is None or to.group == _group(action, known))
    )


def matters_arising(actions: Iterable[Action], to: Meeting, known: Mapping[str, Meeting]) -> list[Action]:
    """Return the actions that come back to a meeting, the most pressing first."""
    return in_order(each for each in actions if comes_back(each, to, known))


def closed_since(actions: Iterable[Action], to: Meeting, known: Mapping[str, Meeting]) -> list[Action]:
    """Return the actions that would have come back to a meeting and were closed since the one before, as they were."""
    last = preceding(to, known.values())
    closed = (
        each
        for each in actions
        if _closed_before(each, to, known) and (last is None or not _closed_by(each, last, known))
        if comes_back(changed(each, status="open", closed=None), to, known)
    )
    return sorted(closed, key=lambda each: (each.closed, each.due or date.max, each.title, each.id))


def notes_since(action: Action, to: Meeting, known: Mapping[str, Meeting], timezone: str) -> list[Note]:
    """Return what was noted of an action since the meeting before one of them, as it stood at that one's end.

    Args:
        action: The action.
        to: The meeting.
        known: All meetings.
        timezone: The partnership's, whose days count.
    """
    last = preceding(to, known.values())
    dated = sorted((note.at, code, note) for code, note in action.notes.items())

    def said_by(note: Note, meeting: Meeting) -> bool:
        heard = known.get(note.meeting or "")
        return _by(heard.date if heard else local(note.at, timezone).date(), heard, meeting)

    return [note for _, _, note in dated if said_by(note, to) and (last is None or not said_by(note, last))]


def preceding(to: Meeting, known: Iterable[Meeting]) -> Meeting | None:
    """Return the meeting of the same group that came before one, cancelled ones left out."""
    earlier = (
        each for each in known if each.group == to.group and each.order < to.order and each.status != "cancelled"
    )
    return max(earlier, key=lambda each: each.order, default=None)


def came_back(action: Action, to: Meeting, known: Mapping[str, Meeting]) -> int:
    """Return to how many meetings an action has come back by the end of one of them, that one included."""
    return sum(
        each.status != "cancelled" and each.order <= to.order and comes_back(action, each, known)
        for each in known.values()
    )


def carried(action: Action, known: Mapping[str, Meeting], today: date) -> int:
    """Return to how many meetings that took place an action has come back."""
    return sum(each.took_place(today) and comes_back(action, each, known) for each in known.values())


def status_at(action: Action, to: Meeting, known: Mapping[str, Meeting]) -> ActionStatus:
    """Return what had become of an action by a meeting: by the end of its day, unless a later one of it heard first."""
    return action.status if _closed_by(action, to, known) else "open"


def owners_at(action: Action, to: Meeting, timezone: str) -> tuple[str, ...]:
    """Return who owned an action on the day of a meeting, which it may have been handed over since.

    Args:
        action: The action.
        to: The meeting.
        timezone: The partnership's, whose days count.
    """
    since = (each for each in action.notes.values() if each.owned_by and local(each.at, timezone).date() > to.date)
    first = min(since, key=lambda each: each.at, default=None)
    return first.owned_by if first else action.owners


def for_approval(to: Meeting, known: Iterable[Meeting], minuted: Collection[str]) -> list[Meeting]:
    """Return the earlier meetings of the same group whose minutes are put up for approval at a meeting.

    Args:
        to: The meeting.
        known: All meetings.
        minuted: The ids of those that have minutes.
    """
    meetings = {each.id: each for each in known}

    def were_open(approval: Approval | None) -> bool:
        """Tell whether minutes were not approved yet when the meeting began."""
        if approval is None or approval.at == to.id or approval.approved > to.date:
            return True
        at = meetings.get(approval.at)
        return at is not None and at.date == approval.approved == to.date and at.order > to.order

    return [
        each
        for each in in_order(meetings.values())
        if each.id in minuted
        and each.status != "cancelled"
        and each.group == to.group
        and each.order < to.order
        and were_open(each.minutes)
    ]


def _raised_before(action: Action, to: Meeting, known: Mapping[str, Meeting]) -> bool:
    """Tell whether an action was raised before a meeting: on an earlier day, or at an earlier meeting of that day."""
    at = known.get(action.meeting or "")
    if at is not None and at.date == action.raised == to.date:
        return at.order < to.order
    return action.raised < to.date


def _closed_before(action: Action, to: Meeting, known: Mapping[str, Meeting]) -> bool:
    """Tell whether an action was closed before a meeting: on an earlier day, or at an earlier meeting of that day."""
    at = _closed_at(action, known)
    same_day = action.closed == to.date and at is not None and at.order < to.order
    return action.closed is not None and (action.closed < to.date or same_day)


def _closed_by(action: Action, to: Meeting, known: Mapping[str, Meeting]) -> bool:
    return action.closed is not None and _by(action.closed, _closed_at(action, known), to)


def _closed_at(action: Action, known: Mapping[str, Meeting]) -> Meeting | None:
    """Return the meeting that heard that an action was closed, if one did."""
    closing = [each for each in action.notes.values() if each.kind in {"closing", "dropping"}]
    last = max(closing, key=lambda each: each.at, default=None)
    at = known.get(last.meeting or "") if last else None
    return at if at and at.date == action.closed else None


def _by(day: date, heard: Meeting | None, to: Meeting) -> bool:
    """Tell whether what was said on a day had been by a meeting: not what a later one of the same day heard."""
    return day < to.date or (day == to.date and (heard is None or heard.date != day or heard.order <= to.order))


def _group(action: Action, known: Mapping[str, Meeting]) -> str | None:
    raised_at = known.get(action.meeting or "")
    return raised_at.group if raised_at else None
