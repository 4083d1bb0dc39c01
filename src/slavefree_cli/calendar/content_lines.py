"""The lines of a calendar file (RFC 5545 section 3.1), each read by itself, in whatever state the file came."""

import re
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

_DEEPEST: Final = 20
_ESCAPED: Final = re.compile(r"\\(.)", re.DOTALL)
_MEANT: Final = {"n": "\n", "N": "\n", "\\": "\\", ";": ";", ",": ",", ":": ":", '"': '"'}


class Line(NamedTuple):
    """One line, unfolded."""

    name: str
    """In capitals, without the group that stands before a dot."""
    parameters: Mapping[str, str]
    """By their names in capitals; of one with several values, they stand one after another with commas."""
    value: str
    """As it is written: ``unescaped`` gives what a TEXT says."""


def lines(content: bytes) -> Iterator[Line]:
    """Yield the lines of a calendar that can be read; many programs write an odd one, and the others count.

    Args:
        content: The file, in UTF-8.
    """
    from icalendar.parser import Contentline, Contentlines

    text = content.decode("utf-8-sig", "replace").replace("\r\r\n", "\n").replace("\x00", "")
    try:
        unfolded = Contentlines.from_ical(text)  # type: ignore[no-untyped-call]
    except ValueError:
        return
    for line in unfolded:
        try:
            name, parameters, value = Contentline(line).raw_parts()  # type: ignore[no-untyped-call]
        except ValueError:
            if (mended := _mended(line)) is not None:
                yield mended
            continue
        said = {key.upper(): _one(each) for key, each in parameters.items()}
        yield _whole(Line(name.upper().rpartition(".")[2], said, str(value)))


def components(found: list[Line]) -> Iterator[tuple[str, list[Line]]]:
    """Yield each component of the calendar with its own lines, without those of what is inside it."""
    stack: list[tuple[str, list[Line]]] = []
    for line in found:
        if line.name == "BEGIN":
            if len(stack) == _DEEPEST:
                return
            stack.append((line.value.strip().upper(), []))
        elif line.name == "END":
            if not stack:
                continue
            kind, own = stack.pop()
            if kind not in {"VCALENDAR", "VTIMEZONE"} and all(outer == "VCALENDAR" for outer, _ in stack):
                yield kind, own
        elif stack:
            stack[-1][1].append(line)


def unescaped(value: str) -> str:
    r"""Return what a TEXT says (RFC 5545 section 3.3.11), in one pass: ``\\n`` is a backslash and an n."""
    return _ESCAPED.sub(lambda found: _MEANT.get(found[1], found[0]), value)


def _one(value: object) -> str:
    return ",".join(map(str, value)) if isinstance(value, list) else str(value)


def _whole(line: Line) -> Line:
    """Return a line whose parameter had a ``mailto:`` without quotes, at whose colon the value seemed to begin."""
    cut = next((key for key, each in line.parameters.items() if each.casefold() == "mailto"), None)
    at = line.value.casefold().rfind(":mailto:")
    if cut is None or at < 0:
        return line
    address, *others = line.value[:at].split(";")
    parameters = {**line.parameters, cut: address, **_pairs(others)}
    return line._replace(value=line.value[at + 1 :], parameters=parameters)


def _mended(line: str) -> Line | None:
    """Return a line with an address in whose parameters something is wrong, such as quotes within a name."""
    at = line.casefold().rfind(":mailto:")
    if at < 0:
        return None
    name, *parameters = line[:at].split(";")
    return Line(name.strip().upper().rpartition(".")[2], _pairs(parameters), line[at + 1 :])


def _pairs(parameters: list[str]) -> dict[str, str]:
    pairs = (each.partition("=") for each in parameters)
    return {key.strip().upper(): value.strip().strip('"') for key, _, value in pairs}
