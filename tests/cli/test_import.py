"""``member import``: a spreadsheet's CSV, all rows or none."""

import pytest

CSV = (
    "\ufeffPerson;ROLE;member;sector;First Responder;e-mail\r\n"
    'Ann Lee;"Head of\r\nHousing";Colchester City Council;local authority;yes;\r\n'
    "Bob Day;Deputy;Colchester City Council;;;\r\n"
    ";;Together Free;charity;;\r\n"
).replace("e-mail", "Email")


def test_a_spreadsheet_is_imported_in_one_commit(place):
    (place.folder / "m.csv").write_text(CSV, newline="")
    before = place.files(), len(place.messages())
    shown = place.ok("member", "import", "m.csv", "--dry-run", "--json").items
    assert [each["id"] for each in shown] == ["colchester-city-council", "together-free", "ann-lee", "bob-day"]
    assert (place.files(), len(place.messages())) == before
    place.ok("member", "import", "m.csv")
    assert len(place.messages()) == before[1] + 1
    assert (
        place.ok("person", "show", "ann", "--json").item["represents"]["colchester-city-council"]["role"]
        == "Head of Housing"
    )
    assert place.ok("member", "show", "colchester", "--json").item["first_responder"] is True
    head = place.head()
    place.ok("member", "import", "m.csv")
    assert place.head() == head


def test_one_wrong_row_imports_nothing(place):
    (place.folder / "m.csv").write_text("member,sector\nGood,charity\nBad,nonsense\n")
    said = place.refused(4, "member", "import", "m.csv")
    assert "m.csv, line 3" in said
    assert "nonsense" in said


def planned(place, text, *, encoding="utf-8"):
    (place.folder / "m.csv").write_bytes(text.encode(encoding))
    return place.ok("member", "import", "m.csv", "--dry-run", "--json").items


def test_headings_in_any_order_and_case_with_commas_too(place):
    found = planned(place, "EMAIL,Deputy,person,Member,first_responder,Sector,JOINED\na@example.org,yes,Ann,M,Y,Faith,")
    assert [(each["kind"], each["name"]) for each in found] == [("member", "M"), ("person", "Ann")]
    assert (found[0]["sector"], found[0]["first_responder"], found[0]["email"]) == ("faith", True, None)
    assert found[1]["email"] == "a@example.org"
    assert found[1]["represents"]["m"]["deputy"] is True


def test_a_mailbox_is_the_members_where_no_person_is_named(place):
    assert planned(place, "member,sector,email\nM,charity,box@example.org\n")[0]["email"] == "box@example.org"


def test_quoted_line_breaks_commas_and_quotes(place):
    found = planned(place, 'person,member,sector,role\n"Ann ""Annie"" Lee","A, B\r\nand C",charity,"Head,\nLegal"\n')
    assert found[0]["name"] == "A, B and C"
    assert found[1]["name"] == 'Ann "Annie" Lee'
    assert found[1]["represents"]["a-b-and-c"]["role"] == "Head, Legal"


def test_who_is_there_already_is_changed_and_keeps_what_the_file_does_not_say(place):
    (place.folder / "m.csv").write_text("member,person,role\nessex police,colin cox,Superintendent\n")
    place.ok("member", "import", "m.csv")
    person = place.ok("person", "show", "colin", "--json").item
    assert person["represents"]["essex-police"]["role"] == "Superintendent"
    assert place.ok("member", "show", "essex", "--json").item["first_responder"] is True


def test_one_person_of_two_members_and_a_guest(place):
    found = planned(place, "member,sector,person\nA,charity,Ann\nB,charity,Ann\n,,Guest\n")
    people = {each["name"]: each for each in found if each["kind"] == "person"}
    assert list(people["Ann"]["represents"]) == ["a", "b"]
    assert people["Guest"]["represents"] == {}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "is empty"),
        ("name,kind\n", "the heading 'name' is not known"),
        ("member,member\n", "stands twice"),
        ("role,email\n", "needs a heading member or person"),
        ("member,sector\nA,charity,extra\n", "line 2: has 3 cells for 2 headings"),
        ("member,sector\nA\n", "line 2: the new member A needs a sector"),
        ("member,sector,joined\nA,charity,31/2/2023\n", "no such day"),
        ("member,sector,first responder\nA,charity,perhaps\n", "must be yes or no"),
        ("person,email\nAnn,nonsense\n", "e-mail address"),
        ("person,role\n,Head\n", "names neither a member nor a person"),
        ("member,sector\n\x1b[31m,charity\n", "control characters"),
        ('member,sector\n"A,charity\n', "m.csv, line 2"),
    ],
)
def test_a_file_that_is_wrong_is_refused_whole(place, text, words):
    (place.folder / "m.csv").write_text(text)
    assert words in place.refused(4, "member", "import", "m.csv")


def test_a_file_that_is_not_utf_8_or_not_there(place):
    (place.folder / "m.csv").write_bytes("person\nZoë\n".encode("cp1252"))
    assert "m.csv, line 2: is not UTF-8 text" in place.refused(4, "member", "import", "m.csv")
    assert "cannot be read" in place.refused(4, "member", "import", "none.csv")
