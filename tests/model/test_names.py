"""The names that records get, how they are referred to, and what may be typed into them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slavefree_cli.model import names, text
from slavefree_cli.model.left_out import without_addresses


def made(name, taken=()):
    return names.slug(name, "person", set(taken), lambda: "k3f9a")


@pytest.mark.parametrize(
    ("name", "slug"),
    [("Essex Police", "essex-police"), ("Barnardo's", "barnardos"), ("Cllr. Julie Young", "cllr-julie-young"),
     ("Zoë Ångström", "zoe-angstrom"), ("🙂", "person-k3f9a"), ("", "person-k3f9a"), ("CON", "person-k3f9a"),
     ("lpt1", "person-k3f9a"), ("../../etc", "etc")],
)  # fmt: skip
def test_a_slug_is_made_from_the_name(name, slug):
    assert made(name) == slug


def test_a_slug_that_is_taken_gets_a_number():
    assert made("Colin Cox", ["colin-cox"]) == "colin-cox-2"
    assert made("Colin Cox", ["colin-cox", "colin-cox-2"]) == "colin-cox-3"


@given(st.text(max_size=300), st.lists(st.text(max_size=5)))
def test_whatever_the_name_the_slug_is_right_and_new(name, others):
    first = made(name, others)
    second = made(name, [*others, first])
    for slug in (first, second):
        assert names.slug_problem(slug) is None
        assert len(slug) <= 40
    assert second != first


@given(st.binary(min_size=5, max_size=5))
def test_a_code_is_five_characters_that_are_not_misread(random):
    code = names.code_from(random)
    assert names.is_code(code)
    assert names.typed_code(f" {code.upper()} ") == code


def test_a_code_can_be_typed_as_it_is_misread():
    assert names.typed_code("7K2FO") == "7k2f0"
    assert names.typed_code("ILoil") == "11011"
    assert names.code_problem("abcdu") is not None
    assert names.code_problem("abcd") is not None


@pytest.mark.parametrize("title", ["A", "[bold]", "%s", "Ŵyneb 🙂", "x" * 200, "עברית", "{{ 7 * 7 }}"])
def test_a_title_is_any_one_line(title):
    assert text.title_problem(title) is None


@pytest.mark.parametrize(
    ("title", "words"),
    [("", "must not be empty"), ("  ", "must not be empty"), ("a\nb", "must be one line"), ("a\tb", "U+0009"),
     ("a\x1b[31m", "U+001B"), ("a\u2028b", "U+2028"), ("a\u202eb", "U+202E"), ("a\x85b", "U+0085"),
     ("x" * 201, "at most 200 characters, not 201")],
)  # fmt: skip
def test_a_title_is_no_more_than_a_line(title, words):
    assert words in text.title_problem(title)


def test_prose_may_have_lines_and_no_controls():
    assert text.prose_problem("one\n\ttwo") is None
    for wrong in ("", "a\x00b", "a\x1bb", "x" * 5_001):
        assert text.prose_problem(wrong) is not None


@pytest.mark.parametrize("address", ["a@example.org", "first.last+tag@sub.example.org", "o'neill@example.org"])
def test_an_address(address):
    assert text.address_problem(address) is None
    assert without_addresses(f"write to {address}, please") == "write to (address), please"


@pytest.mark.parametrize(
    "address",
    ["", "a", "a@", "@b", "a b@example.org", "a@b..c", "a@example.org\nBcc: b@example.org", "<a@b.c>", "é@b.c"],
)
def test_what_is_no_address(address):
    assert text.address_problem(address) is not None


@pytest.mark.parametrize(
    ("link", "right"),
    [("https://example.org/a?b=c#d", True), ("http://example.org", True), ("HTTPS://example.org", True),
     ("javascript:alert(1)", False), ("https://a b", False), ("ftp://example.org", False), ("", False),
     ("https://example.org/\n", False)],
)  # fmt: skip
def test_a_link_leads_to_the_web(link, right):
    assert (text.link_problem(link) is None) is right


def test_a_dotted_capital_i_is_an_i():
    assert names.key("\u0130brahim") == names.key("ibrahim")


@pytest.mark.parametrize(
    ("written", "without"),
    [
        ("\u0141ukasz Wi\u015bniewski", "lukasz wisniewski"),
        ("Y\u0131lmaz", "yilmaz"),
        ("S\u00f8ren \u0110or\u0111e", "soren dorde"),
        ("Si\u00e2n Ll\u0177r", "sian llyr"),
        ("\u00c6thel", "aethel"),
        ("Ann", "ann"),
    ],
)
def test_a_name_without_accents_is_as_somebody_types_it_who_has_none(written, without):
    assert names.plain(names.key(written)) == without
