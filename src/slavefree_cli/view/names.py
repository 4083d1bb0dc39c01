"""Names in place of ids, for people who read: what a record shows of others is what those are called."""

from collections import Counter
from collections.abc import Mapping
from functools import cached_property
from typing import Final

from slavefree_cli.model.dates import short
from slavefree_cli.model.kinds import Kind, Records
from slavefree_cli.model.record import Code, Mark, Part, Record, Ref, Table, parts

Item = Mapping[str, object]

_WORKED_OUT: Final[Mapping[str, Mark]] = {"superseded_by": Ref("decision"), "left": Ref("member", "person")}
"""What is worked out of a record and names others: the decision in its place, and which owners of an action left."""


class Names:
    """What people call what the records of a register name by ids; an id that names nothing stays as it is.

    Two of one name are told apart: people, members and groups by their ids, meetings by their dates.

    Args:
        records: The open records.
    """

    def __init__(self, records: Records) -> None:
        self._records = records

    def party(self, id: str) -> str:
        """Return what a member or person is called."""
        found = self._records.party(id)
        return id if found is None else _apart(found.name, id, self._of_parties)

    def meeting(self, id: str) -> str:
        """Return what a meeting is called."""
        found = self._records.meetings.get(id)
        return id if found is None else _apart(found.title, short(found.date), self._of_meetings)

    def group(self, id: str) -> str:
        """Return what a board or subgroup is called."""
        found = self._records.groups.get(id)
        return id if found is None else _apart(found.name, id, Counter(x.name for x in self._records.groups.values()))

    def of(self, mark: Mark | None, id: str, meeting: str | None = None) -> str:
        """Return what people call that which an id stands for.

        Args:
            mark: What the field that holds it is declared to name.
            id: The id.
            meeting: The id of the meeting on whose agenda the items are.
        """
        nouns = mark.nouns if isinstance(mark, Ref) else ()
        if "member" in nouns or "person" in nouns:
            return self.party(id)
        if "meeting" in nouns:
            return self.meeting(id)
        if "group" in nouns:
            return self.group(id)
        if "item" in nouns:
            agenda = self._records.agendas.get(meeting or "")
            item = agenda.items.get(id) if agenda else None
            return (item.title if item else None) or id
        return id.upper() if isinstance(mark, Code) or "decision" in nouns else id

    def item(self, item: Item, type: type[Table], meeting: str | None = None) -> dict[str, object]:
        """Return an item of an answer with names in place of the ids in it.

        Args:
            item: The fields of a record, or of a table of one, and what is worked out.
            type: The type of that.
            meeting: The id of the meeting on whose agenda the items are that it names, where it does not say itself.
        """
        named = dict(item)
        of = item.get("meeting", meeting)
        at = str(of) if of else None
        declared = {part.key: part for part in parts(type)}
        for part in declared.values():
            if part.key in item and part.key != "id":
                named[part.key] = self._value(item[part.key], part, at)
        for key in _WORKED_OUT.keys() & item.keys() - declared.keys():
            named[key] = self._marked(item[key], _WORKED_OUT[key], at)
        return named

    def change(self, item: Item, kind: Kind[Record], id: str) -> dict[str, object]:
        """Return the item of a field that is otherwise, with names in place of ids in what it says.

        Args:
            item: Its ``field``, and the values that it has or had.
            kind: The kind of record that it is of.
            id: The id of that.
        """
        typed = str(item["field"] or "")
        keys, part = self._field(kind.type, typed.split("."))
        named = {
            key: self._value(value, part, id)
            for key, value in item.items()
            if part is not None and key in {"base", "ours", "theirs", "now", "after"} and value is not None
        }
        return {**item, **named, "record": self.record(kind, id), "field": ", ".join(keys).replace("_", " ")}

    def record(self, kind: Kind[Record], id: str) -> str:
        """Return what a record is called in words: ``member Essex Police``, ``agenda of Autumn meeting``."""
        if kind.is_single:
            return f"the {kind.noun}"
        if kind.coded:
            return f"{kind.noun} {id.upper()}"
        if not kind.called:
            return f"{kind.noun} of {self.meeting(id)}"
        return f"{kind.noun} {self.of(Ref(kind.noun), id)}"

    def _field(self, type: type[Table], keys: list[str]) -> tuple[list[str], Part | None]:
        """Return the keys to a field with names in place of the ids among them, and what the field names, if it does.

        Args:
            type: The type of record.
            keys: The keys, from the outermost table on.
        """
        part = next((each for each in parts(type) if each.key == keys[0]), None)
        if part is None or len(keys) == 1:
            return keys, part
        first, *rest = keys
        if part.mark is not None:
            first, rest = f"{first} {self.of(part.mark, rest[0])}", rest[1:]
        elif part.tables and rest[0] not in part.tables[0].__struct_encode_fields__:
            # A table of tables by slugs of their own, as the items of an agenda.
            first, rest = f"{first} {rest[0]}", rest[1:]
        if not part.tables or not rest:
            return [first, *rest], None
        inner, found = self._field(part.tables[0], rest)
        return [first, *inner], found

    def _value(self, value: object, part: Part, meeting: str | None) -> object:
        if isinstance(value, Mapping) and part.mark is not None:
            return {self.of(part.mark, id): self._inner(each, part, meeting) for id, each in value.items()}
        return self._inner(self._marked(value, part.mark, meeting), part, meeting)

    def _marked(self, value: object, mark: Mark | None, meeting: str | None) -> object:
        if isinstance(value, str):
            return self.of(mark, value, meeting)
        return [self.of(mark, str(each), meeting) for each in value] if isinstance(value, list | tuple) else value

    def _inner(self, value: object, part: Part, meeting: str | None) -> object:
        return self.item(value, part.tables[0], meeting) if isinstance(value, Mapping) and part.tables else value

    @cached_property
    def _of_parties(self) -> Counter[str]:
        return Counter(each.name for of in (self._records.members, self._records.people) for each in of.values())

    @cached_property
    def _of_meetings(self) -> Counter[str]:
        return Counter(each.title for each in self._records.meetings.values())


def _apart(name: str, by: str, names: Mapping[str, int]) -> str:
    """Return a name, and what tells it apart where others have the same."""
    return f"{name} ({by})" if names[name] > 1 else name
