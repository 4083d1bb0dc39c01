"""Two coordinators, each with a clone: ``sync`` brings together what both did, and changes nothing until it fits."""

import json
import shutil
import sys
import threading

import pytest
import tomli

from conftest import clone

MEETING = "2023-06-07-inaugural"


def record(place, path):
    return tomli.loads((place.register / path).read_text())


def alike(*places):
    """Whether the clones have the same files, and nothing is left over or uncommitted in any."""
    for place in places:
        assert place.git("status", "--porcelain") == ""
        own = {path.name for path in (place.folder / ".git").iterdir() if path.name.startswith("slavefree")}
        assert own <= {"slavefree.lock", "slavefree-sync.lock", "slavefree-own-changes"}
    return all(place.files() == places[0].files() for place in places)


def everything(place):
    return place.files(), place.head(), place.git("status", "--porcelain"), place.git("ls-files", "-s")


def kept(code, place, *arguments):
    """Run what must be refused and change nothing; return what was said and shown."""
    before = everything(place)
    answer = place.run(*arguments)
    assert answer.code == code, (answer.code, answer.err)
    assert everything(place) == before
    return answer


def test_what_each_did_is_with_both_afterwards(clones):
    sam, kim = clones
    sam.ok("member", "edit", "barnardos", "--email", "post@example.org")
    kim.ok("action", "add", "Map them", "--owner", "colin")
    assert sam.ok("sync").out == "sent\tSam\tChange member Barnardo's\n"
    answer = kim.ok("sync")
    received, took, added = answer.out.splitlines()
    assert received == "received\tSam\tChange member Barnardo's"
    assert took == "sent\tKim\tTake in what Sam did"
    assert added.startswith("sent\tKim\tAdd action ")
    assert "1 taken in from origin/main, 2 sent." in answer.err
    assert sam.ok("sync").out.count("received") == 2
    assert alike(sam, kim)
    assert sam.head() == kim.head()
    assert "Nothing new" in sam.ok("sync").err


def test_edits_of_different_fields_of_one_record_both_count(clones):
    sam, kim = clones
    sam.ok("meeting", "edit", "inaugural", "--venue", "The Old Library")
    kim.ok("meeting", "edit", "inaugural", "--chair", "colin", "--link", "https://example.org/x")
    sam.ok("sync")
    kim.ok("sync")
    sam.ok("sync")
    assert alike(sam, kim)
    meeting = record(sam, f"{MEETING}/meeting.toml")
    assert (meeting["venue"], meeting["chair"]) == ("The Old Library", "colin-cox")


def test_two_edits_of_one_field_are_listed_and_nothing_is_changed_until_one_is_taken(clones):
    sam, kim = clones
    sam.ok("meeting", "edit", "inaugural", "--venue", "The Old Library")
    kim.ok("meeting", "edit", "inaugural", "--venue", "The Town Hall", "--chair", "colin")
    sam.ok("sync")
    answer = kept(5, kim, "sync")
    assert answer.out == f"meeting {MEETING}\tvenue\t\tThe Town Hall\tThe Old Library\n"
    assert "--take ours" in answer.err
    row = kept(5, kim, "sync", "--json").items[0]
    assert (row["field"], row["base"], row["ours"], row["theirs"]) == (
        "venue",
        None,
        "The Town Hall",
        "The Old Library",
    )
    assert kim.at_terminal("sync").out.count("The Town Hall") == 1
    answer = kim.ok("sync", "--take", "theirs")
    assert f"meeting {MEETING} venue: “The Old Library” counts, “The Town Hall” does not." in answer.err
    sam.ok("sync")
    assert alike(sam, kim)
    meeting = record(sam, f"{MEETING}/meeting.toml")
    assert (meeting["venue"], meeting["chair"]) == ("The Old Library", "colin-cox")
    said = f"Take in what Sam did; where both had changed something, the word of Sam counts: meeting {MEETING} venue"
    assert [each["message"] for each in sam.ok("log", "--json").items].count(said) == 1
    kims = "Change meeting Inaugural meeting on 7 June 2023"
    assert [each["message"] for each in sam.ok("log", "inaugural", "--json").items].count(kims) == 2, "overruled too"


