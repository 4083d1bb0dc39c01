"""How a record is named by what people type: an id, a name or a word of it, an alias, an address, a date."""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Final, NamedTuple

from slavefree_cli.model.kinds import Kind, Records, kind_of
from slavefree_cli.model.meeting import Meeting
from slavefree_cli.model.member import Member
from slavefree_cli.model.names import key, plain, typed_code
from slavefree_cli.model.person import Person
from slavefree_cli.model.record import Record

SHORTEST: Final = 3
"""How many letters the beginning of a word has at least that can stand for it."""

_TITLES: Final = frozenset({
    "mr", "mrs", "ms", "miss", "mx", "dr", "doctor", "prof", "professor", "revd", "rev", "reverend", "fr",
    "father", "sister", "canon", "rabbi", "imam", "bishop", "cllr", "councillor", "alderman", "mayor", "sir",
    "dame", "lord", "lady", "baroness", "mp", "obe", "mbe", "cbe", "kc", "jp", "dl", "pc", "pcso", "wpc", "dc",
    "tdc", "ps", "sgt", "sergeant", "ds", "insp", "inspector", "di", "ci", "chief", "dci", "supt",
    "superintendent", "dsu", "dcs", "acc", "dcc", "cc", "constable", "detective", "commander", "cdr",
    "commissioner", "capt", "captain", "major", "lt", "officer", "chair",
})  # fmt: skip
"""Ranks and courtesy titles: alone they name nobody, and with a name they say nothing more."""

_NOBODY: Final = frozenset({
    "all", "any", "anyone", "anybody", "both", "each", "every", "everyone", "everybody", "someone", "somebody",
    "none", "nobody", "no", "one", "other", "others", "tbc", "tba", "the", "a", "an", "and", "or", "of", "for",
    "to", "in", "on", "at", "by", "with", "from", "who", "we", "us", "our", "they", "them", "their", "it",
    "vacant", "vacancy", "unknown",
})  # fmt: skip
"""Words of which everybody's name can have one: alone they name nobody."""


_OF: Final = re.compile(r"(?P<name>[^()]+?)\s*\((?P<member>[^()]+)\)\s*")
"""Somebody with the member that they represent."""
_ROLES: Final = {
    "chair": ("chair", "the chair", "chairman", "chairwoman", "chairperson"),
    "coordinator": ("coordinator", "the coordinator", "co-ordinator", "the co-ordinator"),
}
"""What people call who is one of these."""


class Candidate(NamedTuple):
    """A record that may be meant."""

    id: str
    name: str
    coded: bool = False
    """Whether the id is a random code, which people type in either case."""
    day: date | None = None
    """The date that it has, which it can be named by."""
    also: tuple[str, ...] = ()
    """What else it is called by as a whole: aliases, addresses."""
    is_party: bool = False
    """Whether it is somebody, whom neither a title nor a word of anybody's name names alone."""
    of: tuple["Candidate", ...] = ()
    """Of a person, the members that they represent or did, which tell two of one name apart."""

    @property
    def shown(self) -> str:
        """What it is called where it is listed: its id and its name."""
        return f"{self.id.upper() if self.coded else self.id} ({' '.join(self.name.split())})"


def listed(found: Sequence[Candidate]) -> list[str]:
    """Return what each of several is called where they are listed, those of one name with whom they represent."""
    names = [key(each.name) for each in found]
    return [
        f"{each.shown[:-1]}, {', '.join(one.name for one in each.of)})"
        if each.of and names.count(key(each.name)) > 1
        else each.shown
        for each in found
    ]


class Fit(NamedTuple):
    """What something typed can mean: one where it is plain, several where it is not."""

    found: Sequence[Candidate]
    begun: bool = False
    """Whether only the beginning of a word was typed: what was taken is said."""


def role_of(typed: str) -> str | None:
    """Return whether ``chair`` or ``coordinator`` was typed, in whatever words; None where neither was."""
    said = key(typed)
    return next((role for role, names in _ROLES.items() if said in names), None)


def parties(
    records: Records,
    meeting: Meeting | None = None,
    kinds: Sequence[Kind[Record]] = (Records.people, Records.members),
) -> list[Candidate]:
    """Return the people and members as those that may be meant; the chair and the coordinator by what they are.

    Args:
        records: The records.
        meeting: The meeting that is spoken of, which may have a chair.
        kinds: Which of the two, where only one can be meant.
    """
    group = records.groups.get(meeting.group or "") if meeting else None
    chair = (meeting.chair if meeting else None) or (group.chair if group else None)
    roles = {"coordinator": records.partnership.coordinator.person, "chair": chair}
    found = []
    for party in (each for kind in kinds for each in records.all(kind).values()):
        named = candidate(party, kind_of(party))
        if isinstance(party, Person):
            members = filter(None, map(records.members.get, party.represents))
            named = named._replace(of=tuple(candidate(member, Records.members) for member in members))
        called = [name for role, id in roles.items() if id == party.id for name in _ROLES[role]]
        found.append(named._replace(also=(*named.also, *called)))
    return found


