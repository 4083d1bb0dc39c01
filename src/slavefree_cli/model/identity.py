"""Whether somebody who is described in a list is a person that is known: by address, never by name alone."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from slavefree_cli.model.addresses import comparable
from slavefree_cli.model.names import key, plain
from slavefree_cli.model.person import Person
from slavefree_cli.model.references import untitled


class Described(NamedTuple):
    """Somebody as a line of a list has them."""

    name: str
    addresses: tuple[str, ...] = ()
    member: str | None = None
    """The id of the member that they are said to represent."""
    role: str | None = None


class Identity(NamedTuple):
    """Who it is: somebody known, nobody known yet, or somebody of whom the coordinator is asked."""

    person: Person | None = None
    maybe: Sequence[tuple[Person, str]] = ()
    """Whom it may be, and what speaks against it."""


class People:
    """People as they are known so far."""

    def __init__(self, people: Iterable[Person]) -> None:
        self._people: dict[str, Person] = {}
        self._by_address: defaultdict[str, set[str]] = defaultdict(set)
        self._by_name: defaultdict[str, set[str]] = defaultdict(set)
        self._alike: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
        self._of_member: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        """By the member and the last word of the name."""
        for person in people:
            self.put(person)

    def put(self, person: Person) -> None:
        """Take somebody in, or what they are by now."""
        self._people[person.id] = person
        for address in person.addresses:
            self._by_address[comparable(address)].add(person.id)
        for name in (person.name, *person.aka):
            self._by_name[key(name)].add(person.id)
            for words in (_words(name), _together(name)):
                self._alike[words].add(person.id)
        for member in person.represents:
            self._of_member[member, _last(person.name)].add(person.id)

    def get(self, id: str) -> Person | None:
        """Return somebody by their id, or None."""
        return self._people.get(id)

    def named(self, name: str) -> list[Person]:
        """Return those whose whole name or alias this is, however it is written."""
        return self._found(self._by_name.get(key(name), ()))

    def who(self, described: Described) -> Identity:
        """Return who somebody is.

        An address is its owner's, whatever the spelling of the name; not where the name is altogether another, as at a
        mailbox that two share. A name alone is nobody's: without an address it is taken where the member agrees, and
        where there is neither another address nor another role; or where nothing would change.
        """
        named = self.named(described.name)
        owners = {id for each in described.addresses for id in self._by_address.get(comparable(each), ())}
        if owners:
            return self._by_owner(described, self._found(owners), named)
        doubts = [(each, _doubt(described, each)) for each in named]
        sure = [each for each, doubt in doubts if not doubt]
        if len(sure) == 1:
            return Identity(sure[0])
        if sure:
            doubts = [(each, doubt or "nothing tells which of that name") for each, doubt in doubts]
        return Identity(maybe=doubts or [(each, "the name is written otherwise") for each in self._like(described)])

    def _by_owner(self, described: Described, owners: list[Person], named: list[Person]) -> Identity:
        """Return who it is by the address that they are described with."""
        both = [each for each in owners if each in named]
        if len(both) == 1:
            return Identity(both[0])
        if len(owners) == 1 and not named and _akin(described.name, owners[0].name):
            return Identity(owners[0])
        others = [(each, _doubt(described, each)) for each in named if each not in owners]
        return Identity(maybe=[*((each, "the address agrees, the name does not") for each in owners), *others])

    def _like(self, described: Described) -> list[Person]:
        """Return those whose name is written with the same words, or with initials for a representative of a member.

        Where the blanks stand does not count: ``O Brien`` and ``McDonald`` are ``O'Brien`` and ``Mc Donald``.
        """
        written = filter(any, (_words(described.name), _together(described.name)))
        ids = {id for words in written for id in self._alike.get(words, ())}
        for each in self._found(self._of_member.get((described.member or "", _last(described.name)), ())):
            if _initials_fit(described.name, each.name):
                ids.add(each.id)
        return self._found(ids)

    def _found(self, ids: Iterable[str]) -> list[Person]:
        return [self._people[id] for id in sorted(ids)]


def is_last_first(name: str) -> bool:
    """Tell whether a name may be written with the last name first: ``Cox, Colin``."""
    first, comma, rest = name.partition(",")
    return bool(comma and first.strip() and untitled(rest))


def has_title(name: str) -> bool:
    """Tell whether a rank or a courtesy title is a part of a name: ``Cllr Ann Lee``."""
    return len(untitled(name)) < len(untitled(name, titles=True))


def _doubt(described: Described, person: Person) -> str:
    """Say why somebody of that name is not to be taken for the one described, or return nothing."""
    held = person.represents.get(described.member or "")
    against = []
    if described.addresses and person.addresses:
        against.append("another address")
    if described.member and person.represents and held is None:
        against.append("another member")
    if held is not None and held.role and described.role and key(held.role) != key(described.role):
        against.append(f"another role ({held.role})")
    if against:
        return f"has {' and '.join(against)}"
    agrees = held is not None or not (described.addresses or described.member)
    return "" if agrees else "only the name agrees"


def _words(name: str) -> tuple[str, ...]:
    """Return the words of a name in some order, without accents and titles."""
    return tuple(sorted(map(plain, untitled(name))))


def _together(name: str) -> tuple[str, ...]:
    """Return the words of a name as one, without accents and titles."""
    return ("".join(map(plain, untitled(name))),)


def _last(name: str) -> str:
    """Return the last word of a name without accents, where it has more than one that is no title."""
    words = untitled(name)
    return plain(words[-1]) if len(words) > 1 else ""


def _akin(one: str, other: str) -> bool:
    """Tell whether two names may be spellings of one: they have a word in common, or nearly."""
    from difflib import SequenceMatcher

    words, others = _words(one), _words(other)
    if not {each for each in words if len(each) > 1}.isdisjoint(others):
        return True
    return SequenceMatcher(None, "".join(words), "".join(others)).ratio() >= 0.75


def _initials_fit(one: str, other: str) -> bool:
    """Tell whether two names are the same where an initial stands for a name: ``C. Cox``, ``Colin J Cox``."""
    if not _last(one) or _last(one) != _last(other):
        return False
    return _initialled(*(plain(untitled(name)[0]) for name in (one, other)))


def _initialled(one: str, other: str) -> bool:
    return one == other or (1 in {len(one), len(other)} and one[0] == other[0])


def titles_told(name: str) -> Iterator[str]:
    """Yield what is to be told of how a new name is written, which is taken as it is."""
    if is_last_first(name):
        yield f"{name!r} is taken as it is written; write the first name first where a last name stands before it"
    elif has_title(name):
        yield f"the title is taken as a part of the name {name!r}"