def test_ours_can_be_taken_too(clones):
    sam, kim = clones
    sam.ok("meeting", "edit", "inaugural", "--venue", "The Old Library")
    kim.ok("meeting", "edit", "inaugural", "--venue", "The Town Hall")
    sam.ok("sync")
    kim.ok("sync", "--take", "ours")
    sam.ok("sync")
    assert alike(sam, kim)
    assert record(sam, f"{MEETING}/meeting.toml")["venue"] == "The Town Hall"


def test_hand_edits_are_named_and_refused_never_stashed(clones):
    sam, kim = clones
    sam.ok("member", "edit", "barnardos", "--email", "post@example.org")
    sam.ok("sync")
    file = kim.register / "partnership.toml"
    file.write_text(file.read_text() + "# mine\n")
    (kim.register / "people" / "new.toml").write_text('name = "New"\n')
    answer = kept(5, kim, "sync")
    assert "meetings/partnership.toml, meetings/people/new.toml are edited and not committed" in answer.err
    assert "slavefree commit" in answer.err
    kim.ok("commit")
    kim.ok("sync")


def test_offline_nothing_is_changed(clones, tmp_path):
    sam, _ = clones
    sam.ok("member", "edit", "barnardos", "--email", "post@example.org")
    (tmp_path / "hub.git").rename(tmp_path / "away.git")
    answer = kept(6, sam, "sync")
    assert "origin cannot be reached" in answer.err
    (tmp_path / "away.git").rename(tmp_path / "hub.git")
    sam.ok("sync")


@pytest.mark.parametrize("noun", ["person", "meeting", "action", "member and person"])
def test_of_two_records_with_one_id_ours_gets_another_with_its_references(clones, noun):
    sam, kim = clones
    if noun == "person":
        sam.ok("person", "add", "Ann Lee")
        kim.ok("person", "add", "Ann Lée", "--of", "barnardos")
        kim.ok("action", "add", "Hers", "--owner", "ann-lee", "--with", "colin")
        kim.ok("agenda", "add", "inaugural", "Talk", "--lead", "ann-lee")
        kim.ok("attendance", "record", "inaugural", "--present", "ann-lee")
        kim.ok("group", "add", "Board", "--chair", "ann-lee")
        kim.ok("meeting", "edit", "inaugural", "--chair", "ann-lee")
        kim.ok("invite", "remove", "inaugural", "ann-lee")
    elif noun == "meeting":
        sam.ok("meeting", "add", "Winter", "--date", "2024-01-10", "--venue", "Here")
        kim.ok("meeting", "add", "Winter", "--date", "2024-01-10", "--venue", "There")
        kim.ok("decision", "add", "Agreed.", "--meeting", "winter")
        kim.ok("action", "add", "Theirs", "--owner", "colin", "--meeting", "winter")
        kim.ok("minutes", "draft", "inaugural")
        kim.ok("minutes", "approve", "inaugural", "--at", "winter", env={"SOURCE_DATE_EPOCH": "1705000000"})
    elif noun == "action":
        for place, title in ((sam, "One"), (kim, "Two")):
            folder = place.register / "actions" / ("2023" if place is sam else "2024")
            folder.mkdir(parents=True)
            text = f'title = "{title}"\nowner = "colin-cox"\nstatus = "open"\nraised = {folder.name}-05-01\n'
            (folder / "7k2f9.toml").write_text(text)
            place.ok("commit")
    else:
        sam.ok("member", "add", "Ann Lee", "--sector", "business")
        kim.ok("person", "add", "Ann Lée")
        kim.ok("action", "add", "Hers", "--owner", "ann-lee")
    sam.ok("sync")
    answer = kim.ok("sync")
    assert "The others gave " in answer.err
    sam.ok("sync")
    assert alike(sam, kim)
    sam.ok("check")
    if noun == "person":
        assert record(sam, "people/ann-lee.toml")["name"] == "Ann Lee"
        assert record(sam, "people/ann-lee-2.toml")["name"] == "Ann Lée"
        assert sam.ok("action", "list", "--json").items[0]["owner"] == "ann-lee-2"
        assert record(sam, f"{MEETING}/meeting.toml")["chair"] == "ann-lee-2"
        assert record(sam, f"{MEETING}/meeting.toml")["invitees"]["remove"] == ["ann-lee-2"]
        assert record(sam, f"{MEETING}/agenda.toml")["items"]["talk"]["lead"] == "ann-lee-2"
        assert list(record(sam, f"{MEETING}/attendance.toml")["people"]) == ["ann-lee-2"]
        assert record(sam, "groups/board.toml")["chair"] == "ann-lee-2"
    elif noun == "meeting":
        assert record(sam, "2024-01-10-winter/meeting.toml")["venue"] == "Here"
        other = "2024-01-10-winter-2"
        assert record(sam, f"{other}/meeting.toml")["venue"] == "There"
        assert sam.ok("decision", "list", "--json").items[0]["meeting"] == other
        assert sam.ok("action", "list", "--json").items[0]["meeting"] == other
        assert record(sam, f"{MEETING}/meeting.toml")["minutes"]["at"] == other
    elif noun == "action":
        found = {each["title"]: each["id"] for each in sam.ok("action", "list", "--json").items}
        assert found["One"] == "7k2f9"
        assert found["Two"] != "7k2f9"
        assert found["Two"].upper() in answer.err
    else:
        assert sam.ok("action", "list", "--json").items[0]["owner"] == "ann-lee-2"


