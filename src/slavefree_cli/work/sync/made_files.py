"""What is made from records, made again after two histories came together: it is never merged."""

import os

from slavefree_cli.errors import SlavefreeError
from slavefree_cli.register import files, places
from slavefree_cli.register.desk import Desk
from slavefree_cli.register.restricted import WholeDesk
from slavefree_cli.work.invite import feed, issuing
from slavefree_cli.work.minutes import drafting, restricted, volume


def make_again(desk: WholeDesk, merged: list[str]) -> dict[str, bytes]:
    """Return the files of a register that are made from its records, as they have to be now, by their paths.

    They are the calendar of all meetings where there is one, the invitations that both sides had made, and the minutes
    that both had changed, for the parts that the program owns. What cannot be made is told of, and stays as it is.

    Args:
        desk: The register, laid out apart.
        merged: The files that both sides had changed.
    """
    public = Desk(desk.root, commits=False, warn=desk.warn, command=desk.command)
    made = {}
    for path in [places.FEED, *merged]:
        if not os.path.exists(desk.path(path)):
            continue
        try:
            content = _made(desk, public, path)
        except SlavefreeError as error:
            desk.warn(f"{path} is not made again, and may be behind the records: {error}")
            continue
        if content is not None:
            made[path] = content
    return made


def _made(desk: WholeDesk, public: Desk, path: str) -> bytes | None:
    """Return a file as it has to be now, or None where it is none that is made from records."""
    if path == places.FEED:
        feed.write(public)
        return files.read(desk.root, path)
    id = places.meeting_of(path)
    if id is None or id not in public.records.meetings:
        return None
    if path == places.invitation(id):
        return issuing.made_again(public, public.records.meetings[id])
    if not places.is_minutes(path):
        return None
    hidden = places.is_restricted(path)
    minutes = restricted.read(desk, id) if hidden else volume.read(public, id)
    if minutes.approval is None:
        minutes = drafting.renewed(desk if hidden else public, minutes)
        for remark in drafting.remarks(minutes):
            desk.warn(remark)
    return minutes.content
