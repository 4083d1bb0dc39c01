"""A member of the partnership: usually an organisation."""

from collections.abc import Iterator
from datetime import date

from slavefree_cli.model.partnership import Sector
from slavefree_cli.model.record import Address, Problem, Record, Title


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

    def problems(self) -> Iterator[Problem]:
        yield from super().problems()
        if self.joined and self.left and self.left < self.joined:
            yield "left", f"is before it joined ({self.left} is before {self.joined})"

    @property
    def addresses(self) -> tuple[str, ...]:
        """The address that is its own, if it has one."""
        return () if self.email is None else (self.email,)

    def current(self, on: date) -> bool:
        """Tell whether it is a member on a day: a member is one until the day before it left."""
        return self.left is None or on < self.left
