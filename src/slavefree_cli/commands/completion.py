"""What the shell offers for a reference: the ids of records, each with its name."""

from collections.abc import Callable, Iterable

import typer

from slavefree_cli.errors import SlavefreeError
from slavefree_cli.register import layout, store
from slavefree_cli.register.restricted import WholeRegister

Offers = list[tuple[str, str]]


def members(context: typer.Context, incomplete: str) -> Offers:
    """Offer members."""
    return _offers(context, incomplete, _members)


def people(context: typer.Context, incomplete: str) -> Offers:
    """Offer people."""
    return _offers(context, incomplete, _people)


def parties(context: typer.Context, incomplete: str) -> Offers:
    """Offer members and people, either of whom can own an action."""
    return _offers(context, incomplete, lambda register: [*_members(register), *_people(register)])


def groups(context: typer.Context, incomplete: str) -> Offers:
    """Offer groups."""
    return _offers(
        context, incomplete, lambda register: [(each.id, each.name) for each in register.all(layout.GROUPS).values()]
    )


def actions(context: typer.Context, incomplete: str) -> Offers:
    """Offer actions that are open."""
    return _offers(context, incomplete, _actions)


def decisions(context: typer.Context, incomplete: str) -> Offers:
    """Offer decisions."""
    return _offers(context, incomplete, _decisions)


def _members(register: WholeRegister) -> Iterable[tuple[str, str]]:
    return ((each.id, each.name) for each in register.all(layout.MEMBERS).values())


def _people(register: WholeRegister) -> Iterable[tuple[str, str]]:
    return ((each.id, each.name) for each in register.all(layout.PEOPLE).values())


def _actions(register: WholeRegister) -> Iterable[tuple[str, str]]:
    found = (*register.all(layout.ACTIONS).values(), *register.all(layout.RESTRICTED_ACTIONS).values())
    return ((each.id, each.title) for each in found if each.status == "open")


def _decisions(register: WholeRegister) -> Iterable[tuple[str, str]]:
    found = (*register.all(layout.DECISIONS).values(), *register.all(layout.RESTRICTED_DECISIONS).values())
    return ((each.id, " ".join(each.text.split())) for each in found)


def _offers(
    context: typer.Context, incomplete: str, found: Callable[[WholeRegister], Iterable[tuple[str, str]]]
) -> Offers:
    typed = context.find_root().params.get("register")
    try:
        register = WholeRegister(store.locate(typed if isinstance(typed, str) else None))
        entries = list(found(register))
    except (SlavefreeError, OSError):
        # A shell that waits for Tab has no use for a message.
        return []
    return [(id, name) for id, name in entries if id.startswith(incomplete.lower())]
