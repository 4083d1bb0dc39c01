"""``slavefree minutes``: made from open records alone."""

import os

import typer

from slavefree_cli.commands.meeting_reference import MeetingArgument
from slavefree_cli.commands.session import AsJson, session_of
from slavefree_cli.view import items
from slavefree_cli.view.screen import Column
from slavefree_cli.work import drafts, find

app = typer.Typer(help="Minutes.", rich_markup_mode=None, no_args_is_help=True)

COLUMNS = (Column("File", "file"),)


@app.callback()
def minutes() -> None:
    """Minutes."""


@app.command(epilog="Example: slavefree minutes draft inaugural")
def draft(
    context: typer.Context,
    meeting: MeetingArgument,
    json: AsJson = False,
) -> None:
    """Write a meeting's minutes.md to be written in; one that somebody has written in is never overwritten."""
    session = session_of(context)
    register = session.open()
    today = session.today(register)
    found = find.meeting(register, meeting, today)
    path, fresh = drafts.draft(register, found, today)
    shown = os.path.relpath(os.path.join(register.root, path))
    item: items.Item = {"meeting": found.id, "file": shown}
    message = f"{'Wrote' if fresh else 'Nothing has changed since'} {shown}"
    session.show("minutes", item, COLUMNS, json=json, message=message)
