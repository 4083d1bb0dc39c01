"""Minutes as what belongs together: paragraphs with their wrapped lines, list items, headings and cells of tables."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, Literal, NamedTuple

from slavefree_cli.minutes.outline import Heading, Line

Kind = Literal["text", "item", "cell", "header", "heading", "quoted"]

_QUOTE: Final = r"(?:>[ \t]*)+"
_LETTERED: Final = r"\([a-zA-Z]\)|\([ivxIVX]{1,5}\)|\(\d{1,3}\)|[a-zA-Z][.)]|[ivxIVX]{1,5}[.)]"
_NUMBERED: Final = r"\d{1,3}(?:\.\d{1,3})+[.)]?|\d{1,9}\\?[.)]"
_BULLET: Final = r"[-+•–·▪◦‣*→§\u2011\uf0a7\uf0b7\uf0d8]"
"""What begins an item of a list, with what Word's own bullets become where they are pasted."""
_BOX: Final = r"\[[ xX✓✔]?\](?=[ \t])|[☐☑☒✓✔✅]"
MARKERS: Final = re.compile(
    rf"[ \t\u00a0\u200b\ufeff]*(?:{_QUOTE})?"
    rf"(?P<list>(?:(?:{_BULLET}|{_NUMBERED}|{_LETTERED})[ \t\u00a0]+|[-+•–·▪◦‣→](?=\w)|[•▪◦‣·→])*)"
    rf"(?:(?P<box>{_BOX})[ \t]*)?"
)
"""What stands before the words of a line: quotation, list and box."""
TICKED: Final = frozenset("xX✓✔☑✅")

_BLANK: Final = re.compile(r"[\s>]*")
_RULE: Final = re.compile(r"\s*([-*_=])(?:\s*\1){2,}\s*")
_DELIMITER: Final = re.compile(r"[\s>]*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*")
_PIPE: Final = re.compile(r"(?<!\\)\|")
_UNSEEN: Final = re.compile(r"[\u00ad\u200b\u200e\u200f\u2060\ufeff]|\\(?=[\[\]])")
"""What nobody sees and is no part of a word, as Word's soft hyphens, and what some formatters put before a bracket."""

