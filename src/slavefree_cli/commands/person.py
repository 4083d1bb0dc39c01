"""``slavefree person``."""

from typing import Annotated

import typer
from msgspec import UNSET, UnsetType

from slavefree_cli.commands import completion
from slavefree_cli.commands.by_hand import edit_by_hand
from slavefree_cli.commands.session import AsJson, day, nothing_given, open_desk, text
from slavefree_cli.model.kinds import Records
from slavefree_cli.view import shapes
from slavefree_cli.view.screen import Column
from slavefree_cli.work.records import find, people

app = typer.Typer(help="People, and whom they represent.", rich_markup_mode=None, no_args_is_help=True)

COLUMNS = (
    Column("Person", "id"),
    Column("Name", "name"),
    Column("Represents", "represents"),
    Column("Email", "email"),
)

Which = Annotated[
    str,
    typer.Argument(
        metavar="PERSON",
        autocompletion=completion.people,
        help="Their id, or a word of their name.",
        show_default=False,
    ),
]
Of = Annotated[
    str | None,
    typer.Option(
        metavar="MEMBER", autocompletion=completion.members, help="The member they represent.", show_default=False
    ),
]
Role = Annotated[str | None, typer.Option(help="As what they represent it.", show_default=False)]
Email = Annotated[str | None, typer.Option(metavar="ADDRESS", show_default=False)]
Deputy = Annotated[bool | None, typer.Option("--deputy/--no-deputy", help="As a deputy.", show_default=False)]
Since = Annotated[str | None, typer.Option(metavar="DATE", help="Since when they represent it.", show_default=False)]


@app.command(epilog="Example: slavefree person add 'Colin Cox' --of police --role 'Chief Inspector'")
def add(
    context: typer.Context,
    name: Annotated[str, typer.Argument(show_default=False)],
    of: Of = None,
    role: Role = None,
    email: Email = None,
    deputy: Deputy = None,
    since: Since = None,
    json: AsJson = False,
) -> None:
    """Add a person."""
    session, desk = open_desk(context)
    began = day(since, "--since", session.today(desk))
    made = people.add(
        desk,
        name=name,
        of=of or None,
        role=text(role),
        email=text(email),
        deputy=bool(deputy),
        since=None if isinstance(began, UnsetType) else began,
    )
    session.show(
        Records.people, shapes.fields(made), COLUMNS, json=json, message=f"Added person {made.id}: {made.name}"
    )


@app.command("list", epilog="Example: slavefree person list --json")
def list_(context: typer.Context, json: AsJson = False) -> None:
    """List the people."""
    session, desk = open_desk(context)
    found = sorted(desk.records.people.values(), key=lambda each: (each.name.casefold(), each.id))
    session.show_all(Records.people, [shapes.fields(each) for each in found], COLUMNS, desk, json=json)


@app.command(epilog="Example: slavefree person show colin")
def show(context: typer.Context, person: Which, json: AsJson = False) -> None:
    """Show a person."""
    session, desk = open_desk(context)
    session.detail(Records.people, shapes.fields(find.person(desk, person)), json=json)


@app.command(epilog="Example: slavefree person edit colin --role 'Superintendent'")
def edit(
    context: typer.Context,
    person: Which,
    name: Annotated[str | None, typer.Option(show_default=False)] = None,
    of: Of = None,
    role: Role = None,
    email: Email = None,
    deputy: Deputy = None,
    since: Since = None,
    json: AsJson = False,
) -> None:
    """Change a person; an option given empty unsets it, and without options the editor opens."""
    session, desk = open_desk(context)
    if nothing_given(name, of, role, email, deputy, since):
        edit_by_hand(session, desk, lambda: find.person(desk, person), person, Records.people)
        return
    found = find.person(desk, person)
    made = people.edit(
        desk,
        found.id,
        name=text(name),
        of=of or None,
        role=text(role),
        email=text(email),
        deputy=UNSET if deputy is None else deputy,
        since=day(since, "--since", session.today(desk)),
    )
    session.show(
        Records.people, shapes.fields(made), COLUMNS, json=json, message=f"Changed person {made.id}: {made.name}"
    )


@app.command(epilog="Example: slavefree person leave colin --of police --on 2025-03-31")
def leave(
    context: typer.Context,
    person: Which,
    of: Of = None,
    on: Annotated[str, typer.Option(metavar="DATE", help="The first day on which they do not.")] = "today",
    json: AsJson = False,
) -> None:
    """Record that a person no longer represents a member."""
    session, desk = open_desk(context)
    today = session.today(desk)
    left = day(on, "--on", today)
    when = today if isinstance(left, UnsetType) or left is None else left
    made = people.leave(desk, find.person(desk, person).id, of=of or None, on=when)
    session.show(Records.people, shapes.fields(made), COLUMNS, json=json, message=f"{made.name} left on {when}")
