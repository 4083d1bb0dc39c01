"""What two clones did, brought together in a commit apart from the work tree, once it is found to be valid."""

import posixpath
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from slavefree_cli.errors import ConflictError, InvalidError, OutsideError
from slavefree_cli.git import snapshots
from slavefree_cli.git.commit import Trailers
from slavefree_cli.git.lookalikes import lookalikes
from slavefree_cli.git.repository import Repository
from slavefree_cli.git.snapshots import Snapshot
from slavefree_cli.model import looks
from slavefree_cli.model.kinds import RESTRICTED
from slavefree_cli.model.text import counted
from slavefree_cli.register import commits, places
from slavefree_cli.register.merge.conflict import Conflict, Side
from slavefree_cli.register.places import named
from slavefree_cli.register.restricted import WholeDesk
from slavefree_cli.work.care import checks, on_disk
from slavefree_cli.work.care.checks import Finding
from slavefree_cli.work.sync import lanes
from slavefree_cli.work.sync.file_by_file import Joined, joined
from slavefree_cli.work.sync.lanes import Run
from slavefree_cli.work.sync.made_files import make_again
from slavefree_cli.work.sync.restriction_wins import Tips, settled, thing_named, with_both_halves


class BothChangedError(ConflictError):
    """Fields that both sides changed; carries each."""

    def __init__(self, message: str, conflicts: list[Conflict]) -> None:
        super().__init__(message)
        self.conflicts = conflicts


class Together(NamedTuple):
    """What two clones come to."""

    found: Joined
    runs: list[Run]
    """The lanes: that of what is restricted may be new."""
    targets: list[str]
    """The commit of each lane, in their order."""
    kept: list[str]
    """What one side had opened and stays restricted, by its kind and id."""


def together(desk: WholeDesk, runs: list[Run], take: Side | None) -> Together:
    """Return what two clones come to, and the commits of it, of which some may be new.

    Args:
        desk: The register.
        runs: The restricted repository, where it is here, and the open one.
        take: Whose word counts where both changed the same thing.
    """
    if not any(run.has_news for run in runs):
        return Together(Joined({}, [], [], []), runs, [run.ours for run in runs], [])
    *inner, outer = runs
    shown = ", ".join(run.lane.remote.shown for run in reversed(runs) if run.has_news and run.lane.remote)
    sides = [run.sides() for run in runs]
    if sides[-1].fork is None:
        raise OutsideError(
            f"{shown} and this clone have no history in common, so they are two registers; nothing is changed. "
            "Clone the one that is there instead, or exchange with another remote."
        )
    prefix = outer.lane.repository.prefix(desk.root)
    if any(path.startswith(prefix + RESTRICTED) for path in sides[-1].theirs):
        raise ConflictError(
            f"{shown} keeps what is restricted in the open repository; nothing is changed here. Whoever sent it moves "
            "it into one of its own: slavefree restricted adopt, then slavefree sync"
        )
    if inner and places.MARKER in sides[0].theirs:
        raise InvalidError(
            f"{shown} holds {places.MARKER}, so it is a whole register and no repository of what is restricted; "
            "nothing is changed here. Name another place."
        )
    source = lanes.reading(outer.lane.repository, inner[0].lane.repository if inner else None)
    one = lanes.as_one(sides[-1], sides[0] if inner else None, prefix)
    tips = Tips(sides[-1].fork, outer.ours, outer.theirs)
    wins = settled(source, outer.lane.repository, prefix, tips, *one[1:])
    found = joined(source, prefix, wins.base, wins.ours, wins.theirs, take)
    found = found._replace(files=with_both_halves(source, prefix, found.files, (wins.ours, wins.theirs, wins.base)))
    if wins.restricted:
        found.merged.extend(_showing(found.files, prefix))
    _refuse_paths(shown, one.ours, one.theirs, found.files, prefix)
    if found.conflicts and take is None:
        raise BothChangedError(
            f"{counted(len(found.conflicts), 'thing was', 'things were')} changed both here and on {shown}; "
            "nothing is changed now. Put into yours what shall stand of both, then slavefree commit and slavefree "
            "sync; or let one side's word count for all of it: slavefree sync --take ours (or theirs)",
            found.conflicts,
        )
    is_merge = any(len(lanes.parents_of(*each)) > 1 for each in zip(runs, sides, strict=True))
    has = _checked(desk, source, shown, found, one.theirs, prefix, renews=is_merge or bool(wins.restricted))
    opened, hidden = lanes.apart(has, prefix)
    if hidden and not inner:
        # An edit of what others restricted: it is kept here, for when their restricted repository is fetched.
        runs, sides = [lanes.begun(desk), *runs], [lanes.begun(desk).sides(), *sides]
        hidden = {**sides[0].ours, **hidden}
    results = [hidden, opened][-len(runs) :]
    both = len(runs) > 1 and all(lanes.is_new(*each) for each in zip(runs, sides, results, strict=True))
    message = _message(runs, found, take)
    change = commits.new_change() if both else None
    targets = []
    for run, has_, is_ in zip(runs, sides, results, strict=True):
        trailers = Trailers("sync", change, () if run.lane.is_restricted else tuple(wins.restricted))
        targets.append(lanes.committed(run, has_, is_, source, message, trailers))
    for remark in _still_shown(source, opened, prefix, wins.words):
        desk.warn(remark)
    return Together(found, runs, targets, wins.kept)


