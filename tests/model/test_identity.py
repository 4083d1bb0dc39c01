"""Who somebody in a list is: by address, never by name alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slavefree_cli.model.identity import Described, People, has_title, is_last_first
from slavefree_cli.model.person import Person, Representation
from slavefree_cli.model.references import names_nobody

COLIN = Person(
    id="colin-cox", name="Colin Cox", email="colin@example.org", represents={"police": Representation(role="Chief")}
)
OTHER = Person(id="colin-cox-2", name="Colin Cox", represents={"trust": Representation()})


@pytest.mark.parametrize(
    ("described", "who", "maybe"),
    [
        (Described("Colin Cox", ("COLIN@example.org",)), "colin-cox", []),
        (Described("Cox C", ("colin@example.org",), "trust"), "colin-cox", []),
        (Described("Colin Cox", (), "trust"), "colin-cox-2", []),
        (Described("Colin Cox", ("new@example.org",), "trust"), "colin-cox-2", []),
        (Described("Colin Cox", ("new@example.org",), "police", "Chief"), None, ["colin-cox", "colin-cox-2"]),
        (Described("Colin Cox"), None, ["colin-cox", "colin-cox-2"]),
        (Described("Ann Lee", ("colin@example.org",)), None, ["colin-cox"]),
        (Described("Prof. Cox, Colin OBE"), None, ["colin-cox", "colin-cox-2"]),
        (Described("C Cox", (), "police"), None, ["colin-cox"]),
        (Described("Ann Lee", ("ann@example.org",), "police"), None, []),
    ],
)
def test_who_somebody_is(described, who, maybe):
    found = People([COLIN, OTHER]).who(described)
    assert (found.person and found.person.id, [each.id for each, _ in found.maybe]) == (who, maybe)


@given(
    st.sampled_from(["Colin Cox", "colin cox", "Cox, Colin", "Dr Colin Cox"]),
    st.none() | st.just("new@example.org"),
    st.sampled_from([None, "trust"]),
    st.none() | st.just("Chief"),
)
def test_a_name_alone_never_takes_one_for_another(name, address, member, role):
    found = People([COLIN]).who(Described(name, (address,) if address else (), member, role))
    assert found.person is None or (address, member) == (None, None)


def test_of_two_of_one_name_neither_is_taken_where_nothing_tells_which():
    found = People([COLIN, OTHER]).who(Described("Colin Cox"))
    assert [why for _, why in found.maybe] == ["nothing tells which of that name"] * 2


def test_a_name_alone_is_not_enough_where_nothing_else_is_known():
    guest = Person(id="mary", name="Mary Ann")
    assert People([guest]).who(Described("Mary Ann")).person == guest
    for described in (Described("Mary Ann", ("mary@example.org",)), Described("Mary Ann", (), "trust")):
        found = People([guest]).who(described)
        assert (found.person, found.maybe) == (None, [(guest, "only the name agrees")])


def test_how_a_name_is_written():
    assert is_last_first("Cox, Colin")
    assert not is_last_first("Colin Cox, OBE")
    assert has_title("Colin Cox, OBE")
    assert not has_title("Colin Cox")
    assert all(map(names_nobody, ["PC", "Revd Canon", "tbc", "n/a", "12", "–", "the Chair"]))
    assert not any(map(names_nobody, ["Cox", "PC Cox", "王", "😀", "An Li"]))


@pytest.mark.parametrize(
    ("known", "written"),
    [
        ("\u0141ukasz Wi\u015bniewski", "Lukasz Wisniewski"),
        ("\u0130brahim Y\u0131lmaz", "Ibrahim Yilmaz"),
        ("Siobhan O\u2019Brien", "Siobhan O Brien"),
        ("Ewan Mc Donald", "Ewan McDonald"),
        ("Fiona Carter Brown", "Fiona Carter-Brown"),
        ("Fiona Carterbrown", "Cllr Fiona Carter Brown"),
    ],
)
def test_one_name_written_otherwise_is_asked_about(known, written):
    for one, other in ((known, written), (written, known)):
        person = Person(id="known", name=one)
        assert [each for each, _ in People([person]).who(Described(other)).maybe] == [person]
