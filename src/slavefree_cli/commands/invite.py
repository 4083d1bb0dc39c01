"""``slavefree invite``: made from open records alone."""

import os
import shlex
import sys
from collections.abc import Iterable
from typing import Annotated

import typer

from slavefree_cli.commands import completion, sending
from slavefree_cli.commands.noun import noun
from slavefree_cli.commands.options import DryRun, MeetingArgument, Smtp, argument, flag, option
from slavefree_cli.commands.session import AsJson, Session, Yes, open_desk
from slavefree_cli.errors import UsageError
from slavefree_cli.model.dates import short
from slavefree_cli.model.invitees import Invitee
from slavefree_cli.model.kinds import Records
from slavefree_cli.model.meeting import Meeting
from slavefree_cli.model.text import counted
from slavefree_cli.register.desk import Desk
from slavefree_cli.view import screen, shapes
from slavefree_cli.view.screen import columns
from slavefree_cli.work.invite import feed as feed_of_all
from slavefree_cli.work.invite import guest_list, issuing, progress
from slavefree_cli.work.records import find

app = noun()

COLUMNS = columns("file sequence stamp")
EACH_COLUMNS = columns("person file method sequence stamp")
FEED_COLUMNS = columns("file meetings")
GUEST_COLUMNS = columns("id title", id="Meeting")
STATUS_COLUMNS = columns(
    "person name place has sequence stamp lacks email",
    piped="person",
    spare="stamp email place",
    place="Invited",
    sequence="Version",
    stamp="Of",
    lacks="Needs",
)
REPLIES_COLUMNS = columns("file did message", message="What")

Output = Annotated[str | None, option("FILE", "Write it there as well.")]
All = Annotated[bool, flag("--all", "Also where only the running times of the agenda have changed.")]
Parties = Annotated[
    list[str], argument("PERSON...", "People; or members, for all their people.", offers=completion.parties)
]


@app.command(epilog="Example: slavefree invite make inaugural")
def make(
    context: typer.Context,
    meeting: MeetingArgument,
    output: Output = None,
    each: Annotated[bool, flag("--each", "One file for each person invited, into --to.")] = False,
    to: Annotated[str | None, option("DIR", "The folder for --each; it must be there.")] = None,
    everything: All = False,
    json: AsJson = False,
) -> None:
    """Write a meeting's invite.ics and record that it was issued.

    Anyone can open it. With --each it is a file for each person, which shows nobody else. After a meeting moved, what
    is made is an update; after it was cancelled, a cancellation.
    """
    if each != (to is not None) or (each and output is not None):
        raise UsageError("--each and --to DIR belong together, and go without --output.")
    if everything and not each:
        raise UsageError("--all goes with --each: the file for anyone always has the running times.")
    session, desk, found = _meeting(context, meeting)
    if to is not None:
        _make_each(session, desk, found, to, everything=everything, json=json)
        return
    made = issuing.make(desk, found, session.now, output)
    if made is None:
        _nothing_to_send(session, found, several=False, json=json)
        return
    path = output or os.path.relpath(desk.path(made.path))
    message = f"{'Wrote' if made.fresh else 'Nothing is to be changed in'} {path}"
    session.show(Records.issues, shapes.issue(made.issue, path), COLUMNS, json=json, message=message)


@app.command(epilog="Example: slavefree invite feed")
def feed(context: typer.Context, output: Output = None, json: AsJson = False) -> None:
    """Write calendar.ics of every meeting.

    It is there to be subscribed to, from wherever it is published.
    """
    session, desk = open_desk(context)
    made = feed_of_all.write(desk, output)
    path = output or os.path.relpath(desk.path(made.path))
    item: shapes.Item = {"file": path, "meetings": made.meetings}
    many = counted(made.meetings, "meeting")
    message = (
        f"Wrote {path} with {many}" if made.fresh else f"Nothing has changed since {path} was written, with {many}"
    )
    session.show("feed", item, FEED_COLUMNS, json=json, message=message)


@app.command(epilog="Example: slavefree invite status next")
def status(context: typer.Context, meeting: MeetingArgument, json: AsJson = False) -> None:
    """Show who has which version and who needs what.

    That is a new invitation, an update, a cancellation, or an address where there is none.
    """
    session, desk, found = _meeting(context, meeting)
    over = found.took_place(session.today(desk))
    stands = progress.of(found, desk.records, over=over)
    item = shapes.invited(found, stands.published, stands.people, outdated=stands.outdated, clashed=stands.clashed)
    if json:
        screen.write_bytes(shapes.answer("invitations", item))
    else:
        people = item["people"]
        assert isinstance(people, list)  # noqa: S101 - an Item holds any value
        screen.show_list([_row(each) for each in people], STATUS_COLUMNS, f"{found.title}, {short(found.date)}")
    for sentence in _said(stands, found):
        session.say(sentence)


