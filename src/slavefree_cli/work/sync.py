"""Exchanging with the other clones: fetched, brought together apart from the work tree, checked, pushed, taken in.

The work tree is as it was until everything fits. Nothing is forced, stashed or merged by git.
"""

import os
import posixpath
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from slavefree_cli.errors import ConflictError, InvalidError, OutsideError
from slavefree_cli.model.text import without_addresses
from slavefree_cli.register import advance, commits, files, git, layout, redo, versions
from slavefree_cli.register.change import LOCK_SECONDS, locked
from slavefree_cli.register.exchange import RejectedError, Remote, remote_of
from slavefree_cli.register.git import Commit
from slavefree_cli.register.merge.conflict import Conflict, Side
from slavefree_cli.register.restricted import WholeRegister
from slavefree_cli.register.versions import Files
from slavefree_cli.work import checks
from slavefree_cli.work.checks import Finding
from slavefree_cli.work.hand_edits import named
from slavefree_cli.work.joining import Joined, joined
from slavefree_cli.work.made_files import make_again
from slavefree_cli.work.renaming import Renaming

ATTEMPTS = 5
"""How often what the others pushed meanwhile is fetched and brought together again."""


class BothChangedError(ConflictError):
    """Fields that both sides changed; carries each."""

    def __init__(self, message: str, conflicts: list[Conflict]) -> None:
        super().__init__(message)
        self.conflicts = conflicts


class Synced(NamedTuple):
    """What was exchanged."""

    remote: str
    received: list[Commit]
    sent: list[Commit]
    renamed: list[Renaming]
    settled: list[Conflict]
    """What both sides changed and one side's word settled."""


class _Sides(NamedTuple):
    """The commits that are brought together: what is here and what the others have."""

    ours: str
    theirs: str | None


def sync(register: WholeRegister, take: Side | None = None) -> Synced:
    """Exchange commits with the remote.

    Args:
        register: The register.
        take: Whose word counts where both sides changed the same thing.

    Raises:
        OutsideError: Git, the remote or a hook refused; the message says what is done and what is not.
        ConflictError: Files were edited by hand and not committed, or the two sides do not fit together.
        BothChangedError: Both sides changed the same field.
        InvalidError: What the others have is not valid.
    """
    try:
        repository = _repository(register)
        remote = remote_of(repository)
        with _alone(repository):
            for _ in range(ATTEMPTS):
                ours = _begun(register, repository)
                try:
                    sides = _Sides(ours, remote.fetch(repository))
                    return _exchanged(register, repository, remote, sides, take)
                except RejectedError:
                    continue
    except git.GitError as error:
        raise OutsideError(f"Git refused: {error}. Nothing is changed here.") from None
    raise OutsideError(
        f"{remote.shown} got something new {ATTEMPTS} times while this was at work; nothing is changed. Try again."
    )


def _begun(register: WholeRegister, repository: git.Repository) -> str:
    """Return the commit that is here, everything being as committed and nothing left over."""
    with locked(register.root):
        redo.finish(register)
        files.clear_left_over(register.root, register.NOT_OPENED)
        versions.clear_left_over(repository)
        _refuse_edits(register, repository)
        ours = repository.head()
    if ours is None:
        raise OutsideError("Nothing is committed here yet, so there is nothing to exchange: slavefree commit")
    return ours


@contextmanager
def _alone(repository: git.Repository) -> Iterator[None]:
    """Let no other sync of this work tree be at work."""
    import filelock

    try:
        with filelock.FileLock(os.path.join(repository.git_dir, "slavefree-sync.lock"), timeout=LOCK_SECONDS):
            yield
    except filelock.Timeout:
        raise ConflictError("Another sync has been at work here for ten seconds; nothing is changed.") from None


