"""What an action or a decision says, from its first word on: number, reference, owners, date and text."""

import re
from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from typing import Final, NamedTuple

from slavefree_cli.minutes import outline, several
from slavefree_cli.minutes.markers import NUMBER, Marker
from slavefree_cli.minutes.owners import Naming, Promise
from slavefree_cli.model import typed_dates
from slavefree_cli.model.names import is_code, typed_code
from slavefree_cli.model.text import prose_problem, title_problem
from slavefree_cli.model.typed_dates import Read

HOW: Final = {True: ("an action", "ACTION owner by date: text"), False: ("a decision", "DECISION: text")}
"""What an action and a decision are called, and how each is written."""
_REFERENCE: Final = re.compile(r"[ \t]*\[([0-9A-Za-z]{5})\]")
_BROKEN: Final = re.compile(
    r"[ \t]*(?P<open>\[[ \t]*)?(?P<code>[0-9A-Za-z]{1,8})?[ \t]*(?P<close>\])?(?=[\s:.,*_)–—-]|\Z)"
)
_CLOSERS: Final = re.compile(r"[\s*_\])}>`\"”’]*(?:</\w+>[\s*_]*)?")
_LEAD: Final = re.compile(r"[\s*_]*(?::|[.–—-]+(?=[\s*_])|=>|→)?[\s*_]*")
_IN_BRACKETS: Final = re.compile(r"[(\[]([^()\[\]]{1,200})[)\]][*_]*\s*(?::|[–—-](?=\s))?\s*(?:(?:to|will)\s+)?")
_COLON: Final = re.compile(r":(?=[\s*_]|\Z)|:(?!\d)")
_DASH: Final = re.compile(r"\s+[–—-]+\s+")
_VERB: Final = re.compile(
    r"[*_]*\s+(?:to|will|shall|should|must|is to|are to|has agreed to|have agreed to|agreed to|offered to|"
    r"undertook to|is asked to|are asked to|was asked to|were asked to|volunteered to)\s+(?=\S)",
    re.IGNORECASE,
)
_DONE_TO: Final = re.compile(r"(?:be|get|receive|have been)\b", re.IGNORECASE)
"""What somebody is not to do but what is to be done to them."""
_NONE: Final = re.compile(
    r"(?:there (?:are|were) )?(?:none|nil|n/?a|nfa|"
    r"no (?:further )?(?:actions?|decisions?)(?: (?:required|needed|taken|arising))?|"
    r"not applicable|none (?:required|arising|taken|recorded|identified|at this (?:time|stage))|-+|–|—)?[.\s*_]*",
    re.IGNORECASE,
)
_TO_COME: Final = re.compile(
    r"(?:that|to|tb[acd]|to be (?:confirmed|advised|announced|decided|agreed)|pending|awaited|\?+|x{2,})[.\s]*",
    re.IGNORECASE,
)
"""What is still to be said."""
_PAIRS: Final = {"(": ")", "[": "]", "{": "}", "“": "”", "‘": "’"}
_LONGEST_HEAD: Final = 1_000
_MOST_COLONS: Final = 4
_NAMES: Final = 80
"""How long what stands before a colon is at most that is told as names that are not known."""


class Said(NamedTuple):
    """What an action or a decision says."""

    at: int
    """Where its reference goes in the text."""
    text: str
    owners: tuple[str, ...] = ()
    due: Read | None = None


class Reference(NamedTuple):
    """A reference that stands after the word that begins an action or a decision."""

    code: str
    end: int


def reference(text: str, marker: Marker) -> Reference | None:
    """Return the reference that stands after a marker, or after the number that follows it."""
    for end in _ends(text, marker):
        if (found := _REFERENCE.match(text, end)) and is_code(typed_code(found[1])):
            return Reference(typed_code(found[1]), found.end())
    return None


def broken_reference(text: str, marker: Marker, codes: Collection[str]) -> str | None:
    """Return what stands after a marker and is left of a reference, as it is typed; None where nothing is.

    Args:
        text: The passage.
        marker: The marker.
        codes: Those of the actions and decisions that there are.
    """
    for end in _ends(text, marker):
        found = _BROKEN.match(text, end)
        if found is None or not (found["open"] or found["close"] or found["code"]):
            continue
        code = typed_code(found["code"] or "")
        begun = len(code) > 1 and any(each.startswith(code) for each in codes)
        digit = any(each.isdigit() for each in code)
        if found["open"] and (not code or begun or code in codes or (digit and not code.isdecimal())):
            return found[0].strip()
        if not found["open"] and (code in codes or (found["close"] and (begun or digit))):
            return found[0].strip()
    return None


