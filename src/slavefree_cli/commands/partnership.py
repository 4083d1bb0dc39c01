"""``slavefree partnership``."""

from typing import Annotated

import typer

from slavefree_cli.commands.by_hand import edit_by_hand
from slavefree_cli.commands.session import AsJson, many, nothing_given, number, open_desk, text
from slavefree_cli.model.kinds import Records
from slavefree_cli.view import shapes
from slavefree_cli.view.screen import Column
from slavefree_cli.work.records import partnerships

app = typer.Typer(
    help="The partnership: its name, coordinator, quorum, timetable, signposting.",
    rich_markup_mode=None,
    no_args_is_help=True,
)

COLUMNS = (Column("Name", "name"), Column("Time zone", "timezone"))


@app.command(epilog="Example: slavefree partnership show --json")
def show(context: typer.Context, json: AsJson = False) -> None:
    """Show the partnership."""
    session, desk = open_desk(context)
    session.detail(Records.partnerships, shapes.partnership(desk.records.partnership), json=json)


@app.command(epilog="Example: slavefree partnership edit --coordinator 'Sam Reed' --email coordinator@example.org")
def edit(
    context: typer.Context,
    name: Annotated[str | None, typer.Option(show_default=False)] = None,
    timezone: Annotated[str | None, typer.Option(metavar="ZONE", show_default=False)] = None,
    holidays: Annotated[
        str | None, typer.Option(metavar="CODE", help="Whose bank holidays, as GB-ENG.", show_default=False)
    ] = None,
    coordinator: Annotated[str | None, typer.Option(metavar="NAME", show_default=False)] = None,
    email: Annotated[str | None, typer.Option(metavar="ADDRESS", help="The coordinator's.", show_default=False)] = None,
    quorum: Annotated[
        str | None, typer.Option(metavar="N", help="How many members must be there.", show_default=False)
    ] = None,
    quorum_sector: Annotated[
        list[str] | None, typer.Option(metavar="SECTOR", help="A sector that must be.", show_default=False)
    ] = None,
    agenda_days: Annotated[
        str | None, typer.Option(metavar="N", help="Working days before a meeting.", show_default=False)
    ] = None,
    minutes_days: Annotated[
        str | None, typer.Option(metavar="N", help="Working days after a meeting.", show_default=False)
    ] = None,
    signposting: Annotated[
        str | None, typer.Option(metavar="TEXT", help="At the foot of public documents.", show_default=False)
    ] = None,
    url: Annotated[str | None, typer.Option(help="Where the signposting leads.", show_default=False)] = None,
    marking: Annotated[
        str | None,
        typer.Option(
            metavar="TEXT", help="The protective marking that begins the subject of messages.", show_default=False
        ),
    ] = None,
    json: AsJson = False,
) -> None:
    """Change the partnership; an option given empty unsets it, and without options the editor opens."""
    session, desk = open_desk(context)
    given = (
        name,
        timezone,
        holidays,
        coordinator,
        email,
        quorum,
        agenda_days,
        minutes_days,
        signposting,
        url,
        marking,
    )
    if nothing_given(*given, quorum_sector):
        edit_by_hand(
            session,
            desk,
            lambda: desk.records.partnerships.get("partnership"),
            "partnership",
            Records.partnerships,
        )
        return
    made = partnerships.edit(
        desk,
        {
            "coordinator": {"name": text(coordinator), "email": text(email)},
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
