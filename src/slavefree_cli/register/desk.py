"""What a command works on: a register that is read, the repository it lies in, and who is told."""

import os
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from slavefree_cli.model.kinds import Changes, Records, RestrictedRecords
from slavefree_cli.register.reader import Reader

if TYPE_CHECKING:
    from slavefree_cli.git.process import GitError
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
        self._repository: Repository | GitError | None = None

    def _reader(self) -> Reader:
        return Reader(self.root)

    def _hidden(self) -> RestrictedRecords:
        """What is restricted counts in what is wrong and for new codes, to whoever may read it: nothing, here."""
        return RestrictedRecords.holding()

    @property
    def repository(self) -> "Repository":
        """The repository that the register lies in, found once.

        Raises:
            GitError: There is none to be had; the message says why.
        """
        from slavefree_cli.git import discovery
        from slavefree_cli.git.process import GitError

        if self._repository is None:
            try:
                self._repository = discovery.find(self.root)
            except GitError as error:
                self._repository = error
        if isinstance(self._repository, GitError):
            raise self._repository
        return self._repository

    def begin_history(self, folder: str) -> None:
        """Make a repository in a folder that holds the register, where it lies in none.

        Raises:
            GitError: Git refused, or there is no git program.
        """
        from slavefree_cli.git import discovery
        from slavefree_cli.git.process import GitError

        try:
            _ = self.repository
        except GitError:
            self._repository = discovery.start(folder)

    def errors(self, changes: Changes) -> "Iterator[Finding]":
        """Yield in what the records would not fit together with some of them changed; None takes one out."""
        from slavefree_cli.model import rules

        return rules.findings(self.records.with_changes(changes), self._hidden().with_changes(changes), "error")

    def codes(self) -> set[str]:
        """Return the random codes that are in use."""
        from slavefree_cli.model import rules

        return rules.codes(self.records, self._hidden())

    def path(self, place: str) -> str:
        """Return where a file of the register is on disk, by its path in it."""
        return os.path.join(self.root, place)
