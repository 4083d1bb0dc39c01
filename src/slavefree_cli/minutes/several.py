"""What somebody is to do that is no action of theirs: behind another's, in a decision, or on a line by itself."""

import re
from contextlib import suppress
from typing import Final

from slavefree_cli.minutes import outline
from slavefree_cli.minutes.owners import Naming, SeveralFitError

_JOINT: Final = re.compile(
    r"(?P<parts>;\s*(?:and\s+)?|(?P<stop>[.!?]\s+))|(?:,|\s&)\s*(?:and\s+)?|\s+and\s+", re.IGNORECASE
)
"""What stands between two: a semicolon or the end of a sentence, or what can also join two names."""
_TO_DO: Final = re.compile(
    r"[*_@]*+(?P<who>[^,;:.]{1,60}?)[*_]*+\s++(?P<verb>to|will|shall|must)\s+(?!be\b|get\b|receive\b|have been\b)\w",
    re.IGNORECASE,
)
_HEAD: Final = re.compile(r"[*_@]*+(?P<who>[^;:.]{1,80}?)[*_]*+(?::|\s[–—-])\s")
_UNKNOWN: Final = re.compile(r"[A-Z][\w'’-]+\s+[A-Z][\w'’-]+\s+to\s+(?!be\b)[a-z]")
_EVERYBODY: Final = re.compile(r"(?:all|everyone|everybody)\s+to\s+(?!be\b)[a-z]", re.IGNORECASE)
_ALL: Final = re.compile(
    r"(?P<who>(?:all(?:\s+[a-z]+)?|everyone|everybody|members|partners))\s+to\s+(?!be\b)[a-z]", re.IGNORECASE
)
_LISTED: Final = re.compile(r";\s*\S|(?:\A|\s)(?:\d{1,2}[.)]|\([a-z\d]{1,3}\)|[a-h]\))\s", re.IGNORECASE)
_SENTENCES: Final = re.compile(r"[.!?]\s+[A-Z]")
_LABEL: Final = re.compile(r"[*_]*+[A-Za-z][\w. -]{0,20}?(?::|\s[–—-])[*_]*\s+")
_AT: Final = re.compile(r"@(?P<who>\w[\w.-]*)[\s:,]+\w")
_MOST: Final = 20
_LAST_WORDS: Final = 3
_SHOWN: Final = 40


def another(text: str, naming: Naming) -> str | None:
    """Return where in what an action says another begins, of somebody who is named there; None where none does.

    “Sam to write and Pat to ring” has one of Pat, and “ask Sam and Pat to ring” has none. What says from its beginning
    that somebody is to do it, whoever stands before it, is one too.

    Args:
        text: What the action says.
        naming: What names mean.
    """
    if _is_for_another(text, naming):
        return _shown(text)
    for number, joint in enumerate(_JOINT.finditer(text)):
        if number == _MOST:
            break
        rest, parts = text[joint.end() :], joint["parts"] is not None
        todo, head = _TO_DO.match(rest), _HEAD.match(rest)
        named = todo and (todo["verb"].lower() == "to" or not joint["stop"]) and _is_named(todo["who"], naming)
        named = named or (head and _is_promise(head["who"], naming))
        if named and (parts or not _ends_with_name(text[: joint.start()], naming)):
            return _shown(rest)
        if _EVERYBODY.match(rest) or (parts and _UNKNOWN.match(rest)):
            return _shown(rest)
    return None


def whose(text: str, naming: Naming, *, boxed: bool = False) -> str | None:
    """Return who is to do what begins a text and is no action, as “Sam to write” has it; None where nobody is.

    Args:
        text: The text.
        naming: What names mean.
        boxed: Whether there is a box before it, to be ticked: then “Sam: write” is for Sam to do as well.
    """
    at = label.end() if (label := _LABEL.match(text)) else 0
    found = _TO_DO.match(text, at)
    if found and _is_named(found["who"], naming) and (found["verb"].lower() == "to" or _is_dated(text, naming)):
        return outline.plain(found["who"])
    if found := _ALL.match(text, at) or _AT.match(text, at):
        return found["who"] if found.re is _ALL or _is_named(found["who"], naming) else None
    head = _HEAD.match(text)
    if head and boxed and _is_promise(head["who"], naming):
        return outline.plain(head["who"])
    return outline.plain(head["who"]) if head and _is_named(head["who"], naming) and _is_dated(text, naming) else None


def listed(text: str, *, decisions: bool) -> bool:
    """Tell whether what is headed by a plural lists several: with numbers or semicolons, decisions as sentences too."""
    return bool(_LISTED.search(text) or (decisions and _SENTENCES.search(text)))


def _is_for_another(text: str, naming: Naming) -> bool:
    todo, head = _TO_DO.match(text), _HEAD.match(text)
    named = todo and todo["verb"].lower() == "to" and _is_named(todo["who"], naming)
    return bool(named or (head and _is_promise(head["who"], naming)))


def _is_dated(text: str, naming: Naming) -> bool:
    """Tell whether a text ends with the day by which something is to be done."""
    try:
        return naming.told(text)[1] is not None
    except ValueError:
        return True


def _is_named(who: str, naming: Naming) -> bool:
    """Tell whether somebody is named, or one of several of that name, of whom it is to be said which."""
    try:
        return bool(naming.owners(outline.plain(who)))
    except SeveralFitError:
        return True
    except ValueError:
        return False


def _is_promise(who: str, naming: Naming) -> bool:
    with suppress(ValueError):
        return bool(naming.promise(outline.plain(who)))
    return False


def _ends_with_name(text: str, naming: Naming) -> bool:
    words = outline.plain(text).split()[-_LAST_WORDS:]
    return any(naming.fitting(" ".join(words[at:])) for at in range(len(words)))


def _shown(rest: str) -> str:
    return rest if len(rest) <= _SHOWN else rest[:_SHOWN].rstrip() + "…"
