"""Letters handed to a mail server, each step written down before the next is taken."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Final, Literal, NamedTuple

from slavefree_cli.errors import OutsideError
from slavefree_cli.mail.letter import Letter, message
from slavefree_cli.mail.login import NotLetInError
from slavefree_cli.mail.smtp import Connection, DoubtError, LostError, NotTakenError, Server
from slavefree_cli.register.desk import Desk
from slavefree_cli.work.post import journal, outbox
from slavefree_cli.work.post.journal import Entry, Step
from slavefree_cli.work.post.letters import sender_of

ATTEMPTS: Final = 5
"""How often in a row a connection may be lost without one message getting through."""


class Handed(NamedTuple):
    """What became of a letter."""

    letter: Letter
    did: Literal["sent", "in doubt", "not sent"]
    """In doubt is what was handed over and not confirmed: it may have arrived or not, and counts as sent."""
    why: str = ""
    """Why it was not sent."""


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

    Each step is in the journal before the next is taken, and what was sent loses its draft.

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
    done: list[Handed] = []
    waiting = list(letters)
    losses, lost_here, why = 0, 0, ""
    with journal.writing(desk, name) as write:

        def note(step: Step) -> None:
            write({"step": step, **named(waiting[0])})

        while waiting and losses < ATTEMPTS:
            try:
                with Connection(server) as connection:
                    while waiting:
                        letter = waiting[0]
                        note("handing")
                        try:
                            connection.send(sender.address, letter.to.address, message(letter, sender, at))
                        except NotTakenError as error:
                            note("not")
                            done.append(Handed(waiting.pop(0), "not sent", str(error)))
                        else:
                            note("to")
                            told(letter)
                            done.append(Handed(waiting.pop(0), "sent"))
                            losses = 0
                        lost_here = 0
            except LostError as error:
                note("not")
                losses, lost_here, why = losses + 1, lost_here + 1, str(error)
                if lost_here == 2:
                    # What one message brings about keeps the others from nobody.
                    done.append(Handed(waiting.pop(0), "not sent", f"the connection went at it twice ({why})"))
                    lost_here = 0
            except NotLetInError as error:
                # Asked again and again, a server shuts out whoever asks.
                if not done:
                    raise
                done += [Handed(each, "not sent", str(error).rstrip(".")) for each in waiting]
                waiting.clear()
            except OutsideError as error:
                if not done:
                    raise
                losses, why = losses + 1, str(error)
            except DoubtError as error:
                done.append(Handed(waiting.pop(0), "in doubt"))
                losses, lost_here, why = losses + 1, 0, str(error)
    outbox.take_away(desk, [each.letter for each in done if each.did != "not sent"], name)
    return done + [Handed(each, "not sent", f"the connection was lost again and again ({why})") for each in waiting]
