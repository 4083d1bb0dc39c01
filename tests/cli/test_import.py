"""``member import``: a spreadsheet, all rows or none."""

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
    place.ok("person", "edit", "colin", "--email", "colin@example.org")
    (place.folder / "m.csv").write_text(
        "member,person,role,email\nessex police,colin cox,Superintendent,Colin@example.org\n"
    )
    place.ok("member", "import", "m.csv")
    person = place.ok("person", "show", "colin", "--json").item
    assert person["represents"]["essex-police"]["role"] == "Superintendent"
    assert place.ok("member", "show", "essex", "--json").item["first_responder"] is True


def test_one_person_of_two_members_and_a_guest(place):
    text = "member,sector,person,email\n,,Guest,\nA,charity,Ann,ann@example.org\nB,charity,Ann,ann@example.org\n"
    people = {each["name"]: each for each in planned(place, text) if each["kind"] == "person"}
    assert list(people["Ann"]["represents"]) == ["a", "b"]
    assert people["Guest"]["represents"] == {}


def test_all_problems_of_all_lines_are_told_at_once(place):
    (place.folder / "m.csv").write_text(
        "member,sector,joined,person,email\nA,nonsense,31/2/2023,Ann,bad\nB,charity,,Bob,b@example.org\nC,,,,,over\n"
    )
    before = place.files()
    answer = place.run("member", "import", "m.csv")
    assert (answer.code, answer.out, place.files()) == (4, "", before)
    said = answer.err.splitlines()
    for line, words in ((2, "no sector 'nonsense'"), (2, "no such day"), (2, "e-mail address"), (4, "needs a sector")):
        assert any(f"m.csv, line {line}: " in each and words in each for each in said), words
    assert any("line 4: has 6 cells" in each for each in said)
    assert said[-1] == "slavefree: m.csv has 5 problems. Nothing is imported."


def test_headings_that_are_not_known_are_offered_a_mapping(place):
    (place.folder / "m.csv").write_text(
        "Organisation,Type of organisation,Full name,Tel no.\nTrust,charity,Ann Lee,01206\n"
    )
    said = place.refused(4, "member", "import", "m.csv")
    for offered in ("Organisation=member", "'Type of organisation=sector'", "'Full name=person'", "'Tel no.='"):
        assert f"--column {offered}" in said
    columns = ["Organisation=member", "type of organisation=Sector", "Full name=person", "Tel no.="]
    found = place.ok(
        "member", "import", "m.csv", "--dry-run", "--json", *(word for each in columns for word in ("--column", each))
    )
    assert [each["name"] for each in found.items] == ["Trust", "Ann Lee"]
    assert "no heading 'name'" in place.refused(2, "member", "import", "m.csv", "--column", "Name=person")
    assert "there is no 'boss'" in place.refused(2, "member", "import", "m.csv", "--column", "Full name=boss")
    place.refused(2, "member", "import", "m.csv", "--column", "member")


def test_a_member_is_one_however_its_name_is_written(place):
    text = "Member,Sector,Person\nBarnardo\u2019s,charity,Ann Lee\nBARNARDO'S,,Bob Day\nbarnardos,,Cy Dee\n"
    found = planned(place, text)
    assert [each["kind"] for each in found] == ["person"] * 3
    assert all(list(each["represents"]) == ["barnardos"] for each in found)


def test_the_last_row_counts_and_what_is_changed_back_is_no_change(place):
    (place.folder / "m.csv").write_text("member,first responder\nEssex Police,no\nEssex Police,yes\n")
    answer = place.ok("member", "import", "m.csv", "--dry-run", "--json")
    assert answer.items == []
    assert "line 3: the first responder of Essex Police is yes, and no in line 2" in answer.err


def test_a_row_that_stands_twice_is_taken_once_and_told(place):
    (place.folder / "m.csv").write_text("member,sector,person\nA,charity,Ann Lee\nA,charity,Ann Lee\n")
    answer = place.ok("member", "import", "m.csv", "--json")
    assert [each["id"] for each in answer.items] == ["a", "ann-lee"]
    assert "line 3: says the same as line 2" in answer.err


def test_a_member_below_one_in_merged_cells_is_asked_about(place):
    text = "member,sector,person\nTrust,charity,Ann Lee\n,,Bob Day\n,,Cy Dee\n"
    (place.folder / "m.csv").write_text(text)
    said = place.refused(4, "member", "import", "m.csv")
    assert "lines 3-4 name people and no member" in said
    assert "--as-above 3-4" in said
    assert "--blank 3-4" in said
    found = place.ok("member", "import", "m.csv", "--as-above", "3", "--blank", "4", "--dry-run", "--json").items
    assert [(each["name"], list(each["represents"])) for each in found[1:]] == [
        ("Ann Lee", ["trust"]),
        ("Bob Day", ["trust"]),
        ("Cy Dee", []),
    ]
    place.refused(2, "member", "import", "m.csv", "--as-above", "3", "--blank", "3")


def test_what_is_of_nobody_is_told_and_not_lost_in_silence(place):
    (place.folder / "m.csv").write_text("member,sector,person,role\nTrust,charity,,Head\n,charity,,\n")
    assert "line 3: names neither" in place.refused(4, "member", "import", "m.csv")
    (place.folder / "m.csv").write_text("member,sector,person,role\nTrust,charity,,Head\n")
    assert "line 2: role not kept, as no person" in place.ok("member", "import", "m.csv").err
    (place.folder / "m.csv").write_text("person,role\nAnn Lee,Head\n")
    assert "line 2: has a role" in place.refused(4, "member", "import", "m.csv")


