"""The restricted tree, for the coordinator's own eyes.

Who may import this module is a list in a contract of import-linter; nothing that makes files for the public is on it.
"""

import os

from slavefree_cli.model.kinds import RESTRICTED, RestrictedRecords
from slavefree_cli.model.partnership import APART
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

    @property
    def is_elsewhere(self) -> bool:
        """Whether there is something restricted, and not in this work tree."""
        if os.path.lexists(self.path(RESTRICTED).rstrip("/")):
            return False
        return any(each.format >= APART for each in self.records.partnerships.values())

    def hidden(self) -> RestrictedRecords:
        return self.restricted
