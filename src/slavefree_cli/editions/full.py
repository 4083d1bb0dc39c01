"""What the coordinator alone may see: what is restricted, put where the open records have nothing but its place."""

from slavefree_cli.editions import public
from slavefree_cli.editions.edition import Edition
from slavefree_cli.model.agenda import RestrictedAgenda
from slavefree_cli.model.kinds import Records, RestrictedRecords
from slavefree_cli.model.meeting import Meeting, RestrictedMeeting


def part_two(meeting: Meeting, records: Records, hidden: RestrictedRecords) -> Edition:
    """Return what Part Two of the minutes of a meeting is about: what is restricted, and nothing else."""
    secrets = (hidden.agendas.get(meeting.id) or RestrictedAgenda(id=meeting.id)).items
    agenda = [
        each._replace(title=it.title, lead=it.lead, purpose=it.purpose, papers=it.papers, reason=it.reason)
        for each in public.agenda(meeting, records)
        if (it := secrets.get(each.slug)) is not None
    ]
    kept = hidden.meetings.get(meeting.id) or RestrictedMeeting(id=meeting.id)
    return Edition(meeting, kept, agenda, hidden.actions, hidden.decisions)
