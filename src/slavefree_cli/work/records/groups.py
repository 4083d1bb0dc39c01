"""Groups: boards and subgroups with members, a chair and a quorum of their own."""

from collections.abc import Sequence

from msgspec import UNSET, UnsetType

from slavefree_cli.model.group import Group
from slavefree_cli.model.names import slug
from slavefree_cli.model.partnership import QuorumRule
from slavefree_cli.model.record import changed
from slavefree_cli.register import door
from slavefree_cli.register.desk import Desk
from slavefree_cli.work.records import find
from slavefree_cli.work.records.ids import new_code, refuse_same_name


def add(desk: Desk, *, name: str, chair: str | None, members: Sequence[str], quorum: dict[str, object]) -> Group:
    """Add a group and return it.

    Raises:
        InvalidError: There is a group of that name, or something about it is not valid.
        NotFoundError: There is no such chair or member.
    """
    with door.opened(desk) as opened:
        refuse_same_name(name, desk.records.groups.values(), "group")
        taken = {*desk.records.groups, *desk.records.unreadable}
        made = Group(
            id=slug(name, "group", taken, lambda: new_code(desk)),
            name=name.strip(),
            chair=find.person(desk, chair).id if chair else None,
            members=_members(desk, members),
            quorum=changed(QuorumRule(), **quorum),
        )
        opened.save(f"Add group {made.name}", made)
    return made


def edit(
    desk: Desk,
    id: str,
    *,
    name: str | None | UnsetType,
    chair: str | None | UnsetType,
    members: Sequence[str] | UnsetType,
    quorum: dict[str, object],
) -> Group:
    """Change a group and return it as it is now; ``members`` takes the place of those it had."""
    with door.opened(desk) as opened:
        before = desk.records.groups[id]
        made = changed(
            before,
            name=name,
            chair=find.person(desk, chair).id if isinstance(chair, str) else chair,
            members=UNSET if isinstance(members, UnsetType) else _members(desk, members),
            quorum=changed(before.quorum, **quorum),
        )
        if made.name != before.name:
            refuse_same_name(made.name, (each for each in desk.records.groups.values() if each.id != id), "group")
        opened.save(f"Change group {made.name}", made, before)
    return made


def _members(desk: Desk, typed: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(find.member(desk, each).id for each in typed))
