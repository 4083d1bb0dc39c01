"""``slavefree restricted``: the repository of what is restricted, where it is kept and exchanged."""

from typing import Annotated

import typer

from slavefree_cli.commands.noun import noun
from slavefree_cli.commands.options import argument
from slavefree_cli.commands.session import AsJson, Session, Yes
from slavefree_cli.commands.sync import tell
from slavefree_cli.commands.whole import whole
from slavefree_cli.model.text import counted
from slavefree_cli.view import screen, shapes
from slavefree_cli.view.screen import columns
from slavefree_cli.work.sync import sharing

app = noun()

COLUMNS = columns("state remote records not_committed who", not_committed="Not committed")
ALONE = "It is on this machine alone: to keep a second copy, or share it: slavefree restricted share FOLDER (or URL)"
SAID = {
    "none": "There is nothing restricted yet; what will be gets a repository of its own by itself.",
    "here": "What is restricted is in a repository of its own here",
    "elsewhere": "What is restricted is not in this clone. If you are to have it: slavefree restricted fetch URL",
    "open": "What is restricted is in the open repository, which everybody with a clone has. Move it out: "
    "slavefree restricted adopt",
}


@app.command(epilog="Example: slavefree restricted status")
def status(context: typer.Context, json: AsJson = False) -> None:
    """Tell where it is kept and exchanged, and who has it."""
    session, desk = whole(context)
    found = sharing.standing(desk)
    item = shapes.standing(*found)
    if json:
        screen.write_bytes(shapes.answer("restricted", item))
    elif not screen.on_terminal():
        screen.show_list([item], COLUMNS)
    message = SAID[found.state]
    if found.state == "here":
        who = f", with commits of {', '.join(found.who)}" if found.who else ""
        # A command that is to be copied stands last, with nothing behind it.
        where = f"It is exchanged through {found.remote}." if found.remote else ALONE
        message += f": {counted(found.records, 'record')}{who}. {where}"
    session.say(message)


@app.command(epilog="Example: slavefree restricted share ssh://host.example.org/srv/restricted.git")
def share(
    context: typer.Context,
    url: Annotated[str, argument("URL", "Where: what git takes, or a folder, as on a stick.")],
    yes: Yes = False,
    json: AsJson = False,
) -> None:
    """Exchange it through a remote of its own.

    Name a place that only those can read who are to have what is restricted; or a folder, as on a stick, for a second
    copy.
    """
    session, desk = whole(context)
    if sharing.is_the_open_one(desk, url):
        session.confirm(
            f"{screen.safe(url)} is where the open repository is exchanged, so that whoever has that could read what "
            "is restricted. Share it there all the same?",
            yes=yes,
        )
    tell(session, sharing.share(desk, url), None, json=json)


@app.command(epilog="Example: slavefree restricted fetch ssh://host.example.org/srv/restricted.git")
def fetch(
    context: typer.Context,
    url: Annotated[str, argument("URL", "Where those who have it exchange it.")],
    json: AsJson = False,
) -> None:
    """Get it into a clone that has only the open part."""
    session, desk = whole(context)
    tell(session, sharing.fetch(desk, url), None, json=json)


@app.command(epilog="Example: slavefree restricted adopt")
def adopt(context: typer.Context, json: AsJson = False) -> None:
    """Move it out of the open repository.

    Earlier versions kept it there, so that everybody with a clone has it. Its files stay as they are and get a
    repository of their own; what was pushed stays in the history.
    """
    session, desk = whole(context)
    moved = sharing.adopt(desk)
    if json:
        screen.write_bytes(shapes.answer("restricted", shapes.standing(*sharing.standing(desk))))
    elif not screen.on_terminal():
        screen.write(f"{moved}\n")
    _tell_of_history(session, moved)


def _tell_of_history(session: Session, moved: int) -> None:
    session.say(f"Moved {counted(moved, 'file')} into a repository of {'its' if moved == 1 else 'their'} own. {ALONE}")
    session.warn(
        "What was pushed before stays in the history of the open repository, and of every clone of it: whoever has one "
        "can read it. If that must not be, have everybody sync, make a new open repository without the history (git "
        "checkout --orphan), share that one, and have the old clones and the old remote deleted; or rewrite the "
        "history with git filter-repo. Ask whoever runs the host to delete it there as well."
    )
