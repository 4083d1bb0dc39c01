"""Minutes approved as a correct record, and corrected by addenda from then on."""

from datetime import date, datetime
from typing import Final

from slavefree_cli.errors import InvalidError
from slavefree_cli.minutes import approved
from slavefree_cli.model.carry_over import is_later
from slavefree_cli.model.dates import short
from slavefree_cli.model.meeting import Approval, Correction, Meeting
from slavefree_cli.register import door
from slavefree_cli.work.minutes.collecting import reading, uncollected, warn_left_alone
from slavefree_cli.work.minutes.drafting import renewed
from slavefree_cli.work.minutes.volume import Minutes
from slavefree_cli.work.records.ids import new_code

STANDING: Final = "standing"
"""The part of minutes that says whether they are approved."""

UNFINISHED: Final = "It was noted that"
"""What the templates that ship put where somebody is to write."""


def approve(minutes: Minutes, at: Meeting, today: date) -> Approval:
    """Record that minutes were approved at a later meeting, and return it; from then on their text does not change.

    Raises:
        InvalidError: They are approved already, or were not put to that meeting, or have lines that are not collected.
        NotFoundError: There are none yet.
    """
    desk = minutes.desk
    with door.opened(desk) as opened:
        at, meeting = desk.records.meetings[at.id], minutes.meeting
        if (before := minutes.approval) is not None:
            raise InvalidError(
                f"{minutes.named[:1].upper()}{minutes.named[1:]} were approved already, on {short(before.approved)}."
            )
        _refuse_at(minutes, at)
        text = minutes.text
        _refuse_uncollected(minutes, text)
        warn_left_alone(minutes, reading(minutes, text))
        _warn_unfinished(minutes, text)
        if at.date > today:
            desk.warn(f"{at.title} is not until {short(at.date)}; recorded all the same.")
        made = Approval(approved=at.date, at=at.id, sha256="")
        content = renewed(minutes, text, minutes.business._replace(approval=made), STANDING).encode()
        made = Approval(approved=at.date, at=at.id, sha256=approved.digest(content))
        said = f"Approve the {minutes.NOUN} of {meeting.title} on {short(meeting.date)} at {at.title}"
        with opened.change(said) as change:
            minutes.save_approval(change, made)
            change.write(minutes.path, content)
    return made


def correct(minutes: Minutes, text: str, now: datetime) -> None:
    """Add a dated correction to approved minutes, whose text stays as it is.

    Raises:
        InvalidError: They are not approved yet, and can be written in.
    """
    desk = minutes.desk
    with door.opened(desk) as opened:
        if minutes.approval is None:
            raise InvalidError(
                f"{minutes.named[:1].upper()}{minutes.named[1:]} are not approved yet; write in {minutes.path} itself."
            )
        with opened.change(f"Correct {minutes.named}") as change:
            minutes.save_correction(change, new_code(desk), Correction(at=now, text=text.strip()))


def _warn_unfinished(minutes: Minutes, text: str) -> None:
    lines = [str(number) for number, line in enumerate(text.split("\n"), 1) if line.strip() == UNFINISHED]
    if lines:
        many = f"line{'' if len(lines) == 1 else 's'} {', '.join(lines)}"
        minutes.desk.warn(f"{minutes.path}, {many}: nothing follows “{UNFINISHED}”; it is approved as it stands.")


def _refuse_at(minutes: Minutes, at: Meeting) -> None:
    if at.id == minutes.id:
        raise InvalidError(f"{at.title} cannot approve its own minutes; name a later meeting with --at.")
    if not is_later(at, minutes.meeting):
        raise InvalidError(
            f"{at.title} on {short(at.date)} is before {minutes.meeting.title} on {short(minutes.meeting.date)}, and "
            "cannot have approved its minutes; name a later meeting with --at."
        )
    if at.status == "cancelled":
        raise InvalidError(f"{at.title} on {short(at.date)} was cancelled, and approved nothing.")


def _refuse_uncollected(minutes: Minutes, text: str) -> None:
    if lines := uncollected(minutes, text):
        many = f"line{'' if len(lines) == 1 else 's'} {', '.join(map(str, lines))}"
        raise InvalidError(
            f"{minutes.path}, {many}: an action or decision is no record yet, and never would be. "
            f"First: slavefree minutes collect {minutes.id}{minutes.OPTION}"
        )