def is_none(text: str, marker: Marker, end: int) -> bool:
    """Tell whether it says that there is nothing, as “Actions: none” does."""
    lead = _LEAD.match(text, _closed(text, marker.end, end), end)
    at = lead.end() if lead else marker.end
    return ":" in text[marker.end : at] and bool(text[at:end].strip()) and bool(_NONE.fullmatch(text[at:end].strip()))


def said(text: str, marker: Marker, begin: int, end: int, naming: Naming) -> Said:
    """Return what an action or a decision says.

    Args:
        text: The passage that it stands in.
        marker: The word that it begins with.
        begin: Where what it says begins: after that word, or after its reference.
        end: Where it ends.
        naming: What names and dates mean.

    Raises:
        ValueError: It cannot be understood; the message says why.
    """
    has_record = reference(text, marker) is not None
    begins = [begin] if has_record else list(_ends(text, marker))
    # A number may be of a name, as of 1st Anytown Scouts; and what is in bold may be all of it, or its beginning.
    ways = [(at, body) for at in begins for body in _bodies(text, marker, at, end)]
    found = None
    for at, body in ways[:-1]:
        with suppress(ValueError):
            found = found or _said(body, at, marker, naming)
    found = found or _said(ways[-1][1], ways[-1][0], marker, naming)
    if not has_record:
        _refuse_several(found, text[marker.start : marker.end], naming)
    return found


def _refuse_several(found: Said, word: str, naming: Naming) -> None:
    """Refuse what holds more than one action or decision.

    Raises:
        ValueError: It does; the message says how.
    """
    how = HOW[bool(found.owners)][1]
    if found.owners and (rest := several.another(found.text, naming)):
        raise ValueError(f"holds another action, “{rest}”; write each on a line of its own, as {how}")
    if word.lower().endswith("s") and several.listed(found.text, decisions=not found.owners):
        raise ValueError(f"lists several; write each on a line of its own, as {how}")


def _ends(text: str, marker: Marker) -> Iterator[int]:
    number = NUMBER.match(text, marker.end)
    # “AP2” is one word, and its number is of nobody's name.
    if text[marker.start : marker.end].upper() != "AP" or not number or not text[marker.end : marker.end + 1].isdigit():
        yield marker.end
    if number:
        yield number.end()


def _said(body: str, at: int, marker: Marker, naming: Naming) -> Said:
    if marker.is_action:
        return _action(body, at, naming)
    how = f"write it as {HOW[False][1]}"
    lead = _LEAD.match(body)
    rest = body[lead.end() :] if lead else body
    head, colon, after = body[: lead.end() if lead else 0], ":" in body, ""
    if not re.search(r"[:–—-]|=>|→", head):
        if marker.verb and re.match(r"(?:[\w. ]{0,20}[\s,]+)?(?:that|to|not to)\b", rest, re.IGNORECASE):
            return Said(at, _text(rest, prose_problem, how))
        named, _, after = rest.partition(":")
        if len(named) > _LONGEST_HEAD:
            raise ValueError(f"has no colon near its beginning; {how}")
        if not colon:
            raise ValueError(f"has no colon; {how}")
        if outline.plain(named):
            raise ValueError(f"has {outline.plain(named)!r} before the colon; {how}")
        rest = after
    return Said(at, _text(rest, prose_problem, how))


def _action(body: str, at: int, naming: Naming) -> Said:
    how = f"write it as {HOW[True][1]}"
    lead = _LEAD.match(body)
    rest = body[lead.end() :] if lead else body
    problem: ValueError | None = None
    says = ""
    if (found := _IN_BRACKETS.match(rest)) and (promise := _promise(found[1], naming)):
        return _promised(at, promise, rest[found.end() :], naming, how)
    for head, after in _heads(rest):
        try:
            promise = naming.promise(_name(head))
        except ValueError as error:
            problem = problem or (error if len(head) <= _NAMES or " owners" in str(error) else None)
            says = says or after
        else:
            return _promised(at, promise, after, naming, how)
    verb = _VERB.search(rest, 0, _LONGEST_HEAD)
    if verb and not _DONE_TO.match(rest, verb.end()):
        if promise := _promise(rest[: verb.start()], naming):
            return _promised(at, promise, rest[verb.end() :], naming, how)
        naming.refuse_several(_name(rest[: verb.start()]))
    if not outline.plain(rest):
        raise ValueError(f"has no colon; {how}" if ":" not in body else f"says nothing after the colon; {how}")
    if ":" not in body:
        raise ValueError(f"has no colon; {how}")
    if len(body.partition(":")[0]) > _LONGEST_HEAD:
        raise ValueError(f"has no colon near its beginning; {how}")
    if problem is None or not re.search(r":", rest):
        raise ValueError(f"names no owner; {how}")
    if not says.strip(" *_.\n"):
        raise ValueError(f"says nothing after the colon; {how}")
    raise problem


