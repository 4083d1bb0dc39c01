"""Who or what is meant by something typed."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slavefree_cli.model import names
from slavefree_cli.model.nearby import near
from slavefree_cli.model.references import Candidate, fitting, listed

PEOPLE = [
    Candidate("colin-cox", "Colin Cox", also=("Coxy", "colin.cox@police.example.org"), is_party=True),
    Candidate("colin-grey", "Colin Grey", is_party=True),
    Candidate("colin", "Collin", is_party=True),
    Candidate("sam-oneill", "Sam O'Neill", is_party=True),
    Candidate("sian-lloyd", "Si\u00e2n Llo\u0177d", is_party=True),
    Candidate("jo-bell", "Jo Bell", is_party=True),
    Candidate("john-smith", "John Smith", is_party=True),
    Candidate("john-smith-2", "John Smith", is_party=True),
    Candidate("revd-allardyce", "Revd Anne Allardyce", is_party=True),
    Candidate("1st-anytown-scouts", "1st Anytown Scouts", is_party=True),
    Candidate("justice-for-all", "Justice for All", is_party=True),
    Candidate("unit-7-trust", "Unit 7 Trust", is_party=True),
    Candidate("smith-jones", "Pat Smith\u2011Jones", is_party=True),
]
ACTIONS = [
    Candidate("7k2f0", "Map the responders", coded=True),
    Candidate("7k3zz", "Write to all hotels", coded=True),
]
MEETINGS = [
    Candidate("2023-06-07-inaugural", "Inaugural meeting", day=date(2023, 6, 14)),
    Candidate("2023-06-14-extra", "Extra", day=date(2023, 6, 7)),
    Candidate("2023-09-06-autumn", "Autumn meeting", day=date(2023, 9, 6)),
]


HARBOUR = Candidate("harbour-trust", "Harbour Trust", also=("HT",), is_party=True)
COUNCIL = Candidate("anytown-council", "Anytown Council", is_party=True)
SMITHS = [
    HARBOUR,
    COUNCIL,
    Candidate("john-smith", "John Smith", is_party=True, of=(COUNCIL,)),
    Candidate("john-smith-2", "John Smith", is_party=True, of=(HARBOUR, COUNCIL)),
    Candidate("john-smith-3", "John Smith", is_party=True),
]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("John Smith (Harbour Trust)", ["john-smith-2"]),
        ("Mr Smith (HT)", ["john-smith-2"]),
        ("smith ( council )", ["john-smith", "john-smith-2"]),
        ("John Smith (Police)", []),
        ("Jo Smith (Harbour Trust)", []),
        ("Harbour Trust (John Smith)", []),
        ("John Smith (chair)", ["john-smith", "john-smith-2", "john-smith-3"]),
    ],
)
def test_a_member_in_brackets_tells_two_of_one_name_apart(typed, found):
    assert ids(typed, SMITHS, begins=False) == found


def test_two_of_one_name_are_listed_with_the_members_that_they_are_of():
    assert listed(SMITHS[2:]) == [
        "john-smith (John Smith, Anytown Council)", "john-smith-2 (John Smith, Harbour Trust, Anytown Council)",
        "john-smith-3 (John Smith)",
    ]  # fmt: skip
    assert listed(SMITHS[1:3]) == ["anytown-council (Anytown Council)", "john-smith (John Smith)"]


def ids(typed, candidates, on=None, *, begins=True):
    return [each.id for each in fitting(typed, candidates, on, begins=begins).found]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        # An id, a whole name, an alias or an address settles it, whoever else's word it is.
        ("colin", ["colin"]),
        ("COLIN GREY", ["colin-grey"]),
        ("coxy", ["colin-cox"]),
        ("Colin.Cox@Police.example.org", ["colin-cox"]),
        ("John Smith", ["john-smith", "john-smith-2"]),
        # Whole words of a name, in any order, with a title or an initial or without.
        ("grey", ["colin-grey"]),
        ("Cox, Colin", ["colin-cox"]),
        ("Jo", ["jo-bell"]),
        ("Chief Inspector Cox", ["colin-cox"]),
        ("C. Cox", ["colin-cox"]),
        ("Revd Allardyce", ["revd-allardyce"]),
        ("Smith-Jones", ["smith-jones"]),
        ("Smith Jones", ["smith-jones"]),
        ("scouts", ["1st-anytown-scouts"]),
        # However it is written.
        ("oneill", ["sam-oneill"]),
        ("O\u2019Neill", ["sam-oneill"]),
        ("O\u2018Neill", ["sam-oneill"]),
        ("O\u02bcNeill", ["sam-oneill"]),
        ("O\u00b4Neill", ["sam-oneill"]),
        ("O`Neill", ["sam-oneill"]),
        ("Sia\u0302n Lloy\u0302d", ["sian-lloyd"]),
        ("sian", ["sian-lloyd"]),
        ("Jo\u00a0\u200bBell", ["jo-bell"]),
        # The beginning of a word from three letters on, where no whole word fits.
        ("coli", ["colin-cox", "colin-grey", "colin"]),
        ("allard", ["revd-allardyce"]),
        ("Sam O'Ne", ["sam-oneill"]),
        ("jo-b", ["jo-bell"]),
        ("al", []),
        # A title, a number or a word of anybody's alone is nobody.
        ("Revd", []),
        ("Chief Inspector", []),
        ("PC", []),
        ("All", []),
        ("the", []),
        ("for", []),
        ("1", []),
        ("7", []),
        ("J", []),
        ("C C", []),
        ("nobody", []),
        ("", []),
        ("-", []),
    ],
)
def test_who_is_meant(typed, found):
    assert ids(typed, PEOPLE) == found


@pytest.mark.parametrize("typed", ["coli", "allard", "Sam O'Ne", "jo-be", "all"])
def test_where_whole_words_are_asked_for_a_beginning_is_nobody(typed):
    assert ids(typed, PEOPLE, begins=False) == []


def test_what_was_taken_by_its_beginning_is_told_apart():
    assert fitting("allard", PEOPLE, begins=True).begun
    assert not fitting("Allardyce", PEOPLE, begins=True).begun


@pytest.mark.parametrize("begins", [True, False])
@pytest.mark.parametrize(
    ("typed", "found"),
    [("7K2FO", ["7k2f0"]), ("7k", ["7k2f0", "7k3zz"]), ("7k3", ["7k3zz"]), ("hotels write", ["7k3zz"])],
)
def test_a_code_is_named_by_its_beginning_anywhere(typed, found, begins):
    assert ids(typed, ACTIONS, begins=begins) == found


def test_a_date_is_that_date_and_no_beginning_of_an_id():
    assert ids("2023-06-07", MEETINGS, date(2023, 6, 7).__eq__) == ["2023-06-14-extra"]
    assert ids("June 2023", MEETINGS, lambda day: day.month == 6) == ["2023-06-07-inaugural", "2023-06-14-extra"]
    assert ids("2023", MEETINGS) == []
    assert ids("2023-06-07-i", MEETINGS) == ["2023-06-07-inaugural"]
    assert ids("2023-06-07-i", MEETINGS, begins=False) == []


@given(st.text(max_size=20))
def test_whatever_is_typed_nothing_breaks(typed):
    assert set(ids(typed, PEOPLE + ACTIONS)) <= {each.id for each in PEOPLE + ACTIONS}


@given(
    st.text(max_size=20)
    | st.lists(st.sampled_from(["all", "co", "col", "revd", "cox", "jo", "1", "7", "i", "and", "pc", "ann", "c"])).map(
        " ".join
    )
)
def test_nobody_is_meant_of_whom_nothing_whole_was_typed(typed):
    for each in fitting(typed, PEOPLE).found:
        typed_words = set(names.key(typed).replace("-", " ").replace(",", " ").replace(".", " ").split())
        whole = set(names.key(each.name).replace("-", " ").split()) | set(each.id.split("-"))
        wholes = {names.key(each.name), each.id, *map(names.key, each.also)}
        assert typed_words & (whole - {"1", "2", "7", "revd", "for", "all"}) or names.key(typed) in wholes


@pytest.mark.parametrize(
    ("typed", "meant"), [("Colin Coks", "colin-cox"), ("Alardyce", "revd-allardyce"), ("zzz", None)]
)
def test_something_near_is_offered(typed, meant):
    found = near(typed, PEOPLE)
    assert (found and found.id) == meant
