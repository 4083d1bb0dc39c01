"""The outbox, of which git must have nothing, now or later: it holds addresses, private links and who was sent what.

What git has of it came from somebody else, and would have letters look sent, or written where others read them. What is
ignored is decided by rules that can come by git too; so git itself is asked, of each file, before one is written.
"""

import os
import stat
from collections.abc import Iterable

from slavefree_cli.errors import InvalidError, OutsideError
from slavefree_cli.git.process import GitError, NoRepositoryError
from slavefree_cli.git.repository import Repository
from slavefree_cli.register import files, places
from slavefree_cli.register.desk import Desk

_RULE = b"*\n"


def fit(desk: Desk, *paths: str) -> list[str]:
    """Return where files of the outbox are on disk, once they may be written; the folder is made where it is not there.

    Args:
        desk: The register.
        paths: The files, relative to the register.

    Raises:
        InvalidError: A link leads there, something else than a file is there, or git has, or would have, a file of the
            outbox.
        OutsideError: Git cannot say.
    """
    full = [files.straight(desk.root, path) for path in paths]
    for path in full:
        if os.path.lexists(path) and not stat.S_ISREG(os.lstat(path).st_mode):
            raise InvalidError(f"{_shown(desk, path)} is no ordinary file; nothing is written there. Take it away.")
    refuse_what_came(desk)
    rule = files.straight(desk.root, places.OUTBOX_IGNORED)
    if not os.path.exists(rule):
        files.write_all([files.Write(rule, _RULE, desk.root)])
    for message in _not_ignored(desk, full):
        raise InvalidError(f"{message}; nothing is written.")
    return full


def refuse_what_came(desk: Desk) -> None:
    """Refuse an outbox of which git has something, before anything in it is believed.

    Raises:
        InvalidError: It has.
        OutsideError: Git cannot say.
    """
    for path in _tracked(desk):
        raise InvalidError(f"{_shown(desk, path)} {came(desk, path)}")


def problems(desk: Desk) -> Iterable[tuple[str, str]]:
    """Yield what git has of the outbox, or would have if it was there, each with why that is wrong."""
    tracked = _tracked(desk)
    yield from ((os.path.relpath(path, desk.root), came(desk, path)) for path in tracked)
    if not tracked and os.path.lexists(desk.path(places.OUTBOX_IGNORED)):
        outbox = desk.path(places.OUTBOX)
        there = [os.path.join(outbox, name) for name in sorted(os.listdir(outbox)) if os.path.isdir(outbox)]
        for message in _not_ignored(desk, [*there, desk.path(places.draft("a", "b"))]):
            yield places.OUTBOX.rstrip("/"), f"{message}."
            return


def came(desk: Desk, path: str) -> str:
    """Say of a file of the outbox that git has it, and what to do."""
    return (
        f"came by git, and drafts and what was sent are nobody else's. Take it out: git rm --cached "
        f"{_shown(desk, path)}, then remove the file, commit, and ask who put it there."
    )


def _tracked(desk: Desk) -> list[str]:
    repository = _repository(desk)
    if repository is None:
        return []
    try:
        held = repository.listed("ls-files", "-z", "--", desk.root)
    except GitError as error:
        raise _unanswered(error) from None
    full = [os.path.join(repository.top, *path.split("/")) for path in held]
    return [path for path in full if places.in_outbox(os.path.relpath(path, desk.root).replace(os.sep, "/"))]


def _not_ignored(desk: Desk, paths: list[str]) -> Iterable[str]:
    """Yield a sentence for each of some files that git would not ignore, with the rule that says so."""
    repository = _repository(desk)
    if repository is None:
        return
    try:
        found = repository.not_ignored(paths)
    except GitError as error:
        raise _unanswered(error) from None
    for path, rule in found.items():
        if rule:
            yield f"{_shown(desk, path)} could be committed, as a rule in {rule} has git not ignore it: take it out"
        else:
            yield f"{_shown(desk, path)} could be committed, as git is not told to ignore it: remove {_rules(desk)}"


def _repository(desk: Desk) -> Repository | None:
    try:
        return desk.repository
    except NoRepositoryError:
        return None
    except GitError as error:
        raise _unanswered(error) from None


def _unanswered(error: GitError) -> OutsideError:
    return OutsideError(f"Git cannot say whether it would ignore the outbox: {error}. Nothing is written there.")


def _rules(desk: Desk) -> str:
    return _shown(desk, desk.path(places.OUTBOX_IGNORED))


def _shown(desk: Desk, path: str) -> str:
    return places.shown(os.path.relpath(path, desk.root), None, desk.root)
