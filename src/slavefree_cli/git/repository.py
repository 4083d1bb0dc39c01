"""A repository of git: commits of a few paths, and the log."""

import os
import re
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import NamedTuple

from slavefree_cli.git import process
from slavefree_cli.git.process import GitError

TRAILER = "Slavefree-Command"
"""Tells the program's own commits from others."""
CHANGE = "Slavefree-Change"
"""Has in common the commits that one command made in two repositories."""
RESTRICTED = "Slavefree-Restricted"
"""What became restricted by a commit: its kind, and its id or what its slug was."""

_LOCK_SECONDS = 2.0


class Commit(NamedTuple):
    """A commit as the log tells it."""

    id: str
    at: str
    """When it was made, as ISO 8601 with an offset."""
    who: str
    subject: str
    command: str | None
    """The command that made it, of the program's own commits."""
    change: str | None = None
    """What it has in common with a commit of another repository that the same command made."""
    restricted: tuple[str, ...] = ()
    """What became restricted by it: each its kind, and its id or what its slug was."""


class Trailers(NamedTuple):
    """What a commit says below its message, for programs."""

    command: str
    change: str | None = None
    restricted: tuple[str, ...] = ()

    def below(self, message: str) -> str:
        """Return a message with them."""
        lines = [f"{TRAILER}: {self.command}"]
        lines += [f"{CHANGE}: {self.change}"] if self.change else []
        lines += [f"{RESTRICTED}: {each}" for each in self.restricted]
        return f"{message}\n\n" + "".join(f"{line}\n" for line in lines)


