"""Restricted afterwards: what was on show before is made anew, or told with its line and kept from going out."""

import base64

import pytest

MEETING = "2023-06-07-inaugural"
LATER = {"SOURCE_DATE_EPOCH": "1694100000"}  # 7 September 2023
ITEM, ACTION, DECISION = "CANARY on the house", "CANARY for the family", "CANARY was agreed for them"


def leaks(place):
    """Return the files outside restricted/ that say what must not get out, drafts decoded."""
    found = []
    for name, content in place.files().items():
        said = content.replace(b"\r\n ", b"")
        for block in content.split(b"\r\n\r\n") if name.endswith(".eml") else ():
            try:
                said += base64.b64decode(block.partition(b"\r\n--")[0], validate=False)
            except ValueError:
                continue
        if b"CANARY" in said and "/restricted/" not in name:
            found.append(name.removeprefix("meetings/"))
    return found


def minutes_of(place):
    return place.register / MEETING / "minutes.md"


def on_show(place):
    """Have an item, an action and a decision stand in all that is made, and have it sent; return the two codes."""
    for person in ("colin-cox", "julie-young"):
        place.ok("person", "edit", person, "--email", f"{person}@example.org")
    place.ok("meeting", "add", "Autumn", "--date", "2023-09-06", "--start", "2pm")
    place.ok("agenda", "add", "inaugural", ITEM, "--lead", "colin")
    hangs = ("--meeting", "inaugural", "--item", "house", "--json")
    action = place.ok("action", "add", ACTION, "--owner", "colin", *hangs).item["id"]
    decision = place.ok("decision", "add", DECISION, *hangs).item["id"]
    place.ok("attendance", "record", "inaugural", "--interest", "julie=house", env=LATER)
    for meeting in ("inaugural", "autumn"):
        place.ok("minutes", "draft", meeting)
        place.ok("invite", "make", meeting)
    place.ok("invite", "feed")
    for command in (("invite", "send", "inaugural"), ("minutes", "send", "inaugural")):
        place.ok(*command)
    place.ok("action", "chase", env=LATER)
    assert len(leaks(place)) > 10
    return action.upper(), decision.upper()


@pytest.fixture
def shown(place, prepared):
    prepared(place, on_show)
    (action,), (decision,) = ([each["id"].upper() for each in place.ok(n, "list", "--json").items] for n in
                              ("action", "decision"))  # fmt: skip
    return place, action, decision


def restricted(place, *more):
    return place.ok("agenda", "edit", "inaugural", "house", "--restricted", "Because", *more, "--json")


def test_what_is_ours_is_made_anew_in_the_same_commit(shown):
    place, action, decision = shown
    before = len(place.messages())
    made = restricted(place, "--with-all")
    assert leaks(place) == []
    assert len(place.messages()) == before + 1
    assert place.git("status", "--porcelain") == ""
    slug = made.item["id"]
    for said in (f"Item {slug}, Action {action}, Decision {decision} are restricted from now on", "5 drafts out of"):
        assert said in made.err
    assert "the invitation of 9 May 2023 (Colin Cox, Julie Young)" in made.err
    assert "draft minutes of 9 May 2023 (Colin Cox, Julie Young)" in made.err
    assert "open actions of 7 September 2023 (Colin Cox)" in made.err
    assert "Still shown" not in made.err
    assert "Restricted item\n" in minutes_of(place).read_text()
    assert "Lead: Colin Cox" not in minutes_of(place).read_text()
    interests = place.ok("attendance", "show", "inaugural", "--json").item["people"]
    assert [each["interests"] for each in interests if each["interests"]] == [[slug]]
    place.ok("check")
    place.ok("minutes", "send", "inaugural")
    assert leaks(place) == []


def test_what_hangs_on_an_item_is_named_and_nothing_is_said_to_be_restricted(shown):
    place, action, decision = shown
    said = place.refused(4, "agenda", "edit", "inaugural", "house", "--restricted", "Because")
    assert action in said
    assert decision in said
    assert "--with-all" in said
    assert "from now on" not in said
    assert "goes with --restricted" in place.refused(2, "agenda", "edit", "inaugural", "house", "--with-all")


def test_an_action_alone_leaves_the_minutes_and_what_it_hung_on_stays(shown):
    place, action, _ = shown
    place.ok("agenda", "edit", "inaugural", "house", "--title", "Housing of families")
    place.ok("minutes", "refresh", "inaugural")
    place.ok("action", "edit", action, "--restricted")
    text = minutes_of(place).read_text()
    assert ACTION not in text
    assert action not in text
    assert DECISION in text
    assert action not in (place.register / "2023-09-06-autumn" / "minutes.md").read_text()


