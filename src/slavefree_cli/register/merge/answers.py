"""Answers to invitations, which two clones may have taken in at different times: the newest counts on both sides."""

from collections.abc import Mapping
from typing import Any, Final

from slavefree_cli.model.attendance import AnswerOrder, answer_order
from slavefree_cli.register.toml.write import Document

_ANSWER: Final = ("reply", "reply_stamp", "reply_sequence", "reply_comment")


def with_newest_answers(base: Document, ours: Document, theirs: Document) -> tuple[Document, Document]:
    """Return two attendances in which who has an answer that both changed has the newer one (RFC 5546 2.1.5)."""
    for id in set(_people(ours)) & set(_people(theirs)):
        one, other = _people(ours)[id], _people(theirs)[id]
        if "reply_stamp" not in one or "reply_stamp" not in other:
            continue
        was = _answer(_people(base).get(id, {}))
        if was in {_answer(one), _answer(other)}:
            continue
        newer = one if _rank(one) >= _rank(other) else other
        ours, theirs = _with(ours, id, newer), _with(theirs, id, newer)
    return ours, theirs


def _people(document: Document) -> Mapping[str, Any]:
    people: Mapping[str, Any] = document.get("people", {})
    return people


def _rank(answer: Mapping[str, Any]) -> AnswerOrder:
    return answer_order(
        answer.get("reply_sequence"), answer["reply_stamp"], answer.get("reply"), answer.get("reply_comment")
    )


def _answer(person: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(person.get(key) for key in _ANSWER)


def _with(document: Document, id: str, answer: Mapping[str, Any]) -> Document:
    person = {key: value for key, value in _people(document)[id].items() if key not in _ANSWER}
    given = {key: answer[key] for key in _ANSWER if key in answer}
    return {**document, "people": {**_people(document), id: {**given, **person}}}
