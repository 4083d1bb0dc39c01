"""Which record is meant by what was typed."""

from collections.abc import Iterable
from datetime import date

from slavefree_cli.errors import NotFoundError
from slavefree_cli.model import meeting as meetings
from slavefree_cli.model.agenda import Agenda, RestrictedAgenda
from slavefree_cli.model.dates import parse_date
from slavefree_cli.model.meeting import Meeting
from slavefree_cli.model.member import Member
from slavefree_cli.model.person import Person
from slavefree_cli.model.references import Candidate, fitting
from slavefree_cli.register.desk import Desk


def member(desk: Desk, typed: str) -> Member:
    """Return the member that is meant, or raise NotFoundError listing what may be."""
    found = desk.records.members
    return found[one("member", typed, (Candidate(each.id, each.name) for each in found.values()), desk)]


def person(desk: Desk, typed: str) -> Person:
    """Return the person that is meant, or raise NotFoundError listing who may be."""
    found = desk.records.people
    return found[one("person", typed, (Candidate(each.id, each.name) for each in found.values()), desk)]


def party(desk: Desk, typed: str) -> Member | Person:
    """Return the member or person that is meant."""
    found: dict[str, Member | Person] = {**desk.records.members, **desk.records.people}
    id = one("member or person", typed, (Candidate(each.id, each.name) for each in found.values()), desk)
    return found[id]


def group(desk: Desk, typed: str) -> str:
    """Return the id of the group that is meant."""
    found = desk.records.groups
    return one("group", typed, (Candidate(each.id, each.name) for each in found.values()), desk)


def meeting(desk: Desk, typed: str, today: date) -> Meeting:
    """Return the meeting that is meant: ``next`` and ``last`` too, and dates in any form that can be typed."""
    found = desk.records.meetings
    if typed.strip().lower() in {"next", "last"}:
        pick = meetings.next_meeting if typed.strip().lower() == "next" else meetings.last_meeting
        picked = pick(found.values(), today)
        if picked is None:
            raise NotFoundError(f"There is no {typed.strip().lower()} meeting. See: slavefree meeting list")
        return picked
    try:
        day = parse_date(typed, today)
    except ValueError:
        day = None
    candidates = (Candidate(each.id, each.title, day=each.date) for each in found.values())
    return found[one("meeting", typed, candidates, desk, day)]


def item(agenda: Agenda, hidden: RestrictedAgenda | None, typed: str, desk: Desk) -> str:
    """Return the slug of the agenda item that is meant; its number counts as well."""
    from slavefree_cli.model.agenda import ordered

    order = ordered(agenda.items)
    numbers = {str(number): slug for number, (slug, _) in enumerate(order, 1)}
    if typed.strip() in numbers:
        return numbers[typed.strip()]
    titles = {slug: each.title or "" for slug, each in order}
    if hidden is not None:
        titles.update({slug: each.title for slug, each in hidden.items.items()})
    candidates = (Candidate(slug, title) for slug, title in titles.items())
    return one("agenda item", typed, candidates, desk)


def one(noun: str, typed: str, candidates: Iterable[Candidate], desk: Desk, day: date | None = None) -> str:
    """Return the id of the one record that fits.

    Raises:
        NotFoundError: None fits, or several do; the message lists them.
    """
    fit = fitting(typed, candidates, day)
    if len(fit) == 1:
        return fit[0].id
    if not fit:
        unread = (
            f" {len(desk.reader.bad())} of the files could not be read; see: slavefree check"
            if desk.reader.bad()
            else ""
        )
        hint = {"member or person": "member list", "agenda item": "agenda show", "record": "log"}.get(
            noun, f"{noun} list"
        )
        raise NotFoundError(f"No {noun} fits {typed!r}. See: slavefree {hint}.{unread}")
    listed = "; ".join(f"{each.id.upper() if each.coded else each.id} ({each.name})" for each in fit[:10])
    more = f"; and {len(fit) - 10} more" if len(fit) > 10 else ""
    raise NotFoundError(f"{typed!r} fits more than one {noun}: {listed}{more}. Type more of the one that you mean.")
