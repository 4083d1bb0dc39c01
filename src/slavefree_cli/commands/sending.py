"""What the commands that send messages have in common: who would get what, the question, the progress, the result."""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from slavefree_cli.commands.session import Session
from slavefree_cli.errors import OutsideError
from slavefree_cli.register.desk import Desk
from slavefree_cli.view import items, screen
from slavefree_cli.view.screen import Column

if TYPE_CHECKING:
    from slavefree_cli.mail.letter import Letter
    from slavefree_cli.work.post.outbox import Sent

Smtp = Annotated[bool, typer.Option("--smtp", help="Send them now, by the mail server in your configuration.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="List who would get what, and do nothing.")]

COLUMNS = (
    Column("Person", "person"),
    Column("Name", "name"),
    Column("Email", "email"),
    Column("What", "what"),
    Column("Did", "did"),
    Column("File", "file"),
)


def show(
    letters: Sequence["Letter"],
    whats: dict[str, str],
    did: dict[str, str],
    *,
    json: bool,
    files: dict[str, str] | None = None,
) -> None:
    """Show each letter: whose it is, what it is, and what became of it."""
    rows: list[items.Item] = [
        {
            "person": each.id,
            "name": each.to.name,
            "email": each.to.address,
            "subject": each.subject,
            "what": whats.get(each.id),
            "did": did.get(each.id),
            "file": (files or {}).get(each.id),
        }
        for each in letters
    ]
    if json:
        screen.write_bytes(items.answer("messages", rows))
    elif rows or not screen.on_terminal():
        screen.show_list(rows, COLUMNS)


def letters_out(
    session: Session,
    desk: Desk,
    letters: Sequence["Letter"],
    whats: dict[str, str],
    *,
    prefix: str,
    about: str,
    again: str,
    smtp: bool,
    dry_run: bool,
    yes: bool,
    json: bool,
) -> None:
    """Send letters that are recorded nowhere, lay them out as drafts, or list who would get what.

    Args:
        session: The command's.
        desk: The register.
        letters: The letters.
        whats: What each is, by the id of whose it is.
        prefix: What the names of drafts begin with.
        about: What they are about, for the question.
        again: The command that sends what was not sent.
        smtp: Whether they are sent.
        dry_run: Whether nothing is done.
        yes: Whether the question is answered.
        json: Whether the answer is JSON.

    Raises:
        OutsideError: Something was not sent.
    """
    from slavefree_cli.work.post import outbox, settings

    if dry_run or not letters:
        show(letters, whats, {}, json=json)
        if not letters:
            session.say("Nobody gets anything.")
    elif not smtp:
        paths = outbox.draft(desk, letters, prefix, session.now)
        drafts = {each.id: os.path.relpath(path) for each, path in zip(letters, paths, strict=True)}
        show(letters, whats, dict.fromkeys(drafts, "drafted"), json=json, files=drafts)
        many = f"{len(paths)} draft{'' if len(paths) == 1 else 's'}"
        session.say(f"Wrote {many}; open them in your mail program, look, and send.")
    else:
        server = settings.server()
        many = f"{len(letters)} message{'' if len(letters) == 1 else 's'}"
        session.confirm(f"Send {many} about {about} by {server.host}?", yes=yes)
        with progress(session, len(letters)) as told:
            outcome = outbox.send_once(desk, server, letters, prefix, session.now, told)
        did = {**{each.id: "had it already" for each in letters}, **what_became_of(outcome)}
        show(letters, whats, did, json=json)
        if known := sum(each == "had it already" for each in did.values()):
            session.say(f"{known} had the same message already.")
        refuse_not_sent(session, outcome, again)


def what_became_of(outcome: "Sent") -> dict[str, str]:
    """Return what became of each letter, by the id of whose it is."""
    return {
        **{each.id: "sent" for each in outcome.sent},
        **{each.id: "in doubt" for each in outcome.in_doubt},
        **{each.id: "not sent" for each, _ in outcome.not_sent},
    }


def refuse_not_sent(session: Session, outcome: "Sent", again: str) -> None:
    """Say what was sent, and fail where something was not.

    Raises:
        OutsideError: Something was not sent; the message says what and why, and how to send the rest.
    """
    session.say(f"Sent {len(outcome.sent)} message{'' if len(outcome.sent) == 1 else 's'}.")
    for letter in outcome.in_doubt:
        session.warn(
            f"Nobody can know whether {letter.to.name} got it: the connection went when it was handed over. It counts "
            "as sent, and is not sent again by itself; ask, or send it from your own mail program."
        )
    if not outcome.not_sent:
        return
    for letter, why in outcome.not_sent:
        session.warn(f"Not sent to {letter.to.name}: {why}.")
    many = f"{len(outcome.sent)} sent and recorded, {len(outcome.not_sent)} not"
    raise OutsideError(f"{many}. To send the rest, and nothing twice: {again}")


@contextmanager
def progress(session: Session, many: int) -> Iterator[Callable[["Letter"], None]]:
    """Show on a terminal how far the sending has come."""
    if session.quiet or not screen.on_terminal() or not session.asks:
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Sending", total=many)
        yield lambda _: bar.advance(task)
