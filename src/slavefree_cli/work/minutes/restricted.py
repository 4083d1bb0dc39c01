"""Part Two: the minutes of what was taken in private, for the coordinator's own eyes.

Nothing that makes files for the public imports this module (a contract of import-linter).
"""

from collections.abc import Mapping

from slavefree_cli.errors import InvalidError
from slavefree_cli.minutes.gathered import Business
from slavefree_cli.model.agenda import RestrictedAgenda
from slavefree_cli.model.carry_over import matters_arising
from slavefree_cli.model.kinds import RESTRICTED
from slavefree_cli.model.meeting import Approval, Correction, RestrictedMeeting
from slavefree_cli.model.record import changed
from slavefree_cli.register.door import Change
from slavefree_cli.register.restricted import WholeDesk
from slavefree_cli.work.minutes.volume import Minutes


class RestrictedMinutes(Minutes):
    """The minutes of a meeting's restricted items, and of the restricted actions that come back to it.

    Raises:
        InvalidError: It has neither, or they are not in this clone.
    """

    NOUN = "restricted minutes"
    TEMPLATE = "part-two"
    RESTRICTED = True
    OPTION = " --restricted"

    def __init__(self, desk: WholeDesk, meeting: str) -> None:
        super().__init__(desk, meeting)
        self._restricted = desk.restricted
        hidden = desk.restricted.actions.values()
        arising = matters_arising(hidden, self.meeting, desk.records.meetings)
        if not self._secrets.items and not arising and self.content is None:
            raise InvalidError(
                f"{self.meeting.title} has no restricted items in this clone, and none comes back to it. "
                f"Add one with: slavefree agenda add {meeting} TITLE --restricted REASON"
            )

    @property
    def approval(self) -> Approval | None:
        """That they were approved, if they were."""
        return self._kept.minutes

    @property
    def corrections(self) -> Mapping[str, Correction]:
        """The addenda by their codes."""
        return self._kept.corrections

    @property
    def business(self) -> Business:
        """What is minuted."""
        hidden = self._restricted
        return Business(hidden.actions, hidden.decisions, self.approval, self._secrets.items)

    @property
    def agenda(self) -> list[tuple[int, str, str]]:
        """The number, slug and title of each item that has a heading in them."""
        secrets = self._secrets.items
        return [(each.number, each.slug, secrets[each.slug].title) for each in self._order if each.slug in secrets]

    @property
    def elsewhere(self) -> set[str]:
        """The slugs of the items that are minuted elsewhere: none has a heading here."""
        return set()

    def save_approval(self, change: Change, approval: Approval) -> None:
        """Save that they were approved."""
        self._keep(change, changed(self._kept, minutes=approval))

    def save_correction(self, change: Change, code: str, correction: Correction) -> None:
        """Save an addendum."""
        self._keep(change, changed(self._kept, corrections={**self.corrections, code: correction}))

    def _path(self, meeting: str) -> str:
        return f"{RESTRICTED}{meeting}/minutes.md"

    @property
    def _secrets(self) -> RestrictedAgenda:
        return self._restricted.agendas.get(self.id) or RestrictedAgenda(id=self.id)

    @property
    def _kept(self) -> RestrictedMeeting:
        return self._restricted.meetings.get(self.id) or RestrictedMeeting(id=self.id)

    def _keep(self, change: Change, record: RestrictedMeeting) -> None:
        change.save(record, self._restricted.meetings.get(self.id))
