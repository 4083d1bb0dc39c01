"""What the shell offers for a reference: the ids of records, each with its name."""

from collections.abc import Callable, Iterable

import typer

from slavefree_cli.errors import SlavefreeError
from slavefree_cli.register.locate import locate
from slavefree_cli.register.restricted import WholeDesk

Offers = list[tuple[str, str]]


def members(context: typer.Context, incomplete: str) -> Offers:
    """Offer members."""
    return _offers(context, incomplete, _members)


def people(context: typer.Context, incomplete: str) -> Offers:
    """Offer people."""
    return _offers(context, incomplete, _people)


def parties(context: typer.Context, incomplete: str) -> Offers:
    """Offer members and people, either of whom can own an action."""
    return _offers(context, incomplete, lambda desk: [*_members(desk), *_people(desk)])


def groups(context: typer.Context, incomplete: str) -> Offers:
    """Offer groups."""
    return _offers(context, incomplete, lambda desk: [(each.id, each.name) for each in desk.records.groups.values()])


def actions(context: typer.Context, incomplete: str) -> Offers:
    """Offer actions that are open."""
    return _offers(context, incomplete, _actions)


def decisions(context: typer.Context, incomplete: str) -> Offers:
    """Offer decisions."""
    return _offers(context, incomplete, _decisions)


def _members(desk: WholeDesk) -> Iterable[tuple[str, str]]:
    return ((each.id, each.name) for each in desk.records.members.values())


def _people(desk: WholeDesk) -> Iterable[tuple[str, str]]:
    return ((each.id, each.name) for each in desk.records.people.values())


def _actions(desk: WholeDesk) -> Iterable[tuple[str, str]]:
    found = (*desk.records.actions.values(), *desk.restricted.actions.values())
    return ((each.id, each.title) for each in found if each.status == "open")


def _decisions(desk: WholeDesk) -> Iterable[tuple[str, str]]:
    found = (*desk.records.decisions.values(), *desk.restricted.decisions.values())
    return ((each.id, " ".join(each.text.split())) for each in found)


def _offers(context: typer.Context, incomplete: str, found: Callable[[WholeDesk], Iterable[tuple[str, str]]]) -> Offers:
    typed = context.find_root().params.get("register")
    try:
        desk = WholeDesk(locate(typed if isinstance(typed, str) else None))
        entries = list(found(desk))
    except (SlavefreeError, OSError):
        # A shell that waits for Tab has no use for a message.
        return []
    return [(id, name) for id, name in entries if id.startswith(incomplete.lower())]
