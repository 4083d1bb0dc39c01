"""TOML text changed by command: an edit touches its own lines and leaves every other character alone.

The result is parsed again and compared with what was meant before anyone sees it.
"""

from collections.abc import Mapping, Sequence

import tomli

from slavefree_cli.errors import SlavefreeError
from slavefree_cli.register.toml.arrays import array_text
from slavefree_cli.register.toml.statements import Span, Statement, comments_in, statements
from slavefree_cli.register.toml.write import Document, Path, dotted, table_lines, value_text


def edited(text: str, document: Document) -> str:
    """Return the text changed so that it says what the document says.

    Args:
        text: A valid TOML file.
        document: What it shall hold; the order of its keys says where a new one goes.

    Raises:
        SlavefreeError: The file is laid out in a way that no edit of single lines can follow.
    """
    before: Document = tomli.loads(text)
    if before == document:
        return text
    editor = _Editor(text)
    editor.follow((), before, document)
    result = editor.text()
    try:
        if tomli.loads(result) == document:
            return result
    except tomli.TOMLDecodeError:
        pass
    raise SlavefreeError("the way this file is laid out does not let it be changed by command; edit it by hand")


class _Editor:
    """The statements of a file while it is being changed."""

    def __init__(self, text: str) -> None:
        self.bom = "\ufeff" if text.startswith("\ufeff") else ""
        self.newline = "\r\n" if "\r\n" in text else "\n"
        self.statements = list(statements(text.removeprefix("\ufeff")))
        if self.statements and not self.statements[-1].text.endswith("\n"):
            last = self.statements[-1]
            self.statements[-1] = last._replace(text=last.text + self.newline)

    def text(self) -> str:
        return self.bom + "".join(statement.text for statement in self.statements)

    def follow(self, path: Path, before: Document, after: Document) -> None:
        """Make every change that leads from one table to another."""
        for key in [key for key in before if key not in after]:
            self._remove((*path, key))
        for key, value in after.items():
            here = (*path, key)
            if key not in before:
                self._add(here, value, after)
            elif isinstance(value, dict) and isinstance(before[key], dict) and not self._owner(here):
                self.follow(here, before[key], value)
            elif value != before[key] or type(value) is not type(before[key]):
                self._change(here, value, before[key], after)

    def _owner(self, path: Path) -> int | None:
        """Return the index of the pair that holds a path in its value: the pair itself or an inline table."""
        for index, statement in enumerate(self.statements):
            if statement.kind == "pair" and statement.path == path[: len(statement.path)]:
                return index
        return None

    def _change(self, path: Path, value: object, before: object, siblings: Document) -> None:
        index = self._owner(path)
        if index is None or self.statements[index].path != path:
            self._remove(path)
            self._add(path, value, siblings)
            return
        statement = self.statements[index]
        start, end = statement.value
        old = statement.text[start:end]
        shown = (
            array_text(old, before, value, self.newline)
            if isinstance(before, list) and isinstance(value, list) and "\n" in old
            else value_text(value)
        )
        text = statement.text[:start] + shown + statement.text[end:]
        self.statements[index] = statement._replace(text=text, value=Span(start, start + len(shown)))

    def _add(self, path: Path, value: object, siblings: Document) -> None:
        if isinstance(value, Mapping) and not self._dotted_parent(path):
            self._add_table(path, dict(value), siblings)
        else:
            self._add_pair(path, value, siblings)

    def _dotted_parent(self, path: Path) -> bool:
        """Tell whether the table above exists only as dotted keys or has keys of its own that are dotted."""
        return False if len(path) == 1 else self._header(path[:-1]) is None and bool(self._pairs(path[:-1]))

    def _add_pair(self, path: Path, value: object, siblings: Document) -> None:
        table = path[:-1]
        neighbours = self._pairs(table)
        header: Path = table
        if self._header(table) is None and neighbours:
            # The table has no header of its own: its keys are dotted, in the table that has one.
            header = self._section_of(neighbours[0])
        if table and self._header(header) is None and not neighbours:
            self._insert_table(table, {str(path[-1]): value}, len(self.statements))
            return
        at = self._place(path, list(siblings), neighbours, header)
        line = f"{dotted(path[len(header) :])} = {value_text(value)}{self.newline}"
        statement = next(statements(line))
        self.statements.insert(at, statement._replace(path=path))

    def _place(self, path: Path, order: Sequence[str], neighbours: Sequence[int], header: Path) -> int:
        """Return where a new pair goes: behind the key that comes before it in order, else before the first."""
        earlier = set(order[: order.index(str(path[-1]))])
        depth = len(path) - 1
        before = [index for index in neighbours if self.statements[index].path[depth] in earlier]
        if before:
            return before[-1] + 1
        top = 0 if (found := self._header(header)) is None else found + 1
        if not neighbours:
            return self._behind_comments(top, header)
        first = neighbours[0]
        above = self._comments_above(first)
        # Comments that reach up to the top of the table speak of the table as much as of its first key.
        return above if above > top or above == first else first + 1

    def _behind_comments(self, top: int, header: Path) -> int:
        at = top
        while at < len(self.statements) and self.statements[at].kind == "comment":
            at += 1
        if at < len(self.statements) and self.statements[at].kind == "table":
            # The comments belong to the table that follows them.
            at = top
        if not header and at == top and at < len(self.statements) and self.statements[at].kind != "blank":
            self.statements.insert(at, Statement("blank", self.newline))
        return at

    def _add_table(self, path: Path, table: Document, siblings: Document) -> None:
        order = list(siblings)
        earlier = set(order[: order.index(str(path[-1]))])
        depth = len(path) - 1
        last = None
        for index, statement in enumerate(self.statements):
            if (
                statement.kind == "table"
                and len(statement.path) > depth
                and statement.path[:depth] == path[:depth]
                and statement.path[depth] in earlier
            ):
                last = index
        if last is None and depth:
            last = self._header(path[:depth])
        if last is None:
            self._insert_table(path, table, self._first_table() if depth == 0 and earlier else len(self.statements))
            return
        self._insert_table(path, table, self._section_end(last))

    def _first_table(self) -> int:
        """Return where the first table begins, the comments above it included."""
        for index, statement in enumerate(self.statements):
            if statement.kind == "table":
                return self._comments_above(index)
        return len(self.statements)

    def _section_end(self, header: int) -> int:
        """Return the end of a table's own lines, before what stands above the next header."""
        end = header + 1
        while end < len(self.statements) and self.statements[end].kind != "table":
            end += 1
        if end == len(self.statements):
            return end
        above = self._comments_above(end)
        last = max(
            (index for index in range(header, end) if self.statements[index].kind in {"table", "pair"}), default=header
        )
        return above if above > last + 1 or end == last + 1 else last + 1

    def _insert_table(self, path: Path, table: Document, at: int) -> None:
        lines = "".join(table_lines(table, path, self.newline, first=True))
        made = list(statements(lines))
        if at and self.statements[at - 1].kind != "blank":
            made.insert(0, Statement("blank", self.newline))
        if at < len(self.statements) and self.statements[at].kind != "blank":
            made.append(Statement("blank", self.newline))
        self.statements[at:at] = made

    def _remove(self, path: Path) -> None:
        index = self._owner(path)
        if index is not None and self.statements[index].path != path:
            # Inside an inline table: the whole value is written again by whoever changes it.
            self._rewrite_inline(index, path)
            return
        gone = [
            index
            for index, statement in enumerate(self.statements)
            if statement.kind in {"pair", "table"} and statement.path[: len(path)] == path
        ]
        for index in reversed(gone):
            self._take_out(index)

    def _take_out(self, index: int) -> None:
        """Remove a statement; the comments above it and beside it stay, set apart from what comes next."""
        statement = self.statements[index]
        kept = [Statement("comment", comment + self.newline) for comment in comments_in(statement)]
        self.statements[index : index + 1] = kept
        after = index + len(kept)
        orphaned = after > 0 and self.statements[after - 1].kind == "comment"
        follows = self.statements[after].kind if after < len(self.statements) else ""
        if orphaned and follows in {"pair", "table"}:
            self.statements.insert(after, Statement("blank", self.newline))
        elif not kept and statement.kind == "table" and follows in {"blank", ""}:
            if index and self.statements[index - 1].kind == "blank":
                del self.statements[index - 1]
            elif index == 0 and follows:
                del self.statements[0]

    def _rewrite_inline(self, index: int, path: Path) -> None:
        statement = self.statements[index]
        start, end = statement.value
        value = tomli.loads("k = " + statement.text[start:end])["k"]
        inner = value
        steps = path[len(statement.path) :]
        for step in steps[:-1]:
            inner = inner[step]
        del inner[steps[-1]]
        shown = value_text(value)
        self.statements[index] = statement._replace(
            text=statement.text[:start] + shown + statement.text[end:], value=Span(start, start + len(shown))
        )

    def _header(self, path: Path) -> int | None:
        for index, statement in enumerate(self.statements):
            if statement.kind == "table" and statement.path == path:
                return index
        return None

    def _pairs(self, table: Path) -> list[int]:
        """Return the pairs that set a key of a table, dotted ones too, in the part that is the table's own."""
        found = []
        for index, statement in enumerate(self.statements):
            if statement.kind == "pair" and statement.path[: len(table)] == table:
                section = self._section_of(index)
                if len(section) <= len(table) and section == table[: len(section)]:
                    found.append(index)
        return found

    def _section_of(self, index: int) -> Path:
        for statement in reversed(self.statements[:index]):
            if statement.kind == "table":
                return statement.path
        return ()

    def _comments_above(self, index: int) -> int:
        while index and self.statements[index - 1].kind == "comment":
            index -= 1
        return index
