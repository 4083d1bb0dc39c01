"""Where something in minutes looks like a report of an action that there is: done, how it goes, due later."""

import re
from collections.abc import Collection
from typing import Final

from slavefree_cli.model.names import typed_code

HOW: Final[dict[str, str]] = {
    "DONE": "DONE 7K2F9: what was done",
    "UPDATE": "UPDATE 7K2F9: how it goes",
    "DUE": "DUE 7K2F9 1 May: why",
}
"""How each is written."""

_BEGIN: Final = re.compile(
    r"(?:\A|(?<=[.!?;,|–—-]\s)|(?<=[(\[*_\n])|(?<=\band\s)|(?<=\s)(?=[*_\[(]{1,4}\w|(?-i:DONE|UPDATE|DUE)\b))"
    r"(?P<open>[*_\[(]{0,4})"
    r"(?P<word>DONE|CLOSED?|COMPLETED?|UPDATED?|PROGRESS|NOTED?|DUE|DROP(?:PED)?|REOPEN(?:ED)?)\b[*_]{0,3}"
    r"[^\S\n]*[:–—-]?[^\S\n]*(?:(?:(?:on|for|the)[^\S\n]+)?(?:action|ap|ref(?:erence)?)\b[^\S\n]*[:–—-]?[^\S\n]*|(?:on|for)[^\S\n]+)?#?"
    r"(?:(?P<bracket>\[)|(?P<round>\())?(?P<code>[0-9A-Za-z]{2,8})(?(bracket)\])(?(round)\))(?![0-9A-Za-z])",
    re.IGNORECASE,
)


_LEADS_ON: Final = re.compile(r"[\s,;(\[*_–—-]*(?:\band)?[\s(\[*_]*\Z", re.IGNORECASE)


def before(text: str, place: int) -> int:
    """Return where what stands before a report ends, without the comma, bracket or “and” that leads on to it."""
    found = _LEADS_ON.search(text, max(0, place - 10), place)
    return found.start() if found else place


def report_markers(text: str, codes: Collection[str]) -> list[re.Match[str]]:
    """Return where reports begin in a passage: the word, and the code of the action.

    Args:
        text: The passage.
        codes: Those of the actions that there are.
    """
    return [found for found in _BEGIN.finditer(text) if _meant(found, codes)]


def _meant(begin: re.Match[str], codes: Collection[str]) -> bool:
    """Tell whether a word and what follows are a report: there is such an action, or it is typed as one would be."""
    code = typed_code(begin["code"])
    typed_so = begin["word"].upper() in HOW and begin["word"].isupper()
    part = any(each.isdigit() for each in begin["code"]) and not begin["code"].isdecimal()
    begun = len(code) > 2 and any(each.startswith(code) for each in codes)
    return code in codes or (typed_so and (bool(begin["bracket"]) or part or begun))
