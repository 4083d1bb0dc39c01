"""How a meeting is named on the command line, and what the shell offers for it, from the open tree alone."""

from typing import Annotated

import typer

from slavefree_cli.errors import SlavefreeError
from slavefree_cli.register import layout, store


def meetings(context: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """Offer meetings, and ``next`` and ``last``."""
    typed = context.find_root().params.get("register")
    try:
        register = store.Register(store.locate(typed if isinstance(typed, str) else None))
        entries = [(each.id, each.title) for each in register.all(layout.MEETINGS).values()]
    except (SlavefreeError, OSError):
        # A shell that waits for Tab has no use for a message.
        return []
    entries += [("next", "the next meeting"), ("last", "the last meeting")]
    return [(id, title) for id, title in entries if id.startswith(incomplete.lower())]


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
