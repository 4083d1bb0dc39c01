"""One file of a register merged, by what it is; of a record its fields, its comments, and the result validated."""

from slavefree_cli.errors import SlavefreeError
from slavefree_cli.model.attendance import Attendance
from slavefree_cli.register import convert, places
from slavefree_cli.register.merge.answers import with_newest_answers
from slavefree_cli.register.merge.comments import with_comments_of
from slavefree_cli.register.merge.conflict import Conflict, Merged, Side, taken
from slavefree_cli.register.merge.fields import in_order, merged_fields
from slavefree_cli.register.merge.prose import merged_prose
from slavefree_cli.register.toml.edit import alike, edited
from slavefree_cli.register.toml.statements import BOM, read
from slavefree_cli.register.toml.write import Document


def merged_file(
    path: str, base: bytes | None, ours: bytes | None, theirs: bytes | None, take: Side | None = None
) -> Merged:
    """Return what two changed versions of a file come to: a record field by field, other text line by line.

    Args:
        path: The file, relative to the register.
        base: What both come from; None where it was not there, as with the next two.
        ours: One version; its layout is kept.
        theirs: The other.
        take: Whose word counts where both changed the same thing; ours, where none is named.

    Raises:
        GitError: There is no git program.
    """
    place = places.place_of(path)
    if place is None or ours == theirs or base in {ours, theirs}:
        return merged_prose(path, base, ours, theirs, take)
    one, other = _parsed(place, ours), _parsed(place, theirs)
    was = _parsed(place, base) or {}
    if base is not None and _is_valid(place, {}):
        # A file that is gone says no more and no less than an empty one.
        one = {} if ours is None else one
        other = {} if theirs is None else other
    whole = Conflict(path, "", *(_word(side, base) for side in (base, ours, theirs)))
    if one is None or other is None:
        return Merged(taken(take, ours, theirs), [whole])
    mine, yours = one, other
    if place.kind.type is Attendance:
        mine, yours = with_newest_answers(was, mine, yours)
    document, conflicts = merged_fields(path, was, mine, yours, take)
    if not document and None in {ours, theirs}:
        return Merged(None, conflicts)
    if not _is_valid(place, document):
        # Each side is right by itself and both together are not, as with a start taken out and an end put in.
        differing = [key for key in in_order(one, other) if not alike(one.get(key), other.get(key))]
        fields = [Conflict(path, key, was.get(key), one.get(key), other.get(key)) for key in differing]
        return Merged(taken(take, ours, theirs), fields)
    try:
        return Merged(_content(path, base or b"", ours or b"", theirs or b"", document), conflicts)
    except SlavefreeError:
        return Merged(taken(take, ours, theirs), [*conflicts, whole])


def _parsed(place: places.Place, content: bytes | None) -> Document | None:
    """Return what a version says, or None where it is gone or is no valid record, which is merged as a whole."""
    document = None if content is None else read(content)
    return document if document is not None and _is_valid(place, document) else None


def _is_valid(place: places.Place, document: Document) -> bool:
    try:
        convert.decode(place.kind.type, place.placed, document)
    except (convert.DocumentError, RecursionError):
        return False
    return True


def _content(path: str, base: bytes, ours: bytes, theirs: bytes, document: Document) -> bytes:
    """Return a text that says what was merged: the lines of both sides where they fit, for all that is no field."""
    was = base.decode(errors="replace").removeprefix(BOM)
    lines = merged_prose(path, was.encode(), ours, theirs)
    if not lines.conflicts and lines.content is not None and alike(read(lines.content), document):
        return lines.content
    try:
        text = edited(ours.decode(), document)
    except SlavefreeError:
        text = edited(theirs.decode(), document)
    text = with_comments_of(text, "" if read(was.encode()) is None else was, theirs.decode())
    if not alike(read(text.encode()), document):
        raise SlavefreeError("the comments of both sides do not fit into one file")
    return text.encode()


def _word(content: bytes | None, base: bytes | None) -> str | None:
    if content is None:
        return None if base is None else "removed"
    return "added" if base is None else "changed" if content != base else "there"
