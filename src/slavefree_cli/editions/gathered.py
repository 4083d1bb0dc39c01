"""The variables of a minutes template, gathered from the records for an edition."""

from collections.abc import Collection, Iterable, Sequence

from slavefree_cli.editions import public
from slavefree_cli.editions.edition import Edition, Entry
from slavefree_cli.editions.outward import Outward
from slavefree_cli.editions.variables import (
    ActionShown,
    AwayShown,
    DecisionShown,
    ItemShown,
    MeetingShown,
    NoteShown,
    PeopleShown,
    PersonShown,
    QuorumShown,
    SignpostingShown,
    Variables,
)
from slavefree_cli.model import carry_over
from slavefree_cli.model.action import Action
from slavefree_cli.model.agenda import business
from slavefree_cli.model.answers import members_with_apologies, with_apologies
from slavefree_cli.model.attendance import Attendance, Attendee, people_block
from slavefree_cli.model.dates import clock, local, short, spoken
from slavefree_cli.model.decision import Decision, superseded_by
from slavefree_cli.model.hats import hats
from slavefree_cli.model.kinds import Records
from slavefree_cli.model.meeting import Approval, Meeting, following
from slavefree_cli.model.person import owner_left
from slavefree_cli.model.quorum import at_decision, of_meeting
from slavefree_cli.model.record import in_order


def gathered(edition: Edition, records: Records, minuted: Collection[str], standing: Sequence[str] = ()) -> Variables:
    """Return what a minutes template is given.

    Args:
        edition: What may be seen of the meeting.
        records: The open records.
        minuted: The ids of the meetings that have minutes.
        standing: The codes that stand in the minutes themselves, in their order.
    """
    meeting = edition.meeting
    gatherer = _Gatherer(edition, records)
    raised = [each for each in in_order(edition.actions.values()) if each.meeting == meeting.id]
    taken = gatherer.as_taken((each for each in edition.decisions.values() if each.meeting == meeting.id), standing)
    closed = carry_over.closed_since(edition.actions.values(), meeting, records.meetings)
    arising = carry_over.matters_arising(edition.actions.values(), meeting, records.meetings)
    after = following(meeting, records.meetings.values())
    found = Variables(
        partnership=records.partnership.name,
        meeting=gatherer.meeting(meeting, edition.kept.minutes),
        people=gatherer.people(),
        quorum=gatherer.quorum(),
        items=[gatherer.item(each, raised, taken) for each in edition.agenda],
        decisions=[gatherer.decision(each) for each in taken],
        actions=[gatherer.action(each) for each in raised],
        matters_arising=[gatherer.action(each) for each in arising],
        closed_since=[gatherer.action(each) for each in closed],
        for_approval=[
            gatherer.meeting(each, each.minutes)
            for each in carry_over.for_approval(meeting, records.meetings.values(), minuted)
        ],
        next_meeting=f"{spoken(after.date)}, {_time(after)}" if after else "to be confirmed",
        signposting=SignpostingShown(
            text=records.partnership.signposting.text or "", url=records.partnership.signposting.url or ""
        ),
    )
    return Outward(records).every(found) if edition.is_outward else found