def candidate(record: Record, kind: Kind[Record]) -> Candidate:
    """Return a record as one that may be meant."""
    day, is_party = getattr(record, "date", None), isinstance(record, Member | Person)
    return Candidate(record.id, kind.name(record), kind.coded, day, kind.also(record), is_party)


def fitting(
    typed: str,
    candidates: Iterable[Candidate],
    on: Callable[[date], bool] | None = None,
    *,
    begins: bool = False,
) -> Fit:
    """Return the records that something typed can mean.

    An id settles it, else a whole name, alias or address. Somebody can have a member after the name, in brackets. Else
    what was typed is a date, and means the records of that date; or whole words of a name or an id, or the beginning of
    a code; or, where that is allowed and no whole word fits, the beginnings of words.

    Args:
        typed: The reference as typed.
        candidates: What there is to choose from.
        on: Tells whether a day is the date or in the month that was typed; None where neither was.
        begins: Whether the beginning of a word, of three letters or more, may stand for it.
    """
    every = list(candidates)
    wanted, code = key(typed), typed_code(typed)
    if same := [each for each in every if each.id == (code if each.coded else wanted)]:
        return Fit(same[:1])
    if named := [each for each in every if wanted and wanted in {key(each.name), *map(key, each.also)}]:
        return Fit(named)
    if on is not None:
        return Fit([each for each in every if each.day is not None and on(each.day)])
    if (said := _OF.fullmatch(typed)) and (whole := _of_member(said["name"], said["member"], every)):
        return Fit(whole)
    words = _words(wanted)
    whole = [each for each in every if (code and each.coded and each.id.startswith(code)) or _names(words, each)]
    if whole or not begins:
        return Fit(whole)
    return Fit([each for each in every if _begins(words, wanted, each)], begun=True)


def _of_member(name: str, member: str, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Return those whom a name fits and who are of a member: ``John Smith (Harbour Trust)``."""
    return [each for each in fitting(name, candidates).found if each.of and fitting(member, each.of).found]


def names_nobody(name: str) -> bool:
    """Tell whether what stands for a name is none: a title alone, a number, a dash, ``n/a``, ``TBC`` or ``vacant``."""
    words = _words(key(name))
    if not words or key(name) == "n/a":
        return key(name).isascii()
    return all(word in _TITLES or word in _NOBODY or word.isdecimal() for word in words)


def untitled(name: str, *, titles: bool = False) -> list[str]:
    """Return the words of a name, without ranks and courtesy titles unless they are wanted as well."""
    return [word for word in _words(key(name)) if titles or word not in _TITLES]


def _words(text: str) -> list[str]:
    if text.isascii():
        return [word for word in re.split(r"[\W_]+", text) if word]
    import unicodedata

    # A mark that stands on a letter is a part of its word, where the two are no single character.
    return "".join(each if each.isalnum() or unicodedata.category(each)[0] == "M" else " " for each in text).split()


def _of(candidate: Candidate) -> frozenset[str]:
    """Return the words by which a record can be named: those of its name, and of its id where that is no code.

    Accents may be left out.
    """
    named = key(candidate.name)
    return frozenset(_words(named) + _words(plain(named)) + ([] if candidate.coded else _words(candidate.id)))


def _telling(words: Sequence[str], candidate: Candidate) -> list[str]:
    """Return the words that say which is meant; none where they are numbers, titles or words of anybody's name."""
    told = [word for word in words if not (candidate.is_party and word in _TITLES)]
    idle = _NOBODY if candidate.is_party else frozenset[str]()
    return told if any(word not in idle and not word.isdecimal() and len(word) > 1 for word in told) else []


def _names(words: Sequence[str], candidate: Candidate) -> bool:
    """Tell whether words are words of a name; an initial counts beside one of them."""
    names, told = _of(candidate), _telling(words, candidate)
    whole = [word in names for word in told]
    return any(whole) and all(
        fits or (len(word) == 1 and any(name.startswith(word) for name in names))
        for fits, word in zip(whole, told, strict=True)
    )


def _begins(words: Sequence[str], wanted: str, candidate: Candidate) -> bool:
    """Tell whether words are words of a name or the beginnings of some, or the beginning of an id was typed."""
    names, told = _of(candidate), _telling(words, candidate)
    says = bool(told) if candidate.is_party else any(not word.isdecimal() for word in words)
    if says and not candidate.coded and len(wanted) >= SHORTEST and candidate.id.startswith(wanted):
        return True
    return bool(told) and all(
        word in names or (len(word) >= SHORTEST and any(name.startswith(word) for name in names)) for word in told
    )
