"""What a coordinator sees at a terminal: names for ids, no word broken, columns left out before they are squeezed."""

import re

import pytest

COUNTY = "Essex County Council Children, Families and Education Directorate"
PERSON = "Oluwaseun Featherstonehaugh-Adeyemi"
ADDRESS = "oluwaseun.featherstonehaugh-adeyemi@safeguarding.county.example.org"
VENUE = "The Grand Jury Room, Colchester Town Hall, High Street"
TASK = "Write to the Home Office about the timeliness of decisions for children and young people"
PAPER = "https://papers.example.org/2023/priorities-of-the-law-enforcement-group.pdf"


def long_names(place):
    place.ok("member", "add", COUNTY, "--sector", "local-authority", "--joined", "2023-04-26")
    of = (
        "--of",
        "directorate",
        "--role",
        "Head of Adult Safeguarding and Quality Improvement",
        "--since",
        "2023-04-26",
    )
    place.ok("person", "add", PERSON, *of, "--email", ADDRESS)
    place.ok("person", "edit", "julie", "--email", "julie.young@charity.example.org", "--deputy")
    place.ok("group", "add", "Operational group", "--chair", PERSON, "--member", "essex-police", "--member", COUNTY)
    place.ok("meeting", "edit", "inaugural", "--venue", VENUE, "--chair", PERSON, "--group", "operational")
    place.ok("agenda", "add", "inaugural", "Law enforcement priorities", "--lead", COUNTY, "--paper", PAPER)
    place.ok("attendance", "record", "inaugural", "--present", PERSON, "--apologies", "julie")
    more = ("--meeting", "inaugural", "--due", "2023-05-01", "--with", "colin", "--with", "Barnardo's")
    place.ok("action", "add", TASK, "--owner", COUNTY, *more)
    place.ok("action", "add", "Circulate slides", "--owner", "colin", "--due", "2023-09-01")
    place.ok("decision", "add", "The terms of reference were agreed.", "--meeting", "inaugural")


@pytest.fixture
def long(place, prepared):
    """A partnership of long names."""
    return prepared(place, long_names)


def seen(answer):
    """Return what is seen, without colours."""
    return re.sub(r"\x1b\[[0-9;]*m", "", answer.out)


TABLES = [
    ("member list", {COUNTY, "Essex Police"}),
    ("person list", {PERSON, "Essex Police"}),
    ("group list", {PERSON, COUNTY}),
    ("meeting list", {"Inaugural meeting"}),
    ("agenda show next", {COUNTY}),
    ("attendance show next", {PERSON, COUNTY, "Julie Young", "Barnardo's"}),
    ("action list", {COUNTY, "Colin Cox", "Barnardo's"}),
    ("invite status next", {PERSON}),
    ("invite send next --dry-run", {PERSON}),
    ("member show directorate", {COUNTY, PERSON, "Head of Adult Safeguarding and Quality Improvement"}),
    ("member show barnardos", {"Julie Young", "deputy"}),
    ("person show olu", {PERSON, COUNTY}),
    ("group show operational", {PERSON, COUNTY, "Essex Police"}),
    ("meeting show next", {PERSON, "Operational group"}),
    ("action show write", {COUNTY, "Colin Cox", "Barnardo's", "Inaugural meeting"}),
]


@pytest.mark.parametrize("columns", [60, 80, 200])
def test_names_stand_for_ids_and_no_word_is_broken(long, columns):
    for command, names in TABLES:
        shown = seen(long.at_terminal(*command.split(), columns=columns))
        words = {word.rstrip(";,") for word in shown.split()}
        for name in names:
            assert {each.rstrip(";,") for each in name.split()} <= words, (command, name, shown)
        if "show" not in command and columns <= 80:
            assert "essex-county-council" not in shown, (command, shown)
        # An address that is wider than the terminal is the one thing that is folded.
        fitting = [word for word in (ADDRESS, PAPER) if len(word) <= columns]
        assert all(word in words for word in fitting if word[:20] in shown), (command, shown)


def test_columns_are_left_out_the_least_important_first_and_it_is_said(long):
    shown = [seen(long.at_terminal("action", "list", columns=columns)) for columns in (60, 75, 200)]
    heads = [each.splitlines()[0].split() for each in shown]
    assert heads == [
        ["Ref", "Action", "Owner", "Due"],
        ["Ref", "Action", "Owner", "Due", "Overdue"],
        ["Ref", "Action", "Owner", "Due", "Status", "Overdue", "Carried"],
    ]
    assert "Left out, for want of room: Status, Carried" in shown[1]
    assert "Left out" not in shown[2]


