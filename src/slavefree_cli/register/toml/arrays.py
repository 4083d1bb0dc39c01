"""An array over several lines, changed element by element so that its comments stay."""

import re
from difflib import SequenceMatcher
from typing import Any, NamedTuple

from slavefree_cli.register.toml.statements import line_end, skip_blank, skip_trivia, value_end
from slavefree_cli.register.toml.write import value_text


class _Element(NamedTuple):
    lead: str
    """What stands before the value: line ends, indentation, comments on lines of their own."""
    value: str
    beside: str
    """The comment on the same line."""


def array_text(old: str, before: list[Any], after: list[Any], newline: str) -> str:
    """Return the text of an array that held ``before`` and shall hold ``after``."""
    elements, tail = _elements(old)
    indents = (re.search(r"\n([ \t]*)$", each.lead) for each in elements)
    indent = next((found[1] for found in indents if found), "    ")
    result: list[_Element] = []
    orphans = ""
    texts = [value_text(value) for value in before], [value_text(value) for value in after]
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, *texts, autojunk=False).get_opcodes():
        if tag == "equal":
            for each in elements[i1:i2]:
                result.append(each._replace(lead=orphans + each.lead))
                orphans = ""
            continue
        for each in elements[i1:i2]:
            comments = [line.strip() for line in (each.lead + each.beside).splitlines() if line.strip()]
            orphans += "".join(f"{newline}{indent}{comment}" for comment in comments)
        for text in texts[1][j1:j2]:
            result.append(_Element(f"{orphans}{newline}{indent}", text, ""))
            orphans = ""
    body = "".join(f"{each.lead}{each.value},{each.beside}" for each in result)
    ending = tail if "\n" in tail else newline + tail
    return f"[{body}{orphans}{ending}]"


def _elements(text: str) -> tuple[list[_Element], str]:
    """Return the elements of an array, and what stands between the last and the closing bracket."""
    elements: list[_Element] = []
    at, pending = 1, ""
    while True:
        start = skip_trivia(text, at)
        lead, pending = pending + text[at:start], ""
        if text[start] == "]":
            return elements, lead
        end = value_end(text, start)
        at = skip_trivia(text, end)
        beside, pending = _first_line(text[end:at])
        if text[at] == ",":
            at += 1
            if text[skip_blank(text, at)] == "#":
                comment, _ = _first_line(text[at : line_end(text, at)])
                beside, at = beside + comment, at + len(comment)
        elements.append(_Element(lead, text[start:end], beside.rstrip()))


def _first_line(text: str) -> tuple[str, str]:
    """Cut a text before its first line end."""
    found = re.search(r"\r?\n", text)
    return (text[: found.start()], text[found.start() :]) if found else (text, "")
