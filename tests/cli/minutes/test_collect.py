"""What was typed in the meeting collected from its minutes, and the action notes that it makes."""

from drafted_minutes import AUTUMN, MEETING, finish, owned, write


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

    def test_an_open_action_that_is_typed_again_is_told_and_is_no_second_record(self, place, minutes):
        write(minutes, "ACTION Colin: map the first responders\n")
        told = place.ok("action", "add", "Map the first responders.", "--owner", "colin", "--json")
        code = told.item["id"].upper()
        said = place.refused(4, "minutes", "collect", "inaugural")
        assert f"says what action {code} says, which is open still; put [{code}] after ACTION, tell of that as" in said
        again = place.ok("action", "add", "Map the first responders.", "--owner", "colin")
        assert f"Action {code} of the same owner says the same, and is open; both are kept." in again.err
        assert "says the same" not in told.err
        write(minutes, "ACTION Julie: map the first responders\n")
        assert len(place.ok("minutes", "collect", "inaugural", "--json").items) == 1, "which is somebody else's"

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

    def test_of_a_decision_the_file_of_its_record_is_named_as_no_command_changes_it(self, place, minutes):
        finish(minutes)
        write(minutes, "DECISION: The terms stand.\n")
        ref = place.ok("minutes", "collect", "inaugural", "--json").items[0]["id"]
        minutes.write_text(minutes.read_text().replace("The terms stand", "The terms fall"))
        said = place.ok("minutes", "collect", "inaugural").err
        assert f"decisions/2023/{ref}.toml." in said

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
