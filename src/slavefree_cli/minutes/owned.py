"""The parts of minutes that the program owns, between HTML comments; everything outside is the author's.

The comment that begins a part names the template it came from and carries a digest of what the program wrote, so that
a part in which somebody has written is never written over::

    <!-- slavefree people from=formal sha256=9f86d081884c7d65 -->

    - Julie Young (chair), Barnardo's

    <!-- slavefree end people -->

Line ends and white space at the end of lines do not count, since editors and git change them unasked; nor does how the
text is laid out, since formatters do.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import unified_diff
from typing import Final, NamedTuple

from slavefree_cli.errors import ConflictError
from slavefree_cli.minutes import layout

_NAME: Final = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_BEGIN = re.compile(rf"\ufeff?<!-- slavefree ({_NAME}) from=([\w.-]+) sha256=([0-9a-f]{{16}}) -->")
_END = re.compile(rf"<!-- slavefree end ({_NAME}) -->")
_ANY = re.compile(r"(?<!\\)<!--\W*slavefree\b", re.IGNORECASE)
"""A comment that is meant for the program, right or not; what people typed has a backslash before it."""


class Part(NamedTuple):
    """A part in the text of minutes."""

    name: str
    template: str
    """The name of the template that it came from."""
    digest: str
    body: str
    """What stands in it, as ``tidy`` gives it."""
    first: int
    """The index of the line of the comment that begins it."""
    last: int

    @property
    def untouched(self) -> bool:
        """Whether it is as the program wrote it; an empty one has nothing in it that could be lost."""
        return not self.body or self.digest in {digest(self.body), _sha256(self.body)}


class DamagedError(ConflictError):
    """The comments around the parts are not as they were written; carries the number of the line."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


class WrittenInError(ConflictError):
    """Somebody has written inside a part; carries the line of each, and the difference it makes."""

    def __init__(self, lines: Sequence[int], names: Sequence[str], difference: str) -> None:
        super().__init__(f"written in: {', '.join(names)}")
        self.lines = lines
        self.names = names
        self.difference = difference


def name_problem(name: str) -> str | None:
    """Say what is wrong with the name of a part, or return None."""
    if not re.fullmatch(_NAME, name) or name == "end":
        return "must be lower-case letters, digits and single hyphens, and not “end”"
    return None


def tidy(text: str) -> str:
    """Return text without what does not count: line ends in LF, nothing at the end of lines, no blank lines around."""
    return "\n".join(line.rstrip() for line in text.split("\n")).strip("\n")


def digest(body: str) -> str:
    """Return the digest of what stands in a part: the first 16 hexadecimal digits of the SHA-256 of it, as it reads.

    What a program that formats Markdown changes does not count; see ``layout.read``.
    """
    return _sha256(layout.read(tidy(body)))


def enclosed(name: str, template: str, body: str) -> list[str]:
    """Return the lines of a part as the program writes it.

    Args:
        name: What it is called.
        template: The name of the template that it comes from.
        body: What stands in it.
    """
    body = _squeezed(tidy(body))
    inside = ["", *body.split("\n"), ""] if body else []
    return [
        f"<!-- slavefree {name} from={template} sha256={digest(body)} -->",
        *inside,
        f"<!-- slavefree end {name} -->",
    ]


def composed(text: str) -> str:
    """Return what a template rendered as minutes: tidy, and with nothing in it that could not be renewed.

    Raises:
        ValueError: Its parts would not be read again as they were written; the message says why.
    """
    made = _squeezed(tidy(text)) + "\n"
    try:
        spoilt = next((each.name for each in parts(made) if not each.untouched), None)
    except DamagedError as error:
        raise ValueError(f"what it makes cannot be read again, as {error}") from None
    if spoilt is not None:
        raise ValueError(f"what it makes cannot be read again, as it alters the part {spoilt} from outside")
    return made


