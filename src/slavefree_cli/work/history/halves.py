"""The two histories of a register, of the open repository and the restricted one, read as one."""

from collections.abc import Iterable
from datetime import datetime
from heapq import merge
from itertools import chain

from slavefree_cli.git.repository import Commit
from slavefree_cli.register import places, repositories
from slavefree_cli.register.desk import Desk
from slavefree_cli.register.repositories import BEGUN


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
