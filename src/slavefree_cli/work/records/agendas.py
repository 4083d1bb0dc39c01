"""Agendas: items added, changed, moved and removed, in the open tree and the restricted one."""

from collections.abc import Iterable
from typing import Any, Final, NamedTuple

from msgspec import UnsetType

from slavefree_cli.errors import ConflictError, InvalidError, NotFoundError
from slavefree_cli.model.action import Action
from slavefree_cli.model.agenda import (
    Agenda,
    Item,
    Purpose,
    RestrictedAgenda,
    RestrictedItem,
    closing_after,
    last_position,
    placed,
)
from slavefree_cli.model.decision import Decision
from slavefree_cli.model.issue import Issue
from slavefree_cli.model.kinds import kind_of
from slavefree_cli.model.meeting import Meeting
from slavefree_cli.model.mentions import renamed
from slavefree_cli.model.names import slug
from slavefree_cli.model.record import Record, changed
from slavefree_cli.model.text import several
from slavefree_cli.model.told import withheld
from slavefree_cli.model.trees import Trees
from slavefree_cli.register import door, places
from slavefree_cli.register.door import Door
from slavefree_cli.register.restricted import WholeDesk
from slavefree_cli.work.records import find
from slavefree_cli.work.records.ids import Besides, new_code
from slavefree_cli.work.records.papers import named

_NAMED: Final = 10
"""How many records are named that stand in the way."""


class Both(NamedTuple):
    """The agenda of a meeting and what of it is restricted, with nothing on them where there are none."""

    open: Agenda
    hidden: RestrictedAgenda


def of(desk: WholeDesk, meeting: str) -> Both:
    """Return the agenda of a meeting."""
    return Both(
        desk.records.agendas.get(meeting) or Agenda(id=meeting),
        desk.restricted.agendas.get(meeting) or RestrictedAgenda(id=meeting),
    )


def item(desk: WholeDesk, meeting: str, typed: str, *, whole: bool = False) -> str:
    """Return the slug of the item that is meant; see ``find.one_of``.

    Raises:
        NotFoundError: None fits, or more than one.
    """
    if meeting not in desk.records.agendas:
        raise NotFoundError(f"{meeting} has no agenda yet. Begin one with: slavefree agenda add {meeting} TITLE")
    both = of(desk, meeting)
    return find.item(both.open.items, both.hidden.items, typed, desk, whole=whole)


def is_restricted(desk: WholeDesk, meeting: str | None, item: str | None) -> bool:
    """Tell whether an item of a meeting is restricted, so that what hangs on it is; where there is none, nothing is."""
    items = of(desk, meeting or "").open.items
    return item in items and items[item].restricted


