"""What a record says once another record has a new id: every place that names it, and nothing else."""

from typing import Literal, TypeVar

import msgspec

from slavefree_cli.model.action import Action
from slavefree_cli.model.agenda import Agenda, RestrictedAgenda
from slavefree_cli.model.attendance import Attendance
from slavefree_cli.model.decision import Decision
from slavefree_cli.model.group import Group
from slavefree_cli.model.issue import Issue
from slavefree_cli.model.meeting import Meeting, RestrictedMeeting
from slavefree_cli.model.person import Person
from slavefree_cli.model.record import Record

Kind = Literal["party", "group", "meeting", "decision"]
"""What has the new id; a party is a member or a person, which share one set of slugs."""

R = TypeVar("R", bound=Record)


def renamed(record: R, kind: Kind, old: str, new: str) -> R:
    """Return a record with a new id in every place where it names another by the old one.

    Args:
        record: The record that names it, or does not.
        kind: What has the new id.
        old: The id that it had.
        new: The id that it has.
    """

    def one(id: str | None) -> str | None:
        return new if id == old else id

    def all_of(ids: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(new if id == old else id for id in ids)

    changes: dict[str, object] = {}
    if kind == "party":
        match record:
            case Person():
                changes = {"represents": {one(id): each for id, each in record.represents.items()}}
            case Group():
                changes = {"chair": one(record.chair), "members": all_of(record.members)}
            case Meeting():
                invitees = record.invitees
                invitees = msgspec.structs.replace(invitees, add=all_of(invitees.add), remove=all_of(invitees.remove))
                changes = {"chair": one(record.chair), "invitees": invitees}
            case Agenda() | RestrictedAgenda():
                items = {
                    slug: msgspec.structs.replace(item, lead=one(item.lead)) for slug, item in record.items.items()
                }
                changes = {"items": items}
            case Attendance():
                people = {
                    one(id): msgspec.structs.replace(
                        each, representing=one(each.representing), deputy_for=one(each.deputy_for)
                    )
                    for id, each in record.people.items()
                }
                changes = {"people": people}
            case Action():
                changes = {"owner": one(record.owner), "with_": all_of(record.with_)}
            case Issue():
                changes = {"to": all_of(record.to)}
    elif kind == "group" and isinstance(record, Meeting):
        changes = {"group": one(record.group)}
    elif kind == "meeting" and isinstance(record, Action | Decision):
        changes = {"meeting": one(record.meeting)}
    elif kind == "meeting" and isinstance(record, Meeting | RestrictedMeeting) and record.minutes is not None:
        changes = {"minutes": msgspec.structs.replace(record.minutes, at=one(record.minutes.at))}
    elif kind == "decision" and isinstance(record, Decision):
        changes = {"supersedes": one(record.supersedes)}
    return msgspec.structs.replace(record, **changes)