def test_a_restricted_action_follows_its_item(place):
    place.ok("agenda", "add", "inaugural", ITEM)
    code = place.ok(
        "action", "add", "CANARY", "--owner", "colin", "--meeting", "inaugural", "--item", "house", "--restricted",
        "--json",
    ).item["id"]  # fmt: skip
    slug = restricted(place).item["id"]
    assert place.ok("action", "show", code, "--json").item["item"] == slug
    assert leaks(place) == []
    place.ok("check")


def typed(place):
    """Write by hand what an item and an action say, and make them restricted; return the code of the action."""
    place.ok("agenda", "add", "inaugural", ITEM)
    code = place.ok("action", "add", ACTION, "--owner", "colin", "--meeting", "inaugural", "--json").item["id"].upper()
    place.ok("minutes", "draft", "inaugural")
    place.ok("meeting", "add", "Autumn", "--date", "2023-09-06")
    path = minutes_of(place)
    text = path.read_text().replace("It was noted that", "We spoke of the *canary* on the\nhouse.", 1)
    path.write_text(text + "\nColin takes on “CANARY for the  family”.\n")
    (place.register / MEETING / "papers").mkdir()
    (place.register / MEETING / "papers" / "note.txt").write_text("one\nCanary on the house")
    place.ok("commit")
    said = restricted(place).err + place.ok("action", "edit", code, "--restricted").err
    return code, said, [n for n, line in enumerate(path.read_text().split("\n"), 1) if "canary" in line.lower()]


def test_what_another_meeting_has_open_too_is_taken_out_of_what_is_ours(place):
    place.ok("person", "edit", "colin-cox", "--email", "colin@example.org")
    place.ok("meeting", "add", "Autumn", "--date", "2023-09-06")
    for meeting in ("inaugural", "autumn"):
        place.ok("agenda", "add", meeting, ITEM)
        place.ok("minutes", "draft", meeting)
        place.ok("invite", "send", meeting)
    restricted(place)
    assert "2023-09-06-autumn/agenda.toml" in leaks(place)
    assert not [each for each in leaks(place) if MEETING in each]
    place.ok("check")
    place.ok("minutes", "send", "inaugural")


def test_what_is_typed_is_listed_and_goes_out_no_more_until_it_is_gone(place):
    code, said, lines = typed(place)
    at = f"meetings/{MEETING}/minutes.md"
    assert len(lines) == 2
    for each in (f"{at}:{lines[0]}", f"{at}:{lines[1]}", f"meetings/{MEETING}/papers/note.txt:2"):
        assert each in said
    found = place.run("check", "--json")
    assert found.code == 4
    shown = [(each["file"], each["line"]) for each in found.items if each["code"] == "restricted-shown"]
    assert shown == [(f"{MEETING}/minutes.md", line) for line in lines] + [(f"{MEETING}/papers/note.txt", 2)]
    for command in (("send", "inaugural"), ("approve", "inaugural", "--at", "autumn", "--anyway")):
        refused = place.run("minutes", *command, env=LATER)
        assert (refused.code, refused.out) == (4, "")
        assert f"{at}:{lines[0]}: lines {lines[0]}, {lines[1]}:" in refused.err
        assert f"action {code}" in refused.err
        assert "canary" not in refused.err.lower()
    path = minutes_of(place)
    path.write_text("\n".join(line for line in path.read_text().split("\n") if "canary" not in line.lower()))
    (place.register / MEETING / "papers" / "note.txt").unlink()
    place.ok("commit")
    place.ok("check")
    place.ok("minutes", "send", "inaugural")


def test_no_open_record_is_made_of_what_is_restricted(place):
    place.ok("action", "add", ACTION, "--owner", "colin", "--restricted")
    place.ok("action", "add", "update", "--owner", "colin", "--restricted")
    code = place.ok("action", "list", "--json").items[0]["id"].upper()
    place.ok("minutes", "draft", "inaugural")
    path = minutes_of(place)
    path.write_text(
        path.read_text()
        + f"\nACTION Colin: {ACTION}\n\nACTION Colin: update\n\nACTION [{code}] Colin: worded otherwise\n\n"
        f"DONE {code}: it is done\n\nACTION Julie: Book a room\n"
    )
    made = place.ok("minutes", "collect", "inaugural", "--json")
    assert [each["text"] for each in made.items] == ["Book a room"]
    assert made.err.count("shows what is restricted (action ") == 4
    assert len([each for each in place.ok("action", "list", "--json").items if not each["restricted"]]) == 1
    needs = place.ok("status", "--json", env=LATER).items
    assert "collect" not in [each["code"] for each in needs]


def in_the_open(place):
    """Make open records that say what a restricted action says, and return the file and line of each."""
    place.ok("person", "edit", "colin-cox", "--email", "colin@example.org")
    place.ok("action", "add", "CANARY house", "--owner", "colin", "--restricted")
    place.ok("agenda", "add", "inaugural", "Report on canary house")
    place.ok("action", "add", "Write on the canary-house", "--owner", "colin", "--json")
    place.ok("minutes", "draft", "inaugural")


