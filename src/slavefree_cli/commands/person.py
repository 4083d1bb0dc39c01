"""``slavefree person``."""

from typing import Annotated

import typer
from msgspec import UNSET

from slavefree_cli.commands import completion
from slavefree_cli.commands.by_hand import edit_by_hand
from slavefree_cli.commands.handing_over import HandOver, tell
from slavefree_cli.commands.noun import noun
from slavefree_cli.commands.options import Aka, NewWords, Words, argument, flag, many, nothing_given, option, text
from slavefree_cli.commands.session import AsJson, Session, open_desk
from slavefree_cli.commands.when import At, LeftOn, day, leaving, told_left
from slavefree_cli.commands.whole import whole
from slavefree_cli.model.criteria import chosen
from slavefree_cli.model.kinds import Records
from slavefree_cli.model.person import Person
from slavefree_cli.register.desk import Desk
from slavefree_cli.view import shapes
from slavefree_cli.view.screen import columns
from slavefree_cli.work.records import find, people
from slavefree_cli.work.records import leaving as left
from slavefree_cli.work.records.ids import given

app = noun()

COLUMNS = columns("id name represents email left", spare="id email", id="Person")

Which = Annotated[str, argument("PERSON", "Their id, or a word of their name.", offers=completion.people)]
Of = Annotated[str | None, option("MEMBER", "The member they represent.", offers=completion.members)]
Role = Annotated[str | None, option(None, "As what they represent it.")]
Email = Annotated[str | None, option("ADDRESS")]
Also = Annotated[list[str] | None, option("ADDRESS", "Another address of theirs; may be repeated.")]
Deputy = Annotated[bool | None, option(None, "As a deputy.", "--deputy/--no-deputy")]
Since = Annotated[str | None, option("DATE", "Since when they represent it.")]


def _item(session: Session, desk: Desk, person: Person) -> shapes.Item:
    return shapes.person(person, desk.records.members, session.today(desk))


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
    session.show(Records.people, _item(session, desk, made), COLUMNS, json=json, message=message)


@app.command("list", epilog="Example: slavefree person list --json")
def list_(context: typer.Context, json: AsJson = False) -> None:
    """List the people."""
    session, desk = open_desk(context)
    found = [_item(session, desk, each) for each in chosen(Person, None, desk.records)]
    session.show_all(Records.people, found, COLUMNS, desk, json=json)


@app.command(epilog="Example: slavefree person show colin")
def show(context: typer.Context, person: Which, json: AsJson = False) -> None:
    """Show a person."""
    session, desk = open_desk(context)
    session.detail(Records.people, _item(session, desk, find.one_of(desk, person, Records.people)), json=json)


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
        today=session.today(desk),
    )
    message = f"Changed person {made.id}: {made.name}"
    session.show(Records.people, _item(session, desk, made), COLUMNS, json=json, message=message)


@app.command(epilog="Example: slavefree person leave colin --of police --on 2025-03-31 --hand-over julie")
def leave(
    context: typer.Context,
    person: Which,
    of: Of = None,
    on: LeftOn = None,
    at: At = None,
    hand_over: HandOver = None,
    json: AsJson = False,
) -> None:
    """Record that a person no longer represents a member.

    What they own, chair and are invited to is told. An empty --on takes it back.
    """
    session, desk = whole(context)
    day_left = leaving(session, desk, on, at)
    done = left.person(
        desk,
        find.one_of(desk, person, Records.people).id,
        of=of or None,
        on=day_left,
        hand_over=hand_over or None,
        now=session.now,
        today=session.today(desk),
    )
    message = told_left(done.record.name, day_left, session.today(desk))
    session.show(Records.people, _item(session, desk, done.record), COLUMNS, json=json, message=message)
    tell(session, done)
