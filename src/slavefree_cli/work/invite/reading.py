"""What came in, read one calendar at a time: an answer of somebody, or what is to be told of it."""

import shlex
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from slavefree_cli.calendar.reply import Answered, Came, answers
from slavefree_cli.mail.incoming import Incoming
from slavefree_cli.model.addresses import comparable
from slavefree_cli.model.attendance import Answer
from slavefree_cli.model.invitees import invited
from slavefree_cli.model.issue import answers_earlier, newest_sequence
from slavefree_cli.model.kinds import Records
from slavefree_cli.model.meeting import Meeting
from slavefree_cli.work.invite.returned import Returned, delivered
from slavefree_cli.work.invite.told import Told
from slavefree_cli.work.invite.whose import Whose, known_by, not_invited, sent_by, whose

_MOST_OF_AN_ANSWER: Final = 2_000_000
_AHEAD: Final = timedelta(days=1)
"""How far somebody's clock may be ahead."""
_RAISED: Final = 5
"""How often somebody's program may have counted answers of its own as versions."""


class Taken(NamedTuple):
    """An answer of somebody who was invited, to be recorded if it is the newest."""

    file: str
    meeting: Meeting
    person: str
    """The id of the person, or of the member that was invited by its mailbox."""
    answer: Answer
    notes: tuple[str, ...]


class Unknown(NamedTuple):
    """An answer of which no address in the register says whose it is."""

    file: str
    where: str
    meeting: Meeting
    answered: Answered
    incoming: Incoming
    whose: Whose

    @property
    def identity(self) -> str:
        """What tells the one who answers from another; many write ``invalid:nomail`` in place of an address."""
        named = self.answered.instead, self.answered.called, self.incoming.sender or ""
        return self.answered.address or " ".join(named)


def read(file: str, incoming: Incoming, records: Records, now: datetime, sure: str | None) -> Iterator[
    Told | Taken | Unknown | Returned
]:  # fmt: skip
    """Yield what stands in one calendar.

    Args:
        file: The file that it came in.
        incoming: The calendar, and how it came.
        records: The open records.
        now: The instant it is read at.
        sure: Whose answer it is, where the coordinator says so.
    """
    where = f"message {incoming.number}: " if incoming.number > 1 else ""
    if len(incoming.content) > _MOST_OF_AN_ANSWER:
        yield Told(file, "left-alone", f"{where}is too large for an answer.")
        return
    if incoming.deliveries:
        yield from delivered(file, where, incoming, records)
        return
    found = answers(incoming.content, Came(incoming.method, incoming.sender or "", incoming.sent))
    if not found:
        yield _nothing(file, where, incoming, records)
    for answered in found:
        meeting = _about(answered, records)
        if answered.what in {"nothing", "occurrence"}:
            yield Told(file, "left-alone", f"{where}{answered.why}.", meeting.id if meeting else None)
        elif meeting is None:
            yield Told(file, "left-alone", f"{where}is about a meeting that is not in this register.")
        else:
            unknown = Unknown(file, where, meeting, answered, incoming, whose(answered, incoming, meeting, records))
            yield unknown if unknown.whose.unknown else of_somebody(unknown, unknown.whose.id, records, now, sure)


def of_somebody(each: Unknown, id: str | None, records: Records, now: datetime, sure: str | None) -> Told | Taken:
    """Return an answer as that of one who is invited, to be recorded, or what is to be told of it.

    Args:
        each: The answer.
        id: Whose it is; None where it is nobody's.
        records: The open records.
        now: The instant it is read at.
        sure: Whose answer it is, where the coordinator says so.
    """
    file, where, meeting, answered = each.file, each.where, each.meeting, each.answered
    if id is not None and id not in invited(meeting, records):
        each = each._replace(whose=Whose(problem=not_invited(id, meeting, records)))
        id = None
    if id is None:
        message = f"{where}{each.whose.problem}, and is not recorded{_to_invite(each, records)}."
        return Told(file, "left-alone", message, meeting.id)
    name = records.name(id)
    if sure is not None and id != sure:
        message = f"{where}is the answer of {name}, going by its address, and not of {records.name(sure)}"
        return Told(file, "left-alone", f"{message}; leave --as out, and it is recorded.", meeting.id, id)
    if answered.what == "proposal":
        said = f" They say: {answered.comment}" if answered.comment else ""
        message = f"{where}{name} {answered.why} for {meeting.dated}; nothing is recorded.{said}"
        return Told(file, "left-alone", message, meeting.id, id, None, answered.comment)
    highest = max((issue.sequence for issue in records.issued(meeting.id)), default=0)
    if impossible := _impossible(answered, file, highest, now, id if sure is None else None):
        message = f"{where}the answer of {name} to {meeting.dated} {impossible}."
        return Told(file, "left-alone", message, meeting.id, id)
    notes = [*answered.notes, *_in_place_of(answered, meeting, records)]
    if answered.sequence > highest:
        notes.append(f"it names version {answered.sequence}, which was never sent, and is taken to be to {highest}")
    issues = records.issued(meeting.id)
    has = newest_sequence(id, issues)
    if answers_earlier(id, answered.sequence, issues, records.partnership.timezone):
        notes.append(f"this answers version {answered.sequence}, and {has} was sent since, of another time or place")
    notes += [each.incoming.note] if each.incoming.note else []
    notes += sent_by(answered, each.incoming, id, records)
    if sure is not None and each.whose.unknown:
        notes.append(f"taken as that of {name}, as you say")
    answer = Answer(
        reply=answered.reply,
        reply_stamp=answered.stamp,
        # Others may have a higher number that says nothing else.
        reply_sequence=min(answered.sequence, has),
        reply_sent=each.incoming.sent,
        reply_comment=answered.comment,
    )
    return Taken(file, meeting, id, answer, tuple(notes))


