"""Minutes approved as a correct record, and corrected by addenda from then on."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Final

from slavefree_cli.errors import InvalidError
from slavefree_cli.minutes import approved, unfinished
from slavefree_cli.model.dates import short
from slavefree_cli.model.meeting import Approval, Correction, Meeting
from slavefree_cli.model.record import changed
from slavefree_cli.register import door
from slavefree_cli.register.desk import Desk
from slavefree_cli.work.minutes import collecting
from slavefree_cli.work.minutes.drafting import renewed
from slavefree_cli.work.minutes.volume import Minutes, Read
from slavefree_cli.work.records.ids import new_code

STANDING: Final = "standing"
"""The part of minutes that says whether they are approved."""


def approve(desk: Desk, read: Read, at: Meeting, today: date) -> None:
    """Record that minutes were approved at a later meeting; from then on their text does not change.

    Raises:
        InvalidError: They are approved already, or were not put to that meeting, or have lines that are not collected.
        NotFoundError: There are none yet.
    """
    with door.opened(desk) as opened:
        minutes, at = read(), desk.records.meetings[at.id]
        _refuse_at(minutes, at)
        found = collecting.reading(minutes, desk.records)
        if lines := collecting.uncollected(found):
            raise InvalidError(
                f"{minutes.at(*lines)} an action or decision is no record yet, and never would be. "
                f"First: slavefree minutes collect {minutes.argument}"
            )
        for said in [*collecting.remarks(minutes, found), *_remarks(minutes, at, today)]:
            desk.warn(said)
        kept = minutes.edition.kept
        approval = Approval(approved=at.date, at=at.id, sha256="")
        edition = minutes.edition._replace(kept=changed(kept, minutes=approval))
        content = renewed(desk, minutes._replace(edition=edition), STANDING).text.encode()
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


def _remarks(minutes: Minutes, at: Meeting, today: date) -> Iterator[str]:
    if lines := unfinished.begun(minutes.text):
        yield f"{minutes.at(*lines)} nothing follows “It was noted that”; it is approved as it stands."
    if at.date > today:
        yield f"{at.title} is not until {short(at.date)}; recorded all the same."


def _refuse_at(minutes: Minutes, at: Meeting) -> None:
    of = minutes.meeting
    if minutes.approval is not None:
        raise InvalidError(f"The {minutes.named} were approved already, on {short(minutes.approval.approved)}.")
    if at.id == of.id:
        raise InvalidError(f"{at.title} cannot approve its own minutes; name a later meeting with --at.")
    if at.order <= of.order:
        raise InvalidError(
            f"{at.title} on {short(at.date)} is before {of.title} on {short(of.date)}, and "
            "cannot have approved its minutes; name a later meeting with --at."
        )
    if at.status == "cancelled":
        raise InvalidError(f"{at.title} on {short(at.date)} was cancelled, and approved nothing.")
