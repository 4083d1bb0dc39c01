"""Who is meant on the command line: whole names first, what was taken for what is said, two of one name are two."""

import pytest


@pytest.fixture
def people(place):
    place.ok("person", "add", "Mary O'Neill", "--aka", "Moll", "--also", "mary.o@example.org")
    place.ok("person", "add", "Jo Bell")
    place.ok("person", "add", "John Smith", "--of", "barnardos")
    return place


def test_a_whole_word_is_taken_before_the_beginning_of_another(people):
    assert people.ok("person", "show", "jo", "--json").item["id"] == "jo-bell"


def test_what_a_beginning_was_taken_for_is_said(people):
    answer = people.ok("person", "show", "smi")
    assert "taken for john-smith (John Smith)" in answer.err
    assert "taken" not in people.ok("person", "show", "smith").err


@pytest.mark.parametrize("typed", ["Moll", "mary.o@example.org", "Mary O\u2019Neill", "ONEILL", "Mary\u00a0O`Neill"])
def test_an_alias_an_address_or_however_it_is_written(people, typed):
    assert people.ok("person", "show", typed, "--json").item["id"] == "mary-oneill"


def test_something_near_is_offered(people):
    assert "Did you mean john-smith (John Smith)?" in people.refused(3, "person", "show", "Jon Smyth")


def test_a_name_in_another_writing_is_no_second_person(people):
    assert "already (mary-oneill)" in people.refused(4, "person", "add", "Mary O\u2019Neill")


def test_two_of_one_name_are_two_where_something_tells_them_apart(people):
    assert "--another" in people.refused(4, "person", "add", "John Smith", "--of", "police")
    people.refused(4, "person", "add", "John Smith", "--another")
    people.ok("person", "add", "John Smith", "--of", "police", "--another")
    people.ok("check")
    assert "more than one" in people.refused(3, "person", "show", "John Smith")


def test_what_somebody_is_called_besides_names_one_only(people):
    assert "mary-oneill" in people.refused(4, "person", "edit", "jo", "--aka", "moll")
    people.refused(4, "member", "edit", "police", "--aka", "Jo Bell")
    people.ok("member", "edit", "police", "--aka", "EP")
    assert people.ok("member", "show", "ep", "--json").item["aka"] == ["EP"]


def test_the_chair_and_the_coordinator_are_named_by_what_they_are(people):
    people.ok("meeting", "edit", "inaugural", "--chair", "jo")
    people.ok("partnership", "edit", "--coordinator-person", "smith")
    made = people.ok(
        "action", "add", "Map", "--owner", "chair", "--with", "the coordinator", "--meeting", "inaugural", "--json"
    )
    assert (made.item["owner"], made.item["with"]) == ("jo-bell", ["john-smith"])
    people.refused(3, "action", "add", "Write", "--owner", "chair")


@pytest.mark.parametrize(
    "command",
    [
        ["meeting", "cancel", "inaug", "--reason", "x", "--yes"],
        ["agenda", "remove", "inaugural", "welc", "--yes"],
        ["invite", "remove", "inaugural", "coli"],
        ["minutes", "approve", "inaug", "--at", "inaugural"],
        ["action", "drop", "map respond", "--reason", "x"],
        ["decision", "withdraw", "agre"],
        ["meeting", "cancel", "2023-06-07-in", "--reason", "x", "--yes"],
    ],
)
def test_what_is_not_simply_put_right_again_takes_no_beginning_of_a_name(people, command):
    people.ok("action", "add", "Map the responders", "--owner", "jo")
    people.ok("decision", "add", "Agreed by all.", "--meeting", "inaugural")
    assert "Did you mean" in people.refused(3, *command)


