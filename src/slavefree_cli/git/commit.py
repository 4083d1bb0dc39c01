"""A commit as others made it: git takes dates, zones, names and encodings from them that nobody else can read."""

import codecs
from datetime import UTC, datetime
from typing import Final, NamedTuple

TRAILER: Final = "Slavefree-Command"
"""Tells the program's own commits from others."""
CHANGE: Final = "Slavefree-Change"
"""Has in common the commits that one command made in two repositories."""
RESTRICTED: Final = "Slavefree-Restricted"
"""What became restricted by a commit: its kind, and its id or what its slug was."""

SEEN: Final = (
    "%H", "%ct", "%e", "%an", "%s",
    *(f"%(trailers:key={key},valueonly,separator=%x0A)" for key in (TRAILER, CHANGE, RESTRICTED)),
)  # fmt: skip
"""What is asked of git for each commit; without being told of an encoding it writes bytes."""

_YEARS: Final = range(1970, 3000)
_ENCODINGS: Final = frozenset({
    *(f"iso8859-{number}" for number in range(1, 17)), *(f"cp125{number}" for number in range(9)),
    "koi8-r", "koi8-u", "mac-roman", "shift_jis", "euc_jp", "gbk", "gb18030", "big5", "euc_kr",
})  # fmt: skip
"""Those of the encodings of the world (as Python calls them) that a letter for a letter is all that they hold."""


class Commit(NamedTuple):
    """A commit as the log tells it; all of it is text that can be written as UTF-8."""

    id: str
    at: str
    """When it was made, as ISO 8601 with an offset."""
    who: str
    subject: str
    command: str | None
    """The command that made it, of the program's own commits."""
    change: str | None = None
    """What it has in common with a commit of another repository that the same command made."""
    restricted: tuple[str, ...] = ()
    """What became restricted by it: each its kind, and its id or what its slug was."""


class Trailers(NamedTuple):
    """What a commit says below its message, for programs."""

    command: str
    change: str | None = None
    restricted: tuple[str, ...] = ()

    def below(self, message: str) -> str:
        """Return a message with them."""
        lines = [f"{TRAILER}: {self.command}"]
        lines += [f"{CHANGE}: {self.change}"] if self.change else []
        lines += [f"{RESTRICTED}: {each}" for each in self.restricted]
        return f"{message}\n\n" + "".join(f"{line}\n" for line in lines)


def told(id: bytes, at: bytes, encoding: bytes, *words: bytes) -> Commit:
    """Return a commit of what git says of it; see ``SEEN``."""
    who, subject, command, change, restricted = (readable(each, encoding.decode("ascii", "replace")) for each in words)
    names = tuple(restricted.splitlines())
    command = " ".join(command.split())
    return Commit(id.decode("ascii"), _instant(at), who, subject, command or None, change.strip() or None, names)


def readable(text: bytes, encoding: str = "") -> str:
    """Return text that claims an encoding, and may be in UTF-8 or in what Windows writes all the same."""
    try:
        return text.decode()
    except UnicodeDecodeError:
        return text.decode(_known(encoding) or "cp1252", "replace")


def _known(encoding: str) -> str | None:
    try:
        name = codecs.lookup(encoding).name
    except (LookupError, ValueError):
        return None
    return name if name in _ENCODINGS else None


def _instant(seconds: bytes) -> str:
    """Return when a commit was made; the beginning of the count where that is no date which anybody would believe."""
    try:
        at = datetime.fromtimestamp(int(seconds), UTC)
    except (ValueError, OverflowError, OSError):
        at = datetime.fromtimestamp(0, UTC)
    return (at if at.year in _YEARS else datetime.fromtimestamp(0, UTC)).isoformat()
