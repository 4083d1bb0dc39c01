"""An array over several lines, changed element by element so that its comments stay."""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from slavefree_cli.register.runs import runs
from slavefree_cli.register.toml.statements import (
    comments_within,
    line_end,
    skip_blank,
    skip_trivia,
    value_end,
)
from slavefree_cli.register.toml.write import value_text


class _Element(NamedTuple):
    lead: str
    """What stands before the value: line ends, indentation, comments on lines of their own."""
    value: str
    beside: str = ""
    """The comment on the same line."""


class _Array(NamedTuple):
    opening: str
    """The comment beside the opening bracket."""
    elements: list[_Element]
    tail: str
    """What stands between the last element and the closing bracket."""
    comma: bool
    """Whether a comma follows the last element."""


def array_text(old: str, before: list[Any], after: list[Any], newline: str) -> str:
    """Return the text of an array that has changed.

    Args:
        old: Its text so far.
        before: What that text says.
        after: What it shall say.
        newline: What ends a line.

    Returns:
        The text, with the elements that stay as they were and every comment.
    """
    array = _cut(old, newline)
    indents = (re.search(r"\n([ \t]*)$", each.lead) for each in array.elements)
    start = newline + next((found[1] for found in indents if found), "    ")
    result: list[_Element] = []
    orphans = ""

    def put(element: _Element) -> None:
        nonlocal orphans
        lead = element.lead
        above = result[-1].beside if result else array.opening
        if (orphans or above) and not lead.lstrip(" \t\r").startswith("\n"):
            lead = start
        # A blank line keeps the comments of an element that is gone apart from the next one.
        result.append(element._replace(lead=(orphans + newline if orphans else "") + lead))
        orphans = ""

    for change, i, j in changes(before, after):
        if change == "equal":
            put(array.elements[i])
        elif change == "replace":
            put(_changed(array.elements[i], before[i], after[j], newline, start))
        elif change == "insert":
            put(_Element(start, value_text(after[j])))
        else:
            gone = array.elements[i]
            lead = [line.strip(" \t\r") for line in gone.lead.split("\n")]
            kept = [*lead, *comments_within(gone.value), gone.beside.strip(" \t\r")]
            orphans += "".join(start + comment for comment in kept if comment)
    return _joined(array, result, orphans, newline)


def changes(before: list[Any], after: list[Any]) -> Iterator[tuple[str, int, int]]:
    """Yield what becomes of each element of a list: ``equal``, ``replace``, ``delete`` or ``insert``.

    With it are where the element is before and where it is after; of one that comes or goes, where it would be.
    """
    texts = [value_text(value) for value in before], [value_text(value) for value in after]
    for tag, i1, i2, j1, j2 in runs(*texts):
        both = min(i2 - i1, j2 - j1)
        yield from (("equal" if tag == "equal" else "replace", i1 + each, j1 + each) for each in range(both))
        yield from (("delete", i, j1 + both) for i in range(i1 + both, i2))
        yield from (("insert", i1 + both, j) for j in range(j1 + both, j2))


def _joined(array: _Array, elements: list[_Element], orphans: str, newline: str) -> str:
    last = len(elements) - 1
    body = "".join(
        f"{each.lead}{each.value}{',' if index < last or array.comma else ''}{each.beside}"
        for index, each in enumerate(elements)
    )
    inside = array.opening + body + orphans
    if not inside and not array.tail.strip():
        return "[]"
    tail = array.tail if "\n" in array.tail else newline
    return f"[{inside}{tail}]"


def _changed(element: _Element, before: object, after: object, newline: str, start: str) -> _Element:
    """Return an element with a new value; the comments inside the old one stay inside or go above."""
    if isinstance(before, list) and isinstance(after, list) and "\n" in element.value:
        return element._replace(value=array_text(element.value, before, after, newline))
    lead = element.lead
    if comments := comments_within(element.value):
        above = lead.rstrip(" \t").removesuffix(newline)
        lead = above + "".join(start + comment for comment in comments) + start
    return element._replace(lead=lead, value=value_text(after))


def _cut(text: str, newline: str) -> _Array:
    opening, at = _comment(text, 1)
    elements: list[_Element] = []
    pending, comma = "", True
    while True:
        start = skip_trivia(text, at)
        lead, pending = pending + text[at:start], ""
        if text[start] == "]":
            return _Array(opening, elements, lead, comma)
        end = value_end(text, start)
        beside, rest = _comment(text, end)
        at = skip_trivia(text, rest)
        pending = text[rest:at]
        comma = text[at] == ","
        if comma:
            behind, at = _comment(text, at + 1)
            if behind and (beside or pending):
                pending = pending.rstrip(" \t").removesuffix(newline) + newline + behind
            else:
                beside += behind
        elements.append(_Element(lead, text[start:end], beside))


def _comment(text: str, at: int) -> tuple[str, int]:
    """Return the comment that is the rest of this line, with the blanks before it, and where it ends."""
    start = skip_blank(text, at)
    if text[start] != "#":
        return "", at
    comment = text[at : line_end(text, start)].rstrip("\r\n")
    return comment, at + len(comment)
