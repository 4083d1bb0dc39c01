"""Who is invited to one meeting besides those whom it invites by itself, and who is not."""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from slavefree_cli.model.dates import short
from slavefree_cli.model.invitees import invitees
from slavefree_cli.model.kinds import Records
from slavefree_cli.model.meeting import Invitees, Meeting
from slavefree_cli.model.member import Member
from slavefree_cli.model.person import Person
from slavefree_cli.model.record import changed
from slavefree_cli.register import door
from slavefree_cli.register.desk import Desk
from slavefree_cli.work.records import find

Party = Member | Person
Decide = Callable[[Records, Meeting, Party], Invitees]
"""Returns the list as it shall be."""


class Changed(NamedTuple):
    """What became of a list of people."""

    meeting: Meeting
    done: list[Party]
    already: list[Party]
    """For whom it was so before."""


def add(desk: Desk, meeting: Meeting, typed: Sequence[str]) -> Changed:
    """Invite people, or the people of members, to this meeting as well.

    Raises:
        NotFoundError: One of them is not known; nobody is invited.
    """

    def decide(records: Records, before: Meeting, party: Party) -> Invitees:
        add, remove = before.invitees.add, _less(before.invitees.remove, party.id)
        if not _invited(records, changed(before, invitees=Invitees(add=add, remove=remove)), party):
            add = (*add, party.id)
        return Invitees(add=add, remove=remove)

    return _change(desk, meeting, typed, "Invite {} to {}", decide)


def remove(desk: Desk, meeting: Meeting, typed: Sequence[str]) -> Changed:
    """Take people, or the people of members, off the list of this meeting.

    Raises:
        NotFoundError: One of them is not known; nobody is taken off.
    """

    def decide(records: Records, before: Meeting, party: Party) -> Invitees:
        add, remove = _less(before.invitees.add, party.id), _less(before.invitees.remove, party.id)
        if _invited(records, changed(before, invitees=Invitees(add=add, remove=remove)), party):
            remove = (*remove, party.id)
        return Invitees(add=add, remove=remove)

    return _change(desk, meeting, typed, "Take {} off the list of {}", decide)


def _change(desk: Desk, meeting: Meeting, typed: Sequence[str], message: str, decide: Decide) -> Changed:
    with door.opened(desk) as opened:
        records = desk.records
        before = records.meetings[meeting.id]
        made, done, already = before, list[Party](), list[Party]()
        for party in (find.party(desk, each) for each in typed):
            given = decide(records, made, party)
            (already if given == made.invitees else done).append(party)
            made = changed(made, invitees=given)
        names = ", ".join(party.name for party in done)
        opened.save(message.format(names, f"{made.title} on {short(made.date)}"), made, before)
    return Changed(made, done, already)


def _invited(records: Records, meeting: Meeting, party: Party) -> bool:
    """Tell whether a person is invited, or of a member anybody."""
    ids = {each.id for each in invitees(meeting, records)}
    if party.id in ids:
        return True
    return isinstance(party, Member) and any(
        party.id in person.represented(records.members, meeting.date)
        for id, person in records.people.items()
        if id in ids
    )


def _less(ids: Iterable[str], id: str) -> tuple[str, ...]:
    return tuple(each for each in ids if each != id)
