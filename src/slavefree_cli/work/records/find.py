"""Which record is meant by what was typed, of whatever kind."""

import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime
from typing import Final, TypeVar

from slavefree_cli.errors import NotFoundError
from slavefree_cli.model import meeting as meetings
from slavefree_cli.model.action import Action
from slavefree_cli.model.agenda import Item, RestrictedItem, ordered
from slavefree_cli.model.criteria import ActionsWanted
from slavefree_cli.model.dates import local
from slavefree_cli.model.kinds import Kind, Records, every_kind
from slavefree_cli.model.meeting import Meeting
from slavefree_cli.model.member import Member
from slavefree_cli.model.names import key
from slavefree_cli.model.nearby import near
from slavefree_cli.model.person import Person
from slavefree_cli.model.record import Record
from slavefree_cli.model.references import Candidate, candidate, fitting, listed, parties, role_of
from slavefree_cli.model.text import several
from slavefree_cli.register.desk import Desk

R = TypeVar("R", bound=Record)
T = TypeVar("T")

_DAYS: Final = frozenset({"today", "tomorrow", "yesterday"})


def one_of(
    desk: Desk,
    typed: str,
    *kinds: Kind[R],
    on: Callable[[date], bool] | None = None,
    whole: bool = False,
    of: Meeting | None = None,
) -> R:
    """Return the record of some kinds that is meant.

    Args:
        desk: The register.
        typed: What was typed.
        kinds: What it can be.
        on: Tells whether a day is the date that was typed, where one was.
        whole: Whether the beginning of a name is none: for what is not simply put right again.
        of: The meeting that is spoken of, whose chair a person can be called by.

    Raises:
        NotFoundError: None fits, or several do; the message lists them.
    """
    held = _held(desk, *kinds)
    noun = " or ".join(dict.fromkeys(kind.noun for kind in kinds))
    if Records.people in kinds:
        candidates, why = parties(desk.records, of, kinds), nobody(typed, of)
    else:
        candidates, why = [candidate(record, kind) for record, kind in held.values()], ""
    return held[one(noun, typed, candidates, desk, on, f"{kinds[0].noun} list", whole=whole, why=why)][0]


def any_of(desk: Desk, typed: str) -> Record:
    """Return the record that is meant of all those that have a name or a code, whatever its kind; see ``one_of``."""
    nouns = [kind.noun for kind in every_kind()]
    named = [kind for kind in every_kind() if kind.is_named and kind.called]
    held = _held(desk, *sorted(named, key=lambda kind: nouns.index(kind.noun)))
    candidates = [candidate(record, kind) for record, kind in held.values()]
    return held[one("record", typed, candidates, desk, see="log")][0]


def offered(desk: Desk, *kinds: Kind[Record]) -> list[tuple[str, str]]:
    """Return what a shell may offer for some kinds, each id with its name on one line; of actions the open ones."""
    wanted = ActionsWanted()
    return [
        (id, " ".join(kind.name(record).split()))
        for id, (record, kind) in _held(desk, *kinds).items()
        if not isinstance(record, Action) or wanted(record)
    ]


def party(desk: Desk, typed: str, meeting: Meeting | None = None, *, whole: bool = False) -> Member | Person:
    """Return the member or person that is meant: ``coordinator`` too, and ``chair`` of a meeting. See ``one_of``."""
    why = nobody(typed, meeting)
    id = one("member or person", typed, parties(desk.records, meeting), desk, see="member list", whole=whole, why=why)
    return desk.records.people.get(id) or desk.records.members[id]


def nobody(typed: str, meeting: Meeting | None) -> str:
    """Return why nobody is what somebody can be called by at a meeting; nothing where no such thing was typed."""
    role = role_of(typed)
    if role == "coordinator":
        return "No record says who that is; say so with: slavefree partnership edit --coordinator-person PERSON"
    if role == "chair":
        return f"{meeting.title} has none." if meeting else "That is somebody at a meeting; type a name."
    return ""


def id_of(desk: Desk, typed: str | T, *kinds: Kind[Record]) -> str | T:
    """Return the id of the record of some kinds that is meant by an option; what is no text is returned as it is."""
    return one_of(desk, typed, *kinds).id if isinstance(typed, str) else typed


