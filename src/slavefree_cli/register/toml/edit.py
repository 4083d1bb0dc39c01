"""TOML text changed by command: an edit touches its own lines and leaves every other character alone.

The result is parsed again and compared with what was meant before anyone sees it.
"""

from collections.abc import Mapping
from difflib import SequenceMatcher
from typing import Any

import tomli

from slavefree_cli.errors import SlavefreeError
from slavefree_cli.register.toml.arrays import array_text
from slavefree_cli.register.toml.layout import Layout
from slavefree_cli.register.toml.statements import BOM, Span, Statement, comments_within
from slavefree_cli.register.toml.write import Document, Path, dotted, table_lines, value_text


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
            return result
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

    def follow(self, path: Path, before: Document, after: Document) -> None:
        """Make every change that leads from one table to another."""
        for key, value in after.items():
            here = (*path, key)
            old = before.get(key)
            if key not in before:
                self._add(here, value, list(after))
            elif alike(old, value):
                continue
            elif self.pair(here) is not None:
                self._change(here, value, old)
            elif isinstance(value, Mapping) and isinstance(old, Mapping):
                self.follow(here, dict(old), dict(value))
                if not self.stands(here):
                    # Its last key went, and it had no header of its own.
                    self._add(here, {}, list(after))
            elif isinstance(old, list) and isinstance(value, list) and _tables(value):
                self._follow_tables(here, old, value)
            else:
                self._remove(here)
                self._add(here, value, list(after))
        # Last, so that what is gone still shows where its neighbours belong.
        for key in before:
            if key not in after:
                self._remove((*path, key))

    def _follow_tables(self, path: Path, before: list[Any], after: list[Any]) -> None:
        """Make every change that leads from one array of tables to another."""
        texts = [value_text(table) for table in before], [value_text(table) for table in after]
        changes = SequenceMatcher(None, *texts, autojunk=False).get_opcodes()
        for tag, i1, i2, j1, j2 in reversed(changes):
            if tag == "equal":
                continue
            both = min(i2 - i1, j2 - j1)
            for index in reversed(range(i1 + both, i2)):
                self._remove((*path, index))
                self.renumber(path, index, -1)
            for table in reversed(after[j1 + both : j2]):
                index = i1 + both
                at = self.above_table((*path, index), (*path, index - 1))
                self.renumber(path, index, 1)
                self.put_tables(at, self._made(table, (*path, index)))
            for i, j in zip(range(i1, i1 + both), range(j1, j1 + both), strict=True):
                self.follow((*path, i), before[i], after[j])

    def _change(self, path: Path, value: object, before: object) -> None:
        """Give a key another value; the comments inside the old one stay inside or go above."""
        index = self.pair(path)
        if index is None:
            return
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
            self.put_tables(self.place_of_table(path, earlier), self._made(dict(value), path))
        elif header is None:
            # The table stands nowhere yet, or only in the headers of tables below it.
            made = self._made({str(path[-1]): value}, table)
            self.put_tables(self.place_of_table((*table, ""), []), made)
        else:
            name, shown = dotted(path[len(header) :]), value_text(value)
            start = len(name) + len(" = ")
            span = Span(start, start + len(shown))
            pair = Statement("pair", f"{name} = {shown}{self.newline}", path, span)
            self.put_pair(self.place_of_pair(path, earlier, header), pair)

    def _made(self, table: Document, path: Path) -> list[Statement]:
        made = []
        for where, line in table_lines(table, path, self.newline):
            kind = "blank" if not where else "table" if line.startswith("[") else "pair"
            made.append(Statement(kind, line, where))
        return made

    def _remove(self, path: Path) -> None:
        gone = [
            index
            for index, each in enumerate(self.statements)
            if each.kind in {"pair", "table"} and each.path[: len(path)] == path
        ]
        for index in reversed(gone):
            self.take_out(index)


def _tables(value: list[Any]) -> bool:
    return bool(value) and all(isinstance(each, Mapping) for each in value)
