"""What holds for one run of the program: the root options, the clock, and how it speaks."""

import os
import sys
from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated, TypeVar

import typer

from slavefree_cli import clock
from slavefree_cli.errors import UsageError
from slavefree_cli.model import dates
from slavefree_cli.model.criteria import chosen
from slavefree_cli.model.kinds import Kind
from slavefree_cli.model.record import Record
from slavefree_cli.register import places
from slavefree_cli.register.desk import Desk
from slavefree_cli.register.locate import locate
from slavefree_cli.view import screen, shapes

DeskT = TypeVar("DeskT", bound=Desk)

AsJson = Annotated[bool, typer.Option("--json", help="Answer in JSON, for programs.")]
Yes = Annotated[bool, typer.Option("--yes", help="Answer yes to the question that is asked first.")]


class Session:
    """The root options of one run, the moment it began, and what it says to the person.

    Args:
        register: The folder given by ``--register``.
        commit: Whether changes are committed.
        ask: Whether questions may be asked.
        quiet: Whether messages that are no warnings are left out.
    """

    command = ""
    """The command being run, such as ``action add``."""

    def __init__(self, register: str | None, *, commit: bool, ask: bool, quiet: bool) -> None:
        self.folder = register
        self.commit = commit
        self.may_ask = ask
        self.asks = ask and sys.stdin.isatty() and sys.stderr.isatty()
        self.quiet = quiet
        self.now: datetime = clock.now()

    def today(self, desk: Desk) -> date:
        """Return the date that it is where the partnership is."""
        return dates.local(self.now, desk.records.partnership.timezone).date()

    def say(self, message: str) -> None:
        """Tell the person what was done."""
        if not self.quiet:
            screen.say(message)

    def warn(self, message: str) -> None:
        """Tell the person what went differently from what was asked."""
        screen.say(message)

    def confirm(self, question: str, *, yes: bool) -> None:
        """Ask before something that cannot simply be put right.

        Raises:
            UsageError: Nobody can be asked.
        """
        if yes:
            return
        if not self.asks:
            raise UsageError(f"{question} Nobody can be asked here; answer with --yes.")
        if not typer.confirm(screen.safe(question), err=True):
            raise typer.Abort

    def show(
        self,
        kind: Kind[Record] | str,
        item: shapes.Item,
        columns: Sequence[screen.Column],
        *,
        json: bool,
        message: str = "",
    ) -> None:
        """Show one record that was made or changed: JSON, a line in a pipe, a sentence on a terminal."""
        if json:
            screen.write_bytes(shapes.answer(kind, item))
        elif not screen.on_terminal():
            screen.show_list([item], columns)
        if message:
            self.say(message)

    def show_all(
        self,
        kind: Kind[Record] | str,
        found: Sequence[shapes.Item],
        columns: Sequence[screen.Column],
        desk: Desk,
        *,
        json: bool,
        title: str = "",
    ) -> None:
        """Show a list; files that could not be read are named, and the exit code is then 4."""
        self.rows(kind, found, columns, json=json, title=title)
        if not (found or json) and screen.on_terminal():
            self.say("There are none.")
        for bad in desk.reader.bad():
            self.warn(bad.sentence())
        if desk.reader.bad():
            raise typer.Exit(4)

    def show_named(self, kind: Kind[Record], columns: Sequence[screen.Column], desk: Desk, *, json: bool) -> None:
        """Show all records of a kind that people call by a name."""
        found = [shapes.fields(each) for each in chosen(kind.type, None, desk.records)]
        self.show_all(kind, found, columns, desk, json=json)

    def rows(
        self,
        kind: Kind[Record] | str,
        found: Sequence[shapes.Item],
        columns: Sequence[screen.Column],
        *,
        json: bool,
        title: str = "",
    ) -> None:
        """Show what came of a command: JSON, a line each in a pipe, a table on a terminal where there is anything."""
        if json:
            screen.write_bytes(shapes.answer(kind, found))
        elif found or not screen.on_terminal():
            screen.show_list(found, columns, title)

    def detail(self, kind: Kind[Record] | str, item: shapes.Item, *, json: bool) -> None:
        """Show one record in full."""
        if json:
            screen.write_bytes(shapes.answer(kind, item))
        else:
            screen.show_item(item)


def session_of(context: typer.Context) -> Session:
    """Return the session of a command."""
    session = context.obj
    if not isinstance(session, Session):
        raise TypeError("a command runs below the root command")
    noun = context.parent.info_name if context.parent and context.parent.parent else None
    session.command = " ".join(filter(None, [noun, context.info_name]))
    return session


def open_desk(context: typer.Context) -> tuple[Session, Desk]:
    """Return the session of a command and the register with its open records."""
    return at_desk(context, Desk)


def at_desk(context: typer.Context, type: type[DeskT]) -> tuple[Session, DeskT]:
    """Return the session of a command and the register at a desk of this type."""
    session = session_of(context)
    desk = type(locate(session.folder), commits=session.commit, warn=session.warn, command=session.command)
    if os.path.exists(desk.path(places.JOURNAL)):
        from slavefree_cli.register.recovery import recover

        recover(desk)
    return session, desk
