"""What needs doing now, most urgent first."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import date, timedelta
from typing import NamedTuple

from slavefree_cli.errors import InvalidError
from slavefree_cli.git.process import GitError, NoRepositoryError
from slavefree_cli.model.action import Action
from slavefree_cli.model.criteria import ActionsWanted, MeetingsWanted, chosen
from slavefree_cli.model.dates import distance, short, spoken
from slavefree_cli.model.meeting import Meeting, next_meeting
from slavefree_cli.model.person import owner_left
from slavefree_cli.model.text import counted
from slavefree_cli.register import places, repositories
from slavefree_cli.register.restricted import WholeDesk
from slavefree_cli.work.care import checks
from slavefree_cli.work.invite import progress
from slavefree_cli.work.minutes import reading, restricted, volume
from slavefree_cli.work.minutes.volume import Minutes
from slavefree_cli.work.records import agendas, papers
from slavefree_cli.work.records.leaving import hand_over
from slavefree_cli.work.records.timetable import Deadlines

SOON = timedelta(days=14)


class Need(NamedTuple):
    """One thing to do: how urgent (1 most), what about, and the command that helps."""

    urgency: int
    code: str
    ref: str | None
    due: date | None
    message: str
    command: str | None


def needs(desk: WholeDesk, today: date, root: str | None = None) -> list[Need]:
    """Return what needs doing, most urgent first.

    Args:
        desk: The register.
        today: The date where the partnership is.
        root: Its folder, where its files are to be told as ``places.shown`` does.
    """
    deadlines = Deadlines(desk)
    upcoming = next_meeting(desk.records.meetings.values(), today)
    found = [
        Need(1, "not-valid", each.file, None, each.sentence(root), "slavefree check")
        for each in checks.findings(desk, "error")
    ]
    if deadlines.problem is not None:
        found.append(Need(5, "holidays", None, None, deadlines.problem, "slavefree partnership edit --holidays CODE"))
    found += _next_meeting(desk, upcoming, today, deadlines, root)
    found += _invitations(desk, upcoming, today)
    found += _minutes(desk, today, deadlines)
    found += _actions(desk, today)
    found += _kept(desk)
    return sorted(found, key=lambda each: (each.urgency, each.due or date.max))


def _next_meeting(
    desk: WholeDesk, meeting: Meeting | None, today: date, deadlines: Deadlines, root: str | None
) -> Iterator[Need]:
    """Yield when the next meeting is, what it and its agenda lack, and by when the agenda goes out."""
    if meeting is None:
        yield Need(6, "no-meeting", None, None, "No meeting is planned.", "slavefree meeting add TITLE --date DATE")
        return
    when = f"{meeting.title}, {spoken(meeting.date)}, is {distance(meeting.date, today)}"
    yield Need(3, "next-meeting", meeting.id, meeting.date, f"{when}.", f"slavefree meeting show {meeting.id}")
    if meeting.start is None:
        yield _about(meeting, "no-time", "has no time yet.", f"slavefree meeting edit {meeting.id} --start TIME")
    due = deadlines.agenda(meeting)
    urgency = 3 if today <= due else 2
    if not agendas.of(desk, meeting.id).open.items:
        what = f"has no agenda; it {'is' if today <= due else 'was'} due out by {spoken(due)}."
        yield _about(meeting, "no-agenda", what, f"slavefree agenda add {meeting.id} TITLE", urgency, due)
    elif today <= due <= today + SOON:
        what = f"sends out its agenda and papers by {spoken(due)} ({distance(due, today)})."
        yield _about(meeting, "agenda-due", what, f"slavefree agenda show {meeting.id}", urgency, due)
    if missing := [places.shown(path, None, root) for _, path in papers.missing(desk, meeting.id)]:
        many = "a paper that is" if len(missing) == 1 else f"{len(missing)} papers that are"
        what = f"lists {many} not there: {', '.join(missing)}."
        yield _about(meeting, "paper", what, f"slavefree agenda show {meeting.id}", urgency, due)


def _invitations(desk: WholeDesk, upcoming: Meeting | None, today: date) -> Iterator[Need]:
    for meeting in chosen(Meeting, MeetingsWanted(since=today), desk.records):
        if meeting.status == "held":
            continue
        stands = progress.of(meeting, desk.records)
        make, status = f"slavefree invite make {meeting.id}", f"slavefree invite status {meeting.id}"
        if stands.sequence is None and meeting is upcoming:
            yield _about(meeting, "invitation", "needs an invitation made.", make)
        if stands.clashed:
            what = f"went out in different versions under one number ({stands.sequence}); issue it again."
            yield _about(meeting, "issued-twice", what, status)
        if stands.outdated:
            yield _about(meeting, "invitation", "has changed since its invitation was published.", make)
        if stands.personal and (lacking := stands.counted()):
            yield _about(meeting, "invitees", f"invitations: {lacking}.", f"slavefree invite send {meeting.id}")
        if unreached := progress.not_reached(stands.people):
            many = counted(len(unreached), "invited person was", "invited people were")
            yield _about(meeting, "unreached", f"{many} not reached.", status)
        if stands.personal and (without := progress.without_address(stands.people)):
            many = counted(len(without), "invited person has", "invited people have")
            yield _about(meeting, "no-address", f"{many} no address.", status)


def _minutes(desk: WholeDesk, today: date, deadlines: Deadlines) -> Iterator[Need]:
    meetings = chosen(Meeting, None, desk.records)
    for meeting in meetings:
        if not meeting.took_place(today):
            continue
        if meeting.status == "planned":
            command = f"slavefree attendance record {meeting.id} --present PERSON"
            yield _about(meeting, "attendance", "has gone by and nobody is recorded as present.", command, 4)
        secrets = agendas.of(desk, meeting.id).hidden.items
        for read in (volume.read, restricted.read) if secrets else (volume.read,):
            # What cannot be read is among what check finds.
            with suppress(InvalidError):
                yield from _of_minutes(desk, read(desk, meeting.id), meetings, today, deadlines.minutes(meeting))


def _of_minutes(desk: WholeDesk, minutes: Minutes, meetings: list[Meeting], today: date, due: date) -> Iterator[Need]:
    """Yield what minutes lack on their way from nothing to approved."""
    meeting, noun, subject = minutes.meeting, minutes.part.noun, minutes.argument
    if minutes.approval is not None:
        return
    if minutes.content is None:
        late = today > due
        what = f"has no {noun}; the draft {'was' if late else 'is'} due by {spoken(due)}."
        yield _about(meeting, "minutes", what, f"slavefree minutes draft {subject}", 2 if late else 4, due)
        return
    if lines := reading.uncollected(reading.reading(minutes, desk)):
        many = counted(len(lines), "line that is", "lines that are")
        what = f"has {many} typed in its {noun} and no record yet."
        yield _about(meeting, "collect", what, f"slavefree minutes collect {subject}")
    of_group = (each for each in reversed(meetings) if each.group == meeting.group and each.took_place(today))
    at = next((each for each in of_group if each.order > meeting.order), None)
    if at is not None:
        named, later = (f"{each.title}, {short(each.date)}," for each in (meeting, at))
        message = f"The {noun} of {named} are not approved yet; {later} could have."
        yield Need(4, "approve", meeting.id, at.date, message, f"slavefree minutes approve {subject} --at {at.id}")


def _actions(desk: WholeDesk, today: date) -> Iterator[Need]:
    records = desk.records
    for action in chosen(Action, ActionsWanted(), records, desk.restricted):
        reference = action.id.upper()
        named = f"Action {reference}, {action.title} ({' and '.join(map(records.name, (action.owner, *action.with_)))})"
        show = f"slavefree action show {reference}"
        if action.overdue(today) and action.due:
            yield Need(2, "overdue", action.id, action.due, f"{named} was due {distance(action.due, today)}.", show)
        elif action.due and action.due - today <= SOON:
            yield Need(4, "due-soon", action.id, action.due, f"{named} is due {distance(action.due, today)}.", show)
        owners = [records.party(id) for id in (action.owner, *action.with_)]
        left = [each for each in owners if each is not None and owner_left(each, today, records.members)]
        if left:
            said = "the owner has left" if len(owners) == 1 else f"{' and '.join(each.name for each in left)} left"
            yield Need(2, "owner-left", action.id, action.due, f"{named}: {said}.", hand_over(left[0]))


def _kept(desk: WholeDesk) -> Iterator[Need]:
    """Yield what it takes for everything to be in a history, and in more places than one."""
    try:
        parts = list(repositories.both(desk))
        many = sum(len(places.to_commit(desk.root, part.repository.states(part.paths))) for part in parts)
        alone = any(part.is_restricted and not part.repository.text("remote").split() for part in parts)
    except NoRepositoryError as error:
        yield Need(7, "no-history", None, None, f"No history is kept: {error}.", "git init")
        return
    except GitError as error:
        yield Need(1, "no-history", None, None, f"Git cannot be used: {error}.", "git status")
        return
    if many:
        yield Need(5, "not-committed", None, None, f"{counted(many, 'file')} not committed.", "slavefree commit")
    if alone:
        message = "What is restricted is on this machine alone; keep a second copy, or share it."
        yield Need(6, "restricted-alone", None, None, message, "slavefree restricted share FOLDER")


def _about(meeting: Meeting, code: str, what: str, command: str, urgency: int = 3, due: date | None = None) -> Need:
    message = f"{meeting.title}, {short(meeting.date)}, {what}"
    return Need(urgency, code, meeting.id, due or meeting.date, message, command)
