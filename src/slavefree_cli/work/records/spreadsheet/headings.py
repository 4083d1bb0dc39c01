"""What the columns of a spreadsheet mean, and which row says so."""

import shlex
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from slavefree_cli.errors import InvalidError, UsageError
from slavefree_cli.model.names import key
from slavefree_cli.work.records.spreadsheet.cells import one_line
from slavefree_cli.work.records.spreadsheet.table import Cells, Note, Row, Table, letter

HEADINGS: Final = ("member", "sector", "joined", "first responder", "person", "role", "email", "also", "deputy")
LOOKED_AT: Final = 30
"""In how many rows that are not blank the headings are looked for."""

_OFFERED: Final[Mapping[str, str]] = {
    heading: meaning
    for meaning, headings in {
        "member": "organisation, organization, organisation name, organization name, name of organisation, agency, "
        "partner, partner agency, company, body, institution, employer, service, member organisation",
        "person": "name, contact, representative, rep, full name, contact name, named contact, contact person, "
        "attendee, delegate",
        "sector": "type, category, kind, organisation type, type of organisation",
        "role": "job title, title, position, post, job role",
        "email": "email address, mail, contact email, emails",
        "also": "other email, second email, alternative email, email 2, other addresses, further addresses",
        "joined": "date joined, joined on, since, start date, member since",
        "first responder": "first responders, fr",
        "deputy": "is deputy, substitute, alternate",
    }.items()
    for heading in headings.split(", ")
}
"""What headings of other lists may mean: it is offered, and not taken."""

_TOTAL: Final = frozenset({"total", "totals", "subtotal", "subtotals"})
_COUNTED: Final = frozenset({
    "grand", "sub", "number", "of", "member", "members", "organisation", "organisations", "agency", "agencies",
    "partner", "partners", "person", "people", "contact", "contacts", "=",
})  # fmt: skip
"""What stands with them in a row that is nothing but a total."""


class Line(NamedTuple):
    """A row by what its cells mean."""

    line: int
    cells: Mapping[str, str]
    merged: frozenset[str] = frozenset()
    """Which of them are of a cell that is merged with those above."""
    faults: Mapping[str, str] = {}
    """What is wrong with cells of it, by what they mean."""


class Sheet(NamedTuple):
    """What a spreadsheet holds, by what its columns mean."""

    lines: Sequence[Line]
    problems: Sequence[Note]
    notes: Sequence[Note]


def columns(typed: Sequence[str]) -> dict[str, str]:
    """Return what columns mean, by their headings as they are compared, from ``HEADING=MEANING``.

    Without a meaning a column is left out.

    Raises:
        UsageError: One is not written so, or there is no such meaning.
    """
    found = {}
    for each in typed:
        heading, equals, meaning = each.rpartition("=")
        meant = _compared(meaning)
        if not equals or not _compared(heading):
            raise UsageError(f"--column {each!r} must be the heading, =, and what it is: --column Organisation=member")
        if meant and meant not in HEADINGS:
            raise UsageError(f"--column {each!r}: there is no {meaning.strip()!r}; there are: {', '.join(HEADINGS)}.")
        found[_compared(heading)] = meant
    return found


def at(rows: Sequence[Row], named: Mapping[str, str]) -> int | None:
    """Return which of some rows holds the headings, by its index; None where none does.

    Args:
        rows: The rows.
        named: See ``columns``.
    """
    for index in _first(rows):
        meant = [_meaning(cell, named) for cell in rows[index].cells if cell]
        known = [each for each in meant if each]
        if {"member", "person"}.intersection(known) and (len(known) > 1 or len(known) == len(meant)):
            return index
    return None


def may_be_at(rows: Sequence[Row], named: Mapping[str, str]) -> bool:
    """Tell whether one of some rows holds the headings, or what may be meant by two of them in other words."""
    return at(rows, named) is not None or score(rows, named) > 1


def score(rows: Sequence[Row], named: Mapping[str, str]) -> int:
    """Return how many cells of one row are headings, or may be: the most that any has."""
    return max((_may_be(rows[index].cells, named) for index in _first(rows)), default=0)


