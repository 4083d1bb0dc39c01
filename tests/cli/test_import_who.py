"""``member import``: a name alone is nobody's, an address is its owner's, and where it is not plain one is asked."""

import pytest

HEAD = "member,sector,person,role,email,also\n"


@pytest.fixture
def people(place):
    place.ok("person", "edit", "colin", "--email", "colin@example.org", "--also", "cc@example.org")
    place.ok("person", "add", "Mary O'Neill", "--aka", "Moll")
    return place


def asked(place, text, *options):
    """Import what asks for a word: nothing is saved."""
    (place.folder / "m.csv").write_text(HEAD + text)
    return place.refused(4, "member", "import", "m.csv", *options)


def people_of(place, text, *options):
    """Return the people that an import makes or changes, by id, and what was said."""
    (place.folder / "m.csv").write_text(HEAD + text)
    answer = place.ok("member", "import", "m.csv", *options, "--json")
    return {each["id"]: each for each in answer.items if each["kind"] == "person"}, answer.err


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("Essex Police,,Colin Cox,,other@example.org,", "has another address"),
        ("Barnardo's,,Colin Cox,,,", "has another member"),
        ("Essex Police,,Colin Cox,Superintendent,,", "has another role (Chief Inspector)"),
        ("Barnardo's,,Colin Cox,,other@example.org,", "has another address and another member"),
        (",,Mary O\u2019Neill,,mary@example.org,", "only the name agrees"),
        ("Essex Police,,Mary O'Neill,,,", "only the name agrees"),
        ("Essex Police,,Moll,,,", "only the name agrees"),
        ('Essex Police,,"Cox, Colin",,,', "written otherwise"),
        ("Essex Police,,Insp Colin Cox,,,", "written otherwise"),
        ("Essex Police,,C. Cox,,,", "written otherwise"),
        ("Barnardo's,,Ann Lee,,colin@example.org,", "the address agrees, the name does not"),
        ("Barnardo's,,Julie Young,,colin@example.org,", "the address agrees, the name does not"),
    ],
)
def test_a_name_alone_asks_for_a_word_by_line_and_nothing_is_saved(people, row, words):
    said = asked(people, row)
    assert "m.csv, line 2: " in said
    assert words in said
    assert "--same 2" in said
    assert "--another 2" in said


def test_the_word_is_given_by_line(people):
    row = "Barnardo's,,Colin Cox,Head,other@example.org,"
    found, said = people_of(people, row, "--same", "2", "--dry-run")
    assert list(found) == ["colin-cox"]
    assert (found["colin-cox"]["email"], found["colin-cox"]["also"]) == (
        "other@example.org",
        ["colin@example.org", "cc@example.org"],
    )
    assert list(found["colin-cox"]["represents"]) == ["essex-police", "barnardos"]
    assert "stays as a further address" in said
    found, _ = people_of(people, row, "--another", "2")
    assert list(found) == ["colin-cox-2"]
    people.ok("check")
    # Once more, the address tells who it is.
    found, said = people_of(people, row, "--another", "2")
    assert found == {}
    assert "nothing was asked of line 2" in said


@pytest.mark.parametrize("name", ["Colin Cox", "COLIN  COX", "C. Cox", "Cox, Colin", "Dr Colin Coxe", "Col Cox"])
@pytest.mark.parametrize("address", ["colin@example.org", "Colin@Example.org", "cc@example.org"])
def test_an_address_is_its_owners_whatever_the_spelling_of_the_name(people, name, address):
    found, _ = people_of(people, f'Essex Police,,"{name}",Superintendent,{address},', "--dry-run")
    assert list(found) == ["colin-cox"]
    assert (found["colin-cox"]["name"], found["colin-cox"]["email"]) == ("Colin Cox", "colin@example.org")
    assert found["colin-cox"]["represents"]["essex-police"]["role"] == "Superintendent"


def test_another_spelling_of_the_name_is_told(people):
    _, said = people_of(people, "Essex Police,,C. Cox,Superintendent,colin@example.org,")
    assert "line 2: C. Cox is taken for colin-cox (Colin Cox); the name stays as it was" in said


def test_further_addresses_are_kept_and_know_whose_row_it_is(people):
    found, _ = people_of(people, ",,Colin Cox,,colin@example.org,c.cox@example.org; 999@example.org")
    assert found["colin-cox"]["also"] == ["cc@example.org", "c.cox@example.org", "999@example.org"]
    assert people_of(people, ",,Colin Cox,,999@example.org,")[0] == {}
    assert "more than one address" in asked(people, ",,Colin Cox,,colin@example.org; x@example.org,")
    assert "the also must be" in asked(people, ",,Colin Cox,,colin@example.org,nonsense")


