"""Exchanging with the other clones: fetched, brought together apart from the work tree, checked, pushed, taken in.

The work tree is as it was until everything fits. Nothing is forced, stashed or merged by git.
"""

import os
from contextlib import suppress
from typing import NamedTuple

from slavefree_cli.errors import ConflictError, OutsideError
from slavefree_cli.git import snapshots
from slavefree_cli.git.commit import Commit
from slavefree_cli.git.process import GitError
from slavefree_cli.git.remote import RejectedError, remote_if_any, remote_of
from slavefree_cli.model.text import counted, several
from slavefree_cli.register import advance, attributes, commits, files, places, recovery, repositories
from slavefree_cli.register.journal import Move
from slavefree_cli.register.lock import LOCK_SECONDS, held, locked
from slavefree_cli.register.merge.conflict import Conflict, Side
from slavefree_cli.register.restricted import WholeDesk
from slavefree_cli.work.history import halves
from slavefree_cli.work.sync.histories import together
from slavefree_cli.work.sync.lanes import Lane, Run
from slavefree_cli.work.sync.new_ids import Renaming
from slavefree_cli.work.sync.restriction_wins import thing_named

ATTEMPTS = 5
"""How often what the others pushed meanwhile is fetched and brought together again."""


class Synced(NamedTuple):
    """What was exchanged."""

    remote: str
    is_alone: bool
    """Whether there is something restricted here, and nowhere to exchange it."""
    is_first: bool
    """Whether there was nothing at all on the remote before."""
    received: list[Commit]
    sent: list[Commit]
    renamed: list[Renaming]
    settled: list[Conflict]
    """What both sides changed and one side's word settled."""
    kept: list[str]
    """What one side had opened and stays restricted, as the other changed it meanwhile."""


def sync(desk: WholeDesk, take: Side | None = None, *, restricted_only: bool = False) -> Synced:
    """Exchange commits with the remotes: that of the open repository, and that of the restricted one if it has one.

    Args:
        desk: The register.
        take: Whose word counts where both sides changed the same thing.
        restricted_only: Whether the open repository is left alone.

    Raises:
        OutsideError: Git, a remote or a hook refused; the message says what is done and what is not.
        ConflictError: Files were edited by hand and not committed, or the two sides do not fit together.
        BothChangedError: Both sides changed the same field.
        InvalidError: What the others have is not valid, or the open repository keeps what is restricted.
    """
    try:
        repository = commits.needed(desk, "exchanged")
        if repositories.kept_open(desk):
            repositories.refuse(desk)
        outer = Lane(repository, None if restricted_only else remote_of(repository), is_restricted=False)
        found = _lanes(desk, outer)
        # No other sync of this work tree is at work meanwhile.
        alone = os.path.join(repository.git_dir, "slavefree-sync.lock")
        said = "Another sync has been at work here for ten seconds; nothing is changed."
        with held(alone, LOCK_SECONDS, said):
            for _ in range(ATTEMPTS):
                with suppress(RejectedError):
                    found = _lanes(desk, outer)
                    return _exchanged(desk, _begun(desk, found), take)
    except GitError as error:
        raise OutsideError(f"Git refused: {error}. Nothing is changed here.") from None
    shown = ", ".join(lane.remote.shown for lane in reversed(found) if lane.remote)
    raise OutsideError(
        f"{shown} got something new {ATTEMPTS} times while this was at work; nothing is changed. Try again."
    )


def _lanes(desk: WholeDesk, outer: Lane) -> list[Lane]:
    """Return the repositories that are exchanged, that of what is restricted first, if it is here."""
    inner = desk.inner
    return [outer] if inner is None else [Lane(inner, remote_if_any(inner), is_restricted=True), outer]


