"""Restriction wins: what one side restricted is restricted in all three versions before they are merged.

So a merge, whoever's word counts in it, brings nothing restricted into an open file, and an edit that the other side
made of what was open goes into the restricted tree. What one side opened stays restricted where the other changed it.
"""

from typing import NamedTuple

from slavefree_cli.errors import ConflictError, SlavefreeError
from slavefree_cli.git import snapshots
from slavefree_cli.git.repository import Repository
from slavefree_cli.git.snapshots import Snapshot
from slavefree_cli.model.kinds import Records, RestrictedRecords, kind_for
from slavefree_cli.register import places
from slavefree_cli.register.agenda_files import items
from slavefree_cli.register.places import Place
from slavefree_cli.register.restrictions import ITEM, History, Restriction
from slavefree_cli.register.toml.edit import edited
from slavefree_cli.register.toml.statements import read
from slavefree_cli.work.sync.items_restricted import ELSEWHERE, Meeting, Outcome
from slavefree_cli.work.sync.version import Version


class Tips(NamedTuple):
    """The commits of the open repository that are brought together."""

    fork: str
    ours: str
    theirs: str | None


class Settled(NamedTuple):
    """The three versions, in which what is restricted in one is restricted in all."""

    base: Snapshot
    ours: Snapshot
    theirs: Snapshot
    restricted: list[str]
    """What became restricted by it on a side on which it was open, as a commit says it."""
    kept: list[str]
    """What one side had opened and stays restricted, by its kind and id."""
    words: list[tuple[str, str]]
    """What that was called in the open, with its kind and id."""


def settled(
    source: Repository, outer: Repository, prefix: str, tips: Tips, base: Snapshot, ours: Snapshot, theirs: Snapshot
) -> Settled:
    """Return three versions of a register in which what one side restricted is restricted in all.

    Args:
        source: The repository with the objects of all three; new content is put among them.
        outer: The open repository.
        prefix: What stands before the paths of the register.
        tips: The commits that are brought together.
        base: What both come from.
        ours: One side.
        theirs: The other.

    Raises:
        ConflictError: A file cannot be taken apart.
    """
    held: dict[str, bytes] = {}
    three = (
        Version(source, prefix, base, held),
        Version(source, prefix, ours, held),
        Version(source, prefix, theirs, held),
    )
    made = _Three(three, History(outer, prefix), tips)
    outcome = Outcome([], [], [])
    if not made.differ():
        return Settled(base, ours, theirs, *outcome)
    wanted = (blob for each in three for path, blob in each.has.items() if places.is_place(path))
    held |= snapshots.contents(source, wanted)
    try:
        made.settle(outcome)
    except SlavefreeError as error:
        raise ConflictError(
            f"What was restricted here or there cannot be kept apart from what was edited: {error}. Nothing is changed."
        ) from None
    base, ours, theirs = (each.files for each in three)
    restricted, kept = (list(dict.fromkeys(each)) for each in (outcome.restricted, outcome.kept))
    restricted = [each for each in restricted if each not in made.said]
    return Settled(base, ours, theirs, restricted, kept, list(dict.fromkeys(outcome.words)))


