"""What two clones did, brought together in a commit apart from the work tree, once it is found to be valid."""

import posixpath
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from slavefree_cli.errors import ConflictError, InvalidError, OutsideError
from slavefree_cli.git import snapshots
from slavefree_cli.git.lookalikes import lookalikes
from slavefree_cli.git.remote import Remote
from slavefree_cli.git.repository import Repository
from slavefree_cli.git.snapshots import Snapshot
from slavefree_cli.model import looks
from slavefree_cli.model.kinds import RESTRICTED
from slavefree_cli.model.text import counted
from slavefree_cli.register import places
from slavefree_cli.register.merge.conflict import Conflict, Side
from slavefree_cli.register.places import named
from slavefree_cli.register.restricted import WholeDesk
from slavefree_cli.work.care import checks
from slavefree_cli.work.care.checks import Finding
from slavefree_cli.work.sync.file_by_file import Joined, joined
from slavefree_cli.work.sync.made_files import make_again


class BothChangedError(ConflictError):
    """Fields that both sides changed; carries each."""

    def __init__(self, message: str, conflicts: list[Conflict]) -> None:
        super().__init__(message)
        self.conflicts = conflicts


def together(
    desk: WholeDesk, repository: Repository, remote: Remote, ours: str, theirs: str, take: Side | None
) -> tuple[Joined, str]:
    """Return what two commits come to, and the commit of it."""
    fork = repository.fork(ours, theirs)
    if fork is None:
        raise OutsideError(
            f"{remote.shown} and this clone have no history in common, so they are two registers; nothing is changed. "
            "Clone the one that is there instead, or exchange with another remote."
        )
    prefix = repository.prefix(desk.root)
    base, mine, other = (snapshots.of(repository, commit) for commit in (fork, ours, theirs))
    found = joined(repository, prefix, base, mine, other, take)
    _refuse_paths(remote, mine, other, found.files, prefix)
    if found.conflicts and take is None:
        raise BothChangedError(
            f"{counted(len(found.conflicts), 'thing was', 'things were')} changed both here and on {remote.shown}; "
            "nothing is changed now. Put into yours what shall stand of both, then slavefree commit and slavefree "
            "sync; or let one side's word count for all of it: slavefree sync --take ours (or theirs)",
            found.conflicts,
        )
    is_merge = fork != ours
    has = _checked(desk, repository, remote, found, other, prefix, is_merge=is_merge)
    if has == other and not is_merge:
        return found, theirs
    names = ", ".join(sorted({each.who for each in repository.log([repository.top], since=ours, until=theirs)}))
    message = f"Take in what {names or 'others'} did"
    if found.conflicts:
        # Values are left out: some are restricted.
        places = ", ".join(dict.fromkeys(place_of(each) for each in found.conflicts))
        whose = names if take == "theirs" else repository.who()
        message += f"; where both had changed something, the word of {whose} counts: {places}"
    parents = [ours, theirs] if is_merge else [theirs]
    return found, snapshots.committed(repository, has, parents, message, "sync")


def _checked(
    desk: WholeDesk,
    repository: Repository,
    remote: Remote,
    found: Joined,
    theirs: Snapshot,
    prefix: str,
    *,
    is_merge: bool,
) -> Snapshot:
    """Return what came of two sides, what is made from records made again, once it is found to be valid."""
    if prefix + places.MARKER not in found.files:
        raise ConflictError(f"{remote.shown} has no {places.MARKER} any more; nothing is changed here.")
    with _laid_out(desk, repository, found.files, prefix) as apart:
        has = dict(found.files)
        if is_merge:
            for path, content in make_again(apart, found.merged).items():
                has[prefix + path] = snapshots.kept(repository, content)
        new = _new_errors(checks.findings(apart, "error"), checks.findings(desk, "error"))
        if not new:
            _tell_deceiving(desk, apart)
    if not new:
        return has
    with _laid_out(desk, repository, theirs, prefix) as apart:
        from_there = _new_errors(checks.findings(apart, "error"), checks.findings(desk, "error"))
    if from_there:
        raise InvalidError(
            f"{remote.shown} has what is not valid: {checks.first_of(from_there)} Nothing is "
            "changed here. Have it mended there; or take it as it is with git merge, mend it here, and sync again."
        )
    raise ConflictError(
        f"What was done here and on {remote.shown} does not fit together: {checks.first_of(new)} "
        "Nothing is changed. Change here what it rests on, or undo it (slavefree log tells what was done), and sync "
        "again."
    )


def _tell_deceiving(desk: WholeDesk, apart: WholeDesk) -> None:
    """Say whose name is not what it looks like, of what was taken in."""
    known = {(each.id, said) for each, _, said in looks.deceiving(desk.records)}
    for each, _, said in looks.deceiving(apart.records):
        if (each.id, said) not in known:
            desk.warn(f"What was taken in has a name that is not what it looks like: {each.name} ({each.id}) {said}.")


def _new_errors(found: list[Finding], known: list[Finding]) -> list[Finding]:
    before = Counter((each.check.code, each.file, each.message) for each in known)
    new = []
    for each in found:
        key = (each.check.code, each.file, each.message)
        if before[key] <= 0:
            new.append(each)
        before[key] -= 1
    return new


@contextmanager
def _laid_out(desk: WholeDesk, repository: Repository, has: Snapshot, prefix: str) -> Iterator[WholeDesk]:
    """Give the register of a commit to be read, in a folder among git's own that is gone afterwards."""
    with snapshots.laid_out(repository, has, prefix, places.is_text) as folder:
        yield WholeDesk(folder, commits=False, warn=desk.warn, command=desk.command)


def _refuse_paths(remote: Remote, ours: Snapshot, theirs: Snapshot, result: Snapshot, prefix: str) -> None:
    """Refuse names that some system cannot keep, or that mean something to git or to this program."""
    for folder in set(lookalikes(result)) - set(lookalikes(ours)):
        raise ConflictError(
            f"{remote.shown} has files in {folder or 'its uppermost folder'} that make git take it for a repository, "
            "whose settings could have it run anything; nothing is changed here. Have them taken out, and ask who put "
            "them there."
        )
    folders = {posixpath.dirname(path) for path in result}
    folders |= {"/".join(each.split("/")[:depth]) for each in folders for depth in range(1, each.count("/") + 1)}
    folded: dict[str, str] = {}
    for path in result:
        other = folded.setdefault(path.casefold(), path)
        problem = None
        if path in theirs and path not in ours:
            problem = snapshots.path_problem(path)
            if path.startswith(prefix) and places.is_own_temporary(path):
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
    field = conflict.field if not conflict.file.startswith(RESTRICTED) else ""
    return " ".join(filter(None, (named(conflict.file), field)))
