"""Every kind of record, each one entry: its type, what it is called, where it lies, and whether it is restricted.

The entries stand in the two trees that a register has. What makes files for the public takes ``Records`` and so cannot
be given anything restricted; what the coordinator alone sees takes both. A tree is asked for a kind by its entry, and
loads it when it is first asked: ``records.members`` is every member by its id.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, Final, Generic, Protocol, Self, TypeVar, overload

from slavefree_cli.errors import InvalidError
from slavefree_cli.model.action import Action
from slavefree_cli.model.agenda import Agenda, RestrictedAgenda
from slavefree_cli.model.attendance import Attendance
from slavefree_cli.model.decision import Decision
from slavefree_cli.model.group import Group
from slavefree_cli.model.issue import Issue
from slavefree_cli.model.meeting import Meeting, RestrictedMeeting
from slavefree_cli.model.member import Member
from slavefree_cli.model.mentions import refs_in
from slavefree_cli.model.names import code_problem, slug_problem
from slavefree_cli.model.partnership import Partnership
from slavefree_cli.model.person import Person
from slavefree_cli.model.record import Record
from slavefree_cli.model.sending import Sending

R = TypeVar("R", bound=Record)
R_co = TypeVar("R_co", bound=Record, covariant=True)
TreeT = TypeVar("TreeT", bound="Tree")

RESTRICTED: Final = "restricted/"
"""What the places of restricted records begin with."""


class Kind(Generic[R_co]):
    """One kind of record.

    Args:
        type: The type.
        noun: What one is called.
        plural: What several are called.
        place: The pattern of its paths, relative to the register, with ``{id}``, ``{year}`` and ``{of}`` (the meeting
            of an issue).
        called: The field that holds what people call one, where they name it themselves.
        coded: Whether its ids are random codes.
        restricted: Whether it must not get out.
    """

    def __init__(
        self,
        type: type[R_co],
        noun: str,
        plural: str,
        place: str,
        *,
        called: str | None = None,
        coded: bool = False,
        restricted: bool = False,
    ) -> None:
        self.type = type
        self.noun = noun
        self.plural = plural
        self.place = RESTRICTED + place if restricted else place
        self.called = called
        self.coded = coded
        self.restricted = restricted
        self.group = ""

    def __set_name__(self, owner: object, name: str) -> None:
        self.group = name

    @overload
    def __get__(self, tree: "Tree", owner: object) -> Mapping[str, R_co]: ...
    @overload
    def __get__(self, tree: object, owner: object) -> Self: ...
    def __get__(self, tree: object, owner: object) -> "Self | Mapping[str, R_co]":
        # Of a tree it is the records; held by anything else it is the entry itself.
        return tree.all(self) if isinstance(tree, Tree) else self

    def __repr__(self) -> str:
        return f"<kind {self.plural}>"

    @property
    def is_single(self) -> bool:
        """Whether a register has one of it."""
        return "{" not in self.place

    @property
    def is_named(self) -> bool:
        """Whether its ids are its own, and no other record's."""
        return not self.is_single and (self.called is not None or self.coded)

    def path(self, record: Record) -> str:
        """Return where a record of this kind lies, relative to the register, with ``/`` between folders."""
        of = getattr(record, "of", "")
        return self.place.format(id=record.id, of=of, year=f"{record.year:04}" if record.year is not None else "")

    def placed(self, values: Mapping[str, str]) -> dict[str, object]:
        """Return the fields of a record that its place gives: ``values`` are what stands for ``{…}`` in its path."""
        given = {"id": values.get("id", self.noun), "of": values.get("of"), "restricted": self.restricted}
        return {name: given[name] for name in self.type.PLACED}

    def id_problem(self, values: Mapping[str, str]) -> str | None:
        """Say why nothing of this kind can be called what stands for ``{…}`` in a path, or return None."""
        if self.coded and (problem := code_problem(values["id"])):
            return problem
        for key in ("of",) if self.coded else ("of", "id"):
            if key in values and (problem := slug_problem(values[key])):
                return problem
        return None

    def name(self, record: Record) -> str:
        """Return what people call a record of this kind: its name, title or text; nothing where it has none."""
        return str(getattr(record, self.called)) if self.called else ""

    def also(self, record: Record) -> tuple[str, ...]:
        """Return what else a record is called by as a whole: its aliases and its addresses."""
        return (*record.aka, *record.addresses) if isinstance(record, Member | Person) else ()


class Source(Protocol):
    """Where records come from."""

    def all(self, kind: Kind[R]) -> Mapping[str, R]:
        """Return the records of a kind by id."""

    def unreadable(self, kind: Kind[Record]) -> frozenset[str]:
        """Return the ids of those that are there and cannot be read."""

    def problem(self, kind: Kind[Record]) -> str:
        """Return why there is none of a kind, in a sentence."""


Changes = Mapping[Kind[Record], Mapping[str, Record | None]]
"""What becomes of records, by kind and id; None takes one out."""


