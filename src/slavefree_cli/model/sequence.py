"""Under which SEQUENCE and DTSTAMP a meeting goes out, and whether what went out still holds (RFC 5546 section 2.1)."""

from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import datetime, timedelta
from itertools import takewhile
from typing import NamedTuple

from slavefree_cli.model.issue import Issue, Revision, latest, revision_of, same_address
from slavefree_cli.model.meeting import Meeting
from slavefree_cli.model.record import in_order


class Present(NamedTuple):
    """A meeting as it would be issued now."""

    meeting: Meeting
    timezone: str
    """The partnership's."""
    organizer: str | None = None
    """The organiser's address."""
    content: Callable[[bool], str] = lambda _: ""
    """Gives the digest of the rest of what would be said: to each person, or else to anyone."""

    @property
    def revision(self) -> Revision:
        """When and where it is."""
        return revision_of(self.meeting, self.timezone)

    def organizes(self, issue: Issue) -> bool:
        """Tell whether the organiser is the one of what was issued.

        Where the address was not kept yet, they are as long as everything that was said is as it was: it was among
        that. If something else has changed since, nobody can tell, and SEQUENCE rises once more than it had to.
        """
        if issue.organizer is None and self.organizer is not None:
            return issue.content == self.content(bool(issue.to))
        return same_address(issue.organizer, self.organizer)


def clash(issues: Collection[Issue], timezone: str) -> bool:
    """Tell whether different things went out under the highest SEQUENCE, as two clones can do before they meet."""
    highest = max((each.sequence for each in issues), default=0)
    return _differ([each for each in issues if each.sequence == highest], timezone)


def is_current(issue: Issue, present: Present, issues: Collection[Issue]) -> bool:
    """Tell whether what was issued is what would be issued now.

    Args:
        issue: What was issued.
        present: The meeting as it would be issued now.
        issues: Everything that was issued of the meeting.
    """
    return issue.content == present.content(bool(issue.to)) and stands(issue, present, issues)


def next_sequence(present: Present, issues: Collection[Issue]) -> int:
    """Return the SEQUENCE under which a meeting goes out now.

    It rises when start, end, place or status change, or the organiser's address (RFC 5546 section 3.2.2.4), and not
    when only the rest does (RFC 5545 section 3.8.7.4, RFC 5546 section 2.1.4); and after a clash, so that it is above
    both.
    """
    last = latest(issues)
    if last is None:
        return 0
    return last.sequence if stands(last, present, issues) else last.sequence + 1


def sequence_for(party: str, address: str | None, present: Present, issues: Collection[Issue]) -> int:
    """Return the SEQUENCE under which somebody is invited now: never below one that they had.

    That others were told off, or are invited at another address, raises theirs alone.

    Args:
        party: Who.
        address: Where.
        present: The meeting as it would be issued now.
        issues: Everything that was issued of the meeting.
    """
    newest_first = sorted(issues, key=lambda each: each.order, reverse=True)
    since = list(takewhile(lambda each: stands(each, present, issues), newest_first))
    lowest = min((each.sequence for each in since), default=next_sequence(present, issues))
    had = (each.sequence for each in issues if party in each.to or (address and each.went_to(address)))
    return max(lowest, *had, 0)


def next_stamp(now: datetime, issues: Iterable[Issue]) -> datetime:
    """Return the DTSTAMP of what goes out now: newer than all before it, even where the clock was set back.

    A calendar takes a change under the same SEQUENCE only with a newer one (RFC 5546 section 2.1.5).
    """
    newest = max((issue.stamp for issue in issues), default=None)
    return now if newest is None else max(now, newest + timedelta(seconds=1))


def contradictions(issues: Collection[Issue], timezone: str) -> Iterator[tuple[Issue, str, str]]:
    """Yield each issue of one meeting that does not go with the others, the key, and what is wrong.

    That two differ is past once everybody who had one of them had another under a higher number.
    """
    numbers = sorted({each.sequence for each in issues})
    for number in numbers:
        alike = in_order(each for each in issues if each.sequence == number)
        later = frozenset[str | None]().union(*(_readers(each) for each in issues if each.sequence > number))
        told = frozenset[str | None]().union(*map(_readers, alike))
        if _differ(alike, timezone) and not told <= later:
            others = ", ".join(each.id for each in alike[:-1])
            yield alike[-1], "sequence", f"is {number}, under which {others} says something else; issue again"
        if number and number - 1 not in numbers:
            yield alike[0], "sequence", f"is {number}, and nothing was issued as {number - 1}"


def stands(issue: Issue, present: Present, issues: Collection[Issue]) -> bool:
    """Tell whether a meeting is still when and where it was issued, by the same organiser.

    Nor may anything else have been issued under its SEQUENCE.
    """
    same = issue.revision(present.timezone) == present.revision and present.organizes(issue)
    return same and not _differ([each for each in issues if each.sequence == issue.sequence], present.timezone)


def _readers(issue: Issue) -> frozenset[str | None]:
    """Return whom an issue went to; None for anyone."""
    return frozenset(issue.to or [None])


def _differ(issues: Collection[Issue], timezone: str) -> bool:
    """Tell whether one SEQUENCE stands for several revisions or organisers, or one stamp for several texts.

    That somebody was taken off the list goes out under a number of its own without a change to the meeting.
    """
    organizers = {each.organizer.casefold() for each in issues if each.organizer}
    if len({each.revision(timezone) for each in issues}) > 1 or len(organizers) > 1:
        return True
    texts: dict[tuple[datetime, bool], str] = {}
    return any(texts.setdefault((each.stamp, bool(each.to)), each.content) != each.content for each in issues)
