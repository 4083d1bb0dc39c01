"""Which repository a folder lies in, found once and safely: by its ``.git``, never by what else a folder holds."""

import os
from typing import Final

from slavefree_cli.git import damage, process
from slavefree_cli.git.damage import DamagedError
from slavefree_cli.git.process import GitError, NoRepositoryError
from slavefree_cli.git.repository import Repository

_ASKED: Final = ("--show-toplevel", "--absolute-git-dir", "--path-format=absolute", "--git-common-dir")
_ALONE: Final = tuple(
    (f"GIT_{name}", "")
    for name in ("DIR", "WORK_TREE", "INDEX_FILE", "COMMON_DIR", "OBJECT_DIRECTORY", "NAMESPACE", "PREFIX")
)
"""What a hook of the repository around it is told, and must not be told of the one inside."""
_OF_WHOEVER_COMMITS: Final = r"^(user|author|committer|gpg)\.|^commit\.gpgsign$"


def find(folder: str) -> Repository:
    """Return the repository whose work tree holds a folder.

    Ordinary files can make a folder look like a bare repository, whose configuration git would obey
    (``safe.bareRepository`` in git-config): only a ``.git`` counts, which git takes from nobody. Git itself is asked
    where it leads, since it knows whose repositories it may touch (``safe.directory``).

    Raises:
        NoRepositoryError: There is none, or no git program.
        DamagedError: There is one, and it cannot be used.
        GitError: Git must not touch it, its settings come with its files, or the environment names another one; the
            message says which.
    """
    level = _level(folder)
    # Where this one is damaged, git would go on looking above it.
    only_here = (("GIT_CEILING_DIRECTORIES", os.path.dirname(level)),) if level else ()
    try:
        repository = _asked(level or folder, only_here)._replace(environment=())
    except NoRepositoryError:
        raise
    except GitError as error:
        raise _explained(level, error) from None
    if level is not None and "GIT_DIR" in os.environ:
        _refuse_another(level, repository)
    damage.refuse(repository.git_dir, repository.common_dir)
    # A git before 2.38 does not know the setting that has it look for nothing else.
    if "GIT_DIR" not in os.environ and not os.path.lexists(os.path.join(repository.top, ".git")):
        raise NoRepositoryError(f"{repository.git_dir} is no repository of yours, but a folder that looks like one")
    _refuse_settings_that_came(repository)
    return repository


def inside(folder: str, outer: Repository) -> Repository | None:
    """Return the repository whose uppermost folder is one inside the work tree of another; None where none is.

    Whoever commits in it and how it is signed is what the one around it says.

    Raises:
        GitError: It is damaged, or not one to be used; the message says why.
    """
    if not os.path.lexists(os.path.join(folder, ".git")):
        return None
    try:
        repository = _asked(folder, _ALONE)
    except NoRepositoryError:
        raise
    except GitError as error:
        raise _explained(folder, error) from None
    damage.refuse(repository.git_dir, repository.common_dir)
    if repository.top != os.path.realpath(folder) or os.path.islink(folder):
        raise GitError(f"{folder} is no repository of its own")
    _refuse_settings_that_came(repository)
    said = outer.listed("config", "--local", "--null", "--get-regexp", _OF_WHOEVER_COMMITS, fails=1)
    return repository._replace(settings=tuple(each.replace("\n", "=", 1) for each in said))


def begin_apart(folder: str, outer: Repository) -> Repository:
    """Make a repository in a folder, with the branch that another has checked out, and return it.

    Raises:
        GitError: Git refused.
    """
    branch = (outer.branch() or "refs/heads/main").removeprefix("refs/heads/")
    process.output(folder, "init", "--quiet", f"--initial-branch={branch}", environment=dict(_ALONE))
    return _asked(folder, _ALONE)


def begin_bare(folder: str) -> None:
    """Make a repository without a work tree, through which others exchange.

    Raises:
        GitError: Git refused.
    """
    process.output(folder, "init", "--quiet", "--bare", "--initial-branch=main", environment=dict(_ALONE))


def begin(folder: str, within: str) -> None:
    """Make a repository in a folder, where a folder within it has none to be found.

    Raises:
        DamagedError: There is one, and it cannot be used.
        GitError: Git refused, or there is no git program.
    """
    try:
        find(within)
    except DamagedError:
        raise
    except GitError:
        # Two coordinators meet on one branch, whatever the git of each would call it.
        process.output(folder, "-c", "init.defaultBranch=main", "init", "--quiet")


