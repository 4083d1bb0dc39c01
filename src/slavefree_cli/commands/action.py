"""``slavefree action``."""

from typing import Annotated

import typer

from slavefree_cli.commands import completion, sending
from slavefree_cli.commands.by_hand import edit_by_hand
from slavefree_cli.commands.meeting_reference import MeetingOption
from slavefree_cli.commands.sending import DryRun, Smtp
from slavefree_cli.commands.session import AsJson, Yes, day, many, nothing_given, open_desk, session_of, text
from slavefree_cli.commands.whole import whole
from slavefree_cli.model.action import Action, in_order
from slavefree_cli.model.kinds import Records, RestrictedRecords
from slavefree_cli.register.restricted import WholeDesk
from slavefree_cli.view import shapes
from slavefree_cli.view.screen import Column
from slavefree_cli.work.records import actions, find

app = typer.Typer(help="The action log.", rich_markup_mode=None, no_args_is_help=True)

COLUMNS = (
    Column("Ref", "id", code=True),
    Column("Action", "title"),
    Column("Owner", "owner"),
    Column("Due", "due"),
    Column("Status", "status"),
    Column("Overdue", "overdue"),
    Column("Carried", "carried"),
    Column("Restricted", "restricted"),
)

Which = Annotated[
    str,
    typer.Argument(
        metavar="ACTION", autocompletion=completion.actions, help="Its reference, or a word of it.", show_default=False
    ),
]
Owner = Annotated[
    str | None,
    typer.Option(metavar="WHO", autocompletion=completion.parties, help="A person or a member.", show_default=False),
]
With = Annotated[
    list[str] | None,
    typer.Option("--with", metavar="WHO", autocompletion=completion.parties, help="A joint owner.", show_default=False),
]
Due = Annotated[str | None, typer.Option(metavar="DATE", help="By when.", show_default=False)]
ItemOption = Annotated[str | None, typer.Option(metavar="ITEM", help="The agenda item.", show_default=False)]


def _item(desk: WholeDesk, action: Action, context: typer.Context) -> shapes.Item:
    today = session_of(context).today(desk)
    return shapes.action(action, desk.records.meetings, today)


@app.command(epilog="Example: slavefree action add 'Map the first responders' --owner colin --due 2026-09-01")
def add(
    context: typer.Context,
    title: Annotated[str, typer.Argument(show_default=False)],
    owner: Annotated[
        str,
        typer.Option(
            metavar="WHO", autocompletion=completion.parties, help="A person or a member.", show_default=False
        ),
    ],
    with_: With = None,
    due: Due = None,
    meeting: MeetingOption = None,
    item: ItemOption = None,
    restricted: Annotated[bool, typer.Option("--restricted", help="Keep it out of everything public.")] = False,
    json: AsJson = False,
) -> None:
    """Add an action."""
    session, desk = whole(context)
    today = session.today(desk)
    made = actions.add(
        desk,
        title=title,
        owner=owner,
        with_=with_ or [],
        due=day(due, "--due", today),
        meeting=meeting or None,
        item=item or None,
        restricted=restricted,
        today=today,
    )
    message = f"Added action {made.id.upper()}: {made.title}"
    session.show(Records.actions, _item(desk, made, context), COLUMNS, json=json, message=message)


@app.command("list", epilog="Example: slavefree action list --owner police --overdue")
def list_(
    context: typer.Context,
    owner: Owner = None,
    meeting: MeetingOption = None,
    open_: Annotated[bool, typer.Option("--open", help="Those that are open (the default).")] = False,
    done: Annotated[bool, typer.Option("--done", help="Those that are done.")] = False,
    overdue: Annotated[bool, typer.Option("--overdue", help="Those whose date has gone by.")] = False,
    all_: Annotated[bool, typer.Option("--all", help="Dropped ones as well.")] = False,
    json: AsJson = False,
) -> None:
    """List actions: open ones unless told otherwise, the most pressing first."""
    session, desk = whole(context)
    today = session.today(desk)
    meetings = desk.records.meetings
    wanted = {"open"} if open_ or not (done or overdue) else set()
    wanted |= {"done"} if done else set()
    who = find.party(desk, owner).id if owner else None
    where = find.meeting(desk, meeting, today).id if meeting else None
    found = [
        shapes.action(each, meetings, today)
        for each in in_order(actions.all_of(desk).values())
        if (all_ or each.status in wanted or (overdue and each.overdue(today)))
        and (who is None or who == each.owner or who in each.with_)
        and (where is None or where == each.meeting)
    ]
    session.show_all(Records.actions, found, COLUMNS, desk, json=json)


