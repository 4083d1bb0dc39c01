"""The register with its restricted tree, for commands that only the coordinator sees the answer of.

Commands that make files for the public do not import this (a contract of import-linter).
"""

from functools import partial

import typer

from slavefree_cli.commands import completion
from slavefree_cli.commands.session import Session, at_desk
from slavefree_cli.register.restricted import WholeDesk

offers = partial(completion.offers, desk=WholeDesk)
"""What the shell offers of records that can be restricted; see ``completion.offers``."""


def whole(context: typer.Context) -> tuple[Session, WholeDesk]:
    """Return the session of a command and its desk, restricted records included."""
    session, desk = at_desk(context, WholeDesk)
    if desk.is_elsewhere:
        from slavefree_cli.register import repositories

        repositories.come_along(desk)
    return session, desk
