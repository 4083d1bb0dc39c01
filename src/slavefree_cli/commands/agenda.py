"""``slavefree agenda``."""

from typing import Annotated

import typer

from slavefree_cli.commands import completion, options
from slavefree_cli.commands.by_hand import edit_by_hand
from slavefree_cli.commands.noun import noun
from slavefree_cli.commands.session import AsJson, Session, Yes
from slavefree_cli.commands.whole import ask_to_open, whole
from slavefree_cli.errors import NotFoundError, UsageError
from slavefree_cli.model.action import Action
from slavefree_cli.model.agenda import RESTRICTED_TITLE, Item, Purpose, running_order
from slavefree_cli.model.carry_over import for_approval, matters_arising
from slavefree_cli.model.criteria import chosen
from slavefree_cli.model.dates import short, spoken
from slavefree_cli.model.kinds import Records, RestrictedRecords
from slavefree_cli.model.meeting import Meeting
from slavefree_cli.model.text import counted
from slavefree_cli.register import places
from slavefree_cli.register.restricted import WholeDesk
from slavefree_cli.view import screen, shapes
from slavefree_cli.view.screen import columns
from slavefree_cli.work.minutes.volume import minuted
from slavefree_cli.work.records import agendas, find, papers
from slavefree_cli.work.records.timetable import Deadlines, late_agenda

app = noun()

COLUMNS = columns(
    "number starts id title lead minutes purpose papers restricted",
    piped="id",
    spare="papers purpose minutes",
    below="papers",
    number="No",
    id="Item",
)

WhichItem = Annotated[str, options.argument("ITEM", "Its id, number, or a word of its title.")]
Lead = Annotated[str | None, options.option("WHO", "Who leads it.", offers=completion.parties)]
Minutes = Annotated[int | None, typer.Option(min=0, max=1440, help="How long it has.", show_default=False)]
PurposeOption = Annotated[Purpose | None, options.option(None, "What it is for.")]
Paper = Annotated[list[str] | None, options.option("FILE", "A paper or its address.")]
Before = Annotated[str | None, options.option("ITEM", "Put it before this one.")]
After = Annotated[str | None, options.option("ITEM", "Put it after this one.")]
Restricted = Annotated[str | None, options.option("REASON", "Take it in private, and why.")]


@app.command(epilog="Example: slavefree agenda show next")
def show(context: typer.Context, meeting: options.MeetingArgument, json: AsJson = False) -> None:
    """Show the agenda in order, with the time at which each item begins."""
    session, desk, found = _meeting(context, meeting)
    records = desk.records
    arising = matters_arising(chosen(Action, None, records, desk.restricted), found, records.meetings)
    up = for_approval(found, records.meetings.values(), minuted(desk))
    due = Deadlines(desk).agenda(found)
    listed = shapes.agenda_items(*agendas.of(desk, found.id), found)
    if json:
        item = shapes.agenda(found, listed, due, arising, up)
        screen.write_bytes(shapes.answer(Records.agendas, item))
        return
    shown = [{**each, "title": each["title"] or RESTRICTED_TITLE} for each in listed]
    title = f"{found.title}, {spoken(found.date)}"
    session.show_all(Records.agendas, shown, COLUMNS, desk, json=False, title=title, of=Item)
    if found.date >= session.today(desk):
        session.say(f"To go out by {spoken(due)}.")
    if arising:
        hidden = sum(each.restricted for each in arising)
        besides = f", {hidden} of them restricted" if hidden else ""
        session.say(f"Matters arising: {counted(len(arising), 'open action')}{besides}.")
    for each in up:
        if each.minutes is None:
            session.say(f"For approval: the minutes of {each.title}, {short(each.date)}.")
    _warn_missing(session, desk, found)


@app.command(epilog="Example: slavefree agenda add next 'County Lines' --lead police --minutes 20 --before other")
def add(
    context: typer.Context,
    meeting: options.MeetingArgument,
    title: options.Words,
    lead: Lead = None,
    minutes: Minutes = None,
    purpose: PurposeOption = None,
    paper: Paper = None,
    before: Before = None,
    after: After = None,
    restricted: Restricted = None,
    json: AsJson = False,
) -> None:
    """Add an item.

    It comes before those with which the meeting ends, unless told where.
    """
    session, desk, found = _meeting(context, meeting)
    _one_place(before, after)
    if restricted is not None and not restricted.strip():
        raise UsageError("--restricted takes the reason for which the item is taken in private.")
    made = agendas.add(
        desk,
        found,
        title=title,
        lead=lead or None,
        minutes=minutes,
        purpose=purpose,
        papers=paper or [],
        before=before,
        after=after,
        restricted=restricted,
    )
    message = f"Added {made} to the agenda of {found.dated}{_stands(desk, found, made)}"
    _changed(session, desk, found, made, json=json, message=message)


