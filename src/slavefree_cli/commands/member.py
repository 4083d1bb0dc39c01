"""``slavefree member``."""

from typing import Annotated

import typer
from msgspec import UNSET

from slavefree_cli.commands import completion
from slavefree_cli.commands.by_hand import edit_by_hand
from slavefree_cli.commands.handing_over import HandOver, tell
from slavefree_cli.commands.noun import noun
from slavefree_cli.commands.options import Aka, NewWords, Words, argument, flag, many, nothing_given, option, text
from slavefree_cli.commands.session import AsJson, open_desk
from slavefree_cli.commands.when import At, LeftOn, day, leaving, told_left
from slavefree_cli.commands.whole import whole
from slavefree_cli.errors import InvalidError
from slavefree_cli.model.dates import short
from slavefree_cli.model.kinds import Records
from slavefree_cli.model.partnership import Sector
from slavefree_cli.model.person import representatives
from slavefree_cli.model.text import counted
from slavefree_cli.register.files import reason
from slavefree_cli.view import screen, shapes
from slavefree_cli.view.screen import columns
from slavefree_cli.work.records import find, members
from slavefree_cli.work.records import leaving as left
from slavefree_cli.work.records.spreadsheet import headings, importing
from slavefree_cli.work.records.spreadsheet.answers import answers

app = noun()

COLUMNS = columns("id name sector joined left first_responder", spare="id first_responder joined left", id="Member")

IMPORT_COLUMNS = columns("does kind id name", spare="id kind")

Which = Annotated[str, argument("MEMBER", "Its id, or a word of its name.", offers=completion.members)]
SectorOption = Annotated[Sector | None, option(None, "What kind of organisation it is.")]
Joined = Annotated[str | None, option("DATE", "When it joined.")]
Email = Annotated[str | None, option("ADDRESS", "A shared mailbox.")]
FirstResponder = Annotated[
    bool | None, option(None, "It can refer into the NRM.", "--first-responder/--no-first-responder")
]
Sharing = Annotated[str | None, option("DATE", "When it signed the information sharing agreement.")]


@app.command(epilog="Example: slavefree member add 'Essex Police' --sector police --first-responder")
def add(
    context: typer.Context,
    name: Words,
    sector: Annotated[Sector, option(None, "What kind of organisation it is.")],
    joined: Joined = None,
    email: Email = None,
    aka: Aka = None,
    first_responder: FirstResponder = None,
    information_sharing: Sharing = None,
    json: AsJson = False,
) -> None:
    """Add a member."""
    session, desk = open_desk(context)
    session.today(desk)
    made = members.add(
        desk,
        name=name,
        sector=sector,
        joined=day(session, desk, joined, "--joined", back=True),
        email=text(email),
        aka=many(aka),
        first_responder=bool(first_responder),
        information_sharing=day(session, desk, information_sharing, "--information-sharing", back=True),
    )
    message = f"Added member {made.id}: {made.name}"
    session.show(Records.members, shapes.fields(made), COLUMNS, json=json, message=message)


@app.command("list", epilog="Example: slavefree member list --json")
def list_(context: typer.Context, json: AsJson = False) -> None:
    """List the members."""
    session, desk = open_desk(context)
    session.show_named(Records.members, COLUMNS, desk, json=json)


@app.command(epilog="Example: slavefree member show police")
def show(context: typer.Context, member: Which, json: AsJson = False) -> None:
    """Show a member, with the people who represent it or did."""
    session, desk = open_desk(context)
    found = find.one_of(desk, member, Records.members)
    people: dict[str, str] = {}
    for each, how in representatives(found.id, desk.records.people.values(), session.today(desk)):
        said = [how.role or ("" if how.deputy else "representative"), "deputy" if how.deputy else ""]
        said += [f"since {short(how.since)}" if how.since else "", f"until {short(how.until)}" if how.until else ""]
        people[session.names.party(each.id) if screen.on_terminal() else each.id] = ", ".join(filter(None, said))
    besides = {"people": people} if people else {}
    session.detail(Records.members, shapes.fields(found), json=json, besides=besides)


