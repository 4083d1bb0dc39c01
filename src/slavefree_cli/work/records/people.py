"""People: added, changed, and whom they represent."""

from collections.abc import Collection
from datetime import date

from msgspec import UNSET, UnsetType

from slavefree_cli.errors import InvalidError
from slavefree_cli.model import periods
from slavefree_cli.model.addresses import are_of, comparable
from slavefree_cli.model.dates import short
from slavefree_cli.model.kinds import Records
from slavefree_cli.model.member import Member
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
        _tell_of_addresses(desk, made, ())
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
    today: date,
) -> Person:
    """Change a person, or what they represent a member as, and return them.

    From a day on which they had left it they represent a member again, and the time before is kept.

    Raises:
        InvalidError: It is not said which member is meant, or since when they represent it again.
        NotFoundError: There is no such member.
    """
    with door.opened(desk) as opened:
        before = desk.records.people[id]
        represents = dict(before.represents)
        details = {"role": role, "deputy": deputy}
        said = [value for value in (role, deputy, since) if value is not UNSET]
        if of is not None or said:
            member = find.one_of(desk, of, Records.members).id if of is not None else _only(before, today)
            held = represents.get(member, Representation())
            if held.until is not None and held.period.is_over(today) and not isinstance(since, date):
                left = f"{before.name} left {desk.records.name(member)} on {short(held.until)}"
                if not said:
                    raise InvalidError(f"{left}; say since when they represent it again with --since DATE.")
                desk.warn(f"{left}; what is changed is of the time before. They are back with --since DATE.")
            ended = periods.last_ended(held.before)
            if since is not UNSET and ended is not None and (since or date.min) < ended:
                raise InvalidError(
                    f"{before.name} represented {desk.records.name(member)} until {short(ended)} before; name that day "
                    "or a later one with --since."
                )
            begun = held.beginning(since) if isinstance(since, date) else changed(held, since=since)
            represents[member] = changed(begun, **details)
        gone = None if represents else before.left
        made = changed(before, name=name, email=email, also=also, aka=aka, left=gone, represents=represents)
        _tell_of_addresses(desk, made, before.addresses)
        return save_named(opened, desk, f"Change the details of {made.name}", made, before)


def _tell_of_addresses(desk: Desk, made: Person, had: Collection[str]) -> None:
    """Tell which new addresses are somebody else's as well, so that an answer from there is nobody's for sure."""
    others: list[Person | Member] = [*desk.records.people.values(), *desk.records.members.values()]
    for address in [each for each in made.addresses if each not in had]:
        for other in others:
            if other.id != made.id and are_of(other, [comparable(address)]):
                desk.warn(
                    f"{address} is an address of {other.name} ({other.id}) as well; whose an answer from there is will "
                    "be asked."
                )


def _only(person: Person, on: date) -> str:
    """Return the one member that somebody represents on a day, or ever did."""
    now = [member for member, each in person.represents.items() if not each.period.is_over(on)]
    found = now or list(person.represents)
    if len(found) != 1:
        raise InvalidError(f"{person.name} represents {len(found)} members; say which with --of.")
    return found[0]
