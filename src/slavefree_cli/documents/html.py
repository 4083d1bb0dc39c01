"""Blocks as simple HTML that a screen reader reads well: a language, a title, headings, real lists."""

import html
from collections.abc import Iterable
from typing import Final

from slavefree_cli.documents.blocks import Block, Heading, Line, Link, List, Markdown, Paragraph

_BORDERS: Final = {"border": "1", "cellspacing": "0", "cellpadding": "4", "style": "border-collapse: collapse"}
"""As attributes, since many mail programs drop every style sheet."""


def page(title: str, blocks: Iterable[Block]) -> str:
    """Return blocks as a whole page.

    Args:
        title: What the window is called.
        blocks: What stands in it.
    """
    return (
        '<!DOCTYPE html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{html.escape(title)}</title>\n</head>\n<body>\n"
        + "\n".join(map(_block, blocks))
        + "\n</body>\n</html>\n"
    )


def _block(block: Block) -> str:
    match block:
        case Heading():
            return f"<h{block.level}>{_lines(block)}</h{block.level}>"
        case Paragraph():
            return f"<p>{_lines(block)}</p>"
        case List():
            tag = "ol" if block.ordered else "ul"
            return f"<{tag}>" + "".join(f"<li>{_line(item)}</li>" for item in block.lines) + f"</{tag}>"
        case Markdown():
            from markdown_it import MarkdownIt

            # What people typed is no HTML, even where it looks like it.
            reader = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")
            tokens, found = reader.parse(block.text), dict[str, str]()
            for each in tokens:
                if each.type == "table_open":
                    each.attrs.update(_BORDERS)
            return str(reader.renderer.render(tokens, reader.options, found)).rstrip("\n")


def _lines(block: Heading | Paragraph) -> str:
    return "<br>\n".join(map(_line, block.lines))


def _line(line: Line) -> str:
    return "".join(_link(html.escape(span.url)) if isinstance(span, Link) else html.escape(span) for span in line)


def _link(url: str) -> str:
    return f'<a href="{url}">{url}</a>' if url.lower().startswith(("https://", "http://")) else url
