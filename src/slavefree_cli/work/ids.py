"""New ids: slugs and codes that nobody has yet."""

import os
from collections.abc import Iterable
from typing import Protocol, TypeVar

from msgspec import UNSET, UnsetType

from slavefree_cli.errors import InvalidError
from slavefree_cli.model.names import CODE_LENGTH, code_from, slug
from slavefree_cli.model.rules import codes
from slavefree_cli.register import layout
from slavefree_cli.register.store import Register

T = TypeVar("T")


class Named(Protocol):
    """What has a name and an id."""

    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...


def new_code(register: Register, *besides: str) -> str:
    """Return five random Crockford characters that are unique in the register."""
    taken = {code for _, _, code in codes(register.records(), register.restricted_records())}
    taken.update(bad.id for bad in register.bad())
    taken.update(besides)
    while (code := code_from(os.urandom(CODE_LENGTH))) in taken:
        continue
    return code


def new_slug(register: Register, name: str, kind: str, besides: Iterable[str] = ()) -> str:
    """Return the slug of a new member or person; the two share one set, since either can own an action."""
    taken = {*register.all(layout.MEMBERS), *register.all(layout.PEOPLE), *(bad.id for bad in register.bad()), *besides}
    return slug(name, kind, taken, lambda: new_code(register))


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
