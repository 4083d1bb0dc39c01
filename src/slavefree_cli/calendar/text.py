"""The text of an invitation."""

from collections.abc import Iterator, Mapping, Sequence

from slavefree_cli.documents.blocks import Block, Heading, Line, Link, List, Paragraph, line, lines
from slavefree_cli.model.dates import clock
from slavefree_cli.model.kinds import Records
from slavefree_cli.model.meeting import Meeting
from slavefree_cli.model.text import counted
from slavefree_cli.model.told import Running, ToldItem, told_items, told_order
from slavefree_cli.model.updates import Update


def description(
    meeting: Meeting,
    records: Records,
    *,
    private: bool = False,
    place: bool = True,
    items: Mapping[str, ToldItem] | None = None,
    changes: Sequence[Update] = (),
) -> Iterator[Block]:
    """Yield what an invitation says: what changed, venue, chair, running order and where to turn for help.

    It is as it was typed, and goes through ``editions/outward`` before anybody else reads it.

    Args:
        meeting: The meeting; a restricted item shows its place, time and length alone.
        records: The open records.
        private: Whether it goes to one person, who may have the link for joining.
        place: Whether it says where and when; without, it is the rest, to be compared.
        items: The agenda as it was told before, where that is meant.
        changes: What is otherwise than in the invitation before; anyone is told of when and where alone.
    """
    told = [each for each in changes if private or each.whereabouts]
    if told:
        yield Heading(2, lines("What has changed"))
        yield List(tuple(line(each.sentence) for each in told))
    head: list[Line] = []
    if meeting.venue and place:
        head += lines(f"Venue: {meeting.venue}")
    if meeting.link and private:
        head.append(("Join by video: ", Link(meeting.link)))
    if meeting.chair:
        head += lines(f"Chair: {records.name(meeting.chair)}")
    if head:
        yield Paragraph(tuple(head))
    if items is None:
        items = told_items(records.agendas.get(meeting.id), records.name)
    if items:
        order = told_order(items, meeting.start if place else None)
        yield Heading(2, lines("Agenda"))
        yield List(tuple(line(_item(entry)) for entry in order), ordered=True)
    signposting = records.partnership.signposting
    foot = [*lines(signposting.text.strip())] if signposting.text else []
    if signposting.url:
        foot.append((Link(signposting.url),))
    if foot:
        yield Paragraph(tuple(foot))


def _item(entry: Running) -> str:
    item = entry.item
    starts = "" if entry.starts is None else f"{clock(entry.starts)} "
    details = ", ".join(filter(None, [item.lead, counted(item.minutes, "minute") if item.minutes else ""]))
    return f"{starts}{item.said}" + (f" ({details})" if details else "")
