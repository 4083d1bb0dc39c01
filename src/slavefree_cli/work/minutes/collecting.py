"""What was typed in minutes made into records: lines that begin with ACTION or DECISION."""

from datetime import date
from typing import NamedTuple

from slavefree_cli.errors import ConflictError, InvalidError
from slavefree_cli.minutes import owned, typed_lines
from slavefree_cli.minutes.typed_lines import Known, Reading, Typed
from slavefree_cli.model.action import Action
from slavefree_cli.model.decision import Decision
from slavefree_cli.model.person import owner_left
from slavefree_cli.model.references import Candidate
from slavefree_cli.register import door
from slavefree_cli.work.minutes.drafting import renewed
from slavefree_cli.work.minutes.volume import Minutes, refuse_approved
from slavefree_cli.work.records.ids import new_code


class Collected(NamedTuple):
    """A record made from a line."""

    line: int
    record: Action | Decision


def collect(minutes: Minutes) -> list[Collected]:
    """Make a record of every action and decision typed in minutes and return what was made.

    Their lines are rewritten with the references, and the parts of the minutes that list them are renewed.

    Raises:
        InvalidError: A line cannot be understood, or the minutes are approved; nothing is collected.
        NotFoundError: There are no minutes yet.
    """
    desk = minutes.desk
    with door.opened(desk) as opened:
        refuse_approved(minutes, "collected from")
        before = minutes.text
        found = reading(minutes, before)
        warn_left_alone(minutes, found)
        if len(found.problems) > 1:
            for problem in found.problems:
                desk.warn(f"{minutes.path}, line {problem.line} {problem.message}.")
            raise InvalidError(f"Nothing is collected, as {len(found.problems)} lines cannot be understood.")
        for problem in found.problems:
            raise InvalidError(f"Nothing is collected: {minutes.path}, line {problem.line} {problem.message}.")
        made: list[Collected] = []
        for each in found.typed:
            code = new_code(desk, *(one.record.id for one in made))
            made.append(Collected(each.place + 1, _record(minutes, each, code)))
        if made:
            codes = {each.place: (each.at, one.record.id) for each, one in zip(found.typed, made, strict=True)}
            with opened.change(f"Collect {counted(made)} from {minutes.named}") as change:
                for one in made:
                    change.save(one.record)
                change.write(minutes.path, _renewed(minutes, typed_lines.referenced(before, codes), made).encode())
    return made


def reading(minutes: Minutes, text: str) -> Reading:
    """Return what was typed in minutes and has no record yet, and what cannot be understood."""
    desk = minutes.desk
    parties = [Candidate(each.id, each.name) for each in desk.records.people.values()]
    parties += [Candidate(each.id, each.name) for each in desk.records.members.values()]
    known = Known(parties, minutes.agenda, minutes.elsewhere, minutes.meeting.date)
    return typed_lines.read(text, owned.owned_lines(text), known)


def uncollected(minutes: Minutes, text: str) -> list[int]:
    """Return the numbers of the lines typed in minutes that are no records yet, understood or not."""
    found = reading(minutes, text)
    return sorted([each.place + 1 for each in found.typed] + [each.line for each in found.problems])


def counted(made: list[Collected]) -> str:
    """Return how much was collected, in words."""
    actions = sum(isinstance(each.record, Action) for each in made)
    kinds = [("action", actions), ("decision", len(made) - actions)]
    return " and ".join(f"{many} {kind}{'' if many == 1 else 's'}" for kind, many in kinds if many)


def _record(minutes: Minutes, typed: Typed, code: str) -> Action | Decision:
    meeting = minutes.meeting
    if not typed.is_action:
        return Decision(
            id=code, restricted=minutes.RESTRICTED, text=typed.text, taken=meeting.date, meeting=meeting.id,
            item=typed.item,
        )  # fmt: skip
    for owner in typed.owners:
        _refuse_left(minutes, owner, meeting.date, typed.place + 1)
    return Action(
        id=code,
        restricted=minutes.RESTRICTED,
        title=typed.text,
        owner=typed.owners[0],
        with_=typed.owners[1:],
        due=typed.due,
        raised=meeting.date,
        meeting=meeting.id,
        item=typed.item,
    )


def _refuse_left(minutes: Minutes, owner: str, on: date, line: int) -> None:
    party = minutes.desk.records.party(owner)
    if party is not None and owner_left(party, on):
        raise InvalidError(
            f"Nothing is collected: {minutes.path}, line {line} names {party.name}, who had left the partnership."
        )


def _renewed(minutes: Minutes, text: str, made: list[Collected]) -> str:
    """Return minutes with the new records in the parts that list them; parts that cannot be renewed stay."""
    business = minutes.business
    actions = {each.record.id: each.record for each in made if isinstance(each.record, Action)}
    decisions = {each.record.id: each.record for each in made if isinstance(each.record, Decision)}
    business = business._replace(actions={**business.actions, **actions}, decisions={**business.decisions, **decisions})
    try:
        return renewed(minutes, text, business)
    except ConflictError as error:
        minutes.desk.warn(f"The lists in the minutes are not renewed. {error}")
        return text


def warn_left_alone(minutes: Minutes, found: Reading) -> None:
    """Say which lines of minutes somebody may have meant for records, and are none."""
    for remark in found.remarks:
        minutes.desk.warn(f"{minutes.path}, line {remark.line} {remark.message}.")
    business = minutes.business
    for line, code, says in found.references:
        record = business.actions.get(code) or business.decisions.get(code)
        if record is None:
            minutes.desk.warn(
                f"{minutes.path}, line {line} has the reference {code.upper()}, and there is no such record here; "
                "take it out to have the line collected."
            )
        elif says is not None and not _agree(says, record):
            how = f"slavefree action edit {code.upper()}" if isinstance(record, Action) else f"{minutes.path} itself"
            said = f"says otherwise than the record {code.upper()}; change one of the two: {how}"
            minutes.desk.warn(f"{minutes.path}, line {line} {said}.")


def _agree(says: Typed, record: Action | Decision) -> bool:
    if isinstance(record, Decision):
        return says.text == " ".join(record.text.split())
    # One that was put off since has its reason, and the minutes keep what was agreed.
    put_off = any(note.kind == "due" for note in record.notes.values())
    owners = {record.owner, *record.with_}
    same = (says.text, set(says.owners)) == (" ".join(record.title.split()), owners)
    return same and (put_off or says.due == record.due)