@app.command(epilog="Example: slavefree invite add next sam")
def add(context: typer.Context, meeting: MeetingArgument, person: Parties, json: AsJson = False) -> None:
    """Invite people to this meeting as well."""
    session, desk, found = _meeting(context, meeting)
    _changed(session, guest_list.add(desk, found, person), desk, "Invited", "invited already", json=json)


@app.command(epilog="Example: slavefree invite remove next sam")
def remove(context: typer.Context, meeting: MeetingArgument, person: Parties, json: AsJson = False) -> None:
    """Take people off the list of this meeting.

    What they were sent is called off by invite send, or by invite make --each.
    """
    session, desk, found = _meeting(context, meeting, whole=True)
    _changed(session, guest_list.remove(desk, found, person), desk, "Took off the list", "not invited", json=json)


def _meeting(context: typer.Context, typed: str, *, whole: bool = False) -> tuple[Session, Desk, Meeting]:
    session, desk = open_desk(context)
    return session, desk, find.meeting(desk, typed, session.now, whole=whole)


def _make_each(session: Session, desk: Desk, meeting: Meeting, folder: str, *, everything: bool, json: bool) -> None:
    done = issuing.make_each(desk, meeting, session.now, folder, everything=everything)
    found = [shapes.issued(each.issue, each.path, each.to.id if each.to else None) for each in done.made]
    if meeting.status == "cancelled" and not done.made and not done.without_address:
        _nothing_to_send(session, meeting, several=True, json=json)
        return
    if json:
        screen.write_bytes(shapes.answer(Records.issues, found))
    elif not screen.on_terminal():
        screen.show_list(found, EACH_COLUMNS)
    sending.say_without_address(session, desk, done.without_address, ". Set one with")
    fresh = sum(each.fresh for each in done.made)
    session.say(f"Wrote {counted(len(done.made), 'file')} into {folder}, {fresh} of them new or changed.")


def _nothing_to_send(session: Session, meeting: Meeting, *, several: bool, json: bool) -> None:
    if json:
        screen.write_bytes(shapes.answer(Records.issues, [] if several else None))
    there = meeting.dated
    session.say(f"{there} is cancelled and was never issued: there is nothing to send.")


def _changed(session: Session, done: guest_list.Changed, desk: Desk, did: str, already: str, *, json: bool) -> None:
    item = shapes.meeting(done.meeting, desk.records.partnership.timezone)
    names = ", ".join(party.name for party in done.done)
    message = f"{did}: {names}" if names else "Nothing is changed."
    session.show(Records.meetings, item, GUEST_COLUMNS, json=json, message=message)
    for party in done.already:
        session.say(f"{party.name} is {already}.")


def _row(person: shapes.Item) -> shapes.Item:
    place = ("optional" if person["optional"] else "yes") if person["invited"] else "no"
    if person["former"]:
        place = "old address"
    has = {"REQUEST": "invitation", "CANCEL": "cancellation", None: None}[person["method"]]  # type: ignore[index]
    if person["unreached"] is not None:
        has = f"{has}, which did not arrive"
    if person["in_doubt"]:
        has = f"{has}, in doubt"
    lacks = person["lacks"]
    if person["email"] is None and (person["invited"] or lacks):
        lacks = "an address"
    return {**person, "place": place, "has": has, "lacks": lacks}