def test_two_who_add_one_member_have_one_member(clones):
    sam, kim = clones
    for place, first in ((sam, ["--joined", "2023-05-01"]), (kim, ["--email", "a@example.org"])):
        place.ok("member", "add", "Together Free", "--sector", "charity", *first)
    sam.ok("sync")
    kim.ok("sync")
    assert {"joined", "email"} <= set(record(kim, "members/together-free.toml"))
    sam.ok("sync")
    sam.ok("check")


def test_minutes_are_merged_as_text_and_their_lists_from_the_records(clones):
    sam, kim = clones
    sam.ok("minutes", "draft", "inaugural")
    sam.ok("sync")
    kim.ok("sync")
    for place, where, who in ((sam, "## People", "colin"), (kim, "## Decisions", "julie")):
        place.ok("attendance", "record", "inaugural", "--present", who)
        place.ok("action", "add", f"Of {who}", "--owner", who, "--meeting", "inaugural")
        place.ok("minutes", "refresh", "inaugural")
        file = place.register / MEETING / "minutes.md"
        text = file.read_text()
        at = text.index(where) if where in text else len(text)
        file.write_text(f"{text[:at]}By {who}.\n\n{text[at:]}")
        place.ok("commit")
    sam.ok("sync")
    kim.ok("sync")
    sam.ok("sync")
    assert alike(sam, kim)
    text = (sam.register / MEETING / "minutes.md").read_text()
    for said in ("By colin.", "By julie.", "Of colin", "Of julie", "- Colin Cox", "- Julie Young"):
        assert said in text
    assert "already as" in sam.ok("minutes", "refresh", "inaugural").err or alike(sam, kim)


def test_two_edits_of_one_line_of_minutes_are_a_conflict(clones):
    sam, kim = clones
    sam.ok("minutes", "draft", "inaugural")
    sam.ok("sync")
    kim.ok("sync")
    for place in clones:
        file = place.register / MEETING / "minutes.md"
        file.write_text(file.read_text() + f"Said by {place.folder.name}.\n")
        place.ok("commit")
    sam.ok("sync")
    answer = kept(5, kim, "sync")
    assert answer.out.startswith(f"{MEETING}/minutes.md\tline ")
    assert answer.out.endswith("\t\tSaid by kim.\tSaid by sam.\n")
    file = kim.register / MEETING / "minutes.md"
    file.write_text(file.read_text().replace("Said by kim.", "Said by sam. And by kim too."))
    kim.ok("commit")
    kim.ok("sync")
    assert file.read_text().endswith("\nSaid by sam. And by kim too.\n"), "who puts both together has settled it"
    sam.ok("sync")
    assert alike(sam, kim)


