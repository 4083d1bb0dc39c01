"""``slavefree check``."""

from typing import Annotated

import typer

from slavefree_cli.commands.noun import noun
from slavefree_cli.commands.options import flag
from slavefree_cli.commands.session import AsJson, Yes
from slavefree_cli.commands.whole import whole
from slavefree_cli.model.text import counted
from slavefree_cli.view import screen, shapes
from slavefree_cli.work.care import checks

app = noun()


@app.command(epilog="Example: slavefree check")
def check(
    context: typer.Context,
    fix: Annotated[bool, flag("--fix", "Mend what has one safe answer.")] = False,
    yes: Yes = False,
    json: AsJson = False,
) -> None:
    """Validate every record; the exit code is 4 where there is an error."""
    session, desk = whole(context)
    if fix and not checks.mendable(desk):
        session.say("There is nothing that has one safe answer.")
    # What is mended can be named by others, whose answer is plain only then: so twice.
    for _ in range(2 if fix else 0):
        if paths := checks.mendable(desk):
            session.confirm(f"Mend {', '.join(paths)}?", yes=yes)
            for path in checks.mend(desk):
                session.say(f"Mended {path}")
            desk.reader.forget()
    found = checks.findings(desk)
    if json:
        screen.write_bytes(shapes.answer("findings", [shapes.finding(*each) for each in found]))
    else:
        screen.write_text("".join(screen.safe(each.sentence(desk.root)) + "\n" for each in found))
        if screen.on_terminal():
            screen.show_meanings({each.check.code: each.check.explanation for each in found})
    errors = sum(each.check.severity == "error" for each in found)
    if errors:
        session.warn(f"{counted(errors, 'error')}.")
        raise typer.Exit(4)
    session.say("The register is valid.")
