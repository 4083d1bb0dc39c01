"""The two repositories of a register: the open one that it lies in, and one for what is restricted, inside it.

Who has a clone of the open one has nothing of the other: it lies in ``restricted/``, which the open one is told to
ignore and, as git keeps no file of a repository inside another, could not take in by mistake.
"""

import os
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from slavefree_cli.errors import InvalidError, SlavefreeError
from slavefree_cli.git import discovery, snapshots
from slavefree_cli.git.commit import Trailers
from slavefree_cli.git.process import GitError, NoRepositoryError
from slavefree_cli.git.repository import Repository
from slavefree_cli.model.kinds import RESTRICTED
from slavefree_cli.model.partnership import APART
from slavefree_cli.model.record import changed
from slavefree_cli.register import convert, files, places
from slavefree_cli.register.desk import Desk
from slavefree_cli.register.toml.edit import edited

BEGUN = "restricted"
"""The command that the first commit of a restricted repository names; it is the same commit in each of them."""
_BEGINNING: Final = ".slavefree-begin-"


class Part(NamedTuple):
    """One of the two repositories, and paths in it."""

    repository: Repository
    paths: list[str]
    """Absolute ones."""
    is_restricted: bool


def parts(desk: Desk, paths: Iterable[str]) -> list[Part]:
    """Return some absolute paths by the repository that keeps them: what is restricted first, if there is any.

    Raises:
        GitError: One of the two is not to be had.
    """
    paths = list(paths)
    hidden = [path for path in paths if is_in(desk, path)]
    others = [path for path in paths if path not in set(hidden)]
    found = []
    if hidden and desk.inner is not None:
        found.append(Part(desk.inner, hidden, is_restricted=True))
    if others:
        found.append(Part(desk.repository, others, is_restricted=False))
    return found


def both(desk: Desk) -> Iterator[Part]:
    """Yield the repositories that are here, the restricted one first, each with the whole of what it keeps.

    Raises:
        GitError: One of the two is not to be had.
    """
    if desk.inner is not None:
        yield Part(desk.inner, [desk.path(RESTRICTED).rstrip("/")], is_restricted=True)
    yield Part(desk.repository, [desk.root], is_restricted=False)


def is_in(desk: Desk, path: str) -> bool:
    """Tell whether an absolute path lies in the restricted tree."""
    return path.startswith(desk.path(RESTRICTED))


def kept_open(desk: Desk) -> bool:
    """Tell whether the open repository keeps something of the restricted tree, as it did in registers of format 1."""
    return bool(desk.repository.text("ls-files", "-z", "--", desk.path(RESTRICTED)))


def refuse(desk: Desk) -> None:
    """Refuse to write into the restricted tree where what is written could get into the open repository.

    Raises:
        InvalidError: It could; the message says what to do.
    """
    folder = desk.path(RESTRICTED).rstrip("/")
    if os.path.islink(folder):
        raise InvalidError(f"{_shown(desk, RESTRICTED)} is a link; nothing is written there. Take the link away.")
    try:
        kept = kept_open(desk)
        rule = unignored(desk, RESTRICTED)
    except GitError:
        # Without git there is no repository that it could get into.
        return
    if kept:
        raise InvalidError(
            f"{_shown(desk, RESTRICTED)} is kept in the open repository, so that everybody with a clone has it; "
            "nothing is written there. Move it into one of its own: slavefree restricted adopt"
        )
    if rule is not None:
        line, said = rule
        raise InvalidError(f"{places.shown(places.IGNORED, line, desk.root)} {said}; nothing is written there.")


def unignored(desk: Desk, folder: str) -> tuple[int, str] | None:
    """Say which line of ``.gitignore`` has git not ignore a folder that it must; None where none does.

    Args:
        desk: The register.
        folder: The folder, with ``/`` at its end.

    Raises:
        GitError: There is no repository to be had.
    """
    if is_ignored(desk, folder):
        return None
    for number, line in enumerate(_rules(desk).splitlines(), 1):
        if line.startswith("!"):
            return number, f"has git not ignore {folder}, so that it could get out; take the rule out: {line}"
    return None


def is_ignored(desk: Desk, folder: str) -> bool:
    """Tell whether git ignores a folder of the register, named with ``/`` at its end; it need not be there."""
    # It takes paths and no patterns, and refuses to be told so.
    literal = {"GIT_LITERAL_PATHSPECS": ""}
    asked = desk.repository.prefix(desk.root) + folder
    return bool(desk.repository.text("check-ignore", "--no-index", "--", asked, environment=literal, fails=1))


