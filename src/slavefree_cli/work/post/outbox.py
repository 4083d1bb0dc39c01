"""The outbox, which git ignores: drafts for somebody's own mail program, and one command at a time that sends."""

import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime

from slavefree_cli.errors import SlavefreeError
from slavefree_cli.mail.letter import Letter, message
from slavefree_cli.register import files, lock, places, unshared
from slavefree_cli.register.desk import Desk
from slavefree_cli.register.door import Change
from slavefree_cli.work.post import journal
from slavefree_cli.work.post.journal import Sent
from slavefree_cli.work.post.letters import sender_of


def lay_out(
    desk: Desk, change: Change, letters: Iterable[Letter], prefix: str, at: datetime
) -> list[tuple[Letter, str]]:
    """Write letters into the outbox as drafts, with the rest of a change, and return each with its path."""
    sender = sender_of(desk.records.partnership)
    letters = list(letters)
    paths = unshared.fit(desk, *(places.draft(prefix, letter.name or letter.id) for letter in letters))
    drafts = list(zip(letters, paths, strict=True))
    for letter, path in drafts:
        change.deliver(path, message(letter, sender, at, unsent=True), desk.root)
    return drafts


def take_away(desk: Desk, letters: Iterable[Letter], prefix: str) -> None:
    """Take away the drafts of letters that were sent: they would be sent a second time, or say what held before."""
    for letter in letters:
        take_away_one(desk, prefix, letter.name or letter.id)


def take_away_one(desk: Desk, prefix: str, id: str) -> None:
    """Take away a draft that says what held before."""
    with suppress(FileNotFoundError):
        os.unlink(files.straight(desk.root, places.draft(prefix, id)))


def every_draft(desk: Desk) -> list[str]:
    """Return the names of all drafts in the outbox, whatever they are."""
    try:
        there = os.listdir(os.path.dirname(files.straight(desk.root, places.OUTBOX_IGNORED)))
    except FileNotFoundError:
        return []
    return sorted(name for name in there if name.endswith(".eml"))


def drafts(desk: Desk, prefixes: str) -> list[tuple[str, str]]:
    """Return what drafts there are to people and members, each as what it is and whose.

    Args:
        desk: The register.
        prefixes: A pattern of what they are.
    """
    try:
        there = os.listdir(os.path.dirname(files.straight(desk.root, places.OUTBOX_IGNORED)))
    except FileNotFoundError:
        return []
    found = [(each[1], each[2]) for name in there if (each := re.fullmatch(rf"({prefixes})_(.+)\.eml", name))]
    return sorted((prefix, id) for prefix, id in found if desk.records.party(id) is not None)


@contextmanager
def alone(desk: Desk) -> Iterator[None]:
    """Let nobody else send from this register meanwhile.

    Raises:
        ConflictError: Somebody does.
    """
    made = not os.path.exists(desk.path(places.OUTBOX_IGNORED))
    (mark,) = unshared.fit(desk, places.SENDING)
    said = "Another command is sending from this register; nothing is sent by this one."
    with lock.held(mark, 0, said):
        came = False
        try:
            yield
            came = True
        finally:
            # Not where something went out that is not recorded: then the next command records it.
            with suppress(SlavefreeError, OSError):
                if not unrecorded(desk):
                    os.unlink(mark)
                    if made and not came:
                        _tidy(desk)


def unrecorded(desk: Desk) -> dict[str, list[Sent]]:
    """Return what went out and is not recorded, as far as the journals know, by what each is called.

    Raises:
        SlavefreeError: A journal cannot be read.
    """
    try:
        names = places.journals(os.listdir(desk.path(places.OUTBOX)))
    except FileNotFoundError:
        names = []
    found = {name: journal.read(desk, name).unrecorded for name in names}
    return {name: sent for name, sent in found.items() if sent}


def _tidy(desk: Desk) -> None:
    """Take the folder away again where nothing came of it."""
    folder = desk.path(places.OUTBOX)
    ignored = files.straight(desk.root, places.OUTBOX_IGNORED)
    with suppress(OSError):
        if os.listdir(folder) == [os.path.basename(ignored)]:
            os.unlink(ignored)
            os.rmdir(folder)
