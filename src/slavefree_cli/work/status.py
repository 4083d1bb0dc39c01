"""What needs doing now, most urgent first."""

from datetime import date, timedelta
from typing import NamedTuple

from slavefree_cli.model.action import in_order
from slavefree_cli.model.dates import distance, short, spoken
from slavefree_cli.model.meeting import Meeting, next_meeting
from slavefree_cli.model.meeting import in_order as meetings_in_order
from slavefree_cli.model.person import owner_left
from slavefree_cli.register import git, layout
from slavefree_cli.register.restricted import WholeRegister
from slavefree_cli.work import actions, checks, drafts, standing

SOON = timedelta(days=14)


class Need(NamedTuple):
    """One thing to do: how urgent (1 most), what about, and the command that helps."""

    urgency: int
    code: str
    ref: str | None
    due: date | None
    message: str
    command: str | None


def needs(register: WholeRegister, today: date) -> list[Need]:
    """Return what needs doing, most urgent first."""
    found = [
        Need(1, "not-valid", each.file, None, each.sentence(), "slavefree check")
        for each in checks.findings(register)
        if each.severity == "error"
    ]
    found += _next_meeting(register, today)
    found += _invitations(register, today)
    found += _minutes(register, today)
    found += _actions(register, today)
    found += _not_committed(register)
    return sorted(found, key=lambda each: (each.urgency, each.due or date.max))


def _next_meeting(register: WholeRegister, today: date) -> list[Need]:
    meeting = next_meeting(register.all(layout.MEETINGS).values(), today)
    if meeting is None:
        return [
            Need(
                6,
                "no-meeting",
                None,
                None,
                "No meeting is planned.",
                "slavefree meeting add TITLE --date DATE",
            )
        ]
    when = f"{meeting.title}, {spoken(meeting.date)}, is {distance(meeting.date, today)}"
    found = [Need(3, "next-meeting", meeting.id, meeting.date, f"{when}.", f"slavefree meeting show {meeting.id}")]
    if meeting.start is None:
        found.append(
            _about(meeting, "no-time", "has no time yet.", f"slavefree meeting edit {meeting.id} --start TIME")
        )
    agenda = register.all(layout.AGENDAS).get(meeting.id)
    if agenda is None or not agenda.items:
        found.append(_about(meeting, "no-agenda", "has no agenda.", f"slavefree agenda add {meeting.id} TITLE"))
    return found


def _invitations(register: WholeRegister, today: date) -> list[Need]:
    records = register.records()
    upcoming = next_meeting(records.meetings.values(), today)
    found = []
    for meeting in meetings_in_order(records.meetings.values()):
        if meeting.date < today or meeting.status == "held":
            continue
        stands = standing.of(meeting, records)
        each = f"slavefree invite make {meeting.id} --each --to DIR"
        if not stands.issued:
            if meeting is upcoming:
                make = f"slavefree invite make {meeting.id}"
                found.append(_about(meeting, "invitation", "needs an invitation made.", make))
            continue
        if stands.clashed:
            what = f"went out in different versions under one number ({stands.sequence}); issue it again."
            found.append(_about(meeting, "issued-twice", what, f"slavefree invite status {meeting.id}"))
        if stands.outdated:
            what = "has changed since its invitation was published."
            found.append(_about(meeting, "invitation", what, f"slavefree invite make {meeting.id}"))
        if stands.personal:
            if counted := stands.counted():
                found.append(_about(meeting, "invitees", f"invitations: {counted}.", each))
            if without := stands.without_address():
                many = "1 invited person has" if len(without) == 1 else f"{len(without)} invited people have"
                status = f"slavefree invite status {meeting.id}"
                found.append(_about(meeting, "no-address", f"{many} no address.", status))
    return found


def _minutes(register: WholeRegister, today: date) -> list[Need]:
    found = []
    for meeting in meetings_in_order(register.all(layout.MEETINGS).values()):
        if not meeting.took_place(today):
            continue
        if meeting.status == "planned":
            message = f"{meeting.title}, {short(meeting.date)}, has gone by and nobody is recorded as present."
            command = f"slavefree attendance record {meeting.id} --present PERSON"
            found.append(Need(4, "attendance", meeting.id, meeting.date, message, command))
        if not drafts.drafted_already(register, meeting):
            message = f"{meeting.title}, {short(meeting.date)}, has no minutes."
            found.append(Need(4, "minutes", meeting.id, meeting.date, message, f"slavefree minutes draft {meeting.id}"))
    return found


def _actions(register: WholeRegister, today: date) -> list[Need]:
    records = register.records()
    found = []
    for action in in_order(actions.all_of(register).values()):
        if action.status != "open":
            continue
        reference = action.id.upper()
        named = f"Action {reference}, {action.title} ({records.name(action.owner)})"
        if action.overdue(today) and action.due:
            message = f"{named} was due {distance(action.due, today)}."
            found.append(Need(2, "overdue", action.id, action.due, message, f"slavefree action show {reference}"))
        elif action.due and action.due - today <= SOON:
            message = f"{named} is due {distance(action.due, today)}."
            found.append(Need(4, "due-soon", action.id, action.due, message, f"slavefree action show {reference}"))
        owner = records.party(action.owner)
        if owner is not None and owner_left(owner, today):
            message = f"{named}: the owner has left."
            command = f"slavefree action edit {reference} --owner OWNER"
            found.append(Need(2, "owner-left", action.id, action.due, message, command))
    return found


def _not_committed(register: WholeRegister) -> list[Need]:
    try:
        states = git.find(register.root).states([register.root])
    except git.GitError as error:
        return [Need(7, "no-history", None, None, f"No history is kept: {error}.", "git init")]
    if not states:
        return []
    many = f"{len(states)} file{'' if len(states) == 1 else 's'}"
    return [Need(5, "not-committed", None, None, f"{many} not committed.", "slavefree commit")]


def _about(meeting: Meeting, code: str, what: str, command: str) -> Need:
    return Need(3, code, meeting.id, meeting.date, f"{meeting.title}, {short(meeting.date)}, {what}", command)
