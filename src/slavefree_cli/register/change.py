"""The one door for writing.

Lock, read again what the change rests on, validate, write atomically, one commit. An error before writing leaves
everything as it was.
"""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import msgspec

from slavefree_cli.errors import ConflictError, InvalidError, SlavefreeError
from slavefree_cli.model import rules
from slavefree_cli.model.action import Action
from slavefree_cli.model.agenda import RestrictedAgenda
from slavefree_cli.model.decision import Decision
from slavefree_cli.model.meeting import RestrictedMeeting
from slavefree_cli.model.partnership import Partnership
from slavefree_cli.model.record import Record
from slavefree_cli.model.records import Records, RestrictedRecords
from slavefree_cli.register import documents, files, layout
from slavefree_cli.register.store import Register
from slavefree_cli.register.toml import new
from slavefree_cli.register.toml.edit import edited


class Change:
    """What one command changes; it is written and committed when the ``with`` block ends without an error."""

    def __init__(self, register: Register, message: str) -> None:
        self.register = register
        self.message = message
        """A sentence for the history; restricted records are named by id alone."""
        self.saved = False
        """Whether anything was written, known when the block has ended."""
        self._records: dict[str, Record] = {}
        self._replaced: dict[str, Record] = {}
        self._removed: dict[str, Record] = {}
        self._files: dict[str, bytes | None] = {}
        self._typed: dict[str, str] = {}
        self._delivered: dict[str, bytes] = {}

    def save(self, record: Record, replacing: Record | None = None) -> None:
        """Save a record: a new one, or one that takes the place of another that was read in this change."""
        read = self.register.read(replacing) if replacing is not None else None
        path = layout.new_path(record)
        if read is not None and _same_tree(record, read.path):
            path = read.path
        elif read is not None:
            self._files[read.path] = None
        if read is not None:
            self._replaced[path] = read.record
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
            raise ConflictError(f"{path} has changed meanwhile; nothing is saved. Look at it and try again.")
        self._records[path] = self.register.parsed(path, text)
        self._typed[path] = text
        read = self.register.at(path)
        if read is not None:
            self._replaced[path] = read.record

    def write(self, path: str, content: bytes) -> None:
        """Write a file of the register that is no record; the path is relative to it."""
        self._files[path] = content

    def take(self, path: str, content: bytes | None) -> None:
        """Have a file of any kind hold what another version of the register holds, or be gone.

        Args:
            path: The file, relative to the register.
            content: What it shall hold; None where it shall not be there.

        Raises:
            InvalidError: It is no valid record; the message names the line.
        """
        read = self.register.at(path) if layout.is_place(path) else None
        if content is None and read is not None:
            self._removed[path] = read.record
        if content is None or not layout.is_place(path):
            self._files[path] = content
            return
        try:
            text = content.decode()
        except UnicodeDecodeError:
            raise InvalidError(f"{path} is not UTF-8 text.") from None
        self._records[path] = self.register.parsed(path, text)
        self._typed[path] = text
        if read is not None:
            self._replaced[path] = read.record

    def deliver(self, path: str, content: bytes) -> None:
        """Write a file to be sent, with the rest or not at all; the path is absolute, and no commit has it."""
        self._delivered[path] = content

    def _contents(self) -> dict[str, bytes | None]:
        """Return what the files shall hold, without those that hold it already."""
        contents = dict(self._files)
        for path, record in self._records.items():
            contents[path] = self._text(path, record).encode()
        return {path: content for path, content in contents.items() if content != self._present(path)}

    def _text(self, path: str, record: Record) -> str:
        if path in self._typed:
            return self._typed[path]
        before = self._replaced.get(path)
        read = self.register.read(before) if before is not None else None
        if read is None:
            if self._present(path) is not None:
                raise ConflictError(f"{path} is there already; look at it, and move it away or use another name.")
            return new(documents.encode(record))
        wanted = documents.merged(read.raw, read.record, record)
        if read.path != path:
            return new(wanted)
        try:
            # A byte-order mark is no part of what was parsed and stays where it is.
            mark = "\ufeff" if (self._present(path) or b"").startswith(b"\xef\xbb\xbf") else ""
            return mark + edited(read.text, wanted)
        except SlavefreeError as error:
            raise SlavefreeError(f"{path}: {error}.") from None

    def _present(self, path: str) -> bytes | None:
        full = os.path.join(self.register.root, path)
        if not files.inside(self.register.root, full):
            raise InvalidError(f"{path} leads out of the register; nothing is written there.")
        try:
            return files.read(self.register.root, path)
        except FileNotFoundError:
            return None
        except files.UnreadableError as error:
            raise SlavefreeError(f"{path} cannot be written, as it {error}; nothing is changed.") from None

    def check(self) -> None:
        """Refuse now what would be refused when the block ends.

        Raises:
            InvalidError: A record or the records together would not be valid.
        """
        for path, record in self._records.items():
            shelf, values = layout.place_of(path)
            try:
                documents.decode(type(record), shelf.placed(values), documents.encode(record))
            except documents.DocumentError as error:
                raise InvalidError(f"The {error.key.replace('_', ' ')} {error.message}.") from None
        mended = self._records.get(layout.MARKER)
        before = self.register.records(mended if isinstance(mended, Partnership) else None)
        hidden = self.register.restricted_records()
        known = {_named(finding) for finding in rules.errors(before, hidden)}
        after, hidden_after = self._applied(before, hidden)
        for finding in rules.errors(after, hidden_after):
            if _named(finding) not in known:
                raise InvalidError(f"{finding.record.id}: {finding.key} {finding.message}.".replace(":  ", ": "))

    def _applied(self, records: Records, hidden: RestrictedRecords) -> tuple[Records, RestrictedRecords]:
        open_changes: dict[str, dict[str, Record | None]] = {}
        hidden_changes: dict[str, dict[str, Record | None]] = {}
        for removed in self._removed.values():
            side = hidden_changes if _is_restricted(removed) else open_changes
            side.setdefault(_FIELDS[type(removed)], {})[removed.id] = None
        for path, record in self._records.items():
            moved = self._replaced.get(path)
            if (
                moved is not None
                and path not in {layout.new_path(moved)}
                and _is_restricted(moved) != _is_restricted(record)
            ):
                side = hidden_changes if _is_restricted(moved) else open_changes
                side.setdefault(_FIELDS[type(moved)], {})[moved.id] = None
            side = hidden_changes if _is_restricted(record) else open_changes
            side.setdefault(_FIELDS[type(record)], {})[record.id] = record
        return _replaced(records, open_changes), _replaced(hidden, hidden_changes)

    def finish(self) -> None:
        """Validate, write and commit."""
        # Git and what goes with it is for those who write.
        from slavefree_cli.register import commits, redo

        self.check()
        contents = self._contents()
        delivered = [files.Write(path, content) for path, content in self._delivered.items()]
        if not contents:
            files.write_all(delivered)
            return
        paths = [os.path.join(self.register.root, path) for path in contents]
        root, warn = self.register.root, self.register.warn
        repository = commits.usable(root, warn) if self.register.commits else None
        if repository is not None:
            paths = commits.ready(repository, root, paths, warn)
        own = [files.Write(os.path.join(self.register.root, path), content) for path, content in contents.items()]

        def ready(staged: Sequence[files.Staged]) -> None:
            # One file is whole by itself, but its commit would be missing.
            if len(own) > 1 or repository is not None:
                redo.write(root, _of(root, staged), self.message, command)

        command = self.register.command
        try:
            files.write_all([*own, *delivered], ready)
            self.saved = True
            if repository is not None and paths:
                commits.commit(repository, paths, self.message, command)
        except files.HalfWrittenError:
            raise
        except SlavefreeError:
            redo.clear(root)
            raise
        # Not where it was broken off: then the next command finishes it.
        redo.clear(root)


