"""What holds for one run of the program: the root options, the clock, and how it speaks."""

import os
import sys
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from slavefree_cli import clock
from slavefree_cli.errors import UsageError
from slavefree_cli.model import dates
from slavefree_cli.model.criteria import chosen
from slavefree_cli.model.kinds import Kind
from slavefree_cli.model.record import Record, Table
from slavefree_cli.register import places
from slavefree_cli.register.desk import Desk
from slavefree_cli.register.locate import locate
from slavefree_cli.view import screen, shapes

if TYPE_CHECKING:
    from slavefree_cli.view.names import Names

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
    desk: Desk | None = None
    """The register, as soon as it is open."""

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
        if not typer.confirm(screen.told(question, room=len(" [y/N]: ")), err=True):
            raise typer.Abort

    def choose(self, question: str, options: Sequence[str]) -> int:
        """Ask which of some options is meant, and return its place, from 0; Enter takes the first."""
        for number, each in enumerate(options, 1):
            screen.say(f"{number}  {each}")
        wanted = 0
        while not 1 <= wanted <= len(options):
            wanted = int(typer.prompt(screen.told(question, room=len(" [1]: 1")), default=1, type=int, err=True))
        return wanted - 1

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
        of: type[Table] | None = None,
    ) -> None:
        """Show a list as ``rows`` does; files that could not be read are named, and the exit code is then 4."""
        self.rows(kind, found, columns, json=json, title=title, of=of)
        if not (found or json) and screen.on_terminal():
            self.say("There are none.")
        for bad in desk.reader.bad():
            self.warn(bad.sentence(desk.root))
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
        of: type[Table] | None = None,
        meeting: str | None = None,
    ) -> None:
        """Show what came of a command: JSON, a line each in a pipe, a table on a terminal where there is anything.

        Args:
            kind: What it is.
            found: Its items.
            columns: What of them is shown.
            json: Whether the answer is JSON.
            title: What stands above the table.
            of: What the items are made of where that is not the kind: it says which of their keys name others.
            meeting: The id of the meeting of which agenda items are named, where the items do not say it.
        """
        type = of or (kind.type if isinstance(kind, Kind) else None)
        if json:
            screen.write_bytes(shapes.answer(kind, found))
        elif not screen.on_terminal():
            screen.show_list(found, columns)
        elif found:
            screen.show_list([self._named(each, type, meeting) for each in found], columns, title)

    def detail(
        self, kind: Kind[Record], item: shapes.Item, *, json: bool, besides: Mapping[str, object] | None = None
    ) -> None:
        """Show one record in full; ``besides`` is what is shown with it and stands in other records."""
        if json:
            screen.write_bytes(shapes.answer(kind, item))
        elif screen.on_terminal():
            code = {"id": str(item["id"]).upper()} if kind.coded else {}
            screen.show_item({**self._named(item, kind.type), **code, **(besides or {})})
        else:
            screen.show_item({**item, **(besides or {})})

    def changes(self, kind: str, found: Sequence[shapes.Item], columns: Sequence[screen.Column], *, json: bool) -> None:
        """Show fields of records that are otherwise as ``rows`` does, on a terminal each record by its name."""
        self.rows(
            kind, found if json or not screen.on_terminal() else list(map(self._change, found)), columns, json=json
        )

    def _change(self, item: shapes.Item) -> shapes.Item:
        place = places.place_of(str(item["file"]))
        return item if place is None else self.names.change(item, place.kind, place.id)

    @cached_property
    def names(self) -> "Names":
        """What people call what is named by ids.

        Raises:
            TypeError: No register is open.
        """
        from slavefree_cli.view.names import Names

        if self.desk is None:
            raise TypeError("names are those of a register")
        return Names(self.desk.records)

    def _named(self, item: shapes.Item, type: type[Table] | None, meeting: str | None = None) -> shapes.Item:
        return item if type is None or self.desk is None else self.names.item(item, type, meeting)


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
    session.desk = desk
    if os.path.exists(desk.path(places.JOURNAL)):
        from slavefree_cli.register.recovery import recover

        recover(desk)
    if os.path.lexists(desk.path(places.SENDING)):
        from slavefree_cli.work.post import broken_off

        broken_off.recover(desk)
    return session, desk
