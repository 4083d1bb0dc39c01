"""Restriction wins: what one side restricted is restricted in all three versions before they are merged.

So a merge, whoever's word counts in it, brings nothing restricted into an open file, and an edit that the other side
made of what was open goes into the restricted tree. What one side opened stays restricted where the other changed it.
"""

from collections.abc import Sequence
from typing import NamedTuple

from slavefree_cli.errors import ConflictError, SlavefreeError
from slavefree_cli.git import snapshots
from slavefree_cli.git.repository import Repository
from slavefree_cli.git.snapshots import Snapshot
from slavefree_cli.model.kinds import Records, RestrictedRecords, kind_for
from slavefree_cli.register import agenda_files, places
from slavefree_cli.register.agenda_files import items
from slavefree_cli.register.places import Place
from slavefree_cli.register.restrictions import ITEM, History, Restriction
from slavefree_cli.work.sync import joining
from slavefree_cli.work.sync.items_restricted import Meeting, Outcome
from slavefree_cli.work.sync.version import Version


class Tips(NamedTuple):
    """The commits of the open repository that are brought together."""

    fork: str
    ours: str
    theirs: str | None
    """None where the open repository is not exchanged now."""


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
    except ConflictError:
        raise
    except SlavefreeError as error:
        raise ConflictError(
            f"What was restricted here or there cannot be kept apart from what was edited: {error}. Nothing is changed."
        ) from None
    base, ours, theirs = (each.files for each in three)
    restricted, kept = (list(dict.fromkeys(each)) for each in (outcome.restricted, outcome.kept))
    restricted = [each for each in restricted if each not in made.said]
    return Settled(base, ours, theirs, restricted, kept, list(dict.fromkeys(outcome.words)))


def with_both_halves(source: Repository, prefix: str, files: Snapshot, sides: Sequence[Snapshot]) -> Snapshot:
    """Return what was merged, with each restricted item in both agendas, the open and the restricted one, or in none.

    Where one repository was exchanged and the other was not, or one half was removed and the other edited, the half
    that is missing is put back: an item that is wanted nowhere is removed again by whoever has both.

    Args:
        source: The repository with the objects; new content is put among them.
        prefix: What stands before the paths of the register.
        files: What was merged.
        sides: What it was merged from: the two sides, and what both come from last.
    """
    held: dict[str, bytes] = {}
    merged = Version(source, prefix, files, held)
    versions = [Version(source, prefix, each, held) for each in sides]
    for path in list(merged.has):
        place = places.place_of(path)
        if place is None or place.kind is not Records.agendas:
            continue
        hidden_path = places.in_other_tree(path)
        if all(merged.has.get(each) == versions[0].has.get(each) for each in (path, hidden_path)):
            continue
        stubs = {slug: item for slug, item in items(merged.text(path)).items() if item.get("restricted")}
        hidden = items(merged.text(hidden_path))
        for slug in hidden.keys() - items(merged.text(path)).keys():
            known = (items(each.text(path)).get(slug) for each in versions)
            stub = next(
                (each for each in known if each and each.get("restricted")), {"position": 0, "restricted": True}
            )
            merged.put(path, agenda_files.with_item(merged.text(path), slug, stub))
        for slug in stubs.keys() - hidden.keys():
            if (said := items(versions[-1].text(hidden_path)).get(slug)) is not None:
                merged.put(hidden_path, agenda_files.with_item(merged.text(hidden_path), slug, said))
    return merged.files


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
        joining.join(self._versions, self._history, self._ever)
        for meeting in self._meetings():
            made = [each for each in self._made(meeting) if each.meeting == meeting]
            since = (self._since[self._ours], self._since[self._theirs])
            own = tuple({each.stub for each in side if each.meeting == meeting} for side in since)
            self._refuse_without_place(meeting)
            Meeting(meeting, self._versions, made, (own[0], own[1]), outcome).settle()
        for path, place in self._both_trees().items():
            self._record(path, place, outcome)

    def _refuse_without_place(self, meeting: str) -> None:
        path = Records.agendas.place.format(id=meeting)
        there, here = (items(each.text(places.in_other_tree(path))) for each in (self._theirs, self._ours))
        known = {slug for each in self._versions for slug in items(each.text(path))}
        for slug in there.keys() - here.keys() - known:
            self._refuse_behind(f"item {slug} of {meeting}")

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

    def _record(self, path: str, place: Place, outcome: Outcome) -> None:
        """Have a record that can be restricted be in one tree in all versions."""
        hidden = places.in_other_tree(path)
        base, ours, theirs = (each.has for each in self._versions)
        if path in ours and path in theirs and hidden in base and not (hidden in ours and hidden in theirs):
            # Both opened it, wherever the restricted part of one of them has not arrived yet.
            for side in (ours, theirs):
                side.pop(hidden, None)
        for side in (ours, theirs):
            if path in side and hidden in side:
                if hidden not in base:
                    self._refuse_behind(f"{place.kind.noun} {place.id.upper()}")
                    # It is told in what the two differ, as it is not known what they come from.
                    self._base.put(hidden, "# \n")
                elif side[path] != base.get(path) and side[hidden] == base[hidden]:
                    # Somebody opened or wrote it where what is restricted was not reached.
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

    def _refuse_behind(self, named: str) -> None:
        """Refuse to bring together what is restricted alone, where it is ahead of what is open here.

        Raises:
            ConflictError: The open repository is not exchanged now.
        """
        if self._tips.theirs is None:
            raise ConflictError(
                f"The {named} is restricted there, and here it is not yet known to be; nothing is changed. Exchange "
                "what is open first: slavefree sync"
            )

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
