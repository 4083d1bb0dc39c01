"""Reads the records of a register from disk, each kind when it is first asked for."""

from collections.abc import Mapping
from typing import Any, ClassVar, TypeVar

from slavefree_cli.model.kinds import RESTRICTED, Kind
from slavefree_cli.model.record import Record
from slavefree_cli.register import files, places
from slavefree_cli.register.parse import Bad, Read, tried

R = TypeVar("R", bound=Record)


class Reader:
    """The files of the open tree; the restricted tree is refused.

    Args:
        root: The folder that holds ``partnership.toml``, links followed.
    """

    NOT_OPENED: ClassVar[tuple[str, ...]] = (".git", RESTRICTED.rstrip("/"))
    """The folders that whoever holds this class never looks into."""
    READS_RESTRICTED: ClassVar = False

    def __init__(self, root: str) -> None:
        self._root = root
        self._read: dict[Kind[Any], dict[str, Read]] = {}
        self._records: dict[Kind[Any], dict[str, Any]] = {}
        self._bad: dict[Kind[Any], dict[str, Bad]] = {}

    def all(self, kind: Kind[R]) -> Mapping[str, R]:
        """Return the records of a kind by id, in the order of their paths; files that are not valid are left out.

        Raises:
            TypeError: The kind is restricted, and this reader must not read it.
        """
        if kind not in self._records:
            self._load(kind)
        found: Mapping[str, R] = self._records[kind]
        return found

    def unreadable(self, kind: Kind[Record]) -> frozenset[str]:
        """Return the ids of the files of a kind that are no valid records."""
        self.all(kind)
        return frozenset(bad.id for bad in self._bad[kind].values())

    def problem(self, kind: Kind[Record]) -> str:
        """Return why there is none of a kind, in a sentence."""
        return next((bad.sentence() for bad in self.bad_of(kind)), f"There is no {kind.place}.")

    def bad(self) -> list[Bad]:
        """Return the files that were read so far and are no valid records, by their paths."""
        return sorted((bad for of_kind in self._bad.values() for bad in of_kind.values()), key=lambda bad: bad.path)

    def bad_of(self, *kinds: Kind[Record]) -> list[Bad]:
        """Return the files of some kinds that are no valid records."""
        for kind in kinds:
            self.all(kind)
        return [bad for kind in kinds for bad in self._bad[kind].values()]

    def read(self, record: Record) -> Read | None:
        """Return the file that a record was read from, or None where it is new."""
        for of_kind in self._read.values():
            read = of_kind.get(record.id)
            if read is not None and read.record is record:
                return read
        return None

    def at(self, path: str) -> Read | None:
        """Return the record that was read from a path; None where it is not there or not valid."""
        place = places.place_of(path)
        if place is None:
            return None
        self.all(place.kind)
        return next((read for read in self._read[place.kind].values() if read.path == path), None)

    def forget(self) -> None:
        """Read everything anew when it is next asked for."""
        self._read.clear()
        self._records.clear()
        self._bad.clear()

    def _load(self, kind: Kind[Any]) -> None:
        if kind.restricted and not self.READS_RESTRICTED:
            raise TypeError(f"{kind} is restricted, and is read by register.restricted alone")
        reads: dict[str, Read] = {}
        bad: dict[str, Bad] = {}
        for file in places.find(self._root, kind.place):
            read = self._file(kind, file)
            if isinstance(read, Read) and (first := reads.get(read.record.id)):
                message = f"has the id of {first.path}; give one of the two files another name."
                read = Bad(read.path, None, "duplicate-id", message, read.record.id)
            if isinstance(read, Bad):
                bad[read.path] = read
            else:
                reads[read.record.id] = read
        self._read[kind], self._bad[kind] = reads, bad
        self._records[kind] = {id: read.record for id, read in reads.items()}

    def _file(self, kind: Kind[Any], file: places.Found) -> Read | Bad:
        path, placed = file.path, kind.placed(file.values)
        id = str(placed["id"])
        if file.problem is not None:
            return Bad(path, None, "unreadable", file.problem + ".", id)
        try:
            content = files.read(self._root, path, linked=file.linked)
            return tried(kind.type, placed, path, content.decode())
        except UnicodeDecodeError as error:
            line = error.object[: error.start].count(b"\n") + 1
            return Bad(path, line, "not-utf-8", "is not UTF-8 text; save it again as UTF-8.", id)
        except (files.UnreadableError, FileNotFoundError) as error:
            said = str(error) if isinstance(error, files.UnreadableError) else "leads to a file that is not there"
            return Bad(path, None, "unreadable", said + ".", id)
