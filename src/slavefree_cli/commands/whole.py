"""The register with its restricted tree, for commands that only the coordinator sees the answer of.

Commands that make files for the public do not import this (a contract of import-linter).
"""

from functools import partial
from typing import TYPE_CHECKING

import typer

from slavefree_cli.commands import completion
from slavefree_cli.commands.session import Session, at_desk
from slavefree_cli.register.restricted import WholeDesk
from slavefree_cli.view import screen

if TYPE_CHECKING:
    from slavefree_cli.work.records.opening import Opening

offers = partial(completion.offers, desk=WholeDesk)
"""What the shell offers of records that can be restricted; see ``completion.offers``."""


def whole(context: typer.Context) -> tuple[Session, WholeDesk]:
    """Return the session of a command and its desk, restricted records included."""
    session, desk = at_desk(context, WholeDesk)
    if desk.is_elsewhere:
        from slavefree_cli.register import repositories

        repositories.come_along(desk)
    return session, desk


def ask_to_open(session: Session, opening: "Opening", *, yes: bool) -> None:
    """Say what comes out before something restricted is opened, and ask where others restricted it or wrote in it.

    Raises:
        UsageError: Nobody can be asked.
    """
    for said in opening.comes_out:
        session.warn(f"With {opening.named} comes out what was written while it was restricted: {screen.flat(said)}")
    if opening.by_others:
        session.confirm(
            f"The {opening.named} was restricted, or written in since, in another clone; everybody with a clone can "
            "read it once it is open. Open it all the same?",
            yes=yes,
        )
