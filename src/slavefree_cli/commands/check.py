"""``slavefree check``."""

from typing import Annotated

import typer

from slavefree_cli.commands.options import flag
from slavefree_cli.commands.session import AsJson, Yes
from slavefree_cli.commands.whole import whole
from slavefree_cli.model.text import counted
from slavefree_cli.view import screen, shapes
from slavefree_cli.work.care import checks

app = typer.Typer(rich_markup_mode=None)


@app.command(epilog="Example: slavefree check")
def check(
    context: typer.Context,
    fix: Annotated[bool, flag("--fix", "Mend what has one safe answer.")] = False,
    yes: Yes = False,
    json: AsJson = False,
) -> None:
    """Validate every record; the exit code is 4 where there is an error."""
    session, desk = whole(context)
    if fix and (paths := checks.mendable(desk)):
        session.confirm(f"Mend {', '.join(paths)}?", yes=yes)
        for path in checks.mend(desk):
            session.say(f"Mended {path}")
        desk.reader.forget()
    elif fix:
        session.say("There is nothing that has one safe answer.")
    found = checks.findings(desk)
    if json:
        screen.write_bytes(shapes.answer("findings", [shapes.finding(*each) for each in found]))
    else:
        screen.write("".join(screen.safe(each.sentence()) + "\n" for each in found))
        if screen.on_terminal():
            screen.show_meanings({each.check.code: each.check.explanation for each in found})
    errors = sum(each.check.severity == "error" for each in found)
    if errors:
        session.warn(f"{counted(errors, 'error')}.")
        raise typer.Exit(4)
    session.say("The register is valid.")
