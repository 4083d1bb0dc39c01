"""The minutes of Part Two, for commands that are given ``--restricted``: the one way there from the open minutes."""

import typer

from slavefree_cli.commands.session import Session
from slavefree_cli.commands.whole import whole
from slavefree_cli.work import find
from slavefree_cli.work.part_two import RestrictedMinutes


def restricted_minutes(context: typer.Context, meeting: str) -> tuple[Session, RestrictedMinutes]:
    """Return the session of a command and the restricted minutes of a meeting."""
    session, register = whole(context)
    return session, RestrictedMinutes(register, find.meeting(register, meeting, session.today(register)).id)