def told_of_unknown(each: Unknown, records: Records, *, several: bool) -> Told:
    """Return what is told of an answer of which nobody knows whose it is.

    Args:
        each: The answer.
        records: The open records.
        several: Whether it was said whose it is, and there are others of whom that may have been said.
    """
    offers, sender = each.whose.offers, each.incoming.sender or ""
    known = [f"it calls itself {each.answered.called}"] if each.answered.called and not offers else []
    if sender and not any(sender in offer.because for offer in offers) and comparable(sender) != each.identity:
        known.append(f"the message is from {sender}")
    if several:
        advice = "it is not the only one of whom no address is known: read it by itself, with --as"
    elif offers:
        may = [f"{records.name(offer.id)} ({offer.because}): {_command(each.file, offer.id)}" for offer in offers]
        advice = f"perhaps it is of {', or of '.join(may)}"
    else:
        advice = f"say whose it is: {_command(each.file, 'PERSON')}"
    told = "; ".join([f"and is not recorded{_to_invite(each, records)}", *known, advice])
    return Told(each.file, "left-alone", f"{each.where}{each.whose.problem}, {told}.", each.meeting.id)


def _nothing(file: str, where: str, incoming: Incoming, records: Records) -> Told:
    """Return what is told where there is no calendar: what there is instead, and from whom."""
    if incoming.sender is None:
        return Told(file, "left-alone", f"{where}{incoming.why or 'is no calendar and no message with one'}.")
    said = f"{where}{incoming.why or 'has no calendar in it'}."
    person = known_by(incoming.sender, records)
    if incoming.sender:
        subject = f", “{incoming.subject}”" if incoming.subject else ""
        said += f" It is from {person.name if person else incoming.name or incoming.sender}{subject}."
    if person is not None and person.id in records.people and not incoming.why:
        said += f" An answer in words is recorded with: slavefree attendance reply MEETING {person.id} accepted"
    return Told(file, "left-alone", said, None, person.id if person else None)


def _about(answered: Answered, records: Records) -> Meeting | None:
    return next((each for each in records.meetings.values() if each.uid and each.uid == answered.uid), None)


def _impossible(answered: Answered, file: str, highest: int, now: datetime, id: str | None) -> str | None:
    """Say why nobody can have answered so, or return None: such an answer would keep out every true one after it.

    ``id`` is whose answer it is, unless the coordinator said so.
    """
    if answered.sequence > highest + _RAISED and id is not None:
        return (
            f"is to version {answered.sequence}, which was never sent, and is not recorded; if it is true all the "
            f"same: {_command(file, id)}"
        )
    if answered.stamp is not None and answered.stamp > now + _AHEAD:
        return f"bears a time still to come ({answered.stamp:%Y-%m-%d %H:%M} UTC), and is not recorded"
    return None


def _in_place_of(answered: Answered, meeting: Meeting, records: Records) -> Iterator[str]:
    """Yield what is to be told of a delegation (RFC 5546 section 3.2.2.3), by the one who sends and who comes."""
    known = [(each, known_by(each, records)) for each in answered.others]
    if answered.what != "delegation":
        yield from (f"in the place of {party.name if party else each}" for each, party in known)
        return
    if not known:
        yield f"{answered.why}, which is not recorded: add them yourself"
    for each, party in known:
        if party is None:
            yield f"sends {each} instead, which is not recorded: add them yourself"
        elif party.id in invited(meeting, records):
            yield f"sends {party.name} instead"
        else:
            yield f"sends {party.name} instead, whom you invite with: slavefree invite add {meeting.id} {party.id}"


def _to_invite(each: Unknown, records: Records) -> str:
    """Return how somebody is invited who comes in the place of another, or nothing."""
    if each.answered.what == "delegation" or not each.answered.others:
        return ""
    parties = [(address, known_by(address, records)) for address in each.answered.others]
    names = " and ".join(party.name if party else address for address, party in parties)
    comes = next((found for address in each.answered.addresses if (found := known_by(address, records))), None)
    return f"; they come in the place of {names}" + (
        f", and are invited with: slavefree invite add {each.meeting.id} {comes.id}" if comes else ""
    )


def _command(file: str, id: str) -> str:
    return f"slavefree invite replies {shlex.quote(file)} --as {id}"
