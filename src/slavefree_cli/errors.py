"""What can go wrong: one class for each exit code of the command line.

The message of each is one sentence for the coordinator: what is wrong, in which file and line or option, and what to
type next.
"""

from typing import ClassVar


class SlavefreeError(Exception):
    """Something failed that fits none of the classes below."""

    exit_code: ClassVar[int] = 1


class UsageError(SlavefreeError):
    """The command line is wrong, or needs an answer that nobody can give."""

    exit_code = 2


class NotFoundError(SlavefreeError):
    """There is no such record, or more than one fits."""

    exit_code = 3


class InvalidError(SlavefreeError):
    """A record is not valid, or lacks what this command needs."""

    exit_code = 4


class ConflictError(SlavefreeError):
    """It would overwrite someone's work, or two edits conflict."""

    exit_code = 5


class OutsideError(SlavefreeError):
    """Git, the network or a server failed; the message says what is saved and what is not."""

    exit_code = 6
