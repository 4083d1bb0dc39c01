"""How the invitation to a meeting stands: who has which version, and who needs what."""

from collections import Counter
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from slavefree_cli.calendar import invitation
from slavefree_cli.model.attendance import Unreached
from slavefree_cli.model.invitees import Invitee, Lack, Standing, standings
from slavefree_cli.model.issue import Issue, latest
from slavefree_cli.model.kinds import Records
from slavefree_cli.model.meeting import Meeting
from slavefree_cli.model.sequence import Present, clash, is_current
from slavefree_cli.model.text import counted


class Standings(NamedTuple):
    """How the invitation to a meeting stands: with everybody, and with what anyone may open."""

    published: Issue | None
    """What was published last."""
    outdated: bool
    """Whether that would come out otherwise now."""
    clashed: bool
    """Whether two clones issued different things under one SEQUENCE."""
    people: list[Standing]
    sequence: int | None
    """The highest SEQUENCE that went out; None where nothing did."""

    @property
    def personal(self) -> bool:
        """Whether anything went out to people one by one."""
        return any(each.had for each in self.people)

    def counted(self) -> str:
        """Return how many lack what, in words; empty where nobody with an address lacks anything."""
        many = Counter(each.lacks for each in self.people if each.invitee.email is not None)
        articles: dict[Lack, str] = {"invitation": "an", "update": "an", "cancellation": "a"}
        lacking = ((many[lack], f"{article} {lack}") for lack, article in articles.items() if many[lack])
        return ", ".join(counted(number, f"needs {what}", f"need {what}") for number, what in lacking)


def without_address(people: Iterable[Standing]) -> list[Invitee]:
    """Return those who are invited, or should be told that they are not, and cannot be sent it."""
    return [each.invitee for each in people if each.invitee.email is None and (each.invited or each.lacks)]


def with_other_times(people: Iterable[Standing]) -> int:
    """Return how many have an invitation that is otherwise than now in the running times of the agenda alone."""
    return sum(each.times for each in people)


def not_reached(people: Iterable[Standing]) -> list[tuple[Invitee, Unreached]]:
    """Return those who are invited and whom what they were sent did not reach, with why."""
    return [(each.invitee, each.unreached) for each in people if each.unreached and each.invited]


def present(meeting: Meeting, records: Records) -> Present:
    """Return a meeting as it would be issued now."""

    @cache
    def content(private: bool) -> str:
        return invitation.content_digest(meeting, records, private=private)

    partnership = records.partnership
    return Present(meeting, partnership.timezone, partnership.coordinator.email, content)


def people(meeting: Meeting, records: Records, *, over: bool = False) -> list[Standing]:
    """Return how everybody stands who is invited or was; see ``of``."""

    def retold(issue: Issue) -> str:
        return invitation.content_digest(meeting, records, private=True, items=issue.items)

    return standings(present(meeting, records), records, over=over, retold=retold)


def last_published(meeting: Meeting, records: Records) -> tuple[Issue | None, bool]:
    """Return what was published of a meeting last, and whether it is what would be published now."""
    issues = records.issued(meeting.id)
    last = latest(each for each in issues if not each.to)
    return last, last is not None and is_current(last, present(meeting, records), issues)


def of(meeting: Meeting, records: Records, *, over: bool = False) -> Standings:
    """Return how the invitation to a meeting stands; ``over`` says that it took place and nobody lacks anything."""
    issues = records.issued(meeting.id)
    published, current = last_published(meeting, records)
    return Standings(
        published,
        published is not None and not current and not over,
        clash(issues, records.partnership.timezone) and not over,
        people(meeting, records, over=over),
        max((issue.sequence for issue in issues), default=None),
    )
