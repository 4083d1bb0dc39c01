"""``slavefree group``."""

from typing import Annotated

import typer

from slavefree_cli.commands import completion
from slavefree_cli.commands.by_hand import edit_by_hand
from slavefree_cli.commands.noun import noun
from slavefree_cli.commands.options import NewWords, Quorum, Words, argument, many, nothing_given, number, option, text
from slavefree_cli.commands.session import AsJson, open_desk
from slavefree_cli.model.kinds import Records
from slavefree_cli.view import shapes
from slavefree_cli.view.screen import columns
from slavefree_cli.work.records import find, groups
from slavefree_cli.work.records.ids import given

app = noun()

COLUMNS = columns("id name chair members", spare="id", id="Group")

Which = Annotated[str, argument("GROUP", "Its id, or a word of its name.", offers=completion.groups)]
Chair = Annotated[str | None, option("PERSON", offers=completion.people)]
Members = Annotated[
    list[str] | None,
    option("MEMBER", "A member of the group; may be repeated.", "--member", offers=completion.members),
]
QuorumSector = Annotated[list[str] | None, option("SECTOR", "A sector that must be; may be repeated.")]


@app.command(epilog="Example: slavefree group add 'Operational group' --chair colin --member police")
def add(
    context: typer.Context,
    name: Words,
    chair: Chair = None,
    member: Members = None,
    quorum: Quorum = None,
    quorum_sector: QuorumSector = None,
    json: AsJson = False,
) -> None:
    """Add a group; its meetings invite the people of its members."""
    session, desk = open_desk(context)
    rule = {"members": number(quorum, "--quorum"), "sectors": many(quorum_sector)}
    made = groups.add(desk, name=name, chair=chair or None, members=given(many(member)) or (), quorum=rule)
    message = f"Added group {made.id}: {made.name}"
    session.show(Records.groups, shapes.fields(made), COLUMNS, json=json, message=message)


@app.command("list", epilog="Example: slavefree group list --json")
def list_(context: typer.Context, json: AsJson = False) -> None:
    """List the groups."""
    session, desk = open_desk(context)
    session.show_named(Records.groups, COLUMNS, desk, json=json)


@app.command(epilog="Example: slavefree group show operational")
def show(context: typer.Context, group: Which, json: AsJson = False) -> None:
    """Show a group."""
    session, desk = open_desk(context)
    session.detail(Records.groups, shapes.fields(find.one_of(desk, group, Records.groups)), json=json)


@app.command(epilog="Example: slavefree group edit operational --member police --member council")
def edit(
    context: typer.Context,
    group: Which,
    name: NewWords = None,
    chair: Chair = None,
    member: Members = None,
    quorum: Quorum = None,
    quorum_sector: QuorumSector = None,
    json: AsJson = False,
) -> None:
    """Change a group.

    An option given empty unsets it, and without options the editor opens.
    """
    session, desk = open_desk(context)
    if nothing_given(context):
        edit_by_hand(session, desk, group, Records.groups)
        return
    made = groups.edit(
        desk,
        find.one_of(desk, group, Records.groups).id,
        name=text(name),
        chair=text(chair),
        members=many(member),
        quorum={"members": number(quorum, "--quorum"), "sectors": many(quorum_sector)},
    )
    message = f"Changed group {made.id}: {made.name}"
    session.show(Records.groups, shapes.fields(made), COLUMNS, json=json, message=message)
