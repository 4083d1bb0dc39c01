"""Calendar files on their way out: written where the coordinator wants them, in place of nobody's own."""

import os

from slavefree_cli.calendar import writer
from slavefree_cli.errors import ConflictError, UsageError
from slavefree_cli.register import files
from slavefree_cli.register.desk import Desk
from slavefree_cli.register.door import Change


def publish(desk: Desk, change: Change, path: str, data: bytes, output: str | None) -> None:
    """Write a file of the register for anyone to open, and where one is named to ``output`` as well; see ``deliver``.

    Raises:
        UsageError: The folder of ``output`` is not there, or one of the two is no file.
        ConflictError: A file that this program did not write is in the way.
    """
    _refuse_not_ours(desk.path(path))
    change.write(path, data)
    if output is not None:
        deliver(change, output, data)


def deliver(change: Change, path: str, data: bytes) -> None:
    """Write a file to where the coordinator wants it, with the rest of a change or not at all.

    Raises:
        UsageError: Its folder is not there, or it is no file.
        ConflictError: A file that this program did not write is in the way.
    """
    if not path:
        raise UsageError("An empty name is no file. Name one.")
    folder = os.path.dirname(path) or "."
    if not os.path.isdir(folder):
        raise UsageError(f"There is no folder {folder!r}. Make it first, or name another.")
    _refuse_not_ours(path)
    change.deliver(os.path.abspath(path), data)


def _refuse_not_ours(path: str) -> None:
    """Refuse to take the place of a file that this program did not write."""
    if os.path.exists(path) and not os.path.isfile(path):
        raise UsageError(f"{path} is no file. Name one.")
    if os.path.islink(path) and not os.path.exists(path):
        raise ConflictError(f"{path} is a link to a file that is not there; nothing is written. Take the link away.")
    try:
        with open(path, "rb") as file:
            head = file.read(1_000)
    except FileNotFoundError:
        return
    except OSError as error:
        raise ConflictError(f"{path} cannot be looked into ({files.reason(error)}); nothing is written.") from None
    if not (files.is_emptied(head) or writer.is_ours(head)):
        raise ConflictError(
            f"{path} is there already and was not written by slavefree; nothing is written. "
            "Move it away, or name another file."
        )
