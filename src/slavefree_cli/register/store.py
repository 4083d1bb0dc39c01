"""The register: its open records, read from disk.

What makes files for the public is given this class. It reads the open tree alone; the restricted tree is read by
``slavefree_cli.register.restricted``, which nothing public may import (a contract of import-linter).
"""

import os
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, suppress
from typing import TYPE_CHECKING, ClassVar, NamedTuple, TypeVar

import tomli

from slavefree_cli.errors import InvalidError, NotFoundError, SlavefreeError
from slavefree_cli.model.partnership import FORMAT, Partnership
from slavefree_cli.model.record import Record
from slavefree_cli.model.records import Records, RestrictedRecords
from slavefree_cli.register import documents, files, layout
from slavefree_cli.register.layout import Shelf
from slavefree_cli.register.toml.write import Document

if TYPE_CHECKING:
    from slavefree_cli.register.change import Change

R = TypeVar("R", bound=Record)

_MARKS = ("<<<<<<< ", ">>>>>>> ", "||||||| ")


class Bad(NamedTuple):
    """A file that is no valid record."""

    path: str
    line: int | None
    code: str
    message: str
    id: str

    def sentence(self) -> str:
        """Return what is wrong and where, in one line."""
        place = self.path if self.line is None else f"{self.path}, line {self.line}"
        return f"{place}: {self.message}"


class Read(NamedTuple):
    """A record with the file that it came from."""

    record: Record
    path: str
    text: str
    raw: Document


class Register:
    """The open records of one register.

    Args:
        root: The folder that holds ``partnership.toml``.
        commit: Whether a change is committed.
        warn: Is told what went differently from what was asked, one sentence at a time.
        command: The command that is being run, for the history.
    """

    NOT_OPENED: ClassVar[tuple[str, ...]] = (".git", layout.RESTRICTED.rstrip("/"))
    """The folders that whoever holds this class never looks into."""

    def __init__(
        self,
        root: str,
        *,
        commit: bool = True,
        warn: Callable[[str], None] = lambda _: None,
        command: str = "",
    ) -> None:
        self.root = os.path.realpath(root)
        self.commits = commit
        self.warn = warn
        self.command = command
        self._shelves: dict[str, dict[str, Read]] = {}
        self._bad: dict[str, Bad] = {}

    @property
    def partnership(self) -> Partnership:
        """The partnership itself.

        Raises:
            InvalidError: Its file is not valid, or of a newer format.
        """
        found = self.all(layout.PARTNERSHIP).get(layout.PARTNERSHIP.noun)
        if found is None:
            raise InvalidError(next(bad.sentence() for bad in self._bad.values() if bad.path == layout.MARKER))
        return found

    def all(self, shelf: Shelf[R]) -> dict[str, R]:
        """Return the records of a kind by id, in the order of their paths; files that are not valid are left out."""
        found = self._shelves.get(shelf.pattern)
        if found is None:
            found = self._shelves[shelf.pattern] = {}
            for file in layout.find(self.root, shelf.pattern):
                read = self._read(shelf, file)
                if isinstance(read, Bad):
                    self._bad[read.path] = read
                elif first := found.get(read.record.id):
                    message = f"has the id of {first.path}; give one of the two files another name."
                    self._bad[read.path] = Bad(read.path, None, "duplicate-id", message, read.record.id)
                else:
                    found[read.record.id] = read
        return {id: read.record for id, read in found.items()}  # type: ignore[misc]

    def bad(self) -> list[Bad]:
        """Return the files that were read so far and are no valid records."""
        return [self._bad[path] for path in sorted(self._bad)]

    def read(self, record: Record) -> Read | None:
        """Return the file that a record was read from, or None where it is new."""
        for shelf in self._shelves.values():
            read = shelf.get(record.id)
            if read is not None and read.record is record:
                return read
        return None

    def at(self, path: str) -> Read | None:
        """Return the record that was read from a path; None where it is not there or not valid."""
        self.all(layout.shelf_of(path))
        return next(
            (read for shelf in self._shelves.values() for read in shelf.values() if read.path == path),
            None,
        )

    def records(self, partnership: Partnership | None = None) -> Records:
        """Return the whole open tree, with another partnership than its own where one is given."""
        return Records(
            partnership=partnership or self.partnership,
            members=self.all(layout.MEMBERS),
            people=self.all(layout.PEOPLE),
            groups=self.all(layout.GROUPS),
            meetings=self.all(layout.MEETINGS),
            agendas=self.all(layout.AGENDAS),
            attendances=self.all(layout.ATTENDANCES),
            actions=self.all(layout.ACTIONS),
            decisions=self.all(layout.DECISIONS),
            issues=self.all(layout.ISSUES),
            unreadable=frozenset(bad.id for bad in self._bad.values()),
        )

    def restricted_records(self) -> RestrictedRecords:
        """Return the restricted tree: none of it, to whoever holds only this class."""
        return RestrictedRecords()

    def forget(self) -> None:
        """Read everything anew when it is next asked for."""
        self._shelves.clear()
        self._bad.clear()

    def recover(self) -> None:
        """Finish a change that a crash broke off, if there is one, before anything is read."""
        if os.path.exists(os.path.join(self.root, layout.REDO)):
            from slavefree_cli.register import recovery
            from slavefree_cli.register.lock import LockedError, locked

            # Where another command holds the lock nothing was broken off: it is at work, and may wait for this one,
            # as for a hook of git.
            try:
                with suppress(LockedError), locked(self.root, seconds=0):
                    recovery.finish(self)
            except SlavefreeError as error:
                # What can still be read is shown all the same.
                self.warn(str(error))

    def change(self, message: str = "", based_on: Iterable[Record] = ()) -> "AbstractContextManager[Change]":
        """Open the one door through which everything is written; see ``register.change``."""
        from slavefree_cli.register.change import changing

        return changing(self, message, based_on)

    def commit(self, paths: Iterable[str], message: str) -> None:
        """Commit files that are written already; the paths are absolute."""
        from slavefree_cli.register import commits

        repository = commits.usable(self.root, self.warn)
        if repository is not None:
            commits.commit(repository, list(paths), message, self.command)

    def parsed(self, path: str, text: str) -> Record:
        """Return the record that a text would be at a path.

        Raises:
            InvalidError: It is not valid; the message names file and line.
        """
        shelf, values = layout.place_of(path)
        return self.parsed_as(shelf.type, shelf.placed(values), path, text)

    def parsed_as(self, kind: type[R], placed: dict[str, object], path: str, text: str) -> R:
        """Return the record of a kind that a text is, wherever it comes from.

        Args:
            kind: The type of record.
            placed: The fields that its place would give.
            path: What people are told of where the text is.
            text: The text.

        Raises:
            InvalidError: It is not valid; the message names file and line.
        """
        read = self.tried(kind, placed, path, text)
        if isinstance(read, Bad):
            raise InvalidError(read.sentence())
        return read.record  # type: ignore[return-value]

    def tried(self, kind: type[Record], placed: dict[str, object], path: str, text: str) -> Read | Bad:
        """Return what a text is as a record of a kind, or what is wrong with it; see ``parsed_as``."""
        return self._parse(kind, placed, path, text.removeprefix("\ufeff"), "")

    def _read(self, shelf: Shelf[R], file: layout.Found) -> Read | Bad:
        path, id = file.path, file.values.get("id", shelf.noun)
        if file.problem is not None:
            return Bad(path, None, "unreadable", file.problem + ".", id)
        try:
            content = files.read(self.root, path, linked=file.linked)
            text = content.decode().removeprefix("\ufeff")
            return self._parse(shelf.type, shelf.placed(file.values), path, text, id)
        except UnicodeDecodeError as error:
            line = error.object[: error.start].count(b"\n") + 1
            return Bad(path, line, "not-utf-8", "is not UTF-8 text; save it again as UTF-8.", id)
        except (files.UnreadableError, FileNotFoundError) as error:
            said = str(error) if isinstance(error, files.UnreadableError) else "leads to a file that is not there"
            return Bad(path, None, "unreadable", said + ".", id)

    def _parse(self, kind: type[Record], placed: dict[str, object], path: str, text: str, id: str) -> Read | Bad:
        try:
            raw = tomli.loads(text)
            _refuse_newer(kind, raw)
            return Read(documents.decode(kind, placed, raw), path, text, raw)
        except documents.DocumentError as error:
            from slavefree_cli.register.toml.statements import line_of

            line = line_of(text, error.key) if error.key else None
            return Bad(path, line, "not-valid", str(error).replace(": ", " ", 1) + ".", id)
        except tomli.TOMLDecodeError as error:
            return _not_toml(path, text, error, id)
        except ValueError as error:
            # A number of thousands of digits, which TOML allows and Python does not read.
            return Bad(path, None, "not-toml", f"is not TOML that can be read: {error}.", id)
        except RecursionError:
            return Bad(path, None, "not-toml", "is nested too deeply for a record.", id)