@app.command(epilog="Example: slavefree agenda edit next county --minutes 30")
def edit(
    context: typer.Context,
    meeting: options.MeetingArgument,
    item: Annotated[str | None, options.argument("ITEM")] = None,
    title: options.NewWords = None,
    lead: Lead = None,
    minutes: Annotated[str | None, options.option("N", "How long it has.")] = None,
    purpose: Annotated[str | None, options.option(None, "information, discussion or decision.")] = None,
    paper: Paper = None,
    before: Before = None,
    after: After = None,
    restricted: Restricted = None,
    with_all: Annotated[
        bool, options.flag("--with-all", "With --restricted, the actions and decisions on it too.")
    ] = False,
    yes: Yes = False,
    json: AsJson = False,
) -> None:
    """Change an item.

    An option given empty unsets it, and without options the editor opens. What another clone restricted, or wrote in
    since, is opened only after a question, which --yes answers.
    """
    from slavefree_cli.work.care import afterwards

    session, desk, found = _meeting(context, meeting)
    _one_place(before, after)
    if options.nothing_given(context):
        secrets = agendas.of(desk, found.id).hidden.items
        hidden = item is not None and agendas.item(desk, found.id, item) in secrets
        edit_by_hand(session, desk, found.id, RestrictedRecords.agendas if hidden else Records.agendas)
        return
    if item is None:
        raise UsageError("Say which item to change.")
    if with_all and not restricted:
        raise UsageError("--with-all goes with --restricted REASON.")
    if purpose and purpose not in {"information", "discussion", "decision"}:
        raise UsageError(f"--purpose must be information, discussion or decision, not {purpose!r}.")
    if restricted == "" and (stub := agendas.item(desk, found.id, item)) in agendas.of(desk, found.id).hidden.items:
        from slavefree_cli.work.records.opening import of_item

        ask_to_open(session, of_item(desk, found.id, stub), yes=yes)
    restricting = afterwards.Restricting(desk)
    made = agendas.edit(
        desk,
        found,
        item,
        title=options.text(title),
        lead=options.text(lead),
        minutes=options.number(minutes, "--minutes"),
        purpose=options.text(purpose),
        papers=options.many(paper),
        before=before,
        after=after,
        restricted=options.text(restricted),
        with_all=with_all,
        besides=restricting.renew,
    )
    restricting.tell()
    message = f"Changed {made} on the agenda of {found.dated}{_stands(desk, found, made) if before or after else ''}"
    _changed(session, desk, found, made, json=json, message=message)


@app.command(epilog="Example: slavefree agenda move next county --after welcome")
def move(
    context: typer.Context,
    meeting: options.MeetingArgument,
    item: WhichItem,
    before: Before = None,
    after: After = None,
    json: AsJson = False,
) -> None:
    """Put an item before or after another."""
    session, desk, found = _meeting(context, meeting)
    _one_place(before, after)
    if not before and not after:
        raise UsageError("Say where to: --before ITEM or --after ITEM.")
    made = agendas.move(desk, found, item, before, after)
    message = f"Moved {made}{_stands(desk, found, made)}"
    _show(session, desk, found, made, json=json, message=message)


@app.command(epilog="Example: slavefree agenda remove next county --yes")
def remove(
    context: typer.Context, meeting: options.MeetingArgument, item: WhichItem, yes: Yes = False, json: AsJson = False
) -> None:
    """Remove an item on which nothing hangs."""
    session, desk, found = _meeting(context, meeting, exact=True)
    based_on = agendas.of(desk, found.id)
    made = agendas.item(desk, found.id, item, whole=True)
    removed = _item(desk, found, made)
    session.confirm(f"Remove {made} from the agenda of {found.dated}?", yes=yes)
    agendas.remove(desk, found, made, based_on)
    session.show("item", removed, COLUMNS, json=json, message=f"Removed {made}")


def _meeting(context: typer.Context, typed: str, *, exact: bool = False) -> tuple[Session, WholeDesk, Meeting]:
    session, desk = whole(context)
    return session, desk, find.meeting(desk, typed, session.now, whole=exact)


def _changed(session: Session, desk: WholeDesk, meeting: Meeting, slug: str, *, json: bool, message: str) -> None:
    _show(session, desk, meeting, slug, json=json, message=message)
    if late := late_agenda(desk, meeting, session.today(desk)):
        session.warn(late)
    _warn_missing(session, desk, meeting, slug)


def _show(session: Session, desk: WholeDesk, meeting: Meeting, slug: str, *, json: bool, message: str) -> None:
    """Show an item that was saved; where somebody took it away since, say what was done all the same."""
    try:
        item = _item(desk, meeting, slug)
    except NotFoundError:
        session.say(message)
        raise
    session.show("item", item, COLUMNS, json=json, message=message)


def _warn_missing(session: Session, desk: WholeDesk, meeting: Meeting, item: str | None = None) -> None:
    for slug, path in papers.missing(desk, meeting.id):
        if item in {None, slug}:
            there = places.shown(path, None, desk.root)
            session.warn(f"The paper {there} is not there; put it there before it goes out.")


def _item(desk: WholeDesk, meeting: Meeting, slug: str) -> shapes.Item:
    listed = shapes.agenda_items(*agendas.of(desk, meeting.id), meeting)
    item = next((each for each in listed if each["id"] == slug), None)
    if item is None:
        raise NotFoundError(
            f"{slug} is not on the agenda of {meeting.title} any more: somebody changed it meanwhile. "
            f"See: slavefree agenda show {meeting.id}"
        )
    return item


def _stands(desk: WholeDesk, meeting: Meeting, slug: str) -> str:
    """Return where an item stands, as a message ends with it."""
    order = running_order(agendas.of(desk, meeting.id).open.items, None)
    this = next((each for each in order if each.slug == slug), None)
    if this is None:
        return ""
    after = f", before {order[this.number].item.public_title}" if this.number < len(order) else ", the last"
    return f": item {this.number}{after}"


def _one_place(before: str | None, after: str | None) -> None:
    if before and after:
        raise UsageError("Give --before or --after, not both.")
