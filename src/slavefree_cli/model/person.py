"""A person: a representative of a member, a guest, an independent chair, a minute-taker."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from slavefree_cli.model.member import Member
from slavefree_cli.model.record import Address, MemberId, Problem, Record, Table, Title


class Representation(Table, frozen=True, kw_only=True):
    """That somebody represents a member, as what, and from when to when."""

    role: Title | None = None
    since: date | None = None
    until: date | None = None
    deputy: bool = False

    def problems(self) -> Iterator[Problem]:
        yield from super().problems()
        if self.since and self.until and self.until < self.since:
            yield "until", f"is before it began ({self.until} is before {self.since})"

    def current(self, on: date) -> bool:
        """Tell whether it stands on a day: it does until the day before ``until``."""
        return (self.since is None or self.since <= on) and (self.until is None or on < self.until)


class Person(Record, frozen=True, kw_only=True):
    """``people/ID.toml``."""

    name: Title
    email: Address | None = None
    also: tuple[Address, ...] = ()
    """Further addresses, by which their answers are known."""
    aka: tuple[Title, ...] = ()
    """What else they are called."""
    represents: dict[MemberId, Representation] = {}
    """By the member's id; empty for a guest, an independent chair, a minute-taker."""

    @property
    def addresses(self) -> tuple[str, ...]:
        """The addresses that are theirs, the one that they are written to first."""
        return self.also if self.email is None else (self.email, *self.also)

    def left(self, on: date) -> bool:
        """Tell whether somebody who represented a member no longer does so on a day."""
        return bool(self.represents) and all(
            each.until is not None and each.until <= on for each in self.represents.values()
        )

    def represented(self, members: Mapping[str, Member], on: date) -> list[str]:
        """Return the ids of the members that this person represents on a day, as nobody's deputy first."""
        current = [
            (each.deputy, member)
            for member, each in self.represents.items()
            if each.current(on) and member in members and members[member].current(on)
        ]
        return [member for _, member in sorted(current)]


def representatives(member: str, people: Iterable[Person], on: date) -> list[tuple[Person, Representation]]:
    """Return who represents a member or did, each with how: first who does on a day, then those who are no deputies."""
    found = [(each, each.represents[member]) for each in people if member in each.represents]
    return sorted(
        found, key=lambda each: (not each[1].current(on), each[1].deputy, each[0].name.casefold(), each[0].id)
    )


def owner_left(owner: Member | Person, on: date) -> bool:
    """Tell whether the owner of an action has left the partnership on a day."""
    if isinstance(owner, Member):
        return not owner.current(on)
    return owner.left(on)


def told_apart(one: Person, other: Person) -> bool:
    """Tell whether two people of one name are two: they have other addresses, or other members or roles."""
    addresses, others = ({address.casefold() for address in each.addresses} for each in (one, other))
    if addresses and others:
        return addresses.isdisjoint(others)
    seats = [{(member, held.role) for member, held in each.represents.items()} for each in (one, other)]
    return all(seats) and seats[0].isdisjoint(seats[1])
