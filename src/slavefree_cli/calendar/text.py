"""The text of an invitation, and what is left out of it."""

from slavefree_cli.model.agenda import Numbered, running_order
from slavefree_cli.model.dates import clock
from slavefree_cli.model.kinds import Records
from slavefree_cli.model.meeting import Meeting
from slavefree_cli.model.text import without_addresses


def description(meeting: Meeting, records: Records, *, private: bool = False, place: bool = True) -> str:
    """Return what an invitation says in plain text: venue, chair, running order and where to turn for help.

    Args:
        meeting: The meeting; a restricted item shows its place, time and length alone.
        records: The open records.
        private: Whether it goes to one person, who may have the link for joining.
        place: Whether it says where and when; without, it is the rest, to be compared.
    """

    def written(text: str) -> str:
        return said(text, meeting, records, private=private)

    blocks: list[list[str]] = [[]]
    if meeting.venue and place:
        blocks[0].append(f"Venue: {written(meeting.venue)}")
    if meeting.link and private:
        blocks[0].append(f"Join by video: {meeting.link}")
    if meeting.chair:
        blocks[0].append(f"Chair: {written(records.name(meeting.chair))}")
    agenda = records.agendas.get(meeting.id)
    if agenda and agenda.items:
        order = running_order(agenda.items, meeting.start if place else None)
        blocks.append(["Agenda", *(written(_line(entry, records)) for entry in order)])
    signposting = records.partnership.signposting
    foot = [written(signposting.text.strip())] if signposting.text else []
    if signposting.url:
        foot.append(signposting.url if private else _without_link(signposting.url, meeting))
    blocks.append(foot)
    return "\n\n".join("\n".join(lines) for lines in blocks if lines)


def said(text: str, meeting: Meeting, records: Records, *, private: bool) -> str:
    """Return text without any address but the coordinator's, and unless it is private without the link for joining."""
    return without_addresses(text if private else _without_link(text, meeting), records.partnership.coordinator.email)


def _line(entry: Numbered, records: Records) -> str:
    """Return an item as a line; of a restricted one its place, time and length alone."""
    item = entry.item
    words = [f"{entry.number}."]
    if entry.starts is not None:
        words.append(clock(entry.starts))
    words.append(item.public_title)
    details = []
    if item.lead and not item.restricted:
        details.append(records.name(item.lead))
    if item.minutes:
        details.append("1 minute" if item.minutes == 1 else f"{item.minutes} minutes")
    if details:
        words.append(f"({', '.join(details)})")
    return " ".join(words)


def _without_link(text: str, meeting: Meeting) -> str:
    return text.replace(meeting.link, "(joining link sent separately)") if meeting.link else text
