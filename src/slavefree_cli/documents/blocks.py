"""What a document says, block by block, and not how it looks.

Text in it is what people typed, and never markup whatever it looks like. Only a ``Markdown`` block is written in that.
"""

import re
from collections.abc import Callable, Iterable
from typing import NamedTuple, TypeAlias

_LINK = re.compile(r"(https?://[^\s<>\"]+[^\s<>\".,;:!?)])")


class Link(NamedTuple):
    """A web address, which is shown and leads there."""

    url: str


Span: TypeAlias = str | Link
Line: TypeAlias = tuple[Span, ...]


class Heading(NamedTuple):
    """What stands above the whole of a document (level 1), or above a part of it."""

    level: int
    lines: tuple[Line, ...]


class Paragraph(NamedTuple):
    """Sentences, or lines that belong together."""

    lines: tuple[Line, ...]


class List(NamedTuple):
    """Items, a line each; counted from 1 where their order says something."""

    lines: tuple[Line, ...]
    ordered: bool = False


class Markdown(NamedTuple):
    """What people wrote in Markdown, as minutes are."""

    text: str


Block: TypeAlias = Heading | Paragraph | List | Markdown


def line(text: str) -> Line:
    """Return text that somebody typed, with each web address in it as a link."""
    return tuple(Link(part) if at % 2 else part for at, part in enumerate(_LINK.split(text)) if part)


def lines(text: str) -> tuple[Line, ...]:
    """Return each line of a text that somebody typed."""
    return tuple(map(line, text.split("\n")))


def plain(spans: Iterable[Span]) -> str:
    """Return what a line says as text."""
    return "".join(span if isinstance(span, str) else span.url for span in spans)


def changed(block: Block, change: Callable[[Span], Span]) -> Block:
    """Return a block with every span of it changed; in Markdown, too, what is a link is one span."""
    if isinstance(block, Markdown):
        return Markdown(plain(map(change, line(block.text))))
    return block._replace(lines=tuple(tuple(map(change, each)) for each in block.lines))
