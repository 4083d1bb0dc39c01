"""E-mail addresses as they are compared, and whose they are."""

import re
import unicodedata
from collections.abc import Iterable
from typing import Final
from urllib.parse import unquote

from slavefree_cli.model.member import Member
from slavefree_cli.model.person import Person

_ADDRESS: Final = re.compile(r"[^\s@:<>,;\"/][^\s@:<>,;\"]*@[^\s@:<>,;\"/]+")
_IN_BRACKETS: Final = re.compile(r"<([^<>]*@[^<>]*)>\s*$")
_GOOGLE: Final = frozenset({"gmail.com", "googlemail.com"})


def comparable(address: str) -> str:
    """Return an address as it is compared: without ``mailto:``, blanks, and differences of case.

    A name of a domain in the letters of its country is the same as in ASCII (``xn--…``, RFC 5891), and so is what a URI
    writes with per cent signs (RFC 6068).
    """
    found = address.strip().strip("<>\"'").strip()
    if found[:7].casefold() == "mailto:":
        found = unquote(found[7:].partition("?")[0])
    if found[:5].casefold() == "smtp:":  # as Exchange names the kind of an address
        found = found[5:]
    if bracketed := _IN_BRACKETS.search(found + ">" if "<" in found and not found.endswith(">") else found):
        found = bracketed[1]
    user, at, domain = unicodedata.normalize("NFC", found.strip().strip("\"'")).rpartition("@")
    return f"{user}{at}{_in_letters(domain)}".casefold()


def is_address(compared: str) -> bool:
    """Tell whether what ``comparable`` returned is an address, and not the name of an entry in some directory."""
    return _ADDRESS.fullmatch(compared) is not None


def are_of(party: Person | Member, compared: Iterable[str]) -> bool:
    """Tell whether one of these is an address of somebody; they are as ``comparable`` returns them."""
    return not {comparable(each) for each in party.addresses}.isdisjoint(compared)


def may_be_of(party: Person | Member, compared: str) -> str | None:
    """Return the address of somebody that may be the same mailbox, though it is another address, or None.

    At Google dots do not count and gmail.com is googlemail.com; in many places what follows a plus does not count.
    Nobody can be sure of it from outside, so that it is offered and never taken.
    """
    wanted = _mailbox(compared)
    return next((each for each in party.addresses if _mailbox(comparable(each)) == wanted), None)


def _mailbox(compared: str) -> str:
    user, _, domain = compared.rpartition("@")
    user = user.partition("+")[0] or user
    return f"{user.replace('.', '')}@gmail.com" if domain in _GOOGLE else f"{user}@{domain}"


def _in_letters(domain: str) -> str:
    return ".".join(map(_label, domain.split(".")))


def _label(label: str) -> str:
    if label[:4].casefold() != "xn--":
        return label
    try:
        return unicodedata.normalize("NFC", label[4:].encode("ascii").decode("punycode"))
    except UnicodeError:
        return label