def test_what_is_left_out_of_minutes_is_told(clones):
    sam, kim = clones
    sam.ok("minutes", "draft", "inaugural")
    sam.ok("sync")
    kim.ok("sync")
    for place in clones:
        file = place.register / MEETING / "minutes.md"
        file.write_text(file.read_text() + f"Said by {place.folder.name}.\n")
        place.ok("commit")
    sam.ok("sync")
    answer = kim.ok("sync", "--take", "theirs")
    assert "“Said by sam.” counts, “Said by kim.” does not." in answer.err
    assert (kim.register / MEETING / "minutes.md").read_bytes() == (sam.register / MEETING / "minutes.md").read_bytes()


@pytest.mark.parametrize("take", ["ours", "theirs"])
def test_approved_minutes_are_not_merged(clones, take):
    sam, kim = clones
    sam.ok("meeting", "add", "Autumn", "--date", "2023-09-06")
    sam.ok("minutes", "draft", "inaugural")
    sam.ok("sync")
    kim.ok("sync")
    sam.ok("minutes", "approve", "inaugural", "--at", "autumn", env={"SOURCE_DATE_EPOCH": "1694016000"})
    file = kim.register / MEETING / "minutes.md"
    file.write_text(file.read_text() + "\nOne more line.\n")
    kim.ok("commit")
    sam.ok("sync")
    answer = kept(5, kim, "sync")
    assert answer.out == f"{MEETING}/minutes.md\t\t\tnot approved\tapproved on 2023-09-06\n"
    kim.ok("sync", "--take", take)
    sam.ok("sync")
    assert alike(sam, kim)
    sam.ok("check")
    assert ("minutes" in record(sam, f"{MEETING}/meeting.toml")) == (take == "theirs")
    assert ("One more line." in file.read_text()) == (take == "ours")


def test_approved_minutes_that_somebody_changed_are_not_taken_in(clones):
    sam, kim = clones
    sam.ok("meeting", "add", "Autumn", "--date", "2023-09-06")
    sam.ok("minutes", "draft", "inaugural")
    sam.ok("minutes", "approve", "inaugural", "--at", "autumn", env={"SOURCE_DATE_EPOCH": "1694016000"})
    sam.ok("sync")
    kim.ok("sync")
    file = sam.register / MEETING / "minutes.md"
    file.write_text(file.read_text() + "Slipped in.\n")
    sam.git("commit", "-qam", "Slip")
    sam.ok("sync")
    assert kept(5, kim, "sync").out.startswith(f"{MEETING}/minutes.md\t")
    kim.ok("sync", "--take", "ours")
    kim.ok("check")
    sam.ok("sync")
    assert alike(sam, kim)
    assert "Slipped in." not in file.read_text()


def test_files_made_from_records_are_made_again(clones):
    sam, kim = clones
    for place in clones:
        place.ok("invite", "make", "inaugural")
        place.ok("invite", "feed")
    sam.ok("meeting", "edit", "inaugural", "--venue", "The Old Library")
    sam.ok("meeting", "add", "Autumn", "--date", "2023-09-06")
    sam.ok("invite", "make", "inaugural")
    sam.ok("invite", "feed")
    kim.ok("meeting", "add", "Winter", "--date", "2024-01-10")
    kim.ok("invite", "feed")
    sam.ok("sync")
    kim.ok("sync")
    sam.ok("sync")
    assert alike(sam, kim)
    feed = (sam.register / "calendar.ics").read_text()
    assert feed.count("BEGIN:VEVENT") == 3
    assert "The Old Library" in (sam.register / MEETING / "invite.ics").read_text()
    assert "<<<<" not in feed
    head = sam.head()
    sam.ok("invite", "feed")
    assert sam.head() == head, "it is as it would be made now"


