"""The history of a register: read in words, and hand edits committed."""

import os
from typing import NamedTuple

from slavefree_cli.errors import InvalidError, OutsideError
from slavefree_cli.git.process import GitError
from slavefree_cli.git.repository import Commit
from slavefree_cli.model.kinds import Records, every_kind
from slavefree_cli.model.text import several, without_addresses
from slavefree_cli.register import commits, places
from slavefree_cli.register.lock import locked
from slavefree_cli.register.restricted import WholeDesk
from slavefree_cli.work.care import checks
from slavefree_cli.work.records import find


def log(desk: WholeDesk, paths: list[str]) -> list[Commit]:
    """Return the commits of the register, or of some of its files, newest first.

    Raises:
        OutsideError: There is no git or no repository.
    """
    try:
        repository = desk.repository
        return repository.log([desk.path(path) for path in paths] or [desk.root])
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
        ConflictError: Another command is at work.
        OutsideError: Git refused, or does not know who commits.
    """
    with locked(desk):
        desk.reader.forget()
        return _committed(desk, message)


def _committed(desk: WholeDesk, message: str | None) -> Committed:
    if errors := checks.findings(desk, "error"):
        raise InvalidError(
            f"Nothing is committed, as {checks.first_of(errors, desk.root)} Mend it (slavefree check tells of every "
            "error), or throw the edit away with: git checkout -- FILE"
        )
    if not desk.records.partnerships:
        raise InvalidError(f"Nothing is committed. {desk.reader.problem(Records.partnerships)}")
    try:
        repository = commits.needed(desk, "committed")
        changed = [path for path in repository.settled([desk.root]) if not places.is_own_temporary(path)]
        names = sorted(os.path.relpath(path, desk.root) for path in changed)
        if not names:
            return Committed(None, [])
        said = without_addresses(message) if message else f"{commits.HAND_EDIT}: {several(names, 5)}"
        repository.commit(changed, said, "commit")
    except GitError as error:
        raise OutsideError(f"Git did not commit it: {error}. The files are as they were.") from None
    return Committed(said, names)


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
