"""What was typed in minutes made into records: lines that begin with ACTION or DECISION."""

from collections.abc import Collection, Iterator, Sequence

from slavefree_cli.errors import ConflictError, InvalidError
from slavefree_cli.minutes import owned, typed_lines
from slavefree_cli.minutes.typed_lines import Known, Reading, Typed
from slavefree_cli.model import text as words
from slavefree_cli.model.action import Action
from slavefree_cli.model.decision import Decision
from slavefree_cli.model.kinds import Records
from slavefree_cli.model.person import owner_left
from slavefree_cli.model.references import parties
from slavefree_cli.register import door
from slavefree_cli.register.desk import Desk
from slavefree_cli.work.minutes.drafting import renewed
from slavefree_cli.work.minutes.volume import Minutes, Read
from slavefree_cli.work.records.ids import new_code


def collect(desk: Desk, read: Read) -> dict[int, Action | Decision]:
    """Make a record of every action and decision typed in minutes and return them by the numbers of their lines.

    Their lines are rewritten with the references, and the parts of the minutes that list them are renewed.

    Raises:
        InvalidError: A line cannot be understood, or the minutes are approved; nothing is collected.
        NotFoundError: There are no minutes yet.
    """
    with door.opened(desk) as opened:
        minutes = read()
        minutes.refuse_approved("collected from")
        found = reading(minutes, desk.records)
        problems = [f"{minutes.at(each.line)} {each.message}." for each in found.problems]
        for said in [*remarks(minutes, found), *(problems if len(problems) > 1 else ())]:
            desk.warn(said)
        if len(problems) > 1:
            raise InvalidError(f"Nothing is collected, as {len(problems)} lines cannot be understood.")
        if problems:
            raise InvalidError(f"Nothing is collected: {problems[0]}")
        made, after = _recorded(desk, minutes, found.typed)
        if made:
            try:
                after = renewed(desk, after)
            except ConflictError as error:
                desk.warn(f"The lists in the minutes are not renewed. {error}")
            with opened.change(f"Collect {counted(made.values())} from the {minutes.named}") as change:
                for record in made.values():
                    change.save(record)
                change.write(minutes.path, after.text.encode())
    return made


def reading(minutes: Minutes, records: Records) -> Reading:
    """Return what was typed in minutes and has no record yet, and what cannot be understood."""
    known = Known(parties(records, minutes.meeting), minutes.edition.agenda, minutes.meeting.date)
    return typed_lines.read(minutes.text, owned.owned_lines(minutes.text), known)


def remarks(minutes: Minutes, found: Reading) -> Iterator[str]:
    """Yield which lines of minutes somebody may have meant for records, and are none."""
    for remark in found.remarks:
        yield f"{minutes.at(remark.line)} {remark.message}."
    for line, code, says in found.references:
        record = minutes.edition.actions.get(code) or minutes.edition.decisions.get(code)
        if record is None:
            yield (
                f"{minutes.at(line)} has the reference {code.upper()}, and there is no such record here; "
                "take it out to have the line collected."
            )
        elif says is not None and not _agree(says, record):
            how = f"slavefree action edit {code.upper()}" if isinstance(record, Action) else f"{minutes.shown} itself"
            yield f"{minutes.at(line)} says otherwise than the record {code.upper()}; change one of the two: {how}."


def uncollected(found: Reading) -> list[int]:
    """Return the numbers of the lines typed in minutes that are no records yet, understood or not."""
    return sorted([each.place + 1 for each in found.typed] + [each.line for each in found.problems])


def counted(made: Collection[Action | Decision]) -> str:
    """Return how much was collected, in words."""
    actions = sum(isinstance(each, Action) for each in made)
    kinds = [("action", actions), ("decision", len(made) - actions)]
    return " and ".join(words.counted(many, kind) for kind, many in kinds if many)


def _recorded(desk: Desk, minutes: Minutes, typed: Sequence[Typed]) -> tuple[dict[int, Action | Decision], Minutes]:
    """Return the records of what was typed, by line, and minutes that have their references and count them as minuted.

    Raises:
        InvalidError: A line names somebody who had left by the day of the meeting.
    """
    actions, decisions = dict(minutes.edition.actions), dict(minutes.edition.decisions)
    of, restricted = minutes.meeting, minutes.part.restricted
    made: dict[int, Action | Decision] = {}
    references: dict[int, tuple[int, str]] = {}
    for each in typed:
        for party in map(desk.records.party, each.owners):
            if party is not None and owner_left(party, of.date, desk.records.members):
                place = minutes.at(each.place + 1)
                raise InvalidError(f"Nothing is collected: {place} names {party.name}, who had left the partnership.")
        id = new_code(desk, *actions, *decisions)
        record: Action | Decision
        if each.is_action:
            record = actions[id] = Action(
                id=id, restricted=restricted, title=each.text, owner=each.owners[0], with_=each.owners[1:],
                due=each.due, raised=of.date, meeting=of.id, item=each.item,
            )  # fmt: skip
        else:
            record = decisions[id] = Decision(
                id=id, restricted=restricted, text=each.text, taken=of.date, meeting=of.id, item=each.item
            )
        made[each.place + 1] = record
        references[each.place] = each.at, id
    content = typed_lines.referenced(minutes.text, references).encode()
    edition = minutes.edition._replace(actions=actions, decisions=decisions)
    return made, minutes._replace(edition=edition, content=content)


def _agree(says: Typed, record: Action | Decision) -> bool:
    if isinstance(record, Decision):
        return says.text == " ".join(record.text.split())
    # One that was put off since has its reason, and the minutes keep what was agreed.
    put_off = any(note.kind == "due" for note in record.notes.values())
    owners = {record.owner, *record.with_}
    same = (says.text, set(says.owners)) == (" ".join(record.title.split()), owners)
    return same and (put_off or says.due == record.due)
