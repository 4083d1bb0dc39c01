"""``slavefree undo``."""

from datetime import datetime
from typing import Annotated

import typer

from slavefree_cli.commands.noun import noun
from slavefree_cli.commands.options import argument
from slavefree_cli.commands.session import AsJson, Yes
from slavefree_cli.commands.whole import ask_to_open, whole
from slavefree_cli.model.dates import local, spoken
from slavefree_cli.model.text import several
from slavefree_cli.register.merge.differences import differences
from slavefree_cli.register.places import named
from slavefree_cli.view import screen, shapes
from slavefree_cli.view.screen import columns
from slavefree_cli.work.history import undo as undoing

app = noun()

COLUMNS = columns("record field now after", compared="now after")
IN_THE_WAY = columns(
    "record field base ours theirs", compared="base ours theirs", base="It made", ours="Now", theirs="Before it"
)


@app.command(epilog="Example: slavefree undo 3f2a91c")
def undo(
    context: typer.Context,
    commit: Annotated[str | None, argument("[COMMIT]", "As the log names it; your own last command.")] = None,
    yes: Yes = False,
    json: AsJson = False,
) -> None:
    """Take a command back: a new commit makes what it changed as it was before.

    Later edits of other fields stay. Where the same fields were changed later, it says which and changes nothing. An
    undo can be undone: undo again does the command again. To go further back, name the commit. What was issued to
    people stays issued.
    """
    session, desk = whole(context)
    try:
        plan = undoing.plan(desk, commit)
    except undoing.StandsInTheWayError as error:
        rows = [shapes.conflict(named(each.file), *each) for each in error.conflicts]
        session.changes("conflicts", rows, IN_THE_WAY, json=json)
        raise
    changes = [shapes.change(named(file.file), file.file, *each) for file in plan.files for each in differences(*file)]
    if screen.on_terminal() and not json:
        session.changes("changes", changes, COLUMNS, json=False)
    if plan.passed:
        session.warn(f"Not taken back, as it was changed again since: {several(plan.passed, 10)}.")
    made = plan.commit
    at = local(datetime.fromisoformat(made.at), desk.records.partnership.timezone)
    for opening in undoing.openings(desk, plan):
        ask_to_open(session, opening, yes=yes)
    session.confirm(f"Undo “{made.subject}” ({made.who}, {spoken(at.date())})?", yes=yes)
    undoing.carry_out(desk, plan)
    if json or not screen.on_terminal():
        session.changes("changes", changes, COLUMNS, json=json)
    for file in plan.stays:
        session.warn(f"{file} stays: what was issued to people is not taken back.")
    session.say(plan.message)
