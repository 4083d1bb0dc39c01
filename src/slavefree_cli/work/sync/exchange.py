"""Exchanging with the other clones: fetched, brought together apart from the work tree, checked, pushed, taken in.

The work tree is as it was until everything fits. Nothing is forced, stashed or merged by git.
"""

import os
from contextlib import suppress
from typing import NamedTuple

from slavefree_cli.errors import ConflictError, OutsideError
from slavefree_cli.git import snapshots
from slavefree_cli.git.process import GitError
from slavefree_cli.git.remote import RejectedError, Remote, remote_of
from slavefree_cli.git.repository import Commit, Repository
from slavefree_cli.model.text import counted, several
from slavefree_cli.register import advance, commits, files, places, recovery
from slavefree_cli.register.lock import LOCK_SECONDS, held, locked
from slavefree_cli.register.merge.conflict import Conflict, Side
from slavefree_cli.register.restricted import WholeDesk
from slavefree_cli.work.sync.file_by_file import Joined
from slavefree_cli.work.sync.histories import together
from slavefree_cli.work.sync.new_ids import Renaming

ATTEMPTS = 5
"""How often what the others pushed meanwhile is fetched and brought together again."""


class Synced(NamedTuple):
    """What was exchanged."""

    remote: str
    received: list[Commit]
    sent: list[Commit]
    renamed: list[Renaming]
    settled: list[Conflict]
    """What both sides changed and one side's word settled."""


def sync(desk: WholeDesk, take: Side | None = None) -> Synced:
    """Exchange commits with the remote.

    Args:
        desk: The register.
        take: Whose word counts where both sides changed the same thing.

    Raises:
        OutsideError: Git, the remote or a hook refused; the message says what is done and what is not.
        ConflictError: Files were edited by hand and not committed, or the two sides do not fit together.
        BothChangedError: Both sides changed the same field.
        InvalidError: What the others have is not valid.
    """
    try:
        repository = commits.needed(desk, "exchanged")
        remote = remote_of(repository)
        # No other sync of this work tree is at work meanwhile.
        alone = os.path.join(repository.git_dir, "slavefree-sync.lock")
        said = "Another sync has been at work here for ten seconds; nothing is changed."
        with held(alone, LOCK_SECONDS, said):
            for _ in range(ATTEMPTS):
                with suppress(RejectedError):
                    return _exchanged(desk, repository, remote, _begun(desk, repository), take)
    except GitError as error:
        raise OutsideError(f"Git refused: {error}. Nothing is changed here.") from None
    raise OutsideError(
        f"{remote.shown} got something new {ATTEMPTS} times while this was at work; nothing is changed. Try again."
    )


def _begun(desk: WholeDesk, repository: Repository) -> str:
    """Return the commit that is here, everything being as committed and nothing left over."""
    with locked(desk):
        recovery.finish(desk)
        files.clear_left_over(desk.root, desk.reader.NOT_OPENED)
        snapshots.clear_left_over(repository)
        states = repository.settled([desk.root])
        edited = sorted(os.path.relpath(path) for path in states if not places.is_own_temporary(path))
        if edited:
            raise ConflictError(
                f"{several(edited, 5)} {'is' if len(edited) == 1 else 'are'} edited and not committed; nothing is "
                "exchanged. Commit first: slavefree commit"
            )
        ours = repository.head()
    if ours is None:
        raise OutsideError("Nothing is committed here yet, so there is nothing to exchange: slavefree commit")
    return ours


def _exchanged(desk: WholeDesk, repository: Repository, remote: Remote, ours: str, take: Side | None) -> Synced:
    """Fetch, bring the commit that is here and what the others have together, push and take in what came of it.

    Raises:
        RejectedError: The remote, or this clone, got something new meanwhile; nothing is changed.
    """
    theirs = remote.fetch(repository)
    found, target = Joined({}, [], [], []), ours
    if theirs is not None and not repository.is_before(theirs, ours):
        found, target = together(desk, repository, remote, ours, theirs, take)
    received = [] if theirs is None else repository.log([repository.top], since=ours, until=theirs)
    sent = repository.log([repository.top], since=theirs, until=target)
    advance.refuse(repository, ours, target)
    problem = None
    if target != theirs:
        try:
            remote.push(repository, target)
        except GitError as error:
            problem = str(error)
    with locked(desk):
        if repository.head() != ours:
            raise RejectedError
        if target != ours:
            advance.advance(desk, ours, target)
    desk.reader.forget()
    if problem is not None:
        raise OutsideError(
            f"{counted(len(received), 'commit')} taken in. What is here was not sent, as {remote.name} or a hook "
            f"refused: {problem}. It is safe in this clone; try again with: slavefree sync"
        )
    return Synced(remote.shown, received, sent, found.renamed, found.conflicts)
