"""How a record is named on the command line: by its id, or by anything that fits only one."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from slavefree_cli.model.kinds import Kind
from slavefree_cli.model.names import typed_code
from slavefree_cli.model.record import Record


class Candidate(NamedTuple):
    """A record that may be meant."""

    id: str
    name: str
    coded: bool = False
    """Whether the id is a random code, which people type in either case."""
    day: date | None = None
    """The date that it has, which it can be named by."""


def candidate(record: Record, kind: Kind[Record]) -> Candidate:
    """Return a record as one that may be meant."""
    return Candidate(record.id, kind.name(record), kind.coded, getattr(record, "date", None))


def fitting(typed: str, candidates: Iterable[Candidate], day: date | None = None) -> Sequence[Candidate]:
    """Return the records that something typed can mean; one where it is plain, several where it is not.

    An id or a whole name settles it. Else a record fits by the beginning of its id, by its date, or where each word
    typed begins a word of its name or of its id.

    Args:
        typed: The reference as typed.
        candidates: What there is to choose from.
        day: The date that was typed, where what was typed is one.
    """
    wanted = typed.strip().casefold()
    code = typed_code(typed)
    words = _words(wanted)
    named: list[Candidate] = []
    loose: list[Candidate] = []
    for candidate in candidates:
        key = code if candidate.coded else wanted
        if candidate.id == key:
            return [candidate]
        name = candidate.name.casefold()
        if name == wanted:
            named.append(candidate)
        elif (
            (key and candidate.id.startswith(key))
            or (day is not None and candidate.day == day)
            or (words and _begins(words, _words(name) + ([] if candidate.coded else _words(candidate.id))))
        ):
            loose.append(candidate)
    return named or loose


def _words(text: str) -> list[str]:
    return [word for word in re.split(r"[^\w]+", text.replace("_", " ").replace("'", "").replace("\u2019", "")) if word]


def _begins(wanted: Sequence[str], words: Sequence[str]) -> bool:
    return all(any(word.startswith(begin) for word in words) for begin in wanted)
