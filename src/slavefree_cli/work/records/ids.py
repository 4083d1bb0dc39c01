"""New ids: slugs and codes that nobody has yet."""

import os
from collections.abc import Iterable
from typing import Protocol, TypeVar

from msgspec import UNSET, UnsetType

from slavefree_cli.errors import InvalidError
from slavefree_cli.model.names import CODE_LENGTH, code_from, slug
from slavefree_cli.register.desk import Desk

T = TypeVar("T")


class Named(Protocol):
    """What has a name and an id."""

    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...


def new_code(desk: Desk, *besides: str) -> str:
    """Return five random Crockford characters that are unique in the register."""
    taken = desk.codes().union(desk.records.unreadable, besides)
    while (code := code_from(os.urandom(CODE_LENGTH))) in taken:
        continue
    return code


def new_slug(desk: Desk, name: str, kind: str, besides: Iterable[str] = ()) -> str:
    """Return the slug of a new member or person; the two share one set, since either can own an action."""
    taken = {*desk.records.members, *desk.records.people, *desk.records.unreadable, *besides}
    return slug(name, kind, taken, lambda: new_code(desk))


def refuse_same_name(name: str, others: Iterable[Named], kind: str) -> None:
    """Refuse a name that another record of the kind has, whatever its case.

    Raises:
        InvalidError: There is one; the message names it.
    """
    for other in others:
        if other.name.casefold() == name.strip().casefold():
            raise InvalidError(
                f"There is a {kind} called {other.name} already ({other.id}); give a name that tells the two apart."
            )


def given(value: T | None | UnsetType) -> T | None:
    """Return the value of an option of a new record: None where it was not given."""
    return None if value is UNSET else value
