"""Who came and how, taken in while it is recorded."""

from collections.abc import Sequence
from typing import Any, Final, Literal, NamedTuple, get_args

from slavefree_cli.errors import InvalidError, NotFoundError
from slavefree_cli.model import references
from slavefree_cli.model.agenda import ordered
from slavefree_cli.model.attendance import Attendee, Outcome
from slavefree_cli.model.dates import short
from slavefree_cli.model.hats import choice, hats
from slavefree_cli.model.kinds import Records
from slavefree_cli.model.meeting import Meeting
from slavefree_cli.model.presence import Moves, Places, moved, taken_back
from slavefree_cli.model.record import changed
from slavefree_cli.register.restricted import WholeDesk
from slavefree_cli.work.records import agendas, find

Said = Literal[
    "present", "apologies", "absent", "in-attendance",
    "deputy", "video", "late", "left", "back", "interest", "representing",
]  # fmt: skip
"""What can be said of somebody, and taken back."""

_OF_WHO_CAME: Final = (
    "representing", "deputy_for", "also_deputy_for", "by_video", "arrived", "left", "interests", "away",
)  # fmt: skip


class Came(NamedTuple):
    """What is to be recorded of who came and how; people, members and items by anything that fits only one."""

    outcomes: Sequence[tuple[Outcome, str]] = ()
    deputies: Sequence[tuple[str, str]] = ()
    """Who came, and for whom."""
    video: Sequence[str] = ()
    late: Sequence[tuple[str, str]] = ()
    """Who, and the item at which they came."""
    left: Sequence[tuple[str, str]] = ()
    interests: Sequence[tuple[str, str]] = ()
    back: Sequence[tuple[str, str]] = ()
    """Who, and the item at which they came back in."""
    representing: Sequence[tuple[str, str]] = ()
    """Who, and the member for which they sat."""
    taken_back: Sequence[tuple[Said, str]] = ()
    """What of the above is no longer to be so, and of whom; it goes before the rest."""