@app.command(epilog="Example: slavefree action chase --overdue")
def chase(
    context: typer.Context,
    overdue: Annotated[bool, typer.Option("--overdue", help="Only actions whose date has gone by.")] = False,
    owner: Owner = None,
    smtp: Smtp = False,
    dry_run: DryRun = False,
    yes: Yes = False,
    json: AsJson = False,
) -> None:
    """Remind each owner of their open actions in one message, the most overdue first.

    Without --smtp the messages are drafts in meetings/outbox. Restricted actions are in none.
    """
    from slavefree_cli.work.post import reminders

    session, desk = open_desk(context)
    today = session.today(desk)
    found = reminders.chase(desk, today, overdue=overdue, owner=owner)
    for id, name in found.without_address:
        noun = "member" if id in desk.records.members else "person"
        session.warn(f"{name} has no address and gets nothing: slavefree {noun} edit {id} --email ADDRESS")
    options = (" --overdue" if overdue else "") + (f" --owner {found.letters[0].id}" if owner and found.letters else "")
    sending.letters_out(
        session, desk, found.letters, found.counts, prefix=f"chase-{today}", about="open actions",
        again=f"slavefree action chase{options} --smtp", smtp=smtp, dry_run=dry_run, yes=yes, json=json,
    )  # fmt: skip


@app.command(epilog="Example: slavefree action show 7K2F9")
def show(context: typer.Context, action: Which, json: AsJson = False) -> None:
    """Show an action with its notes."""
    session, desk = whole(context)
    session.detail(Records.actions, _item(desk, actions.one(desk, action), context), json=json)


@app.command(epilog="Example: slavefree action edit 7K2F9 --due 2026-10-01 --because 'the list is late'")
def edit(
    context: typer.Context,
    action: Which,
    title: Annotated[str | None, typer.Option(show_default=False)] = None,
    owner: Owner = None,
    with_: With = None,
    due: Due = None,
    because: Annotated[
        str | None, typer.Option(metavar="TEXT", help="Why it is due later.", show_default=False)
    ] = None,
    meeting: MeetingOption = None,
    item: ItemOption = None,
    restricted: Annotated[bool | None, typer.Option("--restricted/--no-restricted", show_default=False)] = None,
    json: AsJson = False,
) -> None:
    """Change an action; an option given empty unsets it, and without options the editor opens."""
    session, desk = whole(context)
    if nothing_given(title, owner, with_, due, because, meeting, item, restricted):
        edit_by_hand(
            session, desk, lambda: actions.one(desk, action), action, Records.actions, RestrictedRecords.actions
        )
        return
    found = actions.one(desk, action)
    today = session.today(desk)
    made = actions.edit(
        desk,
        found.id,
        title=text(title),
        owner=owner,
        with_=many(with_),
        due=day(due, "--due", today),
        because=because,
        meeting=meeting,
        item=item,
        restricted=restricted,
        now=session.now,
        today=today,
    )
    message = f"Changed action {made.id.upper()}: {made.title}"
    session.show(Records.actions, _item(desk, made, context), COLUMNS, json=json, message=message)


@app.command(epilog="Example: slavefree action note 7K2F9 'List requested from the county lead'")
def note(
    context: typer.Context,
    action: Which,
    text_: Annotated[str, typer.Argument(metavar="TEXT", show_default=False)],
    json: AsJson = False,
) -> None:
    """Note how an action goes."""
    session, desk = whole(context)
    made = actions.note(desk, actions.one(desk, action).id, text_, session.now)
    message = f"Noted on action {made.id.upper()}"
    session.show(Records.actions, _item(desk, made, context), COLUMNS, json=json, message=message)


@app.command(epilog="Example: slavefree action done 7K2F9 --note 'Published on the website'")
def done(
    context: typer.Context,
    action: Which,
    note: Annotated[str | None, typer.Option(metavar="TEXT", help="What was done.", show_default=False)] = None,
    json: AsJson = False,
) -> None:
    """Close an action as done."""
    _close(context, action, note, dropped=False, json=json)


@app.command(epilog="Example: slavefree action drop 7K2F9 --reason 'Overtaken by the county plan'")
def drop(
    context: typer.Context,
    action: Which,
    reason: Annotated[str, typer.Option(metavar="TEXT", help="Why it is dropped.", show_default=False)],
    json: AsJson = False,
) -> None:
    """Close an action that will not be done."""
    _close(context, action, reason, dropped=True, json=json)


def _close(context: typer.Context, action: str, said: str | None, *, dropped: bool, json: bool) -> None:
    session, desk = whole(context)
    made = actions.close(
        desk,
        actions.one(desk, action).id,
        dropped=dropped,
        text=said,
        now=session.now,
        today=session.today(desk),
    )
    message = f"Action {made.id.upper()} is {made.status}: {made.title}"
    session.show(Records.actions, _item(desk, made, context), COLUMNS, json=json, message=message)
