"""The register with its restricted tree, for commands that only the coordinator sees the answer of.

Commands that make files for the public do not import this (a contract of import-linter).
"""

from slavefree_cli.commands.session import Session
from slavefree_cli.register import store
from slavefree_cli.register.restricted import WholeRegister


def whole(session: Session) -> WholeRegister:
    """Return the register, restricted records included."""
    return WholeRegister(
        store.locate(session.folder), commit=session.commit, warn=session.warn, command=session.command
    )
