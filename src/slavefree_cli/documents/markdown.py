"""Blocks as Markdown (CommonMark 0.31): user text is shown as it was typed and can never become markup."""

import re
from collections.abc import Iterable

from slavefree_cli.documents.blocks import Block, Heading, Line, Link, List, Markdown

_SPECIAL = re.compile(r"[\\`*<~|]|(?<!\w)_|_(?!\w)|(?<=\])\(|!(?=\[)|&(?=#?\w+;)")
_BLOCK = re.compile(r"^(\s*)([#>+=-]|\d+[.)](?=\s)|\[(?=[^\]]*\]:))")


def rendered(blocks: Iterable[Block]) -> str:
    """Return blocks as Markdown, without a line break at the end."""
    return "\n\n".join(map(_block, blocks))


def escaped(text: str) -> str:
    """Return text for a Markdown document (CommonMark 0.31 section 2.4), on one line.

    Brackets and percent signs stand as they are where they mean nothing.
    """
    return _begun(_inline(" ".join(text.split())))


def _block(block: Block) -> str:
    if isinstance(block, Markdown):
        return block.text
    said = list(filter(None, map(_line, block.lines)))
    if isinstance(block, Heading):
        # Number signs at the end would close it (section 4.2).
        return "#" * block.level + " " + re.sub(r"(?<!\\)#(?=#*$)", r"\\#", " ".join(said))
    if isinstance(block, List):
        return "\n".join(f"{number}. {each}" if block.ordered else f"- {each}" for number, each in enumerate(said, 1))
    return "\\\n".join(said)


def _line(line: Line) -> str:
    said = "".join(f"<{span.url}>" if isinstance(span, Link) else _inline(span) for span in line)
    return _begun(" ".join(said.split()))


def _inline(text: str) -> str:
    return _SPECIAL.sub(lambda found: "\\" + found[0], text)


def _begun(line: str) -> str:
    """Return a line whose beginning makes it no list, heading, quotation or definition."""
    found = _BLOCK.match(line)
    if found is None:
        return line
    mark = found[2]
    return found[1] + (mark[:-1] + "\\" + mark[-1] if len(mark) > 1 else "\\" + mark) + line[found.end() :]
