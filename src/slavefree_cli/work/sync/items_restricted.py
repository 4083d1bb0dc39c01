"""Items of agendas that one side restricted or opened, alike in all three versions before they are merged."""

import re
from collections.abc import Iterable
from typing import Any, Final, NamedTuple

from slavefree_cli.errors import SlavefreeError
from slavefree_cli.model.agenda import RESTRICTED_TITLE
from slavefree_cli.model.kinds import RESTRICTED, Records
from slavefree_cli.model.record import changed
from slavefree_cli.model.told import withheld
from slavefree_cli.register import agenda_files, convert, places
from slavefree_cli.register.agenda_files import Files, items
from slavefree_cli.register.restrictions import ITEM, Restriction
from slavefree_cli.register.toml.edit import edited
from slavefree_cli.register.toml.statements import read
from slavefree_cli.work.sync.new_ids import referring
from slavefree_cli.work.sync.version import Version

ELSEWHERE: Final = "Restricted in another clone, which knows why"
"""The reason where only another clone has it; in a merge it counts as none."""


class Stands(NamedTuple):
    """How an item stands in a version."""

    slug: str
    restricted: bool


class Outcome(NamedTuple):
    """What became restricted in a version in which it was open, each as a commit says it."""

    restricted: list[str]
    kept: list[str]
    """What one side opened and stays restricted, as the other changed it there."""
    words: list[tuple[str, str]]
    """What was called how in the open."""

    def takes(self, version: Version, place: places.Place, path: str) -> None:
        """Take down that an open record of a version becomes restricted."""
        named = f"{place.kind.noun} {place.id}"
        self.restricted.append(named)
        self._says(named, (read(version.holds(path)) or {}).get(place.kind.called or ""))

    def takes_item(self, slug: str, title: object) -> None:
        """Take down that an open item becomes restricted."""
        self.restricted.append(f"{ITEM} {slug}")
        self._says(f"{ITEM} {slug}", title)

    def _says(self, named: str, said: object) -> None:
        if isinstance(said, str) and said.strip():
            self.words.append((named, said.strip()))


