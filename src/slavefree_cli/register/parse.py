"""A text taken for a record: the record, or what is wrong with the text and in which line."""

import re
from contextlib import suppress
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

import tomli

from slavefree_cli.errors import InvalidError
from slavefree_cli.model.partnership import APART, FORMAT, Partnership
from slavefree_cli.model.record import Record
from slavefree_cli.register import convert, files, places
from slavefree_cli.register.toml.write import Document

if TYPE_CHECKING:
    from slavefree_cli.model.checks import AnyCheck

R = TypeVar("R", bound=Record)

_UNQUOTED = re.compile(r"""\s*[A-Za-z0-9_."'-]+\s*=\s*([^"'\[\]{}#=\s][^"'\[\]{}#=]*?)\s*(?:#.*)?""")
"""A key with a value that is no text, no list and no table."""
EMPTIED_SAID: Final = (
    "is empty, as a power cut leaves it; bring back what was in it (git log tells of it), or remove the file."
)
DEEPEST = 50
"""How many tables and lists may stand in one another; records have three."""
_MARKS = ("<<<<<<< ", ">>>>>>> ", "||||||| ")


class Bad(NamedTuple):
    """A file that is no valid record."""

    path: str
    line: int | None
    check: "AnyCheck"
    message: str
    id: str

    def sentence(self, root: str | None = None) -> str:
        """Return what is wrong and where, in one line; ``root`` as of ``places.shown``."""
        return f"{places.shown(self.path, self.line, root)}: {self.message}"


class Read(NamedTuple):
    """A record with the file that it came from."""

    record: Record
    path: str
    text: str
    raw: Document


def tried(kind: type[Record], placed: dict[str, object], path: str, text: str) -> Read | Bad:
    """Return what a text is as a record, or what is wrong with it.

    Args:
        kind: The type of record.
        placed: The fields that its place gives.
        path: What people are told of where the text is.
        text: The text, with or without a byte-order mark.
    """
    text, id = text.removeprefix("\ufeff"), str(placed["id"])
    if files.is_emptied(text.encode("utf-8", "surrogatepass")):
        from slavefree_cli.model.checks import EMPTIED

        return Bad(path, None, EMPTIED, EMPTIED_SAID, id)
    try:
        raw = tomli.loads(text)
        _refuse_deep(raw)
        _refuse_newer(kind, raw)
        return Read(convert.decode(kind, placed, raw), path, text, raw)
    except (ValueError, RecursionError) as error:
        line, check, said = _why(text, error)
        return Bad(path, line, check, said, id)


def _why(text: str, error: Exception) -> "tuple[int | None, AnyCheck, str]":
    """Return why a text is no record: the line, what has found it, and how."""
    from slavefree_cli.model.checks import CONFLICT, NOT_TOML, NOT_VALID

    if isinstance(error, convert.DocumentError):
        from slavefree_cli.register.toml.statements import line_of

        line = line_of(text, error.key) if error.key else None
        return line, NOT_VALID, str(error).replace(": ", " ", 1) + "."
    if isinstance(error, tomli.TOMLDecodeError):
        for number, each in enumerate(text.splitlines(), 1):
            if each.startswith(_MARKS):
                return number, CONFLICT, "has a merge-conflict marker; settle the two versions by hand."
        said = _in_plain_words(text, error.lineno) or error.msg[:1].lower() + error.msg[1:]
        return error.lineno, NOT_TOML, f"is not TOML, column {error.colno}: {said}."
    if isinstance(error, RecursionError):
        return None, NOT_TOML, "is nested too deeply for a record."
    # A number of thousands of digits, which TOML allows and Python does not read.
    return None, NOT_TOML, f"is not TOML that can be read: {error}."


def parsed_as(kind: type[R], placed: dict[str, object], path: str, text: str, root: str | None = None) -> R:
    """Return the record of a kind that a text is, wherever it comes from; see ``tried`` and ``Bad.sentence``.

    Raises:
        InvalidError: It is not valid; the message names file and line.
    """
    read = tried(kind, placed, path, text)
    if isinstance(read, Bad):
        raise InvalidError(read.sentence(root))
    return read.record  # type: ignore[return-value]


def parsed(path: str, text: str, root: str | None = None) -> Record:
    """Return the record that a text would be at a path.

    Raises:
        InvalidError: It is not valid, or no record lies there; the message names file and line.
    """
    place = places.place_of(path)
    if place is None:
        raise InvalidError(f"{path} is no place of a record.")
    return parsed_as(place.kind.type, place.placed, path, text, root)


def _in_plain_words(text: str, line: int) -> str | None:
    """Return what is wrong with a value that is written as people write it; None where that is not known."""
    from slavefree_cli.model.dates import parse_time
    from slavefree_cli.register.mending import plain_date

    # Nobody writes a date on a longer line.
    found = _UNQUOTED.fullmatch(next(iter(text.splitlines()[line - 1 : line]), "")[:200])
    if found is None:
        return None
    if day := plain_date(found[1]):
        return f"{found[1]} is written {day.isoformat()} here, in figures and without quotes"
    with suppress(ValueError):
        return f"{found[1]} is written {parse_time(found[1])} here"
    return f'text stands in quotes: "{found[1]}"' if found[1][:1].isalpha() else None


def _refuse_deep(raw: Document) -> None:
    """Refuse what would have to be followed down for ever, whatever Python itself would still follow."""
    level: list[object] = [raw]
    for _ in range(DEEPEST):
        inner = (each.values() if isinstance(each, dict) else each for each in level if isinstance(each, dict | list))
        level = [each for within in inner for each in within]
        if not level:
            return
    raise RecursionError


def _refuse_newer(kind: type[Record], raw: Document) -> None:
    newest = raw.get("format", FORMAT)
    if kind is Partnership and isinstance(newest, int) and newest > APART:
        raise convert.DocumentError(
            "format",
            f"is {newest}, newer than this program reads ({APART}); upgrade it: pip install -U slavefree-cli",
        )
