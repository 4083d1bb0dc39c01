"""The records of both trees of a register, and what the rules between them ask for."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property

from slavefree_cli.model.agenda import Agenda
from slavefree_cli.model.kinds import Kind, Records, RestrictedRecords
from slavefree_cli.model.meeting import Approval, Meeting, RestrictedMeeting
from slavefree_cli.model.mentions import Mention, mentions
from slavefree_cli.model.partnership import APART
from slavefree_cli.model.record import ITEM, Record


class Trees:
    """The records of both trees, and what several rules ask of them."""

    def __init__(self, records: Records, restricted: RestrictedRecords) -> None:
        self.open = records
        self.restricted = restricted

    def kinds(self) -> Iterator[tuple[Kind[Record], Mapping[str, Record]]]:
        """Yield each kind of both trees with its records."""
        for tree in (self.open, self.restricted):
            yield from ((kind, tree.all(kind)) for kind in tree.kinds())

    def every(self) -> Iterator[Record]:
        """Yield every record of both trees."""
        yield from self.open.every()
        yield from self.restricted.every()

    @cached_property
    def missing(self) -> list[tuple[Record, Mention]]:
        """Every place that names a record which is not there, of whatever kind; items have rules of their own.

        What may be restricted may be in another clone alone, once what is restricted is kept apart.
        """
        ids: defaultdict[str, set[str]] = defaultdict(set)
        for kind, records in self.kinds():
            if kind.is_named:
                ids[kind.noun].update(records)
        apart = any(each.format >= APART for each in self.open.partnerships.values())
        elsewhere = {kind.noun for kind in self.restricted.kinds() if kind.coded} if apart else set()
        unreadable = self.open.unreadable | self.restricted.unreadable
        return [
            (record, mention)
            for record, mention in self._mentions
            if mention.ref is not ITEM
            and mention.id not in unreadable
            and elsewhere.isdisjoint(mention.ref.nouns)
            and not any(mention.id in ids[noun] for noun in mention.ref.nouns)
        ]

    @cached_property
    def items(self) -> list[tuple[Record, Mention, Agenda]]:
        """Every place that names an item, with the agenda of its meeting, where the meeting is there."""
        found = []
        for record, mention in self._mentions:
            of = record.of_meeting or ""
            if mention.ref is ITEM and of in self.open.meetings:
                found.append((record, mention, self.open.agendas.get(of) or Agenda(id=of)))
        return found

    @property
    def approvals(self) -> Iterator[tuple[Record, Approval, Meeting, Meeting]]:
        """Each record that says that minutes were approved: how, of which meeting, and at which."""
        kept: tuple[Meeting | RestrictedMeeting, ...]
        kept = (*self.open.meetings.values(), *self.restricted.meetings.values())
        for record in kept:
            of = self.open.meetings.get(record.id)
            at = self.open.meetings.get(record.minutes.at) if record.minutes else None
            if record.minutes and of and at:
                yield record, record.minutes, of, at

    @cached_property
    def _mentions(self) -> list[tuple[Record, Mention]]:
        return [(record, mention) for record in self.every() for mention in mentions(record)]
