"""The two histories of a register, of the open repository and the restricted one, read as one."""

from collections.abc import Iterable
from datetime import datetime
from heapq import merge
from itertools import chain
from typing import Final, NamedTuple

from slavefree_cli.errors import ConflictError, NotFoundError
from slavefree_cli.git.commit import Commit
from slavefree_cli.git.repository import Repository
from slavefree_cli.model.kinds import RESTRICTED
from slavefree_cli.register import own_changes, places, repositories
from slavefree_cli.register.desk import Desk
from slavefree_cli.register.repositories import BEGUN, Part

_BOTH: Final = 2
"""How many repositories a command has committed in that says so of its commits."""


def logs(desk: Desk, paths: Iterable[str] = ()) -> list[list[Commit]]:
    """Return the commits of each repository that is here, newest first, the restricted one first.

    Args:
        desk: The register.
        paths: Only what touched these, relative to the register; everything, where there are none.

    Raises:
        GitError: There is no repository to be had.
    """
    paths = list(paths)
    found = []
    for part in repositories.both(desk):
        wanted = [desk.path(path) for path in paths if places.is_restricted(path) == part.is_restricted]
        if wanted or not paths:
            found.append([each for each in part.repository.log(wanted or part.paths) if each.command != BEGUN])
    return found


def newest_first(logs: list[list[Commit]]) -> list[Commit]:
    """Return several logs as one, in which the commits of one command are the one of the last log that has it."""
    seen = {each.change for each in chain.from_iterable(logs[1:]) if each.change}
    first = [[each for each in log if each.change not in seen] for log in logs[:1]]
    return list(merge(*first, *logs[1:], key=lambda each: datetime.fromisoformat(each.at), reverse=True))


class Half(NamedTuple):
    """The commit that a command made in one of the two repositories."""

    repository: Repository
    commit: Commit
    prefix: str
    """What stands before the paths of the register in the repository."""
    within: str
    """What stands before the paths of the repository in the register."""


def meant(desk: Desk, named: str | None) -> tuple[Commit, list[Half]]:
    """Return the commit that is meant, and it with the one that the same command made in the other repository.

    Args:
        desk: The register.
        named: The commit, as git names commits; None for the last change that was made in this clone.

    Raises:
        NotFoundError: There is none.
        ConflictError: The other half of it is not in this clone.
        GitError: There is no repository to be had.
    """
    parts = list(repositories.both(desk))
    found_in = logs(desk)
    commit = _last(desk, found_in) if named is None else _named(named, parts, found_in)
    found = []
    for part, log in zip(parts, found_in, strict=True):
        within = RESTRICTED if part.is_restricted else ""
        prefix = "" if part.is_restricted else part.repository.prefix(desk.root)
        same = (each for each in log if each.id == commit.id or (each.change and each.change == commit.change))
        found += [Half(part.repository, each, prefix, within) for each in same]
    if commit.change and len(found) < _BOTH:
        raise ConflictError(
            f"“{commit.subject}” changed what is restricted too, and that is not in this clone; nothing is undone. "
            "Have it undone where it is, or get it here: slavefree restricted fetch URL"
        )
    return commit, found


def _last(desk: Desk, found: list[list[Commit]]) -> Commit:
    """Return the last slip of one's own hand, whatever was taken in from others since."""
    log = newest_first(found)
    commands = {each.id: each for each in log if each.command not in {None, "sync"}}
    for made in own_changes.newest_first(desk):
        if own := [commands[id] for id in made if id in commands]:
            return own[0]
    # Made before this clone kept a list.
    repository = desk.repository
    known = repository.identity_problem() is None
    mine = [each for each in commands.values() if not known or each.who == repository.who()]
    if not mine:
        others = " by you; to undo what somebody else did, name the commit" if commands else ""
        raise NotFoundError(f"No command that could be undone has been committed{others}. See: slavefree log")
    return mine[0]


def _named(named: str, parts: list[Part], found: list[list[Commit]]) -> Commit:
    for part, log in zip(parts, found, strict=True):
        id = part.repository.found(named)
        for each in log:
            if each.id == id:
                return each
    raise NotFoundError(f"No commit of this register fits {named!r}. See: slavefree log")