def test_the_rows_of_a_file_are_not_taken_for_one_another_either(people):
    rows = "Trust,charity,John Smith,Head,john@example.org,\nBarnardo's,,John Smith,Head,js@example.org,\n"
    said = asked(people, rows)
    assert "line 3: John Smith may be somebody who is known (john-smith (John Smith, of line 2)" in said
    found, _ = people_of(people, rows, "--another", "3")
    assert [each["email"] for each in found.values()] == ["john@example.org", "js@example.org"]
    shared = "Trust,charity,Ann Lee,,info@example.org,\nTrust,,Bob Day,,info@example.org,\n"
    assert "line 3" in asked(people, shared)
    assert list(people_of(people, shared, "--another", "3")[0]) == ["ann-lee", "bob-day"]
    assert people_of(people, shared)[0] == {}


def test_of_two_of_one_name_the_one_is_named(people):
    people.ok("person", "add", "Colin Cox", "--of", "barnardos", "--email", "cox@example.org", "--another")
    row = "Trust,charity,Colin Cox,,new@example.org,"
    assert "--same 2=colin-cox or --same 2=colin-cox-2" in asked(people, row)
    asked(people, row, "--same", "2")
    assert list(people_of(people, row, "--same", "2=colin-cox-2", "--dry-run")[0]) == ["colin-cox-2"]
    # The member tells the two apart.
    assert people_of(people, "Barnardo's,,Colin Cox,,,")[0] == {}
    assert "no person nobody" in asked(people, row, "--same", "2=nobody")


def test_somebody_else_has_something_that_tells_them_apart(people):
    assert "nothing tells" in asked(people, "Essex Police,,Mary O'Neill,,,", "--another", "2")
    assert "is also called Moll" in asked(people, "Essex Police,,Moll,,m@example.org,", "--another", "2")


def test_a_name_with_a_title_or_the_last_name_first_is_taken_as_it_is_and_told(people):
    found, said = people_of(people, 'Trust,charity,"Lee, Ann",,,\nTrust,,Cllr Bob Day,,,\n')
    assert [each["name"] for each in found.values()] == ["Lee, Ann", "Cllr Bob Day"]
    assert "line 2: 'Lee, Ann' is taken as it is written" in said
    assert "line 3: the title is taken as a part of the name" in said


def test_a_member_of_another_sector_or_mailbox_is_asked_about(people):
    assert "has another sector (police); say --same 2" in asked(people, "Essex Police,charity,,,,")
    people.ok("member", "edit", "police", "--email", "box@example.org")
    assert "has another address; say --same 2" in asked(people, "Essex Police,,,,new@example.org,")
    (people.folder / "m.csv").write_text(HEAD + "Essex Police,government,,,,")
    assert people.ok("member", "import", "m.csv", "--same", "2", "--json").items[0]["sector"] == "government"


def test_a_member_that_is_nearly_there_is_offered(people):
    assert "or is it Essex Police (essex-police)" in asked(people, "Essex Polise,,,,,")
    (people.folder / "m.csv").write_text(HEAD + "Essex Polise,police,,,,")
    assert "or is it Essex Police" in people.ok("member", "import", "m.csv", "--dry-run").err


def test_lines_that_an_option_names_are_there(people):
    (people.folder / "m.csv").write_text(HEAD + "Essex Police,,,,,\n")
    assert "holds nothing in line 3-4" in people.refused(2, "member", "import", "m.csv", "--same", "3-4")
    for wrong in ("x", "0", "3-2", "", "1-99999999"):
        people.refused(2, "member", "import", "m.csv", "--another", wrong)
    people.refused(2, "member", "import", "m.csv", "--another", "2", "--same", "2=colin-cox")


def test_a_person_whose_file_cannot_be_read_is_not_made_anew(people):
    (people.register / "people" / "ann-lee.toml").write_text("name = ")
    assert "the file of ann-lee cannot be read" in asked(people, "Trust,charity,Ann Lee,,,")


def test_a_member_written_with_other_points_and_blanks_is_that_member_which_is_told(place):
    place.ok("member", "add", "St Anne's Trust", "--sector", "charity", "--aka", "S.A.T.")
    for written in ("St. Annes Trust", "St Anne\u2019s-Trust", "SAT"):
        (place.folder / "m.csv").write_text(f"member,joined\n{written},1 May 2023\n")
        answer = place.ok("member", "import", "m.csv", "--dry-run", "--json")
        assert [each["id"] for each in answer.items] == ["st-annes-trust"]
        assert f"{written} is taken for st-annes-trust (St Anne's Trust)" in answer.err