def ignoring(desk: Desk) -> bytes | None:
    """Return what the file of what git ignores has to hold; None where it holds that."""
    was = _rules(desk)
    missing = [line for line in places.GITIGNORE.splitlines() if line not in was.splitlines()]
    if not missing:
        return None
    start = was if was.endswith("\n") or not was else was + "\n"
    return (start + "".join(f"{line}\n" for line in missing)).encode()


def begin(desk: Desk) -> None:
    """Make the restricted repository, where there is a repository around it and none in it yet.

    It is there as a whole or not at all: it is made under another name, and then gets its own.

    Raises:
        SlavefreeError: It cannot be made.
    """
    if not desk.is_in_git or desk.inner is not None:
        return
    import shutil
    import tempfile

    folder = desk.path(RESTRICTED).rstrip("/")
    try:
        os.makedirs(folder, mode=0o700, exist_ok=True)
        os.chmod(folder, 0o700)
        for entry in os.scandir(folder):
            if entry.name.startswith(_BEGINNING):
                shutil.rmtree(entry.path, ignore_errors=True)
        apart = tempfile.mkdtemp(prefix=_BEGINNING, dir=folder)
        made = discovery.begin_apart(apart, desk.repository)
        first = _first_commit(made)
        made.text("reset", "--quiet", "--hard", first)
        os.replace(os.path.join(apart, places.ATTRIBUTES), os.path.join(folder, places.ATTRIBUTES))
        os.rename(os.path.join(apart, ".git"), os.path.join(folder, ".git"))
        shutil.rmtree(apart, ignore_errors=True)
    except (GitError, OSError) as error:
        said = files.reason(error) if isinstance(error, OSError) else str(error)
        raise SlavefreeError(
            f"{_shown(desk, RESTRICTED)} cannot be made a repository of its own: {said}. Nothing is changed."
        ) from None
    desk.looked_again()


def come_along(desk: Desk) -> None:
    """Have a linked work tree of the open repository (git worktree) have one of the restricted repository too.

    It is then the same repository, with a branch of its own for each.

    Raises:
        SlavefreeError: Git refused.
    """
    folder = desk.path(RESTRICTED).rstrip("/")
    if os.path.lexists(folder):
        return
    try:
        repository = desk.repository
        if repository.git_dir == repository.common_dir:
            return
        first = repository.text("worktree", "list", "--porcelain").partition("\n")[0].removeprefix("worktree ")
        there = os.path.join(first, repository.prefix(desk.root), RESTRICTED).rstrip("/")
        inner = discovery.inside(there, repository)
        if inner is None:
            return
        branch = (repository.branch() or "").removeprefix("refs/heads/")
        if branch and inner.found(f"refs/heads/{branch}"):
            words = ["--", folder, branch]
        else:
            words = ["-b", branch, "--", folder] if branch else ["--detach", "--", folder]
        inner.text("worktree", "add", "--quiet", *words)
        os.chmod(folder, 0o700)
    except NoRepositoryError:
        return
    except (GitError, OSError) as error:
        raise SlavefreeError(f"What is restricted cannot be had in this work tree: {error}.") from None
    desk.looked_again()


def apart(desk: Desk) -> bytes:
    """Return the record of the partnership as it says that what is restricted has a repository of its own.

    Raises:
        InvalidError: It is not valid.
    """
    was = desk.records.partnership
    read = desk.reader.read(was)
    if read is None:
        raise InvalidError(f"{_shown(desk, places.MARKER)} has changed meanwhile; nothing is changed.")
    wanted = convert.merged(read.raw, was, changed(was, format=max(APART, was.format)))
    return edited(read.text, wanted).encode()


def _first_commit(made: Repository) -> str:
    """Return the first commit, the same in each restricted repository, so that two can be brought together."""
    has = {places.ATTRIBUTES: snapshots.kept(made, places.GITATTRIBUTES.encode())}
    nobody = ("NAME", "slavefree"), ("EMAIL", "nobody"), ("DATE", "2023-06-07T00:00:00Z")
    whoever = tuple((f"GIT_{who}_{what}", value) for who in ("AUTHOR", "COMMITTER") for what, value in nobody)
    by_nobody = made._replace(environment=(*made.environment, *whoever), settings=("commit.gpgSign=false",))
    return snapshots.committed(by_nobody, has, [], "Begin what is restricted", Trailers(BEGUN))


def _rules(desk: Desk) -> str:
    try:
        return files.read(desk.root, places.IGNORED).decode()
    except FileNotFoundError:
        return ""
    except (files.UnreadableError, UnicodeDecodeError):
        raise InvalidError(f"{_shown(desk, places.IGNORED)} cannot be read; nothing is changed.") from None


def _shown(desk: Desk, path: str) -> str:
    return places.shown(path, None, desk.root)