@pytest.mark.parametrize(
    "command",
    [
        ("invite", "make", "inaugural"),
        ("invite", "make", "inaugural", "--each", "--to", "."),
        ("invite", "send", "inaugural"),
        ("invite", "send", "inaugural", "--dry-run"),
        ("invite", "feed"),
        ("action", "chase"),
        ("minutes", "send", "inaugural", "--template", "action-notes"),
        ("minutes", "show", "inaugural", "--template", "action-notes"),
        ("minutes", "send", "inaugural"),
    ],
)
def test_nothing_is_made_for_others_that_shows_it(place, prepared, command):
    prepared(place, in_the_open)
    if command[0] == "minutes" and "--template" in command:
        place.ok("action", "edit", "write", "--meeting", "inaugural")
    said = place.refused(4, *command)
    assert "what is restricted (action " in said
    assert ".toml:" in said or "minutes.md:" in said
    assert "canary" not in said.lower()


def test_taking_an_opening_back_is_restricting(place):
    place.ok("agenda", "add", "inaugural", ITEM, "--restricted", "Because")
    place.ok("invite", "make", "inaugural")
    slug = next(each["id"] for each in place.ok("agenda", "show", "inaugural", "--json").item["items"]
                if each["id"].startswith("item-"))  # fmt: skip
    place.ok("agenda", "edit", "inaugural", slug, "--restricted", "")
    opened = place.git("rev-parse", "HEAD").strip()
    place.ok("minutes", "draft", "inaugural")
    place.ok("invite", "feed")
    assert f"{MEETING}/minutes.md" in leaks(place)
    made = place.ok("undo", opened, "--yes")
    assert leaks(place) == []
    assert f"Item {slug} is restricted from now on" in made.err


def test_what_has_another_title_from_then_on_is_looked_for_by_the_one_it_had(place):
    code = place.ok("action", "add", ACTION, "--owner", "colin", "--meeting", "inaugural", "--json").item["id"]
    place.ok("minutes", "draft", "inaugural")
    place.ok("action", "edit", code, "--restricted", "--title", "Another thing")
    assert leaks(place) == []


def test_minutes_that_cannot_be_renewed_are_told_and_do_not_stand_in_the_way(place):
    code = place.ok("action", "add", ACTION, "--owner", "colin", "--meeting", "inaugural", "--json").item["id"]
    place.ok("minutes", "draft", "inaugural")
    path = minutes_of(place)
    path.write_text(path.read_text().replace("<!-- slavefree end actions -->\n", ""))
    place.ok("commit")
    made = place.ok("action", "edit", code, "--restricted")
    assert "is not renewed" in made.err
    assert f"Still shown in meetings/{MEETING}/minutes.md:" in made.err


def test_a_restricted_record_that_cannot_be_read_stops_what_goes_out(place):
    place.ok("action", "add", ACTION, "--owner", "colin", "--restricted")
    (path,) = (place.register / "restricted" / "actions").rglob("*.toml")
    path.write_text("title = \n")
    assert "cannot be told" in place.refused(4, "invite", "make", "inaugural")


def test_approved_minutes_stay_and_stand_in_the_way_of_nothing_else(place):
    place.ok("meeting", "add", "Autumn", "--date", "2023-09-06")
    code = place.ok("action", "add", ACTION, "--owner", "colin", "--meeting", "inaugural", "--json").item["id"]
    place.ok("minutes", "draft", "inaugural")
    path = minutes_of(place)
    path.write_text(path.read_text().replace("It was noted that", "It was noted that all is well."))
    place.ok("commit")
    place.ok("minutes", "approve", "inaugural", "--at", "autumn", env=LATER)
    approved = path.read_bytes()
    assert "Still shown in" in place.ok("action", "edit", code, "--restricted").err
    assert path.read_bytes() == approved
    place.refused(4, "minutes", "send", "inaugural")
    partnership = place.register / "partnership.toml"
    partnership.write_text("# by hand\n" + partnership.read_text())
    place.ok("commit")
    (place.register / "notes.txt").write_text(ACTION)
    said = place.run("commit")
    assert said.code == 4
    assert "notes.txt:1: shows what is restricted" in said.err


def test_what_became_restricted_there_comes_here_though_it_is_shown_here(clones):
    sam, kim = clones
    code = sam.ok("action", "add", ACTION, "--owner", "colin", "--meeting", "inaugural", "--json").item["id"]
    sam.ok("sync")
    kim.ok("sync")
    sam.ok("action", "edit", code, "--restricted")
    sam.ok("sync")
    kim.ok("minutes", "draft", "inaugural")
    kim.ok("sync")
    sam.ok("sync")
    found = [each["file"] for each in sam.run("check", "--json").items if each["code"] == "restricted-shown"]
    assert set(found) <= {f"{MEETING}/minutes.md"}
    assert kim.run("action", "list", "--json").items == []
