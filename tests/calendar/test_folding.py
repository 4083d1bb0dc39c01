"""Content lines, RFC 5545 section 3.1."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slavefree_cli.calendar.writer import common_name, folded


def test_a_line_of_75_octets_stays_whole():
    assert folded("x" * 75) == b"x" * 75 + b"\r\n"


def test_a_line_of_76_octets_is_folded_before_the_last():
    assert folded("x" * 76) == b"x" * 75 + b"\r\n x\r\n"


def test_the_space_that_begins_a_further_piece_counts():
    assert folded("x" * 150) == b"x" * 75 + b"\r\n " + b"x" * 74 + b"\r\n x\r\n"


def test_an_empty_line_is_a_line_break():
    assert folded("") == b"\r\n"


@pytest.mark.parametrize("character", ["é", "€", "😀"])
@pytest.mark.parametrize("before", range(70, 77))
def test_no_character_is_cut_in_two(character, before):
    for piece in folded("x" * before + character * 40).split(b"\r\n "):
        piece.decode()


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\n")))
def test_any_line_comes_back_when_unfolded(line):
    octets = folded(line)
    assert octets.endswith(b"\r\n")
    assert all(len(piece) <= 75 for piece in octets.split(b"\r\n"))
    assert octets[:-2].replace(b"\r\n ", b"").decode() == line


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Jane Doe", "Jane Doe"),
        ("Doe, Jane", '"Doe, Jane"'),
        ("R&D: Team", '"R&D: Team"'),
        ("Doe; Jane", '"Doe, Jane"'),
        ('Jane "JD" Doe', "Jane 'JD' Doe"),
        ("Zoë Ångström", '"Zoë Ångström"'),
        ("Jane 😀", '"Jane 😀"'),
        ("Jane\r\nATTENDEE:mailto:x@example.org", '"Jane ATTENDEE:mailto:x@example.org"'),
        ("Ja\x07ne\x7f", "Jane"),
    ],
)
def test_a_common_name_is_quoted_where_it_must_be(name, value):
    assert common_name(name) == value