def sheet(table: Table, named: Mapping[str, str], name: str) -> Sheet:
    """Return what a table holds, by what its columns mean.

    Args:
        table: The table.
        named: See ``columns``.
        name: What the file is called, for messages.

    Raises:
        InvalidError: Nothing is in it, or it has no headings that are known.
        UsageError: A heading of ``named`` is not there.
    """
    head = at(table.rows, named)
    if head is None:
        rated = [(_may_be(table.rows[index].cells, named), -index) for index in _first(table.rows)]
        if not rated:
            raise InvalidError(f"{name} is empty; its first line holds the headings {', '.join(HEADINGS)}.")
        head = -max(rated)[1]
    row = table.rows[head]
    meanings = _meanings(row, named, f"{name}, {table.noun} {row.line}")
    notes = [Note(None, note) for note in table.notes]
    if above := [each for each in table.rows[:head] if not each.is_blank]:
        said = " ".join(one_line(cell) for each in above for cell in each.cells if cell)
        notes.append(Note(above[0].line, f"stands above the headings and is left out: {said[:80]!r}"))
    lines, problems = [], list[Note]()
    below = next((each for each in table.rows[head + 1 :] if not each.is_blank), None)
    if below is not None and _are_headings(below.cells) and not _are_alike(below, row):
        raise InvalidError(
            f"{name}, {table.noun} {below.line}: these are headings as well as those above; leave one row of headings, "
            f"in which stands what is meant: {', '.join(HEADINGS)}."
        )
    for each in table.rows[head + 1 :]:
        if each.is_blank:
            continue
        if _are_alike(each, row):
            notes.append(Note(each.line, "repeats the headings and is left out"))
            continue
        if _is_total(each):
            notes.append(Note(each.line, f"is a total and is left out: {' '.join(filter(None, each.cells))[:80]!r}"))
            continue
        problems += [Note(each.line, says) for says in _unnamed(each, row, named)]
        lines.append(_line(each, meanings))
    return Sheet(lines, problems, notes)


def _meanings(row: Row, named: Mapping[str, str], where: str) -> dict[int, str]:
    """Return what the columns mean, by their indices."""
    headings = {index: one_line(cell) for index, cell in enumerate(row.cells) if cell}
    compared = {index: _compared(heading) for index, heading in headings.items()}
    every = list(compared.values())
    letters = {
        letter(index).lower(): index
        for index in range(max(len(row.cells), 26))
        if index not in headings or every.count(compared[index]) > 1
    }
    for heading in named:
        if heading not in compared.values() and heading not in letters:
            there = ", ".join(headings.values())
            raise UsageError(f"--column: {where} has no heading {heading!r}; it has: {there}.")
    found: dict[int, str] = {}
    unknown = []
    for index, heading in headings.items():
        if letters.get(letter(index).lower()) == index and letter(index).lower() in named:
            continue
        meaning = _meaning(heading, named)
        if meaning is None:
            unknown.append(heading)
        elif meaning in found.values():
            left = letter(index) if every.count(compared[index]) > 1 else heading
            raise InvalidError(
                f"{where}: the heading {meaning!r} stands twice; leave one out, such as: "
                f"--column {shlex.quote(left + '=')}"
            )
        elif meaning:
            found[index] = meaning
    found |= {letters[each]: meaning for each, meaning in named.items() if each in letters and meaning}
    if unknown:
        if not _may_be(row.cells, named):
            raise InvalidError(f"{where}: no headings are found that are known; put them above: {', '.join(HEADINGS)}.")
        free = [each for each in HEADINGS if each not in found.values()]
        raise InvalidError(_offer(unknown, free, where))
    if not {"member", "person"}.intersection(found.values()):
        raise InvalidError(f"{where}: needs a heading member or person; there are: {', '.join(HEADINGS)}.")
    return found


