"""``member import``: workbooks as people have them, and those that are made to do harm."""

import io
import sys
import zipfile
from datetime import date, datetime

import openpyxl
import pytest
from openpyxl.styles import Font

HEAD = ["Member", "Sector", "Person", "Role", "Email", "Joined"]
ROW = ["Trust", "charity", "Zoe Lee", "Head", "zoe@example.org", datetime(2023, 4, 26)]


@pytest.fixture
def book():
    made = openpyxl.Workbook()
    made.active.title = "Contacts"
    return made


@pytest.fixture
def give(place):
    """Write a workbook, or bytes, as ``m.xlsx``."""

    def written(content):
        if not isinstance(content, bytes):
            buffer = io.BytesIO()
            content.save(buffer)
            content = buffer.getvalue()
        (place.folder / "m.xlsx").write_bytes(content)
        return content

    return written


def planned(place, *options):
    answer = place.ok("member", "import", "m.xlsx", "--dry-run", "--json", *options)
    return answer.items, answer.err


def rewritten(content, change):
    """Return a workbook with the XML of its first sheet changed."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as was, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as now:
        for part in was.infolist():
            data = was.read(part)
            now.writestr(part.filename, change(data) if part.filename == "xl/worksheets/sheet1.xml" else data)
    return buffer.getvalue()


def test_a_title_merged_cells_other_sheets_and_a_hidden_one(place, book, give):
    sheet = book.active
    sheet.append(["Contact list 2026"])
    sheet.merge_cells("A1:F1")
    sheet.append([])
    sheet.append(HEAD)
    sheet.append(ROW)
    sheet.append([None, None, "Ann Lee", "Deputy head", "ann@example.org"])
    sheet.append(["Barnardo's", None, None])
    for cells in ("A4:A5", "B4:B5", "C5:C6", "E5:E6"):
        sheet.merge_cells(cells)
    book.create_sheet("Notes").append(["to do"])
    hidden = book.create_sheet("Old")
    hidden.append(HEAD)
    hidden.append(["Closed", "charity"])
    hidden.sheet_state = "hidden"
    give(book)
    found, said = planned(place)
    assert [each["id"] for each in found] == ["trust", "zoe-lee", "ann-lee"]
    assert found[0]["joined"] == "2023-04-26"
    assert list(found[2]["represents"]) == ["trust", "barnardos"]
    assert "the sheet 'Contacts' is read, and not: Notes, Old (hidden)" in said
    assert "row 1: stands above the headings" in said
    assert "merged cells say member and sector for row 5" in said
    assert "merged cells say email and person for row 6" in said
    assert [each["name"] for each in planned(place, "--sheet", "old")[0]] == ["Closed"]
    assert "has no sheet 'None'" in place.refused(2, "member", "import", "m.xlsx", "--sheet", "None")


def test_which_of_several_sheets_is_asked(place, book, give):
    book.active.append(HEAD)
    book.create_sheet("B").append(HEAD)
    give(book)
    assert "may be meant; say which with --sheet Contacts or --sheet B." in place.refused(
        4, "member", "import", "m.xlsx"
    )
    assert planned(place, "--sheet", "B")[0] == []
    book["Contacts"].delete_rows(1)
    book["Contacts"].append(["Organisation", "Contact name", "Email address"])
    book["Contacts"].append(["Trust", "Zoe Lee", "zoe@example.org"])
    book["B"].append(["Old Trust", "charity"])
    give(book)
    assert "may be meant; say which with --sheet Contacts or --sheet B." in place.refused(
        4, "member", "import", "m.xlsx"
    )
    book["Contacts"].delete_rows(1)
    give(book)
    found, said = planned(place)
    assert [each["id"] for each in found] == ["old-trust"]
    assert "the sheet 'B' is read, and not: Contacts" in said
    (place.folder / "m.csv").write_text("member\n")
    assert "has no sheets" in place.refused(2, "member", "import", "m.csv", "--sheet", "B")


def test_values_are_read_as_they_would_be_typed_and_nothing_is_worked_out(place, book, give):
    sheet = book.active
    sheet.append([*HEAD, "First responder", "Deputy"])
    sheet.append([12, "charity", "Ann Lee", 3.0, None, date(2023, 4, 26), True, False])
    sheet.append(["12", None, "=1=1", "=NA()", "#N/A"])
    give(book)
    answer = place.run("member", "import", "m.xlsx")
    assert answer.code == 4
    assert "row 3: the cell under person is a formula that has not been worked out" in answer.err
    assert "row 3: the cell under role is a formula" in answer.err
    assert "row 3: the cell under email holds the error #N/A" in answer.err
    sheet.delete_rows(3)
    # As where something was formatted once at the end of the sheet.
    sheet["A200000"].font = sheet["XFD2"].font = openpyxl.styles.Font(bold=True)
    give(book)
    found, _ = planned(place)
    assert (found[0]["name"], found[0]["joined"], found[0]["first_responder"]) == ("12", "2023-04-26", True)
    assert found[1]["represents"] == {"12": {"role": "3", "since": None, "until": None, "deputy": False, "before": {}}}


def test_what_a_formula_came_to_is_read(place, book, give):
    book.active.append(HEAD)
    book.active.append(["Trust", "charity", "=A2", '=""'])
    content = give(book)
    give(
        rewritten(
            content,
            lambda xml: xml.replace(b'<c r="C2"><f>A2</f><v />', b'<c r="C2" t="str"><f>A2</f><v>Ann Lee</v>').replace(
                b'<c r="D2"><f>""</f><v />', b'<c r="D2" t="str"><f>""</f><v></v>'
            ),
        )
    )
    found, _ = planned(place)
    assert found[1]["name"] == "Ann Lee"
    assert found[1]["represents"]["trust"]["role"] is None


def test_blank_cells_below_a_member_are_asked_about_by_row_and_hidden_rows_are_told(place, book, give):
    for row in (HEAD, ROW, [None, None, "Ann Lee"]):
        book.active.append(row)
    book.active.row_dimensions[3].hidden = True
    give(book)
    assert "row 3: names a person and no member" in place.refused(4, "member", "import", "m.xlsx")
    found, said = planned(place, "--as-above", "3")
    assert list(found[2]["represents"]) == ["trust"]
    assert "read with what is hidden: row 3" in said


def test_a_bomb_is_not_unpacked(place, book, give):
    book.active.append(HEAD)
    content = give(book)
    give(rewritten(content, lambda xml: xml.replace(b"<sheetData>", b"<sheetData>" + b" " * 25_000_000)))
    assert "more than 20 MB unpacked" in place.refused(4, "member", "import", "m.xlsx")
    entities = b"".join(b'<!ENTITY e%d "%s">' % (n, b"&e%d;" % (n - 1) * 20) for n in range(1, 9))
    bomb = b'<!DOCTYPE x [<!ENTITY e0 "aaaaaaaaaaaaaaaaaaaa">' + entities + b"]>"
    give(rewritten(content, lambda xml: bomb + xml.replace(b"<sheetData>", b"<sheetData>&e8;")))
    assert "is a damaged workbook" in place.refused(4, "member", "import", "m.xlsx")
    rows = b"".join(b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (n, n) for n in range(2, 10_010))
    give(rewritten(content, lambda xml: xml.replace(b"</sheetData>", rows + b"</sheetData>")))
    assert "more than 10,000 rows" in place.refused(4, "member", "import", "m.xlsx")


def test_other_files_are_named_with_what_to_do(place, book, give):
    book.active.append(HEAD)
    content = give(book)
    opendocument = io.BytesIO()
    with zipfile.ZipFile(opendocument, "w") as archive:
        archive.writestr("content.xml", "<x/>")
    for data, words in (
        (content[: len(content) // 2], "damaged workbook"),
        (rewritten(content, lambda xml: xml[:200]), "damaged workbook"),
        (opendocument.getvalue(), "OpenDocument"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old Excel workbook (.xls) or one with a password"),
        (b"<html><table>", "web page"),
        (b"%PDF-1.7", "PDF"),
    ):
        give(data)
        assert words in place.refused(4, "member", "import", "m.xlsx")
    give(openpyxl.Workbook())
    assert "is empty" in place.refused(4, "member", "import", "m.xlsx")


def test_without_the_library_it_is_named(place, book, give, monkeypatch):
    give(book)
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    assert "pip install 'slavefree-cli[xlsx]'" in place.refused(1, "member", "import", "m.xlsx")


def test_what_is_hidden_or_struck_through_is_read_and_told(place, book, give):
    sheet = book.active
    sheet.append(HEAD)
    sheet.append(ROW)
    sheet.append(["Blue", "charity", "Bo Fox"])
    sheet["A3"].font = Font(strike=True)
    sheet.column_dimensions["D"].hidden = True
    give(book)
    found, said = planned(place)
    assert len(found) == 4
    assert "read with what is hidden: column D" in said
    assert "struck through, and read all the same: row 3" in said
