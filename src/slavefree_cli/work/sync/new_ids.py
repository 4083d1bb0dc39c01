"""Two clones that gave one id to two records: ours, which nobody else has yet, gets another wherever it is named."""

import hashlib
from collections.abc import Iterable, Mapping
from typing import NamedTuple

import tomli

from slavefree_cli.errors import SlavefreeError
from slavefree_cli.model.kinds import Kind, Records, shares_ids
from slavefree_cli.model.mentions import renamed
from slavefree_cli.model.names import code_from, slug
from slavefree_cli.model.record import Record
from slavefree_cli.register import convert, places
from slavefree_cli.register.places import Place
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


def clashing(base: set[str], ours: Mapping[str, str], theirs: Mapping[str, str]) -> list[str]:
    """Return the paths of our new records whose ids theirs gave to others, or may have.

    Args:
        base: The paths that both come from.
        ours: A token of what each of our files holds, by its path; alike where the content is.
        theirs: The same of theirs.
    """
    new = {_key(place): path for path, place in _named(theirs).items() if path not in base}
    found = []
    for path, place in _named(ours).items():
        other = new.get(_key(place))
        if path not in base and other is not None and (other != path or ours[path] != theirs[path]):
            found.append(path)
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
    taken = {place.id for side in (ours, theirs) for place in _named(side).values()}
    for path, place in _named(paths).items():
        record = document(ours.get(path))
        if not record:
            continue
        name = _name(record, place.kind)
        if path in theirs and place.kind.called == "name":
            other = document(theirs[path])
            if not other or _name(other, place.kind).casefold() == name.casefold():
                continue
        new = _new_id(place, ours[path], taken)
        taken.add(new)
        ours = _moved(ours, path, place, new)
        made.append(Renaming(place.kind.noun, place.id, new, "" if place.kind.restricted else name))
    return ours, made


def document(content: bytes | None) -> Mapping[str, object]:
    """Return what a file says as TOML; nothing where there is none, or where it is none."""
    return read(content or b"") or {}


def _key(place: Place) -> tuple[frozenset[str], str]:
    """Return what two records cannot both have: codes are of one set, and so are the ids that one field can name."""
    return (frozenset() if place.kind.coded else shares_ids(place.kind), place.id)


def _named(paths: Iterable[str]) -> dict[str, Place]:
    """Return the places of the records that are named, by their paths."""
    found = ((path, places.place_of(path)) for path in paths)
    return {path: place for path, place in found if place is not None and place.kind.is_named}


def _name(record: Mapping[str, object], kind: Kind[Record]) -> str:
    return str(record.get(kind.called or "", ""))


def _new_id(place: Place, content: bytes, taken: set[str]) -> str:
    """Return an id that nobody has, the same whenever the same two clones meet."""
    if not place.kind.coded:
        return slug(place.id.replace("-", " "), place.kind.noun, taken, lambda: _code(content, taken))
    return _code(content, taken)


def _code(content: bytes, taken: set[str]) -> str:
    while (code := code_from(content := hashlib.sha256(content).digest())) in taken:
        continue
    return code


def _moved(files: Contents, path: str, place: Place, new: str) -> Contents:
    """Return files in which the record at a path has another id, as has everything that lies or is named by it."""
    result = {}
    for each, content in files.items():
        at = places.place_of(each)
        if at is not None:
            content = referring(at, content, place.kind.noun, place.id, new)
        elif place.kind.coded and places.is_minutes(each) and not _is_approved(files, each):
            content = content.replace(f"[{place.id.upper()}]".encode(), f"[{new.upper()}]".encode())
        if each == path:
            each = place.kind.place.format(**{**place.values, "id": new})
        elif place.kind is Records.meetings and places.meeting_of(each) == place.id:
            each = each.replace(place.id, new, 1)
        result[each] = content
    return result


def _is_approved(files: Contents, minutes: str) -> bool:
    return "minutes" in document(files.get(places.approval_of(minutes)))


def referring(at: Place, content: bytes, noun: str, old: str, new: str) -> bytes:
    """Return a record with the new id wherever it names another by its old one; what is not valid stays as it is.

    Args:
        at: Where the record lies.
        content: What it is.
        noun: The kind of the other.
        old: The id that the other had.
        new: The id that it has.
    """
    # A name can be written with escapes too.
    if old.encode() not in content and b"\\" not in content:
        return content
    try:
        text = content.decode()
        raw = tomli.loads(text.removeprefix(BOM))
        record = convert.decode(at.kind.type, at.placed, raw)
        changed = renamed(record, noun, old, new)
        return edited(text, convert.merged(raw, record, changed)).encode()
    except (ValueError, RecursionError, SlavefreeError):
        return content
