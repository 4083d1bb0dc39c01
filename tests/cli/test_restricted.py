"""What is restricted lies in a tree of its own, and moves there and back with all that hangs on it."""

import pytest

MEETING = "2023-06-07-inaugural"


def leaks(place):
    """Return the files outside restricted/ that say what must not get out."""
    return [name for name, content in place.files().items() if b"CANARY" in content and "restricted/" not in name]


def test_an_action_moves_to_the_restricted_tree_and_back(place):
    code = place.ok("action", "add", "CANARY", "--owner", "colin", "--json").item["id"]
    open_path = place.register / "actions" / "2023" / f"{code}.toml"
    open_path.write_text(open_path.read_text() + 'risk = "high"\n')
    made = place.ok("action", "edit", code, "--restricted", "--json")
    assert made.item["restricted"] is True
    assert "stays in git's history" in made.err
    assert leaks(place) == []
    hidden = place.register / "restricted" / "actions" / "2023" / f"{code}.toml"
    assert 'risk = "high"' in hidden.read_text()
    assert place.messages()[-1] == f"Change restricted action {code.upper()}"
    assert place.git("status", "--porcelain") == ""
    place.ok("action", "edit", code, "--no-restricted")
    assert open_path.exists()
    assert not hidden.exists()
    place.ok("check")


def test_an_item_becomes_restricted_and_open_again(place):
    place.ok("agenda", "add", "next", "CANARY", "--lead", "colin", "--minutes", "20", "--before", "1")
    slug = place.ok("agenda", "edit", "next", "canary", "--restricted", "CANARY", "--json").item["id"]
    assert slug.startswith("item-")
    assert leaks(place) == []
    item = place.ok("agenda", "show", "next", "--json").item["items"][0]
    assert (item["title"], item["lead"], item["minutes"], item["reason"]) == ("CANARY", "colin-cox", 20, "CANARY")
    place.ok("agenda", "edit", "next", slug, "--restricted", "")
    assert place.ok("agenda", "show", "next", "--json").item["items"][0]["restricted"] is False
    assert not (place.register / "restricted" / MEETING / "agenda.toml").read_text().strip()
    place.ok("check")


def test_what_hangs_on_a_restricted_item_is_restricted_by_itself(place):
    slug = place.ok("agenda", "add", "next", "CANARY", "--restricted", "CANARY", "--json").item["id"]
    for command in (
        ("action", "add", "CANARY", "--owner", "colin"),
        ("decision", "add", "CANARY"),
    ):
        made = place.ok(*command, "--meeting", "next", "--item", slug, "--json")
        assert made.item["restricted"] is True
        assert "The item is restricted, and so is" in made.err
    assert leaks(place) == []


def test_an_item_with_open_records_on_it_cannot_become_restricted(place):
    code = place.ok("action", "add", "A", "--owner", "colin", "--meeting", "next", "--item", "1", "--json").item["id"]
    assert code.upper() in place.refused(4, "agenda", "edit", "next", "1", "--restricted", "Because")


def test_an_action_on_a_restricted_item_does_not_come_out(place):
    slug = place.ok("agenda", "add", "next", "CANARY", "--restricted", "CANARY", "--json").item["id"]
    code = place.ok("action", "add", "CANARY", "--owner", "colin", "--meeting", "next", "--item", slug, "--json")
    place.ok("action", "edit", code.item["id"], "--no-restricted")
    assert leaks(place) == []


def test_a_hand_edit_that_leaves_a_restricted_title_in_the_open_agenda_is_an_error(place):
    path = place.register / MEETING / "agenda.toml"
    path.write_text(path.read_text() + '\n[items.item-k3f9a]\nposition = 99\ntitle = "CANARY"\nrestricted = true\n')
    answer = place.run("check")
    assert answer.code == 4
    assert "move it to restricted/" in answer.out


@pytest.mark.parametrize("command", ["invite", "minutes"])
def test_nothing_restricted_gets_into_what_is_made_for_the_public(place, command):
    slug = place.ok("agenda", "add", "next", "CANARY", "--restricted", "CANARY", "--json").item["id"]
    place.ok("action", "add", "CANARY", "--owner", "colin", "--meeting", "next", "--item", slug)
    place.ok("decision", "add", "CANARY", "--meeting", "next", "--restricted")
    place.ok(command, "make" if command == "invite" else "draft", "next")
    assert leaks(place) == []
    assert "CANARY" not in place.git("log", "--format=%B")


def test_an_item_takes_its_comments_and_keys_of_ones_own_along_there_and_back(place):
    place.ok("agenda", "add", "next", "CANARY", "--before", "1")
    path = place.register / MEETING / "agenda.toml"
    was = path.read_text().replace("[items.canary]", "# CANARY above\n[items.canary] # CANARY beside\n# CANARY inside")
    path.write_text(was.replace('title = "CANARY"', 'title = "CANARY"\nrisk = "CANARY"') + "# CANARY below\n")
    place.ok("commit")
    slug = place.ok("agenda", "edit", "next", "canary", "--restricted", "Because", "--json").item["id"]
    assert leaks(place) == []
    hidden = (place.register / "restricted" / MEETING / "agenda.toml").read_text()
    assert hidden.count("# CANARY") == 4
    assert 'risk = "CANARY"' in hidden
    place.ok("agenda", "edit", "next", slug, "--restricted", "")
    assert path.read_text().count("# CANARY") == 4
    assert 'risk = "CANARY"' in path.read_text()
    place.ok("check")


def test_an_action_takes_its_comments_along(place):
    code = place.ok("action", "add", "CANARY", "--owner", "colin", "--json").item["id"]
    path = place.register / "actions" / "2023" / f"{code}.toml"
    path.write_text(f"# CANARY above\n{path.read_text()}# CANARY below\n")
    place.ok("commit")
    before = path.read_text()
    place.ok("action", "edit", code, "--restricted")
    assert leaks(place) == []
    assert (place.register / "restricted" / "actions" / "2023" / f"{code}.toml").read_text() == before
