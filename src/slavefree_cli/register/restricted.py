"""The register together with its restricted tree, for the coordinator's own eyes.

Nothing that makes files for the public imports this module (a contract of import-linter).
"""

from slavefree_cli.model.records import RestrictedRecords
from slavefree_cli.register import layout
from slavefree_cli.register.store import Register


class WholeRegister(Register):
    """A register whose restricted records are read as well; where that folder is missing there are none."""

    NOT_OPENED = (".git",)

    def restricted_records(self) -> RestrictedRecords:
        """Return the restricted tree."""
        return RestrictedRecords(
            meetings=self.all(layout.RESTRICTED_MEETINGS),
            agendas=self.all(layout.RESTRICTED_AGENDAS),
            actions=self.all(layout.RESTRICTED_ACTIONS),
            decisions=self.all(layout.RESTRICTED_DECISIONS),
            unreadable=frozenset(bad.id for bad in self.bad() if bad.path.startswith(layout.RESTRICTED)),
        )
