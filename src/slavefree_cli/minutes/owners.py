"""Who is to do something and by when, as it is typed in minutes: whole names, joined by "and" or commas, and a date."""

import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import date
from typing import Final, NamedTuple

from slavefree_cli.minutes.misspelt import nearly
from slavefree_cli.model import typed_dates
from slavefree_cli.model.dates import DAYS, MONTHS, spoken
from slavefree_cli.model.references import Candidate, fitting, listed
from slavefree_cli.model.typed_dates import From, NoSuchDayError, Read

_AND: Final = re.compile(r"\s+(?:and|with)\s+|\s*[,&;+/]\s*(?:and\s+)?", re.IGNORECASE)
_BY: Final = re.compile(r"[,;]?\s+\(?(?:by|due(?:\s+(?:by|on))?|deadline:?|not? later than)\s+", re.IGNORECASE)
_NO_WORD: Final = re.compile(r"\s*[,(\[]\s*|\s+[-–—]\s+|\s+")
_LAST: Final = re.compile(
    r"(?<![\s,;.–—-])[\s,;.–—-]++[(\[]?(?:by|due(?:\s+(?:by|on))?|deadline:?|not? later than)\s+"
    r"(?P<day>[^()\[\]:;]{3,40}?)[)\].*_\s]*\Z",
    re.IGNORECASE,
)
_BARE: Final = re.compile(
    r"(?:(?:[,;(\[]|\s[–—-])\s*(?P<day>(?:[A-Za-z]+\s+)?\d{1,2}(?:st|nd|rd|th)?\s+[A-Za-z]{3,9}(?:\s+\d{4})?"
    r"|\d{1,2}/\d{1,2}(?:/\d{2,4})?)|\b(?:before|prior to|w/?c|week commencing)\s+(?P<before>[^()\[\]:;,]{3,30}?))"
    r"[)\].*_\s]*\Z",
    re.IGNORECASE,
)
"""A date that ends what is to be done, and by which nobody said that it is."""
_INSIDE: Final = re.compile(
    r"\b(?:by|before|due(?:\s+(?:by|on))?|deadline:?|no later than)\s+(?P<day>(?:\S+\s+){0,4}\S+)"
    r"|\A(?P<first>[^:–—]{3,30})(?::|\s[–—-])\s",
    re.IGNORECASE,
)
"""Where what is to be done may have a date elsewhere than at its end."""
_OF_DATES: Final = (*(each.lower() for each in (*MONTHS, *DAYS)), "tomorrow", "meeting")
_MOST_OWNERS: Final = 12
_MOST_WORDS: Final = 12


class Promise(NamedTuple):
    """Who is to do something, and by when."""

    owners: tuple[str, ...]
    """The ids of members and people."""
    due: Read | None = None


class SeveralFitError(ValueError):
    """A name fits more than one member or person; the message says whom."""


