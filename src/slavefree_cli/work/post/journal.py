"""What was sent, written down as it happens, so that after a command that was broken off nothing is sent twice.

A journal is a file in the outbox, a JSON object of text a line. A line with a ``step`` tells how far a letter has come,
and by the rest of its keys which letter; any other line tells what somebody has to know about those.
"""

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Literal, TypeAlias, get_args

from slavefree_cli.errors import SlavefreeError
from slavefree_cli.register import files, places, unshared
from slavefree_cli.register.desk import Desk

Step = Literal["handing", "to", "not"]
"""A letter is about to be handed over, was taken, or was not."""
Entry: TypeAlias = dict[str, str]


@contextmanager
def writing(desk: Desk, name: str) -> Iterator[Callable[[Entry], None]]:
    """Yield what writes a line; it is on disk when that returns."""
    (path,) = unshared.fit(desk, places.sent(name))
    with open(path, "a", encoding="utf-8") as file:
        if file.tell():
            # A line that was broken off does not take the next one with it.
            file.write("\n")

        def write(entry: Entry) -> None:
            file.write(json.dumps(entry) + "\n")
            file.flush()
            os.fsync(file.fileno())

        yield write


def read(desk: Desk, name: str) -> list[Entry]:
    """Return the entries, without their steps, of letters that were taken or on their way, and all that have no step.

    At most once is better than twice. Nothing where there is no journal.

    Raises:
        SlavefreeError: It cannot be read.
        InvalidError: It came by git, or lies behind a link.
    """
    path = places.sent(name)
    if os.path.lexists(files.straight(desk.root, path)):
        unshared.refuse_what_came(desk)
    try:
        lines = files.read(desk.root, path, most=files.ANY_SIZE).decode(errors="replace").splitlines()
    except FileNotFoundError:
        return []
    except files.UnreadableError as error:
        raise SlavefreeError(f"{desk.path(path)} {error}, so it is not known who was sent what; look at it.") from None
    found: dict[tuple[tuple[str, str], ...], None] = {}
    for entry in map(_entry, lines):
        step = entry.pop("step", "")
        letter = tuple(entry.items())
        if step == "not":
            found.pop(letter, None)
        elif entry:
            found[letter] = None
    return [dict(letter) for letter in found]


def end(desk: Desk, name: str) -> None:
    """Take a journal away: what it tells is recorded."""
    with suppress(FileNotFoundError):
        os.unlink(files.straight(desk.root, places.sent(name)))


def _entry(line: str) -> Entry:
    """Return what a line tells; nothing where the machine stopped in the middle of it."""
    step, _, message = line.partition(" ")
    if step in get_args(Step):
        # As it was written once: a step and a Message-ID.
        return {"step": step, "message": message}
    try:
        entry = json.loads(line)
    except (ValueError, RecursionError):
        return {}
    is_entry = isinstance(entry, dict) and all(isinstance(value, str) for value in entry.values())
    return entry if is_entry else {}
