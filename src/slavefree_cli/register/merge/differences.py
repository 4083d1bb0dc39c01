"""What differs between two versions of a file, told as fields of a record or lines of a text."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from slavefree_cli.register import places
from slavefree_cli.register.merge.fields import in_order
from slavefree_cli.register.runs import runs
from slavefree_cli.register.toml.edit import alike
from slavefree_cli.register.toml.statements import read
from slavefree_cli.register.toml.write import Document


class Difference(NamedTuple):
    """One field or run of lines that is otherwise; None stands for what is not there."""

    field: str
    """The dotted key, or the lines of a text (``line 12``); nothing where the whole file is new or gone."""
    before: Any
    after: Any


def differences(path: str, before: bytes | None, after: bytes | None) -> list[Difference]:
    """Return what differs between two versions of a file.

    Args:
        path: The file, relative to the register.
        before: One version; None where it is not there.
        after: The other.
    """
    if before == after:
        return []
    one, other = (read(side) if side is not None and places.is_place(path) else None for side in (before, after))
    if before is None or after is None:
        return [Difference("", None if before is None else _title(one), None if after is None else _title(other))]
    if one is not None and other is not None:
        return list(_fields("", one, other)) or [Difference("comments", "as they are", "as they were")]
    try:
        return list(_lines(before.decode(), after.decode()))
    except UnicodeDecodeError:
        return [Difference("", f"{len(before)} bytes", f"{len(after)} bytes")]


def _title(document: Document | None) -> str:
    """Return what a record is called, of those that have a name of some kind."""
    said = document or {}
    named = said.get("title") or said.get("name") or said.get("text")
    return named if isinstance(named, str) else "there"


def _fields(prefix: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Difference]:
    for key in in_order(before, after):
        old, now = before.get(key), after.get(key)
        if alike(old, now):
            continue
        if isinstance(old or now, Mapping) and isinstance(old, Mapping | None) and isinstance(now, Mapping | None):
            yield from _fields(f"{prefix}{key}.", old or {}, now or {})
        else:
            yield Difference(prefix + key, old, now)


def _lines(before: str, after: str) -> Iterator[Difference]:
    old, now = before.splitlines(), after.splitlines()
    for tag, i1, i2, j1, j2 in runs(old, now):
        if tag != "equal":
            yield Difference(f"line {i1 + 1}", "\n".join(old[i1:i2]) or None, "\n".join(now[j1:j2]) or None)
