"""Agendas: items added, changed, moved and removed, in the open tree and the restricted one."""

import os
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from msgspec import UNSET, UnsetType

from slavefree_cli.errors import InvalidError, NotFoundError
from slavefree_cli.model.agenda import (
    Agenda,
    Item,
    Purpose,
    RestrictedAgenda,
    RestrictedItem,
    last_position,
    placed,
)
from slavefree_cli.model.meeting import Meeting
from slavefree_cli.model.names import slug
from slavefree_cli.model.record import changed
from slavefree_cli.register import door, places
from slavefree_cli.register.door import Door
from slavefree_cli.register.restricted import WholeDesk
from slavefree_cli.work.records import find
from slavefree_cli.work.records.ids import new_code
from slavefree_cli.work.records.papers import named


class Both(NamedTuple):
    """The agenda of a meeting and what of it is restricted."""

    open: Agenda | None
    hidden: RestrictedAgenda | None

    def items(self) -> dict[str, Item]:
        """Return the items of the open agenda."""
        return dict(self.open.items) if self.open else {}

    def secrets(self) -> dict[str, RestrictedItem]:
        """Return the restricted items by slug."""
        return dict(self.hidden.items) if self.hidden else {}


def of(desk: WholeDesk, meeting: str) -> Both:
    """Return the agenda of a meeting."""
    return Both(desk.records.agendas.get(meeting), desk.restricted.agendas.get(meeting))


def item(desk: WholeDesk, meeting: str, typed: str) -> str:
    """Return the slug of the item that is meant.

    Raises:
        NotFoundError: None fits, or more than one.
    """
    both = of(desk, meeting)
    if both.open is None:
        raise NotFoundError(f"{meeting} has no agenda yet. Begin one with: slavefree agenda add {meeting} TITLE")
    return find.item(both.open, both.hidden, typed, desk)


def is_restricted(desk: WholeDesk, meeting: str | None, item: str | None) -> bool:
    """Tell whether an item of a meeting is restricted, so that what hangs on it is; where there is none, nothing is."""
    agenda = desk.records.agendas.get(meeting or "")
    return agenda is not None and item in agenda.items and agenda.items[item].restricted


def add(
    desk: WholeDesk,
    meeting: Meeting,
    *,
    title: str,
    lead: str | None,
    minutes: int | None,
    purpose: Purpose | None,
    papers: Iterable[str],
    before: str | None,
    after: str | None,
    restricted: str | None,
) -> str:
    """Add an item, restricted where a reason is given, and return its slug."""
    with door.opened(desk) as opened:
        _refuse_cancelled(meeting)
        both = of(desk, meeting.id)
        items, secrets = both.items(), both.secrets()
        _refuse_same_title(title, items, secrets)
        leader = find.party(desk, lead).id if lead else None
        listed = tuple(
            named(desk, places.folder(meeting.id, restricted=restricted is not None), each) for each in papers
        )
        if restricted is None:
            made = slug(title, "item", items, lambda: new_code(desk))
            items[made] = Item(
                position=last_position(items), title=title.strip(), lead=leader, minutes=minutes, purpose=purpose,
                papers=listed,
            )  # fmt: skip
            message = f"Add to the agenda of {meeting.title}: {title.strip()}"
        else:
            made = f"item-{new_code(desk)}"
            items[made] = Item(position=last_position(items), minutes=minutes, restricted=True)
            secrets[made] = RestrictedItem(
                title=title.strip(), reason=restricted, lead=leader, purpose=purpose, papers=listed
            )
            message = f"Add restricted item {made} to the agenda of {meeting.title}"
        _place(desk, items, made, meeting.id, both, before, after)
        _save(opened, message, meeting.id, both, items, secrets)
    return made


def edit(
    desk: WholeDesk,
    meeting: Meeting,
    typed: str,
    *,
    title: str | None | UnsetType,
    lead: str | None,
    minutes: int | None | UnsetType,
    purpose: str | None | UnsetType,
    papers: tuple[str, ...] | UnsetType,
    before: str | None,
    after: str | None,
    restricted: str | None | UnsetType,
) -> str:
    """Change an item and return its slug, which is a new one where the item becomes restricted."""
    with door.opened(desk) as opened:
        _refuse_cancelled(meeting)
        made = item(desk, meeting.id, typed)
        both = of(desk, meeting.id)
        items, secrets = both.items(), both.secrets()
        changes: dict[str, Any] = {"title": title, "purpose": purpose}
        if lead is not None:
            changes["lead"] = find.party(desk, lead).id if lead else None
        if not isinstance(papers, UnsetType):
            hidden = items[made].restricted or isinstance(restricted, str)
            changes["papers"] = tuple(
                named(desk, places.folder(meeting.id, restricted=hidden), each) for each in papers
            )
        if not isinstance(title, UnsetType) and title:
            others = {key: each for key, each in items.items() if key != made}
            _refuse_same_title(title, others, {key: each for key, each in secrets.items() if key != made})
        items[made] = changed(items[made], minutes=minutes)
        if items[made].restricted:
            if made not in secrets:
                raise InvalidError(f"What is restricted of {made} is not in this clone, and cannot be changed here.")
            if restricted is not None and restricted is not UNSET:
                changes["reason"] = restricted
            secrets[made] = changed(secrets[made], **changes)
            if restricted is None:
                made = _open(items, secrets, made, desk)
            message = f"Change restricted item {made} of {meeting.title}"
        else:
            items[made] = changed(items[made], **changes)
            message = f"Change on the agenda of {meeting.title}: {items[made].title}"
            if isinstance(restricted, str):
                made = _restrict(desk, meeting, items, secrets, made, restricted)
                message = f"Make an item of {meeting.title} restricted: {made}"
        if before or after:
            _place(desk, items, made, meeting.id, both, before, after)
        _save(opened, message, meeting.id, both, items, secrets)
    return made