@app.command(epilog="Example: slavefree member edit police --email partnerships@example.org")
def edit(
    context: typer.Context,
    member: Which,
    name: NewWords = None,
    sector: SectorOption = None,
    joined: Joined = None,
    email: Email = None,
    aka: Aka = None,
    first_responder: FirstResponder = None,
    information_sharing: Sharing = None,
    json: AsJson = False,
) -> None:
    """Change a member.

    An option given empty unsets it, and without options the editor opens.
    """
    session, desk = open_desk(context)
    if nothing_given(context):
        edit_by_hand(session, desk, member, Records.members)
        return
    found = find.one_of(desk, member, Records.members)
    session.today(desk)
    made = members.edit(
        desk,
        found.id,
        name=text(name),
        sector=text(sector),
        joined=day(session, desk, joined, "--joined", back=True),
        email=text(email),
        aka=many(aka),
        first_responder=UNSET if first_responder is None else first_responder,
        information_sharing=day(session, desk, information_sharing, "--information-sharing", back=True),
    )
    message = f"Changed member {made.id}: {made.name}"
    session.show(Records.members, shapes.fields(made), COLUMNS, json=json, message=message)


@app.command(epilog="Example: slavefree member leave barnardos --on 2026-03-31")
def leave(
    context: typer.Context,
    member: Which,
    on: LeftOn = None,
    at: At = None,
    hand_over: HandOver = None,
    json: AsJson = False,
) -> None:
    """Record that a member left; an empty --on takes it back.

    What it and those who are gone with it own is told. It joins again with: member edit MEMBER --joined DATE.
    """
    session, desk = whole(context)
    day_left = leaving(session, desk, on, at)
    found = find.one_of(desk, member, Records.members)
    done = left.member(
        desk,
        found.id,
        on=day_left,
        said=bool(on or at),
        hand_over=hand_over or None,
        now=session.now,
        today=session.today(desk),
    )
    message = told_left(found.name, done.record.left, session.today(desk))
    session.show(Records.members, shapes.fields(done.record), COLUMNS, json=json, message=message)
    tell(session, done)


@app.command("import", epilog="Example: slavefree member import members.csv --dry-run")
def import_(
    context: typer.Context,
    file: Annotated[str, argument("FILE", "A spreadsheet: CSV, or .xlsx.")],
    column: Annotated[
        list[str] | None, option("HEADING=MEANING", "What a column is; without a meaning it is left out.")
    ] = None,
    sheet: Annotated[str | None, option("NAME", "Which sheet of a workbook.")] = None,
    same: Annotated[list[str] | None, option("LINES", "They are of who is known; LINE=PERSON says of whom.")] = None,
    another: Annotated[list[str] | None, option("LINES", "They are of somebody else of that name.")] = None,
    as_above: Annotated[list[str] | None, option("LINES", "They are of the member above.")] = None,
    blank: Annotated[list[str] | None, option("LINES", "They are of no member.")] = None,
    dry_run: Annotated[bool, flag("--dry-run", "Show what it would do, and do nothing.")] = False,
    json: AsJson = False,
) -> None:
    """Add or change members and people from a spreadsheet.

    All rows count, or none.
    Its headings, in any order and case: member, sector, joined, first responder, person, role, email, also, deputy.
    Who is known by an address is changed. Where a name alone says so you are asked for a word, by line: 3, or 3,5-9.
    """
    session, desk = open_desk(context)
    given = importing.File(
        file,
        _content(file),
        headings.columns(column or ()),
        sheet,
        answers(same or (), another or (), as_above or (), blank or ()),
    )
    work = importing.plan if dry_run else importing.run
    done = work(desk, given, session.today(desk))
    found = [shapes.imported(each.record, each.does) for each in done]
    if found or json:
        session.show_all("import", found, IMPORT_COLUMNS, desk, json=json)
    nothing = "" if done else "; the register has all of it"
    session.say(f"{'Would import' if dry_run else 'Imported'} {counted(len(done), 'record')}{nothing}.")


def _content(file: str) -> bytes:
    """Return what a file holds.

    Raises:
        InvalidError: It cannot be read, or is too large.
    """
    try:
        with open(file, "rb") as opened:
            content = opened.read(importing.MOST_BYTES + 1)
    except OSError as error:
        raise InvalidError(f"{file} cannot be read: {reason(error)}.") from None
    if len(content) > importing.MOST_BYTES:
        raise InvalidError(f"{file} is larger than {importing.MOST_BYTES // 1_000_000} MB; import it in parts.")
    return content