@contextmanager
def changing(register: Register, message: str, based_on: Iterable[Record]) -> Iterator[Change]:
    """Hold the lock while a change is decided on, then write and commit it.

    Args:
        register: The register; everything is read anew inside the lock.
        message: What the commit says; may be set on the change later.
        based_on: Records that were read before, on which the change rests.

    Raises:
        ConflictError: Another command holds the lock, or a record that the change rests on is different now.
        InvalidError: A record or the records together would not be valid.
        OutsideError: Git refused; the message says what is saved.
    """
    from slavefree_cli.register import recovery
    from slavefree_cli.register.lock import locked

    based_on = list(based_on)
    with locked(register.root):
        recovery.finish(register)
        files.clear_left_over(register.root, register.NOT_OPENED)
        register.forget()
        for record in based_on:
            now = next((read for read in _again(register, record)), None)
            if now != record:
                raise ConflictError(f"{record.id} has changed meanwhile; nothing is saved. Look at it and try again.")
        change = Change(register, message)
        yield change
        change.finish()
        register.forget()


def _again(register: Register, record: Record) -> Iterator[Record]:
    shelf = next(
        shelf for shelf in layout.SHELVES if shelf.type is type(record) and shelf.restricted == _is_restricted(record)
    )
    found = register.all(shelf).get(record.id)
    if found is not None:
        yield found


_FIELDS: Mapping[type[Record], str] = {
    layout.PARTNERSHIP.type: "partnership",
    layout.MEMBERS.type: "members",
    layout.PEOPLE.type: "people",
    layout.GROUPS.type: "groups",
    layout.MEETINGS.type: "meetings",
    layout.AGENDAS.type: "agendas",
    layout.ATTENDANCES.type: "attendances",
    layout.ACTIONS.type: "actions",
    layout.DECISIONS.type: "decisions",
    layout.ISSUES.type: "issues",
    RestrictedAgenda: "agendas",
    RestrictedMeeting: "meetings",
}


def _of(root: str, staged: Sequence[files.Staged]) -> list[files.Staged]:
    """Return those of the files that are the register's own."""
    return [each for each in staged if each.path.startswith(root + os.sep)]


def _replaced(records: Any, changes: Mapping[str, Mapping[str, Record | None]]) -> Any:
    fields: dict[str, object] = {}
    for field, entries in changes.items():
        if field == "partnership":
            fields[field] = next(iter(entries.values()))
        else:
            merged = {**getattr(records, field), **entries}
            fields[field] = {id: record for id, record in merged.items() if record is not None}
    return msgspec.structs.replace(records, **fields)


def _is_restricted(record: Record) -> bool:
    return isinstance(record, RestrictedAgenda | RestrictedMeeting) or (
        isinstance(record, Action | Decision) and record.restricted
    )


def _same_tree(record: Record, path: str) -> bool:
    return _is_restricted(record) == path.startswith(layout.RESTRICTED)


def _named(finding: rules.Finding) -> tuple[str, str, str, str]:
    return finding.code, finding.record.id, finding.key, finding.message
