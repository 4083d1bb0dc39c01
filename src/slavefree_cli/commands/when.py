"""When something is to be or has been, as an option says it."""

from datetime import date, timedelta
from typing import Annotated

from msgspec import UnsetType

from slavefree_cli.commands import completion
from slavefree_cli.commands.options import option, text
from slavefree_cli.commands.session import Session
from slavefree_cli.errors import InvalidError, UsageError
from slavefree_cli.model.dates import short, spoken
from slavefree_cli.model.meeting import latest, next_meeting
from slavefree_cli.register.desk import Desk
from slavefree_cli.work.records import find

On = Annotated[str | None, option("DATE", "When it was, if not today.")]
LeftOn = Annotated[str | None, option("DATE", "The first day on which they are not there, if not today.", "--on")]
At = Annotated[str | None, option("MEETING", "The meeting that heard of it.", offers=completion.meetings)]


def day(session: Session, desk: Desk, typed: str | None, name: str, *, back: bool = False) -> date | None | UnsetType:
    """Return the date that an option sets, and say what was worked out of it.

    Args:
        session: The command's.
        desk: The register.
        typed: What was typed.
        name: What the option is called.
        back: Whether it tells of what has happened, so that a date without a year is the last one.

    Raises:
        UsageError: It is no date, or it is not certain which;
            or its year has two figures, where nobody is to be told how it was taken.
    """
    # What dates are is a large table.
    from slavefree_cli.model.typed_dates import From, settled

    wanted = text(typed)
    if not isinstance(wanted, str):
        return wanted
    today = session.today(desk)
    since = From(today, back)
    if "meeting" in wanted.lower():
        meetings = desk.records.meetings.values()
        last = latest(meetings, session.now, desk.records.partnership.timezone)
        coming = next_meeting(meetings, today + timedelta(1))
        since = From(today, back, last.date if last else None, coming.date if coming else None)
    try:
        found = settled(wanted, since)
    except ValueError as error:
        raise UsageError(f"{name}: {error}.") from None
    if found.short_year:
        if not session.may_ask:
            raise UsageError(f"{name}: the year of {wanted!r} has two figures; write {short(found.day)}.")
        session.warn(f"{name} {wanted} is taken for {spoken(found.day)}.")
    elif found.worked_out:
        session.say(f"{name} {wanted}: {spoken(found.day)}.")
    return found.day


def happened(session: Session, desk: Desk, on: str | None, at: str | None, *, ahead: bool = False) -> date:
    """Return the day on which something happened: that of ``--on`` or of the meeting of ``--at``, else today.

    Args:
        session: The command's.
        desk: The register.
        on: What was typed as the date.
        at: What was typed as the meeting.
        ahead: Whether it can be known before, as that somebody leaves.

    Raises:
        UsageError: Both were given, or the date is none.
        InvalidError: That day has not come yet.
    """
    today = session.today(desk)
    if on and at:
        raise UsageError("Give --on or --at, not both.")
    meeting = find.meeting(desk, at, session.now) if at else None
    found = meeting.date if meeting else day(session, desk, on or None, "--on", back=True)
    if not isinstance(found, date):
        return today
    if found > today and not ahead:
        raise InvalidError(f"{spoken(found)} has not come yet.")
    return found


def told_left(name: str, day: date | None, today: date) -> str:
    """Return that somebody left on a day, or leaves on one to come; or that they have not, where it is taken back."""
    if day is None:
        return f"{name} has not left"
    return f"{name} {'leaves' if day > today else 'left'} on {spoken(day)}"


def leaving(session: Session, desk: Desk, on: str | None, at: str | None) -> date | None:
    """Return the first day on which somebody is no longer there; None where an empty ``--on`` takes it back.

    Raises:
        UsageError: Both were given, or the date is none.
    """
    if on is None or on.strip():
        return happened(session, desk, on, at, ahead=True)
    if at:
        raise UsageError("Give --on or --at, not both.")
    return None