_BLANKS: Final = re.compile(r"[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
"""Every kind of blank besides the one that is typed."""


class Passage(NamedTuple):
    """What belongs together, as one text with its line breaks in it."""

    text: str
    kind: Kind
    headings: tuple[Heading, ...]
    """Those that it stands under, the outermost first."""
    starts: tuple[tuple[int, int, int], ...]
    """Where each of its lines begins in ``text``, the index of the line, and where in that it does."""
    box: str = ""
    """The box before it, as ``[x]``; empty where there is none."""
    column: int = 0
    """Of a cell, the number of its column, from 0."""

    @property
    def ticked(self) -> bool:
        """Whether the box before it is ticked."""
        return not TICKED.isdisjoint(self.box)

    def at(self, offset: int) -> tuple[int, int]:
        """Return where a place of the text is: the index of its line, and the place in that."""
        begin, line, column = self.starts[bisect_right(self.starts, (offset, 1 << 60)) - 1]
        return line, column + offset - begin

    @property
    def place(self) -> int:
        """The index of its first line."""
        return self.starts[0][1]


def passages(lines: Iterable[Line], begins: re.Pattern[str]) -> Iterator[Passage]:
    """Yield what belongs together in minutes, in order.

    A line goes on with the paragraph or the list item of the line before it, unless it is blank, a heading, a list
    item, a row of a table or a rule, or begins as ``begins`` says.

    Args:
        lines: The lines, as ``outline.lines`` gives them.
        begins: What begins a passage of its own wherever it stands at the beginning of a line.
    """
    written = list(lines)
    every = [line._replace(text=as_seen(line.text)) for line in written]
    texts = {line.place: line.text for line in written}
    for passage in _seen(every, begins):
        yield passage._replace(starts=tuple(_as_written(passage, texts)))


def as_seen(text: str) -> str:
    """Return a text without what nobody sees in it, and with one kind of blank."""
    return _UNSEEN.sub("", _BLANKS.sub(" ", text))


def _as_written(passage: Passage, written: Mapping[int, str]) -> Iterator[tuple[int, int, int]]:
    """Yield where the lines of a passage begin, and go on after what nobody sees, in the lines as they are written."""
    ends = [*(begin for begin, _, _ in passage.starts[1:]), len(passage.text) + 1]
    for (begin, place, column), end in zip(passage.starts, ends, strict=True):
        hidden = [range(*found.span()) for found in _UNSEEN.finditer(written[place])]
        gone = 0
        places = {column: column}
        for span in hidden:
            gone += len(span)
            at = span.stop - gone
            places[max(at, column)] = max(at, column) + gone
        yield from (
            (begin + at - column, place, there) for at, there in sorted(places.items()) if begin + at - column < end
        )


def _seen(every: list[Line], begins: re.Pattern[str]) -> Iterator[Passage]:
    """Yield what belongs together in lines that are as they are seen."""
    tables = _tables(every)
    run: list[tuple[Line, int]] = []
    for index, line in enumerate(every):
        at, listed, _ = _begin(line.text)
        adjoins = bool(run) and run[-1][0].place + 1 == line.place
        is_heading = bool(line.headings) and _is_heading(line)
        alone = line.quoted or is_heading or line.text.lstrip().startswith("<!--") or index in tables
        empty = _BLANK.fullmatch(line.text) or (_RULE.fullmatch(line.text) and index not in tables)
        if run and (not adjoins or alone or empty or listed or begins.match(line.text, at)):
            yield _joined(run)
            run = []
        if empty:
            continue
        if index in tables:
            yield from _cells(line, tables[index])
        elif alone:
            yield Passage(line.text, "heading" if is_heading and not line.quoted else "quoted", line.headings,
                          ((0, line.place, 0),))  # fmt: skip
        else:
            run.append((line, at if not run or listed else _indent(line.text)))
    if run:
        yield _joined(run)


def _joined(run: list[tuple[Line, int]]) -> Passage:
    first = run[0][0]
    _, listed, box = _begin(first.text)
    texts, starts, length = [], [], 0
    for line, at in run:
        starts.append((length, line.place, at))
        texts.append(line.text[at:].rstrip())
        length += len(texts[-1]) + 1
    return Passage("\n".join(texts), "item" if listed else "text", first.headings, tuple(starts), box)


def _begin(text: str, at: int = 0, end: int = 10**9) -> tuple[int, bool, str]:
    """Return where the words of a line begin, whether it is a list item, and the box before them."""
    found = MARKERS.match(text, at, end)
    if found is None:
        return at, False, ""
    box = found["box"] or ""
    return found.end(), bool(found["list"] or box), box


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip(" \t>"))


def _is_heading(line: Line) -> bool:
    return bool(re.match(r" {0,3}#{1,6}(?:[ \t]|$)", line.text))


def _tables(lines: list[Line]) -> dict[int, bool]:
    """Return the lines that are rows of tables, delimiter rows too, each with whether it is the header."""
    rows: dict[int, bool] = {}
    inside = False
    for index, line in enumerate(lines):
        if line.quoted or "|" not in line.text:
            inside = False
            continue
        below = lines[index + 1].text if index + 1 < len(lines) else ""
        header = "|" in below and len(below) < 10_000 and bool(_DELIMITER.fullmatch(below)) and "-" in below
        if header or inside or line.text.lstrip(" \t>").startswith("|"):
            rows[index] = header
            inside = True
    return rows


def _cells(line: Line, header: bool) -> Iterator[Passage]:
    if len(line.text) < 10_000 and _DELIMITER.fullmatch(line.text) and "-" in line.text:
        return
    at = _indent(line.text)
    at += line.text[at : at + 1] == "|"
    ends = [found.start() for found in _PIPE.finditer(line.text, at)]
    for column, end in enumerate([*ends, len(line.text)]):
        begin, _, box = _begin(line.text, at, end)
        text = line.text[begin:end].rstrip()
        if text:
            kind: Kind = "header" if header else "cell"
            yield Passage(text, kind, line.headings, ((0, line.place, begin),), box, column)
        at = end + 1
