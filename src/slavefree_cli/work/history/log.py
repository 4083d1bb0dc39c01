"""The history of a register: read in words, and hand edits committed."""

import os
import re
from collections.abc import Sequence
from typing import NamedTuple

from slavefree_cli.errors import InvalidError, OutsideError
from slavefree_cli.git.commit import Commit, Trailers
from slavefree_cli.git.process import GitError
from slavefree_cli.model.history import RESTRICTED_FILE, in_history
from slavefree_cli.model.kinds import RESTRICTED, Records, every_kind
from slavefree_cli.register import commits, door, own_changes, places, repositories
from slavefree_cli.register.lock import locked
from slavefree_cli.register.repositories import Part
from slavefree_cli.register.restricted import WholeDesk
from slavefree_cli.work.care import checks, on_disk
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
        ConflictError: Another command is at work.
        OutsideError: Git refused, or does not know who commits.
    """
    if desk.is_in_git and desk.inner is None and os.path.isdir(desk.path(RESTRICTED)):
        # From before there was git.
        with door.change(desk, "Keep what is restricted in a repository of its own") as apart:
            apart.keep_apart()
    with locked(desk):
        desk.reader.forget()
        return _committed(desk, message)


def _committed(desk: WholeDesk, message: str | None) -> Committed:
    errors = checks.findings(desk, "error")
    _refuse(desk, [each for each in errors if each.check.code != on_disk.RESTRICTED_SHOWN])
    if not desk.records.partnerships:
        raise InvalidError(f"Nothing is committed. {desk.reader.problem(Records.partnerships)}")
    try:
        commits.needed(desk, "committed")
        parts = [part for each in repositories.both(desk) if (part := _edited(desk, each)).paths]
        change = commits.new_change() if len(parts) > 1 else None
        changed = [os.path.relpath(path, desk.root) for part in parts for path in part.paths]
        _refuse(desk, [each for each in errors if each.file in changed])
        kept = _without_names(desk, message, changed) if message else None
        said = [in_history(kept or commits.by_hand(desk, part)) for part in parts]
        # All of it is looked at before any is committed: what one repository has lost the other may have got.
        restricted = [commits.restricts(desk, part) for part in parts]
        for part, words, things in zip(parts, said, restricted, strict=True):
            part.repository.commit(part.paths, words, Trailers("commit", change, things))
        own_changes.add(desk, parts)
    except GitError as error:
        raise OutsideError(f"Git did not commit it: {error}. The files are as they were.") from None
    if message and said and message not in said:
        desk.warn("The history names no address, no link and no restricted file; what it says leaves them out.")
    return Committed("; ".join(dict.fromkeys(reversed(said))) or None, sorted(changed))


def _refuse(desk: WholeDesk, errors: Sequence[checks.Finding]) -> None:
    if errors:
        raise InvalidError(
            f"Nothing is committed, as {checks.first_of(errors, desk.root)} Mend it (slavefree check tells of every "
            "error), or throw the edit away with: git checkout -- FILE"
        )


def _edited(desk: WholeDesk, part: Part) -> Part:
    """Return a part with the files of it that are not as committed."""
    return part._replace(paths=places.to_commit(desk.root, part.repository.settled(part.paths)))


def _without_names(desk: WholeDesk, message: str, changed: Sequence[str]) -> str:
    """Return a message without the names that people gave to restricted files; of changed ones without an ending too.

    Args:
        desk: The register.
        message: What somebody typed.
        changed: The files that are committed, relative to the register.
    """
    there = [path for path in changed if places.is_restricted(path)]
    names = {os.path.splitext(os.path.basename(path))[0] for path in there if not _says_nothing(path)}
    for folder, inner, inside in os.walk(desk.path(RESTRICTED)):
        inner[:] = [each for each in inner if each != ".git"]
        within = os.path.relpath(folder, desk.root)
        there += [os.path.join(within, name) for name in inside]
    names |= {name for path in there if not _says_nothing(path) for name in (path, os.path.basename(path))}
    for name in sorted(filter(None, names), key=len, reverse=True):
        message = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", RESTRICTED_FILE, message, flags=re.IGNORECASE)
    return message


def _says_nothing(path: str) -> bool:
    """Tell whether a file is called as the program calls it, after a kind, a meeting or a code."""
    return places.is_place(path) or places.is_minutes(path) or os.path.basename(path) == places.ATTRIBUTES


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