def meeting(desk: Desk, typed: str, now: datetime, *, whole: bool = False) -> Meeting:
    """Return the meeting that is meant: ``next`` and ``last`` too, a month, and dates in any form that can be typed.

    See ``one_of``.
    """
    word = key(typed).removeprefix("the ").removesuffix(" meeting")
    if word in {"next", "last"}:
        pick = meetings.coming if word == "next" else meetings.latest
        picked = pick(desk.records.meetings.values(), now, desk.records.partnership.timezone)
        if picked is None:
            raise NotFoundError(f"There is no {word} meeting. See: slavefree meeting list")
        return picked
    today = local(now, desk.records.partnership.timezone).date()
    return one_of(desk, typed, Records.meetings, on=_on(typed, today), whole=whole)


def _on(typed: str, today: date) -> Callable[[date], bool] | None:
    """Return what tells whether a day is the date, or in the month, that was typed; None where neither was."""
    # What dates are is a large table.
    from slavefree_cli.model.typed_dates import From, month_of, read

    if month := month_of(typed):
        return lambda day: day.month == month[1] and month[0] in {None, day.year}
    days = set()
    # A day of the week and the like is a word of a title rather than a date.
    for back in (False, True) if re.search(r"\d", typed) or key(typed) in _DAYS else ():
        with suppress(ValueError):
            days.add(read(typed, From(today, back)).day)
    return days.__contains__ if days else None


def item(
    items: Mapping[str, Item], secrets: Mapping[str, RestrictedItem], typed: str, desk: Desk, *, whole: bool = False
) -> str:
    """Return the slug of the agenda item that is meant; its number counts as well. See ``one_of``."""
    order = ordered(items)
    numbers = {str(number): slug for number, (slug, _) in enumerate(order, 1)}
    if typed.strip() in numbers:
        return numbers[typed.strip()]
    titles = {slug: each.title or "" for slug, each in order} | {slug: each.title for slug, each in secrets.items()}
    candidates = [Candidate(slug, title) for slug, title in titles.items()]
    return one("agenda item", typed, candidates, desk, see="agenda show", whole=whole)


def one(
    noun: str,
    typed: str,
    candidates: Sequence[Candidate],
    desk: Desk,
    on: Callable[[date], bool] | None = None,
    see: str = "",
    *,
    whole: bool = False,
    why: str = "",
) -> str:
    """Return the id of the one candidate that fits; what was taken by the beginning of a word is said.

    Args:
        noun: What it is.
        typed: What was typed.
        candidates: What it can be.
        desk: The register.
        on: See ``one_of``.
        see: The command that lists them all.
        whole: See ``one_of``.
        why: Why none fits, where that is known.

    Raises:
        NotFoundError: None fits, or several do; the message lists them.
    """
    fit = fitting(typed, candidates, on, begins=not whole)
    if len(fit.found) == 1:
        if fit.begun:
            desk.warn(f"{typed!r} is taken for {fit.found[0].shown}.")
        return fit.found[0].id
    if not fit.found:
        bad = len(desk.reader.bad())
        unread = f" {bad} of the files could not be read; see: slavefree check" if bad else ""
        if why:
            raise NotFoundError(f"No {noun} fits {typed!r}. {why}{unread}")
        begun = fitting(typed, candidates, on, begins=True).found if whole else ()
        meant = begun[0] if len(begun) == 1 else near(typed, candidates)
        maybe = f" Did you mean {meant.shown}?" if meant else ""
        if all(fitting(each, candidates, on).found for each in typed.split(",")):
            maybe = " Name them one at a time, each with the option again."
        raise NotFoundError(f"No {noun} fits {typed!r}.{maybe} See: slavefree {see or f'{noun} list'}.{unread}")
    which = several(listed(fit.found), 10, "; ")
    alike = len({key(each.name) for each in fit.found}) == 1
    how = "Name the one that you mean by its id." if alike else "Type more of the one that you mean."
    raise NotFoundError(f"{typed!r} fits more than one {noun}: {which}. {how}")


def _held(desk: Desk, *kinds: Kind[R]) -> dict[str, tuple[R, Kind[R]]]:
    return {id: (record, kind) for kind in kinds for id, record in desk.reader.all(kind).items()}
