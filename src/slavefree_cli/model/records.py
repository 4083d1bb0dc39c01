"""The records of a register taken together, at one moment.

The open tree and the restricted tree are two types. What makes files for the public takes ``Records`` and so cannot be
given anything restricted; what the coordinator alone sees takes both.
"""

from collections.abc import Mapping

import msgspec

from slavefree_cli.model.action import Action
from slavefree_cli.model.agenda import Agenda, RestrictedAgenda
from slavefree_cli.model.attendance import Attendance
from slavefree_cli.model.decision import Decision
from slavefree_cli.model.group import Group
from slavefree_cli.model.issue import Issue
from slavefree_cli.model.meeting import Meeting, RestrictedMeeting
from slavefree_cli.model.member import Member
from slavefree_cli.model.partnership import Partnership
from slavefree_cli.model.person import Person


class Records(msgspec.Struct, frozen=True, kw_only=True):
    """The open tree; each kind by id."""

    partnership: Partnership
    members: Mapping[str, Member] = {}
    people: Mapping[str, Person] = {}
    groups: Mapping[str, Group] = {}
    meetings: Mapping[str, Meeting] = {}
    agendas: Mapping[str, Agenda] = {}
    attendances: Mapping[str, Attendance] = {}
    actions: Mapping[str, Action] = {}
    decisions: Mapping[str, Decision] = {}
    issues: Mapping[str, Issue] = {}
    unreadable: frozenset[str] = frozenset()
    """The ids of records that are there and cannot be read: naming one is no mistake."""

    def party(self, id: str) -> Member | Person | None:
        """Return the member or person with this id; they share one set of slugs."""
        return self.people.get(id) or self.members.get(id)

    def issued(self, meeting: str) -> list[Issue]:
        """Return what was issued of a meeting, named by its id."""
        return [each for each in self.issues.values() if each.of == meeting]

    def name(self, id: str) -> str:
        """Return the name of a member or person, or the id itself where there is none."""
        party = self.party(id)
        return party.name if party else id


class RestrictedRecords(msgspec.Struct, frozen=True, kw_only=True):
    """The restricted tree; each kind by id."""

    meetings: Mapping[str, RestrictedMeeting] = {}
    agendas: Mapping[str, RestrictedAgenda] = {}
    actions: Mapping[str, Action] = {}
    decisions: Mapping[str, Decision] = {}
    unreadable: frozenset[str] = frozenset()
