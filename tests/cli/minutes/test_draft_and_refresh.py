"""Minutes drafted, and what the program owns in them renewed."""

from datetime import UTC, datetime
from functools import partial

import pytest

from drafted_minutes import MEETING, finish, owned, write
from slavefree_cli.register import door
from slavefree_cli.register.desk import Desk
from slavefree_cli.work.minutes import approving, collecting, drafting, volume


class TestDraft:
    def test_a_cancelled_meeting_has_none(self, place):
        place.ok("meeting", "cancel", "inaugural", "--reason", "Snow", "--yes")
        assert "was cancelled" in place.refused(4, "minutes", "draft", "inaugural")

    def test_a_second_draft_is_none_or_refused(self, place, minutes):
        head = place.head()
        place.ok("minutes", "draft", "inaugural")
        assert place.head() == head
        minutes.write_text(minutes.read_text() + "\nNoted.\n")
        said = place.refused(5, "minutes", "draft", "inaugural")
        assert "slavefree minutes refresh 2023-06-07-inaugural" in said

    def test_one_that_comes_late_is_warned_of(self, place):
        late = place.ok("minutes", "draft", "inaugural", env={"SOURCE_DATE_EPOCH": "1687500000"})
        assert "The draft was due by Wednesday 21 June 2023; this is late." in late.err

    def test_open_minutes_are_not_made_from_the_template_of_part_two(self, place):
        said = place.refused(2, "minutes", "draft", "inaugural", "--template", "part-two")
        assert "give --restricted with it" in said

    def test_a_link_out_of_the_register_is_not_followed(self, place, tmp_path):
        outside = tmp_path / "outside.md"
        outside.write_text("mine")
        (place.register / MEETING / "minutes.md").symlink_to(outside)
        place.refused(4, "minutes", "draft", "inaugural")
        assert outside.read_text() == "mine"


class TestRefresh:
    def test_the_parts_are_renewed_in_one_commit_and_what_was_written_stays(self, place, minutes):
        write(minutes, "It was noted that this was written by hand.\n")
        place.ok("action", "add", "Map them", "--owner", "colin", "--meeting", "inaugural")
        before = minutes.read_text()
        place.ok("minutes", "refresh", "inaugural")
        assert "| Map them | Colin Cox | no date |" in owned(minutes)["actions"]
        head = before[: before.index("<!-- slavefree actions")]
        assert minutes.read_text().startswith(head)
        assert place.messages()[-2:] == [
            f"Edited by hand: {MEETING}/minutes.md",
            "Renew the minutes of Inaugural meeting on 7 June 2023",
        ]
        head = place.head()
        assert "Nothing has changed" in place.ok("minutes", "refresh", "inaugural").err
        assert place.head() == head

    def test_where_somebody_has_written_inside_nothing_is_changed_and_the_difference_shown(self, place, minutes):
        minutes.write_text(minutes.read_text().replace("Attendance has not been", "Attendance has never been"))
        place.ok("attendance", "record", "inaugural", "--present", "colin")
        before = minutes.read_bytes()
        answer = place.run("minutes", "refresh", "inaugural")
        assert (answer.code, minutes.read_bytes()) == (5, before)
        assert "-Attendance has never been recorded yet." in answer.out
        assert "+- Colin Cox, Essex Police" in answer.out
        assert f"meetings/{MEETING}/minutes.md:19: somebody has written inside" in answer.err
        assert "delete the two comments around it" in answer.err

    def test_either_way_of_settling_it(self, place, minutes):
        drafted = minutes.read_text()
        mine = drafted.replace("Attendance has not been", "Attendance has never been")
        minutes.write_text("\n".join(line for line in mine.split("\n") if "people" not in line))
        place.ok("minutes", "refresh", "inaugural")
        assert "Attendance has never been" in minutes.read_text()
        minutes.write_text(mine.replace("Attendance has never been recorded yet.\n", ""))
        place.ok("minutes", "refresh", "inaugural")
        assert minutes.read_text() == drafted

    def test_damaged_comments_are_named_by_their_line(self, place, minutes):
        minutes.write_text(minutes.read_text().replace("<!-- slavefree end people -->\n", ""))
        said = place.refused(5, "minutes", "refresh", "inaugural")
        assert "minutes.md:24: a part begins before people (line 19) has ended" in said

    def test_items_that_came_later_and_numbers_that_shifted_are_told_of(self, place, minutes):
        place.ok("agenda", "add", "inaugural", "Housing", "--before", "county")
        said = place.ok("minutes", "refresh", "inaugural").err
        assert "minutes.md has no heading for item 6; add one: ## 6. Housing" in said
        assert "“6. County Lines” is item 7 now; change its heading." in said
        write(minutes, "DECISION: about county\n")
        (made,) = place.ok("minutes", "collect", "inaugural", "--json").items
        assert made["item"] == "county-lines"

    def test_check_notes_damaged_comments_and_finds_minutes_that_cannot_be_read(self, place, minutes):
        minutes.write_text(
            minutes.read_text().replace("<!-- slavefree end people -->", " <!-- slavefree end people -->")
        )
        assert f"meetings/{MEETING}/minutes.md:23: note: this comment is not as it was written" in place.ok("check").out
        minutes.write_bytes(b"\n\xff")
        assert f"meetings/{MEETING}/minutes.md:2: error: is not UTF-8" in place.run("check").out

    def test_there_must_be_some(self, place):
        said = place.refused(3, "minutes", "refresh", "inaugural")
        assert "Draft them with: slavefree minutes draft 2023-06-07-inaugural" in said

    def test_minutes_in_which_nothing_is_owned_are_all_the_authors(self, place, minutes):
        minutes.write_text("# Ours\n")
        said = place.ok("minutes", "refresh", "inaugural").err
        assert "has no part that the program owns; all of it is yours." in said


@pytest.mark.parametrize("command", ["refresh", "collect", "approve"])
def test_what_somebody_writes_before_the_lock_is_held_is_kept(place, minutes, monkeypatch, command):
    finish(minutes)
    write(minutes, "ACTION Colin: Map them\n" if command == "collect" else "All were thanked.\n")
    desk = Desk(str(place.register), commits=False)
    read = partial(volume.read, desk, MEETING)
    opened = door.opened

    def slow(*arguments):
        write(minutes, "Written meanwhile.\n")
        return opened(*arguments)

    monkeypatch.setattr(door, "opened", slow)
    if command == "approve":
        approving.approve(desk, read, desk.records.meetings["2023-09-06-autumn"], datetime(2023, 9, 6, 16, tzinfo=UTC))
    else:
        {"refresh": drafting.refresh, "collect": collecting.collect}[command](desk, read)
    assert "Written meanwhile.\n" in minutes.read_text()


def test_minutes_that_would_lack_a_record_are_not_written(place):
    place.ok("meeting", "add", "Autumn meeting", "--date", "2023-09-06")
    made = place.ok("action", "add", "Map", "--owner", "colin", "--meeting", "inaugural", "--json").item["id"]
    place.ok("partnership", "edit", "--email", "coordinator@example.org")
    place.ok("minutes", "draft", "inaugural")
    file = place.register / "actions" / "2023" / f"{made}.toml"
    file.write_text(file.read_text() + "due = someday\n")
    for command in (["refresh", "inaugural"], ["draft", "autumn"]):
        assert "The minutes would lack it" in place.refused(4, "minutes", *command)
    assert "Nobody is reminded of it" in place.ok("action", "chase").err
