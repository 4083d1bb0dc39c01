"""The comments that one side wrote, kept where the text of the other side was taken."""

from collections import Counter, defaultdict

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
    was, own, others = (Counter(comment for comment, _ in _comments(each)) for each in (base, text, other))
    layout = Layout(text)
    gone, lines = was - others, list[Statement]()
    for each in layout.statements:
        if each.kind == "comment" and gone[each.text.strip()] > 0:
            gone[each.text.strip()] -= 1
        else:
            lines.append(each)
    first: dict[Path, int] = {}
    for at, each in enumerate(lines):
        first.setdefault(each.path, at)
    known, put = was | own, defaultdict[int, list[Statement]](list)
    for comment, about in _comments(other):
        if known[comment]:
            known[comment] -= 1
        else:
            at = first.get(about, len(lines)) if about else len(lines)
            put[at].append(Statement("comment", comment + layout.newline))
    layout.statements = [line for at, each in enumerate(lines) for line in (*put[at], each)] + put[len(lines)]
    return layout.text()


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
