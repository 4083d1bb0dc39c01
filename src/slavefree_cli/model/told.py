"""What an invitation told people besides when and where, as it is kept with each issue."""

from collections.abc import Callable, Mapping
from datetime import time
from typing import Annotated, NamedTuple

from slavefree_cli.model.agenda import RESTRICTED_TITLE, Agenda, Item, ordered, running_order
from slavefree_cli.model.record import Address, Table, Title, between


class Recipient(Table, frozen=True, kw_only=True):
    """How somebody was invited: at which address, by what name, and whether they need not come."""

    email: Address
    name: Title
    optional: bool = False


class ToldItem(Table, frozen=True, kw_only=True):
    """An item of the agenda as anyone may read it."""

    position: int
    """Its number in the running order."""
    title: Title | None = None
    """None of a restricted one."""
    lead: Title | None = None
    """The name of who leads it."""
    minutes: Annotated[int, between(0, 1_440)] | None = None
    withheld: bool = False
    """Whether it has become restricted since, so that what it was called stands here no more."""

    @property
    def said(self) -> str:
        """What it is called."""
        return self.title or RESTRICTED_TITLE


class Running(NamedTuple):
    """An item in the running order that an invitation told."""

    number: int
    starts: time | None
    item: ToldItem


def told_items(agenda: Agenda | None, name: Callable[[str], str]) -> dict[str, ToldItem]:
    """Return what an invitation tells of an agenda now, by the slugs of its items.

    Args:
        agenda: The open agenda, if there is one; of a restricted item its place and length alone are told.
        name: Gives the name of whoever leads an item.
    """
    order = ordered(agenda.items) if agenda else []
    return {slug: _told(number, item, name) for number, (slug, item) in enumerate(order, 1)}


def told_order(items: Mapping[str, ToldItem], start: time | None) -> list[Running]:
    """Return items in the order in which they were told, each with its number and when it begins."""
    places = {slug: Item(position=each.position, minutes=each.minutes, restricted=True) for slug, each in items.items()}
    return [Running(each.number, each.starts, items[each.slug]) for each in running_order(places, start)]


def same_business(one: Mapping[str, ToldItem], other: Mapping[str, ToldItem]) -> bool:
    """Tell whether two agendas differ at most in when and how long their items are taken."""

    def business(items: Mapping[str, ToldItem]) -> dict[str, tuple[str, str | None]]:
        return {slug: (each.said, each.lead) for slug, each in items.items()}

    return business(one) == business(other) and not any(each.withheld for each in (*one.values(), *other.values()))


def withheld(items: Mapping[str, ToldItem], slug: str, hidden: str) -> dict[str, ToldItem]:
    """Return items without what one of them was called, which is restricted from now on under another slug."""
    was = items[slug]
    rest = {key: each for key, each in items.items() if key != slug}
    return {**rest, hidden: ToldItem(position=was.position, minutes=was.minutes, withheld=True)}


def _told(number: int, item: Item, name: Callable[[str], str]) -> ToldItem:
    if item.restricted or item.title is None:
        return ToldItem(position=number, minutes=item.minutes)
    return ToldItem(
        position=number, title=item.title, lead=name(item.lead) if item.lead else None, minutes=item.minutes
    )
