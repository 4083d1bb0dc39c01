"""The one door through which everything is written.

Lock, read again what the change rests on, validate, write atomically, one commit. An error before writing leaves
everything as it was. The sentence for the history cannot be left out::

    with door.opened(desk) as opened:
        made = Action(…)
        opened.save(f"Add action {code}: {made.title}", made)
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

from slavefree_cli.errors import ConflictError, InvalidError, SlavefreeError
from slavefree_cli.model.agenda import Agenda, RestrictedAgenda, hidden_between
from slavefree_cli.model.kinds import Kind, kind_of
from slavefree_cli.model.partnership import APART
from slavefree_cli.model.record import Record, changed
from slavefree_cli.model.trees import Trees
from slavefree_cli.register import convert, files, parse, places
from slavefree_cli.register.desk import Desk
from slavefree_cli.register.parse import Read
from slavefree_cli.register.toml import new

if TYPE_CHECKING:
    from slavefree_cli.model.rules import Finding

R = TypeVar("R", bound=Record)


@contextmanager
def opened(desk: Desk, based_on: Iterable[Record] = ()) -> Iterator["Door"]:
    """Hold the lock while a change is decided on and made; everything is read anew inside it.

    Args:
        desk: Where the register is.
        based_on: Records that were read before, on which the change rests.

    Raises:
        ConflictError: Another command holds the lock, or a record that the change rests on is different now.
    """
    # Git and what goes with it is for those who write.
    from slavefree_cli.register import recovery
    from slavefree_cli.register.lock import locked

    based_on = list(based_on)
    with locked(desk):
        recovery.finish(desk)
        files.clear_left_over(desk.root, desk.reader.NOT_OPENED)
        desk.reader.forget()
        for record in based_on:
            if desk.reader.all(kind_of(record)).get(record.id) != record:
                raise ConflictError(f"{record.id} has changed meanwhile; nothing is saved. Look at it and try again.")
        yield Door(desk)
        desk.reader.forget()


@contextmanager
def change(desk: Desk, message: str, based_on: Iterable[Record] = ()) -> Iterator["Change"]:
    """Open the door for a change that is decided on already, and write and commit what is put into it.

    See ``opened`` and ``Door.change``.
    """
    with opened(desk, based_on) as door, door.change(message) as made:
        yield made


class Door:
    """The door held open by one command."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    @contextmanager
    def change(self, message: str) -> Iterator["Change"]:
        """Write and commit what is put into a change, when the block ends without an error.

        Args:
            message: A sentence for the history; restricted records are named by id alone.

        Raises:
            InvalidError: A record or the records together would not be valid.
            OutsideError: Git refused; the message says what is saved.
        """
        made = Change(self._desk)
        yield made
        made.finish(message)

    def save(self, message: str, record: R, replacing: Record | None = None) -> R:
        """Save one record as a change of its own and return it; see ``change`` and ``Change.save``."""
        with self.change(message) as made:
            made.save(record, replacing)
        return record