def _begun(desk: WholeDesk, lanes: list[Lane]) -> list[Run]:
    """Return the commits that are here, everything being as committed and nothing left over."""
    with locked(desk):
        recovery.finish(desk)
        files.clear_left_over(desk.root, desk.reader.NOT_OPENED)
        edited: list[str] = []
        for lane in lanes:
            snapshots.clear_left_over(lane.repository)
            attributes.keep_text(desk, lane.repository)
            states = lane.repository.settled([lane.repository.top if lane.is_restricted else desk.root])
            edited += map(os.path.relpath, places.to_commit(desk.root, states))
        heads = [lane.repository.head() for lane in lanes]
    if edited:
        raise ConflictError(
            f"{several(sorted(edited), 5)} {'is' if len(edited) == 1 else 'are'} edited and not committed; nothing is "
            "exchanged. Commit first: slavefree commit"
        )
    runs = [Run(lane, head) for lane, head in zip(lanes, heads, strict=True) if head is not None]
    if len(runs) < len(lanes):
        raise OutsideError("Nothing is committed here yet, so there is nothing to exchange: slavefree commit")
    return runs


def _exchanged(desk: WholeDesk, begun: list[Run], take: Side | None) -> Synced:
    """Fetch, bring what is here and what the others have together, push and take in what came of it.

    Raises:
        RejectedError: A remote, or this clone, got something new meanwhile; nothing is changed.
    """
    runs, failed = _fetched(begun)
    found, runs, targets, kept = together(desk, runs, take)
    received, sent = [], []
    for run, target in zip(runs, targets, strict=True):
        lane = run.lane
        received.append(lane.log(run.ours, run.theirs) if run.theirs else [])
        sent.append(lane.log(run.theirs, target) if lane.remote and lane.is_restricted not in failed else [])
        advance.refuse(lane.repository, run.ours, target)
    # What is restricted first: an open record may name what is not there yet, and nobody misses it.
    for run, target in zip(runs, targets, strict=True):
        remote = run.lane.remote
        if remote is None or run.lane.is_restricted in failed:
            continue
        try:
            if target != run.theirs:
                remote.push(run.lane.repository, target)
        except GitError as error:
            failed[run.lane.is_restricted] = (
                f"What is here was not sent, as {remote.name} or a hook refused: {error}. It is safe in this clone; "
                "try again with: slavefree sync"
            )
    with locked(desk):
        if any(run.lane.repository.head() != run.ours for run in runs):
            raise RejectedError
        moves = [
            Move(run.lane.is_restricted, run.ours, target)
            for run, target in zip(runs, targets, strict=True)
            if target != run.ours
        ]
        if moves:
            advance.advance(desk, moves)
    desk.reader.forget()
    for run, target in zip(runs, targets, strict=True):
        if run.lane.remote is not None and run.lane.is_restricted not in failed:
            run.lane.remote.alike(run.lane.repository, target)
    taken = halves.newest_first(received)
    if failed:
        raise OutsideError(f"{counted(len(taken), 'commit')} taken in. " + " ".join(failed.values()))
    inner = runs[0].lane.remote if len(runs) > 1 else None
    outer = runs[-1].lane.remote
    return Synced(
        ", ".join(each.shown for each in (outer, inner) if each),
        len(runs) > 1 and inner is None,
        outer is not None and runs[-1].theirs is None,
        taken,
        halves.newest_first(sent),
        found.renamed,
        found.conflicts,
        [thing_named(each) for each in kept],
    )


def _fetched(begun: list[Run]) -> tuple[list[Run], dict[bool, str]]:
    """Return the runs with what the remotes have; and of each that cannot be reached, by its kind, what is said of it.

    Raises:
        OutsideError: None can be reached; nothing is changed.
    """
    runs = []
    failed = {}
    for run in begun:
        theirs = None
        try:
            if run.lane.remote is not None:
                theirs = run.lane.remote.take(run.lane.repository, run.ours)
        except OutsideError as error:
            failed[run.lane.is_restricted] = str(error)
        runs.append(run._replace(theirs=theirs))
    if len(failed) == sum(run.lane.remote is not None for run in begun):
        raise OutsideError(" ".join(failed.values()))
    return runs, failed
