"""A board or subgroup with members, a chair and a quorum of its own."""

from collections.abc import Iterator

from slavefree_cli.model.partnership import QuorumRule
from slavefree_cli.model.record import MemberId, PersonId, Problem, Record, where, within
from slavefree_cli.model.text import title_problem


class Group(Record, frozen=True, kw_only=True):
    """``groups/ID.toml``."""

    name: str
    chair: PersonId | None = None
    members: tuple[MemberId, ...] = ()
    quorum: QuorumRule = QuorumRule()

    def problems(self) -> Iterator[Problem]:
        yield from where("name", title_problem(self.name))
        yield from within("quorum", self.quorum.problems())
