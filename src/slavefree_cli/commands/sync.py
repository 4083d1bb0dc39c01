"""``slavefree sync``."""

from enum import StrEnum
from typing import Annotated

import typer

from slavefree_cli.commands.noun import noun
from slavefree_cli.commands.options import option
from slavefree_cli.commands.session import AsJson, Session
from slavefree_cli.commands.whole import whole
from slavefree_cli.model.kinds import every_kind
from slavefree_cli.register.merge.conflict import Conflict
from slavefree_cli.register.places import named
from slavefree_cli.view import screen, shapes
from slavefree_cli.view.screen import columns
from slavefree_cli.work.sync import exchange
from slavefree_cli.work.sync.histories import BothChangedError

app = noun()

CONFLICTS = columns("record field base ours theirs", compared="base ours theirs", base="Before")


class Take(StrEnum):
    """Whose word counts."""

    ours = "ours"
    theirs = "theirs"


@app.command(epilog="Example: slavefree sync")
def sync(
    context: typer.Context,
    take: Annotated[Take | None, option(None, "Whose word counts where both sides changed the same field.")] = None,
    json: AsJson = False,
) -> None:
    """Exchange with the other clones through the git remote: fetch, bring together, push.

    Edits of different fields both count. Where both sides changed the same field nothing is changed, the fields are
    listed, and the exit code is 5; --take settles them.
    """
    session, desk = whole(context)
    try:
        done = exchange.sync(desk, None if take is None else take.value)
    except BothChangedError as error:
        session.changes("conflicts", _items(error.conflicts), CONFLICTS, json=json)
        raise
    tell(session, done, take, json=json)


def tell(session: Session, done: exchange.Synced, take: Take | None, *, json: bool) -> None:
    """Show what was exchanged, and say what came out otherwise than was typed."""
    if json:
        renamed = [each._asdict() for each in done.renamed]
        item = shapes.synced(done.remote, done.received, done.sent, renamed, _items(done.settled))
        screen.write_bytes(shapes.answer("sync", item))
    elif not screen.on_terminal():
        rows = [("received", *each[2:4]) for each in done.received] + [("sent", *each[2:4]) for each in done.sent]
        screen.write("".join("\t".join(map(screen.safe, row)) + "\n" for row in rows))
    else:
        for heading, commits in (("Taken in:", done.received), ("Sent:", done.sent)):
            if commits:
                lines = "".join(f"  {screen.safe(each.who)}: {screen.safe(each.subject)}\n" for each in commits)
                screen.write_text(f"{heading}\n{lines}")
    _tell(session, done, take)


def _tell(session: Session, done: exchange.Synced, take: Take | None) -> None:
    for each in done.renamed:
        coded = any(kind.coded for kind in every_kind() if kind.noun == each.noun)
        old, new = (id.upper() if coded else id for id in each[1:3])
        what = f"{each.noun} {old}" + (f" ({each.name})" if each.name else "")
        session.warn(f"The others gave {old} to another {each.noun}; your {what} is {new} now.")
    for conflict in done.settled:
        counts, other = (conflict.theirs, conflict.ours) if take == "theirs" else (conflict.ours, conflict.theirs)
        place = " ".join(filter(None, (named(conflict.file), conflict.field)))
        session.warn(f"{place}: {_said(counts)} counts, {_said(other)} does not.")
    for thing in done.kept:
        session.warn(
            f"The {thing} was opened on one side and changed on the other, where it was restricted: it stays "
            "restricted, and nothing open has it. To open it all the same, do so again now."
        )
    if not done.received and not done.sent:
        session.say(f"Nothing new, neither here nor on {done.remote}.")
    else:
        session.say(f"{len(done.received)} taken in from {done.remote}, {len(done.sent)} sent.")
    if done.is_first:
        session.say(
            f"Whoever can read {done.remote} sees from now on all of the open register: the names and addresses of "
            "people, what was said and decided, and its history; nothing restricted. See docs/who-sees-what.md"
        )
    if done.is_alone:
        session.say(
            "What is restricted is not exchanged: it is on this machine alone. To keep a second copy, or share it: "
            "slavefree restricted share FOLDER (or URL)"
        )


def _said(value: object) -> str:
    return f"“{screen.flat(value)}”" if value is not None else "that it is not there"


def _items(conflicts: list[Conflict]) -> list[shapes.Item]:
    return [shapes.conflict(named(each.file), *each) for each in conflicts]