def _promise(named: str, naming: Naming) -> Promise | None:
    """Return who is to do something and by when; None where nobody is known by what is named."""
    try:
        return naming.promise(_name(named))
    except ValueError:
        return None


def _name(head: str) -> str:
    return outline.plain(head).strip("@ ")


def _heads(rest: str) -> Iterator[tuple[str, str]]:
    """Yield what may be the owners and the date, each with what follows it."""
    for number, colon in enumerate(_COLON.finditer(rest, 0, _LONGEST_HEAD)):
        if number < _MOST_COLONS and outline.plain(rest[: colon.start()]):
            yield rest[: colon.start()], rest[colon.end() :]
    dashes = list(_DASH.finditer(rest, 0, _LONGEST_HEAD))[:_MOST_COLONS]
    for dash in reversed(dashes):
        yield rest[: dash.start()], rest[dash.end() :]


def _promised(at: int, promise: Promise, after: str, naming: Naming, how: str) -> Said:
    due = promise.due
    if due is None:
        after, due = naming.told(after)
    return Said(at, _text(after, title_problem, how), promise.owners, due)


def _text(after: str, problem: Callable[[str], str | None], how: str) -> str:
    text = " ".join(outline.unescaped(re.sub(r"<br ?/?>", " ", after)).split())
    text = re.sub(r"\A(?:[*_]{1,3}\s+|</\w+>\s*)|\s+[*_]{1,3}\Z", "", text).strip()
    text = re.sub(r"[\s(\[{“‘]+\Z", "", text)  # which opens what comes next
    if text.startswith(("*", "_")) and text.count(text[0]) % 2:
        text = text.lstrip(text[0])
    if not text.strip(".*_ "):
        raise ValueError(f"says nothing after the colon; {how}")
    if text.endswith(":"):
        raise ValueError("ends with a colon, and what follows is not taken; write all of it in one sentence")
    if wrong := problem(text):
        raise ValueError(f"has a text that {wrong}")
    if _TO_COME.fullmatch(text):
        raise ValueError(f"says no more than {text!r}; {how}")
    if day := typed_dates.impossible(text):
        raise ValueError(f"has {day!r}, and there is no such day")
    return text


def _bodies(text: str, marker: Marker, at: int, end: int) -> Iterator[str]:
    """Yield what may follow a marker: to where the emphasis ends that was opened just before it, and all of it."""
    before = text[max(0, marker.start - 10) : marker.start]
    body = _in_brackets(before, text[at:end])
    if before.endswith("`"):
        body = body.replace("`", "", 1)
    if re.search(r"<\w+>\Z", before):
        body = re.sub(r"</\w+>", "", body, count=1)
    opened = re.search(r"([*_]{1,3})[\[(]?\Z", before)
    if opened and (closes := body.find(opened[1])) >= 0:
        head, rest = body[:closes], body[closes + len(opened[1]) :]
        if not re.match(r"[\s,]*[a-z]", rest) or re.search(r"[.!?;]\s*\Z", head):
            yield head
        body = head + rest
    yield body


def _in_brackets(before: str, body: str) -> str:
    """Return what follows a marker, to where the bracket ends that was opened just before it."""
    bracket = before.rstrip("*_")[-1:]
    if bracket not in _PAIRS:
        return body
    depth = 0
    for place, each in enumerate(body):
        depth += (each == bracket) - (each == _PAIRS[bracket])
        if depth < 0:
            goes_on = not body[:place].strip(" *_") or body[place + 1 :].lstrip(" *_").startswith(":")
            return body[:place] + (body[place + 1 :] if goes_on else "")
    return body


def _closed(text: str, begin: int, end: int) -> int:
    found = _CLOSERS.match(text, begin, end)
    return found.end() if found else begin
