"""A name that looks like another, a text that reads otherwise than it is, a cell that a spreadsheet would run.

Kind: characters that are not seen, that turn the reading round or look like letters of another alphabet, and signs that
mean something to the program in which an answer is opened.
"""

import json

import pytest

from slavefree_cli.model.looks import deceives
from slavefree_cli.view.screen import cell, safe

DECEIVING = [
    "Colin\u200b Cox", "Col\u00adin Cox", "Colin\ufeff Cox", "Colin\u2060Cox", "Colin\u200eCox", "Colin\u200fCox",
    "C\u043elin Cox", "Colin C\u03bfx", "\u0421\u043e\u0445", "Ｃolin Cox", "𝐂olin Cox", "Colin\u3164Cox",
    "Colin\U000e0041 Cox",
]  # fmt: skip


@pytest.mark.parametrize("name", DECEIVING)
def test_a_name_that_is_not_what_it_looks_like_is_pointed_out(name):
    assert deceives(name)


@pytest.mark.parametrize(
    "name",
    [
        "Colin Cox",
        "Seán O’Brien",
        "Zoë Łukasz-Müller",
        "Иван Петров",
        "Ελένη Παππά",
        "山田 太郎",
        "ヤマダ たろう",
        "أحمد علي",
        "Nguyễn Thị",
    ],
)
def test_a_name_of_any_one_alphabet_is_none(name):
    assert deceives(name) is None


def test_it_is_said_when_it_is_added_and_by_check(place):
    answer = place.ok("person", "add", "C\u043elin C\u043ex", "--of", "barnardos")
    assert "mixes Latin and Cyrillic letters" in answer.err
    assert "deceiving-name" in place.ok("check").out
    place.ok("member", "add", "Ｅssex Police", "--sector", "police")
    assert place.ok("check").out.count("deceiving-name") == 2


def test_it_is_said_when_it_comes_by_sync(clones):
    one, other = clones
    one.ok("person", "add", "Jul\u0456e Young", "--of", "barnardos")
    one.ok("sync")
    answer = other.ok("sync")
    assert "not what it looks like" in answer.err
    assert "not what it looks like" not in other.ok("sync").err


TURNING = "\u061c\u200b\u200e\u200f\u2028\u2060\u2066\u2069\ufeff"


def test_no_answer_has_what_turns_text_around(place):
    title = "a\u200bb\u200ec\u200fd\u061ce\u2060f\ufeffg"
    place.ok("action", "add", title, "--owner", "colin")
    answer = place.ok("action", "list", "--json")
    assert not set(TURNING) & set(answer.out)
    assert answer.items[0]["title"] == title
    assert json.loads(answer.out)["format"] == 1
    for told in (place.ok("action", "list").out, place.ok("check").out, place.ok("log").out):
        assert not set(TURNING) & set(told)
    assert "a\\u200bb\\u200ec" in place.ok("action", "list").out


def test_emoji_stay_whole():
    assert safe("👩‍👧 ok") == "👩‍👧 ok"


@pytest.mark.parametrize("text", ["=HYPERLINK(1)", "+1", "-2+3", "@SUM(A1)", "＝1"])
def test_no_cell_is_a_formula(place, text):
    assert cell(text) == f"'{text}"
    assert cell((text, "b")).startswith("'")
    place.ok("action", "add", "--owner", "colin", "--", text)
    for command in (("action", "list"), ("action", "show", text)):
        for line in place.ok(*command[:2], *(("--", command[2]) if len(command) > 2 else ())).out.splitlines():
            assert not any(each[:1] in {"=", "+", "-", "@", "＝"} for each in line.split("\t")), line
    assert place.ok("action", "list", "--json").items[0]["title"] == text


def test_numbers_and_dates_stay_as_they_are():
    assert cell(-5) == "-5"
