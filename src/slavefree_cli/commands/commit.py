"""``slavefree commit``."""

from typing import Annotated

import typer

from slavefree_cli.commands.noun import noun
from slavefree_cli.commands.options import option
from slavefree_cli.commands.session import AsJson
from slavefree_cli.commands.whole import whole
from slavefree_cli.model.text import counted
from slavefree_cli.view import screen, shapes
from slavefree_cli.work.history import log

app = noun()


@app.command(epilog="Example: slavefree commit -m 'Add the papers of the autumn meeting'")
def commit(
    context: typer.Context,
    message: Annotated[str | None, option("TEXT", "What the history says.", "--message", "-m")] = None,
    json: AsJson = False,
) -> None:
    """Commit the files that were edited by hand, after a check."""
    session, desk = whole(context)
    made = log.commit_edits(desk, message)
    if json:
        screen.write_bytes(shapes.answer("commit", made._asdict()))
    elif not screen.on_terminal():
        screen.write("".join(screen.safe(name) + "\n" for name in made.files))
    session.say(
        f"Committed {counted(len(made.files), 'file')}: {made.message}" if made.message else "Nothing to commit."
    )