def test_a_date_is_that_date_and_never_the_beginning_of_an_id(place):
    place.ok("meeting", "move", "inaugural", "--date", "2023-06-14")
    place.refused(3, "meeting", "cancel", "2023-06-07", "--reason", "x", "--yes")
    assert place.ok("meeting", "show", "June 2023", "--json").item["id"] == "2023-06-07-inaugural"
    assert place.ok("meeting", "show", "14/6/2023", "--json").item["date"] == "2023-06-14"


def test_a_date_is_taken_as_it_is_written_and_said_back(people):
    said = people.ok("action", "add", "Map", "--owner", "jo", "--due", "end of June").err
    assert "--due end of June: Friday 30 June 2023." in said
    assert "Monday 25 December 2023" in people.ok("action", "add", "Write", "--owner", "jo", "--due", "25/12/23").err
    assert "two figures" in people.refused(2, "--no-input", "action", "add", "Go", "--owner", "jo", "--due", "25/12/23")
    assert "is a Tuesday" in people.refused(
        2, "action", "add", "Go", "--owner", "jo", "--due", "Monday 12 September 2023"
    )
    assert people.ok("member", "edit", "police", "--joined", "25 April", "--json").item["joined"] == "2023-04-25"


@pytest.mark.parametrize(
    "command",
    [
        ["person", "show", "coordinator"],
        ["person", "leave", "coordinator"],
        ["attendance", "record", "inaugural", "--present", "the chair", "--apologies", "coordinator"],
        ["attendance", "record", "inaugural", "--late", "chair=welcome"],
        ["attendance", "reply", "inaugural", "chair", "accepted"],
        ["action", "list", "--owner", "chair", "--meeting", "inaugural"],
        ["invite", "send", "inaugural", "--to", "chair"],
        ["meeting", "add", "Autumn", "--date", "2023-09-06", "--chair", "coordinator"],
        ["group", "add", "Operations", "--chair", "co-ordinator"],
    ],
)
def test_so_they_are_wherever_a_person_can_be_named(people, command):
    people.ok("meeting", "edit", "inaugural", "--chair", "jo")
    people.ok("partnership", "edit", "--coordinator-person", "smith")
    people.ok("invite", "add", "inaugural", "jo")
    people.ok(*command)


def test_why_there_is_no_chair_or_coordinator_is_said(people):
    assert "Inaugural meeting has none" in people.refused(3, "attendance", "reply", "inaugural", "chair", "accepted")
    assert "somebody at a meeting" in people.refused(3, "action", "list", "--owner", "chair")
    assert "--coordinator-person" in people.refused(3, "person", "show", "coordinator")


def test_nobody_owns_an_action_twice(people):
    made = people.ok("action", "add", "Map", "--owner", "jo", "--with", "smith", "--with", "jo", "--json").item
    assert made["with"] == ["john-smith"]
    assert people.ok("action", "edit", "map", "--owner", "smith", "--json").item["with"] == []


def test_a_new_name_that_is_an_alias_is_refused_with_whose_it_is(people):
    assert "Mary O'Neill (mary-oneill) is called Moll as well" in people.refused(4, "person", "add", "Moll")
    assert "is called MOLL as well" in people.refused(4, "member", "edit", "police", "--name", "MOLL")


def test_an_address_that_is_somebody_elses_as_well_is_told(people):
    said = people.ok("person", "edit", "jo", "--email", "Mary.O@example.org").err
    assert "is an address of Mary O'Neill (mary-oneill) as well" in said
    assert "as well" not in people.ok("person", "edit", "jo", "--also", "jo@example.org").err


@pytest.mark.parametrize("typed", ["next", "the next meeting", "Next Meeting", "tomorrow"])
def test_the_next_meeting_and_the_days_around_today_are_meant_in_words(place, typed):
    place.ok("meeting", "move", "inaugural", "--date", "2023-05-10")
    assert place.ok("meeting", "show", typed, "--json").item["id"] == "2023-06-07-inaugural"
    assert "no last meeting" in place.refused(3, "meeting", "show", "last meeting")
    place.refused(3, "meeting", "show", "today")
