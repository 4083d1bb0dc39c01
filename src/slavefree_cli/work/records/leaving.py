"""People and members leaving: recorded, what they leave behind, and their open actions handed over."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Generic, NamedTuple, TypeVar

from msgspec import structs

from slavefree_cli.errors import InvalidError, UsageError
from slavefree_cli.model.action import Action, Note
from slavefree_cli.model.criteria import ActionsWanted, MeetingsWanted, chosen
from slavefree_cli.model.dates import short
from slavefree_cli.model.group import Group
from slavefree_cli.model.invitees import invitees
from slavefree_cli.model.issue import latest
from slavefree_cli.model.kinds import Records
from slavefree_cli.model.meeting import Meeting
from slavefree_cli.model.member import Member
from slavefree_cli.model.person import Person, Representation, gone_since, owner_left
from slavefree_cli.model.record import changed, in_order
from slavefree_cli.model.text import counted, several
from slavefree_cli.register import door
from slavefree_cli.register.desk import Desk
from slavefree_cli.register.restricted import WholeDesk
from slavefree_cli.work.records import find
from slavefree_cli.work.records.ids import new_code

Party = Member | Person
P = TypeVar("P", Member, Person)


class LeftBehind(NamedTuple):
    """What somebody who left has still to do with."""

    party: Party
    actions: list[Action]
    """The open ones that are theirs, alone or with others."""
    chairs: list[Meeting | Group]
    """The meetings that they were to chair from that day on, and the groups that they chair."""
    invited: list[Meeting]
    """The meetings from that day on to which they are invited by name, or hold an invitation."""
    coordinates: bool = False
    """Whether they are the coordinator."""

    def sentences(self) -> Iterator[str]:
        """Yield what there is to be seen to, each with the command for it."""
        name, id = self.party.name, self.party.id
        if self.actions:
            listed = several([f"{each.id.upper()} ({each.title})" for each in self.actions], 10)
            how = hand_over(self.party)
            yield f"{name} owns {counted(len(self.actions), 'open action')}: {listed}. Hand over with: {how}"
        if self.coordinates:
            yield f"{name} is the coordinator. Name another: slavefree partnership edit --coordinator-person PERSON"
        for each in self.chairs:
            if isinstance(each, Meeting):
                yield f"{name} chairs {_told(each)}. Name another: slavefree meeting edit {each.id} --chair PERSON"
            else:
                yield f"{name} chairs {each.name}. Name another: slavefree group edit {each.id} --chair PERSON"
        for each in self.invited:
            how = f"slavefree invite remove {each.id} {id}; tell them with: slavefree invite send {each.id}"
            yield f"{name} is invited to {_told(each)}. Take them off with: {how}"


class Left(NamedTuple, Generic[P]):
    """What came of somebody's leaving."""

    record: P
    behind: list[LeftBehind]
    """What they leave behind, and those who are gone with them."""
    handed_over: list[Action]
    to: Party | None
    """Who has them now."""


def person(
    desk: WholeDesk, id: str, *, of: str | None, on: date | None, hand_over: str | None, now: datetime, today: date
) -> Left[Person]:
    """Record that a person no longer represents a member, or any, and hand their open actions over.

    Who never represented a member is gone from that day on.

    Args:
        desk: The register.
        id: The person's.
        of: The member, by anything that fits only one; None for all that they represent.
        on: The first day on which they do not; None to take back that they left.
        hand_over: To whom their open actions go, each with a note; None to leave them.
        now: The instant of the notes.
        today: The day on which who takes over must be there.

    Raises:
        InvalidError: They represent no such member, or who is to take over has left.
        NotFoundError: There is no such member, or nobody to take over.
        UsageError: Actions are to be handed over though they did not leave.
    """
    if on is None and hand_over is not None:
        raise UsageError("--hand-over goes with the day on which they left.")
    with door.opened(desk) as opened:
        before = desk.records.people[id]
        only = find.one_of(desk, of, Records.members).id if of is not None else None
        members = _leaving(desk, before, only, on)
        made: Person = changed(before, left=_alone(before, only, on), represents=before.represents | members)
        to = _successor(desk, before, hand_over, today, desk.records.members) if hand_over is not None else None
        if not members and to is None and made == before:
            whom = f"does not represent {desk.records.name(only)}" if only else "left already" if on else "has not left"
            raise InvalidError(f"{before.name} {whom}; see: slavefree person show {id}")
        day = on or today
        mine = _open_actions(desk, before) if to else []
        handed = _handed_over(desk, mine, made, to, gone_since(made, day, desk.records.members), now) if to else []
        with opened.change(_message(desk, before, made, members, len(handed), to, taken_back=on is None)) as change:
            change.save(made, before)
            for was, action in zip(mine, handed, strict=True):
                change.save(action, was)
    return Left(made, [left_behind(desk, made, day, today)], handed, to)


