"""Actions and decisions that are listed under a heading or in a column that says so, and do not say it themselves."""

import re
from collections.abc import Collection
from typing import Final

from slavefree_cli.minutes.codes import codes_in
from slavefree_cli.minutes.outline import plain
from slavefree_cli.minutes.passages import Passage

_LABEL: Final = re.compile(
    r"(?:#{1,6}\s+)?(?:\d{1,3}(?:\.\d{1,3})*[.)]?\s+)?"
    r"(?:(?:key|new|agreed|further|summary of|list of|the following)\s+)*"
    r"(?P<what>actions?(?:\s+(?:points?|items?))?|aps|decisions?|resolutions?|to do)"
    r"(?:\s+(?:agreed|arising|required|needed|points|taken|made|from (?:this|the) meeting|are|were))*\s*(?:\(s\))?:?"
    r"\s*#*",
    re.IGNORECASE,
)
_WHO: Final = re.compile(
    r"(?:action )?owners?|who|by whom|actions? (?:by|for)|for action|lead officer|(?:person )?responsible|"
    r"responsibility|(?:assigned|allocated) to",
    re.IGNORECASE,
)
_WHAT: Final = re.compile(
    r"tasks?|what|to do|next steps?|deadline|by when|when|due(?: date| by)?|target date|completion date|timescales?",
    re.IGNORECASE,
)
"""The columns of a table of what people are to do, which may call it anything."""
_NONE: Final = re.compile(r"(?:none|nil|n/?a|no .{0,40}|tbc|noted|-+|–|—)?[.\s]*", re.IGNORECASE)


class Labels:
    """What the passages before say of those that follow: that they are actions or decisions.

    Args:
        codes: Those of the actions and decisions that there are; a row that has one is a record already.
    """

    def __init__(self, codes: Collection[str]) -> None:
        self._codes = codes
        self._over: str | None = None
        self._list_only = False
        self._columns: dict[int, str] = {}
        self._row_recorded = -1
        self._who = -1
        self._is_of_tasks = False

    def is_label(self, passage: Passage) -> bool:
        """Tell whether a passage says nothing but that actions or decisions follow, and take that down."""
        said = plain(passage.text)
        found = _LABEL.fullmatch(said) if len(said) < 100 else None
        if passage.kind in {"header", "cell"}:
            if passage.kind == "header":
                self._head(passage, said.rstrip(":"), is_label=found is not None)
            return passage.kind == "header"
        self._columns = {}
        if found is None:
            return False
        alone = not found["what"].lower().endswith("s")
        self._over, self._list_only = said.strip("# :"), alone or passage.kind == "heading"
        return not (alone and found["what"].isupper()) or passage.kind == "heading"

    def _head(self, passage: Passage, said: str, *, is_label: bool) -> None:
        """Take down what the column of a table is of."""
        if passage.column == 0:
            self._columns, self._who, self._is_of_tasks = {}, -1, False
        if is_label:
            self._columns[passage.column] = said
        elif _WHO.fullmatch(said):
            self._who = passage.column
            self._is_of_tasks = self._is_of_tasks or "action" in said.lower()
        elif _WHAT.fullmatch(said):
            self._is_of_tasks = True

    def of_task(self, passage: Passage) -> str | None:
        """Return what is to be said of a row that tells who is to do something, in a table that is of such; or None.

        Args:
            passage: A cell of it, or anything else.
        """
        is_who = passage.kind == "cell" and passage.column == self._who and self._is_of_tasks and not self._columns
        text = plain(passage.text)
        if not is_who or passage.place == self._row_recorded or _NONE.fullmatch(text):
            return None
        return f"seems to be for {text[:40]} to do; if it is an action, write it as ACTION owner by date: text"

    def over(self, passage: Passage, *, marked: bool) -> str | None:
        """Return what is to be said of a passage that stands under a label, and is no action or decision by itself.

        Args:
            passage: The passage.
            marked: Whether something in it looks like an action or a decision.
        """
        if passage.kind == "cell":
            return self._in_row(passage, marked=marked)
        label = self._over
        if passage.kind != "item":
            self._over = None
        text = plain(passage.text)
        if label is None or marked or passage.kind == "heading" or _NONE.fullmatch(text) or self._recorded(text):
            return None
        if passage.kind != "item" and self._list_only:
            return None
        return f"stands under “{label}” and is no record; begin it with {_word(label)}"

    def _in_row(self, passage: Passage, *, marked: bool) -> str | None:
        text = plain(passage.text)
        if self._recorded(text):
            self._row_recorded = passage.place
        label = self._columns.get(passage.column)
        if label is None or marked or passage.place == self._row_recorded or _NONE.fullmatch(text):
            return None
        return f"has “{text[:40]}” under “{label}”, which is no record; begin it with {_word(label)}"

    def _recorded(self, text: str) -> bool:
        return any(code in self._codes for code in codes_in(text))


def _word(label: str) -> str:
    return "ACTION owner by date:" if re.search(r"action|ap|to do", label, re.IGNORECASE) else "DECISION:"
