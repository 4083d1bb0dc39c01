"""Meetings: added with an agenda, changed, moved, cancelled."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any, NamedTuple

from msgspec import UnsetType

from slavefree_cli.errors import InvalidError
from slavefree_cli.model.agenda import Agenda
from slavefree_cli.model.dates import short
from slavefree_cli.model.kinds import Records
from slavefree_cli.model.meeting import Meeting, moved
from slavefree_cli.model.names import slug
from slavefree_cli.model.record import changed
from slavefree_cli.model.schedule import Planned, Weekday, planned
from slavefree_cli.model.text import counted
from slavefree_cli.register import door
from slavefree_cli.register.desk import Desk
from slavefree_cli.work.records import approved, find, templates
from slavefree_cli.work.records.ids import new_code
from slavefree_cli.work.records.timetable import bank_holidays, unusual


class Details(NamedTuple):
    """What a new meeting has besides its title and its day; people and groups by anything that fits only one."""

    start: time | None | UnsetType
    end: time | None | UnsetType
    venue: str | None | UnsetType
    chair: str | None | UnsetType
    group: str | None | UnsetType
    agenda: str
    """The template of its agenda."""
    link: str | None | UnsetType = None


def add(desk: Desk, title: str, day: date, details: Details, now: datetime) -> Meeting:
    """Add a meeting with an agenda from a template, and return it.

    Raises:
        InvalidError: There is a meeting of that title on that day, or something about it is not valid.
    """
    return _added(desk, title, {day: "that day"}, details, now, f"Add meeting {title.strip()} on {short(day)}")[0]


def days_of(desk: Desk, on: Weekday, *, begin: date, months: int, count: int) -> list[Planned]:
    """Return the days of a series of meetings, the partnership's bank holidays avoided."""
    is_holiday = bank_holidays(desk.records.partnership.holidays)
    return planned(on, begin=begin, months=months, count=count, is_holiday=is_holiday)


def add_series(desk: Desk, title: str, days: Sequence[date], details: Details, now: datetime) -> list[Meeting]:
    """Add a meeting on each of these days, all or none, and return them.

    Raises:
        InvalidError: There is a meeting of that title on one of the days, or something about them is not valid.
    """
    many = f"{counted(len(days), 'meeting')}, {title.strip()}"
    message = f"Plan {many}, from {short(days[0])} to {short(days[-1])}"
    return _added(desk, title, {day: short(day) for day in days}, details, now, message)


def edit(
    desk: Desk,
    id: str,
    *,
    chair: str | None | UnsetType,
    group: str | None | UnsetType,
    agenda: str | None,
    **changes: Any,
) -> Meeting:
    """Change a meeting and return it; an agenda template adds the items that are not there yet."""
    with door.opened(desk) as opened:
        before = desk.records.meetings[id]
        changes["chair"] = find.id_of(desk, chair, Records.people)
        changes["group"] = find.id_of(desk, group, Records.groups)
        made: Meeting = changed(before, **changes)
        with opened.change(f"Change meeting {made.dated}") as change:
            change.save(made, before)
            if agenda:
                present = desk.records.agendas.get(id)
                items = {**templates.agenda(desk, agenda), **(present.items if present else {})}
                change.save(Agenda(id=id, items=items), present)
    if made.when != before.when:
        _tell(desk, made)
    if (made.when, made.title, made.venue, made.chair) != (before.when, before.title, before.venue, before.chair):
        approved.warn(desk, made)
    return made


def move(desk: Desk, id: str, day: date, start: time | None, end: time | None) -> Meeting:
    """Move a meeting to another day or hour and return it."""
    with door.opened(desk) as opened:
        before = desk.records.meetings[id]
        if before.status != "planned":
            raise InvalidError(f"{before.dated} is {before.status}, and does not move.")
        to, begins, ends = moved(before, day, start, end)
        made: Meeting = changed(before, date=to, start=begins, end=ends)
        opened.save(f"Move meeting {made.title} from {short(before.date)} to {short(made.date)}", made, before)
    _tell(desk, made)
    return made


def cancel(desk: Desk, before: Meeting, reason: str) -> Meeting:
    """Cancel a meeting and return it; its records stay."""
    with door.opened(desk, based_on=[before]) as opened:
        before = desk.records.meetings[before.id]
        if before.status == "held":
            raise InvalidError(f"{before.dated} was held, and cannot be cancelled.")
        made: Meeting = changed(before, status="cancelled", reason=reason)
        return opened.save(f"Cancel meeting {made.dated}", made, before)


def _added(
    desk: Desk, title: str, days: Mapping[date, str], details: Details, now: datetime, message: str
) -> list[Meeting]:
    """Add a meeting on each of some days, which come with what people are told that they are."""
    with door.opened(desk) as opened:
        items = templates.agenda(desk, details.agenda)
        there = {(each.title.casefold(), each.date): each.id for each in desk.records.meetings.values()}
        for day, told in days.items():
            if other := there.get((title.strip().casefold(), day)):
                raise InvalidError(f"There is a meeting of that title on {told} already ({other}).")
        made = [_new(desk, title, day, details, now) for day in days]
        with opened.change(message) as change:
            for meeting in made:
                change.save(meeting)
                if items:
                    change.save(Agenda(id=meeting.id, items=items))
    for meeting in made:
        _tell(desk, meeting)
    return made


def _tell(desk: Desk, meeting: Meeting) -> None:
    """Tell what is unusual about when a meeting is."""
    for sentence in unusual(desk, meeting):
        desk.warn(sentence)


def _new(desk: Desk, title: str, day: date, details: Details, now: datetime) -> Meeting:
    """Return a new meeting; its id is its date and slug, without the word meeting at the end, which says nothing."""
    words = title.split()
    if len(words) > 1 and words[-1].casefold() == "meeting":
        words.pop()
    prefix = f"{day.isoformat()}-"
    taken = {id.removeprefix(prefix) for id in desk.records.meetings} | desk.records.unreadable
    id = prefix + slug(" ".join(words), "meeting", taken, lambda: new_code(desk))
    return changed(
        Meeting(id=id, title=title.strip(), date=day, uid=f"{uuid.uuid4()}@slavefree", created=now),
        start=details.start,
        end=details.end,
        venue=details.venue,
        link=details.link,
        chair=find.id_of(desk, details.chair, Records.people),
        group=find.id_of(desk, details.group, Records.groups),
    )
