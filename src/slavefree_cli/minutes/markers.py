"""Where something in minutes looks like an action or a decision, in whatever place and case it stands."""

import re
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from slavefree_cli.minutes import misspelt
from slavefree_cli.model.references import Candidate

_RECORD: Final = r"[ \t]*\[[0-9A-Za-z]{5}\]"
_ACTION: Final = (
    rf"ACTIONS?(?:[ \t]+(?:POINTS?|ITEMS?))?|AP(?=[ \t]*[-#/]?\d|[ \t]*:|{_RECORD})"
    rf"|TO[ -]?DO(?=:|{_RECORD})|TODO(?=[ \t])"
)
_DECISION: Final = r"DECISIONS?|DECIDED|AGREED|RESOLVED|RESOLUTIONS?"
_OTHERS: Final = frozenset({"approved", "carried", "ratified", "endorsed"})
"""Words that tell of a decision, too; they are told of, and no decision is written so."""
_VERBS: Final = frozenset({"agreed", "decided", "resolved"})
_WORD: Final = re.compile(
    rf"(?<![A-Za-z0-9-])(?:(?P<action>{_ACTION})|(?P<decision>{_DECISION}))(?![A-Za-z]|-(?-i:[a-z]|[A-Z]{{2}}))",
    re.IGNORECASE,
)
_NEAR: Final = re.compile(r"(?<![A-Za-z0-9-])(?:[A-Z]{4,12}|[A-Z]?[a-z]{3,11})(?![A-Za-z]|-[a-z])")
NUMBER: Final = re.compile(
    r"[ \t]*(?:no\.?[ \t]*|[#/-])?\d{1,4}(?:[./-]\d{1,4})*(?:[a-z](?![a-z]))?[.)]?(?![\w/])", re.IGNORECASE
)
"""The number that an action or a decision may have after its first word."""
_OPENS: Final = re.compile(
    r"(?:\A|[.!?;|…#>→]|[.!?;:][\"”’)\]*_]+|[ \t]*[(\[{\"“‘]|(?<!\w)[*_~`]{1,3}|[ \t][–—]|[ \t]-)"
    r"[ \t\n]*[(\[\"“‘*_~`]{0,4}\Z"
)
"""What stands before a word with which something begins: the end of a sentence, a bracket, bold type."""
_HELD: Final = re.compile(r"[*_\])}>\"”’]*(?:</\w+>)?[ \t]*(?P<reference>\[[0-9A-Za-z]{5}\])?[*_\])}]*[ \t]*")
_JOINT: Final = re.compile(r"[ \t]*(?::|[–—-][ \t]|=>|→)")
_HOW_AGREED: Final = r"unanimously|in principle|by all|nem\.? con\.?"
_THAT: Final = re.compile(rf"[\s*_]*(?:(?:{_HOW_AGREED})[\s,]+)?(?:that|to|not to)\b", re.IGNORECASE)
_STOP: Final = re.compile(rf"[*_]*(?:[ \t]+(?:{_HOW_AGREED}))?[*_]*(?:[.!;)][*_]*(?=\s|\Z)|\s*\Z)", re.IGNORECASE)
_NOUN: Final = re.compile(
    r"[ \t]+(?:plans?|planning|logs?|lists?|notes?|sheets?|trackers?|registers?|groups?|teams?|days?|research|learning|"
    r"fraud|for children|makers?|making|summary|records?|(?:from|arising|carried|outstanding)\b)",
    re.IGNORECASE,
)
"""What makes one noun of the two, which is nobody's action: an action plan."""
_PROSE: Final = re.compile(
    r"[ \t]+(?:was|were|is|are|be|been|had|has|have|from|of|in|at|which|that|taken|required|needed|will|would|can|"
    r"could|should|may|might|must|as|also|and|or|but|under|against|before|after)\b"
)
_LABELLED: Final = re.compile(
    r"[ \t]+(?:taken|made|reached|needed|required|agreed)(?:[ \t]+(?:at|by)[ \t][^:.\n]{1,40})?[ \t]*:[ \t]*\S",
    re.IGNORECASE,
)
"""What makes a label of the two, with something behind it: a decision taken."""
_SOMEBODY: Final = re.compile(
    r"(?:[ \t]+(?!(?:to|on|by|for|with|has|will)\b)[(\[@]?[\w'’.@&/+-]+[,)\]]?){1,5}[ \t]+(?:to|will)[ \t]+(?!be\b)"
)
_THEN: Final = rf"[*_]*(?:{_RECORD})?(?:[ \t]+(?:{_HOW_AGREED}))?[ \t]+(?:that|to|not to)\b"
BEGINS: Final = re.compile(
    rf"[*_\[(<\"“‘`~]{{0,4}}(?:</?\w+>)?(?:(?:{_ACTION}|{_DECISION}|DONE|UPDATE|DUE)(?![A-Za-z])"
    r"|(?i:actions?|decisions?|agreed|resolved|done|update|due)[*_]{0,3}[^.!?\n]{0,60}:"
    r"|(?i:done|update|due)[ \t]+\[?(?=[A-Za-z]*\d)[0-9A-Za-z]{5}(?![0-9A-Za-z])"
    r"|(?:It|The(?:[ \t]+[\w-]+){1,2}|Members|All|We)[ \t]+(?:(?:was|were|has|have)[ \t]+(?:been[ \t]+)?)?"
    rf"(?:[a-z]+[ \t]+)?[*_]*(?i:agreed|resolved|decided){_THEN}"
    rf"|(?:Agreed|Resolved|Decided){_THEN}"
    r"|Action(?:[ \t]+\[[0-9A-Za-z]{5}\])?(?:[ \t]+(?!Plan)[A-Z][\w'’-]*){1,3}[ \t]+to\b"
    rf"|(?i:actions?)(?:{NUMBER.pattern})?(?:[ \t]+\[[0-9A-Za-z]{{5}}\])?"
    rf"(?:[ \t]+[–—-][ \t]|(?!{_NOUN.pattern}|{_PROSE.pattern}){_SOMEBODY.pattern}))"
)
"""What begins a passage of its own at the beginning of a line."""
_TASK: Final = re.compile(r"[ \t]+(?!(?:to|and|or|of)\b)[\w'’-]+(?:[ \t]+[\w'’-]+){0,2}[ \t]+to[ \t]+(?!be\b)[a-z]")
"""Somebody who is to do something, after the word with which that begins."""
_NO: Final = re.compile(
    r"\b(?:no|not|any|without|for|further|urgent|joint|legal|disciplinary|take|taken|taking|took|enforcement|court|"
    r"class|direct|call to|course of|plan of|in|into)[ \t]+\Z",
    re.IGNORECASE,
)
"""What stands before an action that nobody was given."""
_EARLIER: Final = re.compile(
    r"\b(?:as|an?|the|previously|already|not|be|been|being|fully|mutually|jointly|having|by|of|their|our|these|those)"
    r"[ \t]+\Z",
    re.IGNORECASE,
)
_PENDING: Final = re.compile(r"\b(?:as|to be|not be|not|previously|already|having)[ \t]+\Z", re.IGNORECASE)
_COLLECTIVE: Final = re.compile(
    r"\b(?:was|were|it|meeting|committee|board|council|group|members)[ \t]+\Z", re.IGNORECASE
)
_HANDED: Final = re.compile(r"\b(?:to|for)[ \t]+\Z"), re.compile(r"[ \t]*(?:[.;)\n]|\Z|this|that|by [A-Z])")
_GIVEN: Final = re.compile(r"[ \t]+(?:for|on|by|with)[ \t]+[A-Z]\w")
_FOLLOWING: Final = re.compile(r"\b(?:following|these|this|next|new|an?|one|two|three)[ \t]+\Z", re.IGNORECASE)
_TAKEN: Final = re.compile(r"[ \t]+(?:was|were|has been|is)[ \t]+(?:made|taken|reached)[ \t]+(?:to|that)\b")
_BEFORE: Final = 40
_AFTER: Final = 100
_SENTENCE: Final = 300


