"""Whose answer it is that came in, and of whom it may be where no address in the register says so."""

from collections.abc import Iterator
from typing import NamedTuple

from slavefree_cli.calendar.reply import Answered
from slavefree_cli.mail.incoming import Incoming
from slavefree_cli.model.addresses import are_of, comparable, may_be_of
from slavefree_cli.model.invitees import invited
from slavefree_cli.model.issue import holders
from slavefree_cli.model.kinds import Records
from slavefree_cli.model.meeting import Meeting
from slavefree_cli.model.member import Member
from slavefree_cli.model.names import key
from slavefree_cli.model.person import Person


class Offer(NamedTuple):
    """Somebody whose answer it may be, and what speaks for it."""

    id: str
    because: str


class Whose(NamedTuple):
    """Whose answer it is, or why it is nobody's and whose it may be."""

    id: str | None = None
    problem: str = ""
    unknown: bool = False
    """Whether the coordinator can say whose it is, which no address in the register does."""
    offers: tuple[Offer, ...] = ()


def whose(answered: Answered, incoming: Incoming, meeting: Meeting, records: Records) -> Whose:
    """Return whose answer it is: that of the one person, or member by its mailbox, that has its address.

    Args:
        answered: What was answered.
        incoming: How it came.
        meeting: The meeting that it is about.
        records: The open records.
    """
    addresses = [comparable(each) for each in answered.addresses]
    fit = [each for each in _parties(records) if are_of(each, addresses)]
    if not fit:
        # It was theirs when they were invited, and what comes from it is theirs still.
        held = {id for address in addresses for id in holders(address, records.issued(meeting.id))}
        fit = [each for each in _parties(records) if each.id in held]
    if not fit:
        if addresses:
            problem = f"comes from {addresses[0]}, which is nobody's address in the register"
        elif answered.instead:
            problem = f"names the one who answers as {answered.instead}, which is no address"
        else:
            return Whose(problem="does not say who answers")
        return Whose(problem=problem, unknown=True, offers=tuple(_offers(answered, incoming, addresses, records)))
    if len(fit) > 1:
        problem = f"comes from an address that {' and '.join(each.name for each in fit)} share"
        return Whose(problem=problem, unknown=True, offers=tuple(Offer(each.id, "shares it") for each in fit))
    (party,) = fit
    if party.id in invited(meeting, records):
        return Whose(party.id)
    if isinstance(party, Member):
        return Whose(problem=f"comes from the mailbox of {party.name}, which is no person", unknown=True)
    return Whose(problem=not_invited(party.id, meeting, records))


def not_invited(id: str, meeting: Meeting, records: Records) -> str:
    """Return that somebody is not invited, as what is wrong with their answer."""
    return f"comes from {records.name(id)}, who is not invited to {meeting.dated}"


def known_by(address: str, records: Records) -> Person | Member | None:
    """Return who has an address, where it is one alone."""
    fit = [each for each in _parties(records) if are_of(each, [comparable(address)])]
    return fit[0] if len(fit) == 1 else None


def sent_by(answered: Answered, incoming: Incoming, id: str, records: Records) -> list[str]:
    """Return what is to be told of who sent an answer; nothing where it was the one who answers.

    An assistant says so in the calendar (SENT-BY, RFC 5546 section 3.2.3) or in the message (Sender).
    """
    own = {comparable(each) for each in answered.addresses}
    party = records.party(id)

    def others(address: str) -> bool:
        found = comparable(address)
        return bool(found) and found not in own and not (party is not None and are_of(party, [found]))

    told = []
    by = next(filter(others, (answered.sent_by, incoming.behind)), "")
    if by:
        told.append(f"sent by {by} for {records.name(id)}")
    if incoming.sender is None:
        told.append("nobody can tell who sent the file")
    elif not incoming.sender:
        told.append("the message does not say who sent it")
    elif others(incoming.sender) and comparable(incoming.sender) != comparable(by):
        told.append(f"the message came from another address ({incoming.sender})")
    return told


def _offers(answered: Answered, incoming: Incoming, addresses: list[str], records: Records) -> Iterator[Offer]:
    """Yield whose answer it may be, each once, those first for whom most speaks."""
    seen: set[str] = set()
    for party in _parties(records):
        alike = next((found for each in addresses if (found := may_be_of(party, each))), None)
        sender = incoming.sender or ""
        if alike is not None:
            because = f"{alike} may be the same mailbox"
        elif sender and are_of(party, [comparable(sender)]):
            because = f"the message is from {sender}"
        elif answered.called and key(party.name) in {key(answered.called), key(answered.called.partition("/")[0])}:
            because = "the file has that name"
        else:
            continue
        if party.id not in seen:
            seen.add(party.id)
            yield Offer(party.id, because)


def _parties(records: Records) -> Iterator[Person | Member]:
    yield from records.people.values()
    yield from records.members.values()
