"""The links for joining meetings, found in text however somebody typed them there."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Final, NamedTuple
from urllib.parse import unquote

SENT_SEPARATELY: Final = "(joining link sent separately)"

_LEADING: Final = re.compile(r"(?:[a-z][a-z0-9+.-]{1,20}+:)?+/{0,3}+(?:www\.)?+\Z", re.IGNORECASE)
_BEFORE: Final = 30
"""How long a scheme is, and what stands between it and the host."""
_REST: Final = re.compile(r"[^\s<>\"|]*+")
_STOPS: Final = ").,;:!?]}'*_"
"""What ends a sentence or a bracket after a link, and is no part of it."""
_ENCODED: Final = re.compile(r"(?:%[0-9a-f]{2})+", re.IGNORECASE)


class _Plain(NamedTuple):
    """A text without what may be typed otherwise in the same link: case, escapes, what is not seen."""

    text: str
    places: list[int] | None
    """Where each character of it stands in what was typed; None where each stands in its own place."""

    def place(self, at: int) -> int:
        return at if self.places is None else self.places[at]


def without(links: Iterable[str], allowed: str | None = None) -> Callable[[str], str]:
    """Return what leaves these links out of a text, with or without a scheme, in any case, encoded or escaped.

    What is longer than the link, as with a password behind it, is left out with it.

    Args:
        links: Web addresses.
        allowed: One that may stay all the same.
    """
    cores = sorted({core for link in links if (core := _core(link))} - {_core(allowed or "")}, key=len)
    hosts = {re.split(r"[/?#]", core, maxsplit=1)[0] for core in cores}

    def left_out(text: str) -> str:
        plain = _plain(text)
        if not any(host in plain.text for host in hosts):
            return text
        spans = [(at, at + len(core)) for core in cores for at in _found(plain.text, core)]
        parts, done = [], 0
        for begin, end in sorted((plain.place(begin), plain.place(end - 1) + 1) for begin, end in spans):
            if begin < done:
                continue
            before = text[max(done, begin - _BEFORE) : begin]
            leading = _LEADING.search(before)
            begin -= len(leading[0]) if leading else 0
            rest = _REST.match(text, end)
            end += len(rest[0].rstrip(_STOPS)) if rest else 0
            parts += [text[done:begin], SENT_SEPARATELY]
            done = end
        return "".join(parts) + text[done:]

    return left_out if cores else lambda text: text


@cache
def _core(link: str) -> str:
    """Return the part of a link by which it is known: host and path, and without a path what stands behind it."""
    said = _plain(link).text.partition("://")[2].removeprefix("www.")
    path = re.split(r"[?#]", said, maxsplit=1)[0].rstrip("/")
    return path if "/" in path else said.rstrip("/")


def _found(text: str, core: str) -> Iterator[int]:
    at = text.find(core)
    while at >= 0:
        yield at
        at = text.find(core, at + len(core))


def _plain(text: str) -> _Plain:
    if text.isascii() and not any(each in text for each in "%\\&"):
        return _Plain(text.lower(), None)
    said: list[str] = []
    places: list[int] = []

    def say(typed: str, at: int) -> None:
        for each in unicodedata.normalize("NFKC", typed).casefold():
            if unicodedata.category(each) != "Cf":
                said.append(each)
                places.append(at)

    at = 0
    while at < len(text):
        if text[at] == "%" and (encoded := _ENCODED.match(text, at)):
            say(unquote(encoded[0]), encoded.end() - 1)
            at = encoded.end()
        elif text[at] == "&" and text[at : at + 5].casefold() == "&amp;":
            say("&", at)
            at += 5
        else:
            if text[at] != "\\":
                say(text[at], at)
            at += 1
    return _Plain("".join(said), places)
