"""One record merged: its fields, its comments, and the result parsed again and validated."""

from typing import NamedTuple

import tomli

from slavefree_cli.errors import SlavefreeError
from slavefree_cli.model.attendance import Attendance
from slavefree_cli.register import convert, places
from slavefree_cli.register.merge.answers import with_newest_answers
from slavefree_cli.register.merge.comments import with_comments_of
from slavefree_cli.register.merge.conflict import Conflict, Merged, Side, taken
from slavefree_cli.register.merge.fields import differing, merged_fields
from slavefree_cli.register.merge.prose import merged_prose
from slavefree_cli.register.toml.edit import alike, edited
from slavefree_cli.register.toml.statements import BOM
from slavefree_cli.register.toml.write import Document

_REMOVED, _CHANGED, _ADDED = "removed", "changed", "added"


class _Version(NamedTuple):
    text: str
    document: Document


def merged_record(
    path: str, base: bytes | None, ours: bytes | None, theirs: bytes | None, take: Side | None = None
) -> Merged:
    """Return what two changed versions of a record come to.

    Args:
        path: Its file, relative to the register.
        base: What both come from; None where it was not there, as with the next two.
        ours: One version; its layout is kept.
        theirs: The other.
        take: Whose value stands where both changed a field.
    """
    if ours == theirs or base == theirs:
        return Merged(ours, [])
    if base == ours:
        return Merged(theirs, [])
    one, other = _parsed(path, ours), _parsed(path, theirs)
    was = _parsed(path, base) or _Version("", {})
    if base is not None and _may_be_empty(path):
        # A file that is gone says no more and no less than an empty one.
        one = _Version("", {}) if ours is None else one
        other = _Version("", {}) if theirs is None else other
    if one is None or other is None:
        words = [_word(side, base) for side in (base, ours, theirs)]
        return Merged(taken(take, ours, theirs), [Conflict(path, "", *words)])
    mine, yours = one.document, other.document
    place = places.place_of(path)
    if place is not None and place.kind.type is Attendance:
        mine, yours = with_newest_answers(was.document, mine, yours)
    document, clashes = merged_fields(was.document, mine, yours, take)
    conflicts = [Conflict(path, *clash) for clash in clashes]
    if not document and None in {ours, theirs}:
        return Merged(None, conflicts)
    try:
        _validate(path, document)
        return Merged(_content(path, base, one, other, document), conflicts)
    except convert.DocumentError:
        # Each side is right by itself and both together are not, as with a start taken out and an end put in.
        fields = [Conflict(path, *each) for each in differing(was.document, one.document, other.document)]
        return Merged(taken(take, ours, theirs), fields)
    except SlavefreeError:
        words = [_word(side, base) for side in (base, ours, theirs)]
        return Merged(taken(take, ours, theirs), [*conflicts, Conflict(path, "", *words)])


def _parsed(path: str, content: bytes | None) -> _Version | None:
    """Return a version, or None where it is gone or is no valid record, which is merged as a whole."""
    if content is None:
        return None
    try:
        text = content.decode()
        document: Document = tomli.loads(text.removeprefix(BOM))
        _validate(path, document)
    except (ValueError, RecursionError):
        return None
    return _Version(text, document)


def _may_be_empty(path: str) -> bool:
    """Tell whether a record at a path needs no key at all, as one that is a table of people or of items."""
    try:
        _validate(path, {})
    except convert.DocumentError:
        return False
    return True


def _validate(path: str, document: Document) -> None:
    place = places.place_of(path)
    if place is not None:
        convert.decode(place.kind.type, place.placed, document)


def _content(path: str, base: bytes | None, ours: _Version, theirs: _Version, document: Document) -> bytes:
    """Return a text that says what was merged: the lines of both sides where they fit, for all that is no field."""
    was = (base or b"").decode(errors="replace").removeprefix(BOM)
    lines = merged_prose(path, was.encode(), ours.text.encode(), theirs.text.encode())
    if not lines.conflicts and lines.content is not None and _says(lines.content.decode(), document):
        return lines.content
    try:
        text = edited(ours.text, document)
    except SlavefreeError:
        text = edited(theirs.text, document)
    text = with_comments_of(text, was if _is_toml(was) else "", theirs.text)
    if not _says(text, document):
        raise SlavefreeError("the comments of both sides do not fit into one file")
    return text.encode()


def _says(text: str, document: Document) -> bool:
    return _is_toml(text) and alike(tomli.loads(text.removeprefix(BOM)), document)


def _is_toml(text: str) -> bool:
    try:
        tomli.loads(text.removeprefix(BOM))
    except (ValueError, RecursionError):
        return False
    return True


def _word(content: bytes | None, base: bytes | None) -> str | None:
    if content is None:
        return None if base is None else _REMOVED
    return _ADDED if base is None else _CHANGED if content != base else "there"
