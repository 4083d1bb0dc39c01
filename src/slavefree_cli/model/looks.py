"""Names that are not what they look like: by what is not seen, turns the reading round or looks like another letter."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from slavefree_cli.model.group import Group
from slavefree_cli.model.kinds import Records
from slavefree_cli.model.member import Member
from slavefree_cli.model.person import Person

_TURNS: Final = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_ALIKE: Final = frozenset(
    {"Latin", "Cyrillic", "Greek", "Armenian", "Cherokee", "Coptic", "Lisu", "Mathematical", "Fullwidth"}
)
"""The alphabets of which letters look like those of another."""
_LIKE_LATIN: Final = frozenset("аеорсухіјѕһԁԛԝАВЕКМНОРСТУХІЈЅΑΒΕΖΗΙΚΜΝΟΡΤΥΧο")
_UNSEEN: Final = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
"""What shows nothing, and is a letter or a mark to Unicode all the same."""


def deceives(name: str) -> str | None:
    """Say what is in a name that people do not see, or return None: for whoever compares it with another."""
    if name.isascii():
        return None
    if found := _TURNS.search(name):
        return f"has a character that turns the reading round ({_told(found[0])})"
    if unseen := next((each for each in name if each in _UNSEEN or unicodedata.category(each) == "Cf"), None):
        return f"has a character that is not seen ({_told(unseen)})"
    scripts: dict[str, str] = {}
    for each in name:
        if each.isalpha() and (script := _script(each)) in _ALIKE:
            scripts.setdefault(script, each)
    if len(scripts) > 1:
        first, second, *_ = scripts
        odd = scripts[second] if scripts[first].isascii() else scripts[first]
        return f"mixes {first} and {second} letters, which look alike ({odd} is {_told(odd)})"
    letters = [each for each in name if each.isalpha()]
    if letters and _LIKE_LATIN.issuperset(letters):
        return f"looks like Latin letters and is in {next(iter(scripts))} ones ({letters[0]} is {_told(letters[0])})"
    return None


def deceiving(records: Records) -> Iterator[tuple[Member | Person | Group, str, str]]:
    """Yield the members, people and groups of whom a name is not what it looks like: the key, and what is in it."""
    parties: list[Member | Person | Group] = [
        *records.members.values(),
        *records.people.values(),
        *records.groups.values(),
    ]
    for party in parties:
        aliases = () if isinstance(party, Group) else party.aka
        for key, name in (("name", party.name), *(("aka", alias) for alias in aliases)):
            if said := deceives(name):
                yield party, key, said


def _script(letter: str) -> str:
    """Return the script of a letter, which the first word of its name says."""
    return unicodedata.name(letter, "").partition(" ")[0].capitalize()


def _told(character: str) -> str:
    return f"U+{ord(character):04X}"
