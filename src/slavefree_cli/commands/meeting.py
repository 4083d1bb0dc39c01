"""``slavefree meeting``."""

import datetime as dt
from typing import Annotated

import typer

from slavefree_cli.commands import completion, options
from slavefree_cli.commands.by_hand import edit_by_hand
from slavefree_cli.commands.noun import noun
from slavefree_cli.commands.session import AsJson, Session, Yes, open_desk
from slavefree_cli.commands.when import day
from slavefree_cli.errors import UsageError
from slavefree_cli.model.criteria import MeetingsWanted, chosen
from slavefree_cli.model.dates import short, spoken
from slavefree_cli.model.kinds import Records
from slavefree_cli.model.meeting import Meeting
from slavefree_cli.model.schedule import parse_weekday
from slavefree_cli.model.text import counted
from slavefree_cli.register.desk import Desk
from slavefree_cli.view import shapes
from slavefree_cli.view.screen import columns
from slavefree_cli.work.records import find, meetings
from slavefree_cli.work.records.ids import given

app = noun()

COLUMNS = columns("id title date start end venue status", spare="id venue end", id="Meeting")

Start = Annotated[str | None, options.option("TIME", "When it begins.")]
End = Annotated[str | None, options.option("TIME", "When it ends.")]
Venue = Annotated[str | None, options.option(None, "Where it is.")]
Link = Annotated[str | None, options.option("URL", "For joining by video; kept private.")]
Chair = Annotated[str | None, options.option("PERSON", "Who chairs it.", offers=completion.people)]
GroupOption = Annotated[str | None, options.option("GROUP", "The board or subgroup.")]
Template = Annotated[str, typer.Option(metavar="TEMPLATE", help="The agenda to begin with, or none.")]


def _show(session: Session, desk: Desk, made: Meeting, message: str, *, json: bool) -> None:
    item = shapes.meeting(made, desk.records.partnership.timezone)
    session.show(Records.meetings, item, COLUMNS, json=json, message=message)


@app.command(epilog="Example: slavefree meeting add 'Autumn meeting' --date 2026-09-09 --start 2pm --end 4pm")
def add(
    context: typer.Context,
    title: options.Words,
    date: Annotated[str, options.option("DATE", "On which day.")],
    start: Start = None,
    end: End = None,
    venue: Venue = None,
    link: Link = None,
    chair: Chair = None,
    group: GroupOption = None,
    agenda: Template = "standard",
    json: AsJson = False,
) -> None:
    """Add a meeting with an agenda."""
    session, desk = open_desk(context)
    on = day(session, desk, date, "--date")
    if not isinstance(on, dt.date):
        raise UsageError("--date: a meeting has a date.")
    begins, ends = options.time_of_day(start, "--start"), options.time_of_day(end, "--end")
    details = meetings.Details(
        begins, ends, options.text(venue), options.text(chair), options.text(group), agenda, options.text(link)
    )
    made = meetings.add(desk, title, on, details, session.now)
    _show(session, desk, made, f"Added meeting {made.id}: {made.title}, {spoken(made.date)}", json=json)


@app.command(
    epilog="Example: slavefree meeting plan --every 3 months --on 'first wednesday' --from 2027-01-01 --count 4"
)
def plan(
    context: typer.Context,
    every: Annotated[tuple[int, str], options.option("N months", "How far apart.")],
    on: Annotated[str, typer.Option(metavar="WEEKDAY", help="As 'first wednesday' or 'last friday'.")],
    from_: Annotated[str, typer.Option("--from", metavar="DATE", help="The first day that may be one.")],
    count: Annotated[int, typer.Option(min=1, max=100, help="How many meetings.", show_default=False)],
    title: Annotated[str, typer.Option(help="Of each meeting.")] = "Meeting",
    start: Start = None,
    end: End = None,
    venue: Venue = None,
    chair: Chair = None,
    group: GroupOption = None,
    agenda: Template = "standard",
    dry_run: Annotated[bool, options.flag("--dry-run", "Show the days and make nothing.")] = False,
    yes: Yes = False,
    json: AsJson = False,
) -> None:
    """Plan a year's meetings, bank holidays avoided.

    At a terminal they are shown before they are made.
    """
    session, desk = open_desk(context)
    months, unit = every
    if unit.lower() not in {"month", "months"} or not 1 <= months <= 60:
        raise UsageError(f"--every: {months} {unit} is not understood: write it as 3 months.")
    begin = day(session, desk, from_, "--from")
    if not isinstance(begin, dt.date):
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
        session.confirm(f"Make {counted(count, 'meeting')}?", yes=yes)
    begins, ends = options.time_of_day(start, "--start"), options.time_of_day(end, "--end")
    details = meetings.Details(begins, ends, options.text(venue), options.text(chair), options.text(group), agenda)
    made = meetings.add_series(desk, title, [each.day for each in days], details, session.now)
    found = [shapes.meeting(each, desk.records.partnership.timezone) for each in made]
    session.show_all(Records.meetings, found, COLUMNS, desk, json=json)