class _Gatherer:
    """The records of one meeting at hand."""

    def __init__(self, edition: Edition, records: Records) -> None:
        self._meeting = meeting = edition.meeting
        self._decisions = edition.decisions
        self._records = records
        self._numbers = {each.slug: each.number for each in public.agenda(meeting, records)}
        self._attendance = records.attendances.get(meeting.id) or Attendance(id=meeting.id)

    def as_taken(self, taken: Iterable[Decision], standing: Sequence[str]) -> list[Decision]:
        """Return the decisions of the meeting in the order in which they stand in its minutes.

        One that does not stand there comes after those of its agenda item and of the items before; without an item,
        last.
        """
        places = {code: place for place, code in reversed([*enumerate(standing)])}
        last = len(self._numbers) + 1
        in_agenda = sorted(in_order(taken), key=lambda each: self._numbers.get(each.item or "", last))
        found = sorted((each for each in in_agenda if each.id in places), key=lambda each: places[each.id])
        for each in in_agenda:
            if each.id not in places:
                number = self._numbers.get(each.item or "", last)
                before = [
                    place for place, one in enumerate(found, 1) if self._numbers.get(one.item or "", last) <= number
                ]
                found.insert(max(before, default=0), each)
        return found

    def meeting(self, meeting: Meeting, approval: Approval | None) -> MeetingShown:
        at = self._records.meetings.get(approval.at) if approval else None
        return MeetingShown(
            title=meeting.title,
            date=spoken(meeting.date),
            time=_time(meeting),
            venue=meeting.venue or "to be confirmed",
            approved=short(approval.approved) if approval else "",
            approved_at=at.title if at else "",
        )

    def item(self, entry: Entry, raised: list[Action], taken: list[Decision]) -> ItemShown:
        return ItemShown(
            number=entry.number,
            title=entry.title,
            restricted=entry.restricted,
            reason=entry.reason,
            lead=self._name(entry.lead),
            purpose=entry.purpose or "",
            papers=list(entry.papers),
            business=business(entry.slug),
            decisions=[self.decision(each) for each in taken if each.item == entry.slug],
            actions=[self.action(each) for each in raised if each.item == entry.slug],
        )

    def action(self, action: Action) -> ActionShown:
        raised_here = action.meeting == self._meeting.id
        status = carry_over.status_at(action, self._meeting, self._records.meetings)
        # In the line of an action that was raised here the names stay as they are read again.
        named = self._records.name if raised_here else self._name_and_whether_left
        timezone = self._records.partnership.timezone
        owners = carry_over.owners_at(action, self._meeting, timezone)
        told = not raised_here or not self._attendance.recorded
        return ActionShown(
            reference=action.id.upper(),
            title=action.title,
            owners=[named(each) for each in owners],
            due=short(action.due) if action.due else "",
            overdue=status == "open" and action.due is not None and action.due < self._meeting.date,
            status=status,
            carried=carry_over.came_back(action, self._meeting, self._records.meetings),
            to_be_told=[] if told else [self._records.name(each) for each in owners if not self._came(each)],
            item=self._numbers.get(action.item or "") if raised_here else None,
            closed=short(action.closed) if action.closed else "",
            notes=[
                NoteShown(date=short(local(note.at, timezone).date()), kind=note.kind, text=note.text)
                for note in carry_over.notes_since(action, self._meeting, self._records.meetings, timezone)
            ],
        )

    def decision(self, decision: Decision) -> DecisionShown:
        judged = at_decision(decision, self._records)
        later = superseded_by(decision, self._decisions.values())
        return DecisionShown(
            reference=decision.id.upper(),
            text=decision.text,
            item=self._numbers.get(decision.item or ""),
            quorate=judged is None or judged.met is not False,
            withdrawn=short(decision.withdrawn) if decision.withdrawn else "",
            because=decision.reason or "",
            superseded_by=later.id.upper() if later else "",
        )

    def quorum(self) -> QuorumShown | None:
        judged = of_meeting(self._meeting, self._attendance, self._records)
        if judged.met is None or not self._attendance.recorded:
            return None
        return QuorumShown(
            met=judged.met, present=judged.present, needed=judged.needed or 0, missing=list(judged.missing)
        )

    def people(self) -> PeopleShown:
        names = {id: person.name for id, person in self._records.people.items()}
        attendance, meeting, records = self._attendance, self._meeting, self._records
        members = members_with_apologies(attendance, meeting, records)
        block = people_block(with_apologies(attendance, meeting, records), meeting.chair, names, members)
        lists = {outcome.replace("-", "_"): [self._person(id) for id in people] for outcome, people in block}
        return PeopleShown(recorded=self._attendance.recorded, **lists)

    def _person(self, id: str) -> PersonShown:
        each = self._attendance.people.get(id, Attendee())
        deputies = sorted(self._attendance.deputies_of(id), key=self._records.name)
        deputy_for, came_instead = self._names(each.came_for), self._names(deputies)
        name, organisation = self._records.name(id), self._organisation(id, each)
        arrived, left = self._numbers.get(each.arrived or ""), self._numbers.get(each.left or "")
        interests = sorted(self._numbers[slug] for slug in each.interests if slug in self._numbers)
        items = "item" if len(interests) == 1 else "items"
        known = self._numbers
        gone = {known[out]: known[one.back] for out, one in each.away.items() if out in known and one.back in known}
        away = [AwayShown(out=out, back=gone[out]) for out in sorted(gone)]
        said = [
            f"deputy for {deputy_for}" if deputy_for else "",
            f"{came_instead} came instead" if came_instead else "",
            "by video" if each.by_video else "",
            f"from item {arrived}" if arrived else "",
            *(f"out from item {one.out}, back at item {one.back}" for one in away),
            f"until item {left}" if left else "",
            f"declared an interest and left for {items} {', '.join(map(str, interests))}" if interests else "",
        ]
        chair = id == self._meeting.chair
        told = "; ".join(filter(None, said))
        return PersonShown(
            name=name,
            chair=chair,
            organisation=organisation,
            deputy_for=deputy_for,
            came_instead=came_instead,
            by_video=each.by_video,
            arrived=arrived,
            left=left,
            interests=interests,
            away=away,
            line=name + (" (chair)" if chair else "") + (f", {organisation}" if organisation else "")
            + (f" ({told})" if told else ""),
        )  # fmt: skip

    def _organisation(self, id: str, each: Attendee) -> str:
        """Return whom somebody spoke for or, where they did not come, would have."""
        usual = hats(id, each, self._meeting, self._records)
        return self._name(each.representing or next(iter(usual), None))

    def _name_and_whether_left(self, id: str) -> str:
        party, records = self._records.party(id), self._records
        left = party is not None and owner_left(party, self._meeting.date, records.members)
        return records.name(id) + (" (left)" if left else "")

    def _names(self, ids: Iterable[str]) -> str:
        return " and ".join(map(self._records.name, ids))

    def _name(self, id: str | None) -> str:
        return self._records.name(id) if id else ""

    def _came(self, owner: str) -> bool:
        """Tell whether an owner was at the meeting: a person, or anybody who represents a member."""
        people = self._attendance.people.items()
        return any(self._attendance.was_there(id) and owner in {id, each.representing} for id, each in people)


def _time(meeting: Meeting) -> str:
    if meeting.start is None:
        return "time to be confirmed"
    return clock(meeting.start) + (f" to {clock(meeting.end)}" if meeting.end else "")
