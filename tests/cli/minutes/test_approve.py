"""Minutes approved as a correct record, and corrected from then on."""

import hashlib

import pytest

from drafted_minutes import AUTUMN, MEETING, finish, owned, write


class TestApprove:
    @pytest.fixture(autouse=True)
    def _finished(self, minutes):
        finish(minutes)

    def test_the_day_the_meeting_and_the_text_are_kept(self, place, minutes):
        place.ok("minutes", "approve", "inaugural", "--at", "autumn", env=AUTUMN)
        text = minutes.read_bytes()
        assert b"\nApproved as a correct record on 6 September 2023, at Autumn.\n" in text
        assert b"Draft" not in text
        assert place.ok("meeting", "show", "inaugural", "--json").item["minutes"] == {
            "approved": "2023-09-06", "at": "2023-09-06-autumn", "sha256": hashlib.sha256(text).hexdigest(),
        }  # fmt: skip
        assert place.messages()[-1] == "Approve the minutes of Inaugural meeting on 7 June 2023 at Autumn"
        assert place.ok("check").out == ""

    def test_what_was_begun_and_not_finished_or_left_by_a_merge_is_in_the_way_and_nothing_lets_it_pass(
        self, place, minutes
    ):
        write(minutes, "It was noted that\n")
        for anyway in ([], ["--anyway"]):
            said = place.refused(4, "minutes", "approve", "inaugural", "--at", "autumn", *anyway)
            assert f"meetings/{MEETING}/minutes.md:62: nothing follows “It was noted that”" in said
        minutes.write_text(
            minutes.read_text().replace("It was noted that\n", "<<<<<<< HEAD\na\n=======\nb\n>>>>>>> kim\n")
        )
        for anyway in ([], ["--anyway"]):
            said = place.refused(4, "minutes", "approve", "inaugural", "--at", "autumn", *anyway)
            assert "lines 62, 66: git left its marks" in said
        assert f"meetings/{MEETING}/minutes.md:62: error: git left its marks" in place.run("check").out

    def test_what_is_not_settled_is_in_the_way_and_passes_when_told(self, place, minutes):
        write(minutes, "It was agreed that all meet.\n\nACTION Jon: Write\n")
        said = place.refused_all(4, "minutes", "approve", "inaugural", "--at", "autumn")
        assert ":62: seems to tell of a decision" in said
        assert ":64: names 'Jon'" in said
        assert "2 things in them are not settled. To approve them as they are: --anyway" in said
        answer = place.ok("minutes", "approve", "inaugural", "--at", "autumn", "--anyway", env=AUTUMN)
        assert ":64: names 'Jon'" in answer.err

    def test_they_say_which_meeting_it_was_as_it_is_when_they_are_approved(self, place, minutes):
        place.ok("meeting", "move", "inaugural", "--date", "2023-06-14", "--start", "10:00")
        place.ok("meeting", "edit", "inaugural", "--title", "First meeting", "--venue", "Town Hall")
        said = place.ok("minutes", "approve", "first", "--at", "autumn", env=AUTUMN).err
        assert "dated 14 June 2023" in said
        assert owned(minutes)["heading"].split("\n\n")[1:] == [
            "Wednesday 14 June 2023, 10:00 to 12:00",
            "Venue: Town Hall",
        ]
        for command in (["move", "first", "--date", "2023-06-21"], ["edit", "first", "--start", "11:00"]):
            said = place.refused(4, "meeting", *command)
            assert "were approved on 6 September 2023, and it does not move" in said

    def test_a_meeting_with_approved_minutes_does_not_move_whatever_moves_it(self, place, minutes):
        place.ok("meeting", "move", "inaugural", "--date", "2023-06-14")
        moved = place.git("rev-parse", "HEAD").strip()
        place.ok("minutes", "refresh", "inaugural")
        place.ok("minutes", "approve", "inaugural", "--at", "autumn", env=AUTUMN)
        assert "it does not move" in place.refused(5, "undo", moved, "--yes")
        said = place.refused(4, "meeting", "cancel", "inaugural", "--reason", "Snow", "--yes")
        assert "and it is not cancelled. What is wrong in them is put right with: slavefree minutes correct" in said
        editor = {"EDITOR": "sed -i s/14:00:00/15:00:00/"}
        shown = place.at_terminal("meeting", "edit", "inaugural", typed="n\n", env=editor, columns=300)
        assert "it does not move" in shown.out
        place.ok("meeting", "edit", "inaugural", "--venue", "Town Hall")
        path = place.register / MEETING / "meeting.toml"
        path.write_text(path.read_text().replace("date = 2023-06-14", "date = 2023-06-21"))
        checked = place.run("check")
        assert checked.code == 4
        assert (
            f"{MEETING}/minutes.md:5: error: is approved, and has another date or time than the meeting" in checked.out
        )
        place.refused(4, "commit")

    def test_a_heading_that_is_stale_is_told_and_is_in_the_way(self, place, minutes):
        text = "\n".join(
            line for line in minutes.read_text().split("\n") if "slavefree" not in line or "heading" not in line
        )
        minutes.write_text(text)
        place.ok("minutes", "refresh", "inaugural")
        place.ok("meeting", "move", "inaugural", "--date", "2023-06-14")
        said = place.ok("minutes", "refresh", "inaugural").err
        assert ":4: has another date than the meeting, Wednesday 14 June 2023; put it right." in said
        said = place.refused(4, "minutes", "approve", "inaugural", "--at", "autumn")
        assert "has another date than the meeting" in said
        assert "--anyway" in said
        place.ok("minutes", "approve", "inaugural", "--at", "autumn", "--anyway", env=AUTUMN)

    def test_a_number_of_an_item_that_shifted_is_in_the_way(self, place, minutes):
        place.ok("agenda", "move", "inaugural", "county", "--before", "welcome")
        said = place.refused_all(4, "minutes", "approve", "inaugural", "--at", "autumn")
        assert "“6. County Lines” is item 1 now; change its heading." in said

    def test_what_was_written_is_approved_with_the_line_ends_it_has(self, place, minutes):
        minutes.write_bytes(minutes.read_bytes().replace(b"\n", b"\r\n"))
        place.ok("minutes", "approve", "inaugural", "--at", "autumn", env=AUTUMN)
        assert place.ok("check").code == 0
        minutes.write_bytes(minutes.read_bytes().replace(b"\r\n", b"\n"))
        assert place.ok("check").code == 0, "a checkout with other line ends is no change"

    def test_from_then_on_the_text_does_not_change(self, place, minutes):
        place.ok("minutes", "approve", "inaugural", "--at", "autumn", env=AUTUMN)
        for command in ("refresh", "collect"):
            said = place.refused(4, "minutes", command, "inaugural")
            assert "were approved on 6 September 2023" in said
            assert "slavefree minutes correct 2023-06-07-inaugural TEXT" in said
        place.refused(5, "minutes", "draft", "inaugural", "--template", "action-notes")

    def test_one_letter_changed_by_other_means_is_found(self, place, minutes):
        place.ok("minutes", "approve", "inaugural", "--at", "autumn", env=AUTUMN)
        minutes.write_text(minutes.read_text().replace("Welcome", "welcome"))
        checked = place.run("check")
        assert checked.code == 4
        assert (
            f"meetings/{MEETING}/minutes.md: error: was approved on 6 September 2023 and has been changed since"
            in checked.out
        )
        assert "This is not what was approved on 6 September 2023" in place.ok("minutes", "show", "inaugural").err
        place.refused(4, "commit")
        minutes.unlink()
        assert f"meetings/{MEETING}/minutes.md: error: was approved" in place.run("check").out
        place.refused(4, "minutes", "draft", "inaugural")

    def test_when_and_where_they_cannot_be(self, place, minutes):
        assert "cannot approve its own minutes" in place.refused(
            4, "minutes", "approve", "inaugural", "--at", "inaugural"
        )
        place.ok("meeting", "add", "Founding", "--date", "2023-05-01")
        assert "is before Inaugural meeting" in place.refused(4, "minutes", "approve", "inaugural", "--at", "founding")
        place.refused(3, "minutes", "approve", "inaugural", "--at", "nothing")
        place.refused(3, "minutes", "approve", "founding", "--at", "autumn")
        place.ok("meeting", "add", "Winter", "--date", "2023-12-06")
        place.ok("meeting", "cancel", "winter", "--reason", "Snow", "--yes")
        assert "was cancelled" in place.refused(4, "minutes", "approve", "inaugural", "--at", "winter")
        place.ok("minutes", "approve", "inaugural", "--at", "autumn", env=AUTUMN)
        assert "were approved already, on 6 September 2023" in place.refused(
            4, "minutes", "approve", "inaugural", "--at", "autumn"
        )

    def test_at_a_meeting_that_is_still_to_come_they_are_not(self, place, minutes):
        for at in (["--at", "autumn"], ["--at", "autumn", "--anyway"]):
            said = place.refused(4, "minutes", "approve", "inaugural", *at)
            assert "Autumn is not until 6 September 2023, 14:00, and has approved nothing yet" in said
        place.refused(4, "minutes", "approve", "inaugural", "--at", "autumn", env={"SOURCE_DATE_EPOCH": "1694005199"})
        place.ok("minutes", "approve", "inaugural", "--at", "autumn", env={"SOURCE_DATE_EPOCH": "1694005200"})

    def test_at_a_meeting_of_another_group_they_are_only_when_told(self, place, minutes):
        place.ok("group", "add", "Board")
        place.ok("meeting", "edit", "autumn", "--group", "board")
        said = place.refused(4, "minutes", "approve", "inaugural", "--at", "autumn", env=AUTUMN)
        assert "is a meeting of Board, and the minutes of Inaugural meeting" in said
        assert "are of the whole partnership. To approve them as they are: --anyway" in said
        assert (
            "is a meeting of Board"
            in place.ok("minutes", "approve", "inaugural", "--at", "autumn", "--anyway", env=AUTUMN).err
        )

    def test_lines_that_are_no_records_yet_are_collected_first(self, place, minutes):
        write(minutes, "ACTION Colin: Map them\nACTION Jon: Write\n")
        said = place.refused_all(4, "minutes", "approve", "inaugural", "--at", "autumn")
        assert "minutes.md:62: an action or decision is no record yet" in said
        assert ":63: names 'Jon'" in said

    def test_an_approval_entered_by_hand_at_an_earlier_meeting_is_found(self, place, minutes):
        path = place.register / MEETING / "meeting.toml"
        digest = hashlib.sha256(minutes.read_bytes()).hexdigest()
        path.write_text(
            path.read_text() + f'\n[minutes]\napproved = 2023-06-07\nat = "{MEETING}"\nsha256 = "{digest}"\n'
        )
        assert "minutes.at names 2023-06-07-inaugural, which is not after" in place.run("check").out


class TestCorrect:
    @pytest.fixture(autouse=True)
    def _finished(self, minutes):
        finish(minutes)

    def test_a_dated_correction_is_shown_and_the_text_stays(self, place, minutes):
        place.ok("minutes", "approve", "inaugural", "--at", "autumn", env=AUTUMN)
        before = minutes.read_bytes()
        made = place.ok("minutes", "correct", "inaugural", "Cllr *Young* came.", "--json", env=AUTUMN).item
        ((code, correction),) = made["corrections"].items()
        assert correction == {"at": "2023-09-06T16:00:00Z", "text": "Cllr *Young* came."}
        assert minutes.read_bytes() == before
        shown = place.ok("minutes", "show", "inaugural").out
        assert shown.endswith(
            "## Corrections since approval\n\n"
            f"- Wednesday 6 September 2023, 17:00 [{code.upper()}]: Cllr \\*Young\\* came.\n"
        )
        assert place.ok("check").out == ""

    def test_a_draft_is_written_in_itself(self, place, minutes):
        said = place.refused(4, "minutes", "correct", "inaugural", "x")
        assert f"are not approved yet; write in meetings/{MEETING}/minutes.md itself" in said
