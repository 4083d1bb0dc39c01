"""A slip of the hand: ``undo`` takes back what one command changed, and nothing else."""

import json

import pytest
import tomli

from slavefree_cli.errors import ConflictError
from slavefree_cli.register.restricted import WholeDesk
from slavefree_cli.work.history import undo

MEETING = "2023-06-07-inaugural"


def record(place, path):
    return tomli.loads((place.register / path).read_text())


def short(place, at=0):
    return json.loads(place.ok("log", "--json").out)["items"][at]["short"]


def test_the_last_command_is_taken_back_byte_for_byte_by_a_new_commit(place):
    before = place.files()
    place.ok("member", "edit", "barnardos", "--email", "post@example.org")
    answer = place.ok("undo", "--yes")
    assert answer.out == "member barnardos\temail\tpost@example.org\t\n"
    assert place.files() == before
    assert place.messages()[-2:] == ["Change member Barnardo's", "Undo: Change member Barnardo's"]


def test_an_undo_can_be_undone_and_that_again(place):
    place.ok("member", "edit", "barnardos", "--email", "post@example.org")
    after = place.files()
    place.ok("undo", "--yes")
    before = place.files()
    place.ok("undo", "--yes")
    assert place.files() == after
    assert place.messages()[-1] == "Redo: Change member Barnardo's"
    place.ok("undo", "--yes")
    assert place.files() == before
    assert place.messages()[-1] == "Undo: Change member Barnardo's"


def test_later_edits_of_other_fields_and_comments_stay(place):
    place.ok("meeting", "edit", "inaugural", "--venue", "The Old Library")
    commit = short(place)
    place.ok("meeting", "edit", "inaugural", "--chair", "colin")
    file = place.register / MEETING / "meeting.toml"
    file.write_text(file.read_text().replace("chair", "# Asked in May.\nchair"))
    text = file.read_text()
    place.ok("undo", commit, "--yes")
    assert file.read_text() == text.replace('venue = "The Old Library"\n', "")
    assert place.messages()[-2].startswith("Edited by hand")


def test_what_was_taken_in_from_others_is_not_undone_by_mistake(clones):
    sam, kim = clones
    sam.ok("member", "edit", "barnardos", "--email", "post@example.org")
    kim.ok("meeting", "edit", "inaugural", "--venue", "Here")
    kim.ok("sync")
    sam.ok("sync")
    sam.ok("undo", "--yes")
    assert sam.messages()[-1] == "Undo: Change member Barnardo's"
    # Another person, in a clone that keeps no list of what was done in it.
    sam.env["GIT_AUTHOR_NAME"] = "Ann"
    (sam.folder / ".git" / "slavefree-own-changes").unlink()
    assert "name the commit" in sam.refused(3, "undo", "--yes")


def test_where_the_same_field_was_changed_later_it_says_which_and_changes_nothing(place):
    place.ok("meeting", "edit", "inaugural", "--venue", "The Old Library")
    commit = short(place)
    place.ok("meeting", "edit", "inaugural", "--venue", "The Town Hall")
    before = place.files(), place.head()
    answer = place.run("undo", commit, "--yes")
    assert answer.code == 5
    assert answer.out == f"meeting {MEETING}\tvenue\tThe Old Library\tThe Town Hall\t\n"
    assert "cannot be undone, as the same was changed later: " in answer.err
    assert (place.files(), place.head()) == before
    answer = place.run("undo", commit, "--yes", "--json")
    assert (answer.code, answer.items[0]["field"], answer.items[0]["theirs"]) == (5, "venue", None)


def test_a_command_of_several_files_is_taken_back_as_a_whole(place):
    before = place.files()
    place.ok("meeting", "add", "Winter", "--date", "2024-01-10")
    place.ok("undo", "--yes")
    assert place.files() == before
    place.ok("undo", "--yes")
    assert "Winter" in place.ok("meeting", "list").out
    place.ok("check")


def test_what_later_records_hang_on_is_not_taken_away(place):
    place.ok("member", "add", "Together Free", "--sector", "charity")
    commit = short(place)
    place.ok("person", "add", "Ann Lee", "--of", "together-free")
    said = place.refused(5, "undo", commit, "--yes")
    assert "there is no such member" in said
    assert "stands in the way" in said


def test_it_shows_what_will_change_and_asks(place):
    place.ok("meeting", "edit", "inaugural", "--venue", "The Old Library")
    assert "--yes" in place.refused(2, "undo")
    answer = place.at_terminal("undo", typed="n\n")
    assert answer.code == 1
    assert "venue" in answer.out
    assert "Undo “Change meeting Inaugural meeting on 7 June 2023” (Sam Reed" in answer.out
    assert record(place, f"{MEETING}/meeting.toml")["venue"] == "The Old Library"
    assert place.at_terminal("undo", typed="y\n").code == 0
    assert "venue" not in record(place, f"{MEETING}/meeting.toml")


def test_what_was_issued_stays_issued(place):
    place.ok("invite", "make", "inaugural")
    before = place.files()
    assert "stays issued" in place.refused(1, "undo", "--yes")
    assert place.files() == before


