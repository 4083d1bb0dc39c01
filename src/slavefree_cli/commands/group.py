"""``slavefree group``."""

from typing import Annotated

import typer
from msgspec import UnsetType

from slavefree_cli.commands import completion
from slavefree_cli.commands.by_hand import edit_by_hand
from slavefree_cli.commands.session import AsJson, many, nothing_given, number, open_desk, text
from slavefree_cli.model.kinds import Records
from slavefree_cli.view import shapes
from slavefree_cli.view.screen import Column
from slavefree_cli.work.records import find, groups

app = typer.Typer(help="Boards and subgroups.", rich_markup_mode=None, no_args_is_help=True)

COLUMNS = (Column("Group", "id"), Column("Name", "name"), Column("Chair", "chair"), Column("Members", "members"))

Which = Annotated[
    str,
    typer.Argument(
        metavar="GROUP", autocompletion=completion.groups, help="Its id, or a word of its name.", show_default=False
    ),
]
Chair = Annotated[str | None, typer.Option(metavar="PERSON", autocompletion=completion.people, show_default=False)]
Members = Annotated[
    list[str] | None,
    typer.Option(
        "--member",
        metavar="MEMBER",
        autocompletion=completion.members,
        help="A member of the group; may be repeated.",
        show_default=False,
    ),
]
Quorum = Annotated[str | None, typer.Option(metavar="N", help="How many members must be there.", show_default=False)]
QuorumSector = Annotated[
    list[str] | None,
    typer.Option(metavar="SECTOR", help="A sector that must be; may be repeated.", show_default=False),
]


@app.command(epilog="Example: slavefree group add 'Operational group' --chair colin --member police")
def add(
    context: typer.Context,
    name: Annotated[str, typer.Argument(show_default=False)],
    chair: Chair = None,
    member: Members = None,
    quorum: Quorum = None,
    quorum_sector: QuorumSector = None,
    json: AsJson = False,
) -> None:
    """Add a group; its meetings invite the people of its members."""
    session, desk = open_desk(context)
    members = many(member)
    made = groups.add(
        desk,
        name=name,
        chair=chair or None,
        members=() if isinstance(members, UnsetType) else members,
        quorum=_rule(quorum, quorum_sector),
    )
    session.show(Records.groups, shapes.fields(made), COLUMNS, json=json, message=f"Added group {made.id}: {made.name}")


@app.command("list", epilog="Example: slavefree group list --json")
def list_(context: typer.Context, json: AsJson = False) -> None:
    """List the groups."""
    session, desk = open_desk(context)
    found = sorted(desk.records.groups.values(), key=lambda each: (each.name.casefold(), each.id))
    session.show_all(Records.groups, [shapes.fields(each) for each in found], COLUMNS, desk, json=json)


@app.command(epilog="Example: slavefree group show operational")
def show(context: typer.Context, group: Which, json: AsJson = False) -> None:
    """Show a group."""
    session, desk = open_desk(context)
    found = desk.records.groups[find.group(desk, group)]
    session.detail(Records.groups, shapes.fields(found), json=json)


@app.command(epilog="Example: slavefree group edit operational --member police --member council")
def edit(
    context: typer.Context,
    group: Which,
    name: Annotated[str | None, typer.Option(show_default=False)] = None,
    chair: Chair = None,
    member: Members = None,
    quorum: Quorum = None,
    quorum_sector: QuorumSector = None,
    json: AsJson = False,
) -> None:
    """Change a group; an option given empty unsets it, and without options the editor opens."""
    session, desk = open_desk(context)
    if nothing_given(name, chair, member, quorum, quorum_sector):
        edit_by_hand(session, desk, lambda: desk.records.groups[find.group(desk, group)], group, Records.groups)
        return
    made = groups.edit(
        desk,
        find.group(desk, group),
        name=text(name),
        chair=text(chair),
        members=many(member),
        quorum=_rule(quorum, quorum_sector),
    )
    session.show(
        Records.groups, shapes.fields(made), COLUMNS, json=json, message=f"Changed group {made.id}: {made.name}"
    )


def _rule(members: str | None, sectors: list[str] | None) -> dict[str, object]:
    return {"members": number(members, "--quorum"), "sectors": many(sectors)}
