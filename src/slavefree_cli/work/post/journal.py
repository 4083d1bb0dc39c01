"""What was sent, written down as it happens, so that after a command that was broken off nothing is sent twice.

A journal is a file in the outbox, a JSON object of text a line. A line with a ``text`` is a record of what is sent, but
for whom to; one with a ``step`` tells how far a letter has come, and by the rest of its keys which letter; one with
``recorded`` that a record is kept.
"""

import errno
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Literal, NamedTuple, TypeAlias, get_args

from slavefree_cli.errors import SlavefreeError
from slavefree_cli.model.names import is_code
from slavefree_cli.register import files, places, unshared
from slavefree_cli.register.desk import Desk

Step = Literal["handing", "to", "not"]
"""A letter is with the server but for its end, was taken, or was not."""
Entry: TypeAlias = dict[str, str]
What = Literal["issue", "sending"]


class JournalError(SlavefreeError):
    """A journal cannot be written."""


class Sent(NamedTuple):
    """What a journal tells of one record: whom it went to."""

    what: What
    id: str
    text: str
    """The record as a file has it, but for whom it went to."""
    to: tuple[str, ...]
    """Those who were sent it, in doubt or not."""
    in_doubt: tuple[str, ...]


class Journal(NamedTuple):
    """What a journal tells."""

    messages: dict[str, Step]
    """The Message-IDs of letters that were taken, or had but their end to be handed over."""
    unrecorded: list[Sent]
    """What went out and is not recorded, as far as the journal knows."""


@contextmanager
def writing(desk: Desk, name: str) -> Iterator[Callable[[Entry], None]]:
    """Yield what writes a line; it is on disk when that returns.

    Raises:
        JournalError: It cannot be written.
    """
    (path,) = unshared.fit(desk, places.sent(name))

    def refused(error: OSError) -> JournalError:
        return JournalError(f"{path} cannot be written: {files.reason(error)}; without it nothing more is sent.")

    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o666)
    except OSError as error:
        raise refused(error) from None

    def write(entry: Entry) -> None:
        size = os.fstat(descriptor).st_size
        # A line that was broken off does not take the next one with it.
        line = (b"\n" if size else b"") + json.dumps(entry).encode() + b"\n"
        try:
            if os.write(descriptor, line) < len(line):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            os.fsync(descriptor)
        except OSError as error:
            with suppress(OSError):
                os.ftruncate(descriptor, size)
            raise refused(error) from None

    try:
        yield write
    finally:
        os.close(descriptor)


def read(desk: Desk, name: str) -> Journal:
    """Return what a journal tells; nothing where there is none. At most once is better than twice.

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
        return Journal({}, [])
    except files.UnreadableError as error:
        raise SlavefreeError(f"{desk.path(path)} {error}, so it is not known who was sent what; look at it.") from None
    return _told(list(map(_entry, lines)))


def _told(entries: list[Entry]) -> Journal:
    texts: dict[tuple[What, str], str] = {}
    letters: dict[tuple[tuple[str, str], ...], Step] = {}
    recorded = {entry["recorded"] for entry in entries if "recorded" in entry}
    for entry in entries:
        step = entry.pop("step", "")
        letter = tuple(entry.items())
        if step in {"handing", "to"}:
            letters[letter] = "to" if step == "to" else "handing"
        elif step == "not":
            letters.pop(letter, None)
        elif "text" in entry:
            texts |= {(what, entry[what]): entry["text"] for what in get_args(What) if what in entry}
    found = []
    for (what, id), text in texts.items():
        of = [(dict(letter), step) for letter, step in letters.items()]
        to = {letter["to"]: step for letter, step in of if letter.get(what) == id and "to" in letter}
        if to and is_code(id) and id not in recorded:
            doubtful = tuple(each for each, step in to.items() if step == "handing")
            found.append(Sent(what, id, text, tuple(to), doubtful))
    messages = {dict(letter).get("message", ""): step for letter, step in letters.items()}
    return Journal({message: step for message, step in messages.items() if message}, found)


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