def _exchanged(
    register: WholeRegister, repository: git.Repository, remote: Remote, sides: _Sides, take: Side | None
) -> Synced:
    """Bring two sides together, push and take in what came of it.

    Raises:
        RejectedError: The remote, or this clone, got something new meanwhile; nothing is changed.
    """
    ours, theirs = sides
    together = Joined({}, [], [], [])
    target = ours
    if theirs is not None and not versions.is_before(repository, theirs, ours):
        together, target = _together(register, repository, remote, ours, theirs, take)
    received = [] if theirs is None else repository.log([repository.top], since=ours, until=theirs)
    sent = repository.log([repository.top], since=theirs, until=target)
    advance.refuse(repository, ours, target)
    problem = None
    if target != theirs:
        try:
            remote.push(repository, target)
        except git.GitError as error:
            problem = str(error)
    with locked(register.root):
        if repository.head() != ours:
            raise RejectedError
        if target != ours:
            advance.advance(register, repository, ours, target)
    register.forget()
    if problem is not None:
        raise OutsideError(
            f"{_many(len(received))} taken in. What is here was not sent, as {remote.name} or a hook refused: "
            f"{problem}. It is safe in this clone; try again with: slavefree sync"
        )
    return Synced(remote.shown, received, sent, together.renamed, together.conflicts)


def _together(
    register: WholeRegister, repository: git.Repository, remote: Remote, ours: str, theirs: str, take: Side | None
) -> tuple[Joined, str]:
    """Return what two commits come to, and the commit of it."""
    fork = versions.fork(repository, ours, theirs)
    if fork is None:
        raise OutsideError(
            f"{remote.shown} and this clone have no history in common, so they are two registers; nothing is changed. "
            "Clone the one that is there instead, or exchange with another remote."
        )
    prefix = _prefix(register, repository)
    base, mine, other = (versions.files(repository, commit) for commit in (fork, ours, theirs))
    together = joined(repository, prefix, base, mine, other, take)
    _refuse_paths(remote, mine, other, together.files, prefix)
    if together.conflicts and take is None:
        number = len(together.conflicts)
        raise BothChangedError(
            f"{number} thing{' was' if number == 1 else 's were'} changed both here and on {remote.shown}; nothing is "
            "changed now. Put into yours what shall stand of both, then slavefree commit and slavefree sync; or let "
            "one side's word count for all of it: slavefree sync --take ours (or theirs)",
            together.conflicts,
        )
    is_merge = fork != ours
    has = _checked(register, repository, remote, together, other, prefix, is_merge=is_merge)
    if has == other and not is_merge:
        return together, theirs
    names = ", ".join(sorted({each.who for each in repository.log([repository.top], since=ours, until=theirs)}))
    message = f"Take in what {names or 'others'} did"
    if together.conflicts:
        # Values are left out: some are restricted.
        places = ", ".join(dict.fromkeys(place_of(each) for each in together.conflicts))
        whose = names if take == "theirs" else repository.who()
        message += f"; where both had changed something, the word of {whose} counts: {places}"
    parents = [ours, theirs] if is_merge else [theirs]
    return together, versions.committed(repository, has, parents, without_addresses(message), "sync")


def _checked(
    register: WholeRegister,
    repository: git.Repository,
    remote: Remote,
    together: Joined,
    theirs: Files,
    prefix: str,
    *,
    is_merge: bool,
) -> Files:
    """Return what came of two sides, what is made from records made again, once it is found to be valid."""
    if prefix + layout.MARKER not in together.files:
        raise ConflictError(f"{remote.shown} has no {layout.MARKER} any more; nothing is changed here.")
    with _laid_out(register, repository, together.files, prefix) as apart:
        has = dict(together.files)
        if is_merge:
            for path, content in make_again(apart, together.merged).items():
                has[prefix + path] = versions.kept(repository, content)
        new = _new_errors(checks.findings(apart), checks.findings(register))
    if not new:
        return has
    with _laid_out(register, repository, theirs, prefix) as apart:
        from_there = _new_errors(checks.findings(apart), checks.findings(register))
    more = f" (and {len(new) - 1} more)" if len(new) > 1 else ""
    if from_there:
        raise InvalidError(
            f"{remote.shown} has what is not valid: {from_there[0].place}: {from_there[0].message}{more} Nothing is "
            "changed here. Have it mended there; or take it as it is with git merge, mend it here, and sync again."
        )
    raise ConflictError(
        f"What was done here and on {remote.shown} does not fit together: {new[0].place}: {new[0].message}{more} "
        "Nothing is changed. Change here what it rests on, or undo it (slavefree log tells what was done), and sync "
        "again."
    )


