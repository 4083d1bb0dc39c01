"""The outbox, which git ignores: drafts for somebody's own mail program, and one command at a time that sends."""

import os
from collections.abc import Iterable
from contextlib import AbstractContextManager, suppress
from datetime import datetime

from slavefree_cli.mail.letter import Letter, message
from slavefree_cli.register import files, lock, places, unshared
from slavefree_cli.register.desk import Desk
from slavefree_cli.register.door import Change
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
        with suppress(FileNotFoundError):
            os.unlink(files.straight(desk.root, places.draft(prefix, letter.name or letter.id)))


def alone(desk: Desk) -> AbstractContextManager[None]:
    """Let nobody else send from this register meanwhile.

    Raises:
        ConflictError: Somebody does.
    """
    (path,) = unshared.fit(desk, places.SENDING)
    said = "Another command is sending from this register; nothing is sent by this one."
    return lock.held(path, 0, said)
