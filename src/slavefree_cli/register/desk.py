"""What a command works on: a register that is read, the repository it lies in, and who is told."""

import os
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from slavefree_cli.model.kinds import RESTRICTED, Changes, Records, RestrictedRecords
from slavefree_cli.register.reader import Reader

if TYPE_CHECKING:
    from slavefree_cli.git.repository import Repository
    from slavefree_cli.model.rules import Finding


class Desk:
    """A register with its open records, at which one command works.

    What is restricted is reached by ``register.restricted`` alone.

    Args:
        root: The folder that holds ``partnership.toml``.
        commits: Whether what is written is committed.
        warn: Is told what went differently from what was asked, one sentence at a time.
        command: The command that is being run, for the history.
    """

    def __init__(
        self,
        root: str,
        *,
        commits: bool = True,
        warn: Callable[[str], None] = lambda _: None,
        command: str = "",
    ) -> None:
        self.root = os.path.realpath(root)
        self.commits = commits
        self.warn = warn
        self.command = command
        self.reader = self._reader()
        self.records = Records(self.reader)

    def _reader(self) -> Reader:
        return Reader(self.root)

    def hidden(self) -> RestrictedRecords:
        """What is restricted counts in what is wrong and for new codes, to whoever may read it: nothing, here."""
        return RestrictedRecords.holding()

    @cached_property
    def repository(self) -> "Repository":
        """The repository that the register lies in, found once.

        Raises:
            GitError: There is none to be had; the message says why.
        """
        from slavefree_cli.git import discovery

        return discovery.find(self.root)

    @cached_property
    def inner(self) -> "Repository | None":
        """The repository of what is restricted, inside the other; None where none is here.

        Raises:
            GitError: It, or the one around it, is not to be had; the message says why.
        """
        from slavefree_cli.git import discovery

        return discovery.inside(self.path(RESTRICTED).rstrip("/"), self.repository)

    @cached_property
    def is_in_git(self) -> bool:
        """Whether the register lies in a repository."""
        from slavefree_cli.git.process import GitError

        try:
            return bool(self.repository)
        except GitError:
            return False

    def looked_again(self) -> "Repository | None":
        """Return the restricted repository, looked for anew."""
        self.__dict__.pop("inner", None)
        return self.inner

    def errors(self, changes: Changes) -> "Iterator[Finding]":
        """Yield in what the records would not fit together with some of them changed; None takes one out."""
        from slavefree_cli.model import rules

        return rules.findings(self.records.with_changes(changes), self.hidden().with_changes(changes), "error")

    def codes(self) -> set[str]:
        """Return the random codes that are in use."""
        from slavefree_cli.model import rules

        return rules.codes(self.records, self.hidden())

    def path(self, place: str) -> str:
        """Return where a file of the register is on disk, by its path in it."""
        return os.path.join(self.root, place)
