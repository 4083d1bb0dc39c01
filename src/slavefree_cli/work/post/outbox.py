"""Letters on their way: handed to a mail server, or laid into the outbox as drafts."""

import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from typing import Final, Literal, NamedTuple

from slavefree_cli.errors import ConflictError, InvalidError, OutsideError, SlavefreeError
from slavefree_cli.mail.letter import Letter, Party, message, message_id
from slavefree_cli.mail.smtp import Connection, DoubtError, LostError, NotTakenError, Server
from slavefree_cli.model.kinds import Records
from slavefree_cli.model.partnership import Partnership
from slavefree_cli.model.text import without_addresses
from slavefree_cli.register import door, files
from slavefree_cli.register.desk import Desk
from slavefree_cli.register.door import Change

OUTBOX: Final = "outbox"
_AT = re.compile(r"&#0*64;|&#x0*40;|&commat;|%40", re.IGNORECASE)
_LINK = re.compile(r"(https?://[^\s<>\"]+)")
ATTEMPTS: Final = 5
"""How often in a row a connection may be lost without one message getting through."""


Step = Literal["handing", "to", "not"]
"""A letter is about to be handed over, was taken, or was not."""


class Sent(NamedTuple):
    """What became of the letters."""

    sent: list[Letter]
    not_sent: list[tuple[Letter, str]]
    """Each with why."""
    in_doubt: list[Letter]
    """Handed over and not confirmed: they may have arrived or not, and count as sent."""


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


def without_others(letter: Letter, records: Records) -> Letter:
    """Return a letter in which no address stands but the reader's own and the coordinator's, and every link stays.

    However an address is written in Markdown or in a link, it is one.
    """
    own = (records.partnership.coordinator.email or "").casefold()
    known = [each.email for each in records.people.values() if each.email]
    known += [each.email for each in records.members.values() if each.email]
    others = [each for each in known if each.casefold() not in {own, letter.to.address.casefold()}]

    def cleaned(text: str) -> str:
        text = _AT.sub("@", text)
        for other in others:
            text = re.sub(re.escape(other), "(address)", text, flags=re.IGNORECASE)
        parts = _LINK.split(text)
        return "".join(part if index % 2 else without_addresses(part, own) for index, part in enumerate(parts))

    return letter._replace(
        to=letter.to._replace(name=cleaned(letter.to.name)), subject=cleaned(letter.subject), text=cleaned(letter.text)
    )


def outbox(desk: Desk) -> str:
    """Return the folder of drafts, which git ignores, made where it is not there."""
    folder = desk.path(OUTBOX)
    ignore = os.path.join(folder, ".gitignore")
    if not os.path.exists(ignore):
        files.write_all([files.Write(ignore, b"*\n")])
    return folder


def lay_out(desk: Desk, change: Change, letters: Iterable[Letter], prefix: str, at: datetime) -> list[str]:
    """Write letters into the outbox as drafts, with the rest of a change, and return their paths."""
    sender = sender_of(desk.records.partnership)
    outbox(desk)
    paths = []
    for letter in letters:
        path = draft_path(desk, prefix, letter.id)
        change.deliver(path, message(letter, sender, at, unsent=True))
        paths.append(path)
    return paths


def draft_path(desk: Desk, prefix: str, id: str) -> str:
    """Return where the draft of a letter lies."""
    return os.path.join(desk.root, OUTBOX, f"{prefix}-{id}.eml")


def take_away(desk: Desk, prefix: str, letters: Iterable[Letter]) -> None:
    """Take away the drafts of letters that were sent: they would be sent a second time, or say what held before."""
    for letter in letters:
        with suppress(FileNotFoundError):
            os.unlink(draft_path(desk, prefix, letter.id))