class Meeting:
    """The agenda of one meeting in three versions.

    Args:
        id: The meeting.
        versions: What both come from, ours and theirs.
        made: What became restricted on its agenda, as far as the history says.
        own: The slugs of what ours and theirs restricted since, each by its own commits.
        outcome: Takes down what comes of it.
    """

    def __init__(
        self,
        id: str,
        versions: tuple[Version, Version, Version],
        made: Iterable[Restriction],
        own: tuple[set[str], set[str]],
        outcome: Outcome,
    ) -> None:
        self._id = id
        self._base, self._ours, self._theirs = versions
        self._made = list(made)
        self._own = own
        self._outcome = outcome
        self._open = Records.agendas.place.format(id=id)
        self._hidden = RESTRICTED + self._open

    def settle(self) -> None:
        """Have each item that is restricted on one side be so in all versions, or open in all that knew it restricted.

        Raises:
            SlavefreeError: A file is laid out in a way that no edit can follow.
        """
        for slugs in self._alike():
            for version, own in zip((self._ours, self._theirs), self._own, strict=True):
                self._be_one(version, slugs, own)
            base, ours, theirs = (self._stands(each, slugs) for each in (self._base, self._ours, self._theirs))
            sides = [(self._ours, ours), (self._theirs, theirs)]
            if base is None or not base.restricted:
                if any(stands and stands.restricted for _, stands in sides):
                    self._restrict(base, ours, theirs)
            elif any(stands and not stands.restricted for _, stands in sides):
                self._opened(base, ours, theirs)
            else:
                new = next((stands for _, stands in reversed(sides) if stands and stands != base), base)
                for version, stands in ((self._base, base), *sides):
                    if stands and stands.slug != new.slug:
                        self._rename(version, stands.slug, new.slug)
            self._all_follow(slugs)

    def _alike(self) -> list[list[str]]:
        """Return the slugs of the items, those together that one item had one after the other."""
        groups: dict[str, list[str]] = {}
        for version in (self._base, self._ours, self._theirs):
            for slug in items(version.text(self._open)):
                groups.setdefault(slug, [slug])
        for each in self._made:
            one = groups.setdefault(each.id, [each.id])
            other = groups.setdefault(each.stub, [each.stub])
            if one is not other:
                one += other
                groups |= dict.fromkeys(other, one)
        return list({id(group): group for group in groups.values()}.values())

    def _be_one(self, version: Version, slugs: list[str], own: set[str]) -> None:
        """Take out the place of an item that is open there too, as what restricted it has not arrived in the open."""
        there, was = (items(each.text(self._open)) for each in (version, self._base))
        stubs = [slug for slug in slugs if slug in there and there[slug].get("restricted") and slug not in own]
        if stubs and any(slug in there and slug in was and slug not in stubs for slug in slugs):
            rest = {slug: item for slug, item in there.items() if slug not in stubs}
            version.put(self._open, agenda_files.with_items(version.text(self._open), rest))

    def _stands(self, version: Version, slugs: list[str]) -> Stands | None:
        there = items(version.text(self._open))
        found = [Stands(slug, bool(there[slug].get("restricted"))) for slug in slugs if slug in there]
        # One that was added under the slug that another had is less surely the same than that one.
        return next(iter(sorted(found, key=lambda stands: not stands.restricted)), None)

    def _said(self, version: Version, slug: str) -> dict[str, Any] | None:
        return items(version.text(self._hidden)).get(slug)

    def _restrict(self, base: Stands | None, ours: Stands | None, theirs: Stands | None) -> None:
        """Restrict an item, which at least one side has restricted since, in each version that has it open."""
        stub = theirs.slug if theirs and theirs.restricted else ours.slug if ours else ""
        if ours and ours.restricted:
            self._rename(self._ours, ours.slug, stub)
        reasons = (self._said(version, stub) for version in (self._theirs, self._ours))
        reason = next((str(said["reason"]) for said in reasons if said and "reason" in said), ELSEWHERE)
        moved = []
        for version, stands in ((self._base, base), (self._ours, ours), (self._theirs, theirs)):
            if stands is not None and not stands.restricted:
                self._hide(version, stands.slug, stub, reason)
                moved.append(version)
        self._complete(stub, moved)

    def _complete(self, stub: str, moved: list[Version]) -> None:
        """Have a side on which the restricted part of an item is not here, nor was, be as what both come from."""
        was = self._said(self._base, stub)
        if was is None:
            return
        sides = (self._ours, self._theirs)
        there = [version for version in sides if (said := self._said(version, stub)) is not None and said != was]
        there += [version for version in sides if self._said(version, stub) == was and version not in moved]
        for version in (self._base, *sides):
            if not there:
                self._forget(version, stub)
            elif self._said(version, stub) is None and stub in items(version.text(self._open)):
                self._write(version, {**items(version.text(self._hidden)), stub: was})

    def _opened(self, base: Stands, ours: Stands | None, theirs: Stands | None) -> None:
        """Take an opening over to the other side, or back where the other side changed what was restricted."""
        if ours and not ours.restricted:
            version, opened, other, stands = self._ours, ours, self._theirs, theirs
        elif theirs:
            version, opened, other, stands = self._theirs, theirs, self._ours, ours
        else:
            return
        edited_there = stands and self._said(other, stands.slug) != self._said(self._base, base.slug)
        # Where the opener's restricted part still has it, it was not there when it was opened.
        apart = any(self._said(version, slug) is not None for slug in (base.slug, opened.slug))
        if stands and stands.restricted and (edited_there or apart):
            if base.slug != stands.slug:
                self._rename(self._base, base.slug, stands.slug)
            reason = self._said(other, stands.slug) or {}
            self._hide(version, opened.slug, stands.slug, str(reason.get("reason", ELSEWHERE)))
            self._outcome.kept.append(f"item {stands.slug} of {self._id}")
            return
        if stands and not stands.restricted and stands.slug != opened.slug:
            self._rename(other, stands.slug, opened.slug)
        for each, was in ((self._base, base), (other, stands)):
            if was and was.restricted:
                self._reveal(each, was.slug, opened.slug, version)
        if stands and not stands.restricted:
            # Both opened it, wherever the restricted part of one of them has not arrived yet.
            for slug in (base.slug, opened.slug):
                self._forget(other, slug)
                self._forget(version, slug)

    def _hide(self, version: Version, slug: str, stub: str, reason: str) -> None:
        files = Files(version.text(self._open), version.text(self._hidden))
        said = items(files.open)[slug].get("title")
        if version is not self._base:
            self._outcome.takes_item(slug, said)
        files = agenda_files.hidden(files, slug, stub, reason)
        version.put(self._open, files.open)
        version.put(self._hidden, files.hidden)
        self._without_heading(version, said)
        self._follow(version, slug, stub, hides=True)

    def _without_heading(self, version: Version, title: object) -> None:
        """Have the heading that the program drafted over an item not say what it was called; approved minutes stay."""
        path = places.minutes(self._id)
        if not isinstance(title, str) or "minutes" in (read(version.holds(places.approval_of(path))) or {}):
            return
        heading = re.compile(rf"^(#+[ \t]+(?:\d+\.[ \t]+)?){re.escape(title)}[ \t]*$", re.MULTILINE)
        text = version.text(path)
        if (without := heading.sub(lambda found: found[1] + RESTRICTED_TITLE, text)) != text:
            version.put(path, without)

    def _reveal(self, version: Version, stub: str, slug: str, opener: Version) -> None:
        files = Files(version.text(self._open), version.text(self._hidden))
        known = items(files.hidden)
        if stub not in known:
            # Its restricted part is not here: it is as whoever opened it has it.
            said = {key: each for key, each in items(opener.text(self._open))[slug].items() if key not in _PLACE}
            self._write(version, {**known, stub: said})
            files = files._replace(hidden=version.text(self._hidden))
        files = agenda_files.revealed(files, stub, slug)
        version.put(self._open, files.open)
        version.put(self._hidden, files.hidden)
        self._follow(version, stub, slug)

    def _rename(self, version: Version, old: str, new: str) -> None:
        if old == new:
            return
        for path in (self._open, self._hidden):
            version.put(path, agenda_files.renamed(version.text(path), old, new))
        self._follow(version, old, new)

    def _forget(self, version: Version, stub: str) -> None:
        rest = {slug: said for slug, said in items(version.text(self._hidden)).items() if slug != stub}
        self._write(version, rest)
        if not version.text(self._hidden):
            version.has.pop(self._hidden, None)

    def _write(self, version: Version, wanted: dict[str, Any]) -> None:
        version.put(self._hidden, agenda_files.with_items(version.text(self._hidden), wanted))

    def _all_follow(self, slugs: list[str]) -> None:
        """Have what names an item by a slug that it has no more follow, in each version.

        What one repository has of a side may be older than what the other has.
        """
        if len(slugs) == 1:
            return
        now = [stands for each in (self._base, self._ours, self._theirs) if (stands := self._stands(each, slugs))]
        for version in (self._base, self._ours, self._theirs) if now else ():
            there = items(version.text(self._open))
            for slug in slugs:
                if slug not in there:
                    self._follow(version, slug, now[0].slug, hides=now[0].restricted)

    def _follow(self, version: Version, old: str, new: str, *, hides: bool = False) -> None:
        """Have what names an item by its slug name it by another, and what hangs on a restricted one be restricted."""
        for path in list(version.has):
            place = places.place_of(path)
            if place is None or version.has[path].mode == "120000":
                continue
            content = version.holds(path)
            document = read(content) or {}
            if place.kind is Records.issues and place.values["of"] == self._id:
                if (made := _issued(place, content, old, new, hides=hides)) != content:
                    version.put(path, made.decode())
            elif self._id in {document.get("meeting"), place.id}:
                if (made := referring(place, content, ITEM, old, new)) != content:
                    version.put(path, made.decode())
                if hides and document.get("item") == old and place.kind.coded and not place.kind.restricted:
                    if version is not self._base:
                        self._outcome.takes(version, place, path)
                    version.move(path, places.in_other_tree(path))


_PLACE: Final = ("position", "minutes", "restricted")


def _issued(place: places.Place, content: bytes, old: str, new: str, *, hides: bool) -> bytes:
    """Return what was issued with an item under another slug, and without what it was called where it is hidden."""
    try:
        raw = read(content) or {}
        record = convert.decode(Records.issues.type, place.placed, raw)
        if old not in record.items:
            return content
        told = withheld(record.items, old, new)
        if not hides:
            told[new] = record.items[old]
        return edited(content.decode(), convert.merged(raw, record, changed(record, items=told))).encode()
    except (ValueError, SlavefreeError):
        return content
