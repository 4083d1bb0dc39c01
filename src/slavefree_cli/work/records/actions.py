"""Actions: added, changed, reported on, closed and dropped."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from msgspec import UnsetType

from slavefree_cli.errors import InvalidError, UsageError
from slavefree_cli.model.action import Action, Note, NoteKind
from slavefree_cli.model.dates import short, spoken
from slavefree_cli.model.kinds import Records, RestrictedRecords
from slavefree_cli.model.meeting import Meeting
from slavefree_cli.model.names import key
from slavefree_cli.model.person import owner_left
from slavefree_cli.model.record import changed
from slavefree_cli.register import door
from slavefree_cli.register.restricted import WholeDesk
from slavefree_cli.work.records import agendas, find
from slavefree_cli.work.records.ids import Besides, given, new_code, save_coded

if TYPE_CHECKING:
    from slavefree_cli.work.records.opening import Opening


def one(desk: WholeDesk, typed: str, *, whole: bool = False) -> Action:
    """Return the action that is meant, or raise NotFoundError listing what may be; see ``find.one_of``."""
    return find.one_of(desk, typed, Records.actions, RestrictedRecords.actions, whole=whole)


def opening(desk: WholeDesk, typed: str) -> "Opening | None":
    """Return what opening the action that is meant comes to; None where it is open."""
    # It asks git, which whoever lists actions does not.
    from slavefree_cli.work.records.opening import of_record

    action = one(desk, typed)
    read = desk.reader.read(action)
    return of_record(desk, read.path) if action.restricted and read else None


def add(
    desk: WholeDesk,
    *,
    title: str,
    owner: str,
    with_: Iterable[str],
    due: date | None | UnsetType,
    meeting: str | None,
    item: str | None,
    restricted: bool,
    now: datetime,
    today: date,
) -> Action:
    """Add an action and return it; one on a restricted item is restricted.

    Raises:
        InvalidError: The owner left, or something about it is not valid.
        NotFoundError: There is no such owner, meeting or item.
    """
    with door.opened(desk) as opened:
        of = find.meeting(desk, meeting, now) if meeting else None
        on = _item(desk, of.id if of else None, item)
        made = Action(
            id=new_code(desk),
            restricted=restricted or agendas.is_restricted(desk, of.id if of else None, on),
            title=title.strip(),
            owner=_owner(desk, owner, of, today),
            due=given(due),
            raised=of.date if of else today,
            meeting=of.id if of else None,
            item=on,
        )
        made = made.owned(made.owner, [_owner(desk, each, of, today) for each in with_])
        _tell_of_same(desk, made)
        save_coded(opened, "Add", made.title, made)
        if made.restricted and not restricted:
            desk.warn(f"The item is restricted, and so is action {made.id.upper()}.")
        _tell_of_due(desk, made)
    return made


def edit(
    desk: WholeDesk,
    typed: str,
    *,
    title: str | None | UnsetType,
    owner: str | None,
    with_: tuple[str, ...] | UnsetType,
    due: date | None | UnsetType,
    because: str | None,
    meeting: str | None,
    item: str | None,
    restricted: bool | None,
    now: datetime,
    today: date,
    besides: Besides | None = None,
) -> Action:
    """Change an action and return it; a new due date takes a reason, which is noted."""
    with door.opened(desk) as opened:
        before = one(desk, typed)
        changes: dict[str, Any] = {"title": title, "due": due}
        of = find.meeting(desk, meeting, now) if meeting else desk.records.meetings.get(before.meeting or "")
        if owner is not None:
            changes["owner"] = _owner(desk, owner, of, today)
        if not isinstance(with_, UnsetType):
            changes["with_"] = tuple(_owner(desk, each, of, today) for each in with_)
        if meeting is not None:
            changes |= {"meeting": of.id if meeting and of else None, "item": None}
        if item is not None:
            changes["item"] = _item(desk, changes.get("meeting", before.meeting), item)
        made: Action = changed(before, **changes)
        if (made.owner, made.with_) != (before.owner, before.with_):
            made = made.owned(made.owner, made.with_)
        hidden = made.restricted if restricted is None else restricted
        made = changed(made, restricted=hidden or agendas.is_restricted(desk, made.meeting, made.item))
        if made.due != before.due and before.due is not None:
            if not because:
                raise UsageError("A new due date has a reason; give it with --because TEXT.")
            made = _noted(desk, made, "due", f"{before.due} → {made.due or 'no date'}: {because}", now)
        elif because:
            raise UsageError("--because goes with a new --due.")
        save_coded(opened, "Change", made.title, made, before, besides)
        if made.due != before.due:
            _tell_of_due(desk, made)
    return made


def note(desk: WholeDesk, typed: str, text: str, now: datetime) -> Action:
    """Note how an action goes and return it."""
    with door.opened(desk) as opened:
        before = one(desk, typed)
        made = _noted(desk, before, "progress", text, now)
        return save_coded(opened, "Note on", made.title, made, before)


def close(
    desk: WholeDesk, typed: str, *, dropped: bool, text: str | None, now: datetime, on: date, at: Meeting | None = None
) -> Action:
    """Close an action as done or dropped on a day, with a note of what was done or why not, and return it.

    Args:
        desk: The register.
        typed: What it was named by.
        dropped: Whether it will not be done.
        text: What was done, or why it is dropped.
        now: The instant of the note.
        on: The day.
        at: The meeting that heard of it, if one did; that is noted whatever else is.

    Raises:
        InvalidError: It is closed already.
    """
    with door.opened(desk) as opened:
        before = one(desk, typed, whole=dropped)
        if before.closed is not None:
            raise InvalidError(
                f"Action {before.id.upper()} is {before.status} already, since {short(before.closed)}; to say more of "
                f"it: slavefree action note {before.id.upper()} TEXT"
            )
        made: Action = changed(before, status="dropped" if dropped else "done", closed=on)
        if text is not None or at is not None:
            made = _noted(desk, made, "dropping" if dropped else "closing", text or "Done.", now, at)
        save_coded(opened, "Drop" if dropped else "Close", made.title, made, before)
        if on < before.raised:
            desk.warn(
                f"{spoken(on)} is before the day it was raised, {spoken(before.raised)}; it is taken all the same."
            )
    return made


def reopen(desk: WholeDesk, typed: str, because: str, now: datetime) -> Action:
    """Have an action that was done or dropped be open again, with a note of why, and return it.

    Raises:
        InvalidError: It is open, or its owner has left.
    """
    with door.opened(desk) as opened:
        before = one(desk, typed)
        if before.closed is None:
            raise InvalidError(f"Action {before.id.upper()} is open.")
        said = f"Opened again, after it was {before.status} on {short(before.closed)}: {because.strip()}"
        made = _noted(desk, changed(before, status="open", closed=None), "progress", said, now)
        return save_coded(opened, "Open again", made.title, made, before)


def _tell_of_due(desk: WholeDesk, action: Action) -> None:
    if action.due is not None and action.due < action.raised:
        raised = f"the day it was raised, {spoken(action.raised)}"
        desk.warn(f"It is due on {spoken(action.due)}, which is before {raised}; it is taken all the same.")


def _noted(
    desk: WholeDesk, action: Action, kind: NoteKind, text: str, now: datetime, heard: Meeting | None = None
) -> Action:
    entry = Note(at=now, kind=kind, text=text.strip(), meeting=heard.id if heard else None)
    return changed(action, notes={**action.notes, new_code(desk): entry})


def _owner(desk: WholeDesk, typed: str, of: Meeting | None, today: date) -> str:
    party = find.party(desk, typed, of)
    if owner_left(party, today, desk.records.members):
        raise InvalidError(f"{party.name} has left the partnership; name an owner who is still there.")
    return party.id


def _item(desk: WholeDesk, meeting: str | None, typed: str | None) -> str | None:
    if not typed:
        return None
    if meeting is None:
        raise UsageError("--item is of a meeting; name it with --meeting.")
    return agendas.item(desk, meeting, typed)


def _tell_of_same(desk: WholeDesk, made: Action) -> None:
    """Warn where an action says what an open one of the same owner says; of a restricted one nothing is told."""
    for each in desk.records.actions.values():
        if each.status == "open" and each.owner == made.owner and key(each.title) == key(made.title):
            desk.warn(f"Action {each.id.upper()} of the same owner says the same, and is open; both are kept.")
