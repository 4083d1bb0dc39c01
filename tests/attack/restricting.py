"""Clones of a register that restrict, open, move, edit and undo at random, and what of it an open clone can read."""

import random
import re
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

from conftest import Place, clone

MEETING = "2023-06-07-inaugural"
STEPS = (
    "add", "born", "restrict", "restrict", "restrict", "open", "open", "edit", "edit", "edit", "move", "hang", "hang",
    "remove", "undo", "sync", "sync", "sync",
)  # fmt: skip
"""What is done, by how often."""


@dataclass
class Thing:
    """A record that was added, and the marks in it."""

    kind: str
    id: str
    born: bool
    """Whether it was restricted from the beginning."""
    open: list[str] = field(default_factory=list)
    """What was written in it while it was open."""
    hidden: list[str] = field(default_factory=list)
    """What was written in it while it was restricted."""
    opened: bool = False
    """Whether somebody opened it, of their own accord."""
    hung: bool = False
    """Whether something may hang on it: such an item is not removed, as that does not fit together."""
    removed: bool = False


class Game:
    """Three clones: Sam and Kim with the restricted part, Ann without it.

    Args:
        folder: Where the bare repositories are that they exchange through; empty but for ``hub.git``.
        seed: What the steps are drawn from.
    """

    def __init__(self, folder: Path, seed: int) -> None:
        self.folder = folder
        self.chance = random.Random(seed)
        self.narrow = str(folder / "narrow.git")
        self.sam, self.kim, self.ann = (clone(folder, name) for name in ("Sam", "Kim", "Ann"))
        self.things: list[Thing] = []
        self.last: dict[str, list[tuple[Thing | None, str]]] = {"sam": [], "kim": [], "ann": []}
        self.undone: set[str] = set()
        self.told: list[str] = []
        """What was done, for whoever looks into a failure."""
        self._number = 0
        self.add(self.sam, "action", restricted=True)
        for kind in ("action", "item", "item", "decision"):
            self.add(self.sam, kind, restricted=False)
        self.sam.ok("sync")
        self.sam.ok("restricted", "share", self.narrow)
        self.kim.ok("sync")
        self.kim.ok("restricted", "fetch", self.narrow)
        self.ann.ok("sync")

    @property
    def places(self) -> list[Place]:
        return [self.sam, self.kim, self.ann]

    def mark(self) -> str:
        self._number += 1
        return f"CANARY{self._number:04}X"

    def step(self) -> None:
        """Do one thing somewhere that can be done there."""
        before = len(self.told)
        while len(self.told) == before:
            self._try()

    def _try(self) -> None:
        place = self.chance.choice(self.places)
        what = self.chance.choice(STEPS)
        kind = self.chance.choice(["action", "action", "item", "item", "decision"])
        if what in {"add", "born"}:
            self.add(place, kind, restricted=what == "born")
        elif what == "sync":
            self.sync(place)
        elif what == "undo":
            self.undo(place)
        elif self.things:
            getattr(self, what)(place, self.chance.choice(self.things))

    def run(self, place: Place, *arguments: str, allowed: tuple[int, ...] = (0, 1, 2, 3, 4, 5)) -> object:
        answer = place.run(*arguments)
        self.told.append(f"{place.folder.name}: {' '.join(arguments)} -> {answer.code} {answer.err.strip()}")
        assert answer.code in allowed, "\n".join(self.told)
        return answer

    def done(self, place: Place, thing: Thing | None, mark: str, *arguments: str) -> bool:
        """Run a command that writes a mark into a thing, and note it where it did."""
        before = place.head(), self.inner(place)
        answer = self.run(place, *arguments)
        if answer.code or (place.head(), self.inner(place)) == before:
            return False
        self.last[place.folder.name].append((thing, mark))
        return True

    def inner(self, place: Place) -> str:
        folder = place.register / "restricted"
        return place.git("-C", str(folder), "rev-parse", "HEAD") if (folder / ".git").exists() else ""

    def add(self, place: Place, kind: str, *, restricted: bool) -> None:
        mark = self.mark()
        secret = ["--restricted"] if restricted else []
        if kind == "item":
            arguments = ["agenda", "add", MEETING, mark, *(["--restricted", mark] if restricted else [])]
        elif kind == "action":
            arguments = ["action", "add", mark, "--owner", "colin", *secret]
        else:
            arguments = ["decision", "add", mark, "--meeting", MEETING, *secret]
        thing = Thing(kind, "", restricted)
        if self.done(place, thing, mark, *arguments, "--json"):
            thing.id = self.named(place, kind, mark) or ""
            (thing.hidden if restricted else thing.open).append(mark)
            self.things.append(thing)

    def named(self, place: Place, kind: str, mark: str) -> str | None:
        """Return what a record with a mark in it is named by in a clone."""
        pattern = {"action": "actions/*/*.toml", "decision": "decisions/*/*.toml", "item": f"{MEETING}/agenda.toml"}
        for folder in (place.register, place.register / "restricted"):
            for path in folder.glob(pattern[kind]):
                text = path.read_text()
                if mark not in text:
                    continue
                if kind != "item":
                    return path.stem
                tables = re.split(r"^\[items\.([\w-]+)\]$", text, flags=re.MULTILINE)
                found = [slug for slug, said in zip(tables[1::2], tables[2::2], strict=True) if mark in said]
                return found[0] if found else None
        return None

    def here(self, place: Place, thing: Thing) -> tuple[str, bool] | None:
        """Return what a thing is named by in a clone, and whether it is restricted there."""
        for mark in (*thing.open, *thing.hidden):
            if id := self.named(place, thing.kind, mark):
                if thing.kind == "item":
                    open_ = place.register / MEETING / "agenda.toml"
                    return id, mark not in open_.read_text()
                return id, bool(list(place.register.glob(f"restricted/*/*/{id}.toml")))
        return None

    def restrict(self, place: Place, thing: Thing) -> None:
        found = self.here(place, thing)
        if found is None or found[1]:
            return
        if thing.kind == "item":
            self.done(place, None, "", "agenda", "edit", MEETING, found[0], "--restricted", "Because")
        elif thing.kind == "action":
            self.done(place, None, "", "action", "edit", found[0], "--restricted")
        else:
            self.by_hand(place, found[0])

    def by_hand(self, place: Place, code: str) -> None:
        path = next(place.register.glob(f"decisions/*/{code}.toml"))
        to = place.register / "restricted" / path.relative_to(place.register)
        to.parent.mkdir(parents=True, exist_ok=True)
        path.rename(to)
        if not self.done(place, None, "", "commit"):
            to.rename(path)

    def open(self, place: Place, thing: Thing) -> None:
        found = self.here(place, thing)
        if found is None or not found[1] or thing.born or thing.kind == "decision":
            return
        if thing.kind == "item":
            arguments = ["agenda", "edit", MEETING, found[0], "--restricted", ""]
        else:
            arguments = ["action", "edit", found[0], "--no-restricted"]
        thing.opened |= self.done(place, None, "", *arguments, "--yes")

    def edit(self, place: Place, thing: Thing) -> None:
        found = self.here(place, thing)
        if found is None:
            return
        mark = self.mark()
        id, hidden = found
        if thing.kind == "item":
            arguments = ["agenda", "edit", MEETING, id, "--title", mark]
        elif thing.kind == "action":
            arguments = self.chance.choice([["action", "note", id, mark], ["action", "edit", id, "--title", mark]])
        else:
            return
        if self.done(place, thing, mark, *arguments):
            (thing.hidden if hidden else thing.open).append(mark)

    def move(self, place: Place, thing: Thing) -> None:
        if thing.kind == "item" and (found := self.here(place, thing)):
            minutes = str(self.chance.randrange(1, 90))
            self.done(place, None, "", "agenda", "edit", MEETING, found[0], "--minutes", minutes, "--before", "1")

    def hang(self, place: Place, thing: Thing) -> None:
        """Add an action, a decision or an interest to an item."""
        found = self.here(place, thing) if thing.kind == "item" and not thing.removed else None
        if found is None:
            return
        thing.hung = True
        mark, kind = self.mark(), self.chance.choice(["action", "decision", "interest"])
        if kind == "interest":
            self.done(place, None, "", "attendance", "record", MEETING, "--interest", f"julie={found[0]}")
            return
        more = ["--owner", "colin"] if kind == "action" else []
        made = Thing(kind, "", found[1], opened=thing.opened)
        if self.done(place, made, mark, kind, "add", mark, *more, "--meeting", MEETING, "--item", found[0]):
            (made.hidden if found[1] else made.open).append(mark)
            self.things.append(made)

    def remove(self, place: Place, thing: Thing) -> None:
        found = self.here(place, thing) if thing.kind == "item" and not (thing.born or thing.hung) else None
        thing.removed |= bool(found)
        if found and self.done(place, None, "", "agenda", "remove", MEETING, found[0], "--yes"):
            self.undone |= {*thing.open, *thing.hidden}

    def undo(self, place: Place) -> None:
        """Take the last command of a clone back, which may open what it restricted."""
        before = {id(each): self.here(place, each) for each in self.things}
        last = self.last[place.folder.name]
        if last and (thing := last[-1][0]) and thing.kind == "item":
            if thing.hung:
                return
            thing.removed = True
        if self.done(place, *(last[-1] if last else (None, "")), "undo", "--yes") and last:
            self.undone ^= {last[-1][1]}
            for each in self.things:
                was, now = before[id(each)], self.here(place, each)
                each.opened |= bool(was and now and was[1] and not now[1])

    def sync(self, place: Place) -> None:
        answer = self.run(place, "sync", allowed=(0, 5))
        if answer.code == 5:
            # What conflicts may be lost, as it was told.
            self.undone |= set(re.findall(r"CANARY\d{4}X", answer.out))
            self.run(place, "sync", "--take", self.chance.choice(["ours", "theirs"]), allowed=(0,))

    def end(self) -> None:
        """Have all clones exchange everything, the one without the restricted part too."""
        for _ in range(2):
            for place in self.places:
                self.sync(place)
        answer = self.run(self.ann, "restricted", "fetch", self.narrow, allowed=(0, 5))
        if answer.code == 5:
            self.undone |= set(re.findall(r"CANARY\d{4}X", answer.out))
        for _ in range(2):
            for place in reversed(self.places):
                self.sync(place)

    def out(self) -> list[str]:
        """Return what got out: marks, each with where an open clone can read it."""
        hub = Place(self.folder / "hub.git", self.folder / "home")
        asked = ["git", "cat-file", "--batch-all-objects", "--batch", "--buffer", "--unordered"]
        everything = subprocess.run(asked, cwd=hub.folder, env=hub.env, capture_output=True, check=True).stdout
        found = [
            f"{mark} of {thing.kind} {thing.id} is in an object"
            for thing in self.things
            if not thing.opened
            for mark in thing.hidden
            if mark.encode() in everything
        ]
        return found + self.shown_after(hub)

    def shown_after(self, hub: Place) -> list[str]:
        """Return what stands in an open file of a commit that follows the restriction of it."""
        found = []
        log = hub.git("log", "--format=%H%x00%(trailers:key=Slavefree-Restricted,valueonly,separator=%x2C)", "main")
        restricting = [line.split("\0") for line in log.splitlines() if not line.endswith("\0")]
        for thing in self.things:
            if thing.opened or thing.born:
                continue
            # What an item was called by is in the trailer, and each item here was called otherwise.
            names = {f"{thing.kind} {each.lower()}" for each in (thing.id, *thing.open[:1])}
            name = f"{thing.kind} {thing.id}"
            commits = [commit for commit, said in restricting if names & set(said.split(","))]
            for commit in commits:
                after = hub.git("rev-list", "--ancestry-path", f"{commit}..main").split()
                found += [f"{name} in {path}" for path in self._showing(hub, [commit, *after], thing)]
        return found

    def _showing(self, hub: Place, commits: list[str], thing: Thing) -> list[str]:
        wanted = [word for mark in (*thing.open, *thing.hidden) for word in ("-e", mark)]
        asked = ["git", "grep", "-l", *wanted, *commits, "--"]
        return subprocess.run(asked, cwd=hub.folder, env=hub.env, capture_output=True, text=True).stdout.splitlines()

    def lost(self) -> list[str]:
        """Return the notes and titles that stand nowhere any more, though nobody took them back or wrote over them."""
        said = "".join(
            content.decode(errors="replace")
            for place in self.places
            for name, content in place.files().items()
            if ".git/" not in name
        )
        last = [marks[-1] for thing in self.things if (marks := [*thing.open, *thing.hidden]) and len(marks) == 1]
        return [mark for mark in last if mark not in said and mark not in self.undone]
