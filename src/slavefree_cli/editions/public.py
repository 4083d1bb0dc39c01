"""What anyone may see: made from the open records alone, so that nothing restricted can come in."""

from slavefree_cli.editions.edition import Edition, Entry
from slavefree_cli.model.agenda import Agenda, ordered
from slavefree_cli.model.kinds import Records
from slavefree_cli.model.meeting import Meeting


def edition(meeting: Meeting, records: Records) -> Edition:
    """Return what anyone may see of a meeting, which is what Part One of its minutes is about."""
    return Edition(meeting, meeting, agenda(meeting, records), records.actions, records.decisions)


def agenda(meeting: Meeting, records: Records) -> list[Entry]:
    """Return the items of a meeting in order; of a restricted one nothing but its place."""
    found = records.agendas.get(meeting.id) or Agenda(id=meeting.id)
    return [
        Entry(number, slug, item.public_title, item.lead, item.purpose, item.papers, item.restricted)
        for number, (slug, item) in enumerate(ordered(found.items), 1)
    ]
