"""The text of an invitation, and what is left out of it."""

from collections.abc import Iterator

from slavefree_cli.documents.blocks import Block, Heading, Line, Link, List, Paragraph, line, lines
from slavefree_cli.model.agenda import Numbered, running_order
from slavefree_cli.model.dates import clock
from slavefree_cli.model.kinds import Records
from slavefree_cli.model.meeting import Meeting
from slavefree_cli.model.text import counted, without_addresses


def description(meeting: Meeting, records: Records, *, private: bool = False, place: bool = True) -> Iterator[Block]:
    """Yield what an invitation says: venue, chair, running order and where to turn for help.

    Args:
        meeting: The meeting; a restricted item shows its place, time and length alone.
        records: The open records.
        private: Whether it goes to one person, who may have the link for joining.
        place: Whether it says where and when; without, it is the rest, to be compared.
    """

    def written(text: str) -> str:
        return said(text, meeting, records, private=private)

    head: list[Line] = []
    if meeting.venue and place:
        head += lines(f"Venue: {written(meeting.venue)}")
    if meeting.link and private:
        head.append(("Join by video: ", Link(meeting.link)))
    if meeting.chair:
        head += lines(f"Chair: {written(records.name(meeting.chair))}")
    if head:
        yield Paragraph(tuple(head))
    agenda = records.agendas.get(meeting.id)
    if agenda is not None and agenda.items:
        order = running_order(agenda.items, meeting.start if place else None)
        yield Heading(2, lines("Agenda"))
        yield List(tuple(line(written(_item(entry, records))) for entry in order), ordered=True)
    signposting = records.partnership.signposting
    foot = [*lines(written(signposting.text.strip()))] if signposting.text else []
    if signposting.url:
        foot.append((Link(signposting.url),) if private else line(_without_link(signposting.url, meeting)))
    if foot:
        yield Paragraph(tuple(foot))


def _item(entry: Numbered, records: Records) -> str:
    """Return what anyone may read of an item: of a restricted one its place, time and length alone."""
    item = entry.item
    starts = "" if entry.starts is None else f"{clock(entry.starts)} "
    lead = records.name(item.lead) if item.lead and not item.restricted else ""
    details = ", ".join(filter(None, [lead, counted(item.minutes, "minute") if item.minutes else ""]))
    return f"{starts}{item.public_title}" + (f" ({details})" if details else "")


def said(text: str, meeting: Meeting, records: Records, *, private: bool) -> str:
    """Return text without any address but the coordinator's, and unless it is private without the link for joining."""
    return without_addresses(text if private else _without_link(text, meeting), records.partnership.coordinator.email)


def _without_link(text: str, meeting: Meeting) -> str:
    return text.replace(meeting.link, "(joining link sent separately)") if meeting.link else text
