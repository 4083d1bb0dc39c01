"""Minutes approved as a correct record, and corrected by addenda from then on."""

from collections.abc import Iterator
from datetime import datetime

from slavefree_cli.errors import InvalidError
from slavefree_cli.minutes import approved, owned, unfinished
from slavefree_cli.model.dates import clock, short
from slavefree_cli.model.meeting import Approval, Correction, Meeting
from slavefree_cli.model.record import changed
from slavefree_cli.register import door
from slavefree_cli.register.desk import Desk
from slavefree_cli.work.minutes import drafting, reading
from slavefree_cli.work.minutes.reading import Found
from slavefree_cli.work.minutes.volume import Minutes, Read
from slavefree_cli.work.records import withheld
from slavefree_cli.work.records.ids import new_code


def approve(desk: Desk, read: Read, at: Meeting, now: datetime, *, anyway: bool = False) -> None:
    """Record that minutes were approved at a later meeting; from then on their text does not change.

    What they say of the meeting itself is renewed first: its title, date, time and venue.

    Args:
        desk: The register.
        read: Reads them.
        at: The meeting that approved them.
        now: The instant at which it is recorded.
        anyway: Whether lines that look like actions or decisions may stay as they are, and headings that are stale, and
            whether another group's meeting may have approved them.

    Raises:
        InvalidError: They are approved already, or were not put to that meeting, or are not finished, or show what is
            restricted; or that meeting is still to come.
        NotRenewedError: Somebody has written inside the parts that say which meeting it was, and whether it approved.
        NotFoundError: There are none yet.
    """
    with door.opened(desk) as opened:
        minutes, at = read(), desk.records.meetings[at.id]
        _refuse_at(minutes, at)
        drafting.refuse_unread(desk)
        _refuse_unfinished(minutes)
        if not minutes.part.restricted:
            withheld.refuse(desk, [(minutes.path, minutes.text)], "they are not approved")
        found = reading.reading(minutes, desk)
        said = [*_of_another_group(desk, minutes, at), *_unsettled(minutes, found), *drafting.stale(minutes)]
        if said and not anyway:
            for each in said if len(said) > 1 else ():
                desk.warn(each)
            what = said[0] if len(said) == 1 else f"{len(said)} things in them are not settled."
            raise InvalidError(f"The {minutes.named} are not approved. {what} To approve them as they are: --anyway")
        if not at.has_begun(now, desk.records.partnership.timezone):
            raise InvalidError(
                f"{at.title} is not until {_when(at)}, and has approved nothing yet; record it when it has."
            )
        for each in [*said, *reading.remarks(minutes, found, desk.records.partnership.timezone)]:
            desk.warn(each)
        kept = minutes.edition.kept
        approval = Approval(approved=at.date, at=at.id, sha256="")
        edition = minutes.edition._replace(kept=changed(kept, minutes=approval))
        parts = [drafting.HEADING, drafting.STANDING]
        content = drafting.renewed(desk, minutes._replace(edition=edition), parts).text.encode()
        approval = changed(approval, sha256=approved.digest(content))
        with opened.change(f"Approve the {minutes.named} at {at.title}") as change:
            change.save(changed(kept, minutes=approval), kept)
            change.write(minutes.path, content)
        desk.reader.forget()
        minutes = read()
        if approved.digest(minutes.content or b"") != approval.sha256:
            # A hook of git has formatted them as they were committed, and that is what was approved.
            kept, approval = minutes.edition.kept, changed(approval, sha256=approved.digest(minutes.content or b""))
            opened.save(f"Approve the {minutes.named} as git has them", changed(kept, minutes=approval), kept)


def correct(desk: Desk, read: Read, text: str, now: datetime) -> None:
    """Add a dated correction to approved minutes, whose text stays as it is.

    Raises:
        InvalidError: They are not approved yet, and can be written in.
    """
    with door.opened(desk) as opened:
        minutes = read()
        if minutes.approval is None:
            raise InvalidError(f"The {minutes.named} are not approved yet; write in {minutes.shown} itself.")
        kept, correction = minutes.edition.kept, Correction(at=now, text=text.strip())
        corrections = {**kept.corrections, new_code(desk): correction}
        opened.save(f"Correct the {minutes.named}", changed(kept, corrections=corrections), kept)


def _of_another_group(desk: Desk, minutes: Minutes, at: Meeting) -> Iterator[str]:
    """Yield that a meeting is another group's than the one whose minutes it is to have approved."""
    if at.group != minutes.meeting.group:
        mine, other = (_group(desk, each) for each in (minutes.meeting, at))
        yield f"{at.title} on {short(at.date)} is a meeting of {other}, and the {minutes.named} are of {mine}."


def _group(desk: Desk, meeting: Meeting) -> str:
    group = desk.records.groups.get(meeting.group or "")
    return group.name if group else meeting.group or "the whole partnership"


def _when(at: Meeting) -> str:
    return short(at.date) + (f", {clock(at.start)}" if at.start else "")


def _unsettled(minutes: Minutes, found: Found) -> Iterator[str]:
    """Yield what looks like an action or a decision in minutes and is no record, with what helps."""
    if typed := reading.typed(found):
        yield (
            f"{minutes.at(*typed)} an action or decision is no record yet, and never would be. "
            f"First: slavefree minutes collect {minutes.argument}."
        )
    for each in reading.unsettled(minutes, found):
        yield f"{minutes.at(each.line)} {each.message}."


def _refuse_unfinished(minutes: Minutes) -> None:
    """Refuse minutes in which somebody still has to write.

    Raises:
        InvalidError: git left its marks in them, or a sentence was begun in them and goes no further.
    """
    if lines := unfinished.marked(minutes.text):
        raise InvalidError(
            f"{minutes.at(*lines)} git left its marks where two versions met; keep the lines that are right, and take "
            "out the others with the marks."
        )
    if lines := unfinished.begun(minutes.text, owned.owned_lines(minutes.text).every):
        raise InvalidError(
            f"{minutes.at(*lines)} nothing follows “It was noted that”; write what was, or take the line out."
        )


def _refuse_at(minutes: Minutes, at: Meeting) -> None:
    of = minutes.meeting
    if minutes.approval is not None:
        raise InvalidError(f"The {minutes.named} were approved already, on {short(minutes.approval.approved)}.")
    if at.id == of.id:
        raise InvalidError(f"{at.title} cannot approve its own minutes; name a later meeting with --at.")
    if at.order <= of.order:
        raise InvalidError(
            f"{at.dated} is before {of.dated}, and cannot have approved its minutes; name a later meeting with --at."
        )
    if at.status == "cancelled":
        raise InvalidError(f"{at.dated} was cancelled, and approved nothing.")