def locate(typed: str | None) -> str:
    """Return the folder of the register.

    It is the folder typed, else ``SLAVEFREE_REGISTER``, else found by walking up from the current folder and looking
    at each level for ``partnership.toml``, then ``meetings/partnership.toml``.

    Raises:
        NotFoundError: There is no register there.
    """
    named = typed or os.environ.get("SLAVEFREE_REGISTER")
    if named:
        for folder in (named, os.path.join(named, "meetings")):
            if os.path.isfile(os.path.join(folder, layout.MARKER)):
                return folder
        raise NotFoundError(
            f"There is no register in {named}: it has no {layout.MARKER}. Start one with: slavefree init"
        )
    try:
        level = os.getcwd()
    except FileNotFoundError:
        raise NotFoundError("The folder that you are in is not there any more. Go to another: cd") from None
    while True:
        for folder in (level, os.path.join(level, "meetings")):
            if os.path.isfile(os.path.join(folder, layout.MARKER)):
                return folder
        above = os.path.dirname(level)
        if above == level:
            raise NotFoundError(
                "There is no register here or in a folder above. Start one with: slavefree init --name NAME, "
                "or name one with --register DIR."
            )
        level = above


def _refuse_newer(kind: type[Record], raw: Document) -> None:
    newest = raw.get("format", FORMAT)
    if kind is Partnership and isinstance(newest, int) and newest > FORMAT:
        raise documents.DocumentError(
            "format",
            f"is {newest}, newer than this program reads ({FORMAT}); upgrade it: pip install -U slavefree-cli",
        )


def _not_toml(path: str, text: str, error: tomli.TOMLDecodeError, id: str) -> Bad:
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith(_MARKS):
            return Bad(path, number, "conflict", "has a merge-conflict marker; settle the two versions by hand.", id)
    said = str(error).partition(" (at ")[0]
    column = getattr(error, "colno", None)
    at = f", column {column}" if column else ""
    return Bad(
        path,
        getattr(error, "lineno", None),
        "not-toml",
        f"is not TOML{at}: {said[:1].lower()}{said[1:]}.",
        id,
    )
