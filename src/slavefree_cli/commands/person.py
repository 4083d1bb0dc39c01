"""``slavefree person``."""

from datetime import date
from typing import Annotated

import typer
from msgspec import UNSET

from slavefree_cli.commands import completion
from slavefree_cli.commands.by_hand import edit_by_hand
from slavefree_cli.commands.noun import noun
from slavefree_cli.commands.options import Aka, NewWords, Words, argument, flag, many, nothing_given, option, text
from slavefree_cli.commands.session import AsJson, open_desk
from slavefree_cli.commands.when import day
from slavefree_cli.model.kinds import Records
from slavefree_cli.view import shapes
from slavefree_cli.view.screen import columns
from slavefree_cli.work.records import find, people
from slavefree_cli.work.records.ids import given

app = noun()

COLUMNS = columns("id name represents email", spare="id email", id="Person")

Which = Annotated[str, argument("PERSON", "Their id, or a word of their name.", offers=completion.people)]
Of = Annotated[str | None, option("MEMBER", "The member they represent.", offers=completion.members)]
Role = Annotated[str | None, option(None, "As what they represent it.")]
Email = Annotated[str | None, option("ADDRESS")]
Also = Annotated[list[str] | None, option("ADDRESS", "Another address of theirs; may be repeated.")]
Deputy = Annotated[bool | None, option(None, "As a deputy.", "--deputy/--no-deputy")]
Since = Annotated[str | None, option("DATE", "Since when they represent it.")]


@app.command(epilog="Example: slavefree person add 'Colin Cox' --of police --role 'Chief Inspector'")
def add(
    context: typer.Context,
    name: Words,
    of: Of = None,
    role: Role = None,
    email: Email = None,
    also: Also = None,
    aka: Aka = None,
    deputy: Deputy = None,
    since: Since = None,
    another: Annotated[bool, flag("--another", "It is somebody else than the person of that name.")] = False,
    json: AsJson = False,
) -> None:
    """Add a person."""
    session, desk = open_desk(context)
    made = people.add(
        desk,
        name=name,
        of=of or None,
        role=text(role),
        email=text(email),
        also=many(also),
        aka=many(aka),
        deputy=bool(deputy),
        since=given(day(session, desk, since, "--since", back=True)),
        another=another,
    )
    message = f"Added person {made.id}: {made.name}"
    session.show(Records.people, shapes.fields(made), COLUMNS, json=json, message=message)


@app.command("list", epilog="Example: slavefree person list --json")
def list_(context: typer.Context, json: AsJson = False) -> None:
    """List the people."""
    session, desk = open_desk(context)
    session.show_named(Records.people, COLUMNS, desk, json=json)


@app.command(epilog="Example: slavefree person show colin")
def show(context: typer.Context, person: Which, json: AsJson = False) -> None:
    """Show a person."""
    session, desk = open_desk(context)
    session.detail(Records.people, shapes.fields(find.one_of(desk, person, Records.people)), json=json)


@app.command(epilog="Example: slavefree person edit colin --role 'Superintendent'")
def edit(
    context: typer.Context,
    person: Which,
    name: NewWords = None,
    of: Of = None,
    role: Role = None,
    email: Email = None,
    also: Also = None,
    aka: Aka = None,
    deputy: Deputy = None,
    since: Since = None,
    json: AsJson = False,
) -> None:
    """Change a person.

    An option given empty unsets it, and without options the editor opens.
    """
    session, desk = open_desk(context)
    if nothing_given(context):
        edit_by_hand(session, desk, person, Records.people)
        return
    made = people.edit(
        desk,
        find.one_of(desk, person, Records.people).id,
        name=text(name),
        of=of or None,
        role=text(role),
        email=text(email),
        also=many(also),
        aka=many(aka),
        deputy=UNSET if deputy is None else deputy,
        since=day(session, desk, since, "--since", back=True),
    )
    message = f"Changed person {made.id}: {made.name}"
    session.show(Records.people, shapes.fields(made), COLUMNS, json=json, message=message)


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
    left = day(session, desk, on, "--on", back=True)
    when = left if isinstance(left, date) else today
    made = people.leave(desk, find.one_of(desk, person, Records.people).id, of=of or None, on=when)
    session.show(Records.people, shapes.fields(made), COLUMNS, json=json, message=f"{made.name} left on {when}")
