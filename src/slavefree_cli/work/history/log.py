"""The history of a register: read in words, and hand edits committed."""

import os
from typing import NamedTuple

from slavefree_cli.errors import InvalidError, OutsideError
from slavefree_cli.git.process import GitError
from slavefree_cli.git.repository import Commit, Trailers
from slavefree_cli.model.kinds import RESTRICTED, every_kind
from slavefree_cli.model.text import without_addresses
from slavefree_cli.register import commits, door, own_changes, places
from slavefree_cli.register.repositories import Part
from slavefree_cli.register.restricted import WholeDesk
from slavefree_cli.work.care import checks
from slavefree_cli.work.history import halves
from slavefree_cli.work.records import find


def log(desk: WholeDesk, paths: list[str]) -> list[Commit]:
    """Return the commits of the register, or of some of its files, newest first; those of one command once.

    Raises:
        OutsideError: There is no git or no repository.
    """
    try:
        return halves.newest_first(halves.logs(desk, paths))
    except GitError as error:
        raise OutsideError(f"There is no history: {error}.") from None


class Committed(NamedTuple):
    """What was committed, and what the history says of it; None where there was nothing to commit."""

    message: str | None
    files: list[str]


def commit_edits(desk: WholeDesk, message: str | None) -> Committed:
    """Commit the files of the register that were edited by hand.

    Raises:
        InvalidError: A record is not valid; nothing is committed.
        OutsideError: Git refused, or does not know who commits.
    """
    if errors := checks.findings(desk, "error"):
        raise InvalidError(
            f"Nothing is committed, as {checks.first_of(errors, desk.root)} Mend it (slavefree check tells of every "
            "error), or throw the edit away with: git checkout -- FILE"
        )
    try:
        commits.needed(desk, "committed")
        if desk.inner is None and os.path.isdir(desk.path(RESTRICTED)):
            # From before there was git.
            with door.change(desk, "Keep what is restricted in a repository of its own") as apart:
                apart.keep_apart()
        parts = [part for each in halves.both(desk) if (part := _edited(each)).paths]
        change = commits.new_change() if len(parts) > 1 else None
        said = [without_addresses(message) if message else commits.by_hand(desk, part) for part in parts]
        # All of it is looked at before any is committed: what one repository has lost the other may have got.
        restricted = [commits.restricts(desk, part) for part in parts]
        for part, words, things in zip(parts, said, restricted, strict=True):
            part.repository.commit(part.paths, words, Trailers("commit", change, things))
        own_changes.add(desk, parts)
    except GitError as error:
        raise OutsideError(f"Git did not commit it: {error}. The files are as they were.") from None
    names = sorted(os.path.relpath(path, desk.root) for part in parts for path in part.paths)
    return Committed("; ".join(dict.fromkeys(reversed(said))) or None, names)


def _edited(part: Part) -> Part:
    """Return a part with the files of it that are not as committed."""
    changed = [path for path in part.repository.states(part.paths) if not places.is_own_temporary(path)]
    return part._replace(paths=changed)


def paths_of(desk: WholeDesk, typed: str) -> list[str]:
    """Return where the record lies that is meant, of whatever kind: of a meeting, its whole folder.

    Raises:
        NotFoundError: None fits, or several do; the message lists them.
    """
    id = find.any_of(desk, typed).id
    if id in desk.records.meetings:
        return [places.folder(id, restricted=restricted) for restricted in (False, True)]
    found = [desk.reader.all(kind)[id] for kind in every_kind() if id in desk.reader.all(kind)]
    return [read.path for record in found if (read := desk.reader.read(record))]
