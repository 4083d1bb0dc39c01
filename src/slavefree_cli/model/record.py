"""What every record has in common, and how a field says that it names another record."""

from collections.abc import Iterator
from typing import Annotated, Any, ClassVar, TypeVar

import msgspec

from slavefree_cli.errors import InvalidError

TableT = TypeVar("TableT", bound="Table")

Problem = tuple[str, str]
"""The key that is wrong (dotted within tables), and what is wrong with it."""


class Ref:
    """Says of a field that it holds the id of another record, of one of these kinds by their nouns.

    From it follow what ``check`` finds, what a new id rewrites, and what is offered for it.
    """

    def __init__(self, *nouns: str) -> None:
        self.nouns = nouns

    def __str__(self) -> str:
        return " or ".join(self.nouns)


class Code:
    """Says of a field that it holds a random code of its own, unique in the register."""


MemberId = Annotated[str, Ref("member")]
PersonId = Annotated[str, Ref("person")]
PartyId = Annotated[str, Ref("member", "person")]
GroupId = Annotated[str, Ref("group")]
MeetingId = Annotated[str, Ref("meeting")]
DecisionId = Annotated[str, Ref("decision")]
ITEM = Ref("item")
ItemId = Annotated[str, ITEM]
"""The slug of an item on the agenda of the record's meeting."""
CodeKey = Annotated[str, Code()]


class Table(msgspec.Struct, frozen=True, kw_only=True):
    """A group of keys in a record; its fields stand in the order in which the file has them."""

    def problems(self) -> Iterator[Problem]:
        """Yield what is wrong with these values taken by themselves."""
        yield from ()


class Record(Table, frozen=True, kw_only=True):
    """One file of the register.

    ``id`` is not stored: it is worked out from the place of the file, and so are the fields that ``PLACED`` lists.
    """

    PLACED: ClassVar[tuple[str, ...]] = ("id",)

    id: str

    @property
    def year(self) -> int | None:
        """The year under which it is kept, of what is kept by years."""
        return None

    @property
    def of_meeting(self) -> str | None:
        """The id of the meeting on whose agenda are the items that it names."""
        return None


def changed(table: TableT, **changes: Any) -> TableT:
    """Return a copy with these fields set; one given as ``msgspec.UNSET`` stays as it is.

    Raises:
        InvalidError: A field that a record cannot do without would be unset.
    """
    given = {name: value for name, value in changes.items() if value is not msgspec.UNSET}
    needed = {field.name for field in msgspec.structs.fields(table) if field.required}
    for name, value in given.items():
        if value is None and name in needed:
            raise InvalidError(f"The {name} must not be empty.")
    return msgspec.structs.replace(table, **given)


def within(key: str, problems: Iterator[Problem]) -> Iterator[Problem]:
    """Yield the problems of an inner table, each key named from the record."""
    for inner, message in problems:
        yield f"{key}.{inner}", message


def where(key: str, problem: str | None) -> Iterator[Problem]:
    """Yield a problem of one key, if there is one."""
    if problem is not None:
        yield key, problem
