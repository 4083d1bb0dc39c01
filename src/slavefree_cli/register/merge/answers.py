"""Answers to invitations, which two clones may have taken in at different times: the newest counts on both sides."""

from collections.abc import Mapping
from typing import Any, Final

from slavefree_cli.model.attendance import AnswerOrder, answer_order
from slavefree_cli.register.toml.write import Document

_ANSWER: Final = ("reply", "reply_stamp", "reply_sequence", "reply_sent", "reply_comment")
_TABLES: Final = ("people", "members")
_UNREACHED: Final = "unreached"


def with_newest_answers(base: Document, ours: Document, theirs: Document) -> tuple[Document, Document]:
    """Return two attendances in which who has an answer that both changed has the newer one (RFC 5546 2.1.5).

    So does whom something did not reach: the newer of what both recorded of that.
    """
    for table in _TABLES:
        for id in set(_in(ours, table)) & set(_in(theirs, table)):
            one, other = _in(ours, table)[id], _in(theirs, table)[id]
            if "reply_stamp" not in one or "reply_stamp" not in other:
                continue
            was = _answer(_in(base, table).get(id, {}))
            if was in {_answer(one), _answer(other)}:
                continue
            newer = one if _rank(one) >= _rank(other) else other
            ours, theirs = _with(ours, table, id, newer), _with(theirs, table, id, newer)
    for id in set(_in(ours, _UNREACHED)) & set(_in(theirs, _UNREACHED)):
        one, other = _in(ours, _UNREACHED)[id], _in(theirs, _UNREACHED)[id]
        if "stamp" in one and "stamp" in other and _in(base, _UNREACHED).get(id) not in (one, other):
            newer = max(one, other, key=lambda each: (each["stamp"], str(each)))
            ours, theirs = ({**side, _UNREACHED: {**_in(side, _UNREACHED), id: newer}} for side in (ours, theirs))
    return ours, theirs


def _in(document: Document, table: str) -> Mapping[str, Any]:
    people: Mapping[str, Any] = document.get(table, {})
    return people


def _rank(answer: Mapping[str, Any]) -> AnswerOrder:
    return answer_order(
        answer.get("reply_sequence"), answer["reply_stamp"], answer.get("reply_sent"), answer.get("reply"),
        answer.get("reply_comment"),
    )  # fmt: skip


def _answer(person: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(person.get(key) for key in _ANSWER)


def _with(document: Document, table: str, id: str, answer: Mapping[str, Any]) -> Document:
    entry = {key: value for key, value in _in(document, table)[id].items() if key not in _ANSWER}
    given = {key: answer[key] for key in _ANSWER if key in answer}
    return {**document, table: {**_in(document, table), id: {**given, **entry}}}
