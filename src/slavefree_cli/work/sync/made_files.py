"""What is made from records, made again after two histories came together: it is never merged."""

import posixpath

from slavefree_cli.errors import SlavefreeError
from slavefree_cli.register import files, layout
from slavefree_cli.register.restricted import WholeRegister
from slavefree_cli.register.store import Register
from slavefree_cli.work import drafts, feed, invitations
from slavefree_cli.work.minutes import Minutes
from slavefree_cli.work.part_two import RestrictedMinutes
from slavefree_cli.work.sync.joining import MINUTES


def make_again(register: WholeRegister, merged: list[str]) -> dict[str, bytes]:
    """Return the files of a register that are made from its records, as they have to be now, by their paths.

    They are the calendar of all meetings where there is one, the invitations that both sides had made, and the minutes
    that both had changed, for the parts that the program owns. What cannot be made is told of, and stays as it is.

    Args:
        register: The register, laid out apart.
        merged: The files that both sides had changed.
    """
    public = Register(register.root, commit=False, warn=register.warn, command=register.command)
    made = {}
    for path in [feed.FEED, *merged]:
        if not _is_there(register, path):
            continue
        try:
            content = _made(register, public, path)
        except SlavefreeError as error:
            register.warn(f"{path} is not made again, and may be behind the records: {error}")
            continue
        if content is not None:
            made[path] = content
    return made


def _made(register: WholeRegister, public: Register, path: str) -> bytes | None:
    """Return a file as it has to be now, or None where it is none that is made from records."""
    folder, name = posixpath.split(path)
    id = folder.removeprefix(layout.RESTRICTED)
    if path == feed.FEED:
        feed.write(public)
        return files.read(register.root, path)
    if id not in public.all(layout.MEETINGS):
        return None
    if name == "invite.ics":
        return invitations.made_again(public, public.all(layout.MEETINGS)[id])
    if name != MINUTES:
        return None
    minutes = Minutes(public, id) if folder == id else RestrictedMinutes(register, id)
    if minutes.approval is None:
        drafts.refresh(minutes)
    return minutes.content


def _is_there(register: WholeRegister, path: str) -> bool:
    try:
        files.read(register.root, path)
    except (FileNotFoundError, files.UnreadableError):
        return False
    return True
