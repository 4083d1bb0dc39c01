"""What a shell is told when Tab is pressed: words, and what is said of each, in which no shell finds anything to run.

Names, titles and even ids were written by whoever shares the register. The scripts that Typer installs have zsh
evaluate every line that is printed, bash split it and look for files of that pattern; PowerShell and bash put the word
that is chosen into the command line as it stands. So nothing is quoted here, which each shell would do differently:
there is nothing left that needs quotes.
"""

import re
import unicodedata
from collections.abc import Sequence
from typing import Final, NamedTuple, NewType

Word = NewType("Word", str)
"""What can be typed on a command line as it stands: an id, a command, an option."""

Said = NewType("Said", str)
"""Letters, digits, single spaces, dots, hyphens and underscores; it begins with a letter or a digit, or is empty."""


class Offer(NamedTuple):
    """One thing that a shell may offer; ``offer`` alone makes it."""

    word: Word
    said: Said


SHELLS: Final = ("bash", "zsh", "fish", "powershell", "pwsh")

_WORD: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
_OPTION: Final = re.compile(r"--?[A-Za-z0-9][A-Za-z0-9-]{0,99}")

_LENGTH: Final = 80
_LOOKED_AT: Final = 400
"""How much of a text is read for what is said of it, however long it is."""

_LETTERS: Final = frozenset({"Lu", "Ll", "Lo"})
_CLICKS: Final = "\u01c0\u01c1\u01c2\u01c3"
"""Letters that Windows turns into ``|`` and ``!`` where it has only the characters of a code page."""

_LEFT_OUT: Final = frozenset({"Mn", "Mc", "Me", "Cf"})
_APOSTROPHES: Final = "'\u2019\u02bc"
"""An apostrophe is part of its word: Barnardo's is said as Barnardos."""


def offer(value: str, help: str, *, option: bool = False) -> Offer | None:
    """Return what a shell may offer, or None where the value cannot stand on a command line as it is.

    Args:
        value: What would be put into the command line.
        help: What is said of it, in anybody's words.
        option: Whether it may be an option of a command; nothing else may begin with a hyphen.
    """
    if _WORD.fullmatch(value) or (option and _OPTION.fullmatch(value)):
        return Offer(Word(value), _said(help))
    return None


def told(shell: str, offers: Sequence[Offer]) -> str:
    """Return what is printed for a shell, in the form that the script which Typer installs in it reads.

    Args:
        shell: One of ``SHELLS``; any other is told nothing.
        offers: What may be offered; nothing where that is for the shell to find, as file names are.
    """
    if shell == "zsh":
        entries = (f'"{each.word}":"{each.said}"' if each.said else f'"{each.word}"' for each in offers)
        return f"_arguments '*: :(({' '.join(entries)}))'\n" if offers else "_files\n"
    if shell == "bash":
        return "".join(f"{each.word}\n" for each in offers)
    if shell == "fish":
        return "".join(f"{each.word}\t{each.said}\n" if each.said else f"{each.word}\n" for each in offers)
    if shell in SHELLS:
        # PowerShell takes no empty text for what it shows of a word.
        return "".join(f"{each.word}:::{each.said or ' '}\n" for each in offers)
    return ""


def _said(text: str) -> Said:
    stands = "".join(map(_inert, unicodedata.normalize("NFC", text[:_LOOKED_AT])))
    return Said(" ".join(stands.split()).lstrip(" .-_")[:_LENGTH].rstrip())


def _inert(character: str) -> str:
    """Return what stands for one character: itself, a space, or nothing where it is a part of its neighbour."""
    if character.isascii():
        if character.isalnum() or character in ".-_":
            return character
        return "" if character in _APOSTROPHES else " "
    kind = unicodedata.category(character)
    if kind in _LETTERS and character not in _CLICKS:
        return character
    return "" if kind in _LEFT_OUT or character in _APOSTROPHES else " "
