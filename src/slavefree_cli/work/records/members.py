"""Members: added and changed."""

from datetime import date
from typing import Any

from msgspec import UNSET

from slavefree_cli.errors import InvalidError
from slavefree_cli.model import periods
from slavefree_cli.model.dates import short
from slavefree_cli.model.kinds import Records
from slavefree_cli.model.member import Member
from slavefree_cli.model.partnership import Sector
from slavefree_cli.model.record import changed
from slavefree_cli.register import door
from slavefree_cli.register.desk import Desk
from slavefree_cli.work.records.ids import new_slug, save_named


def add(desk: Desk, *, name: str, sector: Sector, **details: Any) -> Member:
    """Add a member and return it; details that are not given are not set.

    Raises:
        InvalidError: There is a member of that name, or something about it is not valid.
    """
    with door.opened(desk) as opened:
        new = Member(id=new_slug(desk, name, Records.members), name=name.strip(), sector=sector)
        made = changed(new, **details)
        return save_named(opened, desk, f"Add member {made.name}", made)


def edit(desk: Desk, id: str, **changes: Any) -> Member:
    """Change a member and return it as it is now; from a day on which it had left it joins again.

    The time before is kept.
    """
    with door.opened(desk) as opened:
        before = desk.records.members[id]
        joined = changes.pop("joined", UNSET)
        ended = periods.last_ended(before.before)
        if joined is not UNSET and ended is not None and (joined or date.min) < ended:
            raise InvalidError(
                f"{before.name} was a member until {short(ended)} before; name that day or a later one with --joined."
            )
        again = before.joining(joined) if isinstance(joined, date) else changed(before, joined=joined)
        made = changed(again, **changes)
        return save_named(opened, desk, f"Change member {made.name}", made, before)
