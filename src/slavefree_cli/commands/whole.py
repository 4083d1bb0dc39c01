"""The register with its restricted tree, for commands that only the coordinator sees the answer of.

Commands that make files for the public do not import this (a contract of import-linter).
"""

import typer

from slavefree_cli.commands.session import Session, session_of
from slavefree_cli.register import store
from slavefree_cli.register.restricted import WholeRegister


def whole(context: typer.Context) -> tuple[Session, WholeRegister]:
    """Return the session of a command and its register, restricted records included."""
    session = session_of(context)
    register = WholeRegister(
        store.locate(session.folder), commit=session.commit, warn=session.warn, command=session.command
    )
    register.recover()
    return session, register
