"""Markdown as it reads: the same for two texts that differ in nothing but how a formatter lays them out."""

import re
from typing import Final

_PIPE: Final = re.compile(r"(?<!\\)\|")
_DELIMITER: Final = re.compile(r"(:?)-+(:?)")
_LIST: Final = re.compile(r"([-*+]|\d{1,9}[.)])\s+")
_BLOCK: Final = re.compile(r"(?:[-*+]|\d{1,9}[.)])\s|[#>|<]|(?:`{3}|~{3})|([-*_=])(?:\s*\1){2,}\s*\Z")
_UNDERSCORE: Final = re.compile(r"(?<=\w)\\_(?=\w)")


def read(text: str) -> str:
    """Return a Markdown text as it reads: padded tables, wrapped paragraphs and other bullets make no difference.

    Cells are set off by one blank, paragraphs and list items stand on one line each, bullets are hyphens, and several
    blanks are one. What is not laid out by a formatter stays as it is.
    """
    lines: list[str] = []
    goes_on = False
    for line in text.split("\n"):
        said = " ".join(_UNDERSCORE.sub("_", line).split())
        if said.startswith("|"):
            lines.append(_row(said))
            goes_on = False
        elif goes_on and said and not _BLOCK.match(said):
            lines[-1] += " " + said
        else:
            bullet = _LIST.match(said)
            lines.append("- " + said[bullet.end() :] if bullet and bullet[1] in "-*+" else said)
            goes_on = bool(said) and (bullet is not None or not _BLOCK.match(said))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")


def _row(line: str) -> str:
    cells = [cell.strip() for cell in _PIPE.split(line)[1:]]
    if cells and not cells[-1]:
        cells.pop()
    delimiters = [_DELIMITER.fullmatch(cell) for cell in cells]
    if cells and all(delimiters):
        cells = [f"{found[1]}---{found[2]}" for found in delimiters if found]
    return "| " + " | ".join(cells) + " |"
