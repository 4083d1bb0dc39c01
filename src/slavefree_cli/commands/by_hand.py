"""``edit`` without options: the record in the coordinator's own editor."""

import os
from datetime import datetime

import typer

from slavefree_cli.commands.session import Session
from slavefree_cli.errors import InvalidError, SlavefreeError, UsageError
from slavefree_cli.model.kinds import Kind
from slavefree_cli.model.record import Record
from slavefree_cli.register import places
from slavefree_cli.register.desk import Desk
from slavefree_cli.register.files import reason
from slavefree_cli.view import screen
from slavefree_cli.work.history import by_hand


def edit_by_hand(session: Session, desk: Desk, typed: str, *kinds: Kind[Record], now: datetime | None = None) -> None:
    """Open a record in ``$VISUAL`` or ``$EDITOR``; a mistake offers the editor again, and nothing typed is lost.

    Args:
        session: The command's.
        desk: The register.
        typed: What it was named by.
        kinds: Where its file can lie.
        now: The instant at which it is named, for what is named by dates.

    Raises:
        UsageError: There is no terminal to edit at.
        SlavefreeError: The editor failed; what was typed is kept in a file that the message names.
    """
    import shutil
    import tempfile

    if not session.asks:
        raise UsageError("Nothing to change was given; name an option (see --help), or edit at a terminal.")
    place = by_hand.path_of(desk, typed, *kinds, now=now)
    was = by_hand.text_of(desk, place)
    draft = os.path.join(tempfile.mkdtemp(prefix="slavefree-"), os.path.basename(place))
    with open(draft, "w", encoding="utf-8", newline="") as file:
        file.write(was)
    while True:
        _edit(draft)
        try:
            text = _typed(draft)
            if text == was:
                session.say("Nothing is changed.")
            else:
                by_hand.save(desk, place, text, was)
                session.say(f"Changed {places.named(place)}")
            break
        except InvalidError as error:
            session.warn(str(error))
            if not typer.confirm("Edit it again?", default=True, err=True):
                raise SlavefreeError(f"Nothing is changed; what you typed is kept in {draft}") from None
        except SlavefreeError as error:
            raise type(error)(f"{error} What you typed is kept in {draft}") from None
    shutil.rmtree(os.path.dirname(draft))


def _typed(draft: str) -> str:
    try:
        with open(draft, encoding="utf-8", newline="") as file:
            return file.read()
    except UnicodeDecodeError:
        raise InvalidError("What the editor saved is not UTF-8 text.") from None
    except OSError as error:
        raise SlavefreeError(f"What the editor saved cannot be read: {reason(error)}; nothing is changed.") from None


def _edit(path: str) -> None:
    import shlex
    import subprocess

    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi"
    try:
        done = subprocess.run([*shlex.split(editor), path], check=False)
    except (OSError, ValueError) as error:
        raise SlavefreeError(
            f"The editor {screen.safe(editor)} does not start ({error}); name one in VISUAL or EDITOR."
        ) from None
    if done.returncode:
        raise SlavefreeError(f"The editor ended with {done.returncode}; what you typed is kept in {path}")
