"""Records edited by hand through a command: which file is meant, valid or not, and what was typed, saved as it is."""

from datetime import datetime

from slavefree_cli.errors import InvalidError, NotFoundError
from slavefree_cli.model.kinds import Kind
from slavefree_cli.model.record import Record
from slavefree_cli.register import door, files, places
from slavefree_cli.register.desk import Desk
from slavefree_cli.work.records import find


def path_of(desk: Desk, typed: str, *kinds: Kind[Record], now: datetime | None = None) -> str:
    """Return the path of the file that is meant; one that is not valid is meant by its id or the beginning of it.

    Args:
        desk: The register.
        typed: What it was named by; of kinds without names of their own, the id.
        kinds: Where the file can lie.
        now: The instant at which it is named, for what is named by dates.

    Raises:
        NotFoundError: No file fits, or several do.
    """
    missing = NotFoundError(f"{typed} has no {kinds[0].noun} yet.")
    record: Record | None = None
    try:
        if now is not None:
            record = find.meeting(desk, typed, now)
        elif kinds[0].is_named:
            record = find.one_of(desk, typed, *kinds)
        else:
            record = desk.reader.all(kinds[0]).get(typed)
    except NotFoundError as error:
        missing = error
    if record is not None and (read := desk.reader.read(record)):
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
        return files.text_of(files.read(desk.root, path, linked=True))
    except (files.UnreadableError, FileNotFoundError) as error:
        said = error if isinstance(error, files.UnreadableError) else "is not UTF-8 text"
        raise InvalidError(f"{places.shown(path, None, desk.root)} {said}; open the file itself.") from None


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
