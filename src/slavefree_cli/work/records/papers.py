"""Papers: files in the ``papers/`` of a meeting, or addresses, each listed with its agenda item."""

import os
from collections.abc import Iterator

from slavefree_cli.errors import InvalidError
from slavefree_cli.model.text import link_problem
from slavefree_cli.register import places
from slavefree_cli.register.desk import Desk
from slavefree_cli.register.restricted import WholeDesk


def named(desk: Desk, folder: str, typed: str) -> str:
    """Return a paper as an agenda names it: a web address, or a path in the meeting's folder.

    Args:
        desk: The register.
        folder: The meeting's folder, or the one that it has in the restricted tree; relative to the register.
        typed: What was typed: an address, a file that is there, or the name of one that will be.

    Raises:
        InvalidError: It is a path that leaves the folder, or no address.
    """
    if is_address(typed):
        if problem := link_problem(typed):
            raise InvalidError(f"The paper {problem}.")
        return typed
    inside = desk.path(folder)
    for base in (os.getcwd(), inside, os.path.join(inside, "papers")):
        full = os.path.realpath(os.path.join(base, typed))
        if os.path.isfile(full) and full.startswith(os.path.realpath(inside) + os.sep):
            return os.path.relpath(full, os.path.realpath(inside)).replace(os.sep, "/")
    name = typed.replace("\\", "/")
    if os.path.isabs(typed) or ".." in name.split("/"):
        raise InvalidError(f"The paper {typed} is not in the register; copy it to {folder}/papers/ first.")
    return name if name.startswith("papers/") else f"papers/{name}"


def is_address(paper: str) -> bool:
    """Tell whether a paper is an address and no file."""
    return paper.lower().startswith(("https://", "http://"))


def missing(desk: WholeDesk, meeting: str) -> Iterator[tuple[str, str]]:
    """Yield each paper of a meeting that is no file in its place: the slug of its item, and its path."""
    for tree in (desk.records, desk.restricted):
        agenda = tree.agendas.get(meeting)
        folder = places.folder(meeting, restricted=tree is desk.restricted)
        for slug, item in agenda.items.items() if agenda else ():
            for paper in item.papers:
                if not is_address(paper) and not os.path.isfile(desk.path(f"{folder}/{paper}")):
                    yield slug, f"{folder}/{paper}"