class Marker(NamedTuple):
    """A word that looks like one that begins an action or a decision."""

    start: int
    """Where it begins in the text."""
    end: int
    is_action: bool
    verb: bool
    """Whether it is agreed, decided or resolved, after which “that” or “to” may stand for a colon."""
    opens: bool
    """Whether it stands where something begins: a passage, a sentence, a bracket, bold type."""
    plain: bool
    """Whether it is written as one is written, so that what follows it is collected; the others are only told of."""
    misspelt: bool = False
    """Whether it stands as one does, and its word is nearly one."""

    @property
    def ends(self) -> bool:
        """Whether what stands before it, on its line or those above, has come to an end."""
        return self.plain or self.misspelt


def markers(text: str, names: Sequence[re.Pattern[str]] = ()) -> list[Marker]:
    """Return what looks like an action or a decision in a passage, in order.

    What stands in the name of a member or a person is none, and neither is what people say of actions and decisions in
    running text: an action plan, as agreed, no decision was taken.

    Args:
        text: The passage.
        names: What finds the names in which such a word stands; see ``names_with``.
    """
    over = [found.span() for name in names for found in name.finditer(text)]
    there = [_marker(text, found) for found in _WORD.finditer(text) if not _in_name(found, over)]
    there += [_misspelt(text, found) for found in _NEAR.finditer(text) if not _in_name(found, over)]
    taken: list[Marker] = []
    for each in sorted(filter(None, there)):
        if not taken or _stands_alone(text, each, taken[-1]):
            taken.append(each)
    return taken


def names_with(parties: Iterable[Candidate]) -> list[re.Pattern[str]]:
    """Return what finds the names of those members and people in which a word stands that could be a marker."""
    names = {
        name
        for each in parties
        for name in (each.name, *each.also)
        if (_WORD.search(name) and " " in name) or any(map(_meant, _NEAR.finditer(name)))
    }
    return [re.compile(r"\s+".join(map(re.escape, name.split())), re.IGNORECASE) for name in sorted(names)]


