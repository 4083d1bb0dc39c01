"""What is to be issued of a meeting: to whom, of which kind, and under which number."""

import hashlib
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from slavefree_cli.calendar import invitation
from slavefree_cli.model.invitees import Invitee, Standing
from slavefree_cli.model.issue import Issue, Method
from slavefree_cli.model.meeting import Meeting
from slavefree_cli.model.sequence import Present, next_sequence, next_stamp, sequence_for
from slavefree_cli.model.told import Recipient, told_items
from slavefree_cli.register.desk import Desk
from slavefree_cli.work.invite.progress import people, present
from slavefree_cli.work.records.ids import new_code


def due(
    desk: Desk,
    meeting: Meeting,
    now: datetime,
    *,
    everything: bool = False,
    only: Collection[str] | None = None,
    note: str | None = None,
) -> tuple[list[Standing], list[Issue]]:
    """Return how everybody stands, and what those who need something are to be issued.

    That is one issue of all invitations and updates, or one for those whose number is higher, and one of cancellations,
    or as many as somebody has addresses from before; who has no address gets nothing.

    Args:
        desk: The register.
        meeting: The meeting as it is now.
        now: The instant they are issued at.
        everything: Whether other running times are an update too.
        only: The ids of the only ones who are meant, who get theirs again where they lack nothing.
        note: What the coordinator writes to it.
    """
    now_is, issues = present(meeting, desk.records), desk.records.issued(meeting.id)
    stands = people(meeting, desk.records)
    if everything:
        stands = [each._replace(lacks="update") if each.times else each for each in stands]
    everybody = stands
    if only is not None:
        stands = [_again(each) for each in stands if each.invitee.id in only]
    # Who shares an address that is told off keeps the meeting by being asked again.
    off_at = {each.invitee.email.casefold() for each in stands if each.lacks == "cancellation" and each.invitee.email}
    shared = [each for each in everybody if each.invited and (each.invitee.email or "").casefold() in off_at]
    stands = [_again(each) if each in shared else each for each in stands]
    stands += [_again(each) for each in shared if only is not None and each.invitee.id not in only]
    lacking = [each for each in stands if each.lacks and each.invitee.email]
    off = [each for each in lacking if each.lacks == "cancellation"]
    asked = [each.invitee for each in lacking if each.lacks != "cancellation"]
    # What an address is told off may end in the same calendar as what another, or another person there, is asked.
    after = [each for each in asked if any(_meets(each, one.invitee) for one in off)]
    made: list[Issue] = []
    for sequence, first in _by_sequence((each for each in asked if each not in after), now_is, issues):
        made.append(new(desk, meeting, "REQUEST", now, to=first, sequence=sequence, note=note, made=made))
    while off:
        # One address of each in an issue, which names people once.
        each_once = {each.invitee.id: each for each in off}
        off = [each for each in off if each_once[each.invitee.id] is not each]
        had = [each.had for each in each_once.values() if each.had]
        # Told once more, a cancellation is the same version.
        least = max((each.sequence + (each.method != "CANCEL") for each in had), default=0)
        to = [each.invitee for each in each_once.values()]
        sequence = max(least, next_sequence(now_is, issues))
        made.append(new(desk, meeting, "CANCEL", now, to=to, sequence=sequence, note=note, made=made))
    if after:
        sequence = max(next_sequence(now_is, issues), *(each.sequence for each in made))
        newer = next_stamp(now, made)
        made.append(new(desk, meeting, "REQUEST", newer, to=after, sequence=sequence, note=note, made=made))
    return stands, made


def _by_sequence(
    asked: Iterable[Invitee], now_is: Present, issues: Collection[Issue]
) -> list[tuple[int, list[Invitee]]]:
    """Return those who are invited by the SEQUENCE under which they are."""
    found: dict[int, list[Invitee]] = {}
    for each in asked:
        found.setdefault(sequence_for(each.id, each.email, now_is, issues), []).append(each)
    return sorted(found.items())


def _meets(asked: Invitee, off: Invitee) -> bool:
    return asked.id == off.id or (asked.email or "").casefold() == (off.email or "").casefold()


def _again(standing: Standing) -> Standing:
    """Return what somebody gets who is to get theirs again, though they lack nothing."""
    if standing.lacks or standing.had is None or standing.former:
        return standing
    if standing.invited:
        return standing._replace(lacks="update" if standing.times else "invitation")
    return standing._replace(lacks="cancellation")


def new(
    desk: Desk,
    meeting: Meeting,
    method: Method,
    now: datetime,
    *,
    to: Sequence[Invitee] = (),
    sequence: int | None = None,
    note: str | None = None,
    made: Iterable[Issue] = (),
) -> Issue:
    """Return what is issued of a meeting now.

    Args:
        desk: The register.
        meeting: The meeting as it is now.
        method: What it is.
        now: The instant it is issued at.
        to: Who gets it; nobody, where it is for anyone to open.
        sequence: Its SEQUENCE; None for that of what anyone may open.
        note: What the coordinator writes to it.
        made: What is issued with it.
    """
    records, issues = desk.records, desk.records.issued(meeting.id)
    now_is = present(meeting, records)
    link = hashlib.sha256(meeting.link.encode()).hexdigest() if meeting.link and to else None
    return Issue(
        id=new_code(desk, *(each.id for each in made)),
        of=meeting.id,
        sequence=next_sequence(now_is, issues) if sequence is None else sequence,
        stamp=next_stamp(now, issues),
        date=meeting.date,
        start=meeting.start,
        end=meeting.end,
        begins=now_is.revision.begins,
        ends=now_is.revision.ends,
        venue=meeting.venue,
        status=meeting.status,
        content=now_is.content(bool(to)),
        organizer=now_is.organizer,
        organizer_name=invitation.organizer_name(records),
        partnership=records.partnership.name,
        title=meeting.title,
        chair=records.name(meeting.chair) if meeting.chair else None,
        link=link,
        note=note,
        to=tuple(each.id for each in to),
        method=method,
        people={
            each.id: Recipient(email=each.email, name=each.name, optional=each.optional) for each in to if each.email
        },
        items=told_items(records.agendas.get(meeting.id), records.name),
    )
