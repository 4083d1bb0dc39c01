"""A person: a representative of a member, a guest, an independent chair, a minute-taker."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from msgspec import structs

from slavefree_cli.model import periods
from slavefree_cli.model.member import Member
from slavefree_cli.model.periods import Period
from slavefree_cli.model.record import Address, MemberId, Problem, Record, Table, Title


class Earlier(Table, frozen=True, kw_only=True):
    """An earlier time for which somebody represented a member; its key is the day on which it ended."""

    role: Title | None = None
    since: date | None = None
    deputy: bool = False


class Held(NamedTuple):
    """As what somebody represents a member, and from when to when."""

    role: str | None
    deputy: bool
    period: Period


class Representation(Table, frozen=True, kw_only=True):
    """That somebody represents a member, as what, and from when to when; the last time, where there were several."""

    role: Title | None = None
    since: date | None = None
    until: date | None = None
    deputy: bool = False
    before: dict[str, Earlier] = {}
    """The times before, by the days on which they ended; see ``periods``."""

    def problems(self) -> Iterator[Problem]:
        yield from super().problems()
        if self.since and self.until and self.until < self.since:
            yield "until", f"is before it began ({self.until} is before {self.since})"
        began = {key: each.since for key, each in self.before.items()}
        yield from periods.problems("since", self.period, began)

    @property
    def period(self) -> Period:
        """The last time."""
        return Period(self.since, self.until)

    def held(self, on: date) -> Held | None:
        """Return as what they represent it on a day; None where they do not."""
        times = [Held(each.role, each.deputy, Period(each.since, end)) for end, each in periods.earlier(self.before)]
        times.append(Held(self.role, self.deputy, self.period))
        return next((each for each in times if each.period.covers(on)), None)

    def current(self, on: date) -> bool:
        """Tell whether it stands on a day: each time until the day before it ended."""
        return self.held(on) is not None

    def beginning(self, on: date) -> "Representation":
        """Return it as it is where it begins on a day: again, where it had ended by then, else at another date."""
        if not self.period.is_over(on) or self.until is None:
            return structs.replace(self, since=on)
        ended = Earlier(role=self.role, since=self.since, deputy=self.deputy)
        before = {**self.before, self.until.isoformat(): ended}
        return structs.replace(self, since=on, until=None, before=before)


class Person(Record, frozen=True, kw_only=True):
    """``people/ID.toml``."""

    name: Title
    email: Address | None = None
    also: tuple[Address, ...] = ()
    """Further addresses, by which their answers are known."""
    aka: tuple[Title, ...] = ()
    """What else they are called."""
    left: date | None = None
    """Since when somebody is gone who never represented a member: a guest, an independent chair, a minute-taker."""
    represents: dict[MemberId, Representation] = {}
    """By the member's id; empty for a guest, an independent chair, a minute-taker."""

    @property
    def addresses(self) -> tuple[str, ...]:
        """The addresses that are theirs, the one that they are written to first."""
        return self.also if self.email is None else (self.email, *self.also)

    def represented(self, members: Mapping[str, Member], on: date) -> list[str]:
        """Return the ids of the members that this person represents on a day, as nobody's deputy first."""
        current = [
            (held.deputy, member)
            for member, each in self.represents.items()
            if (held := each.held(on)) and member in members and members[member].current(on)
        ]
        return [member for _, member in sorted(current)]

    def is_deputy(self, member: str, on: date) -> bool:
        """Tell whether this person represents a member as a deputy on a day."""
        held = self.represents[member].held(on) if member in self.represents else None
        return held is not None and held.deputy


def gone_since(party: Member | Person, on: date, members: Mapping[str, Member]) -> date | None:
    """Return since when somebody has left the partnership by a day: also with the last member they spoke for.

    One who is yet to come, or to come back, has not.

    Args:
        party: The member or person.
        on: The day.
        members: The members by id.

    Returns:
        The day, or None where they have not left.
    """
    if isinstance(party, Member):
        return party.left if party.has_left(on) else None
    if not party.represents:
        return party.left if party.left is not None and party.left <= on else None
    ends = []
    for member, each in party.represents.items():
        left = members[member].left if member in members else None
        known = [day for day in (each.until, left) if day is not None and day <= on]
        if not known:
            return None
        ends.append(min(known))
    return max(ends)


def representatives(member: str, people: Iterable[Person], on: date) -> list[tuple[Person, Representation]]:
    """Return who represents a member or did, each with how: first who does on a day, then those who are no deputies."""
    found = [(each, each.represents[member]) for each in people if member in each.represents]
    return sorted(
        found, key=lambda each: (not each[1].current(on), each[1].deputy, each[0].name.casefold(), each[0].id)
    )


def owner_left(owner: Member | Person, on: date, members: Mapping[str, Member]) -> bool:
    """Tell whether the owner of an action has left the partnership by a day; see ``gone_since``."""
    return gone_since(owner, on, members) is not None


def told_apart(one: Person, other: Person) -> bool:
    """Tell whether two people of one name are two: they have other addresses, or other members or roles."""
    addresses, others = ({address.casefold() for address in each.addresses} for each in (one, other))
    if addresses and others:
        return addresses.isdisjoint(others)
    seats = [{(member, held.role) for member, held in each.represents.items()} for each in (one, other)]
    return all(seats) and seats[0].isdisjoint(seats[1])