def _offer(unknown: Sequence[str], free: Sequence[str], where: str) -> str:
    """Return that headings are not known, with the options that say what they are or leave them out."""
    options, left = [], list(free)
    for heading in unknown:
        meaning = _OFFERED.get(_compared(heading), "")
        if meaning in left:
            left.remove(meaning)
        else:
            meaning = ""
        options.append(f"--column {shlex.quote(f'{heading}={meaning}')}")
    said = f"the heading {unknown[0]!r} is not known" + "".join(f", nor is {each!r}" for each in unknown[1:])
    return (
        f"{where}: {said}; there are: {', '.join(HEADINGS)}. Say what each is, or with nothing after the = that it is "
        f"left out{_of_names(unknown)}: {' '.join(options)}"
    )


def _of_names(unknown: Sequence[str]) -> str:
    """Return what to do where a name is spread over two columns, which have no order that could be known."""
    parts = {"first name", "forename", "given name", "surname", "last name", "family name"}
    together = " (first and last names are put into one column, under person)"
    return together if parts.intersection(map(_compared, unknown)) else ""


def _unnamed(row: Row, head: Row, named: Mapping[str, str]) -> Iterator[str]:
    """Yield what is wrong with cells that stand under no heading."""
    said = [index for index, cell in enumerate(row.cells) if cell]
    if said and said[-1] >= len(head.cells):
        yield (
            f"has {said[-1] + 1} cells for {len(head.cells)} headings; a cell with a comma in it stands in quotation "
            "marks"
        )
        return
    for index in said:
        if not head.cells[index] and letter(index).lower() not in named:
            yield (
                f"column {letter(index)} has no heading, and in it {row.cells[index][:40]!r}; leave it out: "
                f"--column {letter(index)}="
            )


def _line(row: Row, meanings: Mapping[int, str]) -> Line:
    cells = dict(enumerate(row.cells)) | dict(row.merged)
    return Line(
        row.line,
        {meaning: cells.get(index, "") for index, meaning in meanings.items()},
        frozenset(meaning for index, meaning in meanings.items() if row.merged.get(index)),
        {meaning: row.faults[index] for index, meaning in meanings.items() if index in row.faults},
    )


def _is_total(row: Row) -> bool:
    """Tell whether a row only says how many the rows above are: ``Total 24``, ``Total members:`` and numbers."""
    words = [word for cell in row.cells for word in _compared(cell).replace(":", " ").split()]
    return not _TOTAL.isdisjoint(words) and all(word in _TOTAL | _COUNTED or word.isdecimal() for word in words)


def _are_alike(row: Row, other: Row) -> bool:
    """Tell whether two rows say the same, however it is written."""
    return list(map(_compared, _full(row.cells))) == list(map(_compared, _full(other.cells)))


def _are_headings(cells: Cells) -> bool:
    """Tell whether two cells or more are headings in these words or others, and there is no other."""
    said = [_compared(cell) for cell in cells if cell]
    return len(said) > 1 and all(each in HEADINGS or each in _OFFERED for each in said)


def _first(rows: Sequence[Row]) -> list[int]:
    return [index for index, row in enumerate(rows) if not row.is_blank][:LOOKED_AT]


def _may_be(cells: Cells, named: Mapping[str, str]) -> int:
    return sum(_meaning(cell, named) is not None or _compared(cell) in _OFFERED for cell in cells if cell)


def _meaning(cell: str, named: Mapping[str, str]) -> str | None:
    """Return what a heading means, nothing where it is left out, None where it is not known."""
    compared = _compared(cell)
    return named.get(compared, compared if compared in HEADINGS else None)


def _compared(heading: str) -> str:
    """Return a heading as it is compared: ``E-mail:`` is ``email``, ``first_responder`` is ``first responder``."""
    plain = " ".join(key(heading).replace("_", " ").replace("-", " ").strip(" :*.").split())
    return {"e mail": "email"}.get(plain, plain)


def _full(cells: Cells) -> list[str]:
    """Return cells up to the last one that is not blank."""
    last = max((index for index, cell in enumerate(cells) if cell), default=-1)
    return list(cells[: last + 1])
