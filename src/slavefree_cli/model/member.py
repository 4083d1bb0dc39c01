"""A member of the partnership: usually an organisation."""

from collections.abc import Iterator, Mapping
from datetime import date

from msgspec import structs

from slavefree_cli.model import periods
from slavefree_cli.model.partnership import Sector
from slavefree_cli.model.periods import Period
from slavefree_cli.model.record import Address, Problem, Record, Table, Title


class Membership(Table, frozen=True, kw_only=True):
    """An earlier time for which it was a member; its key is the day on which it left."""

    joined: date | None = None


class Member(Record, frozen=True, kw_only=True):
    """``members/ID.toml``."""

    name: Title
    sector: Sector
    joined: date | None = None
    left: date | None = None
    first_responder: bool = False
    information_sharing: date | None = None
    """When it signed the information sharing agreement."""
    email: Address | None = None
    """A shared mailbox."""
    aka: tuple[Title, ...] = ()
    """What else it is called."""
    before: dict[str, Membership] = {}
    """The times for which it was one before, by the days on which it left; see ``periods``."""

    def problems(self) -> Iterator[Problem]:
        yield from super().problems()
        if self.joined and self.left and self.left < self.joined:
            yield "left", f"is before it joined ({self.left} is before {self.joined})"
        began = {key: each.joined for key, each in self.before.items()}
        yield from periods.problems("joined", Period(self.joined, self.left), began)

    @property
    def addresses(self) -> tuple[str, ...]:
        """The address that is its own, if it has one."""
        return () if self.email is None else (self.email,)

    def current(self, on: date) -> bool:
        """Tell whether it is a member on a day: from the day it joined until the day before it left, each time."""
        times = [Period(each.joined, left) for left, each in periods.earlier(self.before)]
        return any(each.covers(on) for each in (*times, Period(self.joined, self.left)))

    def has_left(self, on: date) -> bool:
        """Tell whether it was a member and is none from a day on; one that is yet to join, or join again, is not."""
        return Period(self.joined, self.left).is_over(on)

    def joining(self, on: date) -> "Member":
        """Return it as it is where it joins on a day: again, where it had left by then, else at another date."""
        if self.left is None or on < self.left:
            return structs.replace(self, joined=on)
        before = {**self.before, self.left.isoformat(): Membership(joined=self.joined)}
        return structs.replace(self, joined=on, left=None, before=before)


def current_members(members: Mapping[str, Member], on: date) -> dict[str, Member]:
    """Return those that are members on a day, by id."""
    return {id: each for id, each in members.items() if each.current(on)}
