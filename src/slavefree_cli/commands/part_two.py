"""The minutes of Part Two, for commands that are given ``--restricted``: the one way there from the open minutes."""

import typer

from slavefree_cli.commands.session import Session
from slavefree_cli.commands.whole import whole
from slavefree_cli.work.minutes.restricted import RestrictedMinutes
from slavefree_cli.work.records import find


def restricted_minutes(context: typer.Context, meeting: str) -> tuple[Session, RestrictedMinutes]:
    """Return the session of a command and the restricted minutes of a meeting."""
    session, desk = whole(context)
    return session, RestrictedMinutes(desk, find.meeting(desk, meeting, session.today(desk)).id)
