"""``slavefree log``."""

from typing import Annotated

import typer

from slavefree_cli.commands.noun import noun
from slavefree_cli.commands.options import argument
from slavefree_cli.commands.session import AsJson
from slavefree_cli.commands.whole import whole
from slavefree_cli.errors import NotFoundError
from slavefree_cli.view import shapes
from slavefree_cli.view.screen import columns
from slavefree_cli.work.history import log as history

app = noun()

COLUMNS = columns("at who message short", spare="who short", at="When", message="What", short="Commit")


@app.command(epilog="Example: slavefree log 7K2F9")
def log(
    context: typer.Context,
    ref: Annotated[str | None, argument("[REF]", "A record: a meeting, member, person, action, decision.")] = None,
    json: AsJson = False,
) -> None:
    """Tell the history in words, of everything or of one record."""
    session, desk = whole(context)
    paths = [] if ref is None else history.paths_of(desk, ref)
    if ref is not None and not paths:
        raise NotFoundError(f"No record fits {ref!r}.")
    timezone = desk.records.partnership.timezone
    found = [shapes.commit(each, timezone) for each in history.log(desk, paths)]
    session.show_all("commits", found, COLUMNS, desk, json=json)
