"""``edit`` without options: the record in the coordinator's own editor."""

import os
import shlex
import subprocess
import tempfile

import typer

from slavefree_cli.commands.session import Session
from slavefree_cli.errors import InvalidError, SlavefreeError, UsageError
from slavefree_cli.model.record import Record
from slavefree_cli.register.restricted import WholeRegister
from slavefree_cli.view import screen


def edit_by_hand(session: Session, register: WholeRegister, record: Record, name: str) -> None:
    """Open a record in ``$VISUAL`` or ``$EDITOR``; a mistake offers the editor again, and nothing typed is lost.

    Raises:
        UsageError: There is no terminal to edit at.
        SlavefreeError: The editor failed; what was typed is kept in a file that the message names.
    """
    if not session.asks:
        raise UsageError("Nothing to change was given; name an option (see --help), or edit at a terminal.")
    read = register.read(record)
    if read is None:
        raise SlavefreeError(f"{name} has no file yet.")
    folder = tempfile.mkdtemp(prefix="slavefree-")
    path = os.path.join(folder, os.path.basename(read.path))
    with open(path, "w", encoding="utf-8", newline="") as file:
        file.write(read.text)
    while True:
        _edit(path)
        with open(path, encoding="utf-8", errors="surrogateescape", newline="") as file:
            text = file.read()
        if text == read.text:
            session.say("Nothing is changed.")
            break
        try:
            with register.change(f"Change {name}", based_on=[record]) as change:
                now = register.at(read.path)
                if now is None:
                    raise InvalidError(f"{read.path} is not there any more.")
                change.save_text(now.record, text)
            session.say(f"Changed {name}")
            break
        except InvalidError as error:
            session.warn(str(error))
            if not typer.confirm("Edit it again?", default=True, err=True):
                raise SlavefreeError(f"Nothing is changed; what you typed is kept in {path}") from None
        except SlavefreeError as error:
            raise type(error)(f"{error} What you typed is kept in {path}") from None
    os.unlink(path)
    os.rmdir(folder)


def _edit(path: str) -> None:
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi"
    try:
        done = subprocess.run([*shlex.split(editor), path], check=False)
    except (OSError, ValueError) as error:
        raise SlavefreeError(
            f"The editor {screen.safe(editor)} does not start ({error}); name one in VISUAL or EDITOR."
        ) from None
    if done.returncode:
        raise SlavefreeError(f"The editor ended with {done.returncode}; what you typed is kept in {path}")
