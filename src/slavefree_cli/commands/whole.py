"""The register with its restricted tree, for commands that only the coordinator sees the answer of.

Commands that make files for the public do not import this (a contract of import-linter).
"""

import typer

from slavefree_cli.commands.session import Session, session_of
from slavefree_cli.register.locate import locate
from slavefree_cli.register.recovery import recover
from slavefree_cli.register.restricted import WholeDesk


def whole(context: typer.Context) -> tuple[Session, WholeDesk]:
    """Return the session of a command and its desk, restricted records included."""
    session = session_of(context)
    desk = WholeDesk(locate(session.folder), commits=session.commit, warn=session.warn, command=session.command)
    recover(desk)
    return session, desk
