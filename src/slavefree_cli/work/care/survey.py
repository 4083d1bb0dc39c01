"""A register looked through once, for everything that is checked in it."""

import os
from collections.abc import Iterator
from contextlib import suppress
from functools import cached_property

from slavefree_cli.errors import InvalidError
from slavefree_cli.git.lookalikes import is_lookalike
from slavefree_cli.git.process import GitError
from slavefree_cli.model.kinds import RESTRICTED, every_kind, kind_of
from slavefree_cli.model.meeting import Meeting, RestrictedMeeting
from slavefree_cli.model.record import Record
from slavefree_cli.model.shown import Shown
from slavefree_cli.register import copies, files, places, repositories
from slavefree_cli.register.parse import Bad, Read
from slavefree_cli.register.restricted import WholeDesk
from slavefree_cli.register.toml.statements import line_of
from slavefree_cli.work.records import withheld


class Survey:
    """What is in the folder of a register; each part is looked at when it is first asked for, and once.

    Args:
        desk: The register.
    """

    def __init__(self, desk: WholeDesk) -> None:
        self.desk = desk

    @cached_property
    def reads(self) -> list[tuple[Record, Read]]:
        """Every record with the file that it was read from."""
        reader = self.desk.reader
        everything = [record for kind in every_kind() for record in reader.all(kind).values()]
        return [(record, read) for record in everything if (read := reader.read(record))]

    @property
    def bad(self) -> list[Bad]:
        """Every file that is in the place of a record and is no valid one."""
        _ = self.reads
        return self.desk.reader.bad()

    @property
    def approved(self) -> Iterator[tuple[Meeting | RestrictedMeeting, str, bytes | files.UnreadableError | None]]:
        """Each record that says that minutes were approved, with their path and what is there."""
        kept: list[Meeting | RestrictedMeeting] = [*self.desk.records.meetings.values()]
        for record in [*kept, *self.desk.restricted.meetings.values()]:
            if record.minutes is not None:
                path = places.minutes(record.id, restricted=isinstance(record, RestrictedMeeting))
                yield record, path, self.minutes.get(path)

    @cached_property
    def minutes(self) -> dict[str, bytes | files.UnreadableError]:
        """What the minutes of meetings and of their Part Two hold, by their paths; or why they cannot be read."""
        found: dict[str, bytes | files.UnreadableError] = {}
        for id in {**self.desk.records.meetings, **self.desk.restricted.meetings}:
            for path in (places.minutes(id), places.minutes(id, restricted=True)):
                try:
                    found[path] = files.read(self.desk.root, path, linked=True)
                except FileNotFoundError:
                    continue
                except files.UnreadableError as error:
                    found[path] = error
        return found

    @property
    def files(self) -> list[str]:
        """The paths of all files, those in hidden folders left out."""
        return self._walked[0]

    @property
    def left_over(self) -> list[str]:
        """The paths of what commands that were broken off have left."""
        return [path for path in self.files if files.is_temporary(os.path.basename(path))]

    @property
    def emptied(self) -> list[str]:
        """The paths of what is made from records, and holds nothing."""
        made = [path for path in self.files if places.is_made(path)]
        return [path for path in made if not os.stat(self.desk.path(path), follow_symlinks=False).st_size]

    @property
    def links(self) -> list[str]:
        """The paths of links, of files and of folders, that lead out of the register or among git's own files."""
        return self._walked[2]

    @cached_property
    def copies(self) -> dict[str, str]:
        """What is said of each copy of a file of ours that a sync program left, where no record is looked for."""
        own = (path for path in self.files if places.is_text(path) and not places.is_place(path))
        return {path: said for path in own if (said := copies.said(self.desk.root, path))}

    @cached_property
    def lookalikes(self) -> list[str]:
        """The folders of the register, and those above it in its repository, that git would take for another."""
        found = list(self._walked[1])
        with suppress(GitError):
            repository, level = self.desk.repository, self.desk.root
            while repository.holds(level) and level != repository.top:
                level = os.path.dirname(level)
                if is_lookalike(os.listdir(level)):
                    found.append(level)
        return sorted(os.path.relpath(each, self.desk.root) for each in found)

    @cached_property
    def is_kept_open(self) -> bool:
        """Whether the open repository keeps something of the restricted tree."""
        with suppress(GitError):
            return repositories.kept_open(self.desk)
        return False

    @property
    def restricted_shown(self) -> list[tuple[str, Shown]]:
        """Each place in the open files that shows what is restricted; none where that cannot be told."""
        with suppress(InvalidError):
            return list(withheld.in_open_files(self.desk, withheld.passages(self.desk)))
        return []

    @cached_property
    def not_ignored(self) -> list[tuple[int, str]]:
        """The line of each rule that has git not ignore what it must, and what is said of it."""
        with suppress(GitError):
            asked = (repositories.unignored(self.desk, folder) for folder in (RESTRICTED, places.OUTBOX))
            return [said for said in asked if said is not None]
        return []

    def place(self, record: Record, key: str) -> tuple[str, int | None]:
        """Return the path of a record, and the line of one of its keys where that is known."""
        read = self.desk.reader.read(record)
        if read is None:
            return kind_of(record).path(record), None
        return read.path, line_of(read.text, key) if key else None

    @cached_property
    def _walked(self) -> tuple[list[str], list[str], list[str]]:
        """The files, the folders that git would take for a repository, and the links that lead away."""
        root = self.desk.root
        found, alike, away = [], [], []
        for folder, inner, names in os.walk(root):
            inner[:] = [name for name in inner if name != ".git"]
            if is_lookalike([*inner, *names]):
                alike.append(folder)
            linked = (os.path.join(folder, name) for name in (*inner, *names))
            away += [path for path in linked if os.path.islink(path) and not files.inside(root, path)]
            within = os.path.relpath(folder, root).replace(os.sep, "/")
            if within == ".":
                found += names
            elif not within.startswith(".") and "/." not in within:
                found += [f"{within}/{name}" for name in names]
        return sorted(found), alike, sorted(os.path.relpath(path, root) for path in away)
