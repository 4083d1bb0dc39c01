"""What may be typed into a record: titles, running text, addresses and links."""

import re
from collections.abc import Sequence

TITLE_LENGTH = 200
PROSE_LENGTH = 5_000

# C0 and C1 controls, line and paragraph separators, and the overrides that make text read backwards.
_NOT_IN_A_LINE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_NOT_IN_PROSE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?")
_LINK = re.compile(r"https?://[^\s<>\"\\^`{|}]+", re.IGNORECASE)


def title_problem(text: str) -> str | None:
    """Say what is wrong with a title or a name, or return None.

    It must be one line of 1 to 200 characters, with no control characters and nothing that turns the reading
    direction round.
    """
    return _problem(text, _NOT_IN_A_LINE, "be one line without control characters", TITLE_LENGTH)


def prose_problem(text: str) -> str | None:
    """Say what is wrong with a note, a reason or a decision, or return None.

    Line breaks and tabs are welcome; other control characters are not; at most 5,000 characters.
    """
    return _problem(text, _NOT_IN_PROSE, "not hold control characters", PROSE_LENGTH)


def address_problem(text: str) -> str | None:
    """Say what is wrong with an e-mail address (RFC 5321 as mail is used, ASCII), or return None."""
    if not _ADDRESS.fullmatch(text) or ".." in text or len(text) > 254:
        return f"must be an e-mail address such as name@example.org, not {text!r}"
    return None


def link_problem(text: str) -> str | None:
    """Say what is wrong with a web address, or return None."""
    if not _LINK.fullmatch(text) or title_problem(text[:TITLE_LENGTH]) or len(text) > 2_000:
        return f"must be a web address that begins with https:// or http://, not {text!r}"
    return None


def counted(number: int, noun: str, plural: str = "") -> str:
    """Return how many there are, in words: ``1 action``, ``2 actions``.

    Args:
        number: How many.
        noun: What one is called, with whatever stands before it.
        plural: What several are called, where that is more than an s.
    """
    return f"{number} {noun if number == 1 else plural or noun + 's'}"


def several(names: Sequence[str], most: int, between: str = ", ") -> str:
    """Return names one after another, from some number on only how many more there are."""
    more = f"{between.rstrip(' ,')} and {len(names) - most} more" if len(names) > most else ""
    return between.join(names[:most]) + more


def _problem(text: str, refused: re.Pattern[str], must: str, most: int) -> str | None:
    if not text.strip():
        return "must not be empty"
    if found := refused.search(text):
        return f"must {must} (found U+{ord(found[0]):04X})"
    if len(text) > most:
        return f"must be at most {most:,} characters, not {len(text):,}"
    return None
