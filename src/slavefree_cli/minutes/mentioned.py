"""Actions that are named in minutes by their references, where nothing is recorded of what is said of them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from slavefree_cli.minutes import says
from slavefree_cli.minutes.codes import CODE
from slavefree_cli.minutes.markers import Marker
from slavefree_cli.minutes.passages import Passage
from slavefree_cli.minutes.report_markers import HOW
from slavefree_cli.model.action import Action
from slavefree_cli.model.names import typed_code

_STOP: Final = re.compile(r"[.!?;]\s")
_ENDED: Final = (
    r"done|closed|completed?|discharged|finished|actioned|achieved|dropped|cancelled|withdrawn|abandoned|superseded|"
    r"no longer (?:needed|required|relevant)"
)
_MOVED: Final = (
    r"deferred|extended|postponed|delayed|put (?:off|back)|moved to|re-?assign(?:ed)?|re-?allocated?|transfer(?:red)?|"
    r"hand(?:ed)? over|pass(?:ed)? to|due"
)
_STATE: Final = re.compile(rf"\b(?:(?P<ended>{_ENDED})|(?P<moved>{_MOVED})|(?P<open>re-?open(?:ed)?))\b", re.IGNORECASE)
_DENIED: Final = re.compile(
    r"\b(?:not|yet|to be|be|being|get|nearly|almost|partly|partially|until|when|once|fall)[ \t]+(?:fully[ \t]+)?\Z",
    re.IGNORECASE,
)
_AT_THE_END: Final = re.compile(rf"[:–—-][ \t*_]*(?:is |was |now )?(?:{_ENDED})[\s.!*_)]*\Z", re.IGNORECASE)


class Mention(NamedTuple):
    """An action that is named, and nothing is recorded of it."""

    place: int
    """The index of the line."""
    code: str
    told: bool
    """Whether it is told what has become of it."""

    @property
    def message(self) -> str:
        """What is to be said of it."""
        if self.told:
            return f"tells of action {self.code.upper()}; write it as {', '.join(HOW.values())}"
        return f"names action {self.code.upper()}, and nothing is recorded of it; {HOW['UPDATE']} records something"


def mentions(passage: Passage, row: str, there: Sequence[Marker], actions: Mapping[str, Action]) -> Iterator[Mention]:
    """Yield the actions that a passage names without a report, by what it says of them.

    Args:
        passage: The passage.
        row: All of the row that it stands in, or the passage itself.
        there: What looks like an action or a decision in the passage; what has a reference is on record.
        actions: The actions that can be told of.
    """
    records = {own.code for each in there if (own := says.reference(passage.text, each))}
    for found in CODE.finditer(passage.text):
        code = typed_code(found[0])
        if code not in actions:
            continue
        is_open = actions[code].status == "open"
        if code in records:
            if is_open and _AT_THE_END.search(passage.text):
                yield Mention(passage.at(found.start())[0], code, told=True)
            continue
        of = row if passage.kind == "cell" else _sentence(passage.text, found.start())
        told = _tells(of, is_open=is_open) or (passage.ticked and is_open)
        if told or passage.kind != "cell":
            yield Mention(passage.at(found.start())[0], code, told)


def _tells(text: str, *, is_open: bool) -> bool:
    for found in _STATE.finditer(text):
        if found["moved"]:
            if is_open and (found[0].lower() != "due" or found[0].isupper()):
                return True
        elif bool(found["ended"]) == is_open and not _DENIED.search(text[: found.start()]):
            return True
    return False


def _sentence(text: str, place: int) -> str:
    begin = max((found.end() for found in _STOP.finditer(text, 0, place)), default=0)
    after = _STOP.search(text, place)
    return text[begin : after.start() if after else len(text)]