@app.command("list", epilog="Example: slavefree meeting list --upcoming")
def list_(
    context: typer.Context,
    upcoming: Annotated[bool, options.flag("--upcoming", "Those from today on.")] = False,
    past: Annotated[bool, options.flag("--past", "Those before today.")] = False,
    json: AsJson = False,
) -> None:
    """List the meetings, all unless told otherwise."""
    session, desk = open_desk(context)
    today = session.today(desk)
    wanted = None
    if upcoming != past:
        wanted = MeetingsWanted(since=today) if upcoming else MeetingsWanted(before=today)
    listed = chosen(Meeting, wanted, desk.records)
    found = [shapes.meeting(each, desk.records.partnership.timezone) for each in listed]
    session.show_all(Records.meetings, found, COLUMNS, desk, json=json)


@app.command(epilog="Example: slavefree meeting show next")
def show(context: typer.Context, meeting: options.MeetingArgument, json: AsJson = False) -> None:
    """Show a meeting."""
    session, desk = open_desk(context)
    found = find.meeting(desk, meeting, session.now)
    session.detail(Records.meetings, shapes.meeting(found, desk.records.partnership.timezone), json=json)


@app.command(epilog="Example: slavefree meeting edit next --venue 'The Old Library'")
def edit(
    context: typer.Context,
    meeting: options.MeetingArgument,
    title: options.NewWords = None,
    date: Annotated[str | None, options.option("DATE")] = None,
    start: Start = None,
    end: End = None,
    venue: Venue = None,
    link: Link = None,
    chair: Chair = None,
    group: GroupOption = None,
    agenda: Annotated[str | None, options.option("TEMPLATE", "Add what its agenda lacks.")] = None,
    json: AsJson = False,
) -> None:
    """Change a meeting.

    An option given empty unsets it, and without options the editor opens.
    """
    session, desk = open_desk(context)
    if options.nothing_given(context):
        edit_by_hand(session, desk, meeting, Records.meetings, now=session.now)
        return
    found = find.meeting(desk, meeting, session.now)
    made = meetings.edit(
        desk,
        found.id,
        chair=options.text(chair),
        group=options.text(group),
        agenda=agenda,
        title=options.text(title),
        date=day(session, desk, date, "--date"),
        start=options.time_of_day(start, "--start"),
        end=options.time_of_day(end, "--end"),
        venue=options.text(venue),
        link=options.text(link),
    )
    _show(session, desk, made, f"Changed meeting {made.id}", json=json)


@app.command(epilog="Example: slavefree meeting move next --date 2026-09-16")
def move(
    context: typer.Context,
    meeting: options.MeetingArgument,
    date: Annotated[str, options.option("DATE", "The new day.")],
    start: Start = None,
    end: End = None,
    json: AsJson = False,
) -> None:
    """Move a meeting to another day or hour; it keeps its id."""
    session, desk = open_desk(context)
    found = find.meeting(desk, meeting, session.now)
    to = day(session, desk, date, "--date")
    begins, ends = given(options.time_of_day(start, "--start")), given(options.time_of_day(end, "--end"))
    made = meetings.move(desk, found.id, to if isinstance(to, dt.date) else found.date, begins, ends)
    _show(session, desk, made, f"Moved {made.title} to {spoken(made.date)}", json=json)


@app.command(epilog="Example: slavefree meeting cancel next --reason 'Chair unwell' --yes")
def cancel(
    context: typer.Context,
    meeting: options.MeetingArgument,
    reason: Annotated[str, options.option("TEXT", "Why; kept with the meeting.")],
    yes: Yes = False,
    json: AsJson = False,
) -> None:
    """Cancel a meeting; its records stay."""
    session, desk = open_desk(context)
    found = find.meeting(desk, meeting, session.now, whole=True)
    session.confirm(f"Cancel {found.dated}?", yes=yes)
    made = meetings.cancel(desk, found, reason)
    _show(session, desk, made, f"Cancelled {made.dated}", json=json)
