"""What comes out when something restricted is opened, and whether that is one's own to decide."""

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from slavefree_cli.git import snapshots
from slavefree_cli.git.commit import Commit
from slavefree_cli.git.process import GitError
from slavefree_cli.git.repository import Repository
from slavefree_cli.model.agenda import Agenda
from slavefree_cli.model.kinds import RESTRICTED, Records
from slavefree_cli.register import own_changes, places
from slavefree_cli.register.agenda_files import items
from slavefree_cli.register.restricted import WholeDesk
from slavefree_cli.register.restrictions import ITEM, History
from slavefree_cli.register.toml.statements import read

_NEVER_OUT: Final = frozenset({"reason", "position", "minutes", "restricted"})


class Opening(NamedTuple):
    """What opening something restricted comes to."""

    named: str
    """What it is, by its kind and id."""
    by_others: bool
    """Whether another clone restricted it, or wrote in it since."""
    comes_out: list[str]
    """What was written in it since it was open last, if it ever was: each what it is, and the words."""


def of_record(desk: WholeDesk, path: str) -> Opening:
    """Return what opening a restricted record comes to.

    Args:
        desk: The register.
        path: Its file in the restricted tree.
    """
    place = places.place_of(path)
    noun, id = (place.kind.noun, place.id) if place else ("file", path)
    now = read(_present(desk, path)) or {}
    return Opening(f"{noun} {id.upper()}", _by_others(desk, path), _comes_out(desk, noun, id, now))


def of_item(desk: WholeDesk, meeting: str, stub: str) -> Opening:
    """Return what opening a restricted item of a meeting comes to, named by the slug that it has."""
    path = RESTRICTED + Records.agendas.path(Agenda(id=meeting))
    now = items(_present(desk, path).decode(errors="replace")).get(stub, {})
    return Opening(f"{ITEM} {stub}", _by_others(desk, path, stub), _comes_out(desk, ITEM, stub, now))


def _present(desk: WholeDesk, path: str) -> bytes:
    from slavefree_cli.register import files

    try:
        return files.read(desk.root, path, linked=True)
    except (FileNotFoundError, files.UnreadableError):
        return b""


def _comes_out(desk: WholeDesk, noun: str, id: str, now: Mapping[str, Any]) -> list[str]:
    """Return what a restricted record says that it did not when it was open last."""
    was: Mapping[str, Any] = {}
    try:
        repository = desk.repository
        history = History(repository, repository.prefix(desk.root))
        made = history.restricted("HEAD") if repository.head() else []
        last = next((each for each in made if id in {each.id if noun != ITEM else each.stub} and each.open_last), None)
        if last and last.open_last:
            content = next(iter(snapshots.contents(repository, [last.open_last]).values()), b"")
            text = content.decode(errors="replace")
            was = items(text).get(last.id, {}) if noun == ITEM else read(content) or {}
    except GitError:
        pass
    return list(_differing("", was, now))


def _differing(prefix: str, was: Mapping[str, Any], now: Mapping[str, Any]) -> list[str]:
    found = []
    for key, value in now.items():
        if value == was.get(key) or (not prefix and key in _NEVER_OUT):
            continue
        if isinstance(value, Mapping) and "text" in value:
            found.append(f"a note: {value['text']}")
        elif isinstance(value, Mapping):
            before = was.get(key)
            found += _differing(f"{prefix}{key}.", before if isinstance(before, Mapping) else {}, value)
        else:
            found.append(f"{prefix}{key}: {value}")
    return found


def _by_others(desk: WholeDesk, path: str, stub: str | None = None) -> bool:
    """Tell whether a commit of somebody else touched a restricted file, or an item in it."""
    try:
        inner = desk.inner
        if inner is None:
            return False
        own = frozenset().union(*own_changes.newest_first(desk))
        commits = inner.log([desk.path(path)])
        foreign = (each for each in commits if each.id not in own and each.command != "sync")
        return any(stub is None or _touches(inner, each, path, stub) for each in foreign)
    except GitError:
        return False


def _touches(inner: Repository, commit: Commit, path: str, stub: str) -> bool:
    file = path.removeprefix(RESTRICTED)
    said = []
    for each in [commit.id, *inner.parents(commit.id)[:1]]:
        blob = snapshots.of(inner, each).get(file)
        content = next(iter(snapshots.contents(inner, [blob]).values()), b"") if blob else b""
        said.append(items(content.decode(errors="replace")).get(stub))
    return said[0] != (said[1] if len(said) > 1 else None)
