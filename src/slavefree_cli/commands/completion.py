"""What the shell offers for a reference: the ids of records, each with what it is called."""

from collections.abc import Callable, Sequence
from contextlib import suppress

import typer

from slavefree_cli.errors import SlavefreeError
from slavefree_cli.model.kinds import Kind, Records
from slavefree_cli.model.record import Record
from slavefree_cli.register.desk import Desk
from slavefree_cli.register.locate import locate
from slavefree_cli.work.records import find

Offers = list[tuple[str, str]]


def offers(
    *kinds: Kind[Record], words: Sequence[tuple[str, str]] = (), desk: type[Desk] = Desk
) -> Callable[[typer.Context, str], Offers]:
    """Return what finds the ids that the shell may offer for what is begun.

    Args:
        kinds: The kinds of which a record can be named there.
        words: What can be typed in place of an id, where there are any.
        desk: Where the records are looked for.
    """

    def found(context: typer.Context, incomplete: str) -> Offers:
        typed = context.find_root().params.get("register")
        entries: Offers = []
        # A shell that waits for Tab has no use for a message.
        with suppress(SlavefreeError, OSError):
            entries += find.offered(desk(locate(typed if isinstance(typed, str) else None)), *kinds)
        if entries:
            entries += words
        return [(id, name) for id, name in entries if id.startswith(incomplete.lower())]

    return found


members = offers(Records.members)
people = offers(Records.people)
parties = offers(Records.members, Records.people)
groups = offers(Records.groups)
meetings = offers(Records.meetings, words=[("next", "the next meeting"), ("last", "the last meeting")])
