"""What is typed in minutes and is no record yet, read with what the register knows."""

import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from slavefree_cli.minutes import codes, owned, reports, typed_lines
from slavefree_cli.minutes.reports import Told
from slavefree_cli.minutes.typed_lines import Known, Promised, Reading, Remark, Typed
from slavefree_cli.model.action import Action
from slavefree_cli.model.carry_over import owners_at
from slavefree_cli.model.dates import short
from slavefree_cli.model.decision import Decision
from slavefree_cli.model.kinds import Records, kind_of
from slavefree_cli.model.meeting import following
from slavefree_cli.model.references import parties
from slavefree_cli.register import places
from slavefree_cli.register.desk import Desk
from slavefree_cli.work.minutes.volume import Minutes
from slavefree_cli.work.records import withheld

_SINCE: Final = re.compile(r" \((?:withdrawn on .+|superseded by \w{5})\)\Z")
"""What a template says of a decision besides its text."""


class Found(NamedTuple):
    """What was found in minutes."""

    lines: Reading
    told: Told


def reading(minutes: Minutes, desk: Desk) -> Found:
    """Return what was typed in minutes and has no record yet, and what cannot be understood.

    What a restricted record says is no line to be collected from open minutes: it would make an open record of it.
    """
    found = _read(minutes, desk.records)
    return found if minutes.part.restricted else _without_restricted(minutes, desk, found)


def _read(minutes: Minutes, records: Records) -> Found:
    meeting, edition = minutes.meeting, minutes.edition
    after = following(meeting, records.meetings.values())
    recorded = {id: each.title for id, each in edition.actions.items() if each.meeting == meeting.id}
    recorded |= {id: each.text for id, each in edition.decisions.items() if each.meeting == meeting.id}
    known = Known(
        parties(records, meeting),
        edition.agenda,
        meeting.date,
        after.date if after else None,
        recorded,
        frozenset((*edition.actions, *edition.decisions)),
        {
            id: Promised(each.title, frozenset((each.owner, *each.with_)))
            for id, each in edition.actions.items()
            if each.meeting != meeting.id and each.status == "open"
        },
    )
    text, lines = minutes.text, owned.owned_lines(minutes.text)
    return Found(typed_lines.read(text, lines, known), reports.read(text, lines, known, edition.actions))


def _without_restricted(minutes: Minutes, desk: Desk, found: Found) -> Found:
    held = withheld.passages(desk)
    if held is None:
        return found
    lines, told = found.lines, found.told
    shows = {each.line: each.of for each in withheld.found(held, minutes.path, minutes.text.encode())}
    for typed in lines.typed:
        if of := held.is_of(typed.text):
            shows.setdefault(typed.place + 1, of)
    text = minutes.text.split("\n")
    for unclear in told.problems:
        if of := next(filter(None, map(held.codes.get, codes.codes_in(text[unclear.line - 1]))), None):
            shows.setdefault(unclear.line, of)
    remarks = [Remark(line, f"shows what is restricted ({of}); take it out") for line, of in sorted(shows.items())]
    kept = lines._replace(
        typed=[each for each in lines.typed if each.place + 1 not in shows],
        references=[each for each in lines.references if each.line not in shows],
        problems=[each for each in lines.problems if each.line not in shows],
        doubts=[*(each for each in lines.doubts if each.line not in shows), *remarks],
        remarks=[each for each in lines.remarks if each.line not in shows],
    )
    return Found(
        kept,
        Told(
            [each for each in told.reports if each.place + 1 not in shows],
            [each for each in told.problems if each.line not in shows],
            [each for each in told.remarks if each.line not in shows],
        ),
    )


def problems(minutes: Minutes, found: Found) -> list[Remark]:
    """Return what is typed as an action, a decision or a report and is none on record, one a line."""
    return _by_line([*found.lines.problems, *found.told.problems, *_without_record(minutes, found.lines)])


def unsettled(minutes: Minutes, found: Found) -> list[Remark]:
    """Return what is typed as one of these or looks like one, and is none on record, one a line."""
    return _by_line([*problems(minutes, found), *found.lines.doubts])


def typed(found: Found) -> list[int]:
    """Return the numbers of the lines typed in minutes that are understood and are no records yet."""
    return sorted({each.place + 1 for each in found.lines.typed} | {each.place + 1 for each in found.told.reports})


def uncollected(found: Found) -> list[int]:
    """Return the numbers of the lines typed in minutes that are no records yet, understood or not."""
    return sorted({*typed(found)} | {each.line for each in (*found.lines.problems, *found.told.problems)})


def remarks(minutes: Minutes, found: Found, timezone: str) -> Iterator[str]:
    """Yield what is said of lines that are settled all the same."""
    for remark in sorted([*found.lines.remarks, *found.told.remarks]):
        yield f"{minutes.at(remark.line)} {remark.message}."
    for line, code, says, ticked in found.lines.references:
        record = minutes.edition.actions.get(code) or minutes.edition.decisions.get(code)
        at, reference = minutes.at(line), code.upper()
        if record is None:
            continue
        if says is not None and not _agree(says, record, minutes, timezone):
            file = places.shown(kind_of(record).path(record), None, minutes.root)
            how = f"slavefree action edit {reference}" if isinstance(record, Action) else f"the line, or {file}"
            yield f"{at} says otherwise than the record {reference}; change one of the two: {how}."
        if ticked and isinstance(record, Action) and record.status == "open":
            yield f"{at} is ticked, and action {reference} is open; close it: slavefree action done {reference}."
        if isinstance(record, Decision) and record.withdrawn is not None:
            yield f"{at} has decision {reference}, which was withdrawn on {short(record.withdrawn)}."


def _by_line(remarks: Iterable[Remark]) -> list[Remark]:
    """Return the first of what is said of each line, by the lines."""
    first: dict[int, Remark] = {}
    for each in remarks:
        first.setdefault(each.line, each)
    return [first[line] for line in sorted(first)]


def _without_record(minutes: Minutes, found: Reading) -> Iterator[Remark]:
    for line, code, *_ in found.references:
        if code not in minutes.edition.actions and code not in minutes.edition.decisions:
            yield Remark(
                line,
                f"has the reference {code.upper()}, and there is no such record here; take it out to have the line "
                "collected",
            )


def _agree(says: Typed, record: Action | Decision, minutes: Minutes, timezone: str) -> bool:
    if isinstance(record, Decision):
        return _SINCE.sub("", says.text) == " ".join(record.text.split())
    # One that was put off since has its reason, and the minutes keep what was agreed.
    put_off = any(note.kind == "due" for note in record.notes.values())
    owners = set(owners_at(record, minutes.meeting, timezone))
    same = (says.text, set(says.owners)) == (" ".join(record.title.split()), owners)
    return same and (put_off or says.due == record.due)
