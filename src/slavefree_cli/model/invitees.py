"""Who is invited to a meeting, and who of them has which version of the invitation."""

from collections.abc import Collection, Iterator
from datetime import date
from typing import Literal, NamedTuple

from slavefree_cli.model.issue import Issue, is_current, latest
from slavefree_cli.model.kinds import Records
from slavefree_cli.model.meeting import Meeting
from slavefree_cli.model.member import Member
from slavefree_cli.model.person import Person

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
    removed = set(meeting.invitees.remove)
    by_themselves = _by_themselves(meeting, records)
    found = {each.id: each for each in by_themselves if not _removed(each.id, removed, meeting, records)}
    for id in meeting.invitees.add:
        if id in records.members:
            found = {each.id: each for each in _of_member(id, meeting, records)} | found
        elif id in records.people:
            found.setdefault(id, _invited(records.people[id], optional=True))
    return sorted((each for id, each in found.items() if id not in removed), key=_by_name)


def written_to(id: str, records: Records, on: date) -> list[str]:
    """Return the ids of those who are written to about what a person or a member has taken on.

    A member without an address of its own is written to at those of the people who represent it on the day; at those of
    deputies where the others have none. Nobody where there is no address.
    """
    party = records.party(id)
    if party is not None and party.email is not None:
        return [id]
    if id not in records.members:
        return []
    people = [each for each in records.people.values() if each.email and id in each.represented(records.members, on)]
    return [each.id for each in people if not each.represents[id].deputy] or [each.id for each in people]


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
    known = {id: anybody(id, records) for issue in issues for id in issue.to} | wanted
    found = []
    for id, invitee in sorted(known.items(), key=lambda each: _by_name(each[1])):
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
    return found


def _by_themselves(meeting: Meeting, records: Records) -> Iterator[Invitee]:
    group = records.groups.get(meeting.group) if meeting.group else None
    # A group that cannot be read invites nobody, rather than everybody.
    of = group.members if group else () if meeting.group else tuple(records.members)
    for member in of:
        yield from _of_member(member, meeting, records)
    for chair in (meeting.chair, group.chair if group else None):
        if chair is not None and chair in records.people:
            yield _invited(records.people[chair])


def _of_member(id: str, meeting: Meeting, records: Records) -> Iterator[Invitee]:
    member = records.members.get(id)
    if member is None or not member.current(meeting.date):
        return
    people = [each for each in records.people.values() if id in each.represented(records.members, meeting.date)]
    for person in people:
        current = person.represented(records.members, meeting.date)
        yield _invited(person, optional=all(person.is_deputy(each, meeting.date) for each in current))
    if not people:
        yield _invited(member)


def _removed(id: str, removed: set[str], meeting: Meeting, records: Records) -> bool:
    """Tell whether somebody goes because every member that they represent does."""
    person = records.people.get(id)
    represented = person.represented(records.members, meeting.date) if person else []
    return bool(represented) and removed.issuperset(represented)


def _invited(party: Member | Person | Invitee, *, optional: bool = False) -> Invitee:
    return Invitee(party.id, party.name, party.email, optional)


def _by_name(invitee: Invitee) -> tuple[str, str]:
    return invitee.name.casefold(), invitee.id


def anybody(id: str, records: Records) -> Invitee:
    """Return a person or a member as one who is invited; of an id that is nobody's, only that."""
    return _invited(records.party(id) or Invitee(id, id, None))
