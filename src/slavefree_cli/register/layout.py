"""Where each kind of record lies in the register."""

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final, Generic, NamedTuple, TypeVar

from slavefree_cli.model.action import Action
from slavefree_cli.model.agenda import Agenda, RestrictedAgenda
from slavefree_cli.model.attendance import Attendance
from slavefree_cli.model.decision import Decision
from slavefree_cli.model.group import Group
from slavefree_cli.model.issue import Issue
from slavefree_cli.model.meeting import Meeting, RestrictedMeeting
from slavefree_cli.model.member import Member
from slavefree_cli.model.partnership import Partnership
from slavefree_cli.model.person import Person
from slavefree_cli.model.record import Record
from slavefree_cli.register.files import reason

R_co = TypeVar("R_co", bound=Record, covariant=True)

RESTRICTED: Final = "restricted/"
GITATTRIBUTES: Final = "*.ics -text\n*.toml text eol=lf\n*.md text eol=lf\n"
MARKER: Final = "partnership.toml"
TEMPLATES: Final = "templates/"
REDO: Final = ".slavefree-redo.json"
"""Where a change of several files is listed while it replaces them."""

_MEETING = re.compile(r"\d{4}-\d{2}-\d{2}-[^/]+")
_YEAR = re.compile(r"\d{4}")


@dataclass(frozen=True)
class Shelf(Generic[R_co]):
    """One kind of record: its type, what it is called, and the pattern of its paths."""

    type: type[R_co]
    noun: str
    pattern: str
    """Relative to the register, with ``{id}``, ``{year}`` and ``{of}`` (the meeting of an issue)."""
    restricted: bool = False

    def placed(self, values: Mapping[str, str]) -> dict[str, object]:
        """Return the fields of a record that its place gives."""
        found: dict[str, object] = {"id": values.get("id", self.noun)}
        if "of" in self.type.PLACED:
            found["of"] = values["of"]
        if "restricted" in self.type.PLACED:
            found["restricted"] = self.restricted
        return found


PARTNERSHIP: Final = Shelf(Partnership, "partnership", MARKER)
MEMBERS: Final = Shelf(Member, "member", "members/{id}.toml")
PEOPLE: Final = Shelf(Person, "person", "people/{id}.toml")
GROUPS: Final = Shelf(Group, "group", "groups/{id}.toml")
MEETINGS: Final = Shelf(Meeting, "meeting", "{id}/meeting.toml")
AGENDAS: Final = Shelf(Agenda, "agenda", "{id}/agenda.toml")
ATTENDANCES: Final = Shelf(Attendance, "attendance", "{id}/attendance.toml")
ACTIONS: Final = Shelf(Action, "action", "actions/{year}/{id}.toml")
DECISIONS: Final = Shelf(Decision, "decision", "decisions/{year}/{id}.toml")
ISSUES: Final = Shelf(Issue, "issue", "{of}/issued/{id}.toml")

RESTRICTED_MEETINGS: Final = Shelf(RestrictedMeeting, "meeting", RESTRICTED + MEETINGS.pattern, restricted=True)
RESTRICTED_AGENDAS: Final = Shelf(RestrictedAgenda, "agenda", RESTRICTED + AGENDAS.pattern, restricted=True)
RESTRICTED_ACTIONS: Final = Shelf(Action, "action", RESTRICTED + ACTIONS.pattern, restricted=True)
RESTRICTED_DECISIONS: Final = Shelf(Decision, "decision", RESTRICTED + DECISIONS.pattern, restricted=True)

SHELVES: Final[tuple[Shelf[Record], ...]] = (
    PARTNERSHIP, MEMBERS, PEOPLE, GROUPS, MEETINGS, AGENDAS, ATTENDANCES, ACTIONS, DECISIONS, ISSUES,
    RESTRICTED_MEETINGS, RESTRICTED_AGENDAS, RESTRICTED_ACTIONS, RESTRICTED_DECISIONS,
)  # fmt: skip

