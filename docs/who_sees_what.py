"""Writes the table of docs/who-sees-what.md from the records; with ``--check`` tells whether it is current."""

import sys
from collections.abc import Iterator
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, Final, Union, get_args, get_origin, get_type_hints

from slavefree_cli.model.kinds import every_kind
from slavefree_cli.model.record import Record, Table

TARGET: Final = Path(__file__).with_name("who-sees-what.md")
BEGIN, END = "<!-- fields -->", "<!-- end of fields -->"

CALENDAR: Final = "calendar"
"""``invite.ics`` and ``calendar.ics``, which anybody may open."""
MINUTES: Final = "minutes"
"""Part One of the minutes, for members and then for anybody."""
MESSAGE: Final = "message"
"""A message to one person: an invitation, draft minutes, a reminder."""

GOES_OUT: Final = {
    "partnership.name": (CALENDAR, MINUTES, MESSAGE),
    "partnership.marking": (MESSAGE,),
    "partnership.coordinator.name": (CALENDAR, MESSAGE),
    "partnership.coordinator.email": (CALENDAR, MESSAGE),
    "partnership.signposting.text": (CALENDAR, MINUTES, MESSAGE),
    "partnership.signposting.url": (CALENDAR, MINUTES, MESSAGE),
    "member.name": (MINUTES, MESSAGE),
    "person.name": (CALENDAR, MINUTES, MESSAGE),
    "meeting.title": (CALENDAR, MINUTES, MESSAGE),
    "meeting.date": (CALENDAR, MINUTES, MESSAGE),
    "meeting.start": (CALENDAR, MINUTES, MESSAGE),
    "meeting.end": (CALENDAR, MINUTES, MESSAGE),
    "meeting.venue": (CALENDAR, MINUTES, MESSAGE),
    "meeting.link": (MESSAGE,),
    "meeting.uid": (CALENDAR, MESSAGE),
    "agenda.items.*.title": (CALENDAR, MINUTES, MESSAGE),
    "agenda.items.*.lead": (CALENDAR, MINUTES, MESSAGE),
    "agenda.items.*.papers": (MINUTES, MESSAGE),
    "action.title": (MINUTES, MESSAGE),
    "action.owner": (MINUTES, MESSAGE),
    "action.with": (MINUTES, MESSAGE),
    "action.due": (MINUTES, MESSAGE),
    "action.notes.*.text": (MINUTES, MESSAGE),
    "decision.text": (MINUTES, MESSAGE),
}


def fields(table: type[Table], before: str = "") -> Iterator[tuple[str, Any]]:
    """Yield every field of a record, those of its tables too, with its type; ``*`` stands for the key of one."""
    hints = get_type_hints(table, include_extras=True)
    placed = {*table.PLACED} if issubclass(table, Record) else set()
    for name, key in zip(table.__struct_fields__, table.__struct_encode_fields__, strict=True):
        if name in placed or name == "id":
            continue
        inner, keyed = _table(hints[name])
        if inner is None:
            yield before + key, hints[name]
        else:
            yield from fields(inner, f"{before}{key}.{'*.' if keyed else ''}")


def _table(hint: Any) -> tuple[type[Table] | None, bool]:
    if get_origin(hint) is Annotated:
        return _table(get_args(hint)[0])
    if get_origin(hint) in {Union, UnionType}:
        found = [_table(each) for each in get_args(hint)]
        return next((each for each in found if each[0]), (None, False))
    if get_origin(hint) is dict:
        return _table(get_args(hint)[1])[0], True
    return (hint, False) if isinstance(hint, type) and issubclass(hint, Table) else (None, False)


def rows() -> Iterator[str]:
    """Yield the rows of the table."""
    yield "| record | field | circle | goes out in |"
    yield "| --- | --- | --- | --- |"
    for kind in every_kind():
        for key, _ in fields(kind.type):
            out = () if kind.restricted else GOES_OUT.get(f"{kind.noun}.{key}", ())
            circle = "officers" if kind.restricted else "everybody with a clone"
            noun = f"{'restricted ' if kind.restricted else ''}{kind.noun}"
            yield f"| {noun} | `{key}` | {circle} | {', '.join(out) or '–'} |"


def page(was: str) -> str:
    """Return the page with the table as it has to be."""
    before, rest = was.split(BEGIN)
    after = rest.split(END)[1]
    return before + BEGIN + "\n\n" + "\n".join(rows()) + "\n\n" + END + after


if __name__ == "__main__":
    text = TARGET.read_text(encoding="utf-8")
    if "--check" in sys.argv[1:]:
        if page(text) != text:
            sys.exit("docs/who-sees-what.md is not current; run: python docs/who_sees_what.py")
    else:
        TARGET.write_text(page(text), encoding="utf-8")
