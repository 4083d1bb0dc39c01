"""Records edited by hand through a command: which file is meant, valid or not, and what was typed, saved as it is."""

from collections.abc import Callable

from slavefree_cli.errors import InvalidError, NotFoundError
from slavefree_cli.model.record import Record
from slavefree_cli.register import files, layout
from slavefree_cli.register.layout import Shelf
from slavefree_cli.register.restricted import WholeRegister


def path_of(register: WholeRegister, found: Callable[[], Record | None], typed: str, *shelves: Shelf[Record]) -> str:
    """Return the path of the file that is meant; one that is not valid is meant by its id or the beginning of it.

    Args:
        register: The register.
        found: Returns the valid record that is meant, or None.
        typed: What the file was named by.
        shelves: Where the file can lie.

    Raises:
        NotFoundError: No file fits, or several do.
    """
    missing = NotFoundError(f"{typed} has no {shelves[0].noun} yet.")
    try:
        record = found()
    except NotFoundError as error:
        record, missing = None, error
    read = register.read(record) if record is not None else None
    if read is not None:
        return read.path
    for shelf in shelves:
        register.all(shelf)
    begins = typed.strip().casefold()
    fit = [bad.path for bad in register.bad() if layout.shelf_of(bad.path) in shelves and bad.id.startswith(begins)]
    if len(fit) != 1:
        raise missing
    return fit[0]


def text_of(register: WholeRegister, path: str) -> str:
    """Return what a file holds, to be edited.

    Raises:
        InvalidError: It is no text that an editor could show.
    """
    try:
        return files.read(register.root, path, linked=True).decode()
    except (files.UnreadableError, UnicodeDecodeError, FileNotFoundError) as error:
        said = str(error) if isinstance(error, files.UnreadableError) else "is not UTF-8 text"
        raise InvalidError(f"{path} {said}; open the file itself.") from None


def save(register: WholeRegister, path: str, text: str, was: str) -> None:
    """Save a file as somebody typed it.

    Args:
        register: The register.
        path: The file.
        text: What it shall hold.
        was: What it held when the editor opened.

    Raises:
        ConflictError: It holds something else by now.
        InvalidError: It would be no valid record; the message names the line.
    """
    with register.change(f"Change {named(path)}") as change:
        change.save_text(path, text, was)


def named(path: str) -> str:
    """Return what the history calls a file: the kind and id of a record, which say nothing restricted, or its path."""
    if not layout.is_place(path):
        return path
    shelf, values = layout.place_of(path)
    id = values.get("id", "")
    coded = "{year}" in shelf.pattern
    return f"the {shelf.noun}" if not id else f"{shelf.noun} {id.upper() if coded else id}"
