"""Decisions: added and withdrawn."""

from datetime import date, datetime

from slavefree_cli.errors import InvalidError
from slavefree_cli.model.dates import short, spoken
from slavefree_cli.model.decision import Decision
from slavefree_cli.model.kinds import Records, RestrictedRecords
from slavefree_cli.model.record import changed
from slavefree_cli.register import door
from slavefree_cli.register.restricted import WholeDesk
from slavefree_cli.work.records import agendas, find
from slavefree_cli.work.records.ids import new_code, save_coded

SHOWN = 100
"""How much of a decision the history shows."""


def one(desk: WholeDesk, typed: str, *, whole: bool = False) -> Decision:
    """Return the decision that is meant, or raise NotFoundError listing what may be."""
    return find.one_of(desk, typed, Records.decisions, RestrictedRecords.decisions, whole=whole)


def add(
    desk: WholeDesk,
    *,
    text: str,
    meeting: str,
    item: str | None,
    supersedes: str | None,
    restricted: bool,
    now: datetime,
) -> Decision:
    """Add a decision and return it; one on a restricted item is restricted."""
    with door.opened(desk) as opened:
        of = find.meeting(desk, meeting, now)
        if of.status == "cancelled":
            raise InvalidError(f"{of.dated} was cancelled, and took no decisions.")
        on = agendas.item(desk, of.id, item) if item else None
        hidden = agendas.is_restricted(desk, of.id, on)
        made = Decision(
            id=new_code(desk),
            restricted=restricted or hidden,
            text=text.strip(),
            taken=of.date,
            meeting=of.id,
            item=on,
            supersedes=one(desk, supersedes).id if supersedes else None,
        )
        save_coded(opened, "Record", _shown(made), made)
        if hidden and not restricted:
            desk.warn(f"The item is restricted, and so is decision {made.id.upper()}.")
    return made


def withdraw(desk: WholeDesk, typed: str, on: date | None, because: str | None, today: date) -> Decision:
    """Withdraw a decision and return it.

    Args:
        desk: The register.
        typed: The decision, by anything that fits only one.
        on: The day; None for today or, where the meeting that took it is still to come, its day.
        because: Why, if that is said.
        today: The date where the partnership is.

    Raises:
        InvalidError: It is withdrawn already, or was not taken yet by that day.
        NotFoundError: None fits, or more than one.
    """
    with door.opened(desk) as opened:
        before = one(desk, typed, whole=True)
        if before.withdrawn is not None:
            raise InvalidError(f"Decision {before.id.upper()} was withdrawn already, on {short(before.withdrawn)}.")
        if on is not None and on < before.taken:
            raise InvalidError(
                f"Decision {before.id.upper()} was taken on {spoken(before.taken)}, after {spoken(on)}; give the day "
                "on which it was withdrawn."
            )
        made: Decision = changed(before, withdrawn=on or max(today, before.taken), reason=because)
        return save_coded(opened, "Withdraw", _shown(made), made, before)


def _shown(decision: Decision) -> str:
    line = " ".join(decision.text.split())
    return line if len(line) <= SHOWN else line[: SHOWN - 1] + "…"
