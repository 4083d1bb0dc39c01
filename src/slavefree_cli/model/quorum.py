"""Whether a meeting could decide: as a whole, and at each decision as people come, go and leave for an interest."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from slavefree_cli.model.agenda import ordered
from slavefree_cli.model.attendance import Attendance, Attendee
from slavefree_cli.model.decision import Decision
from slavefree_cli.model.kinds import Records
from slavefree_cli.model.meeting import Meeting
from slavefree_cli.model.member import Member, current_members
from slavefree_cli.model.partnership import QuorumRule, Sector
from slavefree_cli.model.presence import Places, was_in


class Quorum(NamedTuple):
    """How many members were there, against what the terms of reference ask for."""

    needed: int | None
    sectors: tuple[Sector, ...]
    present: int
    missing: tuple[Sector, ...]
    """The sectors asked for of which nobody was there."""
    met: bool | None
    """None where the terms of reference ask for nothing."""


def quorum(
    rule: QuorumRule,
    attendance: Attendance,
    members: Mapping[str, Member],
    there: Callable[[Attendee], bool] = lambda _: True,
) -> Quorum:
    """Judge the quorum of a whole meeting: of all who came, at any time, or of those of them who were ``there``.

    Each member counts once: by its representative, by a named deputy, in the room or by video; and nobody counts for
    two members.

    Args:
        rule: What the terms of reference ask for.
        attendance: Who came and how.
        members: Those that are members on the day, by id.
        there: Tells of somebody who came whether they count.
    """
    present = {
        each.representing
        for each in attendance.people.values()
        if each.outcome == "present" and each.representing in members and there(each)
    }
    sectors = {members[member].sector for member in present if member is not None}
    missing = tuple(sector for sector in rule.sectors if sector not in sectors)
    met = None
    if rule.members is not None or rule.sectors:
        met = len(present) >= (rule.members or 0) and not missing
    return Quorum(rule.members, rule.sectors, len(present), missing, met)


def quorum_at(
    rule: QuorumRule, attendance: Attendance, members: Mapping[str, Member], order: Sequence[str], item: str
) -> Quorum:
    """Judge the quorum while an item is taken.

    Who was in the room for it counts; see ``presence.was_in``.

    Args:
        rule: What the terms of reference ask for.
        attendance: Who came and how.
        members: Those that are members on the day, by id.
        order: The slugs of the agenda in order.
        item: The slug of the item.
    """
    places = Places(order)
    return quorum(rule, attendance, members, lambda attendee: was_in(attendee, item, places))


def rule_of(meeting: Meeting, records: Records) -> QuorumRule:
    """Return the rule that a meeting is judged by: its group's, else the partnership's."""
    group = records.groups.get(meeting.group or "")
    return group.quorum if group else records.partnership.quorum


def of_meeting(meeting: Meeting, attendance: Attendance, records: Records) -> Quorum:
    """Judge the quorum of a whole meeting by its own rule, and the members that there were on its day."""
    return quorum(rule_of(meeting, records), attendance, current_members(records.members, meeting.date))


def at_decision(decision: Decision, records: Records) -> Quorum | None:
    """Judge the quorum at a decision, as a whole where it names no item; None where nobody's coming is recorded."""
    meeting = records.meetings.get(decision.meeting)
    attendance = records.attendances.get(decision.meeting)
    if meeting is None or attendance is None or not attendance.recorded:
        return None
    agenda = records.agendas.get(meeting.id)
    if agenda is None or decision.item not in agenda.items:
        return of_meeting(meeting, attendance, records)
    order = [slug for slug, _ in ordered(agenda.items)]
    members = current_members(records.members, meeting.date)
    return quorum_at(rule_of(meeting, records), attendance, members, order, decision.item)
