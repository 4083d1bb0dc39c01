"""Groups: boards and subgroups with members, a chair and a quorum of their own."""

from collections.abc import Mapping, Sequence

from msgspec import UNSET, UnsetType

from slavefree_cli.model.group import Group
from slavefree_cli.model.kinds import Records
from slavefree_cli.model.partnership import QuorumRule
from slavefree_cli.model.record import changed
from slavefree_cli.register import door
from slavefree_cli.register.desk import Desk
from slavefree_cli.work.records import find
from slavefree_cli.work.records.ids import new_slug, save_named


def add(desk: Desk, *, name: str, chair: str | None, members: Sequence[str], quorum: Mapping[str, object]) -> Group:
    """Add a group and return it.

    Raises:
        InvalidError: There is a group of that name, or something about it is not valid.
        NotFoundError: There is no such chair or member.
    """
    with door.opened(desk) as opened:
        made = Group(
            id=new_slug(desk, name, Records.groups),
            name=name.strip(),
            chair=find.id_of(desk, chair, Records.people),
            members=_members(desk, members),
            quorum=changed(QuorumRule(), **quorum),
        )
        return save_named(opened, desk, f"Add group {made.name}", made)


def edit(
    desk: Desk,
    id: str,
    *,
    name: str | None | UnsetType,
    chair: str | None | UnsetType,
    members: Sequence[str] | UnsetType,
    quorum: Mapping[str, object],
) -> Group:
    """Change a group and return it as it is now; ``members`` takes the place of those it had."""
    with door.opened(desk) as opened:
        before = desk.records.groups[id]
        made = changed(
            before,
            name=name,
            chair=find.id_of(desk, chair, Records.people),
            members=UNSET if isinstance(members, UnsetType) else _members(desk, members),
            quorum=changed(before.quorum, **quorum),
        )
        return save_named(opened, desk, f"Change group {made.name}", made, before)


def _members(desk: Desk, typed: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(find.one_of(desk, each, Records.members).id for each in typed))