def member(
    desk: WholeDesk, id: str, *, on: date | None, said: bool, hand_over: str | None, now: datetime, today: date
) -> Left[Member]:
    """Record on which day a member left, and hand its open actions over.

    Args:
        desk: The register.
        id: The member's.
        on: The first day on which it is no member; None to take back that it left.
        said: Whether that day was said; the one on which it left already stands otherwise.
        hand_over: To whom its open actions go, each with a note; None to leave them.
        now: The instant of the notes.
        today: The day on which who takes over must be there.

    Raises:
        InvalidError: It had not joined by then, or had left already, or who is to take over has left.
        NotFoundError: There is nobody to take over.
        UsageError: Actions are to be handed over though it did not leave.
    """
    if on is None and hand_over is not None:
        raise UsageError("--hand-over goes with the day on which it left.")
    with door.opened(desk) as opened:
        before = desk.records.members[id]
        if on is not None and not said and before.has_left(on):
            on = before.left
            if hand_over is None:
                raise InvalidError(f"{before.name} left already; see: slavefree member show {id}")
        if on is not None and before.joined is not None and on < before.joined:
            raise InvalidError(
                f"{before.name} joined on {short(before.joined)}; name that day or a later one with --on."
            )
        made = changed(before, left=on)
        members = {**desk.records.members, id: made}
        to = _successor(desk, before, hand_over, today, members) if hand_over is not None else None
        mine = _open_actions(desk, before) if to else []
        handed = _handed_over(desk, mine, made, to, on, now) if to else []
        over = f"{counted(len(handed), 'action')} to {to.name}" if to else ""
        message = f"{'Record' if on else 'Take back'} the leaving of {made.name}{over and f', and hand over {over}'}"
        if made == before and to:
            message = f"For {made.name}, hand over {over}"
        with opened.change(message) as change:
            change.save(made, before)
            for was, action in zip(mine, handed, strict=True):
                change.save(action, was)
    day = on or today
    leaving: list[Party] = [
        made,
        *(
            each
            for each in in_order(desk.records.people.values())
            if owner_left(each, day, members) and not owner_left(each, day, {**members, id: changed(made, left=None)})
        ),
    ]
    return Left(made, [left_behind(desk, each, day, today) for each in leaving], handed, to)


def hand_over(party: Party) -> str:
    """Return the command that hands over the open actions of somebody who left."""
    noun = "member" if isinstance(party, Member) else "person"
    return f"slavefree {noun} leave {party.id} --hand-over WHO"


def left_behind(desk: WholeDesk, party: Party, on: date, today: date) -> LeftBehind:
    """Return what somebody has still to do with who has left by a day; nothing where they have not."""
    records = desk.records
    if not owner_left(party, on, records.members):
        return LeftBehind(party, [], [], [])
    ahead = [
        each for each in chosen(Meeting, MeetingsWanted(since=max(on, today)), records) if each.status == "planned"
    ]
    chairs: list[Meeting | Group] = [each for each in ahead if each.chair == party.id]
    chairs += [each for each in in_order(records.groups.values()) if each.chair == party.id]
    return LeftBehind(
        party,
        _open_actions(desk, party),
        chairs,
        [each for each in ahead if _is_invited(party, each, records)],
        records.partnership.coordinator.person == party.id,
    )


def _leaving(desk: Desk, person: Person, only: str | None, on: date | None) -> dict[str, Representation]:
    """Return what becomes of those representations that end on a day or, without one, of those that ended last."""
    named = {member: each for member, each in person.represents.items() if only in {None, member}}
    if on is None:
        last = max((each.until for each in named.values() if each.until is not None), default=None)
        return {member: changed(each, until=None) for member, each in named.items() if last and each.until == last}
    if only is None:
        named = {member: each for member, each in named.items() if not each.period.is_over(on)}
    for member, each in named.items():
        if each.since is not None and on < each.since:
            raise InvalidError(
                f"{person.name} has represented {desk.records.name(member)} since {short(each.since)}; name that day "
                "or a later one with --on."
            )
    return {member: changed(each, until=on) for member, each in named.items()}


def _alone(person: Person, only: str | None, on: date | None) -> date | None:
    """Return since when somebody is gone who never represented a member: the day once said, until it is taken back."""
    if person.represents or only is not None or (on and person.left and person.left <= on):
        return person.left
    return on


def _successor(desk: WholeDesk, leaving: Party, typed: str, today: date, members: Mapping[str, Member]) -> Party:
    to = find.party(desk, typed)
    if to.id == leaving.id:
        own = "itself" if isinstance(leaving, Member) else "themselves"
        raise InvalidError(f"{leaving.name} cannot take over from {own}; name somebody else with --hand-over.")
    if owner_left(to, today, members):
        raise InvalidError(f"{to.name} has left the partnership; name somebody with --hand-over who is still there.")
    return to


def _open_actions(desk: WholeDesk, party: Party) -> list[Action]:
    return chosen(Action, ActionsWanted(owner=party.id), desk.records, desk.restricted)


def _handed_over(
    desk: WholeDesk, actions: list[Action], leaving: Party, to: Party, left: date | None, now: datetime
) -> list[Action]:
    """Return actions with somebody in the place of who leaves, each with a note of it."""
    text = f"Handed over to {to.name} by {leaving.name}{f', who left on {short(left)}' if left else ''}."
    codes: list[str] = []
    made = []
    for each in actions:
        codes.append(new_code(desk, *codes))
        owner = to.id if each.owner == leaving.id else each.owner
        joint = [to.id if id == leaving.id else id for id in each.with_]
        notes = {**each.notes, codes[-1]: Note(at=now, kind="progress", text=text, owned_by=each.owners)}
        made.append(structs.replace(each.owned(owner, joint), notes=notes))
    return made


def _message(
    desk: WholeDesk,
    before: Person,
    made: Person,
    members: Mapping[str, Representation],
    many: int,
    to: Party | None,
    *,
    taken_back: bool,
) -> str:
    names = ", ".join(map(desk.records.name, members)) or ("" if made == before else "the partnership")
    if taken_back:
        return f"Take back that {made.name} left {names}"
    over = f"hand over {counted(many, 'action')} to {to.name}" if to else ""
    left = f"Record that {made.name} left {names}" if names else ""
    return f"{left}, and {over}" if left and over else left or f"For {made.name}, {over}"


def _is_invited(party: Party, meeting: Meeting, records: Records) -> bool:
    had = latest(issue for issue in records.issued(meeting.id) if party.id in issue.to)
    holds = had is not None and had.method == "REQUEST"
    return holds or any(each.id == party.id for each in invitees(meeting, records))


def _told(meeting: Meeting) -> str:
    return meeting.dated
