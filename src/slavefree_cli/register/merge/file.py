"""One file of a register merged, by what it is."""

from slavefree_cli.register import places
from slavefree_cli.register.merge.conflict import Merged, Side
from slavefree_cli.register.merge.prose import merged_prose
from slavefree_cli.register.merge.record import merged_record


def merged_file(
    path: str, base: bytes | None, ours: bytes | None, theirs: bytes | None, take: Side | None = None
) -> Merged:
    """Return what two changed versions of a file come to: a record field by field, other text line by line.

    Args:
        path: The file, relative to the register.
        base: What both come from; None where it was not there, as with the next two.
        ours: One version.
        theirs: The other.
        take: Whose word counts where both changed the same thing; ours, where none is named.

    Raises:
        GitError: There is no git program.
    """
    merge = merged_record if places.is_place(path) else merged_prose
    return merge(path, base, ours, theirs, take)