class Naming:
    """What names and dates mean in the minutes of one meeting; each name is looked up once.

    Args:
        parties: The members and people.
        since: What a date is read from.
    """

    def __init__(self, parties: Iterable[Candidate], since: From) -> None:
        self.parties = list(parties)
        self._since = since
        self._found: dict[str, Sequence[Candidate]] = {}

    def fitting(self, name: str) -> Sequence[Candidate]:
        """Return those whom a name can mean, by whole words alone."""
        if name not in self._found:
            self._found[name] = fitting(name, self.parties).found
        return self._found[name]

    def refuse_several(self, named: str) -> None:
        """Refuse names of which one fits more than one member or person.

        Raises:
            SeveralFitError: One does; the message says whom.
        """
        try:
            self.owners(named)
        except SeveralFitError:
            raise
        except ValueError:
            return

    def day(self, text: str) -> Read:
        """Return the date that was typed, read forwards from the day of the meeting.

        Raises:
            ValueError: It is none; the message says why.
        """
        return typed_dates.read(text.strip(" .)]"), self._since)

    def owners(self, named: str) -> tuple[str, ...]:
        """Return the ids of the members and people that are named, joined by "and" or commas.

        A name may have an "and" of its own: the fewest names that fit are meant, so that "Justice and Care" is one
        member.

        Raises:
            ValueError: Somebody is not known, or a name fits several; the message says who.
        """
        joints = [(found.start(), found.end()) for found in _AND.finditer(named)]
        if len(joints) >= _MOST_OWNERS:
            raise ValueError(f"names more than {_MOST_OWNERS} owners")
        edges = [(0, 0), *joints, (len(named), len(named))]

        def one(first: int, last: int) -> str | None:
            fit = self.fitting(named[edges[first][1] : edges[last][0]])
            return fit[0].id if len(fit) == 1 else None

        # The fewest that cover each number of pieces, in order.
        best: list[list[str] | None] = [[]]
        for last in range(1, len(edges)):
            ways = [
                [*before, id]
                for first, before in enumerate(best)
                if before is not None and (id := one(first, last)) is not None
            ]
            best.append(min(ways, key=len, default=None))
        if best[-1] is not None:
            return tuple(dict.fromkeys(best[-1]))
        unknown = next(first for first in range(len(edges) - 1) if one(first, first + 1) is None)
        name = named[edges[unknown][1] : edges[unknown + 1][0]]
        which = "; ".join(listed(self.fitting(name)[:5]))
        if not name.strip(" /&+,"):
            raise ValueError("names nobody")
        if not which:
            raise ValueError(f"names {name!r}, whom no member or person fits")
        raise SeveralFitError(f"names {name!r}, which fits more than one member or person: {which}; write its id")

    def promise(self, named: str) -> Promise:
        """Return who is to do something and by when: ``Sam and Alex by 1 July``, ``Sam, 1 July``, ``Sam (1 July)``.

        Raises:
            ValueError: Somebody is not known, a name fits several, or there is no such day; the message says which.
        """
        problem = ""
        for found in reversed(list(_BY.finditer(named))):
            try:
                due = self.day(named[found.end() :])
            except ValueError as error:
                problem = problem or str(error)
            else:
                return Promise(self.owners(named[: found.start()]), due)
        try:
            return Promise(self.owners(named))
        except ValueError:
            if problem:
                raise ValueError(f"has no date after “by”: {problem}") from None
            if found_without := self._without_by(named):
                return found_without
            raise

    def told(self, text: str) -> tuple[str, Read | None]:
        """Return what is to be done without the date that ends it, and that date: ``Write by 1 July``.

        Raises:
            ValueError: There is no such day, or a word of it is nearly that of a month or of a day of the week.
        """
        if found := _LAST.search(text):
            day = found["day"].strip("*_ ")
            try:
                return text[: found.start()], self.day(day)
            except NoSuchDayError as error:
                raise ValueError(f"has no date: {error}") from None
            except ValueError as error:
                if any(nearly(word.lower(), _OF_DATES) for word in re.findall("[A-Za-z]+", day)):
                    raise ValueError(f"has no date: {error}") from None
        return text, None

    def left_out(self, text: str) -> str | None:
        """Say that what is to be done has a date which is not taken for the day that it is due; None where none is."""
        if found := _BARE.search(text):
            with suppress(ValueError):
                day = spoken(self.day(found["day"] or found["before"]).day)
                return f"ends with a date, and is due on none; if it is {day}, write “by” before it"
        for found in _INSIDE.finditer(text):
            words = (found["day"] or found["first"]).split()
            for last in range(len(words), 0, -1):
                with suppress(ValueError):
                    day = spoken(self.day(" ".join(words[:last]).strip(",;:")).day)
                    return f"has a date in it, and is due on none; if it is {day}, write “by” and the date at its end"
        return None

    def remark(self, due: Read) -> str | None:
        """Say what is to be known of a date: in full, where a part of it was not written; None where all is plain."""
        since, shown = self._since.day, spoken(due.day)
        if due.day < since:
            return f"is due {shown}, which is before the meeting"
        if due.short_year or due.worked_out:
            return f"is due {shown}"
        return None

    def _without_by(self, named: str) -> Promise | None:
        """Return who and by when, where no word stands between the two."""
        breaks = [*_NO_WORD.finditer(named)]
        for found in breaks if len(breaks) <= _MOST_WORDS else ():
            day = named[found.end() :]
            # “Sam May” is somebody's name, and so may be the second of “Sam, June”.
            if re.search(r"\d", day) or (found[0].strip() and typed_dates.month_of(day.strip(" )]")) is None):
                with suppress(ValueError):
                    return Promise(self.owners(named[: found.start()]), self.day(day))
        return None


def owners_of(named: str, parties: Iterable[Candidate]) -> tuple[str, ...]:
    """Return the ids of the members and people that are named; see ``Naming.owners``."""
    return Naming(parties, From(date.min)).owners(named)
