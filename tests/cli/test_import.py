"""``member import``: a spreadsheet's CSV, all rows or none."""

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
