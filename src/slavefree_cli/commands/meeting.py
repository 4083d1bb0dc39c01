"""``slavefree meeting``."""

from datetime import time
from typing import Annotated

import typer
from msgspec import UnsetType

from slavefree_cli.commands import completion
from slavefree_cli.commands.by_hand import edit_by_hand
from slavefree_cli.commands.meeting_reference import MeetingArgument
from slavefree_cli.commands.session import AsJson, Yes, day, nothing_given, open_desk, text, time_of_day
from slavefree_cli.errors import UsageError
from slavefree_cli.model.dates import short, spoken
from slavefree_cli.model.kinds import Records
from slavefree_cli.model.meeting import in_order
from slavefree_cli.model.schedule import parse_weekday
from slavefree_cli.view import shapes
from slavefree_cli.view.screen import Column
from slavefree_cli.work.records import find, meetings

app = typer.Typer(help="Meetings.", rich_markup_mode=None, no_args_is_help=True)

COLUMNS = (
    Column("Meeting", "id"),
    Column("Title", "title"),
    Column("Date", "date"),
    Column("Start", "start"),
    Column("End", "end"),
    Column("Venue", "venue"),
    Column("Status", "status"),
)

Start = Annotated[str | None, typer.Option(metavar="TIME", help="When it begins.", show_default=False)]
End = Annotated[str | None, typer.Option(metavar="TIME", help="When it ends.", show_default=False)]
Venue = Annotated[str | None, typer.Option(help="Where it is.", show_default=False)]
Link = Annotated[
    str | None, typer.Option(metavar="URL", help="For joining by video; kept private.", show_default=False)
]
Chair = Annotated[
    str | None,
    typer.Option(metavar="PERSON", autocompletion=completion.people, help="Who chairs it.", show_default=False),
]
GroupOption = Annotated[str | None, typer.Option(metavar="GROUP", help="The board or subgroup.", show_default=False)]


@app.command(epilog="Example: slavefree meeting add 'Autumn meeting' --date 2026-09-09 --start 2pm --end 4pm")
def add(
    context: typer.Context,
    title: Annotated[str, typer.Argument(show_default=False)],
    date: Annotated[str, typer.Option(metavar="DATE", help="On which day.", show_default=False)],
    start: Start = None,
    end: End = None,
    venue: Venue = None,
    link: Link = None,
    chair: Chair = None,
    group: GroupOption = None,
    agenda: Annotated[str, typer.Option(metavar="TEMPLATE", help="The agenda to begin with, or none.")] = "standard",
    json: AsJson = False,
) -> None:
    """Add a meeting with an agenda."""
    session, desk = open_desk(context)
    on = day(date, "--date", session.today(desk))
    if isinstance(on, UnsetType) or on is None:
        raise UsageError("--date: a meeting has a date.")
    made = meetings.add(
        desk,
        title=title,
        day=on,
        start=time_of_day(start, "--start"),
        end=time_of_day(end, "--end"),
        venue=text(venue),
        link=text(link),
        chair=chair or None,
        group=group or None,
        agenda=agenda,
        now=session.now,
    )
    item = shapes.meeting(made, desk.records.partnership.timezone)
    message = f"Added meeting {made.id}: {made.title}, {spoken(made.date)}"
    session.show(Records.meetings, item, COLUMNS, json=json, message=message)


@app.command(
    epilog="Example: slavefree meeting plan --every 3 months --on 'first wednesday' --from 2027-01-01 --count 4"
)
def plan(
    context: typer.Context,
    every: Annotated[tuple[int, str], typer.Option(metavar="N months", help="How far apart.", show_default=False)],
    on: Annotated[str, typer.Option(metavar="WEEKDAY", help="As 'first wednesday' or 'last friday'.")],
    from_: Annotated[str, typer.Option("--from", metavar="DATE", help="The first day that may be one.")],
    count: Annotated[int, typer.Option(min=1, max=100, help="How many meetings.", show_default=False)],
    title: Annotated[str, typer.Option(help="Of each meeting.")] = "Meeting",
    start: Start = None,
    end: End = None,
    venue: Venue = None,
    chair: Chair = None,
    group: GroupOption = None,
    agenda: Annotated[str, typer.Option(metavar="TEMPLATE", help="The agenda to begin with, or none.")] = "standard",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show the days and make nothing.")] = False,
    yes: Yes = False,
    json: AsJson = False,
) -> None:
    """Plan a year's meetings, bank holidays avoided; at a terminal they are shown before they are made."""
    session, desk = open_desk(context)
    months, unit = every
    if unit.lower() not in {"month", "months"} or not 1 <= months <= 60:
        raise UsageError(f"--every: {months} {unit} is not understood: write it as 3 months.")
    begin = day(from_, "--from", session.today(desk))
    if isinstance(begin, UnsetType) or begin is None:
        raise UsageError("--from: a plan begins on a date.")
    try:
        weekday = parse_weekday(on)
    except ValueError as error:
        raise UsageError(f"--on: {error}.") from None
    days = meetings.days_of(desk, weekday, begin=begin, months=months, count=count)
    if dry_run or session.asks:
        for each in days:
            instead = f", as {short(each.instead_of)} is a bank holiday" if each.instead_of else ""
            session.say(f"{spoken(each.day)}{instead}")
    if dry_run:
        return
    if session.asks:
        session.confirm(f"Make {count} meeting{'' if count == 1 else 's'}?", yes=yes)
    made = meetings.add_series(
        desk,
        [each.day for each in days],
        title=title,
        start=time_of_day(start, "--start"),
        end=time_of_day(end, "--end"),
        venue=text(venue),
        chair=chair or None,
        group=group or None,
        agenda=agenda,
        now=session.now,
    )
    found = [shapes.meeting(each, desk.records.partnership.timezone) for each in made]
    session.show_all(Records.meetings, found, COLUMNS, desk, json=json)


