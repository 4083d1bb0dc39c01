"""Letters handed to a mail server, each step written down before the next is taken."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Final, Literal, NamedTuple, TypeAlias

from slavefree_cli.errors import OutsideError
from slavefree_cli.mail.letter import Letter, Party, message
from slavefree_cli.mail.login import NotLetInError
from slavefree_cli.mail.smtp import Connection, DoubtError, LostError, NotTakenError, Server
from slavefree_cli.register.desk import Desk
from slavefree_cli.work.post import journal, outbox, stopping
from slavefree_cli.work.post.journal import Entry, JournalError, Step
from slavefree_cli.work.post.letters import sender_of

ATTEMPTS: Final = 5
"""How often in a row a connection may be lost without one message getting through."""

INTERRUPTED: Final = "interrupted"
"""Why a letter was not sent, or nobody can know, when this process was told to stop."""
Did: TypeAlias = Literal["sent", "in doubt", "not sent"]


class Handed(NamedTuple):
    """What became of a letter."""

    letter: Letter
    did: Did
    """In doubt is what was handed over and not confirmed: it may have arrived or not, and counts as sent."""
    why: str = ""
    """Why it was not sent, or nobody can know."""


def send(
    desk: Desk,
    server: Server,
    letters: Iterable[Letter],
    name: str,
    at: datetime,
    told: Callable[[Letter], None],
    named: Callable[[Letter], Entry],
) -> list[Handed]:
    """Hand letters to a server, one message each; a connection that is lost is made again.

    That the end of one goes out is in the journal before it does: what the journal does not know was not sent, and in
    doubt is what it knows and has no answer to. What was sent loses its draft. Told to stop, it says what became of
    each.

    Args:
        desk: The register, from which nobody else is sending.
        server: The server.
        letters: The letters.
        name: What the journal and the drafts are called.
        at: The instant they are written at.
        told: Is told of each that was taken.
        named: Gives what the journal calls a letter.

    Raises:
        OutsideError: The server cannot be reached, or does not let this user in, before the first.
    """
    sender = sender_of(desk.records.partnership)
    with journal.writing(desk, name) as write, stopping.in_order():

        def note(step: Step, letter: Letter) -> None:
            write({"step": step, **named(letter)})

        done = _Handover(sender, server, list(letters), at, told, note).run()
    outbox.take_away(desk, [each.letter for each in done if each.did != "not sent"], name)
    return done


class _Handover:
    """Letters on their way."""

    def __init__(
        self,
        sender: Party,
        server: Server,
        letters: list[Letter],
        at: datetime,
        told: Callable[[Letter], None],
        note: Callable[[Step, Letter], None],
    ) -> None:
        self._sender = sender
        self._server = server
        self._waiting = letters
        self._at = at
        self._told = told
        self._write = note
        self._done: list[Handed] = []
        self._is_handed = False
        """Whether the end of the first that waits was sent, and nothing is known of it."""

    def run(self) -> list[Handed]:
        """Hand them over, and return what became of each."""
        try:
            why = self._one_after_the_other()
        except KeyboardInterrupt:
            why = INTERRUPTED
        except JournalError as error:
            why = str(error).rstrip(".")
        if self._is_handed:
            self._took("in doubt", why)
        return self._done + [Handed(each, "not sent", why) for each in self._waiting]

    def _one_after_the_other(self) -> str:
        """Hand them over while that can be done, and return why it was ended."""
        losses, lost_here, why = 0, 0, ""
        while self._waiting and losses < ATTEMPTS:
            try:
                with Connection(self._server) as connection:
                    while self._waiting:
                        losses, lost_here = (0 if self._one(connection) else losses), 0
            except LostError as error:
                if self._is_handed:
                    self._note("not")
                losses, lost_here, why = losses + 1, lost_here + 1, str(error)
                if lost_here == 2:
                    # What one message brings about keeps the others from nobody.
                    self._took("not sent", f"the connection went at it twice ({why})")
                    lost_here = 0
            except NotLetInError as error:
                # Asked again and again, a server shuts out whoever asks.
                if not self._done:
                    raise
                return str(error).rstrip(".")
            except OutsideError as error:
                if not self._done:
                    raise
                losses, why = losses + 1, str(error)
            except DoubtError as error:
                self._took("in doubt", str(error))
                losses, lost_here, why = losses + 1, 0, str(error)
        return f"the connection was lost again and again ({why})"

    def _one(self, connection: Connection) -> bool:
        """Hand over the first that waits, and tell whether it was taken."""
        letter = self._waiting[0]
        content = message(letter, self._sender, self._at)
        try:
            connection.send(self._sender.address, letter.to.address, content, self._ending)
        except NotTakenError as error:
            if self._is_handed:
                self._note("not")
            self._took("not sent", str(error))
            return False
        with stopping.not_now():
            try:
                self._note("to")
            finally:
                self._took("sent")
        self._told(letter)
        return True

    @contextmanager
    def _ending(self) -> Iterator[None]:
        """Note that the end of the first that waits is sent, as one with its being sent."""
        with stopping.not_now():
            self._write("handing", self._waiting[0])
            self._is_handed = True
            yield

    def _note(self, step: Step) -> None:
        with stopping.not_now():
            self._write(step, self._waiting[0])
            self._is_handed = False

    def _took(self, did: Did, why: str = "") -> None:
        with stopping.not_now():
            self._done.append(Handed(self._waiting.pop(0), did, why))
            self._is_handed = False
