"""Members: added and changed."""

from datetime import date
from typing import Any

from msgspec import UnsetType

from slavefree_cli.model.kinds import Records
from slavefree_cli.model.member import Member
from slavefree_cli.model.partnership import Sector
from slavefree_cli.model.record import changed
from slavefree_cli.register import door
from slavefree_cli.register.desk import Desk
from slavefree_cli.work.records.ids import given, new_slug, save_named


def add(
    desk: Desk,
    *,
    name: str,
    sector: Sector,
    joined: date | None | UnsetType,
    email: str | None | UnsetType,
    first_responder: bool,
    information_sharing: date | None | UnsetType,
) -> Member:
    """Add a member and return it.

    Raises:
        InvalidError: There is a member of that name, or something about it is not valid.
    """
    with door.opened(desk) as opened:
        made = Member(
            id=new_slug(desk, name, Records.members),
            name=name.strip(),
            sector=sector,
            joined=given(joined),
            first_responder=first_responder,
            information_sharing=given(information_sharing),
            email=given(email),
        )
        save_named(opened, desk, f"Add member {made.name}", made)
    return made


def edit(desk: Desk, id: str, *, verb: str = "Change member", **changes: Any) -> Member:
    """Change a member and return it as it is now."""
    with door.opened(desk) as opened:
        before = desk.records.members[id]
        made = changed(before, **changes)
        save_named(opened, desk, f"{verb} {made.name}", made, before)
    return made
