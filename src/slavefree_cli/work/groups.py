"""Groups: boards and subgroups with members, a chair and a quorum of their own."""

from collections.abc import Sequence

from msgspec import UNSET, UnsetType

from slavefree_cli.model.group import Group
from slavefree_cli.model.names import slug
from slavefree_cli.model.partnership import QuorumRule
from slavefree_cli.model.record import changed
from slavefree_cli.register import layout
from slavefree_cli.register.store import Register
from slavefree_cli.work import find
from slavefree_cli.work.ids import new_code, refuse_same_name

SHELF = layout.GROUPS


def add(
    register: Register, *, name: str, chair: str | None, members: Sequence[str], quorum: dict[str, object]
) -> Group:
    """Add a group and return it.

    Raises:
        InvalidError: There is a group of that name, or something about it is not valid.
        NotFoundError: There is no such chair or member.
    """
    with register.change() as change:
        refuse_same_name(name, register.all(SHELF).values(), "group")
        taken = {*register.all(SHELF), *(bad.id for bad in register.bad())}
        made = Group(
            id=slug(name, "group", taken, lambda: new_code(register)),
            name=name.strip(),
            chair=find.person(register, chair).id if chair else None,
            members=_members(register, members),
            quorum=changed(QuorumRule(), **quorum),
        )
        change.message = f"Add group {made.name}"
        change.save(made)
    return made


def edit(
    register: Register,
    id: str,
    *,
    name: str | None | UnsetType,
    chair: str | None | UnsetType,
    members: Sequence[str] | UnsetType,
    quorum: dict[str, object],
) -> Group:
    """Change a group and return it as it is now; ``members`` takes the place of those it had."""
    with register.change() as change:
        before = register.all(SHELF)[id]
        made = changed(
            before,
            name=name,
            chair=find.person(register, chair).id if isinstance(chair, str) else chair,
            members=UNSET if isinstance(members, UnsetType) else _members(register, members),
            quorum=changed(before.quorum, **quorum),
        )
        if made.name != before.name:
            refuse_same_name(made.name, (each for each in register.all(SHELF).values() if each.id != id), "group")
        change.message = f"Change group {made.name}"
        change.save(made, before)
    return made


def _members(register: Register, typed: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(find.member(register, each).id for each in typed))
