"""Letters on their way: handed to a mail server, or laid into the outbox as drafts."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Final, NamedTuple

from slavefree_cli.errors import ConflictError, InvalidError, OutsideError
from slavefree_cli.mail.letter import Letter, Party, message, message_id
from slavefree_cli.mail.smtp import Connection, DoubtError, LostError, NotTakenError, Server
from slavefree_cli.model.partnership import Partnership
from slavefree_cli.register import files
from slavefree_cli.register.change import Change
from slavefree_cli.register.store import Register

OUTBOX: Final = "outbox"
ATTEMPTS: Final = 5
"""How often in a row a connection may be lost without one message getting through."""


class Sent(NamedTuple):
    """What became of the letters."""

    sent: list[Letter]
    not_sent: list[tuple[Letter, str]]
    """Each with why."""


def sender_of(partnership: Partnership) -> Party:
    """Return who letters are from.

    Raises:
        InvalidError: The partnership has no coordinator's address.
    """
    if partnership.coordinator.email is None:
        raise InvalidError(
            "Messages come from the coordinator's address, and partnership.toml has none. "
            "Set it with: slavefree partnership edit --email ADDRESS"
        )
    return Party(partnership.coordinator.name or partnership.name, partnership.coordinator.email)


def subject(partnership: Partnership, text: str) -> str:
    """Return a subject with the protective marking at its start, where the partnership sets one."""
    return f"{partnership.marking}: {text}" if partnership.marking else text


def outbox(register: Register) -> str:
    """Return the folder of drafts, which git ignores, made where it is not there."""
    folder = os.path.join(register.root, OUTBOX)
    ignore = os.path.join(folder, ".gitignore")
    if not os.path.exists(ignore):
        files.write_all([files.Write(ignore, b"*\n")])
    return folder


def lay_out(register: Register, change: Change, letters: Iterable[Letter], prefix: str, at: datetime) -> list[str]:
    """Write letters into the outbox as drafts, with the rest of a change, and return their paths."""
    sender, folder = sender_of(register.partnership), outbox(register)
    paths = []
    for letter in letters:
        path = os.path.join(folder, f"{prefix}-{letter.id}.eml")
        change.deliver(path, message(letter, sender, at, unsent=True))
        paths.append(path)
    return paths


@contextmanager
def alone(register: Register) -> Iterator[None]:
    """Let nobody else send from this register meanwhile.

    Raises:
        ConflictError: Somebody does.
    """
    import filelock

    try:
        with filelock.FileLock(os.path.join(outbox(register), ".lock"), timeout=0):
            yield
    except filelock.Timeout:
        raise ConflictError("Another command is sending from this register; nothing is sent by this one.") from None


def draft(register: Register, letters: Sequence[Letter], prefix: str, at: datetime) -> list[str]:
    """Write letters into the outbox as drafts and return their paths; nothing is recorded."""
    with register.change() as change:
        return lay_out(register, change, letters, prefix, at)


def send_once(
    register: Register,
    server: Server,
    letters: Sequence[Letter],
    name: str,
    at: datetime,
    told: Callable[[Letter], None],
) -> Sent:
    """Hand over letters that are recorded nowhere else and remember each at once: the same goes to nobody twice.

    Args:
        register: The register.
        server: The server.
        letters: The letters.
        name: What the memory is called.
        at: The instant they are written at.
        told: Is told of each that was taken.

    Raises:
        OutsideError: As ``send``.
        ConflictError: Another command is sending from this register.
    """
    sender = sender_of(register.partnership)
    with alone(register):
        path = os.path.join(outbox(register), f"{name}.sent")
        try:
            known = set(files.read("", path, most=files.ANY_SIZE).decode(errors="replace").split())
        except FileNotFoundError:
            known = set()
        waiting = [each for each in letters if message_id(each, sender) not in known]
        with open(path, "a", encoding="utf-8") as memory:

            def done(letter: Letter) -> None:
                memory.write(message_id(letter, sender) + "\n")
                memory.flush()
                os.fsync(memory.fileno())
                told(letter)

            return send(server, waiting, sender, at, done)


def send(
    server: Server, letters: Sequence[Letter], sender: Party, at: datetime, done: Callable[[Letter], None]
) -> Sent:
    """Hand letters to a server, one message each; a connection that is lost is made again.

    Args:
        server: The server.
        letters: The letters.
        sender: Who they are from.
        at: The instant they are written at.
        done: Is told of each as soon as the server has taken it, to record it at once.

    Raises:
        OutsideError: The server cannot be reached, or does not let this user in, before the first.
    """
    sent: list[Letter] = []
    not_sent: list[tuple[Letter, str]] = []
    waiting = list(letters)
    lost = 0
    while waiting and lost < ATTEMPTS:
        try:
            with Connection(server) as connection:
                while waiting:
                    letter = waiting[0]
                    try:
                        connection.send(sender.address, letter.to.address, message(letter, sender, at))
                    except NotTakenError as error:
                        not_sent.append((letter, str(error)))
                    else:
                        done(letter)
                        sent.append(letter)
                    waiting.pop(0)
                    lost = 0
        except LostError:
            lost += 1
        except OutsideError:
            if not sent and not not_sent:
                raise
            lost += 1
        except DoubtError as error:
            letter = waiting.pop(0)
            not_sent.append((letter, f"it may have arrived or not, as the connection went ({error})"))
    not_sent += [(letter, "the connection was lost again and again") for letter in waiting]
    return Sent(sent, not_sent)
