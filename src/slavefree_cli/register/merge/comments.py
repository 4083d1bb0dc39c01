"""The comments that one side wrote, kept where the text of the other side was taken."""

from collections import Counter

from slavefree_cli.register.toml.layout import Layout
from slavefree_cli.register.toml.statements import BOM, comments_in, statements
from slavefree_cli.register.toml.write import Path, Statement


def with_comments_of(text: str, base: str, other: str) -> str:
    """Return a text with the comments that another version put in, and without those lines of them that it took out.

    Each goes above what it spoke of there, or to the end where that is gone.

    Args:
        text: A valid TOML file.
        base: What it and the other version come from.
        other: The other version.
    """
    known = Counter(comment for comment, _ in _comments(base)) | Counter(comment for comment, _ in _comments(text))
    layout = Layout(text)
    gone = Counter(comment for comment, _ in _comments(base)) - Counter(comment for comment, _ in _comments(other))
    for comment in gone.elements():
        at = next((i for i, each in enumerate(layout.statements) if _is_line(each, comment)), None)
        if at is not None:
            del layout.statements[at]
    for comment, about in _comments(other):
        if known[comment]:
            known[comment] -= 1
            continue
        line = Statement("comment", comment + layout.newline)
        at = next(
            (index for index, each in enumerate(layout.statements) if about and each.path == about),
            len(layout.statements),
        )
        layout.statements.insert(at, line)
    return layout.text()


def _is_line(statement: Statement, comment: str) -> bool:
    return statement.kind == "comment" and statement.text.strip() == comment


def _comments(text: str) -> list[tuple[str, Path]]:
    """Return each comment with the path of what it stands above or beside; nothing at the end of a file."""
    found: list[tuple[str, Path]] = []
    above: list[str] = []
    for statement in statements(text.removeprefix(BOM)):
        if statement.kind == "comment":
            above.append(statement.text.strip())
        elif statement.kind in {"pair", "table"}:
            found += [(comment, statement.path) for comment in (*above, *comments_in(statement))]
            above = []
    return found + [(comment, ()) for comment in above]
