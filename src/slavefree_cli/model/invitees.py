"""Who is invited to a meeting, and who of them has which version of the invitation."""

from collections.abc import Collection, Iterator
from typing import Literal, NamedTuple

from slavefree_cli.model.issue import Issue, is_current, latest
from slavefree_cli.model.kinds import Records
from slavefree_cli.model.meeting import Meeting

Lack = Literal["invitation", "update", "cancellation"]
"""What somebody has to be sent."""


class Invitee(NamedTuple):
    """A person, or the mailbox of a member that has no people."""

    id: str
    name: str
    email: str | None
    optional: bool = False
    """A deputy or a guest: OPT-PARTICIPANT."""


class Standing(NamedTuple):
    """Somebody's place in an invitation: whether they are invited, what they have, and what they lack."""

    invitee: Invitee
    invited: bool
    had: Issue | None
    """The last issue that went to them."""
    lacks: Lack | None


def invitees(meeting: Meeting, records: Records) -> list[Invitee]:
    """Return who is invited, by name: the current representatives of everybody or of the meeting's group.

    Whoever represents a member on the day of the meeting counts. The chair is invited; deputies and guests are
    optional; a member with a mailbox and no people is invited by the mailbox. What ``[invitees]`` adds comes on top,
    and what it removes goes; a person added by name stays where only their member is removed.
    """
    found = dict(_by_themselves(meeting, records))
    removed = set(meeting.invitees.remove)
    found = {id: each for id, each in found.items() if not _removed(id, removed, meeting, records)}
    for id in meeting.invitees.add:
        if id in records.members:
            found = {**dict(_of_member(id, meeting, records)), **found}
        elif id in records.people:
            found.setdefault(id, _person(id, records, optional=True))
    wanted = (each for id, each in found.items() if id not in removed)
    return sorted(wanted, key=lambda each: (each.name.casefold(), each.id))


def standings(
    meeting: Meeting, records: Records, issues: Collection[Issue], content: str, *, over: bool = False
) -> list[Standing]:
    """Return how everybody stands who is invited or was, by name.

    Args:
        meeting: The meeting.
        records: The open records.
        issues: What was issued of this meeting.
        content: The digest of what an invitation says now, besides when and where.
        over: Whether the meeting took place, so that nobody lacks anything.
    """
    timezone = records.partnership.timezone
    wanted = {} if meeting.status == "cancelled" else {each.id: each for each in invitees(meeting, records)}
    known = dict(wanted)
    for id in sorted({id for issue in issues for id in issue.to}):
        known.setdefault(id, _anybody(id, records))
    found = []
    for id, invitee in known.items():
        had = latest(issue for issue in issues if id in issue.to)
        holds = had is not None and had.method == "REQUEST"
        lacks: Lack | None = None
        if over:
            lacks = None
        elif id not in wanted:
            lacks = "cancellation" if holds else None
        elif had is None or not holds:
            lacks = "invitation"
        elif not is_current(had, meeting, content, issues, timezone):
            lacks = "update"
        found.append(Standing(invitee, id in wanted, had, lacks))
    return sorted(found, key=lambda each: (each.invitee.name.casefold(), each.invitee.id))


def _by_themselves(meeting: Meeting, records: Records) -> Iterator[tuple[str, Invitee]]:
    group = records.groups.get(meeting.group) if meeting.group else None
    # A group that cannot be read invites nobody, rather than everybody.
    of = group.members if group else () if meeting.group else tuple(records.members)
    for member in of:
        yield from _of_member(member, meeting, records)
    for chair in (meeting.chair, group.chair if group else None):
        if chair is not None and chair in records.people:
            yield chair, _person(chair, records, optional=False)


def _of_member(id: str, meeting: Meeting, records: Records) -> Iterator[tuple[str, Invitee]]:
    member = records.members.get(id)
    if member is None or not member.current(meeting.date):
        return
    people = [each for each in records.people.values() if id in each.represented(records.members, meeting.date)]
    for person in people:
        current = person.represented(records.members, meeting.date)
        yield person.id, _person(person.id, records, optional=all(person.represents[each].deputy for each in current))
    if not people:
        yield id, Invitee(id, member.name, member.email)


def _removed(id: str, removed: set[str], meeting: Meeting, records: Records) -> bool:
    """Tell whether somebody goes because every member that they represent does."""
    person = records.people.get(id)
    represented = person.represented(records.members, meeting.date) if person else []
    return bool(represented) and removed.issuperset(represented)


def _person(id: str, records: Records, *, optional: bool) -> Invitee:
    person = records.people[id]
    return Invitee(id, person.name, person.email, optional)


def _anybody(id: str, records: Records) -> Invitee:
    party = records.party(id)
    return Invitee(id, party.name, party.email) if party else Invitee(id, id, None)
