"""What commands that were broken off had sent, recorded by the next one before anything is read."""

import os
from collections.abc import Sequence

from slavefree_cli.errors import SlavefreeError
from slavefree_cli.model.text import several
from slavefree_cli.register import places, unshared
from slavefree_cli.register.desk import Desk
from slavefree_cli.register.lock import LockedError
from slavefree_cli.work.post import invitations, journal, outbox, sendings
from slavefree_cli.work.post.journal import Sent


def recover(desk: Desk) -> None:
    """Record what the journals know and the records do not, and say so; nothing where somebody is sending just now."""
    if not os.path.isdir(desk.path(places.OUTBOX)):
        return
    try:
        unshared.fit(desk, places.SENDING)
    except SlavefreeError:
        # Nothing is believed of an outbox that came by git; whatever sends says so, and check.
        return
    try:
        with outbox.alone(desk):
            for name, sent in outbox.unrecorded(desk).items():
                _recover(desk, name, sent)
    except LockedError:
        return
    except SlavefreeError as error:
        # What can still be read is shown all the same.
        desk.warn(f"What a command that was broken off had sent is not recorded: {error}")
    desk.reader.forget()


def is_left(desk: Desk) -> bool:
    """Tell whether something went out that is not recorded, or goes out just now."""
    return os.path.lexists(desk.path(places.SENDING))


def in_doubt(name: str, what: str = "it") -> str:
    """Return what is said of a person or member of whom nobody can know whether they got a letter."""
    return (
        f"Nobody can know whether {name} got {what}: it was handed over, and no answer came. It counts as sent, and is "
        "not sent again by itself; ask, or send it from your own mail program."
    )


def _recover(desk: Desk, name: str, sent: Sequence[Sent]) -> None:
    """Record what one journal tells, say it, and only then have the journal forget it."""
    if sent[0].what == "sending":
        for each in sent:
            _say(desk, [each], sendings.record(desk, name, each), "recorded")
            sendings.recorded(desk, name, each)
        return
    if name not in desk.records.meetings and not os.path.lexists(desk.path(places.folder(name))):
        _say(desk, sent, f"invitations to {name}", "its meeting is gone, and it is recorded nowhere")
    else:
        meeting = desk.records.meetings[name]
        invitations.record(desk, meeting, sent)
        _say(desk, sent, f"invitations to {meeting.dated}", "recorded")
    journal.end(desk, name)


def _say(desk: Desk, sent: Sequence[Sent], what: str, end: str) -> None:
    doubtful = dict.fromkeys(id for each in sent for id in each.in_doubt)
    surely = dict.fromkeys(id for each in sent for id in each.to if id not in each.in_doubt)
    if surely:
        names = several(list(map(desk.records.name, surely)), 20)
        desk.warn(f"A command that was broken off had sent {what} to {names}: {end}.")
    for id in doubtful:
        desk.warn(in_doubt(desk.records.name(id), what))
