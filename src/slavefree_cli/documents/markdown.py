"""Text for Markdown (CommonMark 0.31): what people typed is shown as it was typed and can never become markup."""

import re

_SPECIAL = re.compile(r"[\\`*<~|]|(?<!\w)_|_(?!\w)|(?<=\])\(|!(?=\[)|&(?=#?\w+;)|(?<=\s)#(?=#*$)")
_BLOCK = re.compile(r"^([#>+=-]|\d+[.)](?=\s|$)|\[(?=[^\]]*\]:))")


def escaped(text: str) -> str:
    """Return text for a Markdown document (sections 2.4 and 4.2), on one line: a paragraph, a heading or a list item.

    Brackets and percent signs stand as they are where they mean nothing.
    """
    line = _SPECIAL.sub(lambda found: "\\" + found[0], " ".join(text.split()))
    # Nothing that stands at the beginning makes it a list, a heading, a quotation or a definition.
    return _BLOCK.sub(lambda found: f"{found[0][:-1]}\\{found[0][-1]}", line)