def test_what_does_not_fit_together_is_refused(clones):
    sam, kim = clones
    sam.ok("agenda", "add", "inaugural", "Talk")
    sam.ok("sync")
    kim.ok("sync")
    sam.ok("agenda", "remove", "inaugural", "talk", "--yes")
    kim.ok("action", "add", "Of the talk", "--owner", "colin", "--meeting", "inaugural", "--item", "talk")
    sam.ok("sync")
    answer = kept(5, kim, "sync")
    assert "does not fit together: actions/" in answer.err
    assert "names 'talk', which is not on the agenda" in answer.err


def test_what_is_not_valid_there_is_not_taken_in(clones):
    sam, kim = clones
    (sam.register / "people" / "colin-cox.toml").write_text("name = \n")
    sam.git("commit", "-qam", "Broken")
    sam.git("push", "-q")
    answer = kept(4, kim, "sync")
    assert "origin/main has what is not valid: people/colin-cox.toml, line 1: is not TOML" in answer.err


def test_what_only_the_others_have_beside_the_register_comes_along(clones):
    sam, kim = clones
    (sam.folder / "tool.sh").write_text("#!/bin/sh\n")
    (sam.folder / "tool.sh").chmod(0o755)
    (sam.folder / "read me é.txt").write_text("x")
    sam.git("add", ".")
    sam.git("commit", "-qm", "Other things")
    (kim.folder / "mine.txt").write_text("not for git")
    sam.ok("sync")
    kim.ok("sync")
    assert (kim.folder / "tool.sh").stat().st_mode & 0o100
    assert (kim.folder / "read me é.txt").read_text() == "x"
    assert kim.git("status", "--porcelain") == "?? mine.txt\n"


def test_what_is_not_committed_beside_the_register_is_never_written_over(clones):
    sam, kim = clones
    (sam.folder / "notes.txt").write_text("theirs")
    sam.git("add", ".")
    sam.git("commit", "-qm", "Notes")
    sam.ok("sync")
    (kim.folder / "notes.txt").write_text("mine")
    answer = kept(5, kim, "sync")
    assert "notes.txt was edited here and not committed" in answer.err
    assert (kim.folder / "notes.txt").read_text() == "mine"


def test_what_is_staged_elsewhere_stays_staged(clones):
    sam, kim = clones
    sam.ok("member", "edit", "barnardos", "--email", "post@example.org")
    sam.ok("sync")
    (kim.folder / "staged.txt").write_text("x")
    kim.git("add", "staged.txt")
    kim.ok("member", "edit", "essex", "--email", "police@example.org")
    kim.ok("sync")
    assert kim.git("status", "--porcelain") == "A  staged.txt\n"


def test_a_push_that_came_second_is_fetched_and_tried_again(clones, tmp_path):
    places = [*clones, clone(tmp_path, "Ann")]
    for place in places:
        place.ok("action", "add", f"Of {place.folder.name}", "--owner", "colin")
    threads = [threading.Thread(target=place.run_apart, args=["sync"]) for place in places]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for place in places:
        place.ok("sync")
    for place in places:
        place.ok("sync")
    assert alike(*places)
    assert len(places[0].ok("action", "list", "--json").items) == 3


def test_what_somebody_pushed_in_between_is_taken_in_before_ours_is_sent(clones):
    """Sam is faster: he syncs when Kim's push is about to go."""
    sam, kim = clones
    sam.ok("member", "edit", "barnardos", "--email", "post@example.org")
    kim.ok("action", "add", "Map them", "--owner", "colin")
    hook = kim.folder / ".git" / "hooks" / "pre-push"
    command = f'cd "{sam.folder}" && env -u GIT_DIR "{sys.executable}" -m slavefree_cli sync >&2'
    hook.write_text(f'#!/bin/sh\nrm "$0"\n{command}\n')
    hook.chmod(0o755)
    answer = kim.ok("sync")
    assert "received\tSam\tChange member Barnardo's\n" in answer.out
    sam.ok("sync")
    assert alike(sam, kim)