@app.command("list", epilog="Example: slavefree meeting list --upcoming")
def list_(
    context: typer.Context,
    upcoming: Annotated[bool, typer.Option("--upcoming", help="Those from today on.")] = False,
    past: Annotated[bool, typer.Option("--past", help="Those before today.")] = False,
    json: AsJson = False,
) -> None:
    """List the meetings, all unless told otherwise."""
    session, desk = open_desk(context)
    today = session.today(desk)
    both = upcoming == past
    found = [
        shapes.meeting(each, desk.records.partnership.timezone)
        for each in in_order(desk.records.meetings.values())
        if both or (each.date >= today) == upcoming
    ]
    session.show_all(Records.meetings, found, COLUMNS, desk, json=json)


@app.command(epilog="Example: slavefree meeting show next")
def show(context: typer.Context, meeting: MeetingArgument, json: AsJson = False) -> None:
    """Show a meeting."""
    session, desk = open_desk(context)
    found = find.meeting(desk, meeting, session.today(desk))
    session.detail(Records.meetings, shapes.meeting(found, desk.records.partnership.timezone), json=json)


@app.command(epilog="Example: slavefree meeting edit next --venue 'The Old Library'")
def edit(
    context: typer.Context,
    meeting: MeetingArgument,
    title: Annotated[str | None, typer.Option(show_default=False)] = None,
    date: Annotated[str | None, typer.Option(metavar="DATE", show_default=False)] = None,
    start: Start = None,
    end: End = None,
    venue: Venue = None,
    link: Link = None,
    chair: Chair = None,
    group: GroupOption = None,
    agenda: Annotated[
        str | None, typer.Option(metavar="TEMPLATE", help="Add what its agenda lacks.", show_default=False)
    ] = None,
    json: AsJson = False,
) -> None:
    """Change a meeting; an option given empty unsets it, and without options the editor opens."""
    session, desk = open_desk(context)
    today = session.today(desk)
    if nothing_given(title, date, start, end, venue, link, chair, group, agenda):
        edit_by_hand(session, desk, lambda: find.meeting(desk, meeting, today), meeting, Records.meetings)
        return
    found = find.meeting(desk, meeting, today)
    made = meetings.edit(
        desk,
        found.id,
        chair=chair,
        group=group,
        agenda=agenda,
        title=text(title),
        date=day(date, "--date", today),
        start=time_of_day(start, "--start"),
        end=time_of_day(end, "--end"),
        venue=text(venue),
        link=text(link),
    )
    item = shapes.meeting(made, desk.records.partnership.timezone)
    session.show(Records.meetings, item, COLUMNS, json=json, message=f"Changed meeting {made.id}")


@app.command(epilog="Example: slavefree meeting move next --date 2026-09-16")
def move(
    context: typer.Context,
    meeting: MeetingArgument,
    date: Annotated[str, typer.Option(metavar="DATE", help="The new day.", show_default=False)],
    start: Start = None,
    end: End = None,
    json: AsJson = False,
) -> None:
    """Move a meeting to another day or hour; it keeps its id."""
    session, desk = open_desk(context)
    today = session.today(desk)
    found = find.meeting(desk, meeting, today)
    to = day(date, "--date", today)
    begins, ends = time_of_day(start, "--start"), time_of_day(end, "--end")
    made = meetings.move(
        desk,
        found.id,
        found.date if isinstance(to, UnsetType) or to is None else to,
        begins if isinstance(begins, time) else None,
        ends if isinstance(ends, time) else None,
    )
    item = shapes.meeting(made, desk.records.partnership.timezone)
    session.show(Records.meetings, item, COLUMNS, json=json, message=f"Moved {made.title} to {spoken(made.date)}")


@app.command(epilog="Example: slavefree meeting cancel next --reason 'Chair unwell' --yes")
def cancel(
    context: typer.Context,
    meeting: MeetingArgument,
    reason: Annotated[str, typer.Option(metavar="TEXT", help="Why; kept with the meeting.", show_default=False)],
    yes: Yes = False,
    json: AsJson = False,
) -> None:
    """Cancel a meeting; its records stay."""
    session, desk = open_desk(context)
    found = find.meeting(desk, meeting, session.today(desk))
    session.confirm(f"Cancel {found.title} on {short(found.date)}?", yes=yes)
    made = meetings.cancel(desk, found, reason)
    item = shapes.meeting(made, desk.records.partnership.timezone)
    session.show(Records.meetings, item, COLUMNS, json=json, message=f"Cancelled {made.title} on {short(made.date)}")
