"""Options and arguments as the nouns declare them, and what is typed in them."""

from collections.abc import Callable
from datetime import time
from typing import Annotated, Any, TypeVar

import typer
from msgspec import UNSET, UnsetType

from slavefree_cli.commands import completion
from slavefree_cli.errors import UsageError
from slavefree_cli.model import dates

ReadT = TypeVar("ReadT")
Offers = Callable[[typer.Context, str], completion.Offers]


def option(metavar: str | None = None, help: str | None = None, *names: str, offers: Offers | None = None) -> Any:
    """Declare an option that says nothing unless it is given.

    Args:
        metavar: What stands for its value in help; None where its type says it.
        help: What it is for.
        names: What it is called, where that is not the name of the parameter.
        offers: What the shell offers for it.
    """
    return typer.Option(*names, metavar=metavar, help=help, autocompletion=offers, show_default=False)


def argument(metavar: str | None = None, help: str | None = None, *, offers: Offers | None = None) -> Any:
    """Declare an argument; see ``option``."""
    return typer.Argument(metavar=metavar, help=help, autocompletion=offers, show_default=False)


def flag(name: str, help: str) -> Any:
    """Declare an option that is given or not."""
    return typer.Option(name, help=help)


Words = Annotated[str, argument()]
"""A name, a title or a text, as the argument that it takes to add something."""
NewWords = Annotated[str | None, option()]
"""Another name or title."""
ItemOption = Annotated[str | None, option("ITEM", "The agenda item.")]
Smtp = Annotated[bool, flag("--smtp", "Send them now, by the mail server in your configuration.")]
DryRun = Annotated[bool, flag("--dry-run", "List who would get what, and do nothing.")]
Secret = Annotated[bool, flag("--restricted", "Keep it out of everything public.")]
Quorum = Annotated[str | None, option("N", "How many members must be there.")]
Aka = Annotated[list[str] | None, option("NAME", "What else they are called; may be repeated.")]
MeetingArgument = Annotated[
    str, argument("MEETING", "Its id, date, a word of its title, next or last.", offers=completion.meetings)
]
MeetingOption = Annotated[str | None, option("MEETING", "Of which meeting.", "--meeting", offers=completion.meetings)]
Party = Annotated[str | None, option("WHO", "A person or a member.", offers=completion.parties)]


def text(given: str | None) -> str | None | UnsetType:
    """Return what an option sets: nothing where it is not given, None where it is given empty."""
    return UNSET if given is None else given.strip() or None


def many(given: list[str] | None) -> tuple[str, ...] | UnsetType:
    """Return what an option that may be repeated sets; given empty it clears the list."""
    return UNSET if not given else tuple(each.strip() for each in given if each.strip())


def number(given: str | None, name: str) -> int | None | UnsetType:
    """Return the whole number that an option sets.

    Raises:
        UsageError: It is none.
    """
    typed = text(given)
    if not isinstance(typed, str):
        return typed
    if not (typed.isascii() and typed.isdigit() and len(typed) < 10):
        raise UsageError(f"{name} must be a whole number, not {given!r}.")
    return int(typed)


def time_of_day(given: str | None, name: str) -> time | None | UnsetType:
    """Return the time of day that an option sets.

    Raises:
        UsageError: It is no time.
    """
    typed = text(given)
    if not isinstance(typed, str):
        return typed
    try:
        return dates.parse_time(typed)
    except ValueError as error:
        raise UsageError(f"{name}: {error}.") from None


def nothing_given(context: typer.Context) -> bool:
    """Tell whether a command was given no option at all but, perhaps, ``--json`` or ``--yes``."""
    given = (each for each in context.command.params if each.param_type_name == "option")
    options = (each for each in given if each.name not in {"json", "yes"})
    sources = (context.get_parameter_source(each.name) for each in options if each.name)
    return all(source is None or source.name != "COMMANDLINE" for source in sources)
