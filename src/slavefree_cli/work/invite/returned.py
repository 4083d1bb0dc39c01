"""What mail servers say became of an invitation: whom it did not reach, and of which meeting it was."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from slavefree_cli.calendar.reply import enclosed
from slavefree_cli.mail.bounces import Delivery
from slavefree_cli.mail.incoming import Incoming
from slavefree_cli.model.addresses import comparable
from slavefree_cli.model.attendance import Unreached
from slavefree_cli.model.issue import Issue
from slavefree_cli.model.kinds import Records
from slavefree_cli.model.left_out import without_addresses
from slavefree_cli.model.meeting import Meeting
from slavefree_cli.work.invite.threads import is_mentioned
from slavefree_cli.work.invite.told import Told
from slavefree_cli.work.invite.whose import known_by

_ARRIVED = frozenset({"delivered", "relayed", "expanded"})


class Returned(NamedTuple):
    """That an invitation did not reach somebody, to be recorded."""

    meeting: Meeting
    party: str
    """The id of a person, or of a member by its mailbox."""
    unreached: Unreached
    told: Told


class _Sent(NamedTuple):
    """What was sent to somebody, and where."""

    meeting: Meeting
    party: str
    address: str
    issue: Issue


def delivered(file: str, where: str, incoming: Incoming, records: Records) -> Iterator[Told | Returned]:
    """Yield what became of a message of ours.

    Args:
        file: The file that it is told in.
        where: In which message of it, in words.
        incoming: What a server said.
        records: The open records.
    """
    for each in incoming.deliveries:
        sent = _sent(each, incoming, records)
        party = records.party(sent.party) if sent else known_by(each.address, records)
        what = f"the invitation to {sent.meeting.dated}" if sent else "a message"
        to = f"{what} for {party.name}" if party else what
        reasons = " ".join(filter(None, (each.status, each.reason)))
        why = f": {reasons}" if reasons else ""
        ids = sent.meeting.id if sent else None, party.id if party else None
        if each.action in _ARRIVED:
            yield Told(file, "left-alone", f"{where}{to} reached {each.address}.", *ids)
        elif each.action == "delayed":
            said = f"{to} did not reach {each.address} yet{why}; the server tries again."
            yield Told(file, "left-alone", f"{where}{said}", *ids)
        else:
            noun = "member" if party and party.id in records.members else "person"
            mend = f" Another address is set with: slavefree {noun} edit {party.id} --email ADDRESS" if party else ""
            said = f"{where}{to} did not reach {each.address}{why}."
            if party and sent is None:
                said += " It does not say which invitation it was, and nothing is recorded."
            said += mend
            if sent is None:
                yield Told(file, "left-alone", said, *ids)
            else:
                reason = " ".join(without_addresses(reasons).split()) or None
                unreached = Unreached(email=sent.address, stamp=sent.issue.stamp, reason=reason)
                yield Returned(sent.meeting, sent.party, unreached, Told(file, "unreached", said, *ids))


def _sent(delivery: Delivery, incoming: Incoming, records: Records) -> _Sent | None:
    """Return what it was that went out: by the calendar that came back or else by the message that is named.

    The address may be another than it was sent to, where that one passes everything on.
    """
    calendar = enclosed(incoming.content)
    address = comparable(delivery.address)
    for meeting in records.meetings.values():
        issues = records.issued(meeting.id)
        went = [
            _Sent(meeting, party, how.email, issue)
            for issue in sorted(issues, key=lambda each: each.order)
            for party, how in issue.people.items()
        ]
        if calendar is not None and calendar.uid == meeting.uid:
            mine = [each for each in went if comparable(each.address) == address] or [
                each for each in went if comparable(each.address) in calendar.addresses
            ]
            exact = [each for each in mine if each.issue.stamp == calendar.stamp]
            return _last(exact or _by_then(mine, incoming.sent))
        named = [each for each in went if is_mentioned(meeting, each.party, each.address, incoming.mentions)]
        if named:
            return _last(_by_then(named, incoming.sent))
    return None


def _by_then(sent: list[_Sent], when: datetime | None) -> list[_Sent]:
    """Return what went out before a server answered; its clock may be behind, and then it was the first."""
    return [each for each in sent if when is None or each.issue.stamp <= when] or sent[:1]


def _last(sent: list[_Sent]) -> _Sent | None:
    return sent[-1] if sent else None