class Repository(NamedTuple):
    """The work tree that a register lies in."""

    top: str
    git_dir: str
    common_dir: str
    settings: tuple[str, ...] = ()
    """Settings that hold in it besides its own, each as ``key=value``."""
    environment: tuple[tuple[str, str], ...] = ()
    """Variables that git sees in it besides; one that is empty is taken away."""

    def output(
        self, *arguments: str, stdin: bytes = b"", environment: Mapping[str, str] | None = None, fails: int = 0
    ) -> bytes:
        """Return what git writes for some arguments, in this repository and no other; see ``process.output``."""
        named = [word for setting in self.settings for word in ("-c", setting)]
        named.append(f"--git-dir={self.git_dir}")
        # The user's hooks would inherit it, and carry it into another repository that they go to; where git runs, it
        # is what git takes anyway.
        if arguments[0] not in {"commit", "push"}:
            named.append(f"--work-tree={self.top}")
        seen = {**dict(self.environment), **(environment or {})}
        return process.output(self.top, *named, *arguments, stdin=stdin, environment=seen, fails=fails)

    def text(
        self, *arguments: str, stdin: str = "", environment: Mapping[str, str] | None = None, fails: int = 0
    ) -> str:
        """Return the same as text; see ``process.text``."""
        asked = stdin.encode("utf-8", "surrogateescape")
        return process.text(self.output(*arguments, stdin=asked, environment=environment, fails=fails))

    def listed(self, *arguments: str, fails: int = 0) -> list[str]:
        """Return what git lists with a NUL behind each."""
        return self.text(*arguments, fails=fails).split("\0")[:-1]

    def answer(self, *arguments: str) -> str | None:
        """Return what git says on one line, or None where it refuses."""
        try:
            return self.text(*arguments).strip()
        except GitError:
            return None

    def setting(self, key: str) -> str | None:
        """Return a setting of this repository or of whoever runs this, or None."""
        return self.answer("config", "--get", key) or None

    def is_set(self, key: str) -> bool:
        """Tell whether a setting is on."""
        return self.answer("config", "--type=bool", "--get", key) == "true"

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
                self.text("var", who)
            except GitError as error:
                return str(error)
        return None

    def holds(self, folder: str) -> bool:
        """Tell whether a folder lies in the work tree, and not among git's own files."""
        inside = os.path.join(folder, "")
        return inside.startswith(self.top + os.sep) and not inside.startswith(self.git_dir + os.sep)

    def prefix(self, folder: str) -> str:
        """Return what stands before the paths of a folder, with ``/`` at its end; nothing where it is the top."""
        path = os.path.relpath(folder, self.top).replace(os.sep, "/")
        return "" if path == "." else path + "/"

    def who(self) -> str:
        """Return the name under which this clone commits.

        Raises:
            GitError: Git does not know it.
        """
        return self.text("var", "GIT_AUTHOR_IDENT").partition(" <")[0]

    def states(self, paths: Sequence[str]) -> dict[str, str]:
        """Return the two-letter state (``git status --porcelain``) of each path that is not as committed."""
        found = self.listed(
            "status",
            "--porcelain=v1",
            "--ignore-submodules=all",
            "-z",
            "--no-renames",
            "--untracked-files=all",
            "--",
            *paths,
        )
        return {os.path.join(self.top, entry[3:]): entry[:2] for entry in found}

    def is_untracked(self, path: str) -> bool:
        """Tell whether git does not keep a file, whether it is told to ignore it or not."""
        return not self.text("ls-files", "-z", "--", path)

    def marked(self, paths: Sequence[str]) -> set[str]:
        """Return those of the paths whose changes git is told not to see (skip-worktree, assume-unchanged)."""
        found = self.listed("ls-files", "-v", "-z", "--", *paths)
        return {os.path.join(self.top, each[2:]) for each in found if each[0] == "S" or each[0].islower()}

    def is_locked(self) -> bool:
        """Tell whether git is at work on the index, or left its lock."""
        return os.path.exists(os.path.join(self.git_dir, "index.lock"))

    def ignored(self, paths: Sequence[str]) -> set[str]:
        """Return those of the paths that git is told to ignore."""
        # It takes paths and no patterns, and refuses to be told so.
        patterns = {"GIT_LITERAL_PATHSPECS": ""}
        found = self.text("check-ignore", "-z", "--stdin", stdin="\0".join(paths), environment=patterns, fails=1)
        return set(found.split("\0")[:-1])

    def commit(self, paths: Sequence[str], message: str, trailers: Trailers) -> None:
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
            self.text("add", "--intent-to-add", "--", *new)
        try:
            self.text(
                "commit", "--quiet", "--only", "--cleanup=whitespace", "--file=-", "--", *changed,
                stdin=trailers.below(message),
            )  # fmt: skip
        except GitError:
            if new:
                self.text("rm", "--cached", "--quiet", "--force", "--", *new)
            raise
        with suppress(GitError):
            self._follow(changed)

    def _follow(self, paths: Sequence[str]) -> None:
        """Have the index say what the last commit says of what a hook added to it.

        With ``--only`` a hook adds to an index of that commit alone (githooks, pre-commit), and the other one is left
        with what was there before the hook: it looks as if somebody had staged its opposite. What somebody did stage
        elsewhere stays staged.

        Args:
            paths: What the commit was asked for.
        """
        behind = set(filter(None, self.text("diff-index", "--cached", "--name-only", "-z", "HEAD").split("\0")))
        if not behind:
            return
        own = {os.path.relpath(path, self.top).replace(os.sep, "/") for path in paths}
        try:
            staged = self.text("diff-index", "--cached", "--name-only", "-z", "HEAD^")
        except GitError:
            # Before the first commit, whatever is in the index was staged.
            staged = self.text("ls-files", "-z")
        self.unstage(sorted(behind - (set(staged.split("\0")) - own)))

    def _alike(self, paths: Sequence[str]) -> set[str]:
        """Return those of the paths that are as committed but for line ends that git takes off again.

        Git calls a file changed whose size has changed, and then has nothing to commit.
        """
        if not paths:
            return set()
        different = self.listed(
            "diff",
            "--name-only",
            "--ignore-submodules=all",
            "--no-ext-diff",
            "-z",
            "--no-renames",
            "HEAD",
            "--",
            *paths,
        )
        return set(paths).difference(os.path.join(self.top, name) for name in different)

    def head(self) -> str | None:
        """Return the commit that is checked out, or None where there is none yet."""
        return self.found("HEAD")

    def found(self, named: str) -> str | None:
        """Return the id of the commit that somebody named, or None where there is none."""
        return self.answer("rev-parse", "--verify", "--quiet", "--end-of-options", f"{named}^{{commit}}")

    def parents(self, commit: str) -> list[str]:
        """Return the ids of the commits that a commit follows."""
        return self.text("rev-parse", f"{commit}^@").split()

    def is_before(self, commit: str, other: str) -> bool:
        """Tell whether another commit has a commit in its history, or is it."""
        return self.answer("merge-base", "--is-ancestor", commit, other) is not None

    def fork(self, one: str, other: str) -> str | None:
        """Return the newest commit that two have in common, or None."""
        found = self.answer("merge-base", one, other)
        return found and found.split()[0]

    def branch(self) -> str | None:
        """Return the branch that is checked out, as ``refs/heads/main``, or None."""
        # Not its short name, which is another where a tag is called the same.
        return self.answer("symbolic-ref", "--quiet", "HEAD")

    def move(self, was: str, now: str) -> None:
        """Have the branch and the index follow the work tree from one commit to another; what is staged stays staged.

        Done twice it is done once.

        Raises:
            GitError: The branch is at neither of the two, or git refused.
        """
        if self.head() != now:
            self.text("update-ref", "-m", "slavefree sync", "HEAD", now, was)
        self.text("read-tree", "-i", "-m", was, now)
        with suppress(GitError):
            self.text("update-index", "-q", "--refresh")

    def unstage(self, paths: Sequence[str]) -> None:
        """Have the index say of these paths what the last commit says, where a git that was killed left it behind."""
        if self.head() is not None and paths:
            self.text("reset", "--quiet", "--", *paths)

    def clear_locks(self, since: float) -> None:
        """Take away the locks that git left when it was killed; one that is in use goes by itself before.

        Args:
            since: When what was killed began, in seconds since the epoch; older locks are somebody else's.
        """
        names = [os.path.join(self.git_dir, "index"), os.path.join(self.git_dir, "HEAD")]
        names += [os.path.join(self.common_dir, *branch.split("/"))] if (branch := self.branch()) else []
        ends = time.monotonic() + _LOCK_SECONDS
        for lock in (f"{name}.lock" for name in names):
            with suppress(FileNotFoundError):
                while os.stat(lock).st_mtime >= since:
                    if time.monotonic() > ends:
                        os.unlink(lock)
                    time.sleep(0.05)

    def log(
        self, paths: Sequence[str], since: str | None = None, until: str = "HEAD", *, restricting: bool = False
    ) -> list[Commit]:
        """Return the commits that touched these paths, newest first.

        Args:
            paths: The paths.
            since: A commit; it and what it follows are left out.
            until: The commit that is the last.
            restricting: Whether only those are wanted by which something became restricted.
        """
        if self.head() is None:
            return []
        reach = [until] if since is None else [until, f"^{since}"]
        # What one side of a merge overruled is history too.
        reach += [f"--grep=^{RESTRICTED}: "] if restricting else ["--full-history", "--simplify-merges"]
        # Nothing in a commit can hold a NUL.
        below = "".join(f"%x00%(trailers:key={key},valueonly,separator=%x0A)" for key in (TRAILER, CHANGE, RESTRICTED))
        cells = self.listed("log", "-z", f"--format=tformat:%H%x00%cI%x00%an%x00%s{below}", *reach, "--", *paths)
        return [
            Commit(
                id,
                # Git takes from others a commit that has no date which can be read.
                at if at[:1].isdecimal() else "1970-01-01T00:00:00Z",
                who,
                subject,
                " ".join(command.split()) or None,
                change.strip() or None,
                tuple(restricted.splitlines()),
            )
            for id, at, who, subject, command, change, restricted in zip(*(iter(cells),) * 7, strict=True)
        ]


def is_commit_id(text: str) -> bool:
    """Tell whether this is the whole id of a commit."""
    return re.fullmatch(r"[0-9a-f]{40}(?:[0-9a-f]{24})?", text) is not None