class _Draft:
    """The agenda of a meeting while it is changed, read within the lock."""

    def __init__(self, desk: WholeDesk, meeting: Meeting) -> None:
        self.desk = desk
        self.meeting = desk.records.meetings[meeting.id]
        self.before = of(desk, meeting.id)
        self.items = dict(self.before.open.items)
        self.secrets = dict(self.before.hidden.items)
        self.follows: list[tuple[Record, Record]] = []
        """What goes with an item that becomes restricted, as it was and as it is then."""
        self.said: list[str] = []
        """What is told once it is saved."""

    def refuse_title(self, title: str, but: str | None = None) -> None:
        """Refuse a title that another item has; ``but`` is the slug of the one that is to have it."""
        titles = {slug: each.title or "" for slug, each in self.items.items()}
        titles |= {slug: each.title for slug, each in self.secrets.items()}
        for key, other in titles.items():
            if key != but and other.casefold() == title.strip().casefold():
                raise InvalidError(f"The agenda has an item of that title already ({key}).")

    def papers(self, typed: Iterable[str], *, restricted: bool) -> tuple[str, ...]:
        """Return papers as the agenda of their tree names them."""
        folder = places.folder(self.meeting.id, restricted=restricted)
        return tuple(named(self.desk, folder, each) for each in typed)

    def place(self, made: str, before: str | None, after: str | None) -> None:
        """Put an item before or after another, where one of them is named."""
        if not before and not after:
            return
        other = find.item(self.items, self.before.hidden.items, before or after or "", self.desk)
        if other == made:
            raise InvalidError("An item cannot be put before or after itself.")
        positions = placed(self.items, made, other, before=bool(before))
        for key, position in positions.items():
            self.items[key] = changed(self.items[key], position=position)

    def restrict(self, made: str, reason: str, *, with_all: bool = False) -> str:
        """Take an open item into the restricted tree, under a slug that says nothing, and return that.

        What hangs on it follows the slug: what is restricted already, the attendance, and with ``with_all`` the open
        actions and decisions, which become restricted too.
        """
        desk, meeting = self.desk, self.meeting.id
        hanging = {
            (kind_of(record), record.id): record
            for record, mention, agenda in Trees(desk.records, desk.restricted).items
            if (agenda.id, mention.id) == (meeting, made) and not isinstance(record, Issue)
        }
        open_ones = [each for each in hanging.values() if isinstance(each, Action | Decision) and not each.restricted]
        if open_ones and not with_all:
            what = several([f"{kind_of(each).noun} {each.id.upper()}" for each in open_ones], _NAMED)
            raise InvalidError(
                f"{made} cannot become restricted by itself, as {what} on it would stay open. To restrict what hangs "
                "on it too: --with-all"
            )
        if self.items[made].papers:
            to = places.folder(meeting, restricted=True)
            self.said.append(f"The papers of the item are still in {meeting}/; move them to {to}/papers/.")
        hidden = self.hide(made, reason)
        for each in hanging.values():
            after = renamed(each, "item", made, hidden)
            if isinstance(after, Action | Decision):
                after = changed(after, restricted=True)
            self.follows.append((each, after))
        issues = (each for each in desk.records.issued(meeting) if made in each.items)
        self.follows += ((each, changed(each, items=withheld(each.items, made, hidden))) for each in issues)
        return hidden

    def hide(self, made: str, reason: str) -> str:
        """Split an item into its place and what must not get out, under a slug that says nothing, and return that."""
        was = self.items.pop(made)
        hidden = f"item-{new_code(self.desk)}"
        self.items[hidden] = Item(position=was.position, minutes=was.minutes, restricted=True)
        self.secrets[hidden] = RestrictedItem(
            title=was.title or "", reason=reason, lead=was.lead, purpose=was.purpose, papers=was.papers
        )
        return hidden

    def open(self, made: str) -> None:
        """Take a restricted item into the open tree, under the slug that it had."""
        secret = self.secrets.pop(made)
        told = {key: getattr(secret, key) for key in ("title", "lead", "purpose", "papers")}
        self.items[made] = changed(self.items[made], restricted=False, **told)
        self.said.append(f"{made} is open from now on; actions and decisions on it stay restricted.")

    def save(self, opened: Door, message: str, besides: Besides | None = None) -> None:
        """Save what differs from what was there, and then tell what there is to be told."""
        with opened.change(message) as change:
            if self.items != self.before.open.items:
                change.save(Agenda(id=self.meeting.id, items=self.items), self.before.open)
            if self.secrets != self.before.hidden.items:
                change.save(RestrictedAgenda(id=self.meeting.id, items=self.secrets), self.before.hidden)
            for was, after in self.follows:
                change.save(after, was)
            if besides is not None:
                besides(change)
        for each in self.said:
            self.desk.warn(each)


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
    """Add an item, restricted where a reason is given, and return its slug.

    Where it is not said where, it comes before those with which the meeting ends.
    """
    with door.opened(desk) as opened:
        meeting = desk.records.meetings[meeting.id]
        _refuse_cancelled(meeting)
        draft = _Draft(desk, meeting)
        draft.refuse_title(title)
        made = slug(title, "item", draft.items, lambda: new_code(desk))
        draft.items[made] = Item(
            position=last_position(draft.items),
            title=title.strip(),
            lead=find.party(desk, lead, meeting).id if lead else None,
            minutes=minutes,
            purpose=purpose,
            papers=draft.papers(papers, restricted=restricted is not None),
        )
        message = f"Add to the agenda of {meeting.dated}: {title.strip()}"
        if not (before or after):
            before = closing_after(draft.items, made)
        if restricted is not None:
            made = draft.hide(made, restricted)
            message = f"Add restricted item {made} to the agenda of {meeting.dated}"
        draft.place(made, before, after)
        draft.save(opened, message)
    return made


