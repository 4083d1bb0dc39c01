"""A reminder of what was promised: one message to each owner of open actions. Restricted actions are in none."""

from datetime import date

from slavefree_cli.documents.blocks import Heading, List, Paragraph, line, lines
from slavefree_cli.mail.letter import Letter, Party
from slavefree_cli.model.action import Action
from slavefree_cli.model.carry_over import carried
from slavefree_cli.model.dates import short
from slavefree_cli.model.invitees import Invitee, anybody, written_to
from slavefree_cli.model.kinds import Records
from slavefree_cli.model.person import owner_left
from slavefree_cli.model.record import in_order
from slavefree_cli.model.text import counted
from slavefree_cli.register.desk import Desk
from slavefree_cli.work.post.letters import Round, refuse_shown, round_of
from slavefree_cli.work.records import find
from slavefree_cli.work.records.leaving import hand_over


def chase(desk: Desk, today: date, *, overdue: bool, owner: str | None) -> Round:
    """Return a message for each owner of open actions, the most overdue first; joint owners have one too.

    Of a member without an address the people get it who represent it, in one message with what is their own. Who has
    left is reminded of nothing, which is told. The others of the round are whose open actions are not asked for.

    Args:
        desk: The register; what is restricted goes into nothing.
        today: The date where the partnership is.
        overdue: Whether only actions count whose day has gone by.
        owner: The one owner who is meant, by anything that fits only one.

    Raises:
        InvalidError: The partnership has no coordinator's address, or something restricted would be shown.
        NotFoundError: There is no such owner.
    """
    records = desk.records
    only = find.party(desk, owner).id if owner else None
    by_owner: dict[str, list[Action]] = {}
    others: set[str] = set()
    for action in in_order(records.actions.values()):
        if action.status == "open":
            for id in dict.fromkeys((action.owner, *action.with_)):
                if only in {None, id} and (not overdue or action.overdue(today)):
                    by_owner.setdefault(id, []).append(action)
                elif (party := records.party(id)) and not owner_left(party, today, records.members):
                    others.update(written_to(id, records, today))
    for bad in desk.reader.bad_of(Records.actions):
        desk.warn(f"{bad.sentence(desk.root)} Nobody is reminded of it.")
    for id in list(by_owner):
        party = records.party(id)
        if party is not None and owner_left(party, today, records.members):
            references = ", ".join(each.id.upper() for each in by_owner.pop(id))
            desk.warn(f"{party.name} has left, and is not reminded of {references}. Hand over: {hand_over(party)}")
    without, of = [], dict[str, list[str]]()
    for owner_id in sorted(by_owner, key=lambda each: (records.name(each).casefold(), each)):
        people = written_to(owner_id, records, today)
        for each in people:
            of.setdefault(each, []).append(owner_id)
        if not people:
            without.append(Invitee(owner_id, records.name(owner_id), None))
    readers = sorted((anybody(id, records) for id in of), key=lambda each: (each.name.casefold(), each.id))

    def written(reader: Invitee, to: Party) -> Letter:
        theirs = {action.id: action for each in of[reader.id] for action in by_owner[each]}
        return _letter(reader.id, to, in_order(theirs.values()), {reader.id, *of[reader.id]}, records, today)

    there = round_of(records, readers, written)
    refuse_shown(desk, there.letters)
    return there._replace(without_address=without, others=frozenset(others))


def _letter(id: str, to: Party, actions: list[Action], owners: set[str], records: Records, today: date) -> Letter:
    late = sum(each.overdue(today) for each in actions)
    many = counted(len(actions), "open action")
    title = f"Your actions: {many}, {late} overdue" if late else f"Your actions: {many}"
    body = (
        Heading(1, lines(title)),
        Paragraph(lines(f"This is what you have taken on for {records.partnership.name}.")),
        Heading(2, lines("Actions")),
        List(tuple(line(_line(each, id, owners, records, today)) for each in actions)),
        Paragraph(lines("Please answer with what is done, what is not, and by when it will be.")),
    )
    members = " and ".join(sorted(records.name(each) for each in owners if each != id))
    others = sum(id not in each.owners for each in actions)
    some = f"{others} of them " if others < len(actions) else ""
    what = counted(len(actions), "action") + (f", {some}for {members}" if others else "")
    return Letter(id, to, title, body, what=what)


def _line(action: Action, id: str, owners: set[str], records: Records, today: date) -> str:
    said = []
    if action.due is not None and action.overdue(today):
        said.append(f"due {short(action.due)}, {counted((today - action.due).days, 'day')} overdue")
    elif action.due is not None:
        said.append(f"due {short(action.due)}")
    else:
        said.append("no date set")
    if times := carried(action, records.meetings, today):
        said.append(f"carried {counted(times, 'time')}")
    every = list(dict.fromkeys((action.owner, *action.with_)))
    others = [each for each in every if each != id]
    if id not in every:
        said.append(f"for {' and '.join(records.name(each) for each in every if each in owners)}")
        others = [each for each in every if each not in owners]
    if others:
        said.append(f"with {' and '.join(map(records.name, others))}")
    return f"{action.id.upper()}: {action.title} ({'; '.join(said)})"
