"""Minutes from draft to approved: written in, renewed, collected from, approved, corrected."""

import hashlib
from datetime import date
from functools import partial

import pytest

from slavefree_cli.minutes.owned import parts
from slavefree_cli.register import door
from slavefree_cli.register.desk import Desk
from slavefree_cli.work.minutes import approving, collecting, drafting, volume

MEETING = "2023-06-07-inaugural"
JUNE = {"SOURCE_DATE_EPOCH": "1686300000"}  # Friday 9 June 2023
AUTUMN = {"SOURCE_DATE_EPOCH": "1694016000"}  # Wednesday 6 September 2023, 17:00 in London


def with_minutes(place):
    place.env.update(JUNE)
    place.ok("meeting", "add", "Autumn", "--date", "2023-09-06", "--start", "2pm")
    place.ok("agenda", "add", "inaugural", "County Lines", "--before", "other")
    place.ok("minutes", "draft", "inaugural")


@pytest.fixture
def minutes(place, prepared):
    """The file of drafted minutes, with an item to write under and a later meeting to approve them at."""
    place.env.update(JUNE)
    return prepared(place, with_minutes).register / MEETING / "minutes.md"


def with_part_two(place):
    with_minutes(place)
    place.ok("agenda", "add", "inaugural", "CANARY", "--restricted", "CANARY")
    place.ok("minutes", "draft", "inaugural", "--restricted")
    place.ok("minutes", "refresh", "inaugural")


def write(minutes, text, under="## 6. County Lines\n"):
    """Type something below a heading, keeping the line ends."""
    content = minutes.read_bytes()
    newline = b"\r\n" if b"\r\n" in content else b"\n"
    head, heading, rest = content.partition(under.encode().replace(b"\n", newline))
    assert heading
    minutes.write_bytes(head + heading + newline + text.encode().replace(b"\n", newline) + newline + rest)


def finish(minutes):
    """Write on where a sentence was begun for whoever writes the minutes."""
    minutes.write_bytes(
        minutes.read_bytes().replace(b"It was noted that", b"It was noted that there were three referrals.")
    )


def owned(minutes):
    return {each.name: each.body for each in parts(minutes.read_text())}


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
        approving.approve(desk, read, desk.records.meetings["2023-09-06-autumn"], date(2023, 9, 6))
    else:
        {"refresh": drafting.refresh, "collect": collecting.collect}[command](desk, read)
    assert "Written meanwhile.\n" in minutes.read_text()


def test_action_notes_are_shown_while_the_minutes_are_being_written(place, minutes):
    write(minutes, "ACTION Colin by 1 July 2023: Map them\n")
    place.ok("minutes", "collect", "inaugural")
    before = place.files()
    shown = place.ok("minutes", "show", "inaugural", "--template", "action-notes").out
    assert "| Map them | Colin Cox | 1 July 2023 |" in shown
    assert "<!--" not in shown
    assert "\n\n\n" not in shown
    assert place.files() == before
    place.refused(3, "minutes", "show", "inaugural", "--template", "nothing")


