"""A file whose name is no id, as a program leaves that keeps folders alike: found by ``check``, and no record."""

import shutil

import pytest

NAMES = ["{} (Kim's conflicted copy 2023-09-01)", "{}-LAPTOP7", "{} (1)", "{} 2", "{}.sync-conflict-20230901-1-ABC"]


def copied(file, name):
    copy = file.with_name(name.format(file.stem) + file.suffix)
    shutil.copy(file, copy)
    return copy


def found(place):
    return {(each["severity"], each["code"], each["file"]) for each in place.run("check", "--json").items}


@pytest.mark.parametrize("name", NAMES)
def test_a_copy_of_a_record_is_no_second_one(place, name):
    place.ok("person", "edit", "colin", "--email", "colin@example.org")
    made = place.ok("action", "add", "Map them", "--owner", "colin", "--json").item["id"]
    copies = [copied(next(place.register.rglob(f"{id}.toml")), name) for id in (made, "colin-cox", "essex-police")]
    paths = [str(copy.relative_to(place.register)) for copy in copies]
    assert found(place) == {("error", "file-name", path) for path in paths}
    assert "is a copy of people/colin-cox.toml that a sync program left" in place.run("check").out

    listed = place.run("action", "list")
    assert (listed.code, listed.out.count("Map them")) == (4, 1)
    assert paths[0] in listed.err
    place.ok("action", "edit", made, "--title", "Map them all", "--owner", "colin")
    place.ok("action", "note", made, "Asked", "--json")
    place.ok("action", "chase")
    (draft,) = (place.register / "outbox").glob("*.eml")
    assert "Subject: Your actions: 1 open action" in draft.read_text()
    for copy in copies:
        copy.unlink()
    assert found(place) == set()


def test_a_copy_of_a_meeting_is_no_second_one(place):
    copy = place.register / "2023-06-07-inaugural (1)"
    shutil.copytree(place.register / "2023-06-07-inaugural", copy)
    (copy / "minutes.md").write_text("Typed here.\n")
    assert place.run("meeting", "list").out.count("Inaugural") == 1
    assert {
        ("error", "file-name", f"{copy.name}/meeting.toml"),
        ("note", "conflicted-copy", f"{copy.name}/minutes.md"),
    } <= (found(place))


@pytest.mark.parametrize("name", NAMES)
def test_a_copy_of_minutes_is_told(place, name):
    place.ok("minutes", "draft", "inaugural")
    meeting = place.register / "2023-06-07-inaugural"
    copies = [copied(meeting / each, name) for each in ("minutes.md", "meeting.toml")]
    expected = {("note", "conflicted-copy", str(copy.relative_to(place.register))) for copy in copies}
    assert found(place) == expected
    place.ok("check")


def test_a_name_that_is_no_id_and_no_copy_is_to_be_changed(place):
    file = place.register / "people" / "colin-cox.toml"
    file.rename(file.with_name("Colin Cox.toml"))
    assert "Colin Cox" not in place.run("person", "list").out
    said = place.run("check").out
    assert (
        "people/Colin Cox.toml: error: has a name that must be lower-case letters, digits and hyphens; rename it."
        in said
    )


def test_invitations_wait_until_it_is_known_which_version_is_right(place):
    copied(place.register / "people" / "colin-cox.toml", "{} (1)")
    said = place.refused(4, "invite", "make", "inaugural")
    assert "people/colin-cox (1).toml: is a copy of people/colin-cox.toml" in said
    assert "Nothing is issued." in said