def parts(text: str) -> list[Part]:
    """Return the parts in minutes, in order.

    Raises:
        DamagedError: A comment is missing, doubled or changed.
    """
    found: list[Part] = []
    lines = text.split("\n")
    begun: tuple[int, re.Match[str]] | None = None
    for index, line in _comments(lines):
        if begin := _BEGIN.fullmatch(line):
            if begun is not None:
                raise DamagedError(index + 1, f"a part begins before {begun[1][1]} (line {begun[0] + 1}) has ended")
            if any(each.name == begin[1] for each in found):
                raise DamagedError(index + 1, f"the part {begin[1]} begins a second time")
            begun = index, begin
        elif end := _END.fullmatch(line):
            if begun is None or begun[1][1] != end[1]:
                raise DamagedError(index + 1, f"the part {end[1]} ends and has not begun")
            first, begin = begun
            body = tidy("\n".join(lines[first + 1 : index]))
            found.append(Part(begin[1], begin[2], begin[3], body, first, index))
            begun = None
        else:
            raise DamagedError(index + 1, "this comment is not as it was written")
    if begun is not None:
        raise DamagedError(begun[0] + 1, f"the part {begun[1][1]} begins and does not end")
    return found


def parts_or_none(text: str) -> list[Part]:
    """Return the parts in minutes, in order; none where the comments are damaged."""
    try:
        return parts(text)
    except DamagedError:
        return []


def renewed(text: str, fresh: Mapping[str, str]) -> str:
    """Return minutes with their parts renewed, and every byte outside them as it was.

    Args:
        text: The minutes.
        fresh: What each part shall hold now; one that is not named stays as it is.

    Raises:
        DamagedError: The comments are not as they were written.
        WrittenInError: Somebody has written inside a part.
    """
    there = {
        each: layout.read(tidy(fresh[each.name])) == layout.read(each.body)
        for each in parts(text)
        if each.name in fresh
    }
    # What was formatted and says the same stays as it is, so that the two programs do not undo each other's work.
    found = [each for each, same in there.items() if not (same and each.untouched)]
    written = [each for each in found if not each.untouched and not there[each]]
    if written:
        difference = "".join(_difference(each, fresh[each.name]) for each in written)
        raise WrittenInError([each.first + 1 for each in written], [each.name for each in written], difference)
    lines = text.split("\n")
    for part in reversed(found):
        end = "\r" if lines[part.first].endswith("\r") else ""
        mark = "\ufeff" if lines[part.first].startswith("\ufeff") else ""
        new = [line + end for line in enclosed(part.name, part.template, fresh[part.name])]
        new[0] = mark + new[0]
        # The last line of a file has no line end of its own.
        new[-1] = new[-1].removesuffix("\r") + ("\r" if lines[part.last].endswith("\r") else "")
        lines[part.first : part.last + 1] = new
    return "\n".join(lines)


def without_comments(text: str) -> str:
    """Return minutes as they are read: without the comments around the parts; as they are, where those are damaged."""
    found = parts_or_none(text)
    if not found:
        return text
    lines = text.split("\n")
    for part in reversed(found):
        lines[part.first : part.last + 1] = part.body.split("\n")
    return _squeezed("\n".join(lines))


class Lines(NamedTuple):
    """The indices of the lines that the program owns, comments included."""

    every: frozenset[int] = frozenset()
    written: frozenset[int] = frozenset()
    """Those of parts in which somebody has written."""


def owned_lines(text: str) -> Lines:
    """Return which lines of minutes the program owns; none where the comments are damaged."""
    found = parts_or_none(text)
    every = {index for each in found for index in range(each.first, each.last + 1)}
    written = {index for each in found if not each.untouched for index in range(each.first + 1, each.last)}
    return Lines(frozenset(every), frozenset(written))


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _comments(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    for index, line in enumerate(lines):
        if "slavefree" in line.lower() and _ANY.search(line):
            yield index, line.rstrip()


def _squeezed(text: str) -> str:
    return re.sub(r"\n{3,}", "\n\n", text)


def _difference(part: Part, fresh: str) -> str:
    lines = unified_diff(
        part.body.splitlines(), tidy(fresh).splitlines(), f"{part.name}, as it stands", f"{part.name}, renewed", n=2,
        lineterm="",
    )  # fmt: skip
    return "".join(f"{line}\n" for line in lines)
