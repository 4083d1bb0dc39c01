"""Where everything lies in a register, and what a path says of the file: the one place that spells paths.

Paths are relative to the register, with ``/`` between folders.
"""

import os
import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Final, NamedTuple

from slavefree_cli.model.kinds import RESTRICTED, Kind, Records, RestrictedRecords, every_kind
from slavefree_cli.model.record import Record
from slavefree_cli.register.files import reason

MARKER: Final = Records.partnerships.place
GITATTRIBUTES: Final = "*.ics -text\n*.toml text eol=lf\n*.md text eol=lf\n"
ATTRIBUTES: Final = ".gitattributes"
"""The file in which those stand."""
IGNORED: Final = ".gitignore"
"""The file that says what git ignores, in which ``GITIGNORE`` stands."""
TEMPLATES: Final = "templates/"
FEED: Final = "calendar.ics"
OUTBOX: Final = "outbox/"
"""The folder of drafts and of what was sent, which git ignores."""
GITIGNORE: Final = f"/{RESTRICTED}\n/{OUTBOX}\n"
OUTBOX_IGNORED: Final = OUTBOX + ".gitignore"
SENDING: Final = OUTBOX + ".lock"
"""The lock of whoever sends; where it is left, they were broken off, or what they sent is not recorded."""
JOURNAL: Final = ".slavefree-redo.json"
"""Where a change of several files is listed while it replaces them."""

_SENT: Final = ".sent"
_MINUTES: Final = "minutes.md"
_MEETING: Final = r"\d{4}-\d{2}-\d{2}-[^/]+"
_WILDCARDS: Final = {
    "{year}": r"(?P<year>\d{4})",
    "{of}": rf"(?P<of>{_MEETING})",
    "{id}": rf"(?P<id>{_MEETING})",
    "{id}.toml": r"(?P<id>[^/]+)\.toml",
}
"""What the parts of the patterns of places stand for that are no names."""


class Place(NamedTuple):
    """The place of a record: its kind, and what stands for ``{…}`` in its path."""

    kind: Kind[Record]
    values: dict[str, str]

    @property
    def id(self) -> str:
        """The id that a record there has."""
        return self.values.get("id", self.kind.noun)

    @property
    def placed(self) -> dict[str, object]:
        """The fields that a record there gets from its place."""
        return self.kind.placed(self.values)

    @property
    def named(self) -> str:
        """What the history calls it: the kind and the id, which say nothing restricted."""
        if self.kind.is_single:
            return f"the {self.kind.noun}"
        return f"{self.kind.noun} {self.id.upper() if self.kind.coded else self.id}"


def place_of(path: str) -> Place | None:
    """Return the place of a record that a path is, or None where no record lies there."""
    for kind in every_kind():
        if found := _shape(kind.place).fullmatch(path):
            return Place(kind, found.groupdict())
    return None


def is_place(path: str) -> bool:
    """Tell whether a record of some kind is looked for at this path."""
    return place_of(path) is not None


def named(path: str) -> str:
    """Return what the history calls a file: what a record is called by its place, or else its path.

    What else lies in the restricted tree has a name that somebody gave it, which says what it is about.
    """
    place = place_of(path)
    if place is not None:
        return place.named
    if not is_restricted(path):
        return path
    return f"restricted minutes of {meeting_of(path)}" if is_minutes(path) else "a restricted file"


def shown(path: str, line: int | None = None, root: str | None = None) -> str:
    """Return a file as people are told of it, and a line of it.

    Args:
        path: The file, relative to the register.
        line: The line, from 1.
        root: The folder of the register, where the file is on disk: it is then told from the current folder, and the
            line as compilers do (``meetings/partnership.toml:3``), which terminals and editors open by a click.
    """
    if root is None:
        return path if line is None else f"{path}, line {line}"
    full = os.path.join(root, path)
    try:
        near = os.path.relpath(full)
    except (ValueError, OSError):
        # There is no way from here to there: another drive, or a current folder that has gone.
        near = full
    return near if line is None else f"{near}:{line}"


def folder(meeting: str, *, restricted: bool = False) -> str:
    """Return the folder of a meeting, or the one that it has in the restricted tree."""
    return RESTRICTED + meeting if restricted else meeting


def meeting_of(path: str) -> str | None:
    """Return the id of the meeting in whose folder a file lies, or None."""
    first = path.removeprefix(RESTRICTED).partition("/")[0]
    return first if re.fullmatch(_MEETING, first) else None


