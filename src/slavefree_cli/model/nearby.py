"""What may have been meant by a name that fits none: something written nearly so."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import Final

from slavefree_cli.model.names import key
from slavefree_cli.model.references import Candidate, untitled

ENOUGH: Final = 50
"""How many names are compared with one letter by letter; of more, those with which it has rare letters in common."""


class Nearby:
    """Candidates among which something near is looked for, once or for each row of a list.

    Args:
        candidates: What may have been meant.
    """

    def __init__(self, candidates: Iterable[Candidate]) -> None:
        self._known = {said: each for each in candidates for said in _said(each)}
        self._having: defaultdict[str, list[str]] = defaultdict(list)
        for said in self._known if len(self._known) > ENOUGH else ():
            for letters in _letters(said):
                self._having[letters].append(said)

    def near(self, typed: str) -> Candidate | None:
        """Return the record that may have been meant by something that fits none, or None."""
        from difflib import get_close_matches

        said = key(typed)
        close = get_close_matches(said, self.compared(said), n=1, cutoff=0.75)
        return self._known[close[0]] if close else None

    def compared(self, said: str) -> Iterable[str]:
        """Return the names with which one is compared letter by letter, so few that a long list takes no longer each.

        Letters that most names have, as in the word Trust, tell nothing.
        """
        if len(self._known) <= ENOUGH:
            return self._known
        rare = (names for letters in _letters(said) if len(names := self._having.get(letters, ())) <= ENOUGH)
        shared = Counter(name for names in rare for name in names)
        return [name for name, _ in shared.most_common(ENOUGH)]


def near(typed: str, candidates: Iterable[Candidate]) -> Candidate | None:
    """Return the one of some candidates that may have been meant by something that fits none, or None."""
    return Nearby(candidates).near(typed)


def _said(candidate: Candidate) -> Iterator[str]:
    """Yield what a record is called, and each word of it."""
    for said in (key(candidate.name), *untitled(candidate.name, titles=True)):
        if len(said) > 2:
            yield said


def _letters(said: str) -> set[str]:
    """Return every three letters that follow one another, with what is before and behind the name."""
    whole = f" {said} "
    return {whole[at : at + 3] for at in range(len(whole) - 2)}