def _showing(has: Snapshot, prefix: str) -> list[str]:
    """Return the files that may show what has become restricted, and are made again without it."""
    paths = (path.removeprefix(prefix) for path in has if path.startswith(prefix))
    return [path for path in paths if places.is_minutes(path) or places.is_made(path)]


def _still_shown(repository: Repository, has: Snapshot, prefix: str, words: list[tuple[str, str]]) -> Iterator[str]:
    """Yield in which line of an open file it still stands what something was called that is restricted since."""
    if not words:
        return
    paths = [path for path in has if path.startswith(prefix) and places.is_text(path)]
    held = snapshots.contents(repository, (has[path] for path in paths))
    for path in paths:
        lines = held.get(has[path].id, b"").decode(errors="replace").casefold().splitlines()
        for thing, said in words:
            for number, line in enumerate(lines, 1):
                if said.casefold() in line:
                    shown = places.shown(path.removeprefix(prefix), number)
                    yield f"{shown}: says what {thing_named(thing)} is about, which is restricted since; take it out."


def _message(runs: list[Run], found: Joined, take: Side | None) -> str:
    whose = {
        each.who
        for run in runs
        if run.has_news
        for each in run.lane.repository.log([run.lane.repository.top], since=run.ours, until=run.theirs or "HEAD")
    }
    names = ", ".join(sorted(whose))
    message = f"Take in what {names or 'others'} did"
    if found.conflicts:
        # Values are left out: some are restricted.
        places = ", ".join(dict.fromkeys(place_of(each) for each in found.conflicts))
        counts = names if take == "theirs" else runs[-1].lane.repository.who()
        message += f"; where both had changed something, the word of {counts} counts: {places}"
    return message


def _checked(
    desk: WholeDesk, source: Repository, shown: str, found: Joined, theirs: Snapshot, prefix: str, *, renews: bool
) -> Snapshot:
    """Return what came of two sides, once it is found to be valid.

    Args:
        desk: The register.
        source: The repository with the objects.
        shown: The remote, for people.
        found: What came of them.
        theirs: What the other side has.
        prefix: What stands before the paths of the register.
        renews: Whether what is made from records is made again.
    """
    if prefix + places.MARKER not in found.files:
        raise ConflictError(f"{shown} has no {places.MARKER} any more; nothing is changed here.")
    with _laid_out(desk, source, found.files, prefix) as apart:
        has = dict(found.files)
        if renews:
            for path, content in make_again(apart, found.merged).items():
                has[prefix + path] = snapshots.kept(source, content)
        new = _new_errors(checks.findings(apart, "error"), checks.findings(desk, "error"))
        if not new:
            _tell_deceiving(desk, apart)
    if not new:
        return has
    with _laid_out(desk, source, theirs, prefix) as apart:
        from_there = _new_errors(checks.findings(apart, "error"), checks.findings(desk, "error"))
    if from_there:
        raise InvalidError(
            f"{shown} has what is not valid: {checks.first_of(from_there)} Nothing is "
            "changed here. Have it mended there; or take it as it is with git merge, mend it here, and sync again."
        )
    raise ConflictError(
        f"What was done here and on {shown} does not fit together: {checks.first_of(new)} "
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
        # What became restricted there may be shown here: then it is told by check, and nothing goes out that shows it.
        if before[key] <= 0 and each.check.code != on_disk.RESTRICTED_SHOWN:
            new.append(each)
        before[key] -= 1
    return new


@contextmanager
def _laid_out(desk: WholeDesk, repository: Repository, has: Snapshot, prefix: str) -> Iterator[WholeDesk]:
    """Give the register of a commit to be read, in a folder among git's own that is gone afterwards."""
    with snapshots.laid_out(repository, has, prefix, places.is_text) as folder:
        yield WholeDesk(folder, commits=False, warn=desk.warn, command=desk.command)


def _refuse_paths(shown: str, ours: Snapshot, theirs: Snapshot, result: Snapshot, prefix: str) -> None:
    """Refuse names that some system cannot keep, or that mean something to git or to this program."""
    for folder in set(lookalikes(result)) - set(lookalikes(ours)):
        raise ConflictError(
            f"{shown} has files in {folder or 'its uppermost folder'} that make git take it for a repository, "
            "whose settings could have it run anything; nothing is changed here. Have them taken out, and ask who put "
            "them there."
        )
    if shared := [path for path in result if path.startswith(prefix) and places.in_outbox(path.removeprefix(prefix))]:
        whose = "this clone" if shared[0] in ours else shown
        raise ConflictError(
            f"{whose} has {shared[0]!r} in git, and the outbox is nobody else's; nothing is changed here. Have it "
            f"taken out (git rm -r --cached {posixpath.dirname(shared[0])}), and ask who put it there."
        )
    for path in theirs:
        record = path.startswith(prefix) and places.is_place(path.removeprefix(prefix))
        if record and snapshots.is_empty(theirs[path]) and path in ours and not snapshots.is_empty(ours[path]):
            raise InvalidError(
                f"{shown} has nothing any more in {path.removeprefix(prefix)}, as a power cut leaves a file; "
                "nothing is changed here. Have it brought back there."
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
                f"Here and on {shown} there is a file that {problem}: {path.removeprefix(prefix)!r}; nothing is "
                "changed. Have it renamed."
            )


def place_of(conflict: Conflict) -> str:
    """Return where a conflict is, in words that say nothing restricted."""
    field = conflict.field if not conflict.file.startswith(RESTRICTED) else ""
    return " ".join(filter(None, (named(conflict.file), field)))
