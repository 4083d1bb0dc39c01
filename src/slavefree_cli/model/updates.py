"""What an invitation says otherwise than the one before it."""

from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from slavefree_cli.model.dates import clock, short
from slavefree_cli.model.issue import Issue, address_of, same_address
from slavefree_cli.model.text import counted
from slavefree_cli.model.told import ToldItem


class Update(NamedTuple):
    """One thing that is otherwise now: what it is, how it is now, and how it was; empty for nothing."""

    what: str
    now: str = ""
    was: str = ""
    whereabouts: bool = False
    """Whether it is when or where the meeting takes place, which anyone may read."""

    @property
    def sentence(self) -> str:
        """It in words: ``Venue: Town Hall (was: County Hall)``."""
        if not self.now and not self.was:
            return f"{self.what}."
        return f"{self.what}: {self.now or 'none'}" + (f" (was: {self.was})" if self.was else "")


def updates(before: Issue, after: Issue, person: str | None = None) -> list[Update]:
    """Return what an issue says otherwise than an earlier one of the same meeting.

    Of an issue from before it was kept what was said, only when and where is known.

    Args:
        before: The earlier one.
        after: The later one.
        person: To whom they went; None where they are for anyone to open.
    """
    found = list(_whereabouts(before, after))
    if before.organizer is not None and after.organizer is not None:
        found += _said(before, after, person)
        found += _agenda(before, after)
    if not found and before.content != after.content:
        found.append(Update("Other details have changed; what follows is how they are now"))
    return found


def replaced(issue: Issue, issues: Collection[Issue], person: str | None = None) -> list[Issue]:
    """Return what an issue took the place of: the last before it that said something else; nothing for a first one.

    Where two clones issued different times or places under one number, both were read, and it takes the place of both.

    Args:
        issue: The later one.
        issues: Everything that was issued of the meeting.
        person: To whom it went; what went to another address of theirs is left out. None where it is for anyone.
    """

    def alike(other: Issue) -> bool:
        if person is None:
            return not other.to
        return person in other.to and same_address(address_of(other, person, issues), issue.address(person))

    earlier = sorted((each for each in issues if each.order < issue.order and alike(each)), key=lambda each: each.order)
    for each in reversed(earlier):
        if each.method == "CANCEL":
            return []
        if updates(each, issue, person):
            rivals = [
                other
                for other in earlier
                if (other.sequence, other.method) == (each.sequence, each.method) and any(_whereabouts(each, other))
            ]
            # Of each the last of its kind.
            last = {(other.date, other.start, other.end, other.begins, other.venue): other for other in rivals}
            return [each, *(other for other in last.values() if updates(other, issue, person))]
    return []


def updates_of_all(before: Iterable[Issue], after: Issue, person: str | None = None) -> list[Update]:
    """Return what an issue says otherwise than any of those whose place it took, each thing once."""
    was: dict[tuple[str, str, bool], list[str]] = {}
    for each in before:
        for update in updates(each, after, person):
            those = was.setdefault((update.what, update.now, update.whereabouts), [])
            if update.was not in those:
                those.append(update.was)
    return [
        Update(what, now, " or ".join(filter(None, those)), whereabouts)
        for (what, now, whereabouts), those in was.items()
    ]


def _whereabouts(before: Issue, after: Issue) -> Iterator[Update]:
    if before.date != after.date:
        yield Update("Date", short(after.date), short(before.date), whereabouts=True)
    was, now = _time(before), _time(after)
    if was == now and before.date == after.date and before.begins and after.begins != before.begins and after.begins:
        # The clocks of another zone, or another rule of these.
        was, now = f"{was}, that is {before.begins:%H:%M} UTC", f"{now}, that is {after.begins:%H:%M} UTC"
    if was != now:
        yield Update("Time", now, was, whereabouts=True)
    if before.venue != after.venue:
        yield Update("Venue", after.venue or "", before.venue or "", whereabouts=True)


def _said(before: Issue, after: Issue, person: str | None) -> Iterator[Update]:
    if before.partnership != after.partnership:
        yield Update("Partnership", after.partnership or "", before.partnership or "")
    if before.title != after.title:
        yield Update("Title", after.title or "", before.title or "")
    if before.chair != after.chair:
        yield Update("Chair", after.chair or "", before.chair or "")
    if before.link != after.link:
        yield Update("The link for joining by video " + ("has changed" if after.link else "is no longer there"))
    now, was = after.organizer_name or "", before.organizer_name or ""
    if not same_address(before.organizer, after.organizer):
        # No other address than the coordinator's stands in what goes out, and not what that was once.
        now, was = f"{now}, {after.organizer}", f"{was}, at another address"
    if now != was:
        yield Update("Organiser", now, was)
    mine, own = (each.people.get(person or "") for each in (before, after))
    if mine is not None and own is not None:
        if mine.name != own.name:
            yield Update("Your name", own.name, mine.name)
        if mine.optional != own.optional:
            said = {True: "you need not come", False: "you are asked to come"}
            yield Update("Your part", said[own.optional], said[mine.optional])


def _agenda(before: Issue, after: Issue) -> Iterator[Update]:
    was, now = before.items, after.items
    for slug, item in _in_order(now):
        if slug not in was:
            yield Update("New item", item.said)
        elif was[slug].withheld and not item.withheld:
            yield Update("An item is now taken in private")
        else:
            yield from _item(was[slug], item)
    for slug, item in _in_order(was):
        if slug not in now:
            yield Update("An item is no longer on the agenda") if item.withheld else Update("Removed item", item.said)
    is_so, was_so = (
        "; ".join(now[slug].said for slug, _ in _in_order(each) if slug in was.keys() & now) for each in (now, was)
    )
    if is_so != was_so:
        yield Update("Order", is_so, was_so)


def _item(was: ToldItem, now: ToldItem) -> Iterator[Update]:
    if was.said != now.said:
        yield Update("Renamed item", now.said, was.said)
    if was.lead != now.lead:
        yield Update(f"Lead of {now.said}", now.lead or "", was.lead or "")
    if was.minutes != now.minutes:
        yield Update(f"Length of {now.said}", _minutes(now), _minutes(was))


def _in_order(items: dict[str, ToldItem]) -> list[tuple[str, ToldItem]]:
    return sorted(items.items(), key=lambda each: (each[1].position, each[0]))


def _minutes(item: ToldItem) -> str:
    return counted(item.minutes, "minute") if item.minutes else "not set"


def _time(issue: Issue) -> str:
    if issue.start is None:
        return "to be confirmed"
    return clock(issue.start) + (f" to {clock(issue.end)}" if issue.end else "")