class TestCollect:
    def test_lines_become_records_of_their_item_and_get_their_references(self, place, minutes):
        write(minutes, "- ACTION Colin and Barnardos by 1 September 2023: Map them\n**DECISION: It was agreed.**\n")
        made = place.ok("minutes", "collect", "inaugural", "--json").items
        action, decision = (place.ok(each["kind"], "show", each["id"], "--json").item for each in made)
        assert (action["title"], action["owner"], action["with"], action["due"]) == (
            "Map them", "colin-cox", ["barnardos"], "2023-09-01",
        )  # fmt: skip
        assert (action["meeting"], action["item"], action["raised"]) == (MEETING, "county-lines", "2023-06-07")
        assert (decision["text"], decision["item"], decision["taken"]) == (
            "It was agreed.", "county-lines", "2023-06-07",
        )  # fmt: skip
        text = minutes.read_text()
        assert f"- ACTION [{action['id'].upper()}] Colin and Barnardos by 1 September 2023: Map them\n" in text
        assert f"**DECISION [{decision['id'].upper()}]: It was agreed.**\n" in text
        assert f"| {action['id'].upper()} | Map them |" in owned(minutes)["actions"], "and they are listed at once"
        assert f"| {decision['id'].upper()} | It was agreed. |" in owned(minutes)["decisions"]
        assert place.messages()[-1] == (
            "Collect 1 action and 1 decision from the minutes of Inaugural meeting on 7 June 2023"
        )

    def test_to_collect_again_adds_nothing(self, place, minutes):
        write(minutes, "ACTION Colin: Map them\n")
        place.ok("minutes", "collect", "inaugural")
        before = place.files(), place.head()
        answer = place.ok("minutes", "collect", "inaugural", "--json")
        assert (answer.items, place.files(), place.head()) == ([], *before)

    def test_what_is_understood_is_collected_and_each_line_that_is_not_is_named(self, place, minutes):
        write(minutes, "ACTION Colin: Map them\nACTION Jon: Write\nIt was agreed that all meet.\nDECISION\n")
        answer = place.ok("minutes", "collect", "inaugural", "--json")
        assert [each["text"] for each in answer.items] == ["Map them"]
        told = [
            f"meetings/{MEETING}/minutes.md:63: names 'Jon', whom no member or person fits.",
            f"meetings/{MEETING}/minutes.md:64: seems to tell of a decision; if it is one, write it as DECISION: text.",
            f"meetings/{MEETING}/minutes.md:65: has no colon; write it as DECISION: text.",
        ]
        assert answer.err.splitlines() == [*told, "Collected 1 action"]

    def test_where_nothing_is_understood_nothing_is_collected(self, place, minutes):
        write(minutes, "ACTION Jon: Write\nDECISION\n")
        before = place.files(), place.head()
        answer = place.run("minutes", "collect", "inaugural")
        assert (answer.code, answer.out, place.files(), place.head()) == (4, "", *before)
        assert answer.err.splitlines() == [
            f"meetings/{MEETING}/minutes.md:62: names 'Jon', whom no member or person fits.",
            f"meetings/{MEETING}/minutes.md:63: has no colon; write it as DECISION: text.",
            "slavefree: Nothing is collected, as 2 lines cannot be understood.",
        ]
        minutes.write_text(minutes.read_text().replace("DECISION\n", ""))
        said = place.refused(4, "minutes", "collect", "inaugural")
        assert f"Nothing is collected: meetings/{MEETING}/minutes.md:62: names 'Jon'" in said

    def test_running_text_that_seems_to_tell_of_a_decision_is_told_and_is_no_error(self, place, minutes):
        write(minutes, "It was agreed that all meet.\n")
        said = place.ok("minutes", "collect", "inaugural").err
        assert ":62: seems to tell of a decision" in said
        assert "There is nothing to collect." in said

    def test_a_ticked_box_is_a_done_action(self, place, minutes):
        write(minutes, "- [x] ACTION Colin: Map them\n- [ ] ACTION Colin: Write\n")
        done, to_do = place.ok("minutes", "collect", "inaugural", "--json").items
        shown = [place.ok("action", "show", each["id"], "--json").item for each in (done, to_do)]
        assert [(each["status"], each["closed"]) for each in shown] == [("done", "2023-06-07"), ("open", None)]
        minutes.write_text(minutes.read_text().replace("- [ ]", "- [x]"))
        said = place.ok("minutes", "collect", "inaugural").err
        assert f"is ticked, and action {to_do['id'].upper()} is open; close it" in said

    def test_the_chair_and_the_coordinator_can_be_named_so(self, place, minutes):
        place.ok("meeting", "edit", "inaugural", "--chair", "julie")
        write(minutes, "ACTION Chair: Write\nACTION Coordinator: Ring\n")
        answer = place.ok("minutes", "collect", "inaugural", "--json")
        assert [each["owner"] for each in answer.items] == ["julie-young"]
        assert ":63: names 'Coordinator', whom no member or person fits" in answer.err

    def test_a_reference_that_was_copied_lost_or_cut_makes_no_second_record(self, place, minutes):
        write(minutes, "ACTION Colin: Map them\n\nACTION Colin: Write\n\nACTION Colin: Ring\n")
        first, second, third = (
            each["id"].upper() for each in place.ok("minutes", "collect", "inaugural", "--json").items
        )
        text = minutes.read_text()
        text = text.replace(f"ACTION [{second}]", f"ACTION [{first}]").replace(
            f"[{third}] Colin", f"[{third[:3]}] Colin"
        )
        minutes.write_text(text.replace(f"ACTION [{first}] Colin: Map", "ACTION Colin: Map", 1))
        said = place.refused_all(4, "minutes", "collect", "inaugural")
        assert f":62: says what {first} says" in said
        assert f":64: says otherwise than the record {first}" in said
        assert f":66: has '[{third[:3]}]' where a reference belongs" in said
        minutes.write_text(minutes.read_text().replace(f"ACTION [{first}]", "ACTION"))
        said = place.refused_all(4, "minutes", "collect", "inaugural")
        assert f":62: says what {first} says, and has not its reference; put [{first}] after ACTION" in said
        assert f":64: says what {second} says" in said
        assert len(place.ok("action", "list", "--json").items) == 3

    def test_what_is_told_of_actions_closes_notes_and_moves_them(self, place, minutes):
        made = [
            place.ok("action", "add", title, "--owner", "colin", "--due", "2023-05-20", "--json").item["id"].upper()
            for title in ("Map", "Write", "Ring")
        ]
        write(minutes, f"DONE {made[0]}: It is mapped.\n\nUPDATE {made[1]}: Half.\n\nDUE {made[2]} Friday: Late.\n")
        told = place.refused_all(4, "minutes", "collect", "inaugural")
        assert "was raised after the meeting" in told
        for each in made:
            path = next(place.register.glob(f"actions/*/{each.lower()}.toml"))
            path.write_text(path.read_text().replace("raised = 2023-06-09", "raised = 2023-05-01"))
        answer = place.ok("minutes", "collect", "inaugural", "--json")
        assert [(each["kind"], each["text"]) for each in answer.items] == [
            ("done", "It is mapped."), ("update", "Half."), ("due", "2023-05-20 → 2023-06-09: Late."),
        ]  # fmt: skip
        assert "Collected 3 reports" in answer.err
        assert ":66: is due Friday 9 June 2023" in answer.err
        mapped, written, rung = (place.ok("action", "show", each, "--json").item for each in made)
        assert (mapped["status"], mapped["closed"], rung["due"]) == ("done", "2023-06-07", "2023-06-09")
        assert [note["kind"] for each in (mapped, written, rung) for note in each["notes"].values()] == [
            "closing", "progress", "due",
        ]  # fmt: skip
        ((code, note),) = written["notes"].items()
        assert note["at"] == "2023-06-07T15:00:00Z", "when the meeting ended"
        assert f"UPDATE {made[1]} [{code.upper()}]: Half.\n" in minutes.read_text()
        assert f"- {made[1]}, 7 June 2023: Half." in owned(minutes)["matters-arising"]
        before = place.files(), place.head()
        assert place.ok("minutes", "collect", "inaugural", "--json").items == []
        assert (place.files(), place.head()) == before

    def test_decisions_are_listed_in_the_order_in_which_they_stand(self, place, minutes):
        write(minutes, "".join(f"DECISION: Number {number}.\n\n" for number in range(1, 8)))
        place.ok("minutes", "collect", "inaugural")
        place.ok("decision", "add", "Welcome.", "--meeting", "inaugural", "--item", "welcome")
        place.ok("minutes", "refresh", "inaugural")
        listed = [line.split(" | ")[1] for line in owned(minutes)["decisions"].splitlines()[2:]]
        assert listed == ["Welcome.", *(f"Number {number}." for number in range(1, 8))]

    def test_a_decision_that_was_withdrawn_or_superseded_is_marked(self, place, minutes):
        write(minutes, "DECISION: Every member pays.\n\nDECISION: Meet monthly.\n")
        first, second = (each["id"] for each in place.ok("minutes", "collect", "inaugural", "--json").items)
        place.ok("decision", "withdraw", first)
        later = place.ok("decision", "add", "Meet daily.", "--meeting", "autumn", "--supersedes", second, "--json").item
        place.ok("minutes", "refresh", "inaugural")
        said = place.ok("minutes", "collect", "inaugural").err
        assert f"has decision {first.upper()}, which was withdrawn on 9 June 2023" in said
        assert "| Every member pays. (withdrawn on 9 June 2023) |" in owned(minutes)["decisions"]
        assert f"| Meet monthly. (superseded by {later['id'].upper()}) |" in owned(minutes)["decisions"]
        notes = place.ok("minutes", "show", "inaugural", "--template", "action-notes").out
        assert notes.count("Every member pays. (withdrawn on 9 June 2023)") == 2
        minutes.unlink()
        place.ok("minutes", "draft", "inaugural")
        assert "says otherwise" not in place.ok("minutes", "collect", "inaugural").err
        finish(minutes)
        place.ok("minutes", "approve", "inaugural", "--at", "autumn", env=AUTUMN)
        place.ok("decision", "withdraw", second)
        shown = place.ok("minutes", "show", "inaugural").out
        assert f"## Since approval\n\n- Decision {second.upper()} was withdrawn on 9 June 2023.\n" in shown

    def test_why_a_decision_was_withdrawn_stands_where_it_is_marked(self, place, minutes):
        why = "The county pays (all of it | now)."
        write(minutes, "DECISION: Every member pays.\n\nDECISION: Meet monthly.\n")
        first, second = (each["id"] for each in place.ok("minutes", "collect", "inaugural", "--json").items)
        said = place.ok("decision", "withdraw", first, "--because", why).err
        assert f"Withdrew decision {first.upper()}: Every member pays." in said
        assert f"reason\t{why}\n" in place.ok("decision", "show", first).out
        place.ok("minutes", "refresh", "inaugural")
        marked = "(withdrawn on 9 June 2023: The county pays (all of it \\| now).)"
        assert f"| Every member pays. {marked} |" in owned(minutes)["decisions"]
        minutes.unlink()
        place.ok("minutes", "draft", "inaugural")
        assert "says otherwise" not in place.ok("minutes", "collect", "inaugural").err
        finish(minutes)
        place.ok("minutes", "approve", "inaugural", "--at", "autumn", env=AUTUMN)
        place.ok("decision", "withdraw", second, "--because", why)
        shown = place.ok("minutes", "show", "inaugural").out
        assert f"- Decision {second.upper()} was withdrawn on 9 June 2023: The county pays (all of it" in shown

    def test_an_owner_who_had_left(self, place, minutes):
        place.ok("person", "leave", "colin", "--on", "2023-06-01")
        write(minutes, "ACTION Colin: Map them\n")
        assert "names Colin Cox, who had left the partnership" in place.refused(4, "minutes", "collect", "inaugural")

    def test_the_line_ends_of_windows_and_a_byte_order_mark_stay(self, place, minutes):
        minutes.write_bytes(b"\xef\xbb\xbf" + minutes.read_bytes().replace(b"\n", b"\r\n"))
        write(minutes, "ACTION Colin: Map them\n")
        place.ok("minutes", "collect", "inaugural")
        content = minutes.read_bytes()
        assert content.startswith(b"\xef\xbb\xbf<!-- slavefree heading")
        assert content.count(b"\n") == content.count(b"\r\n")
        assert b"] Colin: Map them\r\n" in content
        assert place.ok("minutes", "collect", "inaugural", "--json").items == []
        assert "Nothing has changed" in place.ok("minutes", "refresh", "inaugural").err

    def test_lists_that_cannot_be_renewed_are_said_so_and_it_is_collected_all_the_same(self, place, minutes):
        write(minutes, "ACTION Colin: Map them\n")
        minutes.write_text(minutes.read_text().replace("None.", "None. So far."))
        answer = place.ok("minutes", "collect", "inaugural", "--json")
        assert len(answer.items) == 1
        assert "The lists in the minutes are not renewed." in answer.err
        assert "None. So far." in minutes.read_text()

    def test_what_has_a_reference_and_no_record_is_said(self, place, minutes):
        write(minutes, "Action Colin: Map them\nDECISION [ZZZZZ]: Gone\n")
        answer = place.ok("minutes", "collect", "inaugural")
        assert ":63: has the reference ZZZZZ, and there is no such record here; take it out" in answer.err
        assert "Map them" in answer.out

    def test_a_line_that_was_changed_afterwards_is_said_to_differ_from_its_record(self, place, minutes):
        finish(minutes)
        write(minutes, "ACTION Colin and Julie by 1 July 2023: Map *them*\n\n**DECISION: Agreed.**\n")
        place.ok("minutes", "collect", "inaugural")
        assert "says otherwise" not in place.ok("minutes", "collect", "inaugural").err
        minutes.write_text(minutes.read_text().replace("by 1 July 2023: Map", "by 1 August 2023: Map"))
        for command in (["collect", "inaugural"], ["approve", "inaugural", "--at", "autumn"]):
            said = place.ok("minutes", *command, env=AUTUMN).err
            assert said.count("says otherwise than the record") == 1
            assert "change one of the two: slavefree action edit" in said

    def test_minutes_of_nearly_5_mb_and_more(self, place, minutes):
        write(minutes, "It was noted that.\n" * 250_000 + "ACTION Colin: Map them\n")
        assert len(place.ok("minutes", "collect", "inaugural", "--json").items) == 1
        with minutes.open("a") as file:
            file.write("x" * 1_000_000)
        assert "is larger than 5 MB" in place.refused(4, "minutes", "collect", "inaugural")

    def test_minutes_that_are_no_text(self, place, minutes):
        minutes.write_bytes(b"# One\n\xff\n")
        for command in ("collect", "refresh", "show"):
            assert "minutes.md:2: is not UTF-8" in place.refused(4, "minutes", command, "inaugural")


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


