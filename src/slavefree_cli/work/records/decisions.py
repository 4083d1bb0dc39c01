"""Decisions: added and withdrawn."""

from datetime import date

from slavefree_cli.errors import InvalidError
from slavefree_cli.model.decision import Decision
from slavefree_cli.model.kinds import Records, RestrictedRecords
from slavefree_cli.model.record import changed
from slavefree_cli.register import door
from slavefree_cli.register.restricted import WholeDesk
from slavefree_cli.work.records import agendas, find
from slavefree_cli.work.records.ids import new_code

SHOWN = 100
"""How much of a decision the history shows."""


def all_of(desk: WholeDesk) -> dict[str, Decision]:
    """Return every decision, restricted ones too."""
    return {**desk.records.decisions, **desk.restricted.decisions}


def one(desk: WholeDesk, typed: str) -> Decision:
    """Return the decision that is meant, or raise NotFoundError listing what may be."""
    return find.one_of(desk, typed, Records.decisions, RestrictedRecords.decisions)


def add(
    desk: WholeDesk,
    *,
    text: str,
    meeting: str,
    item: str | None,
    supersedes: str | None,
    restricted: bool,
    today: date,
) -> Decision:
    """Add a decision and return it; one on a restricted item is restricted."""
    with door.opened(desk) as opened:
        of = find.meeting(desk, meeting, today)
        if of.status == "cancelled":
            raise InvalidError(f"{of.title} was cancelled, and took no decisions.")
        on = agendas.item(desk, of.id, item) if item else None
        hidden = agendas.is_restricted(desk, of.id, on)
        earlier = one(desk, supersedes) if supersedes else None
        made = Decision(
            id=new_code(desk),
            restricted=restricted or hidden,
            text=text.strip(),
            taken=of.date,
            meeting=of.id,
            item=on,
            supersedes=earlier.id if earlier else None,
        )
        if hidden and not restricted:
            desk.warn(f"The item is restricted, and so is decision {made.id.upper()}.")
        opened.save(_said("Record", made), made)
    return made


def withdraw(desk: WholeDesk, id: str, today: date) -> Decision:
    """Withdraw a decision and return it.

    Raises:
        InvalidError: It is withdrawn already.
    """
    with door.opened(desk) as opened:
        before = all_of(desk)[id]
        if before.withdrawn is not None:
            raise InvalidError(f"Decision {id.upper()} was withdrawn already, on {before.withdrawn}.")
        made: Decision = changed(before, withdrawn=max(today, before.taken))
        opened.save(_said("Withdraw", made), made, before)
    return made


def _said(verb: str, decision: Decision) -> str:
    reference = decision.id.upper()
    if decision.restricted:
        return f"{verb} restricted decision {reference}"
    line = " ".join(decision.text.split())
    return f"{verb} decision {reference}: {line if len(line) <= SHOWN else line[: SHOWN - 1] + '…'}"
