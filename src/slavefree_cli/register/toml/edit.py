"""TOML text changed by command: an edit touches its own lines and leaves every other character alone.

The result is parsed again and compared with what was meant before anyone sees it.
"""

from collections.abc import Mapping
from typing import Any, Final

import tomli

from slavefree_cli.errors import SlavefreeError
from slavefree_cli.register.toml.arrays import array_text, changes
from slavefree_cli.register.toml.layout import Layout
from slavefree_cli.register.toml.statements import BOM, comments_within
from slavefree_cli.register.toml.write import Document, Path, Span, Statement, pair, value_text

_MOST_LOOKED: Final = 20_000_000


def edited(text: str, document: Document) -> str:
    """Return the text changed so that it says what the document says.

    Args:
        text: A valid TOML file.
        document: What it shall hold; the order of its keys says where a new one goes.

    Raises:
        SlavefreeError: The file is laid out in a way that no edit of single lines can follow.
    """
    try:
        before: Document = tomli.loads(text.removeprefix(BOM))
        if alike(before, document):
            return text
        editor = _Editor(text)
        editor.follow((), before, document)
        result = editor.text()
        if alike(tomli.loads(result.removeprefix(BOM)), document):
            # Never a file of no bytes; see ``new``.
            return result if result.removeprefix(BOM) else result + "\n"
    except RecursionError:
        raise SlavefreeError("this file is nested too deeply to be changed by command; edit it by hand") from None
    except tomli.TOMLDecodeError:
        tomli.loads(text.removeprefix(BOM))
    raise SlavefreeError("the way this file is laid out does not let it be changed by command; edit it by hand")


def alike(one: object, other: object) -> bool:
    """Tell whether two values are written alike: 1, 1.0 and true are not."""
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return one.keys() == other.keys() and all(alike(one[key], other[key]) for key in one)
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        return len(one) == len(other) and all(map(alike, one, other))
    if isinstance(one, float) and isinstance(other, float):
        return repr(one) == repr(other)
    return type(one) is type(other) and one == other


class _Editor(Layout):
    """Follows the way from one document to another, change by change."""

    _looked = 0
    """How many statements have been looked through."""

    def follow(self, path: Path, before: Document, after: Document) -> None:
        """Make every change that leads from one table to another."""
        order = list(after)
        for key, value in after.items():
            here = (*path, key)
            old = before.get(key)
            if key in before and alike(old, value):
                continue
            self._take_time()
            if key not in before:
                self._add(here, value, order)
            elif (index := self.pair(here)) is not None:
                self._change(index, value, old)
            elif isinstance(value, Mapping) and isinstance(old, Mapping):
                self.follow(here, dict(old), dict(value))
                if not self.stands(here):
                    # Its last key went, and it had no header of its own.
                    self._add(here, {}, order)
            elif isinstance(old, list) and isinstance(value, list) and _tables(value):
                self._follow_tables(here, old, value)
            else:
                self._remove(here)
                self._add(here, value, order)
        # Last, so that what is gone still shows where its neighbours belong.
        for key in before:
            if key not in after:
                self._take_time()
                self._remove((*path, key))

    def _take_time(self) -> None:
        """Refuse what would take minutes: each change looks through the whole file."""
        self._looked += len(self.statements)
        if self._looked > _MOST_LOOKED:
            raise SlavefreeError("too much changes in this file to be done by command; edit it by hand")

    def _follow_tables(self, path: Path, before: list[Any], after: list[Any]) -> None:
        """Make every change that leads from one array of tables to another."""
        for change, i, j in reversed(list(changes(before, after))):
            here = (*path, i)
            if change == "replace":
                self.follow(here, before[i], after[j])
            elif change == "delete":
                self._remove(here)
                self.renumber(path, i, -1)
            elif change == "insert":
                at = self.above_table(here, (*path, i - 1))
                self.renumber(path, i, 1)
                self.put_tables(at, after[j], here)

    def _change(self, index: int, value: object, before: object) -> None:
        """Give a key another value; the comments inside the old one stay inside or go above."""
        old = self.statements[index]
        start, end = old.value
        was = old.text[start:end]
        if isinstance(before, list) and isinstance(value, list | tuple) and "\n" in was:
            shown = array_text(was, before, list(value), self.newline)
        else:
            shown = value_text(value)
            above = [Statement("comment", comment + self.newline) for comment in comments_within(was)]
            self.statements[index:index] = above
            index += len(above)
        text = old.text[:start] + shown + old.text[end:]
        self.statements[index] = old._replace(text=text, value=Span(start, start + len(shown)))

    def _add(self, path: Path, value: object, order: list[str]) -> None:
        table = path[:-1]
        earlier = order[: order.index(str(path[-1]))]
        header = self.header_over(table)
        if isinstance(value, Mapping) and header in {None, table}:
            self.put_tables(self.place_of_table(path, earlier), dict(value), path)
        elif header is None:
            # The table stands nowhere yet, or only in the headers of tables below it.
            self.put_tables(self.place_of_table((*table, ""), []), {str(path[-1]): value}, table)
        else:
            self.put_pair(self.place_of_pair(path, earlier, header), pair(path, value, self.newline, header))

    def _remove(self, path: Path) -> None:
        for index in reversed([at for at, each in enumerate(self.statements) if each.is_in(path)]):
            self.take_out(index)


def _tables(value: list[Any]) -> bool:
    return bool(value) and all(isinstance(each, Mapping) for each in value)
