"""``slavefree status``."""

import typer

from slavefree_cli.commands.noun import noun
from slavefree_cli.commands.session import AsJson
from slavefree_cli.commands.whole import whole
from slavefree_cli.view import screen, shapes
from slavefree_cli.work.care import status as work

app = noun()


@app.command(epilog="Example: slavefree status")
def status(context: typer.Context, json: AsJson = False) -> None:
    """Tell what needs doing now, most urgent first."""
    session, desk = whole(context)
    needs = work.needs(desk, session.today(desk), None if json else desk.root)
    if json:
        screen.write_bytes(shapes.answer("status", [each._asdict() for each in needs]))
    else:
        screen.show_steps((each.message, each.command) for each in needs)
