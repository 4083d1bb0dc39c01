"""The git program: commits of a few paths, and the log.

The user's own configuration, hooks, signing and credentials stay in force. Paths are taken literally and stand behind
``--``; git never asks anything at the terminal.
"""

import os
import re
import subprocess
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import NamedTuple

TRAILER = "Slavefree-Command"
"""Tells the program's own commits from others."""

_LOCK_SECONDS = 2.0


class GitError(Exception):
    """Git refused; the message is what it said, on one line."""


class NoRepositoryError(GitError):
    """There is no git program, or the folder is in no repository."""


class Commit(NamedTuple):
    """A commit as the log tells it."""

    id: str
    at: str
    """When it was made, as ISO 8601 with an offset."""
    who: str
    subject: str
    command: str | None
    """The command that made it, of the program's own commits."""


class Repository(NamedTuple):
    """The work tree that a register lies in."""

    top: str
    git_dir: str
    common_dir: str

    def busy(self) -> str | None:
        """Return what is in progress (``merge``, ``rebase``, …), or None."""
        for name, what in (
            ("MERGE_HEAD", "merge"),
            ("CHERRY_PICK_HEAD", "cherry-pick"),
            ("REVERT_HEAD", "revert"),
            ("rebase-merge", "rebase"),
            ("rebase-apply", "rebase"),
        ):
            if os.path.exists(os.path.join(self.git_dir, name)):
                return what
        return None

    def identity_problem(self) -> str | None:
        """Return why git does not know who commits, or None."""
        for who in ("GIT_AUTHOR_IDENT", "GIT_COMMITTER_IDENT"):
            try:
                _run(self.top, "var", who)
            except GitError as error:
                return str(error)
        return None

    def prefix(self, folder: str) -> str:
        """Return what stands before the paths of a folder, with ``/`` at its end; nothing where it is the top."""
        path = os.path.relpath(folder, self.top).replace(os.sep, "/")
        return "" if path == "." else path + "/"

    def who(self) -> str:
        """Return the name under which this clone commits.

        Raises:
            GitError: Git does not know it.
        """
        return _run(self.top, "var", "GIT_AUTHOR_IDENT").partition(" <")[0]

    def states(self, paths: Sequence[str]) -> dict[str, str]:
        """Return the two-letter state (``git status --porcelain``) of each path that is not as committed."""
        out = _run(self.top, "status", "--porcelain=v1", "-z", "--no-renames", "--untracked-files=all", "--", *paths)
        return {os.path.join(self.top, entry[3:]): entry[:2] for entry in out.split("\0") if entry}

    def is_untracked(self, path: str) -> bool:
        """Tell whether git does not keep a file, whether it is told to ignore it or not."""
        return not _run(self.top, "ls-files", "-z", "--", path)

    def marked(self, paths: Sequence[str]) -> set[str]:
        """Return those of the paths whose changes git is told not to see (skip-worktree, assume-unchanged)."""
        listed = _run(self.top, "ls-files", "-v", "-z", "--", *paths).split("\0")
        return {os.path.join(self.top, each[2:]) for each in listed if each and (each[0] == "S" or each[0].islower())}

    def is_locked(self) -> bool:
        """Tell whether git is at work on the index, or left its lock."""
        return os.path.exists(os.path.join(self.git_dir, "index.lock"))

    def ignored(self, paths: Sequence[str]) -> set[str]:
        """Return those of the paths that git is told to ignore."""
        asked = "\0".join(paths).encode("utf-8", "surrogateescape")
        done = _start(self.top, ["check-ignore", "-z", "--stdin"], asked)
        if done.returncode not in {0, 1}:
            raise GitError(_one_line(text(done.stderr)))
        return {path for path in text(done.stdout).split("\0") if path}

    def commit(self, paths: Sequence[str], message: str, command: str) -> None:
        """Commit these paths alone; what is staged elsewhere stays staged.

        Raises:
            GitError: Git or a hook refused; the paths are staged no more than they were.
        """
        states = self.states(paths)
        new = [path for path in paths if states.get(path) == "??"]
        alike = self._alike([path for path in paths if states.get(path) == " M"])
        changed = [path for path in paths if path in states and path not in alike]
        if not changed:
            return
        if new:
            _run(self.top, "add", "--intent-to-add", "--", *new)
        try:
            _run(
                self.top, "commit", "--quiet", "--only", "--cleanup=whitespace", "--file=-", "--", *changed,
                stdin=f"{message}\n\n{TRAILER}: {command}\n",
            )  # fmt: skip
        except GitError:
            if new:
                _run(self.top, "rm", "--cached", "--quiet", "--force", "--", *new)
            raise

    def _alike(self, paths: Sequence[str]) -> set[str]:
        """Return those of the paths that are as committed but for line ends that git takes off again.

        Git calls a file changed whose size has changed, and then has nothing to commit.
        """
        if not paths:
            return set()
        out = _run(self.top, "diff", "--name-only", "-z", "--no-renames", "HEAD", "--", *paths)
        different = {os.path.join(self.top, name) for name in out.split("\0") if name}
        return set(paths) - different

    def head(self) -> str | None:
        """Return the commit that is checked out, or None where there is none yet."""
        try:
            return _run(self.top, "rev-parse", "--verify", "--quiet", "HEAD").strip()
        except GitError:
            return None

    def move(self, was: str, now: str) -> None:
        """Have the branch and the index follow the work tree from one commit to another; what is staged stays staged.

        Done twice it is done once.

        Raises:
            GitError: The branch is at neither of the two, or git refused.
        """
        if self.head() != now:
            _run(self.top, "update-ref", "-m", "slavefree sync", "HEAD", now, was)
        _run(self.top, "read-tree", "-i", "-m", was, now)
        _start(self.top, ["update-index", "-q", "--refresh"], b"")

    def unstage(self, paths: Sequence[str]) -> None:
        """Have the index say of these paths what the last commit says, where a git that was killed left it behind."""
        if self.head() is not None and paths:
            _run(self.top, "reset", "--quiet", "--", *paths)

    def clear_locks(self, since: float) -> None:
        """Take away the locks that git left when it was killed; one that is in use goes by itself before.

        Args:
            since: When what was killed began, in seconds since the epoch; older locks are somebody else's.
        """
        branch = text(_start(self.top, ["symbolic-ref", "--quiet", "HEAD"], b"").stdout).strip()
        names = [os.path.join(self.git_dir, "index"), os.path.join(self.git_dir, "HEAD")]
        names += [os.path.join(self.common_dir, *branch.split("/"))] if branch else []
        ends = time.monotonic() + _LOCK_SECONDS
        for lock in (f"{name}.lock" for name in names):
            with suppress(FileNotFoundError):
                while os.stat(lock).st_mtime >= since:
                    if time.monotonic() > ends:
                        os.unlink(lock)
                    time.sleep(0.05)

    def log(self, paths: Sequence[str], since: str | None = None, until: str = "HEAD") -> list[Commit]:
        """Return the commits that touched these paths, newest first.

        Args:
            paths: The paths.
            since: A commit; it and what it follows are left out.
            until: The commit that is the last.
        """
        if self.head() is None:
            return []
        reach = [until] if since is None else [until, f"^{since}"]
        # What one side of a merge overruled is history too.
        reach += ["--full-history", "--simplify-merges"]
        # Nothing in a commit can hold a NUL.
        form = f"%H%x00%cI%x00%an%x00%s%x00%(trailers:key={TRAILER},valueonly,separator=%x20)"
        cells = _run(self.top, "log", "-z", f"--format=tformat:{form}", *reach, "--", *paths).split("\0")
        return [
            Commit(id, at, who, subject, command.strip() or None)
            for id, at, who, subject, command in zip(*(iter(cells),) * 5, strict=False)
        ]


