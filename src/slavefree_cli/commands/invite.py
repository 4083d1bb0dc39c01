"""``slavefree invite``: made from open records alone."""

import os
from typing import Annotated

import typer

from slavefree_cli.commands.meeting_reference import MeetingArgument
from slavefree_cli.commands.session import AsJson, session_of
from slavefree_cli.register import files
from slavefree_cli.view import items
from slavefree_cli.view.screen import Column
from slavefree_cli.work import find, invitations

app = typer.Typer(help="Invitations.", rich_markup_mode=None, no_args_is_help=True)

COLUMNS = (Column("File", "file"), Column("Sequence", "sequence"), Column("Stamp", "stamp"))


@app.callback()
def invite() -> None:
    """Invitations."""


@app.command(epilog="Example: slavefree invite make inaugural")
def make(
    context: typer.Context,
    meeting: MeetingArgument,
    output: Annotated[
        str | None, typer.Option(metavar="FILE", help="Write it there as well.", show_default=False)
    ] = None,
    json: AsJson = False,
) -> None:
    """Write a meeting's invite.ics, for anyone to open, and record that it was issued."""
    session = session_of(context)
    register = session.open()
    found = find.meeting(register, meeting, session.today(register))
    made = invitations.make(register, found, session.now)
    path = os.path.join(register.root, made.path)
    if output:
        path = output
        files.write_all([files.Write(os.path.abspath(output), made.content)])
    item: items.Item = {"file": os.path.relpath(path), **items.fields(made.issue)}
    message = f"{'Wrote' if made.fresh else 'Nothing has changed since'} {os.path.relpath(path)}"
    session.show("issue", item, COLUMNS, json=json, message=message)
