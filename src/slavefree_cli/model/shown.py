"""Where a text shows what is restricted: passages of records, found by their words, however they are written."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, NamedTuple, TypeAlias

from slavefree_cli.model.agenda import RESTRICTED_TITLE, closes_or_opens
from slavefree_cli.model.kinds import Records, RestrictedRecords
from slavefree_cli.model.names import typed_code

Words: TypeAlias = tuple[str, ...]

SHORTEST: Final = 4
"""How many letters a title of one word has at least, and how many words a note, for being looked for."""
_FEWEST: Final = 6
"""How many letters and digits several words have at least."""
_LONGEST: Final = 40
"""By how many words at its beginning a long text is found."""
_COMMON_WORDS: Final = """
a all an and any are as at be by for from has have in is it no not of on or the there to was we were will with yes
accepted action actions agreed approved budget carried closed comments communications confidential confirmed data
decided decision decisions deferred discussed discussion feedback finance finances funding item items members
membership meeting minutes news noted police presentation private progress questions received rejected report
reports resolved restricted review safeguarding staffing training update updates welcome
"""
_COMMONPLACE: Final = frozenset(_COMMON_WORDS.split())
"""What says nothing by itself, nor together with others of these."""
_NOT_READ: Final = re.compile("[\\\\*_`~'\"\u2018-\u201f\u2032\u00b4\u02b9-\u02bf\uff07]")
"""What stands around or within words and is no part of them: quotes, emphasis, escapes."""
_WORD: Final = re.compile(r"[^\W_]+")
_REFERENCE: Final = re.compile(r"\[([0-9A-Za-z]{5})\]")


class Shown(NamedTuple):
    """A place that shows what is restricted; what that is is not said."""

    line: int
    of: str
    """The record whose it is, by what anyone may call it: ``action 7K2F9``."""


class Passages:
    """What is restricted, to be looked for in what is open.

    What is looked for are the titles of items and actions, the texts of decisions, what was noted on actions and the
    names of papers. Case, blanks, line breaks, quotes, accents, punctuation and Markdown do not count. Not looked for
    is what would be found where nothing restricted is meant: the title of something that is open as well, that of
    standing business, words that are commonplace, one word of fewer than four letters, a note of fewer than four
    words; and one word only where it is not written in small letters alone.
    """

    def __init__(
        self, codes: Mapping[str, str], exact: Mapping[Words, str], looked_for: Iterable[tuple[Words, str]]
    ) -> None:
        self.codes = codes
        """Whose each code is: that of a record, and of a note on one."""
        self._exact = exact
        self._trie: dict[str, Any] = {}
        for words, of in looked_for:
            node = self._trie
            for word in words[:_LONGEST]:
                node = node.setdefault(word, {})
            node.setdefault("", []).append(of)

    def __bool__(self) -> bool:
        return bool(self.codes or self._exact)

    def is_of(self, text: str) -> str | None:
        """Return whose words a text has, as commonplace as they may be; None where it is nobody's."""
        return self._exact.get(_folded(text))

    def found(self, lines: Iterable[tuple[int, str]], *, references: bool = False) -> list[Shown]:
        """Return where a text shows something, in one pass; of each line and record once.

        Args:
            lines: What its lines say, with their numbers.
            references: Whether the reference of a record in brackets shows what stands behind it.
        """
        found: set[Shown] = set()
        numbers: list[int] = []
        raw: list[str] = []
        for number, line in lines:
            words = _words(line)
            raw += words
            numbers += [number] * len(words)
            if references and "[" in line:
                codes = map(typed_code, _REFERENCE.findall(line))
                found.update(Shown(number, self.codes[code]) for code in codes if code in self.codes)
        folded = [word.casefold() for word in raw]
        for at, word in enumerate(folded):
            node = self._trie.get(word)
            ahead = at + 1
            while node is not None:
                if "" in node and (ahead > at + 1 or raw[at] != raw[at].lower() or not word.isalpha()):
                    found.update(Shown(numbers[at], of) for of in node[""])
                node = node.get(folded[ahead]) if ahead < len(folded) else None
                ahead += 1
        return sorted(found)


def passages(records: Records, restricted: RestrictedRecords) -> Passages:
    """Return what is restricted, to be looked for in what is open."""
    every = [each._replace(words=_folded(each.text)) for each in _every(restricted)]
    said = [each for each in every if each.says_enough]
    taken = {_folded(text) for text in _open(records)} if said else set()
    return Passages(
        {each.code: each.of for each in every if each.code},
        {each.words: each.of for each in every if not each.is_note},
        ((each.words, each.of) for each in said if each.words not in taken),
    )


def item_named(slug: str, meeting: str) -> str:
    """Return what anyone may call a restricted item."""
    return f"{slug} of {meeting}"


class _Text(NamedTuple):
    """Something that is said in what is restricted."""

    code: str
    of: str
    text: str
    is_note: bool = False
    words: Words = ()

    @property
    def says_enough(self) -> bool:
        """Whether it would not be found where nothing restricted is meant."""
        words = self.words
        if not words or _COMMONPLACE.issuperset(words) or closes_or_opens("-".join(words)):
            return False
        if self.is_note:
            return len(words) >= SHORTEST
        # A letter of a script without blanks says as much as several.
        return len(words[0]) >= SHORTEST if len(words) == 1 else sum(len(word.encode()) for word in words) >= _FEWEST


def _every(restricted: RestrictedRecords) -> Iterator[_Text]:
    for agenda in restricted.agendas.values():
        for slug, item in agenda.items.items():
            of = item_named(slug, agenda.id)
            yield _Text("", of, item.title)
            yield from (_Text("", of, paper, is_note=True) for paper in item.papers if "://" not in paper)
    for action in restricted.actions.values():
        of = f"action {action.id.upper()}"
        yield _Text(action.id, of, action.title)
        yield from (_Text(code, of, note.text, is_note=True) for code, note in action.notes.items())
    for decision in restricted.decisions.values():
        yield _Text(decision.id, f"decision {decision.id.upper()}", decision.text)


def _open(records: Records) -> Iterator[str]:
    """Yield what open things are called."""
    yield RESTRICTED_TITLE
    for kind in (Records.partnerships, Records.members, Records.people, Records.groups, Records.meetings):
        yield from map(kind.name, records.all(kind).values())
    yield from (item.public_title for agenda in records.agendas.values() for item in agenda.items.values())
    yield from (action.title for action in records.actions.values())
    yield from (decision.text for decision in records.decisions.values())


def _folded(text: str) -> Words:
    return tuple(word.casefold() for word in _words(text))


def _words(text: str) -> list[str]:
    """Return the words of a text, without accents; of a script without blanks each letter is one."""
    if not text.isascii():
        import unicodedata

        kinds = ((each, unicodedata.category(each)) for each in unicodedata.normalize("NFKD", text))
        text = "".join(f" {each} " if kind == "Lo" else each for each, kind in kinds if kind not in {"Mn", "Cf"})
    return _WORD.findall(_NOT_READ.sub("", text))
