"""A text taken for a record: the record, or what is wrong with the text and in which line."""

from typing import NamedTuple, TypeVar

import tomli

from slavefree_cli.errors import InvalidError
from slavefree_cli.model.checks import CONFLICT, NOT_TOML, NOT_VALID, AnyCheck
from slavefree_cli.model.partnership import FORMAT, Partnership
from slavefree_cli.model.record import Record
from slavefree_cli.register import convert, places
from slavefree_cli.register.toml.write import Document

R = TypeVar("R", bound=Record)

_MARKS = ("<<<<<<< ", ">>>>>>> ", "||||||| ")


class Bad(NamedTuple):
    """A file that is no valid record."""

    path: str
    line: int | None
    check: AnyCheck
    message: str
    id: str

    def sentence(self) -> str:
        """Return what is wrong and where, in one line."""
        place = self.path if self.line is None else f"{self.path}, line {self.line}"
        return f"{place}: {self.message}"


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
    try:
        raw = tomli.loads(text)
        _refuse_newer(kind, raw)
        return Read(convert.decode(kind, placed, raw), path, text, raw)
    except convert.DocumentError as error:
        from slavefree_cli.register.toml.statements import line_of

        line = line_of(text, error.key) if error.key else None
        return Bad(path, line, NOT_VALID, str(error).replace(": ", " ", 1) + ".", id)
    except tomli.TOMLDecodeError as error:
        for number, each in enumerate(text.splitlines(), 1):
            if each.startswith(_MARKS):
                said = "has a merge-conflict marker; settle the two versions by hand."
                return Bad(path, number, CONFLICT, said, id)
        said = error.msg[:1].lower() + error.msg[1:]
        return Bad(path, error.lineno, NOT_TOML, f"is not TOML, column {error.colno}: {said}.", id)
    except ValueError as error:
        # A number of thousands of digits, which TOML allows and Python does not read.
        return Bad(path, None, NOT_TOML, f"is not TOML that can be read: {error}.", id)
    except RecursionError:
        return Bad(path, None, NOT_TOML, "is nested too deeply for a record.", id)


def parsed_as(kind: type[R], placed: dict[str, object], path: str, text: str) -> R:
    """Return the record of a kind that a text is, wherever it comes from; see ``tried``.

    Raises:
        InvalidError: It is not valid; the message names file and line.
    """
    read = tried(kind, placed, path, text)
    if isinstance(read, Bad):
        raise InvalidError(read.sentence())
    return read.record  # type: ignore[return-value]


def parsed(path: str, text: str) -> Record:
    """Return the record that a text would be at a path.

    Raises:
        InvalidError: It is not valid, or no record lies there; the message names file and line.
    """
    place = places.place_of(path)
    if place is None:
        raise InvalidError(f"{path} is no place of a record.")
    return parsed_as(place.kind.type, place.placed, path, text)


def _refuse_newer(kind: type[Record], raw: Document) -> None:
    newest = raw.get("format", FORMAT)
    if kind is Partnership and isinstance(newest, int) and newest > FORMAT:
        raise convert.DocumentError(
            "format",
            f"is {newest}, newer than this program reads ({FORMAT}); upgrade it: pip install -U slavefree-cli",
        )