def test_what_a_command_is_about_is_never_left_out(long):
    times = ("--late", f"{PERSON}=apologies", "--left", f"{PERSON}=law", "--interest", f"{PERSON}=law")
    long.ok("attendance", "record", "inaugural", "--deputy", f"{PERSON}=colin", "--video", PERSON, *times)
    long.ok("invite", "send", "inaugural")
    for columns in (60, 80, 200):
        status = seen(long.at_terminal("invite", "status", "next", columns=columns))
        assert {"Has", "Version"} <= set(status.split()), status
        words = seen(long.at_terminal("agenda", "show", "next", columns=columns)).split()
        assert PAPER in "".join(words)
        assert {"Papers", "Papers:"} & set(words)
        shown = " ".join(seen(long.at_terminal("attendance", "show", "next", columns=columns)).split())
        for heading in ("Deputy for", "By video", "Arrived", "Left", "Interests"):
            assert heading in shown.split("Left out", maxsplit=1)[0], (columns, shown)
        assert "Colin Cox" in shown


@pytest.mark.parametrize("columns", [40, 60, 80, 200])
def test_what_is_said_breaks_no_word_and_no_command_on_a_terminal_and_is_one_line_in_a_pipe(long, columns):
    long.ok("agenda", "add", "inaugural", "A case", "--paper", "papers/what-was-found-in-the-hotels.pdf")
    for command in (
        ["check"],
        ["invite", "send", "next", "--dry-run"],
        ["member", "show", "nobody"],
        ["--register", str(long.folder / "a-folder-of-a-long-name"), "status"],
    ):
        said = long.run(*command).err
        lines = seen(long.at_terminal(*command, columns=columns)).splitlines()
        assert all(len(line) <= columns or " " not in line or line.startswith("slavefree ") for line in lines), lines
        for sentence in said.splitlines():
            assert sentence in " ".join(lines), (sentence, lines)


def test_a_whole_text_breaks_no_word_on_a_terminal_and_is_as_it_is_in_a_pipe(long):
    long.ok("minutes", "draft", "inaugural")
    for template in ([], ["--template", "action-notes"]):
        text = long.ok("minutes", "show", "inaugural", *template).out
        if not template:
            assert text == next(long.register.glob("*inaugural/minutes.md")).read_text()
        shown = seen(long.at_terminal("minutes", "show", "inaugural", *template, columns=60))
        assert all(len(line) <= 60 or " " not in line for line in shown.splitlines()), shown
        assert {*TASK.split(), *COUNTY.replace(",", "").split()} <= {word.strip(",;.") for word in shown.split()}


def test_an_action_list_shows_all_owners_in_a_pipe_too(long):
    fields = next(line for line in long.ok("action", "list").out.splitlines() if TASK in line).split("\t")
    assert fields[2] == "essex-county-council-children-families"
    assert fields[-1] == "colin-cox, barnardos"
    assert f"{TASK} ({COUNTY} and Colin Cox and Barnardo's)" in long.ok("status").out
    assert f"{COUNTY};" in " ".join(seen(long.at_terminal("action", "list", columns=200)).split())


def test_in_a_pipe_and_in_json_ids_stay(long):
    assert long.ok("group", "list").out.split("\t")[2] == "oluwaseun-featherstonehaugh-adeyemi"
    assert long.ok("group", "list", "--json").items[0]["chair"] == "oluwaseun-featherstonehaugh-adeyemi"
    shown = long.ok("member", "show", "directorate").out
    assert "people.oluwaseun-featherstonehaugh-adeyemi\tHead of Adult Safeguarding" in shown
    assert "since 26 April 2023" in shown
    assert "people" not in long.ok("member", "show", "directorate", "--json").item


def test_what_an_undo_would_change_is_told_in_names(long):
    long.ok("group", "edit", "operational", "--chair", "colin")
    shown = seen(long.at_terminal("undo", typed="n\n", columns=80))
    assert re.search(rf"group Operational group +chair +Colin Cox +{PERSON}", shown), shown
    narrow = seen(long.at_terminal("undo", typed="n\n", columns=40))
    assert f"After   {PERSON.split()[0]}" in narrow


def test_a_member_whose_people_left_names_them_last(long):
    long.ok("person", "add", "Zoe Zed", "--of", "essex-police")
    long.ok("person", "leave", "colin", "--on", "2023-05-01")
    shown = [line.split("\t") for line in long.ok("member", "show", "essex-police").out.splitlines()]
    assert shown[-2:] == [
        ["people.zoe-zed", "representative"],
        ["people.colin-cox", "Chief Inspector, until 1 May 2023"],
    ]
