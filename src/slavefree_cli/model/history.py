"""What may stand in the message of a commit, which everybody reads who has a clone, for ever."""

import re
from typing import Final

from slavefree_cli.model.kinds import RESTRICTED
from slavefree_cli.model.left_out import without_addresses

LINK: Final = "(link)"
RESTRICTED_FILE: Final = "(restricted file)"

_WEB: Final = re.compile(
    r"\b[a-z][a-z0-9+.-]{1,20}+://[^\s<>\"]*+"
    r"|\bwww\.[^\s<>\"]++"
    # Without a scheme: a host with an ending, or four numbers, and something behind it.
    r"|(?<![\w.@-])/{0,3}+(?:[\w-]++\.)++(?:[^\W\d_]{2,24}+|xn--[\w-]++|\d{1,3}+)\.?(?::\d{1,5}+)?+[/?#][^\s<>\"]++"
    r"|\blocalhost(?::\d{1,5}+)?+/[^\s<>\"]++",
    re.IGNORECASE,
)
_CODED: Final = re.compile(
    rf"(?<![\w-]){RESTRICTED}(action|decision)s/\d{{4}}/([0-9a-z]{{5}})\.toml(?=[,;.]?(?:\s|\Z))"
)
# A name may have blanks and commas in it, so that it can end anywhere before the line does.
_NAMED: Final = re.compile(rf"(?<![\w-]){RESTRICTED[:-1]}(?:[/\\]|%2f)(?=\S)[^\n]*+", re.IGNORECASE)


def in_history(text: str) -> str:
    """Return what may stand in the message of a commit: no address, no link, no name of a restricted file.

    Args:
        text: What was to stand there, be it of this program or typed.
    """
    text = _CODED.sub(lambda found: f"{found[1]} {found[2].upper()}", text)
    return without_addresses(_WEB.sub(LINK, _NAMED.sub(RESTRICTED_FILE, text)))
