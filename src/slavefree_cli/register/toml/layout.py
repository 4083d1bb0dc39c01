"""The statements of a file while it is being changed: where a new one goes, what stays of one that goes."""

from collections.abc import Sequence

from slavefree_cli.register.toml.statements import BOM, comments_in, statements
from slavefree_cli.register.toml.write import Document, Path, Statement, table_statements


class Layout:
    """The statements of a file in their order."""

    def __init__(self, text: str) -> None:
        self.bom = BOM if text.startswith(BOM) else ""
        first_end = text.find("\n")
        self.newline = "\r\n" if first_end > 0 and text[first_end - 1] == "\r" else "\n"
        self.statements = list(statements(text.removeprefix(BOM)))
        if self.statements and not self.statements[-1].text.endswith("\n"):
            last = self.statements[-1]
            self.statements[-1] = last._replace(text=last.text + self.newline)

    def text(self) -> str:
        """Return the whole text."""
        return self.bom + "".join(statement.text for statement in self.statements)

    def pair(self, path: Path) -> int | None:
        """Return the index of the statement that sets exactly this key."""
        return self._find("pair", path)

    def stands(self, path: Path) -> bool:
        """Tell whether any statement speaks of a table or of what is in it."""
        return any(each.is_in(path) for each in self.statements)

    def renumber(self, path: Path, start: int, step: int) -> None:
        """Count the tables of an array on from one of them anew."""
        depth = len(path)
        for index, each in enumerate(self.statements):
            number = each.path[depth] if len(each.path) > depth and each.is_in(path) else None
            if isinstance(number, int) and number >= start:
                self.statements[index] = each._replace(path=(*path, number + step, *each.path[depth + 1 :]))

    def header_over(self, table: Path) -> Path | None:
        """Return the path of the header under which the keys of a table stand.

        It is another than the table's own where its keys are dotted, and None where it has neither.
        """
        if not table or self._find("table", table) is not None:
            return table
        neighbours = self._pairs(table)
        if not neighbours:
            return None
        above = (each.path for each in reversed(self.statements[: neighbours[0]]) if each.kind == "table")
        return next(above, ())

    def place_of_pair(self, path: Path, earlier: Sequence[str], header: Path) -> int:
        """Return where a new key goes: behind the nearest that comes earlier, else before the first."""
        depth = len(path) - 1
        neighbours = self._pairs(path[:depth])
        last = {self.statements[index].path[depth]: index for index in neighbours}
        for key in reversed(earlier):
            if key in last:
                return last[key] + 1
        found = self._find("table", header)
        top = 0 if found is None else found + 1
        if neighbours:
            first = neighbours[0]
            above = self._comments_above(first)
            # Comments that reach up to the top of the table speak of the table as much as of its first key.
            return first + 1 if above == top < first else above
        end = self._comments_end(top)
        return top if self._kind(end) == "table" else end

    def put_pair(self, at: int, pair: Statement) -> None:
        """Put in a key, with blank lines where comments or a header would touch it."""
        made = [pair]
        if at and self._kind(at - 1) == "comment":
            made.insert(0, self._blank())
        if self._kind(self._comments_end(at)) == "table":
            made.append(self._blank())
        self.statements[at:at] = made

    def place_of_table(self, path: Path, earlier: Sequence[str]) -> int:
        """Return where a new table goes: behind the nearest that comes earlier, else behind what holds it."""
        table = path[:-1]
        depth = len(table)
        last = {
            each.path[depth]: at
            for at, each in enumerate(self.statements)
            if each.kind == "table" and len(each.path) > depth and each.is_in(table)
        }
        if (nearest := next((last[key] for key in reversed(earlier) if key in last), None)) is not None:
            return self._section_end(nearest)
        headers = [self._find("table", table), *(self._last_header(table[:up]) for up in range(depth, 0, -1))]
        return self._section_end(next((each for each in headers if each is not None), None))

    def above_table(self, path: Path, previous: Path) -> int:
        """Return where a table goes that takes the place of another, or follows the last."""
        index = self._find("table", path)
        if index is not None:
            return self._comments_above(index)
        return self._section_end(self._last_header(previous))

    def put_tables(self, at: int, table: Document, path: Path) -> None:
        """Put in a table and the tables below it, with a blank line before and behind."""
        made = list(table_statements(table, path, self.newline))
        if at and self._kind(at - 1) != "blank":
            made.insert(0, self._blank())
        if at < len(self.statements) and self._kind(at) != "blank":
            made.append(self._blank())
        self.statements[at:at] = made

    def take_out(self, index: int) -> None:
        """Remove a statement; the comments above, beside and inside stay, set apart from what comes next."""
        kept = [Statement("comment", comment + self.newline) for comment in comments_in(self.statements[index])]
        self.statements[index : index + 1] = kept
        after = index + len(kept)
        before, follows = self._kind(after - 1), self._kind(after)
        if before == "comment":
            if self._kind(self._comments_end(after)) in {"pair", "table"}:
                self.statements.insert(after, self._blank())
        elif follows in {"blank", ""} and before == "blank":
            del self.statements[after - 1]
        elif follows == "blank" and not before:
            del self.statements[after]

    def _blank(self) -> Statement:
        return Statement("blank", self.newline)

    def _kind(self, index: int) -> str:
        """Return the kind of a statement, and nothing before the first and behind the last."""
        return self.statements[index].kind if 0 <= index < len(self.statements) else ""

    def _find(self, kind: str, path: Path) -> int | None:
        return next((at for at, each in enumerate(self.statements) if each.kind == kind and each.path == path), None)

    def _last_header(self, path: Path) -> int | None:
        """Return the last header of a table or of one below it."""
        found = (at for at, each in enumerate(self.statements) if each.kind == "table" and each.is_in(path))
        return max(found, default=None)

    def _section_end(self, header: int | None) -> int:
        """Return the end of a table's own lines, before what stands above the next header; without one, of the file."""
        if header is None:
            return len(self.statements)
        end = header + 1
        while self._kind(end) not in {"table", ""}:
            end += 1
        return end if end == len(self.statements) else self._comments_above(end)

    def _pairs(self, table: Path) -> list[int]:
        """Return the pairs that set a key of a table: under its header, or dotted under another."""
        found = []
        section: Path = ()
        for index, statement in enumerate(self.statements):
            if statement.kind == "table":
                section = statement.path
            elif statement.is_in(table) and len(section) <= len(table) < len(statement.path):
                found.append(index)
        return found

    def _comments_end(self, index: int) -> int:
        while self._kind(index) == "comment":
            index += 1
        return index

    def _comments_above(self, index: int) -> int:
        while self._kind(index - 1) == "comment":
            index -= 1
        return index
