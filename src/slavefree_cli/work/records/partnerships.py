"""The partnership: a register started, and its own record changed."""

import os
from typing import Any

from slavefree_cli.errors import ConflictError, InvalidError
from slavefree_cli.git import discovery
from slavefree_cli.git.process import GitError
from slavefree_cli.model.partnership import Coordinator, Partnership
from slavefree_cli.model.record import changed
from slavefree_cli.register import commits, convert, door, files, places, repositories
from slavefree_cli.register.desk import Desk
from slavefree_cli.register.toml import new


def start(
    folder: str, *, name: str, timezone: str, coordinator: str | None, email: str | None, desk: Desk
) -> Partnership:
    """Start a register in a folder and return the partnership; a git repository is made where there is none.

    Args:
        folder: The folder to hold ``meetings/``.
        name: The partnership's name.
        timezone: Its IANA time zone.
        coordinator: The coordinator's name.
        email: The coordinator's address.
        desk: The register that will be; nothing of it is there yet.

    Raises:
        ConflictError: There is a register already.
        InvalidError: A value is not valid.
    """
    made = Partnership(
        name=name.strip(),
        timezone=timezone,
        holidays="GB-ENG" if timezone == "Europe/London" else None,
        coordinator=Coordinator(name=coordinator, email=email),
    )
    for key, problem in made.problems():
        raise InvalidError(f"The {key.replace('.', ' ')} {problem}.")
    if os.path.lexists(desk.path(places.MARKER)):
        raise ConflictError(f"There is a register in {desk.root} already; nothing is changed.")
    writes = [files.Write(desk.path(places.MARKER), new(convert.encode(made)).encode(), desk.root)]
    if not os.path.exists(attributes := desk.path(places.ATTRIBUTES)):
        writes.append(files.Write(attributes, places.GITATTRIBUTES.encode(), desk.root))
    if (ignoring := repositories.ignoring(desk)) is not None:
        writes.append(files.Write(desk.path(places.IGNORED), ignoring, desk.root))
    files.write_all(writes)
    if desk.commits:
        try:
            discovery.begin(folder, desk.root)
        except GitError as error:
            desk.warn(f"Saved without a history: {error}.")
            return made
        if commits.usable(desk) is not None:
            parts = repositories.parts(desk, [write.path for write in writes])
            said = commits.Said(f"Start the register of {made.name}", desk.command, commits.new_change())
            commits.commit(desk, parts, said)
    return made


def edit(desk: Desk, tables: dict[str, dict[str, Any]], **changes: Any) -> Partnership:
    """Change the partnership and return it.

    Args:
        desk: The register.
        tables: What to set in each of its tables, such as ``{"coordinator": {"email": …}}``.
        changes: What to set in the record itself.
    """
    with door.change(desk, "Change the details of the partnership") as change:
        before = desk.records.partnership
        inner = {name: changed(getattr(before, name), **values) for name, values in tables.items()}
        made: Partnership = changed(before, **changes, **inner)
        change.save(made, before)
    return made
