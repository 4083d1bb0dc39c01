"""What somebody who leaves hands over, as an option says it, and what is said of it."""

from typing import Annotated

from slavefree_cli.commands import completion
from slavefree_cli.commands.options import option
from slavefree_cli.commands.session import Session
from slavefree_cli.model.text import counted
from slavefree_cli.work.records.leaving import Left, P

HandOver = Annotated[
    str | None, option("WHO", "To whom their open actions go, each with a note.", offers=completion.parties)
]


def tell(session: Session, done: Left[P]) -> None:
    """Say what was handed over, and what those who left have still to do with."""
    if done.to:
        session.say(f"Handed over {counted(len(done.handed_over), 'open action')} to {done.to.name}.")
    for each in done.behind:
        for sentence in each.sentences():
            session.say(sentence)
