"""Who is invited to a meeting, and who of them has which version of the invitation."""

from collections.abc import Callable, Collection, Iterator
from datetime import date
from typing import Literal, NamedTuple

from slavefree_cli.model.attendance import Attendance, Unreached
from slavefree_cli.model.issue import Issue, address_of, latest
from slavefree_cli.model.kinds import Records
from slavefree_cli.model.meeting import Meeting
from slavefree_cli.model.member import Member
from slavefree_cli.model.person import Person
from slavefree_cli.model.sequence import Present, stands
from slavefree_cli.model.told import same_business, told_items

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
    former: bool = False
    """Whether it is an address that they had before, which is the one of ``invitee`` then."""
    times: bool = False
    """Whether they lack nothing, though the running times of the agenda are others than they have."""
    unreached: Unreached | None = None
    """That what they had did not reach them there."""


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


def invited(meeting: Meeting, records: Records) -> set[str]:
    """Return the ids of everybody who is invited to a meeting, or was."""
    return {each.id for each in invitees(meeting, records)}.union(*(each.to for each in records.issued(meeting.id)))


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
    present: Present, records: Records, *, over: bool = False, retold: Callable[[Issue], str] | None = None
) -> list[Standing]:
    """Return how everybody stands who is invited or was, by name; an address that somebody had before stands first.

    Args:
        present: The meeting as it would be issued now.
        records: The open records.
        over: Whether the meeting took place, so that nobody lacks anything.
        retold: Gives the digest of what one would say now with the running order of an earlier issue.
    """
    meeting, issues = present.meeting, records.issued(present.meeting.id)
    attendance = records.attendances.get(meeting.id) or Attendance(id=meeting.id)
    wanted = {} if meeting.status == "cancelled" else {each.id: each for each in invitees(meeting, records)}
    known = {id: anybody(id, records) for issue in issues for id in issue.to} | wanted
    found = []
    for id, invitee in sorted(known.items(), key=lambda each: _by_name(each[1])):
        for at, had in _by_address(invitee, issues):
            former = at.email != invitee.email
            holds = had is not None and had.method == "REQUEST"
            lacks: Lack | None = None
            times = False
            if over:
                lacks = None
            elif former or id not in wanted:
                lacks = "cancellation" if holds else None
            elif had is None or not holds:
                lacks = "invitation"
            else:
                otherwise = _otherwise(had, invitee, present, records, issues, retold)
                lacks, times = "update" if otherwise == "update" else None, otherwise == "times"
            if former or had is not None or id in wanted:
                unreached = attendance.unreached_at(id, at.email, had.stamp) if had else None
                found.append(Standing(at, id in wanted and not former, had, lacks, former, times, unreached))
    return found


def _by_address(invitee: Invitee, issues: Collection[Issue]) -> Iterator[tuple[Invitee, Issue | None]]:
    """Yield each address at which somebody got something, with the last of it, and then the one that they have."""
    had: dict[str, tuple[str | None, list[Issue]]] = {}
    own = (invitee.email or "").casefold()
    for issue in sorted((each for each in issues if invitee.id in each.to), key=lambda each: each.order):
        # What was issued before any address was kept went to the one that they have.
        address = address_of(issue, invitee.id, issues) or invitee.email
        had.setdefault((address or "").casefold(), (address, []))[1].append(issue)
    for address, those in (each for key, each in had.items() if key != own):
        yield invitee._replace(email=address), latest(those)
    yield invitee, latest(had[own][1]) if own in had else None


def _otherwise(
    had: Issue,
    invitee: Invitee,
    present: Present,
    records: Records,
    issues: Collection[Issue],
    retold: Callable[[Issue], str] | None,
) -> Literal["update", "times"] | None:
    """Tell whether somebody would be told something else now, or only that items begin or last otherwise."""
    if not stands(had, present, issues):
        return "update"
    was = had.people.get(invitee.id)
    if was is not None and (was.name, was.optional) != (invitee.name, invitee.optional):
        return "update"
    if had.content == present.content(True):
        return None
    now = told_items(records.agendas.get(present.meeting.id), records.name)
    times = had.organizer is not None and same_business(had.items, now) and retold and retold(had) == had.content
    return "times" if times else "update"


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
