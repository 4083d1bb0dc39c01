"""Blocks as Markdown (CommonMark 0.31): what people typed is shown as it was typed and can never become markup."""

import re
from collections.abc import Iterable

from slavefree_cli.documents.blocks import Block, Heading, Line, Link, List, Markdown

_SPECIAL = re.compile(r"[\\`*<~|]|(?<!\w)_|_(?!\w)|(?<=\])\(|!(?=\[)|&(?=#?\w+;)|(?<=\s)#(?=#*\s*$)")
_BLOCK = re.compile(r"^([#>+=-]|\d+[.)](?=\s|$)|\[(?=[^\]]*\]:))")


def rendered(blocks: Iterable[Block]) -> str:
    """Return blocks as Markdown, without a line break at the end."""
    return "\n\n".join(map(_block, blocks))


def escaped(text: str) -> str:
    """Return text for a Markdown document (sections 2.4 and 4.2), on one line: a paragraph, a heading or a list item.

    Brackets and percent signs stand as they are where they mean nothing.
    """
    return _line((text,))


def _block(block: Block) -> str:
    if isinstance(block, Markdown):
        return block.text
    said = list(filter(None, map(_line, block.lines)))
    if isinstance(block, Heading):
        return "#" * block.level + " " + " ".join(said)
    if isinstance(block, List):
        return "\n".join(f"{number}. {each}" if block.ordered else f"- {each}" for number, each in enumerate(said, 1))
    return "\\\n".join(said)


def _line(line: Line) -> str:
    said = "".join(f"<{span.url}>" if isinstance(span, Link) else _inline(span) for span in line)
    # Nothing that stands at the beginning makes it a list, a heading, a quotation or a definition.
    return _BLOCK.sub(lambda found: f"{found[0][:-1]}\\{found[0][-1]}", " ".join(said.split()))


def _inline(text: str) -> str:
    return _SPECIAL.sub(lambda found: "\\" + found[0], text)
