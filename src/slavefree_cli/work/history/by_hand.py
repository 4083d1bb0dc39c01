"""Records edited by hand through a command: which file is meant, valid or not, and what was typed, saved as it is."""

from collections.abc import Callable

from slavefree_cli.errors import InvalidError, NotFoundError
from slavefree_cli.model.kinds import Kind
from slavefree_cli.model.record import Record
from slavefree_cli.register import door, files, places
from slavefree_cli.register.desk import Desk


def path_of(desk: Desk, found: Callable[[], Record | None], typed: str, *kinds: Kind[Record]) -> str:
    """Return the path of the file that is meant; one that is not valid is meant by its id or the beginning of it.

    Args:
        desk: The register.
        found: Returns the valid record that is meant, or None.
        typed: What the file was named by.
        kinds: Where the file can lie.

    Raises:
        NotFoundError: No file fits, or several do.
    """
    missing = NotFoundError(f"{typed} has no {kinds[0].noun} yet.")
    try:
        record = found()
    except NotFoundError as error:
        record, missing = None, error
    read = desk.reader.read(record) if record is not None else None
    if read is not None:
        return read.path
    begins = typed.strip().casefold()
    fit = [bad.path for bad in desk.reader.bad_of(*kinds) if bad.id.startswith(begins)]
    if len(fit) != 1:
        raise missing
    return fit[0]


def text_of(desk: Desk, path: str) -> str:
    """Return what a file holds, to be edited.

    Raises:
        InvalidError: It is no text that an editor could show.
    """
    try:
        return files.read(desk.root, path, linked=True).decode()
    except (files.UnreadableError, UnicodeDecodeError, FileNotFoundError) as error:
        said = str(error) if isinstance(error, files.UnreadableError) else "is not UTF-8 text"
        raise InvalidError(f"{path} {said}; open the file itself.") from None


def save(desk: Desk, path: str, text: str, was: str) -> None:
    """Save a file as somebody typed it.

    Args:
        desk: The register.
        path: The file.
        text: What it shall hold.
        was: What it held when the editor opened.

    Raises:
        ConflictError: It holds something else by now.
        InvalidError: It would be no valid record; the message names the line.
    """
    with door.change(desk, f"Change {places.named(path)}") as change:
        change.save_text(path, text, was)
