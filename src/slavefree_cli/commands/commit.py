"""``slavefree commit``."""

from typing import Annotated

import typer

from slavefree_cli.commands.whole import whole
from slavefree_cli.view import screen
from slavefree_cli.work import history

app = typer.Typer(rich_markup_mode=None)


@app.command(epilog="Example: slavefree commit -m 'Add the papers of the autumn meeting'")
def commit(
    context: typer.Context,
    message: Annotated[
        str | None,
        typer.Option("--message", "-m", metavar="TEXT", help="What the history says.", show_default=False),
    ] = None,
) -> None:
    """Commit the files that were edited by hand, after a check."""
    session, register = whole(context)
    names = history.commit_edits(register, message)
    if not screen.on_terminal():
        screen.write("".join(screen.safe(name) + "\n" for name in names))
    session.say(f"Committed {len(names)} file{'' if len(names) == 1 else 's'}." if names else "Nothing to commit.")