def move(desk: WholeDesk, meeting: Meeting, typed: str, before: str | None, after: str | None) -> str:
    """Put an item before or after another and return its slug."""
    with door.opened(desk) as opened:
        made = item(desk, meeting.id, typed)
        both = of(desk, meeting.id)
        items = both.items()
        _place(desk, items, made, meeting.id, both, before, after)
        message = f"Move on the agenda of {meeting.title}: {items[made].public_title}"
        _save(opened, message, meeting.id, both, items, both.secrets())
    return made


def remove(desk: WholeDesk, meeting: Meeting, made: str, based_on: Both) -> None:
    """Remove an item on which nothing hangs.

    Raises:
        InvalidError: An action, a decision or the attendance names it.
    """
    with door.opened(desk, based_on=[each for each in based_on if each is not None]) as opened:
        both = of(desk, meeting.id)
        items, secrets = both.items(), both.secrets()
        removed = items.pop(made)
        secrets.pop(made, None)
        message = f"Remove from the agenda of {meeting.title}: {made if removed.restricted else removed.title}"
        _save(opened, message, meeting.id, both, items, secrets)


def _save(
    opened: Door, message: str, meeting: str, both: Both, items: dict[str, Item], secrets: dict[str, RestrictedItem]
) -> None:
    with opened.change(message) as change:
        if items != both.items():
            change.save(Agenda(id=meeting, items=items), both.open)
        if secrets != both.secrets():
            change.save(RestrictedAgenda(id=meeting, items=secrets), both.hidden)


def _place(
    desk: WholeDesk,
    items: dict[str, Item],
    made: str,
    meeting: str,
    both: Both,
    before: str | None,
    after: str | None,
) -> None:
    if not before and not after:
        return
    known = Agenda(id=meeting, items=items)
    other = find.item(known, both.hidden, before or after or "", desk)
    if other == made:
        raise InvalidError("An item cannot be put before or after itself.")
    positions = placed(items, made, before=other if before else None, after=None if before else other)
    for key, position in positions.items():
        items[key] = changed(items[key], position=position)


def _restrict(
    desk: WholeDesk,
    meeting: Meeting,
    items: dict[str, Item],
    secrets: dict[str, RestrictedItem],
    made: str,
    reason: str,
) -> str:
    """Take an open item into the restricted tree, under a slug that says nothing."""
    records = desk.records
    hung = [(each.id, each.meeting, each.item) for each in records.actions.values()]
    hung += [(each.id, each.meeting, each.item) for each in records.decisions.values()]
    hanging = [id for id, of_meeting, on in hung if of_meeting == meeting.id and on == made]
    attendance = records.attendances.get(meeting.id)
    attended = attendance is not None and any(
        made in (each.arrived, each.left, *each.interests) for each in attendance.people.values()
    )
    if hanging or attended:
        what = ", ".join(each.upper() for each in hanging) or "the attendance"
        raise InvalidError(f"{made} cannot become restricted while {what} hangs on it in the open tree.")
    was = items.pop(made)
    hidden = f"item-{new_code(desk)}"
    items[hidden] = Item(position=was.position, minutes=was.minutes, restricted=True)
    secrets[hidden] = RestrictedItem(
        title=was.title or "", reason=reason, lead=was.lead, purpose=was.purpose, papers=was.papers
    )
    desk.warn(
        "The item is restricted from now on; what it said before stays in git's history, and in what was sent out."
    )
    if os.path.lexists(desk.path(places.minutes(meeting.id))):
        desk.warn(f"{places.minutes(meeting.id)} is drafted already; take out what it says of the item.")
    if was.papers:
        desk.warn(
            f"Its papers are still in {meeting.id}/; move them to {places.folder(meeting.id, restricted=True)}/papers/."
        )
    return hidden


def _open(items: dict[str, Item], secrets: dict[str, RestrictedItem], made: str, desk: WholeDesk) -> str:
    """Take a restricted item into the open tree, under the slug that it had."""
    secret = secrets.pop(made)
    items[made] = changed(
        items[made],
        title=secret.title,
        lead=secret.lead,
        purpose=secret.purpose,
        papers=secret.papers,
        restricted=False,
    )
    desk.warn(f"{made} is open from now on; actions and decisions on it stay restricted.")
    return made


def _refuse_cancelled(meeting: Meeting) -> None:
    if meeting.status == "cancelled":
        raise InvalidError(f"{meeting.title} is cancelled, and its agenda takes no more items.")


def _refuse_same_title(title: str, items: Mapping[str, Item], secrets: Mapping[str, RestrictedItem]) -> None:
    titles = {(each.title or "").casefold(): key for key, each in items.items()}
    titles.update({each.title.casefold(): key for key, each in secrets.items()})
    if (key := titles.get(title.strip().casefold())) is not None:
        raise InvalidError(f"The agenda has an item of that title already ({key}).")
