"""``slavefree action``."""

from typing import Annotated, get_args

import typer

from slavefree_cli.commands import completion, options
from slavefree_cli.commands.by_hand import edit_by_hand
from slavefree_cli.commands.noun import noun
from slavefree_cli.commands.session import AsJson, Session, Yes, open_desk
from slavefree_cli.commands.when import At, On, day, happened
from slavefree_cli.commands.whole import ask_to_open, offers, whole
from slavefree_cli.model.action import Action, ActionStatus
from slavefree_cli.model.criteria import ActionsWanted, chosen
from slavefree_cli.model.dates import spoken
from slavefree_cli.model.kinds import Records, RestrictedRecords
from slavefree_cli.register.restricted import WholeDesk
from slavefree_cli.view import shapes
from slavefree_cli.view.screen import columns
from slavefree_cli.work.records import actions, find

app = noun()

COLUMNS = columns(
    "id title owner due status overdue carried restricted left with",
    code="id",
    spare="carried overdue status",
    beside="owner with",
    id="Ref",
    title="Action",
)

Which = Annotated[
    str,
    options.argument(
        "ACTION", "Its reference, or a word of it.", offers=offers(Records.actions, RestrictedRecords.actions)
    ),
]
Owner = options.Party
With = Annotated[list[str] | None, options.option("WHO", "A joint owner.", "--with", offers=completion.parties)]
Due = Annotated[str | None, options.option("DATE", "By when.")]


def _show(session: Session, desk: WholeDesk, made: Action, message: str, *, json: bool) -> None:
    item = shapes.action(made, desk.records, session.today(desk))
    session.show(Records.actions, item, COLUMNS, json=json, message=message)


@app.command(epilog="Example: slavefree action add 'Map the first responders' --owner colin --due 2026-09-01")
def add(
    context: typer.Context,
    title: options.Words,
    owner: Annotated[str, options.option("WHO", "A person or a member.", offers=completion.parties)],
    with_: With = None,
    due: Due = None,
    meeting: options.MeetingOption = None,
    item: options.ItemOption = None,
    restricted: options.Secret = False,
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
        due=day(session, desk, due, "--due"),
        meeting=meeting or None,
        item=item or None,
        restricted=restricted,
        now=session.now,
        today=today,
    )
    _show(session, desk, made, f"Added action {made.id.upper()}: {made.title}", json=json)


@app.command("list", epilog="Example: slavefree action list --owner police --overdue")
def list_(
    context: typer.Context,
    owner: Owner = None,
    meeting: options.MeetingOption = None,
    open_: Annotated[bool, options.flag("--open", "Those that are open (the default).")] = False,
    done: Annotated[bool, options.flag("--done", "Those that are done.")] = False,
    overdue: Annotated[bool, options.flag("--overdue", "Those whose date has gone by.")] = False,
    all_: Annotated[bool, options.flag("--all", "Dropped ones as well.")] = False,
    json: AsJson = False,
) -> None:
    """List actions, the most pressing first.

    Open ones unless told otherwise.
    """
    session, desk = whole(context)
    today = session.today(desk)
    statuses: set[ActionStatus] = {"open"} if open_ or not (done or overdue) else set()
    statuses |= {"done"} if done else set()
    of = find.meeting(desk, meeting, session.now) if meeting else None
    wanted = ActionsWanted(
        get_args(ActionStatus) if all_ else statuses,
        today if overdue else None,
        find.party(desk, owner, of).id if owner else None,
        of.id if of else None,
    )
    listed = chosen(Action, wanted, desk.records, desk.restricted)
    found = [shapes.action(each, desk.records, today) for each in listed]
    session.show_all(Records.actions, found, COLUMNS, desk, json=json)


@app.command(epilog="Example: slavefree action chase --overdue")
def chase(
    context: typer.Context,
    overdue: Annotated[bool, typer.Option("--overdue", help="Only actions whose date has gone by.")] = False,
    owner: Owner = None,
    smtp: options.Smtp = False,
    dry_run: options.DryRun = False,
    yes: Yes = False,
    json: AsJson = False,
) -> None:
    """Remind each owner of their open actions in one message.

    The most overdue stands first. A member without an address is reminded at those of its people. Without --smtp the
    messages are drafts in meetings/outbox. Restricted actions are in none.
    """
    from slavefree_cli.commands import sending
    from slavefree_cli.work.post import reminders
    from slavefree_cli.work.post.sendings import About

    session, desk = open_desk(context)
    today = session.today(desk)
    found = reminders.chase(desk, today, overdue=overdue, owner=owner)
    sending.say_without_address(session, desk, found.without_address)
    options = (" --overdue" if overdue else "") + (f" --owner {find.party(desk, owner).id}" if owner else "")
    about = About("open actions", "chase", day=today)
    sending.letters_out(
        session, found.letters, ways=sending.ways_of(session, desk, found, about), about=about.what,
        again=f"slavefree action chase{options} --smtp", smtp=smtp, dry_run=dry_run, yes=yes, json=json,
    )  # fmt: skip


