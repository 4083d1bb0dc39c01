"""The other clones, by way of a remote of git: what they have is fetched, what is here is pushed, nothing is forced."""

import os
import shlex
from typing import NamedTuple

from slavefree_cli.errors import ConflictError, OutsideError
from slavefree_cli.git.process import GitError
from slavefree_cli.git.repository import Repository


class RejectedError(Exception):
    """The remote has something that was not fetched yet."""


class RewrittenError(ConflictError):
    """The remote has not in its history any more what was exchanged with it, as where something was purged."""


class Remote(NamedTuple):
    """Where the branch that is checked out is exchanged."""

    name: str
    branch: str
    """The branch that is checked out."""
    there: str
    """The branch on the remote, as ``refs/heads/main``."""
    tracked: str
    """Where git keeps what was fetched of it."""

    @property
    def shown(self) -> str:
        """What people know it by: ``origin/main``."""
        return f"{self.name}/{self.there.removeprefix('refs/heads/')}"

    @property
    def exchanged(self) -> str:
        """Where it is kept which commit both had when they were last alike."""
        return f"refs/slavefree/exchanged/{self.name}/{self.there.removeprefix('refs/heads/')}"

    def take(self, repository: Repository, ours: str) -> str | None:
        """Fetch what the remote has and return the commit of its branch, or None where it has none yet.

        Args:
            repository: The repository.
            ours: The commit that is here.

        Raises:
            OutsideError: It cannot be reached; nothing is changed.
            RewrittenError: What was exchanged with it is not in its history any more, and is here.
        """
        known = repository.found(self.exchanged) or repository.found(self.tracked)
        theirs = self.fetch(repository)
        if known and not (theirs and any(repository.is_before(each, theirs) for each in (known, ours))):
            # What git keeps of the remote is the new history from now on.
            repository.text("update-ref", self.exchanged, known)
            what = f"git -C {shlex.quote(os.path.relpath(repository.top))}"
            raise RewrittenError(
                f"{self.shown} was rewritten: what was exchanged with it is not in its history any more, as where "
                "something was purged. Nothing is pushed back, and nothing is changed here. To follow it, which loses "
                f"what is only here: {what} reset --hard {self.shown}. To put the old history back, if nobody meant to "
                f"take it away: {what} push --force {self.name}"
            )
        return theirs

    def alike(self, repository: Repository, commit: str) -> None:
        """Keep in mind which commit both have."""
        repository.text("update-ref", self.exchanged, commit)

    def fetch(self, repository: Repository) -> str | None:
        """Fetch what the remote has and return the commit of its branch, or None where it has none yet.

        Raises:
            OutsideError: It cannot be reached; nothing is changed.
        """
        shallow = repository.text("rev-parse", "--is-shallow-repository").strip() == "true"
        whole = ["--unshallow"] if shallow else []
        try:
            repository.output(
                "fetch", "--quiet", "--no-tags", "--prune", "--no-recurse-submodules", *whole, "--", self.name
            )
        except GitError as error:
            raise OutsideError(
                f"{self.name} cannot be reached: {error}. Nothing is changed here; try again when it can be."
            ) from None
        return repository.found(self.tracked)

    def push(self, repository: Repository, commit: str) -> None:
        """Have the remote's branch follow a commit that has it in its history.

        Raises:
            RejectedError: It got something else meanwhile.
            GitError: It, or a hook, refused, or it cannot be reached.
        """
        try:
            repository.output("push", "--quiet", "--porcelain", "--", self.name, f"{commit}:{self.there}")
        except GitError as error:
            now = self.fetch(repository)
            if now == commit:
                return
            if now is not None and not repository.is_before(now, commit):
                raise RejectedError from None
            raise GitError(str(error)) from None
        if repository.setting(f"branch.{self.branch}.merge") is None:
            repository.output("config", f"branch.{self.branch}.remote", self.name)
            repository.output("config", f"branch.{self.branch}.merge", self.there)


def remote_if_any(repository: Repository) -> Remote | None:
    """Return where the branch that is checked out is exchanged; None where there is no remote at all."""
    return remote_of(repository) if repository.text("remote").split() else None


def remote_of(repository: Repository) -> Remote:
    """Return where the branch that is checked out is exchanged.

    Raises:
        OutsideError: No branch is checked out, or there is no remote; the message says what to type.
    """
    branch = repository.branch()
    if branch is None:
        raise OutsideError(
            "No branch is checked out (git calls it a detached head), so there is nothing to exchange; nothing is "
            "changed. Check one out, as with: git switch main"
        )
    names = repository.text("remote").split()
    branch = branch.removeprefix("refs/heads/")
    name = repository.setting(f"branch.{branch}.remote")
    if name is None and names:
        name = "origin" if "origin" in names else names[0]
    if name not in names:
        raise OutsideError(
            "There is no remote to exchange with; nothing is changed. Make an empty repository where the others can "
            f"reach it (git init --bare --initial-branch={branch} FOLDER), then: git remote add origin FOLDER, and "
            "slavefree sync. The others begin with: git clone FOLDER"
        )
    there = repository.setting(f"branch.{branch}.merge") or f"refs/heads/{branch}"
    return Remote(name, branch, there, f"refs/remotes/{name}/{there.removeprefix('refs/heads/')}")
