"""``slavefree status``."""

import typer

from slavefree_cli.commands.session import AsJson
from slavefree_cli.commands.whole import whole
from slavefree_cli.view import items, screen
from slavefree_cli.view.screen import Column
from slavefree_cli.work import status as work

app = typer.Typer(rich_markup_mode=None)

COLUMNS = (Column("What", "message"), Column("Command", "command"))


@app.command(epilog="Example: slavefree status")
def status(context: typer.Context, json: AsJson = False) -> None:
    """Tell what needs doing now, most urgent first."""
    session, register = whole(context)
    found = [each._asdict() for each in work.needs(register, session.today(register))]
    if json:
        screen.write_bytes(items.answer("status", found))
    else:
        screen.show_list(found, COLUMNS)
