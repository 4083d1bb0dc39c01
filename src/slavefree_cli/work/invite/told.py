"""What was done with what came in."""

from typing import Literal, NamedTuple

Did = Literal["recorded", "known", "older", "unreached", "left-alone", "unreadable"]


class Told(NamedTuple):
    """What was done with one thing in a file."""

    file: str
    did: Did
    message: str
    meeting: str | None = None
    person: str | None = None
    reply: str | None = None
    comment: str | None = None
