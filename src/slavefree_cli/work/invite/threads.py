"""The messages about one meeting to one address, which mail programs keep together."""

from slavefree_cli.mail.letter import thread_of
from slavefree_cli.model.issue import Issue, address_of, same_address
from slavefree_cli.model.kinds import Records
from slavefree_cli.model.meeting import Meeting


def first_to(meeting: Meeting, records: Records, party: str, address: str) -> Issue | None:
    """Return the first that somebody was sent of a meeting at an address, or None."""
    issues = records.issued(meeting.id)
    there = (each for each in issues if party in each.to and same_address(address_of(each, party, issues), address))
    return min(there, key=lambda each: each.stamp, default=None)


def thread(meeting: Meeting, records: Records, party: str, address: str) -> str:
    """Return the Message-ID of the first message about a meeting to an address, to which each later one refers.

    It came, or comes, from whoever organised the meeting then.
    """
    first = first_to(meeting, records, party, address)
    organizer = first.organizer if first else None
    return _thread(meeting, party, address, organizer or records.partnership.coordinator.email or "")


def is_mentioned(meeting: Meeting, party: str, address: str, ids: frozenset[str]) -> bool:
    """Tell whether the thread of a meeting at an address is among some Message-IDs, whoever organised it then."""
    return bool(ids) and _of_no_domain(_thread(meeting, party, address, "")) in map(_of_no_domain, ids)


def _thread(meeting: Meeting, party: str, address: str, sender: str) -> str:
    return thread_of(f"{meeting.uid}\0{party}", address, sender)


def _of_no_domain(message_id: str) -> str:
    return message_id.partition("@")[0]
