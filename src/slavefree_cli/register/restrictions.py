"""What became restricted in the history of the open repository, which a clone without the restricted part reads too."""

from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from slavefree_cli.git import snapshots
from slavefree_cli.git.commit import Commit
from slavefree_cli.git.repository import Repository
from slavefree_cli.git.snapshots import Snapshot
from slavefree_cli.model.kinds import Records
from slavefree_cli.register import places
from slavefree_cli.register.agenda_files import items

ITEM: Final = "item"
_MERGE: Final = 2
"""How many commits a merge of ours follows."""


class Restriction(NamedTuple):
    """One thing that became restricted."""

    commit: str
    noun: str
    id: str
    """Its code; of an item the slug that it had."""
    meeting: str = ""
    """The meeting of an item."""
    stub: str = ""
    """The slug that an item has since."""
    open_last: "snapshots.Blob | None" = None
    """The file that held it when it was open last."""


class History:
    """The history of the open repository up to some commits.

    Args:
        repository: The open repository.
        prefix: What stands before the paths of the register in it.
    """

    def __init__(self, repository: Repository, prefix: str) -> None:
        self._repository = repository
        self._prefix = prefix
        self._read: dict[str, list[Restriction]] = {}
        self._logs: dict[tuple[str, str | None], list[Commit]] = {}

    def restricted(self, until: str, since: str | None = None) -> list[Restriction]:
        """Return what became restricted up to a commit, newest first; without what another had in its history."""
        if (until, since) not in self._logs:
            self._logs[until, since] = self._repository.log([], since, until, restricting=True)
        return [each for commit in self._logs[until, since] for each in self._of(commit)]

    def common(self, made: list[Restriction]) -> Restriction | None:
        """Return what all of some restrictions of one thing come from: the newest that the others do not follow."""
        repository = self._repository
        newest = [
            each
            for each in made
            if not any(one.commit != each.commit and repository.is_before(each.commit, one.commit) for one in made)
        ]
        commits = dict.fromkeys(each.commit for each in newest)
        if len(commits) <= 1:
            return newest[0] if newest else None
        fork = repository.answer("merge-base", "--octopus", *commits)
        return None if fork is None else newest[0]._replace(open_last=self._at(fork, newest[0]))

    def _at(self, commit: str, of: Restriction) -> "snapshots.Blob | None":
        return next((blob for path, blob in self._files(commit).items() if _holds(path, of)), None)

    def _files(self, commit: str) -> Snapshot:
        has = snapshots.of(self._repository, commit)
        return {path.removeprefix(self._prefix): blob for path, blob in has.items() if path.startswith(self._prefix)}

    def _of(self, commit: Commit) -> list[Restriction]:
        if commit.id not in self._read:
            self._read[commit.id] = list(self._found(commit))
        return self._read[commit.id]

    def _found(self, commit: Commit) -> Iterator[Restriction]:
        named = [each.split(" ", 1) for each in commit.restricted if each.count(" ") == 1]
        after = self._files(commit.id)
        parents = self._repository.parents(commit.id)
        # What a merge restricts is, of one side, edited since; what both come from comes before that.
        fork = self._repository.fork(*parents) if len(parents) == _MERGE else None
        for parent in [fork, *parents] if fork else parents:
            before = self._files(parent)
            for noun, id in named:
                thing = Restriction(commit.id, noun, id)
                if noun == ITEM:
                    yield from self._items(thing, before, after)
                    continue
                was = next((path for path in before if _holds(path, thing)), None)
                if was is not None and was not in after:
                    yield thing._replace(open_last=before[was])

    def _items(self, thing: Restriction, before: Snapshot, after: Snapshot) -> Iterator[Restriction]:
        changed = [path for path in before if path in after and before[path] != after[path] and _is_agenda(path)]
        held = snapshots.contents(self._repository, [side[path] for path in changed for side in (before, after)])
        for path in changed:
            was, now = (items(held.get(side[path].id, b"").decode(errors="replace")) for side in (before, after))
            if (stub := _became(thing.id, was, now)) is not None:
                meeting = places.meeting_of(path) or ""
                yield thing._replace(meeting=meeting, stub=stub, open_last=before[path])


def _became(slug: str, was: Mapping[str, Any], now: Mapping[str, Any]) -> str | None:
    """Return the slug that an item has since it became restricted: of several by its place, or None."""
    item = was.get(slug)
    if item is None or item.get("restricted"):
        return None
    if slug in now:
        return slug if now[slug].get("restricted") else None
    new = [each for each, made in now.items() if made.get("restricted") and each not in was]
    alike = [each for each in new if now[each].get("position") == item.get("position")]
    return next(iter(new if len(new) == 1 else alike if len(alike) == 1 else ()), None)


def _holds(path: str, thing: Restriction) -> bool:
    """Tell whether an open file is, or has, what became restricted."""
    place = places.place_of(path)
    if place is None or place.kind.restricted:
        return False
    if thing.noun == ITEM:
        return place.kind is Records.agendas and place.id == thing.meeting
    return place.kind.noun == thing.noun and place.id == thing.id


def _is_agenda(path: str) -> bool:
    place = places.place_of(path)
    return place is not None and place.kind is Records.agendas