def test_dates_are_read_as_people_write_them_and_said_back(place):
    (place.folder / "m.csv").write_text("member,sector,joined\nA,charity,26/4/23\nB,charity,1 April\n")
    answer = place.ok("member", "import", "m.csv", "--json")
    assert [each["joined"] for each in answer.items] == ["2023-04-26", "2023-04-01"]
    assert "line 2: joined '26/4/23' is taken for Wednesday 26 April 2023" in answer.err
    assert "Saturday 1 April 2023" in answer.err


def test_who_left_stays_so_and_it_is_told(place):
    place.ok("person", "leave", "colin", "--on", "2023-05-01")
    place.ok("member", "leave", "barnardos", "--on", "2023-05-01")
    (place.folder / "m.csv").write_text("member,person\nEssex Police,Colin Cox\nBarnardo's,\n")
    answer = place.ok("member", "import", "m.csv", "--dry-run", "--json")
    assert answer.items == []
    assert "line 2: Colin Cox left Essex Police on 1 May 2023" in answer.err
    assert "line 3: Barnardo's left on 1 May 2023" in answer.err


@pytest.mark.parametrize(
    "name", ["TBC", "Vacant", "PC", "Cllr", "n/a", "-", "Ann Lee & Bob Day", "Ann Lee / Bob Day", "ann@example.org"]
)
def test_what_is_no_name_of_one_person_is_refused(place, name):
    (place.folder / "m.csv").write_text(f"member,sector,person\nTrust,charity,{name}\n")
    assert "m.csv, line 2" in place.refused(4, "member", "import", "m.csv")


def test_what_stands_in_a_cell_is_data(place):
    found = planned(place, "member,sector,person,role\n=1+1,charity,[b]Ann Lee,@SUM(A1)\n")
    assert [each["name"] for each in found] == ["=1+1", "[b]Ann Lee"]
    assert next(iter(found[1]["represents"].values()))["role"] == "@SUM(A1)"


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


def test_a_file_in_windows_1252_is_read_and_told_or_is_not_there(place):
    (place.folder / "m.csv").write_bytes("person\nZoë Lee\n".encode("cp1252"))
    answer = place.ok("member", "import", "m.csv", "--json")
    assert answer.items[0]["name"] == "Zoë Lee"
    assert "read as windows-1252; look whether 'Zoë Lee' (line 2) is right" in answer.err
    assert "cannot be read" in place.refused(4, "member", "import", "none.csv")
    assert "cannot be read" in place.refused(4, "member", "import", ".")


HEADED = "member,sector,person,email,joined\nRed Trust,charity,Ann Lee,,\n"


@pytest.mark.parametrize(
    "row", ["Total,,2,,", "Total 24,,,,", "TOTAL: 1 member,,,,", ",,Total 1,,", "Grand total,,24,,", "Sub-total,,,,1"]
)
def test_a_row_that_is_a_total_is_left_out_which_is_told(place, row):
    (place.folder / "m.csv").write_text(f"{HEADED}{row}\n")
    answer = place.ok("member", "import", "m.csv", "--dry-run", "--json")
    assert [each["id"] for each in answer.items] == ["red-trust", "ann-lee"]
    assert "m.csv, line 3: is a total and is left out" in answer.err


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("Total Recovery,,,,", "the new member Total Recovery needs a sector; where it is none, take the row out"),
        ("Blue,charity,Bo Fox 07700 900123,,", "'Bo Fox 07700 900123' has a telephone number in it"),
        ("Blue,charity,Bo Fox,01206 123456,", "must be an e-mail address"),
        ("Blue,charity,,,45748", "joined: 45748 is a number, perhaps Tuesday 1 April 2025"),
    ],
)
def test_what_is_no_member_name_or_date_is_told_with_what_to_do(place, row, says):
    (place.folder / "m.csv").write_text(f"{HEADED}{row}\n")
    assert f"m.csv, line 3: {says}" in place.refused(4, "member", "import", "m.csv").replace("the email must", "must")


@pytest.mark.parametrize(
    "copied", ["Bo Fox <bo@example.org>", "mailto:bo@example.org", "bo@example.org;", "<bo@example.org>"]
)
def test_an_address_may_stand_as_a_mail_program_copies_it(place, copied):
    (place.folder / "m.csv").write_text(f"{HEADED}Blue,charity,Bo Fox,{copied},\n")
    assert place.ok("member", "import", "m.csv", "--dry-run", "--json").items[-1]["email"] == "bo@example.org"


def test_two_rows_of_headings_are_one_too_many(place):
    (place.folder / "m.csv").write_text("member,,person,\nName,Type,Name,Email\nRed,charity,Ann Lee,ann@example.org\n")
    assert "line 2: these are headings as well" in place.refused(4, "member", "import", "m.csv")
    (place.folder / "m.csv").write_text("member,sector\nMEMBER,Sector\nRed,charity\n")
    assert "repeats the headings" in place.ok("member", "import", "m.csv", "--dry-run").err


def test_what_is_the_same_of_several_lines_is_told_once(place):
    (place.folder / "m.csv").write_text("member,sector,joined\n" + "".join(f"M{n},charity,1 May\n" for n in range(3)))
    said = place.ok("member", "import", "m.csv").err.splitlines()
    assert said == ["m.csv, lines 2-4: joined '1 May' is taken for Monday 1 May 2023.", "Imported 3 records."]
