"""A board or subgroup with members, a chair and a quorum of its own."""

from slavefree_cli.model.partnership import QuorumRule
from slavefree_cli.model.record import MemberId, PersonId, Record, Title


class Group(Record, frozen=True, kw_only=True):
    """``groups/ID.toml``."""

    name: Title
    chair: PersonId | None = None
    members: tuple[MemberId, ...] = ()
    quorum: QuorumRule = QuorumRule()
