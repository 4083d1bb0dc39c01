"""Who is invited to one meeting besides those whom it invites by itself, and who is not."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

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
    return _change(desk, meeting, typed, "Invite {} to {}", invited=True)


def remove(desk: Desk, meeting: Meeting, typed: Sequence[str]) -> Changed:
    """Take people, or the people of members, off the list of this meeting.

    Raises:
        NotFoundError: One of them is not known; nobody is taken off.
    """
    return _change(desk, meeting, typed, "Take {} off the list of {}", invited=False)


def _change(desk: Desk, meeting: Meeting, typed: Sequence[str], message: str, *, invited: bool) -> Changed:
    with door.opened(desk) as opened:
        records = desk.records
        before = records.meetings[meeting.id]
        made, done, already = before, list[Party](), list[Party]()
        for party in (find.party(desk, each, before, whole=not invited) for each in typed):
            after = _with(made, party, records, invited=invited)
            (already if after == made else done).append(party)
            made = after
        names = ", ".join(party.name for party in done)
        opened.save(message.format(names, made.dated), made, before)
    return Changed(made, done, already)


def _with(meeting: Meeting, party: Party, records: Records, *, invited: bool) -> Meeting:
    """Return a meeting with a party invited or not, named in its list only where it is not so by itself."""
    add, remove = meeting.invitees.add, _less(meeting.invitees.remove, party.id)
    if not invited:
        add = _less(add, party.id)
    by_itself: Meeting = changed(meeting, invitees=Invitees(add=add, remove=remove))
    if _invited(records, by_itself, party) == invited:
        return by_itself
    named = Invitees(add=(*add, party.id), remove=remove) if invited else Invitees(add=add, remove=(*remove, party.id))
    return changed(meeting, invitees=named)


def _invited(records: Records, meeting: Meeting, party: Party) -> bool:
    """Tell whether a person is invited, or of a member anybody."""
    ids = {each.id for each in invitees(meeting, records)}
    people = (records.people[id] for id in ids if id in records.people)
    return party.id in ids or any(party.id in each.represented(records.members, meeting.date) for each in people)


def _less(ids: Iterable[str], id: str) -> tuple[str, ...]:
    return tuple(each for each in ids if each != id)
