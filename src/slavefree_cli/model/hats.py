"""For which member somebody sits at a meeting who represents several, or came in somebody's place."""

from slavefree_cli.model.attendance import Attendee
from slavefree_cli.model.kinds import Records
from slavefree_cli.model.meeting import Meeting


def hats(person: str, attendee: Attendee, meeting: Meeting, records: Records) -> list[str]:
    """Return the members for which somebody can sit at a meeting; they sit for the first unless they say otherwise.

    Those in whose place they came come first, then those that they represent on the day, as nobody's deputy before as a
    deputy; at the meeting of a group its own members before others. Nobody counts for two members at once.

    Args:
        person: Who.
        attendee: Whose place they came in.
        meeting: The meeting.
        records: The open records.
    """
    return [member for _, member in _ranked(person, attendee, meeting, records)]


def choice(person: str, attendee: Attendee, meeting: Meeting, records: Records) -> list[str]:
    """Return the members between which somebody has to be asked; none where it is plain for which they sit.

    It is plain where they represent one alone as nobody's deputy, or came in the place of one and represent no other.
    """
    ranked = _ranked(person, attendee, meeting, records)
    equal = [member for rank, member in ranked if rank == ranked[0][0]]
    return equal if len(equal) > 1 else []


def _ranked(person: str, attendee: Attendee, meeting: Meeting, records: Records) -> list[tuple[tuple[bool, bool], str]]:
    """Return the members for which somebody can sit, each with its rank: those of the lowest are to be asked about."""
    group, day = records.groups.get(meeting.group or ""), meeting.date
    ranks: dict[str, tuple[bool, bool]] = {}
    for id in (*attendee.came_for, person):
        who = records.people.get(id)
        for member in who.represented(records.members, day) if who else ():
            outside = group is not None and member not in group.members
            as_deputy = who is not None and who.is_deputy(member, day)
            ranks.setdefault(member, (outside, as_deputy))
    return sorted(((rank, member) for member, rank in ranks.items()), key=lambda entry: entry[0])