def test_minutes_are_taken_back_line_by_line_and_an_approval_too(place):
    place.ok("meeting", "add", "Autumn", "--date", "2023-09-06")
    place.ok("minutes", "draft", "inaugural")
    drafted = place.files()
    place.ok("minutes", "approve", "inaugural", "--at", "autumn", env={"SOURCE_DATE_EPOCH": "1694016000"})
    place.ok("undo", "--yes")
    assert place.files() == drafted
    minutes = place.register / MEETING / "minutes.md"
    minutes.write_text(minutes.read_text() + "\nOne more line.\n")
    place.ok("commit")
    commit = short(place)
    minutes.write_text("Above.\n\n" + minutes.read_text())
    place.ok("commit")
    place.ok("undo", commit, "--yes")
    assert minutes.read_text().startswith("Above.")
    assert "One more line." not in minutes.read_text()


def test_comments_that_were_written_by_hand_are_taken_back_too(place):
    file = place.register / "members" / "barnardos.toml"
    before = file.read_text()
    file.write_text("# Above.\n" + before.replace("sector", "# Beside.\nsector") + "# Below.\n")
    place.ok("commit")
    commit = short(place)
    place.ok("member", "edit", "barnardos", "--email", "post@example.org")
    place.ok("undo", commit, "--yes")
    assert "#" not in file.read_text()
    assert record(place, "members/barnardos.toml")["email"] == "post@example.org"


def test_the_log_on_a_terminal_has_what_undo_takes(place):
    assert short(place) in place.at_terminal("log").out


def test_what_changed_between_the_question_and_the_answer_is_not_written_over(place):
    place.ok("member", "edit", "barnardos", "--email", "post@example.org")
    desk = WholeDesk(str(place.register), command="undo")
    plan = undo.plan(desk, "HEAD")
    place.ok("member", "edit", "barnardos", "--joined", "2023-01-01")
    before = place.files()
    with pytest.raises(ConflictError, match="has changed meanwhile; nothing is undone"):
        undo.carry_out(desk, plan)
    assert place.files() == before


def test_a_restricted_record_is_named_by_its_id_alone_in_the_history(place):
    place.ok("action", "add", "Ask about the raid", "--owner", "colin", "--restricted")
    place.ok("undo", "--yes")
    assert "raid" not in place.git("log", "--format=%B")
    assert not list(place.register.glob("restricted/actions/*/*.toml"))


def test_a_commit_that_is_none_or_cannot_be_undone_is_refused(place):
    first = place.git("rev-list", "--max-parents=0", "HEAD").strip()
    assert "began the register" in place.refused(2, "undo", first, "--yes")
    for named in ("nonsense", "HEAD:meetings", "HEAD~500", "main^{tree}", "--", ""):
        assert "slavefree log" in place.refused(3, "undo", "--yes", "--", named)
    (place.folder / "notes.txt").write_text("x")
    place.git("add", "notes.txt")
    place.git("commit", "-qm", "Something else")
    assert "fits" in place.refused(3, "undo", "HEAD", "--yes")


def test_without_a_history_there_is_nothing_to_undo(place):
    import shutil

    shutil.rmtree(place.folder / ".git")
    answer = place.run("undo", "--yes")
    assert answer.code == 6
    assert answer.err.startswith("slavefree: There is nothing to undo: ")


def test_the_first_of_two_notes_and_of_two_people_is_taken_back_and_the_second_stays(place):
    place.ok("action", "add", "Map them", "--owner", "colin")
    place.ok("action", "note", "map", "The first")
    first = place.head().strip()
    place.ok("action", "note", "map", "The second")
    place.ok("attendance", "record", "inaugural", "--apologies", "colin")
    recorded = place.head().strip()
    place.ok("attendance", "record", "inaugural", "--apologies", "julie")
    place.ok("undo", first, "--yes")
    place.ok("undo", recorded, "--yes")
    notes = place.ok("action", "show", "map", "--json").item["notes"].values()
    assert [each["text"] for each in notes] == ["The second"]
    attended = tomli.loads((place.register / "2023-06-07-inaugural" / "attendance.toml").read_text())
    assert list(attended["people"]) == ["julie-young"]


def test_what_somebody_changed_again_since_is_named_where_the_rest_is_taken_back(place):
    place.ok("action", "add", "Map them", "--owner", "colin")
    place.ok("person", "leave", "colin", "--on", "2023-05-01", "--hand-over", "julie")
    commit = short(place)
    place.ok("person", "edit", "colin", "--of", "essex-police", "--since", "2023-05-10")
    answer = place.ok("undo", commit, "--yes")
    assert (
        "Not taken back, as it was changed again since: person colin-cox represents.essex-police.until." in answer.err
    )
    assert place.ok("action", "show", "map", "--json").item["owner"] == "colin-cox"
    assert "2023-05-01" in record(place, "people/colin-cox.toml")["represents"]["essex-police"]["before"]
    place.ok("action", "add", "Count them", "--owner", "colin")
    assert "Not taken back" not in place.ok("undo", "--yes").err


@pytest.mark.parametrize(
    ("right", "wrong"),
    [('owner = "colin-cox"', 'owner = "Colin Cox"'), ("raised = 2023-05-09", 'raised = "2023-05-09"')],
)
def test_what_was_not_valid_before_is_not_brought_back_and_nothing_later_is_blamed(place, right, wrong):
    place.ok("action", "add", "Map them", "--owner", "colin")
    file = next(place.register.glob("actions/*/*.toml"))
    file.write_text(file.read_text().replace(right, wrong))
    place.ok("check", "--fix", "--yes")
    assert right in file.read_text()
    commit = short(place)
    place.ok("member", "edit", "barnardos", "--email", "post@example.org")
    said = place.refused(4, "undo", commit, "--yes")
    assert "So it was before “Mend what check found”" in said
    assert "later" not in said
    assert right in file.read_text()