@app.command(epilog="Example: slavefree invite send next --smtp")
def send(
    context: typer.Context,
    meeting: MeetingArgument,
    to: Annotated[
        list[str] | None, option("PERSON", "Theirs alone, also once more.", offers=completion.parties)
    ] = None,
    everything: All = False,
    note: Annotated[str | None, option("TEXT", "A cover note, above the invitation.")] = None,
    smtp: Smtp = False,
    dry_run: DryRun = False,
    yes: Yes = False,
    json: AsJson = False,
) -> None:
    """Send each person who needs one a message of their own.

    It is a new invitation, an update or a cancellation.

    An update says what has changed. Other running times of the agenda alone need none.

    Without --smtp they are drafts in meetings/outbox, to be opened in a mail program and sent from there. With --smtp
    each is recorded as soon as the server has it, so that after a failure the same command sends the rest.
    """
    from slavefree_cli.work.post import broken_off
    from slavefree_cli.work.post import invitations as letters

    session, desk, found = _meeting(context, meeting)
    if not dry_run:
        broken_off.recover(desk)
    only = letters.meant(desk, found, to) if to else None
    wish = letters.Wish(only, everything, (note or "").strip() or None)
    there, _, times = letters.planned(desk, found, session.now, wish)
    sending.say_without_address(session, desk, there.without_address, ". Set one with")
    ways = sending.Ways(
        lambda: letters.draft(desk, found, session.now, wish),
        lambda server, told: letters.send(desk, found, there, server, session.now, told, wish),
    )
    typed = [part for id in only or () for part in ("--to", id)] + (["--all"] if everything else [])
    if wish.note:
        typed += ["--note", "TEXT" if "\n" in wish.note else shlex.quote(wish.note)]
    sending.letters_out(
        session, there.letters, ways=ways,
        about=found.dated, again=" ".join(["slavefree invite send", found.id, *typed, "--smtp"]),
        nobody=_times(found, times) or _nobody(desk, found, there.without_address), counts=" They count as sent.",
        smtp=smtp, dry_run=dry_run, yes=yes, json=json,
    )  # fmt: skip


@app.command(epilog="Example: slavefree invite replies ~/Downloads/reply.ics")
def replies(
    context: typer.Context,
    files: Annotated[list[str], argument("FILE...", "Calendar files, messages, mailboxes, folders of them, or -.")],
    of: Annotated[
        str | None, option("PERSON", "Whose answer it is, where no address says so.", "--as", offers=completion.parties)
    ] = None,
    json: AsJson = False,
) -> None:
    """Record the answers to invitations, and what did not arrive.

    They come from files, folders or messages. Of each person the newest answer counts, in whatever order they come.
    What is no answer of somebody who was invited is told, and nothing is recorded of it; of a folder, what was done
    with each file. The exit code is 4 where a file cannot be read.
    """
    from slavefree_cli.work.invite.replies import import_replies

    session, desk = open_desk(context)
    stdin = sys.stdin.buffer.read() if "-" in files else None
    told = import_replies(desk, files, stdin, session.now, of)
    session.rows("replies", [each._asdict() for each in told], REPLIES_COLUMNS, json=json)
    recorded = sum(each.did == "recorded" for each in told)
    unreached = sum(each.did == "unreached" for each in told)
    also = f", and {counted(unreached, 'message')} that did not arrive" if unreached else ""
    session.say(f"Recorded {counted(recorded, 'answer')}{also}.")
    if any(each.did == "unreadable" for each in told):
        raise typer.Exit(4)


def _times(meeting: Meeting, many: int) -> str:
    """Return that only the running times are otherwise for so many, or nothing for none."""
    if not many:
        return ""
    who = counted(many, "person has", "people have")
    return (
        f"{who} other running times of the agenda of {meeting.dated}, and need no update for that alone. "
        f"To send it all the same: slavefree invite send {meeting.id} --all"
    )


def _nobody(desk: Desk, meeting: Meeting, without_address: list[Invitee]) -> str:
    """Return why nobody gets a message: for want of addresses, or because everybody has this version."""
    if without_address:
        return f"Nobody needs a message about {meeting.dated} who has an address."
    if not any(issue.to for issue in desk.records.issued(meeting.id)):
        return f"Nobody needs a message about {meeting.dated}."
    return (
        f"Nobody needs a message about {meeting.dated}: everybody was sent this version, or had a draft of it in "
        f"meetings/outbox. For the files again: slavefree invite make {meeting.id} --each --to DIR"
    )


def _said(stands: progress.Standings, meeting: Meeting) -> Iterable[str]:
    if stands.clashed:
        yield (
            f"Different versions went out under number {stands.sequence}; issue again, and the next is above both: "
            f"slavefree invite make {meeting.id}"
        )
    if stands.outdated:
        yield f"What was published has changed since: slavefree invite make {meeting.id}"
    for invitee, unreached in progress.not_reached(stands.people):
        reason = f" ({unreached.reason})" if unreached.reason else ""
        yield (
            f"{invitee.name} was not reached at {invitee.email}{reason}. With another address, or once it is mended: "
            f"slavefree invite send {meeting.id} --to {invitee.id}"
        )
    if lacking := stands.counted():
        yield f"{lacking}: slavefree invite send {meeting.id}"
    if times := _times(meeting, progress.with_other_times(stands.people)):
        yield times
