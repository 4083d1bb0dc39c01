"""What every record has in common, and how a field says what it must be and whether it names another record."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from functools import cache
from typing import Annotated, Any, ClassVar, NamedTuple, TypeVar, get_args, get_origin

import msgspec

from slavefree_cli.errors import InvalidError
from slavefree_cli.model.dates import instant_problem
from slavefree_cli.model.text import address_problem, link_problem, prose_problem, title_problem

R = TypeVar("R", bound="Record")
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


class Must:
    """Says of a field what its value must be: ``problem`` says what is wrong with one, or returns None."""

    def __init__(self, problem: Callable[[Any], str | None]) -> None:
        self.problem = problem


def between(least: int, most: int, what: str = "") -> Must:
    """Return that a number must be in a range, with what may be said of it besides."""
    problem = f"must be from {least} to {most}{what}"
    return Must(lambda number: None if least <= number <= most else problem)


Mark = Ref | Code | Must

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
Title = Annotated[str, Must(title_problem)]
Prose = Annotated[str, Must(prose_problem)]
Address = Annotated[str, Must(address_problem)]
Link = Annotated[str, Must(link_problem)]
Instant = Annotated[datetime, Must(instant_problem)]
SequenceNumber = Annotated[int, between(0, 2**31 - 1, ", an INTEGER of RFC 5545")]


class Table(msgspec.Struct, frozen=True, kw_only=True):
    """A group of keys in a record; its fields stand in the order in which the file has them."""

    def problems(self) -> Iterator[Problem]:
        """Yield what is wrong with these values taken by themselves: each as its field says that it must be."""
        said, tables = _looked_at(type(self))
        for name, key, problem_of in said:
            value = getattr(self, name)
            for each in value if value.__class__ is tuple else (value,):
                if each is not None and (problem := problem_of(each)):
                    yield key, problem
        for name, key in tables:
            inner = getattr(self, name)
            if isinstance(inner, Table):
                yield from _within(key, inner)
            elif inner:
                for slug, entry in inner.items():
                    yield from _within(f"{key}.{slug}", entry)


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

    @property
    def order(self) -> tuple[Any, ...]:
        """What records of one type are put in order by: their names, unless they have another order."""
        return getattr(self, "name", "").casefold(), self.id

    def refusal(self, before: "Record") -> str | None:  # noqa: ARG002
        """Say in a sentence why a record may not become this one, or return None."""
        return None


def in_order(records: Iterable[R]) -> list[R]:
    """Return records of one type in their order."""
    return sorted(records, key=lambda record: record.order)


def changed(table: TableT, **changes: Any) -> TableT:
    """Return a copy with these fields set; one given as ``msgspec.UNSET`` stays as it is.

    Raises:
        InvalidError: A field that a record cannot do without would be unset.
    """
    given = {name: value for name, value in changes.items() if value is not msgspec.UNSET}
    for name, value in given.items():
        if value is None and name in _needed(type(table)):
            raise InvalidError(f"The {name} must not be empty.")
    return msgspec.structs.replace(table, **given)


@cache
def _needed(kind: type[Table]) -> frozenset[str]:
    """Return the names of the fields that a table cannot do without."""
    return frozenset(field.name for field in msgspec.structs.fields(kind) if field.required)


class Part(NamedTuple):
    """A field that says something of its value, or has tables in it."""

    name: str
    key: str
    """As the file has it."""
    mark: Mark | None
    """What the value is, or what the keys are where it is a table of tables."""
    tables: tuple[type[Table], ...]
    """The types of the tables in it."""


@cache
def parts(kind: type[Table]) -> tuple[Part, ...]:
    """Return the fields of a type that say something of their values, or have tables in them."""
    hints: dict[str, Any] = {}
    for each in reversed(kind.__mro__):
        # As they stand: nothing here is written as text, and typing.get_type_hints takes its time.
        hints |= vars(each).get("__annotations__", {})
    keys = zip(kind.__struct_fields__, kind.__struct_encode_fields__, strict=True)
    found = (Part(name, key, next(_marks(hints[name]), None), tuple(_tables(hints[name]))) for name, key in keys)
    return tuple(part for part in found if part.mark or part.tables)


@cache
def _looked_at(kind: type[Table]) -> tuple[list[tuple[str, str, Callable[[Any], str | None]]], list[tuple[str, str]]]:
    """Return the fields of a type whose values must be something, and those with tables in them: for every record."""
    every = parts(kind)
    said = [(each.name, each.key, each.mark.problem) for each in every if isinstance(each.mark, Must)]
    return said, [(each.name, each.key) for each in every if each.tables]


def _marks(hint: Any) -> Iterator[Mark]:
    """Yield what a hint says that its value is: of a table of tables what its keys are."""
    if get_origin(hint) is Annotated:
        yield from (each for each in hint.__metadata__ if isinstance(each, Mark))
    elif get_origin(hint) is not dict:
        for inner in get_args(hint):
            yield from _marks(inner)
    else:
        yield from _marks(get_args(hint)[0])


def _tables(hint: Any) -> Iterator[type[Table]]:
    if isinstance(hint, type) and issubclass(hint, Table):
        yield hint
    for inner in get_args(hint):
        yield from _tables(inner)


def _within(key: str, table: Table) -> Iterator[Problem]:
    """Yield the problems of an inner table, each key named from the outer."""
    for inner, message in table.problems():
        yield f"{key}.{inner}", message
