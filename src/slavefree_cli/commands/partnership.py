"""``slavefree partnership``."""

from typing import Annotated

import typer

from slavefree_cli.commands import completion
from slavefree_cli.commands.by_hand import edit_by_hand
from slavefree_cli.commands.noun import noun
from slavefree_cli.commands.options import NewWords, Quorum, many, nothing_given, number, option, text
from slavefree_cli.commands.session import AsJson, open_desk
from slavefree_cli.model.kinds import Records
from slavefree_cli.view import shapes
from slavefree_cli.view.screen import columns
from slavefree_cli.work.records import find, partnerships

app = noun()

COLUMNS = columns("name timezone", timezone="Time zone")


@app.command(epilog="Example: slavefree partnership show --json")
def show(context: typer.Context, json: AsJson = False) -> None:
    """Show the partnership."""
    session, desk = open_desk(context)
    session.detail(Records.partnerships, shapes.partnership(desk.records.partnership), json=json)


@app.command(epilog="Example: slavefree partnership edit --coordinator 'Sam Reed' --email coordinator@example.org")
def edit(
    context: typer.Context,
    name: NewWords = None,
    timezone: Annotated[str | None, option("ZONE")] = None,
    holidays: Annotated[str | None, option("CODE", "Whose bank holidays, as GB-ENG.")] = None,
    coordinator: Annotated[str | None, option("NAME")] = None,
    email: Annotated[str | None, option("ADDRESS", "The coordinator's.")] = None,
    coordinator_person: Annotated[
        str | None, option("PERSON", "Who that is, of the people.", offers=completion.people)
    ] = None,
    quorum: Quorum = None,
    quorum_sector: Annotated[list[str] | None, option("SECTOR", "A sector that must be.")] = None,
    agenda_days: Annotated[str | None, option("N", "Working days before a meeting.")] = None,
    minutes_days: Annotated[str | None, option("N", "Working days after a meeting.")] = None,
    signposting: Annotated[str | None, option("TEXT", "At the foot of public documents.")] = None,
    url: Annotated[str | None, option(None, "Where the signposting leads.")] = None,
    marking: Annotated[
        str | None, option("TEXT", "The protective marking that begins the subject of messages.")
    ] = None,
    json: AsJson = False,
) -> None:
    """Change the partnership.

    An option given empty unsets it, and without options the editor opens.
    """
    session, desk = open_desk(context)
    if nothing_given(context):
        edit_by_hand(session, desk, "partnership", Records.partnerships)
        return
    made = partnerships.edit(
        desk,
        {
            "coordinator": {
                "name": text(coordinator),
                "email": text(email),
                "person": find.id_of(desk, text(coordinator_person), Records.people),
            },
            "quorum": {"members": number(quorum, "--quorum"), "sectors": many(quorum_sector)},
            "timetable": {
                "agenda": number(agenda_days, "--agenda-days"),
                "minutes": number(minutes_days, "--minutes-days"),
            },
            "signposting": {"text": text(signposting), "url": text(url)},
        },
        name=text(name),
        timezone=text(timezone),
        holidays=text(holidays),
        marking=text(marking),
    )
    session.show(Records.partnerships, shapes.partnership(made), COLUMNS, json=json, message=f"Changed {made.name}")
