"""``slavefree init``."""

import os
from typing import Annotated

import typer

from slavefree_cli.commands.noun import noun
from slavefree_cli.commands.options import option
from slavefree_cli.commands.session import AsJson, session_of
from slavefree_cli.model.kinds import Records
from slavefree_cli.register.desk import Desk
from slavefree_cli.view import shapes
from slavefree_cli.view.screen import columns
from slavefree_cli.work.records import partnerships

app = noun()

COLUMNS = columns("name timezone", timezone="Time zone")


@app.command(
    epilog="Example: slavefree init --name 'Colchester Anti-Slavery Partnership' --email coordinator@example.org"
)
def init(
    context: typer.Context,
    name: Annotated[str, option(None, "The partnership's name.")],
    folder: Annotated[str, typer.Argument(metavar="[DIR]", help="Where meetings/ goes.")] = ".",
    timezone: Annotated[str, typer.Option(metavar="ZONE", help="Its time zone.")] = "Europe/London",
    coordinator: Annotated[str | None, option("NAME", "The coordinator.")] = None,
    email: Annotated[str | None, option("ADDRESS", "The coordinator's address.")] = None,
    json: AsJson = False,
) -> None:
    """Start a register in DIR/meetings, making a git repository where there is none."""
    session = session_of(context)
    root = os.path.join(folder, "meetings")
    desk = Desk(root, commits=session.commit, warn=session.warn, command="init")
    made = partnerships.start(
        folder,
        name=name,
        timezone=timezone,
        coordinator=coordinator or None,
        email=email or None,
        desk=desk,
    )
    message = f"Started the register of {made.name} in {root}. Next: slavefree member add NAME --sector SECTOR"
    session.show(Records.partnerships, shapes.partnership(made), COLUMNS, json=json, message=message)