@app.command(epilog="Example: slavefree action show 7K2F9")
def show(context: typer.Context, action: Which, json: AsJson = False) -> None:
    """Show an action with its notes."""
    session, desk = whole(context)
    item = shapes.action(actions.one(desk, action), desk.records, session.today(desk))
    session.detail(Records.actions, item, json=json)


@app.command(epilog="Example: slavefree action edit 7K2F9 --due 2026-10-01 --because 'the list is late'")
def edit(
    context: typer.Context,
    action: Which,
    title: options.NewWords = None,
    owner: Owner = None,
    with_: With = None,
    due: Due = None,
    because: Annotated[str | None, options.option("TEXT", "Why it is due later.")] = None,
    meeting: options.MeetingOption = None,
    item: options.ItemOption = None,
    restricted: Annotated[bool | None, typer.Option("--restricted/--no-restricted", show_default=False)] = None,
    yes: Yes = False,
    json: AsJson = False,
) -> None:
    """Change an action.

    An option given empty unsets it, and without options the editor opens. What another clone restricted, or noted on
    since, is opened only after a question, which --yes answers.
    """
    from slavefree_cli.work.care import afterwards

    session, desk = whole(context)
    if options.nothing_given(context):
        edit_by_hand(session, desk, action, Records.actions, RestrictedRecords.actions)
        return
    today = session.today(desk)
    if restricted is False and (opening := actions.opening(desk, action)):
        ask_to_open(session, opening, yes=yes)
    restricting = afterwards.Restricting(desk)
    made = actions.edit(
        desk,
        action,
        title=options.text(title),
        owner=owner,
        with_=options.many(with_),
        due=day(session, desk, due, "--due"),
        because=because,
        meeting=meeting,
        item=item,
        restricted=restricted,
        now=session.now,
        today=today,
        besides=restricting.renew,
    )
    restricting.tell()
    _show(session, desk, made, f"Changed action {made.id.upper()}: {made.title}", json=json)


@app.command(epilog="Example: slavefree action note 7K2F9 'List requested from the county lead'")
def note(
    context: typer.Context,
    action: Which,
    text_: Annotated[str, options.argument("TEXT")],
    json: AsJson = False,
) -> None:
    """Note how an action goes."""
    session, desk = whole(context)
    made = actions.note(desk, action, text_, session.now)
    _show(session, desk, made, f"Noted on action {made.id.upper()}", json=json)


@app.command(epilog="Example: slavefree action done 7K2F9 --note 'Published on the website'")
def done(
    context: typer.Context,
    action: Which,
    note: Annotated[str | None, options.option("TEXT", "What was done.")] = None,
    on: On = None,
    at: At = None,
    json: AsJson = False,
) -> None:
    """Close an action as done."""
    _close(context, action, note, on, at, dropped=False, json=json)


@app.command(epilog="Example: slavefree action drop 7K2F9 --reason 'Overtaken by the county plan'")
def drop(
    context: typer.Context,
    action: Which,
    reason: Annotated[str, options.option("TEXT", "Why it is dropped.")],
    on: On = None,
    at: At = None,
    json: AsJson = False,
) -> None:
    """Close an action that will not be done."""
    _close(context, action, reason, on, at, dropped=True, json=json)


def _close(
    context: typer.Context, action: str, said: str | None, on: str | None, at: str | None, *, dropped: bool, json: bool
) -> None:
    session, desk = whole(context)
    day = happened(session, desk, on, at)
    heard = find.meeting(desk, at, session.now) if at else None
    made = actions.close(desk, action, dropped=dropped, text=said, now=session.now, on=day, at=heard)
    since = f" since {spoken(day)}" if day != session.today(desk) else ""
    _show(session, desk, made, f"Action {made.id.upper()} is {made.status}{since}: {made.title}", json=json)


@app.command(epilog="Example: slavefree action reopen 7K2F9 --because 'the page is gone again'")
def reopen(
    context: typer.Context,
    action: Which,
    because: Annotated[str, options.option("TEXT", "Why it is open again.")],
    json: AsJson = False,
) -> None:
    """Open an action again that was done or dropped."""
    session, desk = whole(context)
    made = actions.reopen(desk, action, because, session.now)
    _show(session, desk, made, f"Action {made.id.upper()} is open again: {made.title}", json=json)
