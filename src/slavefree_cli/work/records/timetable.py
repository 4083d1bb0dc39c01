"""The partnership's timetable: when agendas and draft minutes are due, bank holidays left out.

It is shown and warned of, never enforced.
"""

from collections.abc import Iterator
from contextlib import suppress
from datetime import date

from slavefree_cli.errors import InvalidError
from slavefree_cli.model.dates import clock, spoken
from slavefree_cli.model.meeting import Meeting, at_night
from slavefree_cli.model.partnership import Timetable
from slavefree_cli.model.working_days import Holiday, agenda_due, minutes_due
from slavefree_cli.register.desk import Desk


def bank_holidays(place: str | None) -> Holiday:
    """Return what tells whether a day is a bank holiday; the library that knows them is imported only here.

    Args:
        place: An ISO 3166 code such as ``GB-ENG``; None for a partnership that has said nothing, and none is known.

    Raises:
        InvalidError: The holidays of that place are not known.
    """
    if place is None:
        return lambda _: False
    import holidays

    country, _, part = place.partition("-")
    try:
        known = holidays.country_holidays(country, subdiv=part or None)
    except NotImplementedError:
        raise InvalidError(
            f"The bank holidays of {place} are not known; set others with: slavefree partnership edit --holidays CODE"
        ) from None
    return lambda day: day in known


class Deadlines:
    """The days by which things are due, bank holidays left out.

    Args:
        desk: The register.
    """

    def __init__(self, desk: Desk) -> None:
        self.problem: str | None = None
        """Why bank holidays are counted as working days, where they are not known."""
        self._timetable: Timetable = desk.records.partnership.timetable
        try:
            self._is_holiday = bank_holidays(desk.records.partnership.holidays)
        except InvalidError as error:
            self._is_holiday = bank_holidays(None)
            self.problem = str(error)

    def agenda(self, meeting: Meeting) -> date:
        """Return the last day on which a meeting's agenda and papers go out in time."""
        return agenda_due(meeting.date, self._timetable.agenda_days, self._is_holiday)

    def minutes(self, meeting: Meeting) -> date:
        """Return the day by which a meeting's draft minutes are due."""
        return minutes_due(meeting.date, self._timetable.minutes_days, self._is_holiday)


def late_agenda(desk: Desk, meeting: Meeting, today: date) -> str | None:
    """Say that a change to the agenda of a meeting to come is late; None where it is not."""
    due = Deadlines(desk).agenda(meeting)
    if not due < today <= meeting.date or meeting.status != "planned":
        return None
    return f"The agenda and papers of {meeting.title} were due out by {spoken(due)}; this is late."


def late_minutes(desk: Desk, meeting: Meeting, today: date) -> str | None:
    """Say that minutes drafted now are late; None where they are not."""
    due = Deadlines(desk).minutes(meeting)
    return f"The draft was due by {spoken(due)}; this is late." if today > due else None


def unusual(desk: Desk, meeting: Meeting) -> Iterator[str]:
    """Yield what is unusual about when a meeting is: on a bank holiday, or at night; taken, and told in full."""
    with suppress(InvalidError):
        if bank_holidays(desk.records.partnership.holidays)(meeting.date):
            yield f"{spoken(meeting.date)} is a bank holiday; it is taken all the same."
    for does, day, at in at_night(meeting):
        yield f"{meeting.title} {does} at {clock(at)} on {spoken(day)}, which is at night; it is taken all the same."
