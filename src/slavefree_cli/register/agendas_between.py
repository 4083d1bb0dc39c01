"""The two agendas of a meeting that are saved together, as they are when items went from one to the other."""

from slavefree_cli.model.agenda import Agenda, RestrictedAgenda, hidden_between
from slavefree_cli.register import agenda_files, parse, places
from slavefree_cli.register.parse import Read


def moved(read: Read, secret: Read | None, after: Agenda, hidden: RestrictedAgenda) -> dict[str, Read]:
    """Return the files in which items have gone from one agenda to the other with all that is theirs, by their paths.

    Args:
        read: The open agenda as it is.
        secret: The restricted one; None where there is none.
        after: The open agenda as it shall be.
        hidden: The restricted one as it shall be.

    Raises:
        SlavefreeError: A file is laid out in a way that no edit can follow.
    """
    before = read.record
    if not isinstance(before, Agenda):
        return {}
    restricted = hidden_between(before, after)
    opened = [
        slug
        for slug, item in after.items.items()
        if not item.restricted and slug in before.items and before.items[slug].restricted
    ]
    if not (restricted or opened):
        return {}
    files = agenda_files.Files(read.text, secret.text if secret else "")
    for slug, stub in restricted.items():
        files = agenda_files.hidden(files, slug, stub, hidden.items[stub].reason)
    for slug in opened:
        files = agenda_files.revealed(files, slug, slug)
    found = {}
    for record, path, text in ((after, read.path, files.open), (hidden, places.in_other_tree(read.path), files.hidden)):
        tried = parse.tried(type(record), {"id": record.id}, path, text)
        if isinstance(tried, Read):
            found[path] = tried
    return found