def minutes(meeting: str, *, restricted: bool = False) -> str:
    """Return where the minutes of a meeting are, or those of Part Two."""
    return f"{folder(meeting, restricted=restricted)}/{_MINUTES}"


def approval_of(minutes: str) -> str:
    """Return the record that tells whether minutes were approved, beside them in their tree."""
    kind = RestrictedRecords.meetings if is_restricted(minutes) else Records.meetings
    return kind.place.format(id=meeting_of(minutes))


def invitation(meeting: str) -> str:
    """Return where the invitation for anyone is that is made of a meeting."""
    return f"{meeting}/invite.ics"


def draft(prefix: str, id: str) -> str:
    """Return where the draft of a message lies: by what it is and whose it is, apart by what no id has in it."""
    return f"{OUTBOX}{prefix}_{id}.eml"


def sent(name: str) -> str:
    """Return where it is written down what was sent, by what that is."""
    return f"{OUTBOX}{name}{_SENT}"


def journals(names: Iterable[str]) -> list[str]:
    """Return what that is of each such file, of the names of all files in the outbox."""
    return sorted(name.removesuffix(_SENT) for name in names if name.endswith(_SENT))


def in_outbox(path: str) -> bool:
    """Tell whether a file lies in the outbox, or would on a system that takes its folder for that."""
    from slavefree_cli.git.lookalikes import folded

    return folded(path.partition("/")[0]) == OUTBOX.rstrip("/")


def to_commit(root: str, paths: Iterable[str]) -> list[str]:
    """Return those of some files of a register that git may have; the paths are absolute.

    It may have neither what only a command at work has, nor what is in the outbox.
    """
    within = ((path, os.path.relpath(path, root).replace(os.sep, "/")) for path in paths)
    return [path for path, place in within if not (is_own_temporary(path) or in_outbox(place))]


def is_minutes(path: str) -> bool:
    """Tell whether a file is the minutes of a meeting."""
    return path.endswith(f"/{_MINUTES}")


def is_made(path: str) -> bool:
    """Tell whether a file is made from records, and so follows them by itself."""
    return path.endswith(".ics")


def is_issued(path: str) -> bool:
    """Tell whether a file records what was issued or sent to people, which is not taken back."""
    place = place_of(path)
    return place is not None and place.kind in {Records.issues, Records.sendings}


def is_text(path: str) -> bool:
    """Tell whether a file may be a text of ours, that something is read from."""
    return path.endswith((".toml", ".md", ".ics", ATTRIBUTES))


def is_restricted(path: str) -> bool:
    """Tell whether a file lies in the restricted tree."""
    return path.startswith(RESTRICTED)


def in_other_tree(path: str) -> str:
    """Return the path that a file of one tree has in the other, open or restricted."""
    return path.removeprefix(RESTRICTED) if is_restricted(path) else RESTRICTED + path


def is_own_temporary(path: str) -> bool:
    """Tell whether a file is one that only a command at work has, by the beginning of its name."""
    return os.path.basename(path).startswith(".slavefree")


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
    return _walk(root, "", pattern.split("/"), {}, linked=False)


@cache
def _shape(pattern: str) -> re.Pattern[str]:
    return re.compile("/".join(_WILDCARDS.get(segment, re.escape(segment)) for segment in pattern.split("/")))


def _walk(root: str, folder: str, segments: list[str], values: dict[str, str], *, linked: bool) -> Iterator[Found]:
    segment, *rest = segments
    if segment not in _WILDCARDS:
        path = folder + segment
        full = os.path.join(root, path)
        link = linked or os.path.islink(full)
        if rest:
            yield from _walk(root, f"{path}/", rest, values, linked=link)
        elif os.path.lexists(full):
            yield Found(path, values, link)
        return
    try:
        entries = sorted(os.scandir(os.path.join(root, folder)), key=lambda entry: entry.name)
    except FileNotFoundError:
        return
    except OSError as error:
        yield Found(folder.rstrip("/"), values, linked, f"cannot be looked into: {reason(error)}")
        return
    shape = _shape(segment)
    for entry in entries:
        found = shape.fullmatch(entry.name)
        if found is None or entry.name.startswith("."):
            continue
        path, here, link = folder + entry.name, values | found.groupdict(), linked or entry.is_symlink()
        if not rest:
            problem = None if entry.name.isprintable() else "has a name that cannot be read"
            yield Found(path, here, link, problem)
        elif entry.is_symlink() or entry.is_dir():
            yield from _walk(root, f"{path}/", rest, here, linked=link)