class TestPartTwo:
    @pytest.fixture
    def secret(self, place, minutes, prepared):
        """The file of drafted restricted minutes."""
        return prepared(place, with_part_two).register / "restricted" / MEETING / "minutes.md"

    def leaks(self, place):
        files = [name for name, content in place.files().items() if b"CANARY" in content and "restricted/" not in name]
        return files + [each for each in place.git("log", "--format=%B").splitlines() if "CANARY" in each]

    def test_restricted_items_are_minuted_apart(self, place, secret):
        text = secret.read_text()
        assert "## 7. CANARY\n\nTaken in private: CANARY\n" in text
        assert "County Lines" not in text
        assert self.leaks(place) == []

    def test_what_is_collected_there_is_restricted(self, place, secret):
        write(secret, "ACTION Colin: CANARY\nDECISION: CANARY\n", under="## 7. CANARY\n")
        made = place.ok("minutes", "collect", "inaugural", "--restricted", "--json").items
        assert [(each["kind"], each["restricted"], each["item"][:5]) for each in made] == [
            ("action", True, "item-"), ("decision", True, "item-"),
        ]  # fmt: skip
        assert f"| {made[0]['id'].upper()} | CANARY |" in secret.read_text()
        place.ok("minutes", "refresh", "inaugural")
        place.ok("minutes", "draft", "autumn")
        assert self.leaks(place) == []
        assert place.ok("check").out == ""

    def test_open_ones_come_back_to_the_next_part_two_alone(self, place, secret):
        write(secret, "ACTION Colin: CANARY\n", under="## 7. CANARY\n")
        place.ok("minutes", "collect", "inaugural", "--restricted")
        place.ok("minutes", "draft", "autumn", "--restricted")
        text = (place.register / "restricted" / "2023-09-06-autumn" / "minutes.md").read_text()
        assert "| CANARY | Colin Cox | no date | open | 1 |" in text

    def test_nothing_is_collected_under_a_restricted_item_of_the_open_minutes(self, place, secret, minutes):
        minutes.unlink()
        place.ok("minutes", "draft", "inaugural")
        write(minutes, "DECISION: x\n", under="## 7. Restricted item\n")
        said = place.refused(4, "minutes", "collect", "inaugural")
        assert "stands under a restricted item; write it in the minutes of Part Two" in said

    def test_they_are_approved_and_corrected_in_the_restricted_tree(self, place, secret):
        finish(secret)
        before = (place.register / MEETING / "meeting.toml").read_bytes()
        place.ok("minutes", "approve", "inaugural", "--at", "autumn", "--restricted", env=AUTUMN)
        place.ok("minutes", "correct", "inaugural", "CANARY", "--restricted")
        assert (place.register / MEETING / "meeting.toml").read_bytes() == before
        assert "CANARY" in place.ok("minutes", "show", "inaugural", "--restricted").out
        assert place.ok("check").out == ""
        secret.write_text(secret.read_text().replace("private", "Private"))
        assert f"meetings/restricted/{MEETING}/minutes.md: error: was approved" in place.run("check").out
        assert self.leaks(place) == []

    def test_a_meeting_without_restricted_items_has_none(self, place, minutes):
        assert "has no restricted items in this clone" in place.refused(
            4, "minutes", "draft", "inaugural", "--restricted"
        )


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
