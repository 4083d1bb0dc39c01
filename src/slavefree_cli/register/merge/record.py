"""One record merged: its fields, its comments, and the result parsed again and validated."""

from typing import NamedTuple

import tomli

from slavefree_cli.errors import SlavefreeError
from slavefree_cli.register import documents, layout
from slavefree_cli.register.merge.comments import with_comments_of
from slavefree_cli.register.merge.conflict import Conflict, Merged, Side, taken
from slavefree_cli.register.merge.fields import merged_fields
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
    if one is None or other is None:
        words = [_word(side, base) for side in (base, ours, theirs)]
        return Merged(taken(take, ours, theirs), [Conflict(path, "", *words)])
    document, clashes = merged_fields(was.document, one.document, other.document, take)
    conflicts = [Conflict(path, *clash) for clash in clashes]
    try:
        _validate(path, document)
        text = with_comments_of(_text(one, other, document), was.text, other.text)
        if not alike(tomli.loads(text.removeprefix(BOM)), document):
            raise SlavefreeError("the comments of both sides do not fit into one file")
        return Merged(text.encode(), conflicts)
    except documents.DocumentError as error:
        # Each side is right by itself and both together are not, as with a start taken out and an end put in.
        sides = [_at(each.document, error.key) for each in (was, one, other)]
        conflict = Conflict(path, error.key, *sides)
        return Merged(taken(take, ours, theirs), conflicts or [conflict])
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


def _validate(path: str, document: Document) -> None:
    shelf, values = layout.place_of(path)
    documents.decode(shelf.type, shelf.placed(values), document)


def _text(ours: _Version, theirs: _Version, document: Document) -> str:
    try:
        return edited(ours.text, document)
    except SlavefreeError:
        return edited(theirs.text, document)


def _word(content: bytes | None, base: bytes | None) -> str | None:
    if content is None:
        return None if base is None else _REMOVED
    return _ADDED if base is None else _CHANGED if content != base else "there"


def _at(document: Document, key: str) -> object:
    value: object = document
    for part in key.split("."):
        value = value.get(part) if isinstance(value, dict) else None
    return value
