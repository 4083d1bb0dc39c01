"""``slavefree log``."""

from typing import Annotated

import typer

from slavefree_cli.commands.session import AsJson
from slavefree_cli.commands.whole import whole
from slavefree_cli.errors import NotFoundError
from slavefree_cli.model.references import Candidate
from slavefree_cli.view import shapes
from slavefree_cli.view.screen import Column
from slavefree_cli.work.history import log as history
from slavefree_cli.work.records import actions, decisions, find

app = typer.Typer(rich_markup_mode=None)

COLUMNS = (Column("When", "at"), Column("Who", "who"), Column("What", "message"), Column("Commit", "short"))


@app.command(epilog="Example: slavefree log 7K2F9")
def log(
    context: typer.Context,
    ref: Annotated[
        str | None,
        typer.Argument(
            metavar="[REF]", help="A record: a meeting, member, person, action, decision.", show_default=False
        ),
    ] = None,
    json: AsJson = False,
) -> None:
    """Tell the history in words, of everything or of one record."""
    session, desk = whole(context)
    paths: list[str] = []
    if ref is not None:
        records = desk.records
        names = [(each.id, each.name) for each in records.members.values()]
        names += [(each.id, each.name) for each in records.people.values()]
        names += [(each.id, each.name) for each in records.groups.values()]
        names += [(each.id, each.title) for each in records.meetings.values()]
        candidates = [Candidate(id, name) for id, name in names]
        candidates += [Candidate(each.id, each.title, coded=True) for each in actions.all_of(desk).values()]
        candidates += [Candidate(each.id, each.text, coded=True) for each in decisions.all_of(desk).values()]
        paths = history.path_of(desk, find.one("record", ref, candidates, desk))
        if not paths:
            raise NotFoundError(f"No record fits {ref!r}.")
    timezone = desk.records.partnership.timezone
    found = [shapes.commit(each, timezone) for each in history.log(desk, paths)]
    session.show_all("commits", found, COLUMNS, desk, json=json)