def named(desk: WholeDesk, meeting: Meeting, came: Came) -> Came:
    """Return what came of a meeting with people and members by their ids.

    Raises:
        NotFoundError: There is no such person or member, or a member is named where people come.
    """

    def who(typed: str) -> str:
        try:
            return find.one_of(desk, typed, Records.people, of=meeting).id
        except NotFoundError:
            fit = references.fitting(typed, references.parties(desk.records)).found
            if len(fit) != 1 or fit[0].id not in desk.records.members:
                raise
            raise NotFoundError(
                f"{fit[0].name} is a member; name who came. What its mailbox answered is recorded with: "
                f"slavefree attendance reply MEETING {fit[0].id} declined"
            ) from None

    def pairs(given: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
        return [(who(person), item) for person, item in given]

    return Came(
        [(outcome, who(person)) for outcome, person in came.outcomes],
        [(who(deputy), who(replaced)) for deputy, replaced in came.deputies],
        [who(person) for person in came.video],
        pairs(came.late),
        pairs(came.left),
        pairs(came.interests),
        pairs(came.back),
        [(who(person), find.one_of(desk, member, Records.members).id) for person, member in came.representing],
        [(said, who(person)) for said, person in came.taken_back],
    )


class Recording:
    """The attendance of one meeting while it is recorded, by the ids of people and members."""

    def __init__(self, desk: WholeDesk, meeting: Meeting) -> None:
        self._desk = desk
        self._meeting = meeting
        self.told: list[str] = []
        """What is to be told of how it was taken, once it is recorded."""
        self.before = desk.records.attendances.get(meeting.id)
        self.people: dict[str, Attendee] = dict(self.before.people) if self.before else {}
        self._seen: dict[str, Outcome] = {}
        self.undecided: dict[str, list[str]] = {}
        """Who can sit for several members, and for which, where it was not said."""

    @property
    def anybody_came(self) -> bool:
        """Whether it was said of anybody that they came."""
        return not {"present", "in-attendance"}.isdisjoint(self._seen.values())

    def take(self, came: Came) -> None:
        """Take in what is said; see ``record``."""
        for said, person in came.taken_back:
            self._take_back(said, person)
        for value, person in came.outcomes:
            self._outcome(person, value)
        for deputy, absent in came.deputies:
            self._outcome(deputy, "present")
            self._deputy(deputy, absent)
            if self._of(absent).outcome is None:
                self._outcome(absent, "apologies")
        for person in came.video:
            self._there(person)
            self._set(person, by_video=True)
        for person, item in came.interests:
            self._there(person)
            now = (*self._of(person).interests, self._item(item))
            self._set(person, interests=tuple(dict.fromkeys(now)))
        self._moves(came)
        for person, member in came.representing:
            self._there(person)
            self._sits_for(person, member)
        self._ask_about({person for person, _ in came.representing})
        self._refuse_deputies_of_who_came()

    def _refuse_deputies_of_who_came(self) -> None:
        for deputy, absent in ((id, each) for id, attendee in self.people.items() for each in attendee.came_for):
            if deputy == absent:
                raise InvalidError(f"{self._name(deputy)} cannot be their own deputy; name who they came for.")
            if self._of(absent).outcome in {"present", "in-attendance"}:
                raise InvalidError(
                    f"{self._name(deputy)} cannot be the deputy of {self._name(absent)}, who was there in person. "
                    f"Take one of the two back: --deputy {deputy}= or --{self._of(absent).outcome} {absent}="
                )

    def _of(self, person: str) -> Attendee:
        return self.people.get(person, Attendee())

    def _set(self, person: str, **fields: Any) -> None:
        self.people[person] = changed(self._of(person), **fields)

    def _name(self, id: str) -> str:
        return self._desk.records.name(id)

    def _item(self, typed: str) -> str:
        return agendas.item(self._desk, self._meeting.id, typed)

    def _hats(self, person: str) -> list[str]:
        return hats(person, self._of(person), self._meeting, self._desk.records)

    def _there(self, person: str) -> None:
        if self._of(person).outcome not in {"present", "in-attendance"}:
            self._outcome(person, "present")

    def _outcome(self, person: str, value: Outcome) -> None:
        if self._seen.setdefault(person, value) != value:
            raise InvalidError(f"{self._name(person)} cannot be both {self._seen[person]} and {value}.")
        self._set(person, outcome=value)
        if value in {"apologies", "absent"}:
            self._clear(person)
        if self._of(person).representing is None and value == "present":
            self._set(person, representing=next(iter(self._hats(person)), None))

    def _clear(self, person: str) -> None:
        """Take away what only somebody has who came."""
        bare = Attendee()
        self._set(person, **{name: getattr(bare, name) for name in _OF_WHO_CAME})

    def _deputy(self, deputy: str, absent: str) -> None:
        """Have somebody come in the place of another, besides the one whose deputy they are already."""
        attendee = self._of(deputy)
        if absent not in attendee.came_for:
            others = {each.deputy_for for id, each in self.people.items() if id != deputy}
            if attendee.deputy_for is None and absent not in others:
                self._set(deputy, deputy_for=absent)
            else:
                self._set(deputy, also_deputy_for=(*attendee.also_deputy_for, absent))
        self._set(deputy, representing=next(iter(self._hats(deputy)), None))

    def _moves(self, came: Came) -> None:
        named: dict[str, list[list[str]]] = {}
        for which, pairs in enumerate((came.late, came.left, came.back)):
            for person, item in pairs:
                named.setdefault(person, [[], [], []])[which].append(self._item(item))
        order = [slug for slug, _ in ordered(agendas.of(self._desk, self._meeting.id).open.items)]
        for person, moves in named.items():
            self._there(person)
            before = self._of(person)
            try:
                self.people[person] = after = moved(before, Moves(*moves), Places(order))
            except ValueError as error:
                raise InvalidError(f"{self._name(person)} {error}.") from None
            for gone, away in after.away.items() if not moves[2] else ():
                if before.away.get(gone) != away:
                    numbers = (order.index(gone) + 1, order.index(away.back) + 1)
                    self.told.append(
                        "{} is taken for out from item {} to item {}.".format(self._name(person), *numbers)
                    )

    def _sits_for(self, person: str, member: str) -> None:
        if member not in (found := self._hats(person)):
            day, of = short(self._meeting.date), ", ".join(map(self._name, found)) or "no member"
            raise InvalidError(
                f"{self._name(person)} represents {of} on {day}, and not {self._name(member)}. Record it first: "
                f"slavefree person edit {person} --of {member}"
            )
        self._set(person, representing=member)

    def _ask_about(self, said: set[str]) -> None:
        """Tell who can sit for several members, and for which of them they are recorded; and who for none."""
        for person in (id for id, outcome in self._seen.items() if outcome == "present" and id not in said):
            known = self._of(person).came_for or self._desk.records.people[person].represents
            if self._of(person).representing is None and known:
                name = self._name(person)
                self.told.append(f"{name} represents no member on that day, and does not count for the quorum.")
            between = choice(person, self._of(person), self._meeting, self._desk.records)
            if between:
                self.undecided[person] = between
                sits_for = self._of(person).representing or between[0]
                others = [each for each in between if each != sits_for]
                self.told.append(
                    f"{self._name(person)} can sit for {' or '.join(map(self._name, between))}, and counts for one: "
                    f"{self._name(sits_for)}. Say otherwise with --representing {person}={others[0]}."
                )

    def _take_back(self, said: Said, person: str) -> None:
        attendee = self._of(person)
        if said in get_args(Outcome):
            if attendee.outcome != said:
                raise InvalidError(f"{self._name(person)} is not recorded as {said}; nothing is taken back.")
            self._clear(person)
            self._set(person, outcome=None)
            if self.people[person] == Attendee():
                del self.people[person]
        elif person not in self.people:
            raise InvalidError(f"Nothing is recorded of {self._name(person)}; nothing is taken back.")
        elif said in {"left", "back"}:
            self.people[person] = taken_back(attendee, back=said == "back")
        elif said in {"deputy", "representing"}:
            if said == "deputy":
                self._set(person, deputy_for=None, also_deputy_for=())
            sits_for = next(iter(self._hats(person)), None) if attendee.outcome == "present" else None
            self._set(person, representing=sits_for)
        elif said == "video":
            self._set(person, by_video=False)
        elif said == "late":
            self._set(person, arrived=None)
        else:
            self._set(person, interests=())
