"""Reads the records of a register from disk, each kind when it is first asked for."""

from collections.abc import Mapping
from typing import Any, ClassVar, NamedTuple, TypeVar

from slavefree_cli.errors import InvalidError, NotFoundError
from slavefree_cli.model.kinds import RESTRICTED, Kind
from slavefree_cli.model.record import Record
from slavefree_cli.register import files, places
from slavefree_cli.register.parse import Bad, Read, tried

R = TypeVar("R", bound=Record)


class _Known(dict[str, R]):
    """The records of a kind, by id: one that was read before and is not there any more is told of."""

    def __init__(self, kind: Kind[R], records: Mapping[str, R], bad: Mapping[str, str]) -> None:
        super().__init__(records)
        self._kind = kind
        self._bad = bad

    def __missing__(self, id: str) -> R:
        if id in self._bad:
            raise InvalidError(self._bad[id])
        see = f"{self._kind.noun} list" if self._kind.is_named else "check"
        raise NotFoundError(
            f"The {self._kind.noun} {id} is not there any more: somebody took it away meanwhile. See: slavefree {see}"
        )


class _Files(NamedTuple):
    """What the files of one kind are."""

    reads: dict[str, Read]
    bad: list[Bad]
    records: Mapping[str, Any]


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
        self._loaded: dict[Kind[Any], _Files] = {}

    def all(self, kind: Kind[R]) -> Mapping[str, R]:
        """Return the records of a kind by id, in the order of their paths; files that are not valid are left out.

        Raises:
            TypeError: The kind is restricted, and this reader must not read it.
        """
        return self._of(kind).records

    def unreadable(self, kind: Kind[Record]) -> frozenset[str]:
        """Return the ids of the files of a kind that are no valid records."""
        return frozenset(bad.id for bad in self.bad_of(kind))

    def problem(self, kind: Kind[Record]) -> str:
        """Return why there is none of a kind, in a sentence."""
        return next((bad.sentence(self._root) for bad in self.bad_of(kind)), f"There is no {kind.place}.")

    def bad(self) -> list[Bad]:
        """Return the files that were read so far and are no valid records, by their paths."""
        return sorted((bad for each in self._loaded.values() for bad in each.bad), key=lambda bad: bad.path)

    def bad_of(self, *kinds: Kind[Record]) -> list[Bad]:
        """Return the files of some kinds that are no valid records."""
        return [bad for kind in kinds for bad in self._of(kind).bad]

    def read(self, record: Record) -> Read | None:
        """Return the file that a record was read from, or None where it is new."""
        found = (each.reads.get(record.id) for each in self._loaded.values())
        return next((read for read in found if read is not None and read.record is record), None)

    def at(self, path: str) -> Read | None:
        """Return the record that was read from a path; None where it is not there or not valid."""
        place = places.place_of(path)
        if place is None:
            return None
        return next((read for read in self._of(place.kind).reads.values() if read.path == path), None)

    def forget(self) -> None:
        """Read everything anew when it is next asked for."""
        self._loaded.clear()

    def _of(self, kind: Kind[Any]) -> _Files:
        if kind not in self._loaded:
            self._loaded[kind] = self._load(kind)
        return self._loaded[kind]

    def _load(self, kind: Kind[Any]) -> _Files:
        if kind.restricted and not self.READS_RESTRICTED:
            raise TypeError(f"{kind} is restricted, and is read by register.restricted alone")
        reads: dict[str, Read] = {}
        bad: list[Bad] = []
        for file in places.find(self._root, kind.place):
            read = self._file(kind, file)
            if isinstance(read, Read) and (first := reads.get(read.record.id)):
                from slavefree_cli.model.checks import DUPLICATE_ID

                message = f"has the id of {first.path}; give one of the two files another name."
                read = Bad(read.path, None, DUPLICATE_ID, message, read.record.id)
            if isinstance(read, Bad):
                bad.append(read)
            else:
                reads[read.record.id] = read
        said = {each.id: each.sentence(self._root) for each in bad}
        return _Files(reads, bad, _Known(kind, {id: read.record for id, read in reads.items()}, said))

    def _file(self, kind: Kind[Any], file: places.Found) -> Read | Bad:
        path, placed = file.path, kind.placed(file.values)
        id = str(placed["id"])
        try:
            if file.problem is not None:
                raise files.UnreadableError(file.problem)
            if not kind.id_problem(file.values):
                text = files.text_of(files.read(self._root, path, linked=file.linked))
                return tried(kind.type, placed, path, text)
        except files.UnreadableError as error:
            return _unread(path, error, id)
        except FileNotFoundError:
            return _unread(path, files.UnreadableError("leads to a file that is not there"), id)
        from slavefree_cli.model.checks import FILE_NAME
        from slavefree_cli.register import copies

        said = copies.said(self._root, path) or f"has a name that {kind.id_problem(file.values)}; rename it."
        return Bad(path, None, FILE_NAME, said, id)


def _unread(path: str, error: files.UnreadableError, id: str) -> Bad:
    from slavefree_cli.model.checks import NOT_UTF_8, UNREADABLE

    if isinstance(error, files.NotTextError):
        return Bad(path, error.line, NOT_UTF_8, error.sentence, id)
    return Bad(path, None, UNREADABLE, f"{error}.", id)
