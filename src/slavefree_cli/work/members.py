"""Members: added and changed."""

from datetime import date
from typing import Any

from msgspec import UnsetType

from slavefree_cli.model.member import Member
from slavefree_cli.model.partnership import Sector
from slavefree_cli.model.record import changed
from slavefree_cli.register import layout
from slavefree_cli.register.store import Register
from slavefree_cli.work.ids import given, new_slug, refuse_same_name

SHELF = layout.MEMBERS


def add(
    register: Register,
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
    with register.change() as change:
        refuse_same_name(name, register.all(SHELF).values(), "member")
        made = Member(
            id=new_slug(register, name, "member"),
            name=name.strip(),
            sector=sector,
            joined=given(joined),
            first_responder=first_responder,
            information_sharing=given(information_sharing),
            email=given(email),
        )
        change.message = f"Add member {made.name}"
        change.save(made)
    return made


def edit(register: Register, id: str, *, verb: str = "Change member", **changes: Any) -> Member:
    """Change a member and return it as it is now."""
    with register.change() as change:
        before = register.all(SHELF)[id]
        made = changed(before, **changes)
        if made.name != before.name:
            refuse_same_name(made.name, (each for each in register.all(SHELF).values() if each.id != id), "member")
        change.message = f"{verb} {made.name}"
        change.save(made, before)
    return made