def is_commit_id(text: str) -> bool:
    """Tell whether this is the whole id of a commit."""
    return re.fullmatch(r"[0-9a-f]{40}(?:[0-9a-f]{24})?", text) is not None


def find(folder: str) -> Repository:
    """Return the repository whose work tree holds a folder.

    Raises:
        GitError: There is none, or no git program; the message says which.
    """
    try:
        out = _run(folder, "rev-parse", "--show-toplevel", "--absolute-git-dir", "--git-common-dir")
    except GitError as error:
        raise (NoRepositoryError(str(error)) if "not a git repository" in str(error) else error) from None
    lines = out.split("\n")
    if len(lines) != 4:
        raise GitError("the path of the repository has a line break in it, which cannot be told apart from its end")
    top, git_dir, common, _ = lines
    return Repository(os.path.realpath(top), git_dir, os.path.realpath(os.path.join(folder, common)))


def start(folder: str) -> Repository:
    """Make a repository in a folder and return it."""
    _run(folder, "init", "--quiet")
    return find(folder)


def merge_file(folder: str, arguments: Sequence[str]) -> bytes:
    """Return what ``git merge-file`` makes of three files in a folder; conflicts are marked in it.

    Raises:
        GitError: There is no git program, or it cannot merge them.
    """
    done = _start(folder, ["merge-file", "--stdout", *arguments], b"")
    # The exit code is the number of conflicts, 127 at most.
    if done.returncode > 127:
        raise GitError(_one_line(text(done.stderr)))
    return done.stdout


