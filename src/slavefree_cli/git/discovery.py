"""Which repository a folder lies in, found once and safely: by its ``.git``, never by what else a folder holds."""

import os

from slavefree_cli.git import process
from slavefree_cli.git.process import GitError, NoRepositoryError
from slavefree_cli.git.repository import Repository


def find(folder: str) -> Repository:
    """Return the repository whose work tree holds a folder.

    Ordinary files can make a folder look like a bare repository, whose configuration git would obey
    (``safe.bareRepository`` in git-config): only a ``.git`` counts, which git takes from nobody. Git itself is asked
    where it leads, since it knows whose repositories it may touch (``safe.directory``).

    Raises:
        GitError: There is none, or no git program, or its settings come with its files; the message says which.
    """
    asked = ("--show-toplevel", "--absolute-git-dir", "--path-format=absolute", "--git-common-dir")
    try:
        lines = process.text(process.output(_level(folder), "rev-parse", *asked)).split("\n")
    except GitError as error:
        raise (NoRepositoryError(str(error)) if "not a git repository" in str(error) else error) from None
    if len(lines) != 4:
        raise GitError("the path of the repository has a line break in it, which cannot be told apart from its end")
    top, git_dir, common, _ = lines
    repository = Repository(os.path.realpath(top), git_dir, os.path.realpath(common))
    # A git before 2.38 does not know the setting that has it look for nothing else.
    if "GIT_DIR" not in os.environ and not os.path.lexists(os.path.join(repository.top, ".git")):
        raise NoRepositoryError(f"{git_dir} is no repository of yours, but a folder that looks like one")
    _refuse_settings_that_came(repository)
    return repository


def begin(folder: str, within: str) -> None:
    """Make a repository in a folder, where a folder within it has none to be found.

    Raises:
        GitError: Git refused, or there is no git program.
    """
    try:
        find(within)
    except GitError:
        # Two coordinators meet on one branch, whatever the git of each would call it.
        process.output(folder, "-c", "init.defaultBranch=main", "init", "--quiet")


def _level(folder: str) -> str:
    """Return the folder itself or the first above it with a ``.git``; the folder itself where there is none."""
    level = os.path.realpath(folder)
    while not os.path.lexists(os.path.join(level, ".git")):
        above = os.path.dirname(level)
        if above == level:
            return folder
        level = above
    return level


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
