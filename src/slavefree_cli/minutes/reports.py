"""What was typed in the meeting of actions that there are: ``DONE``, ``UPDATE`` and ``DUE``, each with a reference.

``DONE 7K2F9: what was done`` closes an action, ``UPDATE 7K2F9: how it goes`` notes how it goes, and ``DUE 7K2F9 1 May:
why`` moves its due date. What was taken from such a line is a note of the action, and the line has the note's reference
after that of the action: ``DONE 7K2F9 [M4X7Q]: what was done``.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final, Literal, NamedTuple, cast

from slavefree_cli.minutes import outline
from slavefree_cli.minutes.codes import CODE, codes_in
from slavefree_cli.minutes.markers import BEGINS, markers, names_with
from slavefree_cli.minutes.mentioned import Mention, mentions
from slavefree_cli.minutes.misspelt import REPORTS, nearly
from slavefree_cli.minutes.owned import Lines
from slavefree_cli.minutes.owners import Naming
from slavefree_cli.minutes.passages import Passage, passages
from slavefree_cli.minutes.report_markers import HOW, before, report_markers
from slavefree_cli.minutes.typed_lines import Known, Remark
from slavefree_cli.model.action import Action
from slavefree_cli.model.names import is_code, typed_code
from slavefree_cli.model.text import prose_problem
from slavefree_cli.model.typed_dates import From, Read

Word = Literal["DONE", "UPDATE", "DUE"]

_NOTE: Final = re.compile(r"[^\S\n]*\[(?P<note>[0-9A-Za-z]{5})\]")
_TO: Final = re.compile(r"[ \t]*:?[ \t]*(?:(?:moved|now|put off|changed)\s+)?(?:to\s+|now\s+)?", re.IGNORECASE)
_WHY: Final = re.compile(r":(?!\d)|\s+[–—-]+\s+|\s+(?=because\b|as\b)", re.IGNORECASE)
_MISSPELT: Final = re.compile(
    r"(?:\A|(?<=[.!?;|]\s)|(?<=[(\[*_\n]))(?P<word>[A-Za-z]{2,8})[*_]{0,3}[ \t]*[:–—-]?[ \t]*"
    r"\[?(?P<code>[0-9A-Za-z]{5})(?![0-9A-Za-z])"
)
_PASSED_OVER: Final = frozenset({"quoted", "header"})
_ALONE: Final = re.compile(r"[*_(\[]{0,4}(DONE|DUE)\b[*_]{0,3}[^\S\n]*[:–—-]?[*_]{0,3}[^\S\n]+(?![A-Z]{2})[\w“‘\"'(]")
_BESIDE: Final = re.compile(r"[ \t]*(?:,|and\b|&|[+/])[ \t]*\[?(?P<code>[0-9A-Za-z]{5})(?![0-9A-Za-z])", re.IGNORECASE)


class Report(NamedTuple):
    """What was typed of an action that there is."""

    place: int
    """The index of its line."""
    at: int
    """Where the reference of its note goes in the line."""
    word: Word
    code: str
    text: str
    """What is noted; nothing of one that is done and no more was said."""
    due: date | None = None


class Told(NamedTuple):
    """What was found of reports in minutes."""

    reports: list[Report]
    """Those that are not taken yet."""
    problems: list[Remark]
    """Lines that look like one and are not settled."""
    remarks: list[Remark]


def read(text: str, owned: Lines, known: Known, actions: Mapping[str, Action]) -> Told:
    """Return what was typed in minutes of the actions that there are.

    Args:
        text: The minutes.
        owned: The lines that the program owns.
        known: What the lines can name.
        actions: The actions that they can tell of.
    """
    naming = Naming(known.parties, From(known.day, next_meeting=known.next_meeting))
    names = names_with(known.parties)
    found = Told([], [], [])
    every = [each for each in passages(outline.lines(text, owned.every), BEGINS) if each.kind not in _PASSED_OVER]
    rows: dict[int, str] = {}
    for passage in every:
        if passage.kind == "cell":
            rows[passage.place] = f"{rows.get(passage.place, '')}{passage.text} | "
    named: list[Mention] = []
    reported: set[str] = set()
    done: dict[str, int] = {}
    for passage in every:
        begins = report_markers(passage.text, actions)
        others = markers(passage.text, names) if begins or CODE.search(passage.text) else ()
        ends = [each.start() for each in begins] + [each.start for each in others if each.opens and each.ends]
        for begin in begins:
            end = min((each for each in ends if each > begin.start()), default=len(passage.text))
            place, _ = passage.at(begin.start("word"))
            reported.add(typed_code(begin["code"]))
            try:
                report, due = _report(passage, begin, end, naming, actions, known.day)
                _refuse_after(report, done)
            except ValueError as error:
                found.problems.append(Remark(place + 1, str(error)))
                continue
            if report:
                found.reports.append(report)
            if due and (said := naming.remark(due)):
                found.remarks.append(Remark(place + 1, said))
        if not begins:
            found.problems.extend(_misspelt(passage, actions))
            row = rows.get(passage.place, passage.text)
            named += mentions(passage, row, others, actions)
            if actions.keys().isdisjoint(codes_in(row)):
                found.problems.extend(_without_reference(passage))
    for each in named:
        if each.told:
            found.problems.append(Remark(each.place + 1, each.message))
        elif each.code not in reported:
            found.remarks.append(Remark(each.place + 1, each.message))
    return found


def _refuse_after(report: Report | None, done: dict[str, int]) -> None:
    """Refuse what is told of an action once more after it is done, and take down what is done.

    Raises:
        ValueError: It is done by what stands before.
    """
    if report is None or report.word == "UPDATE":
        return
    if report.code in done:
        raise ValueError(f"tells of action {report.code.upper()}, which is done by line {done[report.code]} already")
    if report.word == "DONE":
        done[report.code] = report.place + 1


def _report(
    passage: Passage, begin: re.Match[str], end: int, naming: Naming, actions: Mapping[str, Action], day: date
) -> tuple[Report | None, Read | None]:
    """Return what a line tells of an action, None where that is taken already, and the date as it was written.

    Raises:
        ValueError: It cannot be understood; the message says why.
    """
    word, code, text = begin["word"].upper(), typed_code(begin["code"]), passage.text
    action = actions.get(code)
    if word not in HOW:
        raise ValueError(f"tells of action {code.upper()}; write it as {', '.join(HOW.values())}")
    if action is None:
        what = "only a part of a reference" if not is_code(code) else "a reference, and there is no such action here"
        raise ValueError(f"has {begin['code']!r}, {what}; write it as {HOW[word]}")
    if (other := _BESIDE.match(text, begin.end())) and (beside := typed_code(other["code"])) in actions:
        both = f"{code.upper()} and {beside.upper()}"
        raise ValueError(f"tells of {both} at once; write a line for each of them, as {HOW[word]}")
    if note := _NOTE.match(text, begin.end()):
        if typed_code(note["note"]) not in action.notes:
            raise ValueError(
                f"has the reference {note['note'].upper()}, and action {code.upper()} has no such note; take it out to "
                "have the line collected"
            )
        return None, None
    rest, due = text[begin.end() : before(text, end) if end < len(text) else end], None
    if opened := re.search(r"[*_]{1,3}", begin["open"]):
        rest = rest.replace(opened[0], "", 1)
    if "(" in begin["open"]:
        rest = rest.rpartition(")")[0] or rest
    if action.raised > day:
        raise ValueError(f"tells of action {code.upper()}, which was raised after the meeting")
    if word == "DUE" and action.status != "open":
        how = f"slavefree action reopen {code.upper()} --because WHY"
        raise ValueError(f"moves action {code.upper()}, which is {action.status}; open it again first: {how}")
    if word == "DUE":
        rest, due = _moved(rest, naming)
    says = " ".join(outline.unescaped(rest.strip().lstrip(":–—- *_")).split()).strip("* ")
    says = says if says.strip(".") else ""
    if word == "DONE" and action.status != "open":
        raise ValueError(f"tells that action {code.upper()} is done, and it is {action.status} already")
    if word != "DONE" and not says:
        raise ValueError(f"says nothing after the colon; write it as {HOW[word]}")
    if says and (problem := prose_problem(says)):
        raise ValueError(f"has a text that {problem}")
    place, at = passage.at(begin.end())
    return Report(place, at, cast("Word", word), code, says, due.day if due else None), due


def _moved(rest: str, naming: Naming) -> tuple[str, Read]:
    """Return why an action is due later, and when."""
    begin = _TO.match(rest)
    at = begin.end() if begin else 0
    why = _WHY.search(rest, at)
    if why is None:
        raise ValueError(f"does not say why; write it as {HOW['DUE']}")
    try:
        due = naming.day(outline.plain(rest[at : why.start()]))
    except ValueError as error:
        raise ValueError(f"has no date: {error}") from None
    return rest[why.end() :], due


def _misspelt(passage: Passage, actions: Mapping[str, Action]) -> Iterator[Remark]:
    """Yield what tells of an action with a word that is nearly one of those that count."""
    for found in _MISSPELT.finditer(passage.text):
        if nearly(found["word"].lower(), REPORTS) and (code := typed_code(found["code"])) in actions:
            place, _ = passage.at(found.start("code"))
            yield Remark(place + 1, Mention(place, code, told=True).message)


def _without_reference(passage: Passage) -> Iterator[Remark]:
    """Yield what is typed as a report is, and has no reference, not even a part of one."""
    if found := _ALONE.match(passage.text):
        yield Remark(passage.place + 1, f"begins with {found[1]} and has no reference; write it as {HOW[found[1]]}")