class Change:
    """What one command changes."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._records: dict[str, Record] = {}
        self._replaced: dict[str, Read] = {}
        self._removed: list[Record] = []
        self._files: dict[str, bytes | None] = {}
        self._delivered: list[files.Write] = []
        self._apart = False

    def save(self, record: Record, replacing: Record | None = None) -> None:
        """Save a record: a new one, or one that takes the place of another that was read in this change."""
        kind = kind_of(record)
        path = kind.path(record)
        if replacing is not None and (read := self._desk.reader.read(replacing)):
            if kind.restricted == places.is_restricted(read.path):
                path = read.path
            else:
                self._files[read.path] = None
            self._replaced[path] = read
        self._records[path] = record

    def save_text(self, path: str, text: str, was: str) -> None:
        """Save a record as somebody wrote it by hand.

        Args:
            path: The file, relative to the register.
            text: What it shall hold.
            was: What it held when the hand was put to it.

        Raises:
            ConflictError: It holds something else by now.
            InvalidError: It is no valid record; the message names the line.
        """
        if self._present(path) != was.encode():
            raise ConflictError(
                f"{self._shown(path)} has changed meanwhile; nothing is saved. Look at it and try again."
            )
        self.take(path, text.encode())

    def write(self, path: str, content: bytes) -> None:
        """Write a file of the register that nobody refers to by a link; the path is relative to it.

        Raises:
            InvalidError: It is a link, or lies behind one.
        """
        files.straight(self._desk.root, path)
        self._files[path] = content

    def take(self, path: str, content: bytes | None) -> None:
        """Have a file of any kind hold what another version of the register holds, or be gone.

        Args:
            path: The file, relative to the register.
            content: What it shall hold; None where it shall not be there.

        Raises:
            InvalidError: It is no valid record; the message names the line.
        """
        self._files[path] = content
        if not places.is_place(path):
            return
        read = self._desk.reader.at(path)
        if content is not None:
            try:
                self._records[path] = parse.parsed(path, files.text_of(content), self._desk.root)
            except files.NotTextError as error:
                raise InvalidError(f"{self._shown(path)} {error}.") from None
            if read is not None:
                self._replaced[path] = read
        elif read is not None:
            self._removed.append(read.record)

    def content(self, path: str) -> bytes | None:
        """Return what a file that is no record shall hold by now; None where nothing is said of it."""
        return self._files.get(path)

    def deliver(self, path: str, content: bytes, within: str | None = None) -> None:
        """Write a file to be sent, with the rest or not at all; no commit has it. See ``files.Write``."""
        self._delivered.append(files.Write(path, content, within))

    def keep_apart(self) -> None:
        """Have what is restricted lie in a repository of its own, of which programs that know of none are told.

        Raises:
            InvalidError: It could get into the open repository.
        """
        from slavefree_cli.register import repositories

        desk = self._desk
        repositories.refuse(desk)
        if (ignoring := repositories.ignoring(desk)) is not None:
            self._files[places.IGNORED] = ignoring
        self._apart = True
        was = desk.records.partnership
        if was.format < APART and desk.is_in_git:
            self.save(changed(was, format=APART), was)

    def _contents(self) -> dict[str, bytes | None]:
        """Return what the files shall hold, without those that hold it already."""
        contents = dict(self._files)
        moved = self._moved()
        for path, record in self._records.items():
            # One that was taken as it is has its content already.
            if contents.get(path) is None:
                contents[path] = self._text(path, record, moved).encode()
        return {path: content for path, content in contents.items() if content != self._present(path)}

    def _text(self, path: str, record: Record, moved: Mapping[str, Read]) -> str:
        was = self._replaced.get(path)
        read = moved.get(path) or was
        if (was is None or was.path != path) and self._present(path) is not None:
            raise ConflictError(
                f"{self._shown(path)} is there already; look at it, and move it away or use another name."
            )
        if read is None:
            return new(convert.encode(record))
        from slavefree_cli.register.toml.edit import edited

        wanted = convert.merged(read.raw, read.record, record)
        try:
            # A byte-order mark is no part of what was parsed and stays where it is.
            mark = "\ufeff" if (self._present(path) or b"").startswith(b"\xef\xbb\xbf") else ""
            return mark + edited(read.text, wanted)
        except SlavefreeError as error:
            raise SlavefreeError(f"{self._shown(path)}: {error}.") from None

    def _moved(self) -> dict[str, Read]:
        """Return the files of agendas between which items go, as they are then; what else changes is edited in."""
        found: dict[str, Read] = {}
        for path, record in self._records.items():
            read, other = self._replaced.get(path), places.in_other_tree(path)
            after = self._records.get(other)
            if isinstance(record, Agenda) and read is not None and isinstance(after, RestrictedAgenda):
                from slavefree_cli.register import agendas_between

                try:
                    found |= agendas_between.moved(read, self._replaced.get(other), record, after)
                except SlavefreeError as error:
                    raise SlavefreeError(f"{self._shown(path)}: {error}.") from None
        return found

    def _shown(self, path: str) -> str:
        return places.shown(path, None, self._desk.root)

    def _present(self, path: str) -> bytes | None:
        full = self._desk.path(path)
        if not files.inside(self._desk.root, full):
            raise InvalidError(f"{self._shown(path)} leads out of the register or its tree; nothing is written there.")
        try:
            return files.read(self._desk.root, path)
        except FileNotFoundError:
            return None
        except files.UnreadableError as error:
            raise SlavefreeError(f"{self._shown(path)} cannot be written, as it {error}; nothing is changed.") from None

    def check(self) -> None:
        """Refuse now what would be refused when the block ends.

        Raises:
            InvalidError: A record or the records together would not be valid.
        """
        for path, record in self._records.items():
            kind = kind_of(record)
            if (read := self._replaced.get(path)) and (refusal := record.refusal(read.record)):
                raise InvalidError(refusal)
            given = {name: getattr(record, name) for name in kind.type.PLACED}
            try:
                convert.decode(kind.type, given, convert.encode(record))
            except convert.DocumentError as error:
                raise InvalidError(f"The {error.key.replace('_', ' ')} {error.message}.") from None
        changes = self._changes()
        mended = {kind: entries for kind, entries in changes.items() if kind.is_single}
        known = {_named(finding) for finding in self._desk.errors(mended)}
        for finding in self._desk.errors(changes):
            if _named(finding) not in known:
                raise InvalidError(sentence(finding))

    def after(self) -> Trees:
        """Return the records of both trees as they will be, those of the restricted one where its reader asks."""
        changes = self._changes()
        return Trees(self._desk.records.with_changes(changes), self._desk.hidden().with_changes(changes))

    def _changes(self) -> dict[Kind[Record], dict[str, Record | None]]:
        """Return what becomes of the records, by kind and id; None where one is no longer there."""
        changes: defaultdict[Kind[Record], dict[str, Record | None]] = defaultdict(dict)
        for removed in self._removed:
            changes[kind_of(removed)][removed.id] = None
        for path, record in self._records.items():
            if (read := self._replaced.get(path)) and (before := kind_of(read.record)) is not kind_of(record):
                changes[before][read.record.id] = None
            changes[kind_of(record)][record.id] = record
        return changes

    def finish(self, message: str) -> None:
        """Validate, write and commit."""
        from slavefree_cli.register import commits, journal

        if not message.strip():
            raise ValueError("a change has a sentence for the history")
        desk = self._desk
        if any(map(places.is_restricted, (*self._records, *self._files))):
            self.keep_apart()
        self.check()
        if self._apart:
            from slavefree_cli.register import repositories

            repositories.begin(desk)
        contents = self._contents()
        if not contents:
            files.write_all(self._delivered)
            return
        own = [files.Write(desk.path(path), content, desk.root) for path, content in contents.items()]
        parts = commits.ready(desk, [write.path for write in own])
        said = commits.Said(message, desk.command, commits.new_change(), tuple(self.restricts()))

        def ready(staged: Sequence[files.Staged]) -> None:
            # One file is whole by itself, but its commit would be missing.
            if len(own) > 1 or parts:
                journal.write(desk, [each for each in staged if each.path.startswith(desk.path(""))], said)

        try:
            files.write_all([*own, *self._delivered], ready)
            commits.commit(desk, parts, said)
        except files.HalfWrittenError:
            raise
        except SlavefreeError:
            journal.clear(desk)
            raise
        # Not where it was broken off: then the next command finishes it.
        journal.clear(desk)

    def restricts(self) -> Iterator[str]:
        """Yield what becomes restricted: its kind, and its id or what the slug of an item was."""
        for path, record in self._records.items():
            read = self._replaced.get(path)
            if places.is_restricted(path) and self._files.get(places.in_other_tree(path), b"") is None:
                yield f"{kind_of(record).noun} {record.id}"
            elif isinstance(record, Agenda) and read is not None and isinstance(read.record, Agenda):
                yield from (f"item {slug}" for slug in hidden_between(read.record, record))


def sentence(finding: "Finding") -> str:
    """Return what is wrong in a record, as it is said where the record is not saved."""
    return f"{finding.record.id}: {finding.key} {finding.message}.".replace(":  ", ": ")


def _named(finding: "Finding") -> tuple[str, str, str, str]:
    return finding.check.code, finding.record.id, finding.key, finding.message
