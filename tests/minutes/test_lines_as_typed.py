"""Lines of real minutes: what comes of each, none passed over in silence and none for the wrong person."""

import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lines_as_typed import ALIASES, LINES, PARTIES
from slavefree_cli.minutes.owned import Lines
from slavefree_cli.minutes.typed_lines import Known, read, referenced
from slavefree_cli.model.names import key
from slavefree_cli.model.references import Candidate
from slips_as_typed import SLIPS

ALL = [*LINES, *SLIPS]
CANDIDATES = [Candidate(id, name, also=ALIASES.get(id, ()), is_party=True) for id, name in PARTIES.items()]
RECORDED = {"7k2f9": "Map", "4m8xt": "The terms stand."}
KNOWN = Known(CANDIDATES, [], date(2023, 6, 7), date(2023, 9, 6), RECORDED, frozenset(RECORDED))


def reading(text):
    """Read some lines in minutes that have the reference of the one action on record elsewhere, or in themselves."""
    asked = key(text).startswith("action sam: map")
    known = (
        KNOWN if asked else KNOWN._replace(recorded={code: RECORDED[code] for code in RECORDED if code.upper() in text})
    )
    return read(text, Lines(), known)


def told(each):
    if not each.owners:
        return f"= {each.text}"
    due = f" by {each.due}" if each.due else ""
    return f"{'done ' if each.done else ''}{','.join(each.owners)}{due}: {each.text}"


@pytest.mark.parametrize(("text", "wanted"), ALL, ids=[text for text, _ in ALL])
def test_what_comes_of_it(text, wanted):
    found = reading(text)

    lines = {each.line for each in (*found.problems, *found.doubts)}
    assert sorted([*map(told, found.typed), *("!" for _ in lines)]) == sorted(wanted)
    assert lines <= set(range(1, text.count("\n") + 2))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("AGREED: Sam to write to the school", "is taken for a decision; if Sam is to do it"),
        ("ACTION: Sam to write (30 June)", "if it is Friday 30 June 2023, write “by” before it"),
        ("ACTION: Sam to write w/c 12 June", "if it is Monday 12 June 2023"),
        ("ACTION Sam: 1 July: Write", "if it is Saturday 1 July 2023, write “by” and the date at its end"),
        ("ACTION Sam: By 1 July write to hotels", "if it is Saturday 1 July 2023, write “by” and the date at its end"),
        ("ACTION Sam: Write by Friday to every hotel", "if it is Friday 9 June 2023"),
        ("ACTION: Sam to write before the next meeting", "if it is Wednesday 6 September 2023"),
    ],
)
def test_what_is_collected_and_may_be_meant_otherwise_is_remarked(text, said):
    ((_, remark),) = reading(text).remarks
    assert said in remark


@pytest.mark.parametrize("text", ["AP1: Smith to write", "ACTION Smith: write", "Action - Smith will write"])
def test_of_two_of_a_name_both_are_told(text):
    ((_, problem),) = reading(text).problems
    assert "john (John Smith); joan (Joan Smith)" in problem


def test_there_are_two_hundred():
    assert len({text for text, _ in LINES}) >= 200


@pytest.mark.parametrize("text", [text for text, _ in ALL])
def test_to_collect_twice_is_to_collect_once(text):
    found = reading(text)
    after = referenced(text, [(each.place, each.at, f"a{number:04}") for number, each in enumerate(found.typed)])
    again = reading(after)

    assert again.typed == []
    assert len(again.references) == len(found.references) + len(found.typed)
    said = [each.says._replace(at=0, place=0) for each in again.references if each.says and each.code.startswith("a0")]
    assert sorted(said) == sorted(each._replace(at=0, place=0) for each in found.typed)


PIECES = [
    "ACTION", "Action:", "ACTION:", "AP1", "AP 2:", "- [x] ACTION", "DECISION:", "AGREED", "RESOLVED that", "**", "(",
    ")", "[", "]", ":", " – ", ",", " and ", "/", "by 1 July", "by Friday", "next meeting", "to write", "will ring",
    "\n", "\n\n", "| ", " |", "> ", ". ", "Sam", "sam", "Alex", "Al", "John", "Smith", "Joan", "PC", "Cllr", "Dr",
    "Chair", "coordinator", "All", "everyone", "Hope", "Home", "1st", "2", "Police", "police", "Anytown", "Council",
    "AM", "Trust", "Scouts", "of", "O'Neill", "St", "Mary's", "the", "Vice", "[7K2F9]", "sam.reed@example.org",
    "Action for Children", "Jo", "Jos", "Pri",
]  # fmt: skip
TYPED = st.lists(st.sampled_from(PIECES) | st.text(max_size=6), max_size=14).flatmap(
    lambda pieces: st.sampled_from(["", " "]).map(lambda between: between.join(pieces))
)


def words(text):
    return set(re.split(r"[\W_]+", key(text)))


def names(id):
    """Return the ways of naming somebody: an id, an alias or address as a whole, or a word of the name or the id."""
    whole = [words(each) for each in ALIASES.get(id, ())]
    return [*whole, *({word} for word in words(PARTIES[id]) | words(id) if word)]


@settings(max_examples=1500, deadline=None)
@given(TYPED)
def test_nobody_gets_what_is_typed_but_who_is_named_by_a_whole_word_an_id_an_alias_or_an_address(text):
    there = words(text)

    for each in reading(text).typed:
        for owner in each.owners:
            assert any(way <= there for way in names(owner)), (text, owner)


@settings(max_examples=400, deadline=None)
@given(TYPED)
def test_whatever_is_typed_to_collect_it_twice_is_to_collect_it_once(text):
    found = reading(text)
    codes = [(each.place, each.at, f"a{number:04}") for number, each in enumerate(found.typed)]
    after = referenced(text, codes)

    assert reading(after).typed == []
    for number in range(len(codes)):
        assert after.count(f" [A{number:04}]") == 1
        after = after.replace(f" [A{number:04}]", "")
    assert after == text