def test_where_the_remote_refuses_what_was_fetched_is_taken_in_and_what_is_here_is_safe(clones, tmp_path):
    sam, kim = clones
    sam.ok("member", "edit", "barnardos", "--email", "post@example.org")
    sam.ok("sync")
    hook = tmp_path / "hub.git" / "hooks" / "pre-receive"
    hook.write_text("#!/bin/sh\necho closed for the night >&2\nexit 1\n")
    hook.chmod(0o755)
    kim.ok("action", "add", "Map them", "--owner", "colin")
    answer = kim.run("sync")
    assert answer.code == 6
    assert "1 commit taken in. What is here was not sent" in answer.err
    assert "post@example.org" in (kim.register / "members" / "barnardos.toml").read_text()
    hook.unlink()
    kim.ok("sync")
    sam.ok("sync")
    assert alike(sam, kim)


def test_the_first_push_makes_the_branch_and_remembers_it(place, tmp_path):
    place.git("init", "--quiet", "--bare", str(tmp_path / "new.git"))
    assert "There is no remote" in kept(6, place, "sync").err
    place.git("remote", "add", "origin", str(tmp_path / "new.git"))
    assert "sent\tSam Reed\tAdd meeting" in place.ok("sync").out
    assert place.git("rev-parse", "--abbrev-ref", "@{upstream}") == "origin/main\n"


def test_a_register_that_was_begun_here_is_in_the_clone_of_an_empty_repository_as_the_readme_has_it(empty, tmp_path):
    shutil.rmtree(empty.folder / ".git")
    empty.git("config", "--global", "init.defaultBranch", "master")
    empty.ok("init", "--name", "New")
    empty.git("init", "--quiet", "--bare", "--initial-branch=main", str(tmp_path / "new.git"))
    empty.git("remote", "add", "origin", str(tmp_path / "new.git"))
    empty.ok("sync")
    empty.git("clone", "--quiet", str(tmp_path / "new.git"), str(tmp_path / "kim"))
    assert (tmp_path / "kim" / "meetings" / "partnership.toml").exists()


def test_two_registers_that_have_nothing_in_common_are_not_mixed(clones, tmp_path):
    _, kim = clones
    shutil.rmtree(kim.folder / ".git")
    kim.git("init", "--quiet", "--initial-branch=main")
    kim.git("remote", "add", "origin", str(tmp_path / "hub.git"))
    kim.git("add", ".")
    kim.git("commit", "-qm", "Again")
    assert "no history in common" in kept(6, kim, "sync").err


def test_the_answer_in_json(clones):
    sam, kim = clones
    sam.ok("member", "edit", "barnardos", "--email", "post@example.org")
    item = sam.ok("sync", "--json").item
    assert item == {
        "remote": "origin/main",
        "received": [],
        "sent": ["Change member Barnardo's"],
        "renamed": [],
        "settled": [],
    }
    assert json.loads(kim.ok("sync", "--json").out)["item"]["received"] == ["Change member Barnardo's"]


def test_two_that_went_out_at_once_are_both_told_of_by_the_next_which_settles_it(clones):
    sam, kim = clones
    sam.ok("person", "edit", "colin", "--email", "colin@example.org")
    (sam.folder / "out").mkdir()
    sam.ok("invite", "make", "inaugural", "--each", "--to", "out")
    sam.ok("sync")
    kim.ok("sync")
    (kim.folder / "out").mkdir()
    for place, change in ((sam, ("--venue", "Library")), (kim, ("--start", "15:00", "--end", "17:00"))):
        place.ok("meeting", "edit", "inaugural", *change)
        place.ok("invite", "make", "inaugural", "--each", "--to", "out")
    sam.ok("sync")
    kim.ok("sync")
    assert "[contradiction]" in kim.ok("check").out
    kim.ok("invite", "make", "inaugural", "--each", "--to", "out")
    text = (kim.folder / "out" / "2023-06-07-inaugural-colin-cox.ics").read_bytes().replace(b"\r\n ", b"").decode()
    assert "SEQUENCE:2" in text
    assert "- Venue: Library\\n" in text
    assert "- Time: 15:00 to 17:00 (was: 14:00 to 16:00)" in text
    assert "[contradiction]" not in kim.ok("check").out
