"""Names: how two are compared, and those that records get: slugs made once from a title, and short random codes."""

import re
from collections.abc import Callable, Container

SLUG_LENGTH = 40
CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz"
CODE_LENGTH = 5

_CODE = re.compile(f"[{CROCKFORD}]{{{CODE_LENGTH}}}")
_SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?")

# Windows refuses these as file names, with any ending (https://learn.microsoft.com/windows/win32/fileio/naming-a-file).
_REFUSED = frozenset(["con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))])

_APOSTROPHES = "'\u2018\u2019\u201b\u02b9\u02bb\u02bc\u02bd\u02be\u02bf\u2032\u00b4`\uff07"
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"
_SAME = str.maketrans(dict.fromkeys(_APOSTROPHES, "") | dict.fromkeys(_DASHES, "-"))

_PLAIN = str.maketrans({
    "\u0142": "l", "\u0131": "i", "\u00f8": "o", "\u0111": "d", "\u00f0": "d", "\u00fe": "th", "\u00e6": "ae",
    "\u0153": "oe", "\u0127": "h",
})  # fmt: skip
"""Letters that have no accent which could be taken off (ł ı ø đ ð þ æ œ ħ)."""


def key(name: str) -> str:
    """Return what two names have in common that are the same name.

    Case does not count, nor do apostrophes, nor which of the dashes and blanks is used, nor characters that are not
    seen, nor whether a letter and its accent are one character or two (Unicode Standard Annex 15).
    """
    import unicodedata

    seen = "".join(each for each in unicodedata.normalize("NFC", name) if unicodedata.category(each) != "Cf")
    # The small letter of the Turkish İ is i, which casefold gives a dot of its own.
    folded = seen.translate(_SAME).casefold().replace("i\u0307", "i")
    return " ".join(unicodedata.normalize("NFC", folded).split())


def plain(compared: str) -> str:
    """Return a name as ``key`` returns it without accents, as somebody writes it who has no such letters."""
    import unicodedata

    if compared.isascii():
        return compared
    apart = unicodedata.normalize("NFKD", compared.translate(_PLAIN))
    return "".join(each for each in apart if not unicodedata.combining(each))


def slug(name: str, kind: str, taken: Container[str], code: Callable[[], str]) -> str:
    """Return the slug of a new record: ASCII letters, digits and hyphens, at most 40, not yet taken.

    Args:
        name: The name or title it is made from.
        kind: What stands before a random code where the name leaves nothing, as with a name in emoji.
        taken: The slugs that are in use.
        code: Returns a new random code.
    """
    from slugify import slugify

    # An apostrophe is part of its word: Barnardo's is barnardos.
    stem = slugify(key(name), max_length=SLUG_LENGTH, word_boundary=True, save_order=True)
    if not stem or stem in _REFUSED:
        stem = f"{kind}-{code()}"
    found, count = stem, 1
    while found in taken:
        count += 1
        ending = f"-{count}"
        found = stem[: SLUG_LENGTH - len(ending)].rstrip("-") + ending
    return found


def slug_problem(text: str) -> str | None:
    """Say what is wrong with a slug, or return None: what ``slug`` makes is right."""
    if not _SLUG.fullmatch(text):
        return "must be lower-case letters, digits and hyphens"
    if text in _REFUSED:
        return "is a name that Windows refuses"
    return None


def code_problem(text: str) -> str | None:
    """Say what is wrong with a random code, or return None."""
    return None if is_code(text) else f"must be {CODE_LENGTH} of the characters {CROCKFORD}"


def code_from(random: bytes) -> str:
    """Return five Crockford base-32 characters (https://www.crockford.com/base32.html) from five random bytes."""
    return "".join(CROCKFORD[byte % 32] for byte in random[:CODE_LENGTH])


def typed_code(text: str) -> str:
    """Return a code as it is stored from how somebody typed it: either case, O for 0, I and L for 1."""
    return text.strip().lower().translate(_MISREAD)


def is_code(text: str) -> bool:
    """Tell whether this is a code as stored."""
    return _CODE.fullmatch(text) is not None


_MISREAD = str.maketrans("oil", "011")
