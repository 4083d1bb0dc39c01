"""Two clones that gave one id to two records: ours, which nobody else has yet, gets another wherever it is named."""

import hashlib
import posixpath
import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

import tomli

from slavefree_cli.errors import SlavefreeError
from slavefree_cli.model.names import code_from, is_code, slug
from slavefree_cli.model.record import Record
from slavefree_cli.model.renaming import Kind, renamed
from slavefree_cli.register import documents, layout
from slavefree_cli.register.layout import Shelf
from slavefree_cli.register.toml.edit import edited
from slavefree_cli.register.toml.statements import BOM

Contents = dict[str, bytes]
"""What the files of a register hold, by their paths."""

_NAMED: Mapping[Shelf[Record], Kind] = {
    layout.MEMBERS: "party",
    layout.PEOPLE: "party",
    layout.GROUPS: "group",
    layout.MEETINGS: "meeting",
}
_CODED = (
    layout.ACTIONS, layout.DECISIONS, layout.ISSUES, layout.RESTRICTED_ACTIONS, layout.RESTRICTED_DECISIONS,
)  # fmt: skip


class Renaming(NamedTuple):
    """A record that got another id."""

    noun: str
    old: str
    new: str
    name: str
    """What it is called, for people; nothing for what is restricted."""


class _Place(NamedTuple):
    path: str
    shelf: Shelf[Record]
    id: str


def clashing(base: set[str], ours: Mapping[str, str], theirs: Mapping[str, str]) -> list[str]:
    """Return the paths of our new records whose ids theirs gave to others, or may have.

    Args:
        base: The paths that both come from.
        ours: A token of what each of our files holds, by its path; alike where the content is.
        theirs: The same of theirs.
    """
    new = {_key(place): place.path for place in _places(theirs) if place.path not in base}
    found = []
    for place in _places(ours):
        other = new.get(_key(place))
        if place.path not in base and other is not None and (other != place.path or ours[other] != theirs[other]):
            found.append(place.path)
    return found


def with_new_ids(paths: list[str], ours: Contents, theirs: Contents) -> tuple[Contents, list[Renaming]]:
    """Return our files with another id for each of these records, in its name and in everything that names it.

    Members, people and groups of one name are one and the same, since no register has two of them: they stay, to be
    merged field by field.

    Args:
        paths: The records.
        ours: Our files.
        theirs: Theirs.
    """
    made = []
    taken = {place.id for side in (ours, theirs) for place in _places(side)}
    for path in paths:
        place = _place(path)
        if place is None or (name := _name(ours, path)) is None:
            continue
        if path in theirs and place.shelf not in {layout.MEETINGS, *_CODED}:
            other = _name(theirs, path)
            if other is None or other.casefold() == name.casefold():
                continue
        new = _new_id(place, ours[path], taken)
        taken.add(new)
        ours = _moved(ours, place, new)
        made.append(Renaming(place.shelf.noun, place.id, new, "" if place.shelf.restricted else name))
    return ours, made


def _key(place: _Place) -> tuple[str, str]:
    return ("code" if place.shelf in _CODED else _NAMED[place.shelf], place.id)


def _place(path: str) -> _Place | None:
    if not layout.is_place(path):
        return None
    shelf, values = layout.place_of(path)
    return _Place(path, shelf, values.get("id", "")) if shelf in _CODED or shelf in _NAMED else None


def _places(paths: Mapping[str, object]) -> list[_Place]:
    return [place for path in paths if (place := _place(path)) is not None]


def _name(files: Contents, path: str) -> str | None:
    document = _document(files.get(path, b""))
    for key in ("title", "name", "text", "method"):
        if isinstance(document.get(key), str):
            return str(document[key])
    return None


def _new_id(place: _Place, content: bytes, taken: set[str]) -> str:
    """Return an id that nobody has, the same whenever the same two clones meet."""
    if place.shelf not in _CODED:
        return slug(place.id.replace("-", " "), place.shelf.noun, taken, lambda: _code(content, taken))
    return _code(content, taken)


def _code(content: bytes, taken: set[str]) -> str:
    while (code := code_from(content := hashlib.sha256(content).digest())) in taken:
        continue
    return code


def _moved(files: Contents, place: _Place, new: str) -> Contents:
    moves = _moves(place, new)
    kind: Kind | None = _NAMED.get(place.shelf)
    if place.shelf in {layout.DECISIONS, layout.RESTRICTED_DECISIONS}:
        kind = "decision"
    result = {}
    for path, content in files.items():
        if kind is not None and layout.is_place(path):
            content = _referring(path, content, kind, place.id, new)
        elif is_code(place.id) and posixpath.basename(path) == "minutes.md" and not _is_approved(files, path):
            content = content.replace(f"[{place.id.upper()}]".encode(), f"[{new.upper()}]".encode())
        result[moves(path)] = content
    return result


def _is_approved(files: Contents, path: str) -> bool:
    return "minutes" in _document(files.get(posixpath.join(posixpath.dirname(path), "meeting.toml"), b""))


def _moves(place: _Place, new: str) -> Callable[[str], str]:
    if place.shelf is layout.MEETINGS:
        folder = re.compile(rf"^({re.escape(layout.RESTRICTED)})?{re.escape(place.id)}/")
        return lambda path: folder.sub(lambda found: f"{found[1] or ''}{new}/", path)
    target = posixpath.join(posixpath.dirname(place.path), f"{new}.toml")
    return lambda path: target if path == place.path else path


def _referring(path: str, content: bytes, kind: Kind, old: str, new: str) -> bytes:
    """Return a record with the new id wherever it names the old one; what is not valid stays as it is."""
    # A name can be written with escapes too.
    if old.encode() not in content and b"\\" not in content:
        return content
    shelf, values = layout.place_of(path)
    try:
        text = content.decode()
        raw = tomli.loads(text.removeprefix(BOM))
        record = documents.decode(shelf.type, shelf.placed(values), raw)
        return edited(text, documents.merged(raw, record, renamed(record, kind, old, new))).encode()
    except (ValueError, RecursionError, SlavefreeError):
        return content


def _document(content: bytes) -> Mapping[str, object]:
    try:
        return tomli.loads(content.decode().removeprefix(BOM))
    except (ValueError, RecursionError):
        return {}