class Tree:
    """The records of a register at one moment, open or restricted: as they come from a source, but for some changes."""

    def __init__(self, source: Source, changes: Changes | None = None) -> None:
        self._source = source
        self._changes = changes or {}
        self._made: dict[Kind[Any], Mapping[str, Any]] = {}

    @classmethod
    def kinds(cls) -> Iterator[Kind[Record]]:
        """Yield the kinds of this tree."""
        return (each for each in vars(cls).values() if isinstance(each, Kind))

    @classmethod
    def holding(cls, *, unreadable: frozenset[str] = frozenset(), **groups: Any) -> Self:
        """Return a tree of records in memory, each kind by id; a kind that is not given has none."""
        if "partnership" in groups:
            groups["partnerships"] = {"partnership": groups["partnership"]}
        held = {kind: groups[kind.group] for kind in cls.kinds() if kind.group in groups}
        return cls(_Nothing(unreadable), held)

    def all(self, kind: Kind[R]) -> Mapping[str, R]:
        """Return the records of a kind by id."""
        if kind not in self._changes:
            return self._source.all(kind)
        if kind not in self._made:
            changed = {**self._source.all(kind), **self._changes[kind]}
            self._made[kind] = {id: record for id, record in changed.items() if record is not None}
        return self._made[kind]

    @property
    def unreadable(self) -> frozenset[str]:
        """The ids of records that are there and cannot be read: naming one is no mistake."""
        return frozenset().union(*(self._source.unreadable(kind) for kind in self.kinds()))

    def every(self) -> Iterator[Record]:
        """Yield every record, kind by kind."""
        for kind in self.kinds():
            yield from self.all(kind).values()

    def with_changes(self, changes: Changes) -> Self:
        """Return the tree as it will be: with these records in place of those with their ids; None takes one out."""
        both = {kind: {**self._changes.get(kind, {}), **changes.get(kind, {})} for kind in (*self._changes, *changes)}
        return type(self)(self._source, both)


class Records(Tree):
    """The open tree."""

    partnerships = Kind(Partnership, "partnership", "partnerships", "partnership.toml", called="name")
    members = Kind(Member, "member", "members", "members/{id}.toml", called="name")
    people = Kind(Person, "person", "people", "people/{id}.toml", called="name")
    groups = Kind(Group, "group", "groups", "groups/{id}.toml", called="name")
    meetings = Kind(Meeting, "meeting", "meetings", "{id}/meeting.toml", called="title")
    agendas = Kind(Agenda, "agenda", "agendas", "{id}/agenda.toml")
    attendances = Kind(Attendance, "attendance", "attendances", "{id}/attendance.toml")
    actions = Kind(Action, "action", "actions", "actions/{year}/{id}.toml", called="title", coded=True)
    decisions = Kind(Decision, "decision", "decisions", "decisions/{year}/{id}.toml", called="text", coded=True)
    issues = Kind(Issue, "issue", "issues", "{of}/issued/{id}.toml", coded=True)
    sendings = Kind(Sending, "sending", "sendings", "sent/{year}/{id}.toml", coded=True)

    @property
    def partnership(self) -> Partnership:
        """The partnership itself.

        Raises:
            InvalidError: Its file is not valid, or of a newer format.
        """
        found = next(iter(self.partnerships.values()), None)
        if found is None:
            raise InvalidError(self._source.problem(Records.partnerships))
        return found

    def party(self, id: str) -> Member | Person | None:
        """Return the member or person with this id; they share one set of slugs."""
        return self.people.get(id) or self.members.get(id)

    def issued(self, meeting: str) -> list[Issue]:
        """Return what was issued of a meeting, named by its id."""
        return [each for each in self.issues.values() if each.of == meeting]

    def name(self, id: str) -> str:
        """Return the name of a member or person, or the id itself where there is none."""
        party = self.party(id)
        return party.name if party else id


class RestrictedRecords(Tree):
    """The restricted tree."""

    meetings = Kind(RestrictedMeeting, "meeting", "meetings", "{id}/meeting.toml", restricted=True)
    agendas = Kind(RestrictedAgenda, "agenda", "agendas", "{id}/agenda.toml", restricted=True)
    actions = Kind(Action, "action", "actions", "actions/{year}/{id}.toml", called="title", coded=True, restricted=True)
    decisions = Kind(
        Decision, "decision", "decisions", "decisions/{year}/{id}.toml", called="text", coded=True, restricted=True
    )


def every_kind() -> tuple[Kind[Record], ...]:
    """Return every kind, those of the open tree first."""
    return (*Records.kinds(), *RestrictedRecords.kinds())


def shares_ids(kind: Kind[Record]) -> frozenset[str]:
    """Return the nouns of the kinds that have one set of ids with a kind: those that one field can name, and itself."""
    refs = {ref for each in every_kind() for ref in refs_in(each.type) if kind.noun in ref.nouns}
    return frozenset({kind.noun}).union(*(ref.nouns for ref in refs))


def kind_of(record: Record) -> Kind[Record]:
    """Return the kind of a record."""
    return kind_for(type(record), restricted=bool(getattr(record, "restricted", False)))


@cache
def kind_for(type: type[Record], *, restricted: bool) -> Kind[Record]:
    """Return the kind of a type, of that tree where the type is in both."""
    of_type = [each for each in every_kind() if each.type is type]
    return next((each for each in of_type if each.restricted == restricted), of_type[0])


class _Nothing:
    """No records at all, where some of them may be there and cannot be read."""

    def __init__(self, unreadable: frozenset[str]) -> None:
        self._unreadable = unreadable

    def all(self, kind: Kind[R]) -> Mapping[str, R]:  # noqa: ARG002 - the same of every kind
        return {}

    def unreadable(self, kind: Kind[Record]) -> frozenset[str]:  # noqa: ARG002 - all that cannot be read counts for each
        return self._unreadable

    def problem(self, kind: Kind[Record]) -> str:
        return f"There is no {kind.noun}."
