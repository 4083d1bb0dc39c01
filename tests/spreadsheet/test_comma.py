"""Texts as spreadsheet programs write them: charsets, what stands between cells, titles, headings, what is not seen."""

import pytest

from slavefree_cli.errors import InvalidError
from slavefree_cli.work.records.spreadsheet import comma, headings
from slavefree_cli.work.records.spreadsheet.table import letter, numbers
from slavefree_cli.work.records.spreadsheet.text import text_of

TEXT = "Member,Sector,Person\nSt John\u2019s Trust,charity,Zoë Lee\n"
EXPECTED = {"member": "St John\u2019s Trust", "sector": "charity", "person": "Zoë Lee"}


def sheet(content, named=None):
    content = content.encode() if isinstance(content, str) else content
    return headings.sheet(comma.table(text_of(content, "m.csv"), named or {}, "m.csv"), named or {}, "m.csv")


def lines(content, named=None):
    return [(each.line, dict(each.cells)) for each in sheet(content, named).lines]


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
@pytest.mark.parametrize("between", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_charset_separator_and_line_end(charset, between, end):
    found = sheet(TEXT.replace(",", between).replace("\n", end).encode(charset))
    assert [(each.line, each.cells) for each in found.lines] == [(2, EXPECTED)]
    assert any("windows-1252" in note.says for note in found.notes) == (charset == "cp1252")


@pytest.mark.parametrize("said", ["sep=;\n", "SEP=;\r\n", '"sep=;"\n', "\ufeffsep=;\n"])
def test_what_excel_is_told_stands_between(said):
    found = sheet(said + TEXT.replace(",", ";"))
    assert [(each.line, each.cells) for each in found.lines] == [(3, EXPECTED)]
    assert found.notes == []
    assert lines("sep=^\n" + TEXT.replace(",", "^")) == [(3, EXPECTED)]


def test_what_is_shown_of_windows_1252_is_what_could_be_wrong():
    (note,) = sheet("Member,Person\nTrust,\u201cAnn\u201d Lee\n".encode("cp1252")).notes
    assert "look whether '\u201cAnn\u201d Lee' (line 2) is right" in note.says


@pytest.mark.parametrize("charset", ["mac_roman", "cp1250", "cp437"])
def test_a_charset_that_cannot_be_told_is_not_guessed(charset):
    with pytest.raises(InvalidError, match="line 2: is not UTF-8 text, and in which charset"):
        sheet("Member,Person\nMüller,Zoë René Łukasz Żak\n".encode(charset, "replace"))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("Member,Person\nA,Zoë\n".encode("utf-16")[:-1], "broken off"),
        ("\ufeffMember\n".encode() + b"\xff\xfe", "line 2: is not UTF-8 text, as the file says"),
        (b"Member\nA\x00B\n", "no text"),
        (b'Member,Person\nA,"Ann\nB,Bob\n', "line 2: is not CSV"),
        (b"a,b\n", "no headings are found"),
        (b"First name,Surname,Organisation\n", "put into one column"),
        (b"Member,Email,E-mail\n", "--column C="),
    ],
)
def test_what_cannot_be_read_is_told_with_its_line(content, words):
    with pytest.raises(InvalidError, match=words):
        sheet(content)


def test_titles_above_the_headings_are_left_out_and_told():
    found = sheet("Contact list, 2026;;\n;;\n;;\n" + TEXT.replace(",", ";"))
    assert [(each.line, each.cells) for each in found.lines] == [(5, EXPECTED)]
    assert [(note.line, "Contact list, 2026" in note.says) for note in found.notes] == [(1, True)]


def test_blank_cells_rows_and_columns_say_nothing():
    assert lines("\n,,,\nMember,,Person,,\n\nA,,Ann,,,,,\n , ,\u00a0\n,,Bob\n") == [
        (5, {"member": "A", "person": "Ann"}),
        (7, {"member": "", "person": "Bob"}),
    ]


def test_what_stands_under_no_heading_is_told_and_can_be_left_out():
    text = "Member,Person,,Email,Email\nA,Ann,x,a@example.org,b@example.org\n"
    with pytest.raises(InvalidError, match="'email' stands twice"):
        sheet(text)
    assert "column C has no heading" in sheet(text, {"e": ""}).problems[0].says
    assert lines(text, {"c": "role", "e": ""}) == [
        (2, {"member": "A", "person": "Ann", "role": "x", "email": "a@example.org"})
    ]
    assert "has 3 cells for 2 headings" in sheet("Member,Person\nA,Lee, Ann\n").problems[0].says


def test_headings_that_are_repeated_with_a_mark_before_them_as_where_files_were_joined():
    found = sheet(TEXT + "\ufeff" + TEXT.replace("Zoë", "Ann"))
    assert [each.cells["person"] for each in found.lines] == ["Zoë Lee", "Ann Lee"]
    assert [(note.line, note.says) for note in found.notes] == [(3, "repeats the headings and is left out")]


@pytest.mark.parametrize(
    "cell", ["\u00a0Ann\u00a0Lee\u00a0", "\ufeffAnn Lee", "\u200bAnn\u2003Lee\u200b", " Ann  Lee\u00ad"]
)
def test_what_is_not_seen_in_a_cell_is_not_in_it(cell):
    from slavefree_cli.work.records.spreadsheet.cells import one_line, tidied

    assert one_line(tidied(cell)) == "Ann Lee"


def test_headings_are_the_same_however_they_are_written():
    assert lines("MEMBER:;First_Responder;E-mail*;\u00a0person \nA;yes;a@example.org;Ann\n")[0][1] == {
        "member": "A",
        "first responder": "yes",
        "email": "a@example.org",
        "person": "Ann",
    }


def test_rows_go_over_several_lines():
    assert [line for line, _ in lines('Member,Role\nA,"Head\nof ""Housing"", North"\nB,\n')] == [2, 4]


def test_columns_and_lines_are_named_as_people_do():
    assert [letter(index) for index in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
    assert numbers([9, 3, 5, 6, 7, 9]) == "3,5-7,9"
