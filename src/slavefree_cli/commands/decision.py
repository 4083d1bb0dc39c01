"""``slavefree decision``."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated

import typer

from slavefree_cli.commands import completion
from slavefree_cli.commands.noun import noun
from slavefree_cli.commands.options import ItemOption, MeetingOption, Secret, Words, argument, option
from slavefree_cli.commands.session import AsJson
from slavefree_cli.commands.when import At, On, happened
from slavefree_cli.commands.whole import offers, whole
from slavefree_cli.model.criteria import DecisionsWanted, chosen
from slavefree_cli.model.dates import spoken
from slavefree_cli.model.decision import Decision, as_taken
from slavefree_cli.model.kinds import Records, RestrictedRecords
from slavefree_cli.model.quorum import at_decision
from slavefree_cli.register.restricted import WholeDesk
from slavefree_cli.view import shapes
from slavefree_cli.view.screen import columns
from slavefree_cli.work.records import decisions, find

app = noun()

COLUMNS = columns(
    "id text taken meeting withdrawn superseded_by restricted",
    code="id superseded_by",
    spare="meeting taken",
    id="Ref",
    text="Decision",
)


def _items(desk: WholeDesk, found: Iterable[Decision]) -> list[shapes.Item]:
    records = desk.records
    everything = (*records.decisions.values(), *desk.restricted.decisions.values())
    return [shapes.decision(each, everything, at_decision(each, records)) for each in found]


both = offers(Records.decisions, RestrictedRecords.decisions)
Which = Annotated[str, argument("DECISION", "Its reference, or a word of it.", offers=both)]


@app.command(epilog="Example: slavefree decision add 'The terms of reference were agreed.' --meeting last --item terms")
def add(
    context: typer.Context,
    text: Words,
    meeting: Annotated[str, option("MEETING", "The meeting that took it.", offers=completion.meetings)],
    item: ItemOption = None,
    supersedes: Annotated[str | None, option("DECISION", "The decision it takes the place of.", offers=both)] = None,
    restricted: Secret = False,
    json: AsJson = False,
) -> None:
    """Record a decision."""
    session, desk = whole(context)
    made = decisions.add(
        desk,
        text=text,
        meeting=meeting,
        item=item or None,
        supersedes=supersedes or None,
        restricted=restricted,
        now=session.now,
    )
    (shown,) = _items(desk, [made])
    session.show(Records.decisions, shown, COLUMNS, json=json, message=f"Recorded decision {made.id.upper()}")


@app.command("list", epilog="Example: slavefree decision list --meeting last")
def list_(context: typer.Context, meeting: MeetingOption = None, json: AsJson = False) -> None:
    """List decisions in the order in which they were taken."""
    session, desk = whole(context)
    wanted = DecisionsWanted(find.meeting(desk, meeting, session.now).id if meeting else None)
    found = as_taken(chosen(Decision, wanted, desk.records, desk.restricted), desk.records.meetings)
    session.show_all(Records.decisions, _items(desk, found), COLUMNS, desk, json=json)


@app.command(epilog="Example: slavefree decision show 4M8XT")
def show(context: typer.Context, decision: Which, json: AsJson = False) -> None:
    """Show a decision."""
    session, desk = whole(context)
    (shown,) = _items(desk, [decisions.one(desk, decision)])
    session.detail(Records.decisions, shown, json=json)


@app.command(epilog="Example: slavefree decision withdraw 4M8XT --at last --because 'The county does it'")
def withdraw(
    context: typer.Context,
    decision: Which,
    because: Annotated[str | None, option("TEXT", "Why it is withdrawn.")] = None,
    on: On = None,
    at: At = None,
    json: AsJson = False,
) -> None:
    """Withdraw a decision; its record stays."""
    session, desk = whole(context)
    day = happened(session, desk, on, at) if on or at else None
    made = decisions.withdraw(desk, decision, day, (because or "").strip() or None, session.today(desk))
    (shown,) = _items(desk, [made])
    session.show(Records.decisions, shown, COLUMNS, json=json, message=_withdrew(made, session.today(desk)))


def _withdrew(made: Decision, today: date) -> str:
    when = f" on {spoken(made.withdrawn)}" if made.withdrawn and made.withdrawn != today else ""
    return f"Withdrew decision {made.id.upper()}{when}: {' '.join(made.text.split())}"
