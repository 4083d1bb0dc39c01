"""An agenda, as everybody may read it."""

from collections.abc import Callable, Iterable, Iterator

from slavefree_cli.documents.blocks import Block, Heading, List, line, lines
from slavefree_cli.model.agenda import Numbered
from slavefree_cli.model.dates import clock
from slavefree_cli.model.kinds import Records
from slavefree_cli.model.text import counted


def agenda(order: Iterable[Numbered], records: Records, said: Callable[[str], str]) -> Iterator[Block]:
    """Yield the running order; of a restricted item its place, time and length alone. Nothing where there is none.

    Args:
        order: The items, each with its number and time.
        records: The open records, for who leads an item.
        said: What may be read of a text.
    """
    if items := tuple(line(said(_item(entry, records))) for entry in order):
        yield Heading(2, lines("Agenda"))
        yield List(items, ordered=True)


def _item(entry: Numbered, records: Records) -> str:
    item = entry.item
    starts = "" if entry.starts is None else f"{clock(entry.starts)} "
    lead = records.name(item.lead) if item.lead and not item.restricted else ""
    details = ", ".join(filter(None, [lead, counted(item.minutes, "minute") if item.minutes else ""]))
    return f"{starts}{item.public_title}" + (f" ({details})" if details else "")