_BY_TYPE: Final = {shelf.type: shelf for shelf in reversed(SHELVES)}


def new_path(record: Record) -> str:
    """Return where a new record goes, relative to the register, with ``/`` between folders."""
    pattern = _BY_TYPE[type(record)].pattern
    if isinstance(record, Action | Decision):
        year = record.raised.year if isinstance(record, Action) else record.taken.year
        return (RESTRICTED if record.restricted else "") + pattern.format(id=record.id, year=f"{year:04}")
    if isinstance(record, Issue):
        return pattern.format(id=record.id, of=record.of)
    return pattern.format(id=record.id)


def place_of(path: str) -> tuple[Shelf[Record], dict[str, str]]:
    """Return the kind of record whose place this is, and what stands for ``{…}`` in its path.

    Raises:
        ValueError: No record lies there.
    """
    for shelf in SHELVES:
        if found := _shape(shelf.pattern).fullmatch(path):
            return shelf, found.groupdict()
    raise ValueError(f"{path} is no place of a record")


def is_place(path: str) -> bool:
    """Tell whether a record of some kind is looked for at this path."""
    return any(_shape(shelf.pattern).fullmatch(path) for shelf in SHELVES)


def shelf_of(path: str) -> Shelf[Record]:
    """Return the kind of record whose place this is."""
    return place_of(path)[0]


class Found(NamedTuple):
    """A file in the place of a record, or a folder on the way to one that cannot be looked into."""

    path: str
    values: dict[str, str]
    """What stands for ``{…}`` in its path."""
    linked: bool = False
    """Whether a link is on the way."""
    problem: str | None = None
    """Why it cannot be a record whatever is in it."""


def find(root: str, pattern: str) -> Iterator[Found]:
    """Yield each file of a kind, in the order of the paths."""
    yield from _walk(root, "", pattern.split("/"), {}, linked=False)


@cache
def _shape(pattern: str) -> re.Pattern[str]:
    segments = []
    for segment in pattern.split("/"):
        name, wildcard, ending = segment.partition("{")
        key = ending.partition("}")[0]
        shape = {"year": _YEAR.pattern, "of": _MEETING.pattern}.get(key, "[^/]+")
        if key == "id" and segment == "{id}":
            shape = _MEETING.pattern
        last = ending.partition("}")[2]
        segments.append(f"(?P<{key}>{shape}){re.escape(last)}" if wildcard else re.escape(name))
    return re.compile("/".join(segments))


def _walk(root: str, folder: str, segments: list[str], values: dict[str, str], *, linked: bool) -> Iterator[Found]:
    segment, rest = segments[0], segments[1:]
    name, wildcard, _ending = segment.partition("{")
    if not wildcard:
        path = folder + segment
        full = os.path.join(root, path)
        if rest:
            yield from _walk(root, path + "/", rest, values, linked=linked or os.path.islink(full))
        elif os.path.lexists(full):
            yield Found(path, values, linked or os.path.islink(full))
        return
    key = segment[1 : segment.index("}")]
    try:
        entries = sorted(os.scandir(os.path.join(root, folder)), key=lambda entry: entry.name)
    except FileNotFoundError:
        return
    except OSError as error:
        yield Found(folder.rstrip("/"), values, linked, f"cannot be looked into: {reason(error)}")
        return
    for entry in entries:
        name = entry.name
        if rest:
            shape = _YEAR if key == "year" else _MEETING
            if shape.fullmatch(name) and (entry.is_symlink() or entry.is_dir()):
                link = linked or entry.is_symlink()
                yield from _walk(root, f"{folder}{name}/", rest, {**values, key: name}, linked=link)
        elif name.endswith(".toml") and not name.startswith("."):
            problem = None if name.isprintable() else "has a name that cannot be read"
            yield Found(folder + name, {**values, key: name[:-5]}, linked or entry.is_symlink(), problem)