def _stands_alone(text: str, marker: Marker, last: Marker) -> bool:
    """Tell whether a marker is no word of what another says: it begins something, or another sentence tells of it."""
    if marker.plain or marker.misspelt:
        return marker.opens
    between = text[max(last.end, marker.start - _SENTENCE) : marker.start]
    return marker.is_action != last.is_action and bool(re.search(r"[.!?]\s|\n", between))


def _in_name(found: re.Match[str], over: Iterable[tuple[int, int]]) -> bool:
    """Tell whether a word stands in a name; in capitals it is a word of its own where the rest of the name is not."""
    return any(
        first <= found.start() < last and (not found[0].isupper() or found.string[first:last].isupper())
        for first, last in over
    )


def _marker(text: str, found: re.Match[str]) -> Marker | None:
    """Return the marker that a word is, or None where it is an ordinary word."""
    word, is_action = found[0].lower(), found["action"] is not None
    before, after = text[max(0, found.start() - _BEFORE) : found.start()], text[found.end() : found.end() + _AFTER]
    opens, verb, capital = bool(_OPENS.search(before)), word in _VERBS, found[0].isupper()
    number = NUMBER.match(after)
    held = _HELD.match(after, number.end() if number else 0)
    joint = _JOINT.match(after, held.end() if held else 0)
    that = verb and _THAT.match(after)

    noun = _NOUN.match(after)
    # “ACTION Group Manager to write” has a marker, “ACTION plan” and “Action Plan” have none.
    if (noun and not (capital and noun[0].strip().istitle())) or (word in {"ap", "todo"} and not capital and not joint):
        return None
    if not capital and re.match("-[A-Z]", after):
        return None
    plain = bool(held and held["reference"])
    opens = opens or bool(plain and held and (joint or (verb and _THAT.match(text, found.end() + held.end()))))
    if capital:
        plain = plain or bool(joint or that or opens)
        looks = plain or not _NO.search(before)
    elif opens:
        plain = plain or bool(joint or number or that) or (not verb and _is_head(after))
        looks = plain or bool(_LABELLED.match(after)) or (verb and found[0][0].isupper() and bool(_STOP.match(after)))
    else:
        looks = plain or (bool(joint) and not _NO.search(before)) or _in_prose(text, found, before, after)
    return Marker(found.start(), found.end(), is_action, verb, opens, plain) if looks else None


def _misspelt(text: str, found: re.Match[str]) -> Marker | None:
    """Return the marker that a word is which is nearly one and stands as one does; None where it does not."""
    meant = _meant(found)
    if meant is None:
        return None
    before, after = text[max(0, found.start() - _BEFORE) : found.start()], text[found.end() : found.end() + _AFTER]
    number = NUMBER.match(after)
    held = _HELD.match(after, number.end() if number else 0)
    joint = _JOINT.match(after, held.end() if held else 0) or (held and held["reference"])
    that = meant in _VERBS and _THAT.match(after)
    opens, capital = bool(_OPENS.search(before)) or before.endswith("\n"), found[0].isupper()
    # What stands in capitals all along its line has a title's.
    alone = capital and not text.split("\n", 1)[0].isupper()
    told = number or alone or _TASK.match(after) or (meant != "action" and _STOP.match(after))
    stands = bool(that or (joint and (opens or capital)) or (opens and told))
    if meant in _OTHERS:
        # Minutes are approved as a correct record, which is no decision of its own.
        stands = bool(alone or (opens and joint)) and "minutes" not in text.lower()
    return Marker(found.start(), found.end(), meant in misspelt.ACTIONS, False, True, False, True) if stands else None


def _meant(found: re.Match[str]) -> str | None:
    if (word := found[0].lower()) in _OTHERS:
        return word
    return misspelt.nearly(word, misspelt.ACTIONS + misspelt.DECISIONS)


def _is_head(after: str) -> bool:
    """Tell whether owners seem to follow “Action” at the beginning: a name, or anything before a colon or “to”."""
    colon = ":" in re.split(r"[.!?\n]", after)[0]
    return not _PROSE.match(after) and (colon or bool(re.match(r"[ \t]+[A-Z(\[@]", after) or _SOMEBODY.match(after)))


def _in_prose(text: str, found: re.Match[str], before: str, after: str) -> bool:
    """Tell whether a word in running text seems to tell of an action that was given, or a decision that was taken."""
    word = found[0].lower()
    if found["action"]:
        handed = _HANDED[0].search(before) and _HANDED[1].match(after)
        follows = _FOLLOWING.search(before) and ":" in re.split(r"[.!?\n]", after)[0]
        return bool(handed or ((follows or _GIVEN.match(after)) and not _NO.search(before)))
    if word not in _VERBS:
        return bool(_TAKEN.match(after)) and not _NO.search(before)
    if _THAT.match(after):
        # A problem is resolved, too; a committee resolves to do something.
        return bool(_COLLECTIVE.search(before)) or (word != "resolved" and not _PENDING.search(before))
    sentence = re.split(r"[.!?]\s", text[max(0, found.start() - _SENTENCE) : found.start()])[-1]
    told = word != "resolved" and _STOP.match(after) and not _EARLIER.search(before)
    return bool(told) and "minutes" not in sentence.lower()