class _Three:
    """Three versions of a register while they are made alike in what is restricted."""

    def __init__(self, versions: tuple[Version, Version, Version], history: History, tips: Tips) -> None:
        self._versions = versions
        self._base, self._ours, self._theirs = versions
        self._history = history
        self._tips = tips
        self._since: dict[Version, list[Restriction]] = {}

    def differ(self) -> bool:
        """Tell whether anything changed that can be restricted, on either side."""
        paths = {path for each in self._versions for path in each.has}
        return any(
            len({each.has.get(path) for each in self._versions}) > 1
            for path in paths
            if (place := places.place_of(path)) and (place.kind.coded or place.kind in _AGENDAS)
        )

    @property
    def said(self) -> set[str]:
        """What commits of either side say that it became restricted."""
        return {f"{each.noun} {each.id}" for since in self._since.values() for each in since}

    def settle(self, outcome: Outcome) -> None:
        """Make them alike."""
        tips = self._tips
        for version, until in ((self._ours, tips.ours), (self._theirs, tips.theirs)):
            self._since[version] = [] if until is None else self._history.restricted(until, tips.fork)
        self._join()
        for meeting in self._meetings():
            made = [each for each in self._made(meeting) if each.meeting == meeting]
            Meeting(meeting, self._versions, made, outcome).settle()
        for path, place in self._both_trees().items():
            self._record(path, place, outcome)

    def _made(self, meeting: str) -> list[Restriction]:
        """Return what became restricted: since the fork, or at all where a restricted item is gone on one side."""
        was = items(self._base.text(Records.agendas.place.format(id=meeting)))
        stubs = {slug for slug, item in was.items() if item.get("restricted")}
        now = [items(each.text(Records.agendas.place.format(id=meeting))) for each in self._versions[1:]]
        if all(stubs <= each.keys() for each in now):
            return self._since[self._ours] + self._since[self._theirs]
        return self._ever()

    def _ever(self) -> list[Restriction]:
        tips = dict.fromkeys(filter(None, (self._tips.ours, self._tips.theirs)))
        return list(dict.fromkeys(each for tip in tips for each in self._history.restricted(tip)))

    def _meetings(self) -> list[str]:
        """Return the meetings whose agendas are not the same in all."""
        agendas = {path: place for each in self._versions for path in each.has if (place := _agenda(path))}
        changed = (path for path in agendas if len({each.has.get(path) for each in self._versions}) > 1)
        return sorted({agendas[path].id for path in changed})

    def _both_trees(self) -> dict[str, Place]:
        """Return the open paths of the records that not all have, or not all in the same tree."""
        found = {}
        for path in dict.fromkeys(path for each in self._versions for path in each.has):
            place = places.place_of(path)
            if place is None or not place.kind.coded or not _has_other_tree(place):
                continue
            open_path = places.in_other_tree(path) if place.kind.restricted else path
            where = {(open_path in each.has, places.in_other_tree(open_path) in each.has) for each in self._versions}
            if len(where) > 1 or (True, True) in where:
                found[open_path] = place
        return found

    def _join(self) -> None:
        """Have what is restricted on both sides, and not in what both come from, come from what was open last."""
        one, two = self._ours.has, self._theirs.has
        new = [path for path in one if path in two and one[path] != two[path] and path not in self._base.has]
        agendas = [path for path in one if path in two and one[path] != two[path] and _agenda(path)]
        for path in new:
            place = places.place_of(path)
            if place is None or not place.kind.restricted or not place.kind.coded:
                continue
            same = [each for each in self._ever() if (each.noun, each.id) == (place.kind.noun, place.id)]
            if (common := self._history.common(same)) is not None:
                if common.open_last is not None:
                    self._base.has[path] = common.open_last
                else:
                    # One and the same all the same, and no two that happen to have one code.
                    self._base.put(path, "# \n")
        for path in agendas:
            self._join_agenda(path)

    def _join_agenda(self, path: str) -> None:
        ours, theirs, base = (items(each.text(path)) for each in (self._ours, self._theirs, self._base))
        place = places.place_of(path)
        both = [slug for slug in ours if slug in theirs and slug not in base and ours[slug] != theirs[slug]]
        if place is None or not place.kind.restricted or not both:
            return
        found = dict(base)
        for stub in both:
            said: dict[str, object] = {}
            same = [each for each in self._ever() if (each.meeting, each.stub) == (place.id, stub)]
            common = self._history.common(same)
            if common is not None and common.open_last is not None:
                was = items(self._ours.blob(common.open_last)).get(common.id, {})
                said = {key: each for key, each in was.items() if key not in {"position", "minutes"}}
            if ELSEWHERE in {ours[stub].get("reason"), theirs[stub].get("reason")}:
                said["reason"] = ELSEWHERE
            found[stub] = said
        text = self._base.text(path)
        self._base.put(path, edited(text, {**(read(text.encode()) or {}), "items": found}))

    def _record(self, path: str, place: Place, outcome: Outcome) -> None:
        """Have a record that can be restricted be in one tree in all versions."""
        hidden = places.in_other_tree(path)
        base, ours, theirs = (each.has for each in self._versions)
        for side in (ours, theirs):
            if path in side and hidden in side:
                # Somebody opened or wrote it where what is restricted was not reached.
                if side[path] != base.get(path) and side[hidden] == base.get(hidden):
                    side[hidden] = side[path]
                del side[path]
        if hidden in base:
            base.pop(path, None)
        named = f"{place.kind.noun} {place.id}"
        sides = ((self._ours, self._theirs), (self._theirs, self._ours))
        if hidden not in base and path in base and any(self._is_restricted(each, path, named) for each, _ in sides):
            self._restrict(path, place, named, outcome)
            return
        for version, other in sides if hidden in base else ():
            opened, kept = version.has, other.has
            if path not in opened:
                continue
            if hidden in kept and kept[hidden] != base.get(hidden):
                outcome.kept.append(named)
                outcome.takes(version, place, path)
                version.move(path, hidden)
            elif hidden in base:
                for each in (self._base, other):
                    if hidden in each.has:
                        each.move(hidden, path)

    def _is_restricted(self, version: Version, path: str, named: str) -> bool:
        if path in version.has:
            return False
        noun, id = named.split(" ", 1)
        hidden = places.in_other_tree(path) in version.has
        return hidden or any((each.noun, each.id) == (noun, id) for each in self._since[version])

    def _restrict(self, path: str, place: Place, named: str, outcome: Outcome) -> None:
        """Restrict a record, which at least one side has restricted since, in each version that has it open."""
        hidden = places.in_other_tree(path)
        gone = [each for each in (self._ours, self._theirs) if self._is_restricted(each, path, named)]
        elsewhere = [each for each in gone if hidden not in each.has]
        for version in self._versions:
            if path in version.has:
                if version is not self._base:
                    outcome.takes(version, place, path)
                version.move(path, hidden)
        base = self._base.has
        others = [each for each in (self._ours, self._theirs) if each not in elsewhere]
        if not elsewhere:
            return
        if any(hidden in each.has and each.has[hidden] != base[hidden] for each in others) or any(
            each in gone and hidden in each.has for each in others
        ):
            # The restricted part of who restricted it is not here: it is taken to be as it was open last.
            for each in elsewhere:
                each.has[hidden] = base[hidden]
            return
        for each in self._versions:
            each.has.pop(hidden, None)


_AGENDAS = (Records.agendas, RestrictedRecords.agendas)


def _agenda(path: str) -> Place | None:
    place = places.place_of(path)
    return place if place is not None and place.kind in _AGENDAS else None


def _has_other_tree(place: Place) -> bool:
    return all(kind_for(place.kind.type, restricted=each).restricted == each for each in (True, False))


def thing_named(thing: str) -> str:
    """Return what is told as kind and id as people read it: codes in capitals."""
    noun, id = thing.split(" ", 1)
    return thing if noun == ITEM else f"{noun} {id.upper()}"
