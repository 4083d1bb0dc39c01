"""Blocks as plain text: a blank line between them, and none below a heading of a part."""

from collections.abc import Iterable

from slavefree_cli.documents.blocks import Block, Heading, List, Markdown, plain


def rendered(blocks: Iterable[Block]) -> str:
    """Return blocks as text; nothing for none."""
    said = gap = ""
    for block in blocks:
        said += gap + _block(block)
        gap = "\n" if isinstance(block, Heading) and block.level > 1 else "\n\n"
    return said


def _block(block: Block) -> str:
    if isinstance(block, Markdown):
        return block.text
    said = [plain(line) for line in block.lines]
    if isinstance(block, List):
        said = [f"{number}. {each}" if block.ordered else f"- {each}" for number, each in enumerate(said, 1)]
    return "\n".join(said)
