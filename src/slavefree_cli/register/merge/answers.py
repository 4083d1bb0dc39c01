"""Answers to invitations, which two clones may have taken in at different times: the newest counts on both sides."""

from collections.abc import Mapping
from typing import Any, Final

from slavefree_cli.model.attendance import AnswerOrder, answer_order
from slavefree_cli.register.toml.write import Document

_ANSWER: Final = ("reply", "reply_stamp", "reply_sequence", "reply_comment")


def with_newest_answers(base: Document, ours: Document, theirs: Document) -> tuple[Document, Document]:
    """Return two attendances in which who has an answer that both changed has the newer one (RFC 5546 2.1.5)."""
    was, mine, yours = (dict(side.get("people", {})) for side in (base, ours, theirs))
    for id in mine.keys() & yours.keys():
        one, other = mine[id], yours[id]
        if "reply_stamp" not in one or "reply_stamp" not in other:
            continue
        if _answer(was.get(id, {})) not in {_answer(one), _answer(other)}:
            newer = max(one, other, key=_rank)
            mine[id], yours[id] = _with(one, newer), _with(other, newer)
    return _holding(ours, mine), _holding(theirs, yours)


def _rank(answer: Mapping[str, Any]) -> AnswerOrder:
    return answer_order(
        answer.get("reply_sequence"), answer["reply_stamp"], answer.get("reply"), answer.get("reply_comment")
    )


def _answer(person: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(person.get(key) for key in _ANSWER)


def _with(person: Mapping[str, Any], answer: Mapping[str, Any]) -> dict[str, Any]:
    given = {key: answer[key] for key in _ANSWER if key in answer}
    return given | {key: value for key, value in person.items() if key not in _ANSWER}


def _holding(document: Document, people: dict[str, Any]) -> Document:
    return {**document, "people": people} if people else document
