"""What the commands that send messages have in common: who would get what, the question, the progress, the result."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from slavefree_cli.commands.session import Session
from slavefree_cli.errors import OutsideError
from slavefree_cli.model.invitees import Invitee
from slavefree_cli.model.text import counted
from slavefree_cli.register.desk import Desk
from slavefree_cli.view import screen, shapes
from slavefree_cli.view.screen import columns

if TYPE_CHECKING:
    from slavefree_cli.mail.letter import Letter
    from slavefree_cli.mail.smtp import Server
    from slavefree_cli.work.post.handover import Handed
    from slavefree_cli.work.post.letters import Round
    from slavefree_cli.work.post.sendings import About

COLUMNS = columns("person name email what did file", piped="person", spare="file email")

Told = Callable[["Letter"], None]


class Ways(NamedTuple):
    """How letters go out that are recorded."""

    draft: Callable[[], list[tuple["Letter", str]]]
    """Lays them out, and returns each with its path."""
    send: Callable[["Server", Told], list["Handed"]]
    tidy: Callable[[], list[str]] = list
    """Takes away drafts of earlier rounds that do not hold any more, and returns whose they were."""


def say_without_address(session: Session, desk: Desk, people: Iterable[Invitee], what: str = "") -> None:
    """Warn of each who gets nothing, and say how they would; ``what`` leads over to the command."""
    for each in people:
        noun = "member" if each.id in desk.records.members else "person"
        session.warn(
            f"{each.name} has no address and gets nothing{what}: slavefree {noun} edit {each.id} --email ADDRESS"
        )


def letters_out(
    session: Session,
    letters: Sequence["Letter"],
    *,
    about: str,
    again: str,
    smtp: bool,
    dry_run: bool,
    yes: bool,
    json: bool,
    ways: "Ways",
    nobody: str = "Nobody gets anything.",
    counts: str = "",
) -> None:
    """Send letters, lay them out as drafts, or list who would get what.

    Args:
        session: The command's.
        letters: The letters.
        about: What they are about, for the question.
        again: The command that sends what was not sent.
        smtp: Whether they are sent.
        dry_run: Whether nothing is done.
        yes: Whether the question is answered.
        json: Whether the answer is JSON.
        ways: How they are laid out or sent.
        nobody: What is said where there are none.
        counts: What is said of drafts besides.

    Raises:
        OutsideError: Something was not sent.
    """
    from slavefree_cli.work.post import settings

    if dry_run or not letters:
        _show(session, letters, {}, json=json)
        if not letters:
            session.say(nobody)
            if not dry_run:
                _tidy(session, ways)
    elif not smtp:
        drafted = ways.draft()
        files = {_whose(each): os.path.relpath(path) for each, path in drafted}
        _show(session, [each for each, _ in drafted], dict.fromkeys(files, "drafted"), json=json, files=files)
        many = counted(len(drafted), "draft")
        folder = os.path.dirname(next(iter(files.values())))
        session.say(f"Wrote {many} into {folder}; open them in your mail program, look, and send.{counts}")
        _tidy(session, ways)
    else:
        server = settings.server()
        if session.asks and not (yes or json):
            _show(session, letters, {}, json=False)
        session.confirm(f"Send {counted(len(letters), 'message')} about {about} by {server.host}?", yes=yes)
        with _progress(session, len(letters)) as told:
            done = ways.send(server, told)
        did = {
            **{_whose(each): "had it already" for each in letters},
            **{_whose(each.letter): each.did for each in done},
        }
        _show(session, letters, did, json=json)
        if known := sum(each == "had it already" for each in did.values()):
            session.say(f"{known} had the same message already.")
        _tidy(session, ways)
        _refuse_not_sent(session, done, again)


def _tidy(session: Session, ways: Ways) -> None:
    """Take away the drafts that do not hold any more, and say whose they were."""
    if names := ways.tidy():
        many = counted(len(names), "earlier draft")
        session.say(f"Took {many} out of the outbox, as they are out of date: {', '.join(names)}.")


def _whose(letter: "Letter") -> str:
    """Return by what a letter is told from the others: somebody may get one at each of two addresses."""
    return letter.name or letter.id


def _show(
    session: Session,
    letters: Sequence["Letter"],
    did: Mapping[str, str],
    *,
    json: bool,
    files: Mapping[str, str] | None = None,
) -> None:
    """Show each letter: whose it is, what it is, and what became of it."""
    rows: list[shapes.Item] = [
        {
            "person": each.id,
            "name": each.to.name,
            "email": each.to.address,
            "subject": each.subject,
            "what": each.what,
            "did": did.get(_whose(each)),
            "file": (files or {}).get(_whose(each)),
        }
        for each in letters
    ]
    session.rows("messages", rows, COLUMNS, json=json)


def _refuse_not_sent(session: Session, done: Sequence["Handed"], again: str) -> None:
    """Say what was sent, and fail where something was not.

    Raises:
        OutsideError: Something was not sent; the message says what and why, and how to send the rest.
    """
    from slavefree_cli.work.post import broken_off, handover

    sent, failed = (sum(each.did == did for each in done) for did in ("sent", "not sent"))
    session.say(f"Sent {counted(sent, 'message')}.")
    for letter, did, why in done:
        if did == "in doubt":
            session.warn(broken_off.in_doubt(letter.to.name))
        elif did == "not sent" and why != handover.INTERRUPTED:
            session.warn(f"Not sent to {letter.to.name}: {why}.")
    told = "sent" if session.desk is None or broken_off.is_left(session.desk) else "sent and recorded"
    rest = f"{sent} {told}, {failed} not. To send the rest, and nothing twice: {again}"
    if any(each.why == handover.INTERRUPTED for each in done):
        session.warn(f"Interrupted: {rest}" if failed else "Interrupted.")
        raise KeyboardInterrupt
    if failed:
        raise OutsideError(rest)


def ways_of(session: Session, desk: Desk, there: "Round", about: "About") -> Ways:
    """Return how letters go out that are no invitations."""
    from slavefree_cli.work.post import sendings

    return Ways(
        lambda: sendings.draft(desk, there.letters, about, session.now),
        lambda server, told: sendings.send(desk, server, there.letters, about, session.now, told),
        lambda: [desk.records.name(id) for id in sendings.tidy(desk, there, about)],
    )


@contextmanager
def _progress(session: Session, many: int) -> Iterator[Told]:
    """Show on a terminal how far the sending has come."""
    if session.quiet or not screen.on_terminal() or not session.asks:
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Sending", total=many)
        yield lambda _: bar.advance(task)
