"""The minutes of Part Two, for commands that are given ``--restricted``: the one way there from the open minutes."""

from functools import partial

import typer

from slavefree_cli.commands.session import Session
from slavefree_cli.commands.whole import whole
from slavefree_cli.register.desk import Desk
from slavefree_cli.work.minutes import restricted
from slavefree_cli.work.minutes.volume import Read
from slavefree_cli.work.records import find


def opened(context: typer.Context, meeting: str, *, exact: bool) -> tuple[Session, Desk, Read]:
    """Return the session of a command, its desk, and what reads the restricted minutes of a meeting there."""
    session, desk = whole(context)
    found = find.meeting(desk, meeting, session.now, whole=exact)
    return session, desk, partial(restricted.read, desk, found.id)
