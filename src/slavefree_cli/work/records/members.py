"""Members: added and changed."""

from typing import Any

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


def edit(desk: Desk, id: str, *, verb: str = "Change member", **changes: Any) -> Member:
    """Change a member and return it as it is now."""
    with door.opened(desk) as opened:
        before = desk.records.members[id]
        made = changed(before, **changes)
        return save_named(opened, desk, f"{verb} {made.name}", made, before)
