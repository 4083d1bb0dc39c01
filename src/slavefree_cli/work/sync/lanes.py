"""The two repositories that are exchanged, and what they hold as one register, brought together apart from both."""

import os
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from slavefree_cli.errors import OutsideError
from slavefree_cli.git import snapshots
from slavefree_cli.git.commit import Commit, Trailers
from slavefree_cli.git.remote import Remote
from slavefree_cli.git.repository import Repository
from slavefree_cli.git.snapshots import Snapshot
from slavefree_cli.model.kinds import RESTRICTED
from slavefree_cli.register import repositories
from slavefree_cli.register.desk import Desk
from slavefree_cli.register.repositories import BEGUN


class Lane(NamedTuple):
    """One of the two repositories, and where it is exchanged."""

    repository: Repository
    remote: Remote | None
    """None where it is not exchanged."""
    is_restricted: bool

    def log(self, since: str | None, until: str) -> list[Commit]:
        """Return what a commit has in its history and another has not, newest first."""
        found = self.repository.log([self.repository.top], since=since, until=until)
        return [each for each in found if each.command != BEGUN]


class Run(NamedTuple):
    """A lane at the moment of an exchange."""

    lane: Lane
    ours: str
    """The commit that is here."""
    theirs: str | None = None
    """The commit that the remote has; None where it has none, or is not reached."""

    @property
    def has_news(self) -> bool:
        """Whether the remote has what is not here."""
        return self.theirs is not None and not self.lane.repository.is_before(self.theirs, self.ours)

    def sides(self) -> "Sides":
        """Return what both come from and what each has; one thing thrice where the remote is not reached."""
        repository = self.lane.repository
        ours = snapshots.of(repository, self.ours)
        if self.theirs is None:
            return Sides(self.ours, ours, ours, ours)
        fork = repository.fork(self.ours, self.theirs)
        base = snapshots.of(repository, fork) if fork else {}
        return Sides(fork, base, ours, snapshots.of(repository, self.theirs))


class Sides(NamedTuple):
    """What two commits have, and what both come from."""

    fork: str | None
    """The commit that both come from; None where they have no history in common."""
    base: Snapshot
    ours: Snapshot
    theirs: Snapshot


def begun(desk: Desk) -> Run:
    """Return the lane of a restricted repository that is begun here, where there is none yet.

    Raises:
        SlavefreeError: It could get into the open repository, or cannot be made.
    """
    repositories.refuse(desk)
    repositories.begin(desk)
    if desk.inner is None or (head := desk.inner.head()) is None:
        raise OutsideError("What is restricted has no repository of its own; nothing is changed.")
    return Run(Lane(desk.inner, None, is_restricted=True), head)


def as_one(outer: Sides, hidden: Sides | None, prefix: str) -> Sides:
    """Return what the two repositories have as one register.

    Args:
        outer: What the open one has; nothing of ``restricted/`` in it counts.
        hidden: What the restricted one has, if it is here.
        prefix: What stands before the paths of the register in the open one.
    """
    within = prefix + RESTRICTED

    def both(one: Snapshot, other: Snapshot) -> Snapshot:
        kept = {path: blob for path, blob in one.items() if not path.startswith(within)}
        return kept | {within + path: blob for path, blob in other.items()}

    inner = hidden or Sides(None, {}, {}, {})
    merged = (both(one, other) for one, other in zip(outer[1:], inner[1:], strict=True))
    return Sides(outer.fork, *merged)


def apart(has: Snapshot, prefix: str) -> tuple[Snapshot, Snapshot]:
    """Return what of a register the open repository and the restricted one have, each by the paths in it."""
    within = prefix + RESTRICTED
    hidden = {path.removeprefix(within): blob for path, blob in has.items() if path.startswith(within)}
    return {path: blob for path, blob in has.items() if not path.startswith(within)}, hidden


def reading(outer: Repository, hidden: Repository | None) -> Repository:
    """Return the repository whose objects are those of both; new ones go to the restricted one, where it is here."""
    if hidden is None:
        return outer
    others = ("GIT_ALTERNATE_OBJECT_DIRECTORIES", os.path.join(outer.common_dir, "objects"))
    return hidden._replace(environment=(*hidden.environment, others))


def committed(run: Run, sides: Sides, has: Snapshot, source: Repository, message: str, trailers: Trailers) -> str:
    """Return the commit that a lane comes to: one of the two, or a new one that nothing refers to yet.

    Args:
        run: The lane.
        sides: What its commits have.
        has: What it shall have.
        source: Where the content of that is.
        message: What a new commit says.
        trailers: What it says for programs.
    """
    parents = parents_of(run, sides)
    if len(parents) == 1 and has == (sides.ours if parents[0] == run.ours else sides.theirs):
        return parents[0]
    _bring(run.lane.repository, source, has, (sides.base, sides.ours, sides.theirs))
    return snapshots.committed(run.lane.repository, has, parents, message, trailers)


def parents_of(run: Run, sides: Sides) -> list[str]:
    """Return the commits that what came of a lane follows; a single one may be what came of it."""
    if run.theirs is None or not run.has_news:
        return [run.ours]
    return [run.theirs] if sides.fork == run.ours else [run.ours, run.theirs]


def is_new(run: Run, sides: Sides, has: Snapshot) -> bool:
    """Tell whether a lane comes to a new commit."""
    parents = parents_of(run, sides)
    return len(parents) > 1 or has != (sides.ours if parents[0] == run.ours else sides.theirs)


def _bring(repository: Repository, source: Repository, has: Snapshot, known: Sequence[Snapshot]) -> None:
    """Have a repository hold the content of files itself, which it may have been lent by the other."""
    own = {blob.id for each in known for blob in each.values()}
    new: Iterable[snapshots.Blob] = (blob for blob in has.values() if blob.id not in own)
    for content in snapshots.contents(source, new).values():
        snapshots.kept(repository, content)
