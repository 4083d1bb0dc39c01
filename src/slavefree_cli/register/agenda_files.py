"""The two files of an agenda, open and restricted, while an item goes from the one to the other.

An item keeps what somebody wrote by hand: the comments above and beside it, and keys that the program does not know.
What stays in the open file is its place and its length alone, so that no comment gives away what it was.
"""

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from slavefree_cli.register.toml.edit import edited
from slavefree_cli.register.toml.layout import Layout
from slavefree_cli.register.toml.statements import comments_in, read
from slavefree_cli.register.toml.write import Document, Statement

_STAYS: Final = ("position", "minutes")
"""What anyone may know of a restricted item: ``model.agenda.Item`` allows no more."""
_HIDDEN: Final = ("title", "reason", "lead", "purpose", "papers")
"""What a restricted item says, in the order of its file."""


class Files(NamedTuple):
    """What the two files hold; nothing where one is not there."""

    open: str
    hidden: str


def items(text: str) -> Mapping[str, Any]:
    """Return the items of one of the two files, by their slugs, as they stand there."""
    found = (read(text.encode()) or {}).get("items", {})
    found = found if isinstance(found, dict) else {}
    return {slug: each for slug, each in found.items() if isinstance(each, dict)}


def with_items(text: str, wanted: Mapping[str, Any]) -> str:
    """Return a file with other items; see ``hidden`` for what can go wrong."""
    document: Document = read(text.encode()) or {}
    document["items"] = dict(wanted)
    if not wanted:
        del document["items"]
    return edited(text, document)


def with_item(text: str, slug: str, item: Mapping[str, Any]) -> str:
    """Return a file with an item in it, besides those that are there; see ``hidden`` for what can go wrong."""
    return with_items(text, {**items(text), slug: item})


def hidden(files: Files, slug: str, stub: str, reason: str) -> Files:
    """Return the files with an open item restricted, all of it but its place and its length.

    Args:
        files: The files.
        slug: The item.
        stub: What it is called from now on, which says nothing.
        reason: Why, where the restricted file does not say so yet.

    Raises:
        SlavefreeError: A file is laid out in a way that no edit can follow.
    """
    item = dict(items(files.open)[slug])
    place = {key: item.pop(key) for key in _STAYS if key in item} | {"restricted": True}
    item.pop("restricted", None)
    known = dict(items(files.hidden).get(stub, {}))
    said = {**known, **item, "reason": known.get("reason", reason)}
    said = {key: said[key] for key in (*_HIDDEN, *said) if key in said}
    rest, comments = _without(files.open, slug)
    return Files(
        with_items(
            rest, {key if key != slug else stub: place if key == slug else each for key, each in _all(files.open)}
        ),
        _commented(with_items(files.hidden, {**items(files.hidden), stub: said}), stub, comments),
    )


def revealed(files: Files, stub: str, slug: str) -> Files:
    """Return the files with a restricted item open, under another slug or the one that it has.

    The reason for which it was restricted goes with that.

    Args:
        files: The files.
        stub: What it is called as long as it is restricted.
        slug: What it is called then.

    Raises:
        SlavefreeError: A file is laid out in a way that no edit can follow.
    """
    said = dict(items(files.hidden).get(stub, {}))
    said.pop("reason", None)
    place = dict(items(files.open)[stub])
    place.pop("restricted", None)
    item = {"position": place.pop("position", 0), **{key: said.pop(key) for key in _HIDDEN if key in said}}
    rest, comments = _without(files.hidden, stub)
    made = {**item, **place, **said}
    opened = renamed(files.open, stub, slug)
    opened = with_items(opened, {key: made if key == slug else each for key, each in _all(opened)})
    others = {key: each for key, each in items(files.hidden).items() if key != stub}
    return Files(_commented(opened, slug, comments), with_items(rest, others))


def renamed(text: str, old: str, new: str) -> str:
    """Return a file in which an item has another slug; see ``hidden`` for what can go wrong."""
    if old == new or old not in items(text):
        return text
    rest, comments = _without(text, old)
    return _commented(with_items(rest, {new if key == old else key: each for key, each in _all(text)}), new, comments)


def _all(text: str) -> list[tuple[str, Any]]:
    return list(items(text).items())


def _without(text: str, slug: str) -> tuple[str, list[str]]:
    """Return a file without an item, and the comments above, beside and in it, which go with it."""
    layout = Layout(text)
    lines = layout.statements
    path = ("items", slug)
    kept: list[Statement] = []
    comments: list[str] = []
    above: list[Statement] = []
    inside = False
    for each in lines:
        if each.kind == "table":
            inside = each.is_in(path)
        if each.kind == "comment" or (each.kind == "blank" and not above):
            above.append(each)
            continue
        gone = each.is_in(path)
        if each.kind == "blank":
            # What stands apart from what follows belongs to what is before it.
            _sort(above, comments if inside else None, kept)
            above = [each]
            continue
        _sort(above, comments if gone else None, kept)
        above = []
        if gone:
            comments += comments_in(each)
        else:
            kept.append(each)
    _sort(above, comments if inside else None, kept)
    return layout.bom + "".join(each.text for each in kept), comments


def _sort(lines: list[Statement], comments: list[str] | None, kept: list[Statement]) -> None:
    """Put comments and blank lines to those that go, or to those that stay."""
    if comments is None:
        kept += lines
    else:
        comments += [each.text.strip() for each in lines if each.kind == "comment"]


def _commented(text: str, slug: str, comments: list[str]) -> str:
    """Return a file with comments above an item."""
    if not comments:
        return text
    layout = Layout(text)
    path = ("items", slug)
    at = next((index for index, each in enumerate(layout.statements) if each.is_in(path)), len(layout.statements))
    layout.statements[at:at] = [Statement("comment", each + layout.newline) for each in comments]
    return layout.text()