def _asked(folder: str, environment: tuple[tuple[str, str], ...] = ()) -> Repository:
    """Ask git which repository a folder lies in."""
    lines = process.text(process.output(folder, "rev-parse", *_ASKED, environment=dict(environment))).split("\n")
    if len(lines) != 4:
        raise GitError("the path of the repository has a line break in it, which cannot be told apart from its end")
    top, git_dir, common, _ = lines
    return Repository(os.path.realpath(top), git_dir, os.path.realpath(common), environment=environment)


def _level(folder: str) -> str | None:
    """Return the folder itself or the first above it with a ``.git``, or None."""
    level = os.path.realpath(folder)
    while not os.path.lexists(os.path.join(level, ".git")):
        above = os.path.dirname(level)
        if above == level:
            return None
        level = above
    return level


def _explained(level: str | None, error: GitError) -> GitError:
    """Return why there is no repository to be had: because there is none, it must not be touched or is damaged."""
    said = str(error)
    if level is None or "GIT_DIR" in os.environ:
        return NoRepositoryError(said) if "not a git repository" in said else error
    if "line break" in said or "dubious ownership" in said or any(path in said for path in _files_of_the_user()):
        return error
    # Git says that of a folder in which it looked for nothing but this .git.
    why = "its HEAD, or what belongs beside it, is empty or gone" if said.startswith("not a git repository (") else said
    return DamagedError(os.path.join(level, ".git"), why)


def _refuse_another(level: str, repository: Repository) -> None:
    """Refuse the repository that the environment names, as a hook has it, where the folder lies in one of its own.

    Raises:
        GitError: It does.
    """
    own = {"GIT_DIR": "", "GIT_WORK_TREE": "", "GIT_COMMON_DIR": "", "GIT_CEILING_DIRECTORIES": os.path.dirname(level)}
    found = process.output(level, "rev-parse", "--absolute-git-dir", environment=own)
    git_dir = os.path.realpath(process.text(found).removesuffix("\n"))
    if git_dir != os.path.realpath(repository.git_dir):
        raise GitError(f"GIT_DIR names {repository.git_dir}, and the register lies in {git_dir}; take GIT_DIR away")


def _refuse_settings_that_came(repository: Repository) -> None:
    """Refuse a repository whose settings include a file of its work tree: that one comes by git, and can name programs.

    Raises:
        GitError: It has such settings; the message names the file.
    """
    own = _files_of_the_user()
    files = [os.path.join(repository.common_dir, "config"), os.path.join(repository.git_dir, "config.worktree"), *own]
    if not any(map(_includes, files)):
        return
    # What comes by git into one work tree of a repository can be included by another.
    told = repository.text("worktree", "list", "--porcelain").splitlines()
    others = (line.removeprefix("worktree ") for line in told if line.startswith("worktree "))
    trees = {repository.top, *map(os.path.realpath, others)}
    listed = repository.text("config", "--list", "--show-origin", "--name-only", "-z")
    for origin in dict.fromkeys(listed.split("\0")[::2]):
        if not origin.startswith("file:"):
            continue
        path = os.path.realpath(os.path.join(repository.top, origin.removeprefix("file:")))
        inside = path.startswith(tuple(tree + os.sep for tree in trees))
        outside = path.startswith((repository.git_dir + os.sep, repository.common_dir + os.sep))
        if inside and not outside and path not in own:
            raise GitError(
                f"its settings include {os.path.relpath(path, repository.top)}, which comes with its files, so that "
                "anybody who shares them could have git run anything; take that include out: git config --edit"
            )


def _files_of_the_user() -> list[str]:
    """Return the user's own files of settings, which may lie in a repository of their home."""
    home = os.path.expanduser("~")
    folder = os.environ.get("XDG_CONFIG_HOME") or os.path.join(home, ".config")
    named = [os.environ.get("GIT_CONFIG_GLOBAL"), os.path.join(home, ".gitconfig"), os.path.join(folder, "git/config")]
    return [os.path.realpath(path) for path in named if path]


def _includes(path: str) -> bool:
    """Tell whether a file of settings may include another."""
    try:
        with open(path, "rb") as file:
            return b"include" in file.read().lower()
    except OSError:
        return False
