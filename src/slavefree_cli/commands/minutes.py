"""``slavefree minutes``: made from open records alone, but for what is given ``--restricted``."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Annotated

import typer

from slavefree_cli.commands import completion, sending
from slavefree_cli.commands.noun import noun
from slavefree_cli.commands.options import DryRun, MeetingArgument, Smtp, argument, flag, option
from slavefree_cli.commands.session import AsJson, Session, Yes, open_desk
from slavefree_cli.minutes.approved import digest
from slavefree_cli.minutes.owned import without_comments
from slavefree_cli.model.action import Action
from slavefree_cli.model.dates import short
from slavefree_cli.register.desk import Desk
from slavefree_cli.view import screen, shapes
from slavefree_cli.view.screen import columns
from slavefree_cli.work.minutes import approving, collecting, drafting, volume
from slavefree_cli.work.minutes.collecting import Collected
from slavefree_cli.work.minutes.volume import Read
from slavefree_cli.work.records import find, timetable

app = noun()

COLUMNS = columns("file")
COLLECTED = columns(
    "id kind line text owner due item with", code="id", spare="item line", beside="owner with", id="Ref"
)

PartTwo = Annotated[bool, flag("--restricted", "Those of Part Two: what was taken in private.")]


def _opened(
    context: typer.Context, meeting: str, restricted: bool, *, whole: bool = False
) -> tuple[Session, Desk, Read]:
    if restricted:
        from slavefree_cli.commands import part_two

        return part_two.opened(context, meeting, exact=whole)
    session, desk = open_desk(context)
    found = find.meeting(desk, meeting, session.now, whole=whole)
    return session, desk, partial(volume.read, desk, found.id)


@app.command(epilog="Example: slavefree minutes draft inaugural")
def draft(
    context: typer.Context,
    meeting: MeetingArgument,
    template: Annotated[str | None, option("TEMPLATE", "Another template than formal.")] = None,
    restricted: PartTwo = False,
    json: AsJson = False,
) -> None:
    """Write a meeting's minutes.md to be written in.

    One that somebody has written in is never overwritten.
    """
    session, desk, read = _opened(context, meeting, restricted)
    fresh = drafting.draft(desk, read, template or None)
    late = timetable.late_minutes(desk, read().meeting, session.today(desk))
    if fresh and late:
        session.warn(late)
    _show(session, desk, read, "Wrote" if fresh else "Nothing is to be changed in", json=json)


@app.command(epilog="Example: slavefree minutes refresh last")
def refresh(
    context: typer.Context, meeting: MeetingArgument, restricted: PartTwo = False, json: AsJson = False
) -> None:
    """Renew what the program owns in the minutes.

    That is people, quorum, matters arising, decisions, actions and the next meeting.

    Everything outside the comments that begin and end such a part is yours and is never touched.
    """
    session, desk, read = _opened(context, meeting, restricted)
    with _difference_shown():
        changed = drafting.refresh(desk, read)
    _show(session, desk, read, "Renewed" if changed else "Nothing has changed in", json=json)


@app.command(epilog="Example: slavefree minutes collect last")
def collect(
    context: typer.Context, meeting: MeetingArgument, restricted: PartTwo = False, json: AsJson = False
) -> None:
    """Make records of what was typed in the meeting.

    They are actions, decisions, and what was told of actions.

    They are written as "ACTION owner and owner by date: text" or "ACTION owner to do it", "DECISION: text", "DONE
    7K2F9: what was done", "UPDATE 7K2F9: how it goes" and "DUE 7K2F9 1 May: why", anywhere below the heading of their
    item. The reference of the record is put into the line; what looks like one and is not understood is told.
    """
    session, desk, read = _opened(context, meeting, restricted)
    made = collecting.collect(desk, read)
    found = [_collected(each) for each in made]
    session.rows("collected", found, COLLECTED, json=json, of=Action, meeting=read().meeting.id)
    session.say(f"Collected {collecting.counted(made)}" if made else "There is nothing to collect.")


@app.command(epilog="Example: slavefree minutes approve inaugural --at autumn")
def approve(
    context: typer.Context,
    meeting: MeetingArgument,
    at: Annotated[str, option("MEETING", "The later meeting that approved them.", offers=completion.meetings)],
    anyway: Annotated[
        bool,
        flag("--anyway", "Despite unsettled lines, a stale heading, or a meeting of another group."),
    ] = False,
    restricted: PartTwo = False,
    json: AsJson = False,
) -> None:
    """Record that the minutes were approved as a correct record.

    From then on their text does not change.
    """
    session, desk, read = _opened(context, meeting, restricted, whole=True)
    with _difference_shown():
        later = find.meeting(desk, at, session.now, whole=True)
        approving.approve(desk, read, later, session.now, anyway=anyway)
    _show(session, desk, read, "Approved", f", dated {short(read().meeting.date)}", json=json)


@app.command(epilog="Example: slavefree minutes correct inaugural 'Cllr Young joined by video.'")
def correct(
    context: typer.Context,
    meeting: MeetingArgument,
    text: Annotated[str, argument(None, "What is to be put right.")],
    restricted: PartTwo = False,
    json: AsJson = False,
) -> None:
    """Add a dated correction to approved minutes.

    Their text stays as it was approved.
    """
    session, desk, read = _opened(context, meeting, restricted)
    approving.correct(desk, read, text, session.now)
    _show(session, desk, read, "Corrected", json=json)


@app.command(epilog="Example: slavefree minutes show last")
def show(
    context: typer.Context,
    meeting: MeetingArgument,
    template: Annotated[
        str | None, option("TEMPLATE", "What it makes of the records now, such as action-notes.")
    ] = None,
    restricted: PartTwo = False,
    json: AsJson = False,
) -> None:
    """Show the minutes, with the corrections made since.

    With a template, show what it makes of the records instead: the action notes for the day after, for instance, while
    the minutes are still being written.
    """
    session, desk, read = _opened(context, meeting, restricted)
    if json and not template:
        _show(session, desk, read, "", json=True)
        return
    minutes = read()
    if template:
        text = drafting.shown(desk, minutes, template)
        if json:
            item: shapes.Item = {"meeting": minutes.meeting.id, "template": template, "text": text}
            screen.write_bytes(shapes.answer("notes", item))
        else:
            screen.write_text(text)
        return
    text = minutes.said(desk.records.partnership.timezone)
    screen.write_text(without_comments(text) if screen.on_terminal() else text)
    if minutes.approval is None:
        session.say("Draft: not approved yet.")
    elif digest(minutes.content or b"") != minutes.approval.sha256:
        session.warn(f"This is not what was approved on {short(minutes.approval.approved)}. See: slavefree check")
    else:
        session.say(f"Approved on {short(minutes.approval.approved)}.")


@app.command(epilog="Example: slavefree minutes send last --template action-notes")
def send(
    context: typer.Context,
    meeting: MeetingArgument,
    template: Annotated[str | None, option("NAME", "What a template makes, such as action-notes.")] = None,
    smtp: Smtp = False,
    dry_run: DryRun = False,
    yes: Yes = False,
    json: AsJson = False,
) -> None:
    """Send the open minutes to each person who was invited.

    With --template it is what the template makes.

    What is unfinished in them is told. Without --smtp the messages are drafts in meetings/outbox. Part Two is not sent.
    """
    from slavefree_cli.work.post import minutes as letters
    from slavefree_cli.work.post.sendings import About

    session, desk = open_desk(context)
    found = find.meeting(desk, meeting, session.now)
    there = letters.of_minutes(desk, volume.read(desk, found.id), template)
    sending.say_without_address(session, desk, there.without_address)
    for said in there.remarks:
        session.warn(said)
    option = f" --template {template}" if template else ""
    about = About(there.what, f"{template}_{found.id}" if template else f"minutes-{found.id}", found)
    sending.letters_out(
        session, there.letters,
        ways=sending.ways_of(session, desk, there, about), about=f"the minutes of {found.dated}",
        again=f"slavefree minutes send {found.id}{option} --smtp", smtp=smtp, dry_run=dry_run, yes=yes, json=json,
    )  # fmt: skip


@contextmanager
def _difference_shown() -> Iterator[None]:
    try:
        yield
    except drafting.NotRenewedError as error:
        screen.write_text(error.difference)
        raise


def _show(session: Session, desk: Desk, read: Read, done: str, more: str = "", *, json: bool) -> None:
    minutes = read()
    shown, approval = os.path.relpath(desk.path(minutes.path)), minutes.approval
    item: shapes.Item = {
        "meeting": minutes.meeting.id,
        "file": shown,
        "restricted": minutes.part.restricted,
        "status": "approved" if approval else "draft",
        "approved": approval.approved if approval else None,
        "at": approval.at if approval else None,
        "sha256": approval.sha256 if approval else None,
        "corrections": shapes.plain(dict(minutes.edition.kept.corrections)),
        "text": minutes.text,
    }
    session.show("minutes", item, COLUMNS, json=json, message=f"{done} {shown}{more}" if done else "")


def _collected(each: Collected) -> shapes.Item:
    record = each.record
    return {
        "line": each.line,
        "kind": each.does,
        "id": record.id,
        "restricted": record.restricted,
        "text": each.text,
        "owner": record.owner if isinstance(record, Action) else None,
        "with": list(record.with_) if isinstance(record, Action) else [],
        "due": record.due if isinstance(record, Action) else None,
        "item": record.item,
    }
