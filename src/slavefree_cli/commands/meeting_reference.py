"""How a meeting is named on the command line, and what the shell offers for it, from the open tree alone."""

from collections.abc import Iterator
from contextlib import suppress
from typing import Annotated

import typer

from slavefree_cli.errors import SlavefreeError
from slavefree_cli.register.desk import Desk
from slavefree_cli.register.locate import locate


def meetings(context: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """Offer meetings, and ``next`` and ``last``."""
    entries = [(each.id, each.title) for desk in _open(context) for each in desk.records.meetings.values()]
    if entries:
        entries += [("next", "the next meeting"), ("last", "the last meeting")]
    return [(id, title) for id, title in entries if id.startswith(incomplete.lower())]


def parties(context: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """Offer members and people, who can be invited to a meeting."""
    entries = []
    for desk in _open(context):
        entries += [(each.id, each.name) for each in desk.records.members.values()]
        entries += [(each.id, each.name) for each in desk.records.people.values()]
    return [(id, name) for id, name in entries if id.startswith(incomplete.lower())]


def _open(context: typer.Context) -> Iterator[Desk]:
    """Yield the register; none where it cannot be read, since a shell that waits for Tab has no use for a message."""
    typed = context.find_root().params.get("register")
    with suppress(SlavefreeError, OSError):
        yield Desk(locate(typed if isinstance(typed, str) else None))


MeetingArgument = Annotated[
    str,
    typer.Argument(
        metavar="MEETING",
        autocompletion=meetings,
        help="Its id, date, a word of its title, next or last.",
        show_default=False,
    ),
]
MeetingOption = Annotated[
    str | None,
    typer.Option("--meeting", metavar="MEETING", autocompletion=meetings, help="Of which meeting.", show_default=False),
]