def edit(
    desk: WholeDesk,
    meeting: Meeting,
    typed: str,
    *,
    title: str | None | UnsetType,
    lead: str | None | UnsetType,
    minutes: int | None | UnsetType,
    purpose: str | None | UnsetType,
    papers: tuple[str, ...] | UnsetType,
    before: str | None,
    after: str | None,
    restricted: str | None | UnsetType,
    with_all: bool = False,
    besides: Besides | None = None,
) -> str:
    """Change an item and return its slug, which is a new one where the item becomes restricted."""
    with door.opened(desk) as opened:
        meeting = desk.records.meetings[meeting.id]
        _refuse_cancelled(meeting)
        made = item(desk, meeting.id, typed)
        draft = _Draft(desk, meeting)
        items, secrets = draft.items, draft.secrets
        leads = find.party(desk, lead, meeting).id if isinstance(lead, str) else lead
        changes: dict[str, Any] = {"title": title, "purpose": purpose, "lead": leads}
        if not isinstance(papers, UnsetType):
            hidden = items[made].restricted or isinstance(restricted, str)
            changes["papers"] = draft.papers(papers, restricted=hidden)
        if isinstance(title, str):
            draft.refuse_title(title, made)
        items[made] = changed(items[made], minutes=minutes)
        if items[made].restricted:
            if made not in secrets:
                raise InvalidError(f"What is restricted of {made} is not in this clone, and cannot be changed here.")
            if isinstance(restricted, str):
                changes["reason"] = restricted
            secrets[made] = changed(secrets[made], **changes)
            if restricted is None:
                draft.open(made)
            message = f"Change restricted item {made} of {meeting.dated}"
        else:
            items[made] = changed(items[made], **changes)
            message = f"Change on the agenda of {meeting.dated}: {items[made].title}"
            if isinstance(restricted, str):
                made = draft.restrict(made, restricted, with_all=with_all)
                message = f"Make an item of {meeting.dated} restricted: {made}"
        draft.place(made, before, after)
        draft.save(opened, message, besides)
    return made


def move(desk: WholeDesk, meeting: Meeting, typed: str, before: str | None, after: str | None) -> str:
    """Put an item before or after another and return its slug."""
    with door.opened(desk) as opened:
        made = item(desk, meeting.id, typed)
        draft = _Draft(desk, meeting)
        draft.place(made, before, after)
        draft.save(opened, f"Move on the agenda of {meeting.dated}: {draft.items[made].public_title}")
    return made


def remove(desk: WholeDesk, meeting: Meeting, made: str, based_on: Both) -> None:
    """Remove an item on which nothing hangs.

    Raises:
        InvalidError: An action, a decision or the attendance names it.
        ConflictError: It is restricted, and what is restricted of it is not in this clone.
    """
    with door.opened(desk, based_on=[each for each in based_on if each.items]) as opened:
        draft = _Draft(desk, meeting)
        removed = draft.items.pop(made)
        if removed.restricted and made not in draft.secrets:
            raise ConflictError(
                f"What is restricted of {made} is not in this clone, so its place stays; nothing is removed. Have it "
                "removed where that is, or get it here: slavefree restricted fetch URL"
            )
        draft.secrets.pop(made, None)
        what = made if removed.restricted else removed.title
        draft.save(opened, f"Remove from the agenda of {meeting.dated}: {what}")


def _refuse_cancelled(meeting: Meeting) -> None:
    if meeting.status == "cancelled":
        raise InvalidError(f"{meeting.dated} is cancelled, and its agenda takes no more items.")