@contextmanager
def alone(desk: Desk) -> Iterator[None]:
    """Let nobody else send from this register meanwhile.

    Raises:
        ConflictError: Somebody does.
    """
    import filelock

    try:
        with filelock.FileLock(os.path.join(outbox(desk), ".lock"), timeout=0):
            yield
    except filelock.Timeout:
        raise ConflictError("Another command is sending from this register; nothing is sent by this one.") from None


def draft(desk: Desk, letters: Sequence[Letter], prefix: str, at: datetime) -> list[str]:
    """Write letters into the outbox as drafts and return their paths; nothing is recorded."""
    with door.change(desk, "Write drafts") as change:
        return lay_out(desk, change, letters, prefix, at)


def send_once(
    desk: Desk,
    server: Server,
    letters: Sequence[Letter],
    name: str,
    at: datetime,
    told: Callable[[Letter], None],
) -> Sent:
    """Hand over letters that are recorded nowhere else and remember each at once: the same goes to nobody twice.

    Args:
        desk: The register.
        server: The server.
        letters: The letters.
        name: What the memory is called.
        at: The instant they are written at.
        told: Is told of each that was taken.

    Raises:
        OutsideError: As ``send``.
        ConflictError: Another command is sending from this register.
    """
    sender = sender_of(desk.records.partnership)
    with alone(desk):
        path = os.path.join(outbox(desk), f"{name}.sent")
        known: set[str] = set()
        try:
            for line in files.read("", path, most=files.ANY_SIZE).decode(errors="replace").splitlines():
                step, _, id = line.partition(" ")
                known = known - {id} if step == "not" else known | {id}
        except FileNotFoundError:
            pass
        except files.UnreadableError as error:
            raise SlavefreeError(f"{path} {error}, so it is not known who had the message already.") from None
        waiting = [each for each in letters if message_id(each, sender) not in known]
        with open(path, "a", encoding="utf-8") as memory:

            def note(step: Step, letter: Letter) -> None:
                memory.write(f"{step} {message_id(letter, sender)}\n")
                memory.flush()
                os.fsync(memory.fileno())
                if step == "to":
                    told(letter)

            outcome = send(server, waiting, sender, at, note)
        take_away(desk, name, [*outcome.sent, *outcome.in_doubt])
    return outcome


def send(
    server: Server, letters: Sequence[Letter], sender: Party, at: datetime, note: Callable[[Step, Letter], None]
) -> Sent:
    """Hand letters to a server, one message each; a connection that is lost is made again.

    Args:
        server: The server.
        letters: The letters.
        sender: Who they are from.
        at: The instant they are written at.
        note: Is told of each step of each letter, to write it down at once.

    Raises:
        OutsideError: The server cannot be reached, or does not let this user in, before the first.
    """
    sent: list[Letter] = []
    not_sent: list[tuple[Letter, str]] = []
    waiting = list(letters)
    in_doubt: list[Letter] = []
    losses, lost_here, why = 0, 0, ""
    while waiting and losses < ATTEMPTS:
        try:
            with Connection(server) as connection:
                while waiting:
                    letter = waiting[0]
                    note("handing", letter)
                    try:
                        connection.send(sender.address, letter.to.address, message(letter, sender, at))
                    except NotTakenError as error:
                        note("not", letter)
                        not_sent.append((letter, str(error)))
                    else:
                        note("to", letter)
                        sent.append(letter)
                        losses = 0
                    waiting.pop(0)
                    lost_here = 0
        except LostError as error:
            note("not", waiting[0])
            losses, lost_here, why = losses + 1, lost_here + 1, str(error)
            if lost_here == 2:
                # What one message brings about keeps the others from nobody.
                not_sent.append((waiting.pop(0), f"the connection went at it twice ({why})"))
                lost_here = 0
        except OutsideError as error:
            if not sent and not not_sent:
                raise
            losses, why = losses + 1, str(error)
        except DoubtError:
            in_doubt.append(waiting.pop(0))
    not_sent += [(letter, f"the connection was lost again and again ({why})") for letter in waiting]
    return Sent(sent, not_sent, in_doubt)
