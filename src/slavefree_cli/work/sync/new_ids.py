"""Two clones that gave one id to two records: ours, which nobody else has yet, gets another wherever it is named."""

import hashlib
import posixpath
import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

import tomli

from slavefree_cli.errors import SlavefreeError
from slavefree_cli.model.kinds import RESTRICTED, Kind, Records, shares_ids
from slavefree_cli.model.mentions import renamed
from slavefree_cli.model.names import code_from, slug
from slavefree_cli.model.record import Record
from slavefree_cli.register import convert, places
from slavefree_cli.register.toml.edit import edited
from slavefree_cli.register.toml.statements import BOM, read

Contents = dict[str, bytes]
"""What the files of a register hold, by their paths."""


class Renaming(NamedTuple):
    """A record that got another id."""

    noun: str
    old: str
    new: str
    name: str
    """What it is called, for people; nothing for what is restricted."""


class _Place(NamedTuple):
    path: str
    kind: Kind[Record]
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
        if path in theirs and place.kind.called == "name":
            other = _name(theirs, path)
            if other is None or other.casefold() == name.casefold():
                continue
        new = _new_id(place, ours[path], taken)
        taken.add(new)
        ours = _moved(ours, place, new)
        made.append(Renaming(place.kind.noun, place.id, new, "" if place.kind.restricted else name))
    return ours, made


def _key(place: _Place) -> tuple[frozenset[str], str]:
    """Return what two records cannot both have: codes are of one set, and so are the ids that one field can name."""
    return (frozenset() if place.kind.coded else shares_ids(place.kind), place.id)


def _place(path: str) -> _Place | None:
    place = places.place_of(path)
    return _Place(path, place.kind, place.id) if place is not None and place.kind.is_named else None


def _places(paths: Mapping[str, object]) -> list[_Place]:
    return [place for path in paths if (place := _place(path)) is not None]


def _name(files: Contents, path: str) -> str | None:
    """Return what the record at a path is called, or None where it is no record."""
    place, document = places.place_of(path), read(files.get(path, b""))
    if place is None or not document:
        return None
    return str(document.get(place.kind.called or "", ""))


def _new_id(place: _Place, content: bytes, taken: set[str]) -> str:
    """Return an id that nobody has, the same whenever the same two clones meet."""
    if not place.kind.coded:
        return slug(place.id.replace("-", " "), place.kind.noun, taken, lambda: _code(content, taken))
    return _code(content, taken)


def _code(content: bytes, taken: set[str]) -> str:
    while (code := code_from(content := hashlib.sha256(content).digest())) in taken:
        continue
    return code


def _moved(files: Contents, place: _Place, new: str) -> Contents:
    moves = _moves(place, new)
    result = {}
    for path, content in files.items():
        if places.is_place(path):
            content = _referring(path, content, place, new)
        elif place.kind.coded and places.is_minutes(path) and not _is_approved(files, path):
            content = content.replace(f"[{place.id.upper()}]".encode(), f"[{new.upper()}]".encode())
        result[moves(path)] = content
    return result


def _is_approved(files: Contents, path: str) -> bool:
    return "minutes" in (read(files.get(places.approval_of(path), b"")) or {})


def _moves(place: _Place, new: str) -> Callable[[str], str]:
    if place.kind is Records.meetings:
        folder = re.compile(rf"^({re.escape(RESTRICTED)})?{re.escape(place.id)}/")
        return lambda path: folder.sub(lambda found: f"{found[1] or ''}{new}/", path)
    target = posixpath.join(posixpath.dirname(place.path), f"{new}.toml")
    return lambda path: target if path == place.path else path


def _referring(path: str, content: bytes, named: _Place, new: str) -> bytes:
    """Return a record with the new id wherever it names another by its old one; what is not valid stays as it is."""
    place = places.place_of(path)
    # A name can be written with escapes too.
    if place is None or (named.id.encode() not in content and b"\\" not in content):
        return content
    try:
        text = content.decode()
        raw = tomli.loads(text.removeprefix(BOM))
        record = convert.decode(place.kind.type, place.placed, raw)
        changed = renamed(record, named.kind.noun, named.id, new)
        return edited(text, convert.merged(raw, record, changed)).encode()
    except (ValueError, RecursionError, SlavefreeError):
        return content
