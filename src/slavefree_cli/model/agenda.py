"""The agenda of a meeting: its items in order, and when each begins."""

from collections.abc import Iterator, Mapping
from datetime import datetime, time, timedelta
from typing import Annotated, Final, Literal, NamedTuple

from slavefree_cli.model.record import MeetingId, PartyId, Problem, Prose, Record, Table, Title, between

Purpose = Literal["information", "discussion", "decision"]

STEP = 10
"""How far apart positions are, so that a move changes one line."""

MOST = 1_000_000
"""The greatest position."""

RESTRICTED_TITLE = "Restricted item"

Business = Literal["opening", "last-minutes", "matters-arising", "other", "next-meeting"]
"""The standing business of a meeting: how it opens, what its minutes tell of by themselves, and the rest."""

_BUSINESS: Final[Mapping[str, Business]] = {
    "welcome": "opening",
    "welcome-and-introductions": "opening",
    "introductions": "opening",
    "apologies": "opening",
    "apologies-for-absence": "opening",
    "interests": "opening",
    "declarations-of-interest": "opening",
    "any-other-business": "other",
    "other-business": "other",
    "last-minutes": "last-minutes",
    "minutes-of-the-last-meeting": "last-minutes",
    "minutes-of-last-meeting": "last-minutes",
    "minutes-of-the-previous-meeting": "last-minutes",
    "matters-arising": "matters-arising",
    "matters-arising-and-action-log": "matters-arising",
    "action-log": "matters-arising",
    "next-meeting": "next-meeting",
    "date-of-next-meeting": "next-meeting",
    "date-of-the-next-meeting": "next-meeting",
}

_CLOSING: Final[Mapping[str, int]] = {
    **{slug: 1 for slug, of in _BUSINESS.items() if of == "other"},
    "aob": 1,
    **{slug: 2 for slug, of in _BUSINESS.items() if of == "next-meeting"},
    **dict.fromkeys(("close", "close-of-meeting", "closing-remarks", "meeting-close"), 3),
}
"""The items with which a meeting ends, each with how far at the end it stands."""


class Item(Table, frozen=True, kw_only=True):
    """An item of an open agenda; of a restricted one only its place and length stand here."""

    position: int
    title: Title | None = None
    lead: PartyId | None = None
    minutes: Annotated[int, between(0, 1_440)] | None = None
    purpose: Purpose | None = None
    papers: tuple[Title, ...] = ()
    restricted: bool = False

    def problems(self) -> Iterator[Problem]:
        if self.restricted:
            for key in ("title", "lead", "purpose", "papers"):
                if getattr(self, key):
                    yield (
                        key,
                        "must not stand in the open agenda of a restricted item; move it to restricted/",
                    )
        elif self.title is None:
            yield "title", "is missing"
        yield from super().problems()
        if not -MOST <= self.position <= MOST:
            yield "position", f"must be from -{MOST:,} to {MOST:,}"

    @property
    def public_title(self) -> str:
        """What anyone may read of it."""
        return RESTRICTED_TITLE if self.restricted or self.title is None else self.title


class Agenda(Record, frozen=True, kw_only=True):
    """``ID/agenda.toml``; the id is the meeting's."""

    id: MeetingId
    items: dict[str, Item] = {}


def hidden_between(before: Agenda, after: Agenda) -> dict[str, str]:
    """Return the item that became restricted from one version of an agenda to the next: the slug it has now by its old.

    It is at most one, as each is made restricted by itself: of two nothing says which is which.
    """
    gone = [slug for slug in before.items if slug not in after.items]
    hidden = [slug for slug, item in after.items.items() if item.restricted and slug not in before.items]
    return {gone[0]: hidden[0]} if len(gone) == len(hidden) == 1 else {}


class RestrictedItem(Table, frozen=True, kw_only=True):
    """What must not get out of an item taken in private."""

    title: Title
    reason: Prose
    lead: PartyId | None = None
    purpose: Purpose | None = None
    papers: tuple[Title, ...] = ()


class RestrictedAgenda(Record, frozen=True, kw_only=True):
    """``restricted/ID/agenda.toml``; the id is the meeting's."""

    id: MeetingId
    items: dict[str, RestrictedItem] = {}


class Numbered(NamedTuple):
    """An item in the running order."""

    number: int
    slug: str
    item: Item
    starts: time | None
    """Wall-clock in the partnership's zone; None where the meeting or an item before has no time."""


def ordered(items: Mapping[str, Item]) -> list[tuple[str, Item]]:
    """Return items in order: by position, ties by slug."""
    return sorted(items.items(), key=lambda entry: (entry[1].position, entry[0]))


def running_order(items: Mapping[str, Item], start: time | None) -> list[Numbered]:
    """Return the items in order, each with its number and the time at which it begins."""
    order: list[Numbered] = []
    at = start
    for number, (slug, item) in enumerate(ordered(items), 1):
        order.append(Numbered(number, slug, item, at))
        at = _later(at, item.minutes)
    return order


def business(slug: str) -> Business | None:
    """Return the standing business that an item is, by its slug, which stays when its title changes."""
    return _BUSINESS.get(slug)


def closes_or_opens(slug: str) -> bool:
    """Tell whether an item of this slug is standing business, or what else a meeting ends with."""
    return slug in _BUSINESS or slug in _CLOSING


def closing_after(items: Mapping[str, Item], slug: str) -> str | None:
    """Return the slug of the item before which a new one comes: the first of those that end a meeting, if any does.

    Args:
        items: The agenda, with or without the new item.
        slug: The slug of that; what itself ends a meeting comes before what ends it later.
    """
    end = _CLOSING.get(slug, 0)
    return next((each for each, _ in ordered(items) if each != slug and _CLOSING.get(each, 0) > end), None)


def last_position(items: Mapping[str, Item]) -> int:
    """Return the position for an item that comes after all others."""
    return max((item.position for item in items.values()), default=0) // STEP * STEP + STEP


def placed(items: Mapping[str, Item], moving: str, other: str, *, before: bool) -> dict[str, int]:
    """Return the new positions that put an item before or after another: usually that of one item alone.

    Where there is no room between two neighbours, the items behind are pushed on.

    Args:
        items: The agenda, with or without the item that moves.
        moving: The slug of the item.
        other: The slug of the other.
        before: Whether it comes before that, and not after.
    """
    order = [slug for slug, _ in ordered(items) if slug != moving]
    index = order.index(other) + (not before)
    if index == len(order):
        return {moving: last_position({slug: items[slug] for slug in order})}
    low = items[order[index - 1]].position if index else None
    high = items[order[index]].position
    if low is None and high > 1:
        return {moving: high - STEP if high > STEP else high // 2}
    if low is not None and high - low > 1:
        return {moving: low + STEP if high - low > STEP else (low + high) // 2}
    positions = {moving: STEP if low is None else low + STEP}
    last = positions[moving]
    for slug in order[index:]:
        if items[slug].position > last:
            break
        last += STEP
        positions[slug] = last
    return positions


def _later(at: time | None, minutes: int | None) -> time | None:
    if at is None or minutes is None:
        return None
    later = datetime.combine(datetime.min, at) + timedelta(minutes=minutes)
    return later.time()
