"""Addresses left out of text that others will read.

An address in running text is recognised here and nowhere else. The rule is wider than what may be stored as one: what
is left out by mistake can be asked for, and what got out cannot be taken back. Every search takes time in proportion to
the text, whatever it holds: no part of a pattern gives back what it has taken.
"""

import re
from typing import Final
from urllib.parse import unquote

ADDRESS: Final = "(address)"

_ENCODED: Final = r"%(?:25)?40|&\#0{0,9}64;?|&\#[xX]0{0,9}40;?|&commat;?"
_SIGN: Final = r"\\?[@\uff20\ufe6b]"
_APART: Final = r"\s<>()\[\]{},;:\"/|“”„«»@\uff20\ufe6b"
"""What an address ends at on either side, unless it is quoted."""
_DOMAIN: Final = rf"(?:\[[^\s\[\]<>@]{{1,100}}+\]|(?:&\#?\w{{1,8}}+;|[^{_APART}])++)"
_IS_AT: Final = re.compile(rf"{_ENCODED}|{_SIGN}")
_ENDS: Final = re.compile(rf"[{_APART}]")
_CLOSERS: Final = {'"': '"', "”": "“", "'": "'", "’": "‘", "»": "«", ")": "("}
_QUOTED: Final = 200
"""How far back a quotation or a comment before the sign may begin; RFC 5321 has 64 octets."""
_MARKS: Final = "*_'`~.!?’\\="
"""What stands beside an address in sentences and in Markdown without being a part of it."""
_NUMBERED: Final = re.compile(r"\d{1,3}+(?:\.\d{1,3}+){3}")
# RFC 5322 allows blanks round the sign; "tea @ four" is none, so that there has to be a host with an ending.
_BLANKS: Final = re.compile(
    rf"(?<![^{_APART}])[^{_APART}]++[^\S\n]{{1,2}}[@\uff20][^\S\n]{{0,2}}(?:[\w-]++\.)++[^\W\d_]{{2}}\w*+"
)
_SCHEME: Final = re.compile(r"(?:mailto|smtp|sips?|xmpp):\Z", re.IGNORECASE)


def without_addresses(text: str, allowed: str | None = None, *, encoded: bool = True) -> str:
    """Return the text with each e-mail address in it left out.

    Args:
        text: Any text.
        allowed: An address that may stay, in any case: the coordinator's.
        encoded: Whether a sign counts that is written as in links and in HTML. It does wherever everybody may read; it
            does not where a link that has one must still lead somewhere.
    """
    if not _IS_AT.search(text):
        return text
    text = _BLANKS.sub(ADDRESS, text)
    parts: list[str] = []
    done = floor = 0
    for found in (_ANY_SIGN if encoded else _PLAIN_SIGN).finditer(text):
        begin, end = _begin(text, floor, found.start()), _end(text, found)
        floor = found.end()
        if begin == found.start() or end <= found.start("domain"):
            continue
        if allowed and unquote(text[begin:end]).strip(_MARKS).casefold() == allowed.casefold():
            continue
        if scheme := _SCHEME.search(text[max(done, begin - 7) : begin]):
            begin -= len(scheme[0])
        parts += [text[done:begin], ADDRESS]
        done = end
    return "".join(parts) + text[done:]


def _signs(sign: str) -> re.Pattern[str]:
    # A chain such as a@b@c is left out as a whole.
    return re.compile(rf"(?:{sign})(?P<domain>{_DOMAIN})(?:(?:{sign}){_DOMAIN})*+")


_ANY_SIGN: Final = _signs(rf"{_ENCODED}|{_SIGN}")
_PLAIN_SIGN: Final = _signs(_SIGN)


def _begin(text: str, floor: int, sign: int) -> int:
    """Return where the local part begins that ends at a sign; at the sign itself, where there is none."""
    at = sign
    while at > floor and (opener := _CLOSERS.get(text[at - 1])):
        opened = text.rfind(opener, max(floor, at - 1 - _QUOTED), at - 1)
        while opened > floor and text[opened - 1] == "\\":
            opened = text.rfind(opener, max(floor, at - 1 - _QUOTED), opened)
        if opened < 0 or (opener == "'" and opened > 0 and text[opened - 1].isalnum()):
            break
        at = opened
        if opener != "(":
            return at
    while at > floor and not _ENDS.match(text, at - 1):
        at -= 1
    while at < sign and text[at] in "*_`~'‘\\":
        at += 1
    return at


def _end(text: str, found: re.Match[str]) -> int:
    """Return where an address ends; before its domain, where that is none."""
    begin, end = found.span("domain")
    domain = text[begin:end]
    if domain[0] != "[" and not any(map(str.isalpha, domain)) and not _NUMBERED.search(domain):
        return begin
    return begin + len(text[begin : found.end()].rstrip(_MARKS))
