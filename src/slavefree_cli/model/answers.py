"""Who is coming, going by the answers so far, and whether the meeting could decide."""

from typing import NamedTuple

from msgspec import structs

from slavefree_cli.model.attendance import Attendance, Attendee, chair_first
from slavefree_cli.model.hats import hats
from slavefree_cli.model.invitees import invitees
from slavefree_cli.model.issue import answers_earlier
from slavefree_cli.model.kinds import Records
from slavefree_cli.model.meeting import Meeting
from slavefree_cli.model.quorum import Quorum, of_meeting


class Answers(NamedTuple):
    """Those who are invited by what they answered, the chair first and then by name, and the quorum to be expected.

    A member that is invited by its mailbox answers as a person does. Who sent apologies does not come, whatever they
    had answered before.
    """

    coming: list[str]
    not_coming: list[str]
    not_sure: list[str]
    no_answer: list[str]
    outdated: list[str]
    """Of those without an answer, who had answered an earlier version of the meeting."""
    quorum: Quorum
    """Of those who are coming, each for the first member that they represent."""
    apologies: list[str]
    """Of those who do not come, whose apologies are recorded."""

    @property
    def people(self) -> list[str]:
        """Everybody."""
        return [*self.coming, *self.not_sure, *self.no_answer, *self.not_coming]


def answers(meeting: Meeting, records: Records) -> Answers:
    """Return what the people who are invited to a meeting have answered, and who of them sent apologies in advance.

    Args:
        meeting: The meeting.
        records: The open records.
    """
    attendance = records.attendances.get(meeting.id) or Attendance(id=meeting.id)
    ids = {
        each.id
        for each in invitees(meeting, records)
        if each.id in records.people or each.email or attendance.answer(each.id).reply
    }
    names = {id: records.name(id) for id in ids}
    order = chair_first(ids, meeting.chair, names)
    outdated = [id for id in order if _is_outdated(id, attendance, meeting, records)]
    away = [id for id in order if attendance.people.get(id, Attendee()).outcome in {"apologies", "absent"}]
    said = {id: None if id in outdated else attendance.answer(id).reply for id in order}
    said |= dict.fromkeys(away, "declined")
    coming = [id for id in order if said[id] == "accepted"]
    return Answers(
        coming,
        [id for id in order if said[id] in {"declined", "delegated"}],
        [id for id in order if said[id] == "tentative"],
        [id for id in order if said[id] is None],
        [id for id in outdated if id not in away],
        of_meeting(meeting, _as_if_there(coming, meeting, records), records),
        away,
    )


def with_apologies(attendance: Attendance, meeting: Meeting, records: Records) -> Attendance:
    """Return an attendance in which who declined, and of whom nothing else is recorded, has sent apologies.

    Who declined another day or place than they were asked to since has not.
    """

    def sent(id: str, each: Attendee) -> bool:
        declined = each.outcome is None and each.reply == "declined"
        return declined and not _is_outdated(id, attendance, meeting, records)

    people = {
        id: structs.replace(each, outcome="apologies") if sent(id, each) else each
        for id, each in attendance.people.items()
    }
    return structs.replace(attendance, people=people)


def members_with_apologies(attendance: Attendance, meeting: Meeting, records: Records) -> list[str]:
    """Return the members that declined by their mailbox, by name, and of whose people nothing else is recorded."""
    heard = {
        member
        for id, each in attendance.people.items()
        for member in (each.representing, *hats(id, each, meeting, records))
        if each.outcome is not None
    }
    declined = (
        id
        for id, each in attendance.members.items()
        if each.reply == "declined" and id not in heard and not _is_outdated(id, attendance, meeting, records)
    )
    names = {id: records.name(id) for id in attendance.members}
    return chair_first(declined, None, names)


def _is_outdated(id: str, attendance: Attendance, meeting: Meeting, records: Records) -> bool:
    answer, timezone = attendance.answer(id), records.partnership.timezone
    issues = records.issued(meeting.id)
    return answer.reply is not None and answers_earlier(id, answer.reply_sequence or 0, issues, timezone)


def _as_if_there(coming: list[str], meeting: Meeting, records: Records) -> Attendance:
    first = {id: next(iter(hats(id, Attendee(), meeting, records)), None) for id in coming if id in records.people}
    speaks = first | {id: id for id in coming if id in records.members}
    people = {id: Attendee(outcome="present", representing=member) for id, member in speaks.items()}
    return Attendance(id=meeting.id, people=people)
