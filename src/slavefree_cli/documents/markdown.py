"""User text in Markdown: it is shown as it was typed and can never become markup."""

import re

_SPECIAL = re.compile(r"[\\`*<~|]|(?<!\w)_|_(?!\w)|(?<=\])\(|!(?=\[)|&(?=#?\w+;)")
_BLOCK = re.compile(r"^(\s*)([#>+=-]|\d+[.)](?=\s))")


def escaped(text: str) -> str:
    """Return text for a Markdown document (CommonMark 0.31 section 2.4), on one line.

    Brackets and percent signs stand as they are where they mean nothing.
    """
    line = _SPECIAL.sub(lambda found: "\\" + found[0], " ".join(text.split()))
    found = _BLOCK.match(line)
    if found is None:
        return line
    mark = found[2]
    return found[1] + (mark[:-1] + "\\" + mark[-1] if len(mark) > 1 else "\\" + mark) + line[found.end() :]
