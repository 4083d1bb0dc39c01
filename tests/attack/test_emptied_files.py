"""What a power cut leaves of a file is no record: it is found, and nobody commits it or takes it in.

Kind: files of no bytes, or of zeros, where an empty record or a text without words would be valid.
"""

import subprocess

import pytest

MEETING = "2023-06-07-inaugural"
NAMES = ("agenda.toml", "attendance.toml", "minutes.md", "invite.ics")


@pytest.fixture
def full(place):
    place.ok("attendance", "record", "inaugural", "--present", "colin")
    place.ok("minutes", "draft", "inaugural")
    place.ok("invite", "make", "inaugural")
    return place


@pytest.mark.parametrize("left", [b"", b"\0" * 512])
@pytest.mark.parametrize("name", NAMES)
def test_what_was_emptied_is_found_and_not_committed(full, name, left):
    path = full.register / MEETING / name
    if left and name.endswith(".ics"):
        pytest.skip("calendars are made again")
    path.write_bytes(left)
    found = full.run("check", "--json").items
    assert ("emptied", f"{MEETING}/{name}") in {(each["code"], each["file"]) for each in found}
    full.refused(4, "commit")
    for command in (("minutes", "approve", "inaugural", "--at", "inaugural"), ("minutes", "send", "inaugural")):
        assert full.run(*command).code != 0 or not name.endswith(".md")
    assert path.read_bytes() == left


def test_a_record_that_says_nothing_has_a_line(place):
    place.ok("meeting", "add", "Bare", "--date", "2023-07-07", "--agenda", "none")
    place.ok("agenda", "add", "bare", "One")
    place.ok("agenda", "remove", "bare", "one", "--yes")
    assert (place.register / "2023-07-07-bare" / "agenda.toml").read_bytes() == b"\n"
    place.ok("undo", "--yes")
    place.ok("check")


def test_sync_takes_in_no_emptied_record(clones):
    sam, kim = clones
    (sam.register / MEETING / "agenda.toml").write_bytes(b"")
    for arguments in (("commit", "--quiet", "-am", "Tidy"), ("push", "--quiet", "origin", "main")):
        subprocess.run(["git", *arguments], cwd=sam.folder, env=sam.env, check=True, capture_output=True)
    kim.ok("agenda", "add", "inaugural", "Another")
    assert "has nothing any more in" in kim.refused(4, "sync")