def output(folder: str, *arguments: str, stdin: bytes = b"", environment: Mapping[str, str] | None = None) -> bytes:
    """Return what git writes for some arguments.

    Args:
        folder: Where it runs.
        arguments: The command and what follows it; what people typed stands behind ``--`` or ``--end-of-options``.
        stdin: What it reads.
        environment: Variables that it sees besides.

    Raises:
        GitError: It failed; the message is what it said.
    """
    done = _start(folder, arguments, stdin, environment or {})
    if done.returncode:
        raise GitError(_one_line(text(done.stderr or done.stdout)) or _silent(arguments[0]))
    return done.stdout


def _run(folder: str, *arguments: str, stdin: str = "") -> str:
    return text(output(folder, *arguments, stdin=stdin.encode("utf-8", "surrogateescape")))


def text(said: bytes) -> str:
    """Return what git wrote as text, in which a path that is no UTF-8 stays the path it is."""
    return said.decode("utf-8", "surrogateescape")


def _start(
    folder: str, arguments: Sequence[str], stdin: bytes, besides: Mapping[str, str] | None = None
) -> "subprocess.CompletedProcess[bytes]":
    environment = {
        **os.environ,
        "GIT_TERMINAL_PROMPT": "0",
        # check-ignore takes paths and no patterns, and refuses to be told so.
        **({} if arguments[0] == "check-ignore" else {"GIT_LITERAL_PATHSPECS": "1"}),
        "GIT_OPTIONAL_LOCKS": "0",
        "LC_ALL": "C.UTF-8",
        **(besides or {}),
    }
    try:
        return subprocess.run(
            ["git", "-c", "core.quotePath=false", *arguments],
            cwd=folder,
            env=environment,
            input=stdin,
            capture_output=True,
            check=False,
        )
    except FileNotFoundError:
        gone = not os.path.isdir(folder)
        if gone:
            raise GitError(f"the folder {folder} is not there any more") from None
        raise NoRepositoryError("there is no git program") from None
    except OSError as error:
        raise GitError(str(error)) from None


def _silent(command: str) -> str:
    hooked = command in {"commit", "push"}
    return f"git {command} failed and said nothing" + (", as a hook that refuses may do" if hooked else "")


def _one_line(said: str) -> str:
    """Return the words of git that matter, on one line."""
    lines = [line.strip().removeprefix("remote: ").strip() for line in said.splitlines() if line.strip()]
    # It says that a push failed behind what a hook or the other side said of why.
    why = [line for line in lines if line and not line.startswith(("error: failed to push", "hint:", "To "))]
    lines = why or lines
    telling = [line for line in lines if line.startswith(("fatal:", "error:"))] or lines
    telling = [*telling[:3], *(f"if you trust it: {line}" for line in lines if "--add safe.directory" in line)]
    return "; ".join(re.sub(r"^(?:fatal|error): ", "", line).rstrip(".") for line in telling)
