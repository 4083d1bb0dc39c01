"""The restricted tree, for the coordinator's own eyes.

Who may import this module is a list in a contract of import-linter; nothing that makes files for the public is on it.
"""

from collections.abc import Iterator, Mapping

from slavefree_cli.model import rules
from slavefree_cli.model.kinds import Kind, RestrictedRecords
from slavefree_cli.model.record import Record
from slavefree_cli.model.rules import Finding
from slavefree_cli.register.desk import Desk
from slavefree_cli.register.reader import Reader


class WholeReader(Reader):
    """Reads both trees; where the restricted folder is missing there is nothing in it."""

    NOT_OPENED = (".git",)
    READS_RESTRICTED = True


class WholeDesk(Desk):
    """A register with its restricted records as well."""

    def _reader(self) -> Reader:
        reader = WholeReader(self.root)
        self.restricted = RestrictedRecords(reader)
        return reader

    def errors(self, changes: Mapping[Kind[Record], Mapping[str, Record | None]]) -> Iterator[Finding]:
        """Yield the same of both trees."""
        return rules.errors(self.records.with_changes(changes), self.restricted.with_changes(changes))

    def codes(self) -> set[str]:
        """Return the codes of both trees."""
        return rules.codes(self.records, self.restricted)
