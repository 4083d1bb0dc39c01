"""People: added, changed, and whom they represent."""

from datetime import date

from msgspec import UNSET, UnsetType

from slavefree_cli.errors import InvalidError
from slavefree_cli.model.kinds import Records
from slavefree_cli.model.person import Person, Representation
from slavefree_cli.model.record import changed
from slavefree_cli.register import door
from slavefree_cli.register.desk import Desk
from slavefree_cli.work.records import find
from slavefree_cli.work.records.ids import given, new_slug, save_named


def add(
    desk: Desk,
    *,
    name: str,
    of: str | None,
    role: str | None | UnsetType,
    email: str | None | UnsetType,
    also: tuple[str, ...] | UnsetType,
    aka: tuple[str, ...] | UnsetType,
    deputy: bool,
    since: date | None,
    another: bool,
) -> Person:
    """Add a person, as the representative of a member where one is named, and return them.

    Raises:
        InvalidError: There is a person of that name, or something about them is not valid.
        NotFoundError: There is no such member.
    """
    with door.opened(desk) as opened:
        represents = {}
        if of is not None:
            represents[find.one_of(desk, of, Records.members).id] = Representation(
                role=given(role), since=since, deputy=deputy
            )
        elif given(role) or deputy:
            raise InvalidError("A role or a deputy is of a member; name it with --of.")
        new = Person(
            id=new_slug(desk, name, Records.people), name=name.strip(), email=given(email), represents=represents
        )
        made = changed(new, also=also, aka=aka)
        return save_named(opened, desk, f"Add {made.name}", made, another=another)


def edit(
    desk: Desk,
    id: str,
    *,
    name: str | None | UnsetType,
    of: str | None,
    role: str | None | UnsetType,
    email: str | None | UnsetType,
    also: tuple[str, ...] | UnsetType,
    aka: tuple[str, ...] | UnsetType,
    deputy: bool | UnsetType,
    since: date | None | UnsetType,
) -> Person:
    """Change a person, or what they represent a member as, and return them."""
    with door.opened(desk) as opened:
        before = desk.records.people[id]
        represents = dict(before.represents)
        details = {"role": role, "deputy": deputy, "since": since}
        if of is not None or any(value is not UNSET for value in details.values()):
            if of is None and len(represents) != 1:
                raise InvalidError(f"{before.name} represents {len(represents)} members; say which with --of.")
            member = find.one_of(desk, of, Records.members).id if of is not None else next(iter(represents))
            represents[member] = changed(represents.get(member, Representation()), **details)
        made = changed(before, name=name, email=email, also=also, aka=aka, represents=represents)
        return save_named(opened, desk, f"Change the details of {made.name}", made, before)


def leave(desk: Desk, id: str, *, of: str | None, on: date) -> Person:
    """Record that a person no longer represents a member, or any, and return them."""
    with door.opened(desk) as opened:
        before = desk.records.people[id]
        represents = before.represents
        current = [member for member, each in represents.items() if each.until is None or each.until > on]
        chosen = [find.one_of(desk, of, Records.members).id] if of is not None else current
        if not chosen or any(member not in represents for member in chosen):
            raise InvalidError(f"{before.name} does not represent {of or 'a member'}; see: slavefree person show {id}")
        ended = {member: changed(represents[member], until=on) for member in chosen}
        made: Person = changed(before, represents=represents | ended)
        names = ", ".join(map(desk.records.name, chosen))
        return opened.save(f"Record that {made.name} left {names}", made, before)
