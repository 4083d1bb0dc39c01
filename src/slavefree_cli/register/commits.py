"""What the door for writing asks of git: whether to commit, what must be committed first, and the commits."""

import os
from collections.abc import Iterable
from typing import NamedTuple

from slavefree_cli.errors import ConflictError, OutsideError
from slavefree_cli.git.commit import Trailers
from slavefree_cli.git.process import GitError, NoRepositoryError
from slavefree_cli.git.repository import Repository
from slavefree_cli.model.agenda import Agenda, hidden_between
from slavefree_cli.model.kinds import Records
from slavefree_cli.model.text import counted, several
from slavefree_cli.register import files, own_changes, parse, places, repositories
from slavefree_cli.register.desk import Desk
from slavefree_cli.register.repositories import Part

_BY_HAND = "edited by hand"
_NAMED_MOST = 5
"""How many of the files that were edited by hand a message names."""

_INTRODUCTION = 'git config --global user.name "Your Name" and git config --global user.email you@example.org'


def usable(desk: Desk) -> Repository | None:
    """Return the repository to commit in, where that is asked for; where there is none to be had, say so.

    Raises:
        OutsideError: A merge, rebase or the like is in progress.
    """
    if not desk.commits:
        return None
    try:
        repository = desk.repository
    except NoRepositoryError as error:
        desk.warn(f"Saved without a commit: {error}. To keep a history: git init, then slavefree commit")
        return None
    except GitError as error:
        desk.warn(f"Saved without a commit: {error}. When that is put right: slavefree commit")
        return None
    _refuse_busy(repository)
    if repository.identity_problem():
        desk.warn(
            f"Saved without a commit: git does not know who you are. Tell it with: {_INTRODUCTION}, then: "
            "slavefree commit"
        )
        return None
    return repository


def needed(desk: Desk, undone: str) -> Repository:
    """Return the repository to commit in, of what cannot be done without.

    Args:
        desk: Where the register is.
        undone: What is not done where git does not know who commits, as in ``exchanged``.

    Raises:
        GitError: There is none to be had.
        OutsideError: A merge, rebase or the like is in progress, or git does not know who commits.
    """
    repository = desk.repository
    _refuse_busy(repository)
    if problem := repository.identity_problem():
        raise OutsideError(f"Nothing is {undone}: {problem}. Tell git who you are: {_INTRODUCTION}")
    return repository


def _refuse_busy(repository: Repository) -> None:
    if what := repository.busy():
        raise OutsideError(
            f"A {what} is in progress, and git commits nothing else until it ends; nothing is changed. "
            f"Finish it (git {what} --continue) or give it up (git {what} --abort)."
        )


def new_change() -> str:
    """Return what the two commits of a command will have in common."""
    import secrets

    return secrets.token_hex(8)


class Said(NamedTuple):
    """What the commits of one command say."""

    message: str
    command: str
    change: str
    """What they have in common, where there are two."""
    restricted: tuple[str, ...] = ()
    """What became restricted: each its kind, and its id or what its slug was."""


def ready(desk: Desk, paths: Iterable[str]) -> list[Part]:
    """Commit hand edits of the files about to change by themselves; return those of the files that are committed then.

    Raises:
        ConflictError: A file is staged in part, and a commit would take the rest along.
        OutsideError: Git refused.
    """
    if usable(desk) is None:
        return []
    try:
        return [part for each in repositories.parts(desk, paths) if (part := _ready(desk, each)).paths]
    except GitError as error:
        raise OutsideError(f"Git refused before anything was written: {error}. Nothing is changed.") from None


def commit(desk: Desk, parts: list[Part], said: Said) -> None:
    """Commit files as they were just written, and nothing else, each in its repository.

    Raises:
        OutsideError: Git did not; the files stay as written.
    """
    try:
        for part in parts:
            restricted = () if part.is_restricted else said.restricted
            trailers = Trailers(said.command, said.change if len(parts) > 1 else None, restricted)
            part.repository.commit(part.paths, said.message, trailers)
        own_changes.add(desk, parts)
    except GitError as error:
        raise OutsideError(
            f"Saved, but git did not commit it: {error}. When that is put right: slavefree commit"
        ) from None


def by_hand(desk: Desk, part: Part) -> str:
    """Return what the history says of files that were edited by hand; of restricted ones only how many."""
    if part.is_restricted:
        return f"Edited by hand: {counted(len(part.paths), 'restricted file')}"
    names = sorted(os.path.relpath(path, desk.root) for path in part.paths)
    return f"Edited by hand: {several(names, _NAMED_MOST)}"


def restricts(desk: Desk, part: Part) -> tuple[str, ...]:
    """Return what became restricted by edits of hand that are not committed yet: as ``Said.restricted``.

    Raises:
        GitError: Git refused.
    """
    if part.is_restricted:
        return ()
    from slavefree_cli.git import snapshots

    repository, found = part.repository, []
    prefix = repository.prefix(desk.root)
    names = [os.path.relpath(path, desk.root).replace(os.sep, "/") for path in part.paths]
    before = snapshots.of(repository, "HEAD") if repository.head() else {}
    for name in names:
        place = places.place_of(name)
        if place is None or prefix + name not in before:
            continue
        if not os.path.lexists(desk.path(name)) and os.path.lexists(desk.path(places.in_other_tree(name))):
            found.append(f"{place.kind.noun} {place.id}")
        elif place.kind is Records.agendas and os.path.isfile(desk.path(name)):
            (was,) = snapshots.contents(repository, [before[prefix + name]]).values()
            one, other = (_agenda(name, place, each) for each in (was, files.read(desk.root, name, linked=True)))
            found += [f"item {slug}" for slug in hidden_between(one, other)]
    return tuple(found)


def _ready(desk: Desk, part: Part) -> Part:
    repository = part.repository
    _refuse_busy(repository)
    ignored = repository.ignored(part.paths)
    paths = [path for path in part.paths if path not in ignored]
    if ignored:
        desk.warn(f"Saved without a commit, as git is told to ignore it: {files.names(os.curdir, ignored)}")
    states = repository.states(paths) if paths else {}
    for path, state in states.items():
        if state[0] not in " ?" and state[1] != " ":
            raise ConflictError(
                f"{files.names(os.curdir, [path])} is staged in part, and a commit would take the rest along; "
                "nothing is changed. Commit it or unstage it first."
            )
    if edited := [path for path in states if path in paths]:
        some = part._replace(paths=edited)
        repository.commit(edited, by_hand(desk, some), Trailers(_BY_HAND, None, restricts(desk, some)))
    return part._replace(paths=paths)


def _agenda(path: str, place: places.Place, content: bytes) -> Agenda:
    """Return an agenda as it stands in a file; one with nothing on it, where that is none."""
    found = parse.tried(Agenda, place.placed, path, content.decode(errors="replace"))
    return found.record if isinstance(found, parse.Read) and isinstance(found.record, Agenda) else Agenda(id=place.id)
