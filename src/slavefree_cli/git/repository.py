"""A repository of git: commits of a few paths, and the log."""

import hashlib
import os
import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from itertools import starmap
from typing import NamedTuple

from slavefree_cli.git import locks, process
from slavefree_cli.git.commit import RESTRICTED, SEEN, Commit, Trailers, readable, told
from slavefree_cli.git.parts import parts, pathspecs
from slavefree_cli.git.process import GitError
from slavefree_cli.model.history import in_history


class Repository(NamedTuple):
    """The work tree that a register lies in."""

    top: str
    git_dir: str
    common_dir: str
    settings: tuple[str, ...] = ()
    """Settings that hold in it besides its own, each as ``key=value``."""
    environment: tuple[tuple[str, str], ...] = ()
    """Variables that git sees in it besides; one that is empty is taken away."""

    @property
    def folders(self) -> tuple[str, str, str]:
        """Where it is: the work tree, and git's own folders for it."""
        return self.top, self.git_dir, self.common_dir

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
        return readable(self.output("var", "GIT_AUTHOR_IDENT")).partition(" <")[0]

    def states(self, paths: Sequence[str]) -> dict[str, str]:
        """Return the two-letter state (``git status --porcelain``) of each path that is not as committed.

        One that is, but for line ends which git takes off again, is as committed, whatever git calls it.
        """
        said = self._said_of(paths)
        alike = self._alike(said)
        return {path: state for path, state in said.items() if path not in alike}

    def settled(self, paths: Sequence[str]) -> dict[str, str]:
        """Return the same, and have git see it too; within the lock of whoever writes.

        Raises:
            GitError: Git refused.
        """
        said = self._said_of(paths)
        if alike := self._alike(said):
            for part in parts(sorted(alike)):
                self.text("add", "--", *part)
        return {path: state for path, state in said.items() if path not in alike}

    def _said_of(self, paths: Sequence[str]) -> dict[str, str]:
        arguments = ("--porcelain=v1", "--ignore-submodules=all", "-z", "--no-renames", "--untracked-files=all")
        found = [each for part in parts(paths) for each in self.listed("status", *arguments, "--", *part)]
        return {os.path.join(self.top, entry[3:]): entry[:2] for entry in found}

    def is_untracked(self, path: str) -> bool:
        """Tell whether git does not keep a file, whether it is told to ignore it or not."""
        return not self.text("ls-files", "-z", "--", path)

    def marked(self, paths: Sequence[str]) -> set[str]:
        """Return those of the paths whose changes git is told not to see (skip-worktree, assume-unchanged)."""
        found = [each for part in parts(paths) for each in self.listed("ls-files", "-v", "-z", "--", *part)]
        return {os.path.join(self.top, each[2:]) for each in found if each[0] == "S" or each[0].islower()}

    def is_locked(self) -> bool:
        """Tell whether git is at work on the index, also when that was waited for, or left its lock."""
        lock = os.path.join(self.git_dir, "index.lock")
        locks.wait([lock], self.folders)
        return os.path.exists(lock)

    def ignored(self, paths: Sequence[str]) -> set[str]:
        """Return those of the paths that git is told to ignore."""
        # It takes paths and no patterns, and refuses to be told so.
        patterns = {"GIT_LITERAL_PATHSPECS": ""}
        found = self.text("check-ignore", "-z", "--stdin", stdin="\0".join(paths), environment=patterns, fails=1)
        return set(found.split("\0")[:-1])

    def not_ignored(self, paths: Sequence[str]) -> dict[str, str]:
        """Return those of the paths that git would not ignore if it did not have them, each with the rule that says so.

        The rule is told as ``.gitignore:3``; there is none where nothing is said of the path.
        """
        patterns = {"GIT_LITERAL_PATHSPECS": ""}
        asked = ("check-ignore", "--no-index", "--verbose", "--non-matching", "-z", "--stdin")
        said = self.text(*asked, stdin="\0".join(paths), environment=patterns, fails=1).split("\0")[:-1]
        found = zip(*(iter(said),) * 4, strict=True)
        return {path: line and f"{file}:{line}" for file, line, rule, path in found if not rule or rule[0] == "!"}

    def commit(self, paths: Sequence[str], message: str, trailers: Trailers) -> None:
        """Commit these paths alone; what is staged elsewhere stays staged.

        A hook that formats what is committed and then fails, as pre-commit has them, is asked once more: what it wrote
        is what it wants committed.

        Raises:
            GitError: Git or a hook refused; the paths are staged no more than they were.
        """
        self.is_locked()
        states = self.settled(paths)
        new = [path for path in paths if states.get(path) == "??"]
        changed = [path for path in paths if path in states]
        if not changed:
            return
        for part in parts(new):
            self.text("add", "--intent-to-add", "--", *part)
        arguments = ("commit", "--quiet", "--only", "--cleanup=whitespace", "--file=-")
        said = trailers.below(in_history(message))
        written = _digests(changed)
        try:
            with pathspecs(changed) as these:
                try:
                    self.text(*arguments, *these, stdin=said)
                except GitError:
                    if _digests(changed) == written:
                        raise
                    self.text(*arguments, *these, stdin=said)
        except GitError:
            for part in parts(new):
                self.text("rm", "--cached", "--quiet", "--force", "--", *part)
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

    def _alike(self, states: Mapping[str, str]) -> set[str]:
        """Return those of some paths in these states that are as committed but for line ends that git takes off.

        Git calls a file changed whose size has changed, and then has nothing to commit.
        """
        paths = [path for path, state in states.items() if state == " M"]
        arguments = ("--name-only", "--ignore-submodules=all", "--no-ext-diff", "-z", "--no-renames", "HEAD")
        different = [each for part in parts(paths) for each in self.listed("diff", *arguments, "--", *part)]
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
        if self.head() is not None:
            for part in parts(paths):
                self.text("reset", "--quiet", "--", *part)

    def clear_locks(self, since: float) -> None:
        """Take away the locks that git left when it was killed; see ``locks.clear``.

        Raises:
            GitError: One is not to be had.
        """
        names = [os.path.join(self.git_dir, "index"), os.path.join(self.git_dir, "HEAD")]
        names += [os.path.join(self.common_dir, *branch.split("/"))] if (branch := self.branch()) else []
        try:
            locks.clear([f"{name}.lock" for name in names], self.folders, since)
        except locks.HeldError as error:
            raise GitError(str(error)) from None

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
        # As bytes: nothing in a commit can hold a NUL, but git would write one for what some encodings hold.
        form = "%x00".join(SEEN)
        said = self.output("log", "-z", "--encoding=none", f"--format=tformat:{form}", *reach, "--", *paths)
        return list(starmap(told, zip(*(iter(said.split(b"\0")[:-1]),) * len(SEEN), strict=True)))


def _digests(paths: Sequence[str]) -> list[bytes | None]:
    """Return what tells whether files hold the same as before; None for one that cannot be read."""
    found: list[bytes | None] = []
    for path in paths:
        try:
            with open(path, "rb") as file:
                found.append(hashlib.file_digest(file, "sha256").digest())
        except OSError:
            found.append(None)
    return found


def is_commit_id(text: str) -> bool:
    """Tell whether this is the whole id of a commit."""
    return re.fullmatch(r"[0-9a-f]{40}(?:[0-9a-f]{24})?", text) is not None