def _new_errors(found: list[Finding], known: list[Finding]) -> list[Finding]:
    before = Counter((each.code, each.file, each.message) for each in known)
    new = []
    for each in found:
        key = (each.code, each.file, each.message)
        if each.severity == "error" and not before[key]:
            new.append(each)
        before[key] -= 1
    return new


@contextmanager
def _laid_out(register: WholeRegister, repository: git.Repository, has: Files, prefix: str) -> Iterator[WholeRegister]:
    """Give the register of a commit to be read, in a folder among git's own that is gone afterwards."""
    import shutil
    import tempfile

    folder = tempfile.mkdtemp(prefix="slavefree-", dir=repository.git_dir)
    try:
        versions.lay_out(repository, has, prefix, folder)
        yield WholeRegister(folder, commit=False, warn=register.warn, command=register.command)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _repository(register: WholeRegister) -> git.Repository:
    repository = git.find(register.root)
    if what := repository.busy():
        raise OutsideError(commits.in_progress(what))
    if problem := repository.identity_problem():
        raise OutsideError(
            f"Nothing is exchanged: {problem}. Tell git who you are: git config --global user.name "
            '"Your Name" and git config --global user.email you@example.org'
        )
    return repository


def _refuse_edits(register: WholeRegister, repository: git.Repository) -> None:
    edited = sorted(
        os.path.relpath(path, register.root)
        for path in repository.states([register.root])
        if not os.path.basename(path).startswith(".slavefree")
    )
    if edited:
        more = f" and {len(edited) - 5} more" if len(edited) > 5 else ""
        raise ConflictError(
            f"{', '.join(edited[:5])}{more} {'is' if len(edited) == 1 else 'are'} edited and not committed; nothing is "
            "exchanged. Commit first: slavefree commit"
        )


def _refuse_paths(remote: Remote, ours: Files, theirs: Files, result: Files, prefix: str) -> None:
    """Refuse names that some system cannot keep, or that mean something to git or to this program."""
    folders = {posixpath.dirname(path) for path in result}
    folders |= {"/".join(each.split("/")[:depth]) for each in folders for depth in range(1, each.count("/") + 1)}
    folded: dict[str, str] = {}
    for path in result:
        other = folded.setdefault(path.casefold(), path)
        problem = None
        if path in theirs and path not in ours:
            problem = versions.path_problem(path)
            if path.startswith(prefix) and posixpath.basename(path).startswith(".slavefree"):
                problem = "is called as only what a command is at work on is called"
        if path in folders:
            problem = "is a file on one side and a folder on the other"
        elif other != path and not (path in ours and other in ours) and path.startswith(prefix):
            problem = f"differs from {other.removeprefix(prefix)} only in the case of letters, which many cannot keep"
        if problem is not None:
            raise ConflictError(
                f"Here and on {remote.shown} there is a file that {problem}: {path.removeprefix(prefix)!r}; nothing is "
                "changed. Have it renamed."
            )


def place_of(conflict: Conflict) -> str:
    """Return where a conflict is, in words that say nothing restricted."""
    field = conflict.field if not conflict.file.startswith(layout.RESTRICTED) else ""
    return " ".join(filter(None, (named(conflict.file), field)))


def _prefix(register: WholeRegister, repository: git.Repository) -> str:
    path = os.path.relpath(register.root, repository.top).replace(os.sep, "/")
    return "" if path == "." else path + "/"


def _many(number: int) -> str:
    return f"{number} commit{'' if number == 1 else 's'}"
