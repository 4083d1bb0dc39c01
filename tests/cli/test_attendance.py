"""Attendance: by options, and ticked off at a terminal with one key each."""

import pytest

LATER = {"SOURCE_DATE_EPOCH": "1686200000"}  # Thursday 8 June 2023


def people(place):
    item = place.ok("attendance", "show", "inaugural", "--json").item
    return {each["person"]: each for each in item["people"]}


def with_a_deputy_and_a_guest(place):
    place.ok("person", "add", "Sam Guest", "--of", "essex-police", "--deputy")
    place.ok("person", "add", "Ann Outside")


@pytest.fixture
def meeting(place, prepared):
    """A small partnership after its first meeting, with a deputy and a guest."""
    place.env.update(LATER)
    return prepared(place, with_a_deputy_and_a_guest)


def record(place, *options, **how):
    place.ok("attendance", "record", "inaugural", *options, **how)


def test_what_is_recorded_after_the_minutes_were_approved_is_said_to_be_no_part_of_them(place):
    place.env["SOURCE_DATE_EPOCH"] = "1694080800"  # Thursday 7 September 2023
    place.ok("meeting", "add", "Autumn", "--date", "2023-09-06")
    place.ok("minutes", "draft", "inaugural")
    place.ok("minutes", "approve", "inaugural", "--at", "autumn", "--anyway")
    for command in (
        ["attendance", "record", "inaugural", "--present", "colin"],
        ["meeting", "edit", "inaugural", "--venue", "The Annexe"],
    ):
        assert "stay as they are; where they are wrong: slavefree minutes correct" in place.ok(*command).err
    assert "approved" not in place.ok("meeting", "edit", "inaugural", "--link", "https://example.org").err


def test_people_in_one_option_are_to_be_named_one_at_a_time(place):
    said = place.refused(3, "attendance", "record", "inaugural", "--present", "colin,julie")
    assert said.endswith("Name them one at a time, each with the option again. See: slavefree person list.\n")
    assert "one at a time" not in place.refused(3, "attendance", "record", "inaugural", "--present", "colin,nobody")


class TestByOptions:
    def test_people_are_shown_in_the_order_of_a_people_block(self, meeting):
        meeting.ok("meeting", "edit", "inaugural", "--chair", "julie")
        record(meeting, "--absent", "colin", "--in-attendance", "ann", "--present", "sam", "--present", "julie")
        assert list(people(meeting)) == ["julie-young", "sam-guest", "ann-outside", "colin-cox"]

    def test_what_is_not_named_stays_as_recorded(self, meeting):
        record(meeting, "--present", "colin", "--video", "colin", "--late", "colin=2")
        record(meeting, "--apologies", "julie")
        colin = people(meeting)["colin-cox"]
        assert (colin["outcome"], colin["by_video"], colin["arrived"]) == ("present", True, "apologies")

    @pytest.mark.parametrize(
        ("code", "options", "said"),
        [
            (3, ["--present", "nobody"], "No person fits 'nobody'"),
            (3, ["--late", "colin=nothing"], "No agenda item fits 'nothing'"),
            (4, ["--present", "colin", "--apologies", "colin"], "cannot be both present and apologies"),
            (4, ["--late", "colin=5", "--back", "colin=2"], "came back without having left before"),
            (2, ["--deputy", "sam"], "--deputy takes PERSON=SOMETHING, not 'sam'"),
            (2, [], "Say who came"),
        ],
    )
    def test_what_is_refused(self, meeting, code, options, said):
        assert said in meeting.refused(code, "attendance", "record", "inaugural", *options)

    def test_who_turns_out_not_to_have_come_stands_for_nobody(self, meeting):
        record(meeting, "--deputy", "colin=julie")
        assert people(meeting)["colin-cox"]["representing"] == "barnardos"
        record(meeting, "--apologies", "colin")
        colin = people(meeting)["colin-cox"]
        assert (colin["outcome"], colin["representing"], colin["deputy_for"]) == ("apologies", None, None)

    def test_a_deputy_for_somebody_recorded_as_present_before(self, meeting):
        record(meeting, "--present", "colin")
        said = meeting.refused(4, "attendance", "record", "inaugural", "--deputy", "sam=colin")
        assert "Sam Guest cannot be the deputy of Colin Cox, who was there in person" in said
        assert "--deputy sam-guest= or --present colin-cox=" in said
        assert "their own deputy" in meeting.refused(4, "attendance", "record", "inaugural", "--deputy", "sam=sam")
        record(meeting, "--present", "colin-cox=", "--deputy", "sam=colin")

    def test_a_cancelled_meeting_was_attended_by_nobody(self, meeting):
        meeting.ok("meeting", "cancel", "inaugural", "--reason", "Snow", "--yes")
        assert "nobody attended it" in meeting.refused(4, "attendance", "record", "inaugural", "--present", "colin")


class TestChecklist:
    """Everybody invited in turn, by name: Colin Cox, Julie Young, Sam Guest."""

    def ticked(self, place, typed, code=0, **options):
        shown = place.at_terminal("attendance", "record", "inaugural", typed=typed, **options)
        assert shown.code == code, shown.out
        return shown.out

    def test_one_key_each(self, meeting):
        shown = self.ticked(meeting, "pvx")
        assert "1/3  Colin Cox, Essex Police: " in shown
        found = people(meeting)
        assert [(each["outcome"], each["by_video"]) for each in found.values()] == [
            ("present", False), ("present", True), ("absent", False),
        ]  # fmt: skip
        assert meeting.messages()[-1] == "Record the attendance of Inaugural meeting on 7 June 2023"

    def test_enter_leaves_somebody_as_they_are_and_other_keys_do_nothing(self, meeting):
        record(meeting, "--apologies", "colin")
        shown = self.ticked(meeting, "\rzp\r")
        assert "Colin Cox, Essex Police [apologies]: " in shown
        assert {id: each["outcome"] for id, each in people(meeting).items()} == {
            "julie-young": "present", "colin-cox": "apologies",
        }  # fmt: skip

    def test_a_deputy_is_asked_for_by_name(self, meeting):
        shown = self.ticked(meeting, "dnobody\rsam\rpp")
        assert "No person fits 'nobody'" in shown
        found = people(meeting)
        assert found["colin-cox"]["outcome"] == "apologies"
        assert (found["sam-guest"]["deputy_for"], found["sam-guest"]["outcome"]) == ("colin-cox", "present")

    def test_an_arrow_is_no_letter(self, meeting):
        self.ticked(meeting, "\x1b[Ap\rq")
        assert {id: each["outcome"] for id, each in people(meeting).items()} == {"colin-cox": "present"}

    def test_going_back(self, meeting):
        self.ticked(meeting, "xbpq")
        assert {id: each["outcome"] for id, each in people(meeting).items()} == {"colin-cox": "present"}

    def test_broken_off_what_is_ticked_off_is_kept(self, meeting):
        shown = self.ticked(meeting, "p", code=130, ctrl_c_at="2/3")
        assert "Recorded 1 of Inaugural meeting on 7 June 2023" in shown
        assert list(people(meeting)) == ["colin-cox"]

    def test_what_contradicts_itself_is_asked_again_with_everything_kept(self, meeting):
        shown = self.ticked(meeting, "dsam\rpxy\r\rp")
        assert "Sam Guest cannot be both" in shown
        assert "[apologies, a deputy came]" in shown
        found = people(meeting)
        assert {id: each["outcome"] for id, each in found.items()} == {
            "julie-young": "present", "sam-guest": "present", "colin-cox": "apologies",
        }  # fmt: skip

    def test_nothing_ticked_off_changes_nothing(self, meeting):
        head = meeting.head()
        assert "Nothing is changed." in self.ticked(meeting, "q")
        assert meeting.head() == head


def test_at_a_terminal_names_stand_for_ids_and_numbers_for_items(meeting):
    record(meeting, "--deputy", "sam=colin", "--late", "sam=3", "--interest", "julie=2")
    shown = meeting.at_terminal("attendance", "show", "inaugural").out
    assert "Sam Guest" in shown
    assert "Essex Police" in shown
    assert "item 3" in shown
    assert "item 2" in shown


class TestInAdvance:
    """Before the meeting: answers and apologies side by side."""

    @pytest.fixture
    def before(self, meeting):
        meeting.env["SOURCE_DATE_EPOCH"] = "1683622800"  # 9 May 2023
        meeting.ok("partnership", "edit", "--quorum", "1")
        return meeting

    def forecast(self, place):
        return place.ok("attendance", "show", "inaugural", "--json").item["answers"]

    def test_an_apology_does_not_end_the_forecast(self, before):
        before.ok("attendance", "reply", "inaugural", "colin", "accepted")
        record(before, "--apologies", "julie")
        found = self.forecast(before)
        assert (found["coming"], found["not_coming"], found["apologies"]) == (
            ["colin-cox"], ["julie-young"], ["julie-young"],
        )  # fmt: skip
        shown = before.ok("attendance", "show", "inaugural")
        assert "1 coming, 1 not coming (1 with apologies), 0 not sure, 1 no answer." in shown.err
        assert "Quorum to be expected: met (1 member, 1 needed)" in shown.err
        assert "julie-young\t\tapologies\t" in shown.out
        assert "colin-cox\taccepted\t\t" in shown.out

    def test_apologies_and_absence_of_a_guest_who_is_not_invited_are_shown_too(self, before):
        record(before, "--absent", "ann", "--apologies", "julie")
        assert set(people(before)) == {"colin-cox", "julie-young", "sam-guest", "ann-outside"}

    def test_a_draft_says_that_nobody_is_recorded_yet_and_has_the_apologies(self, before):
        record(before, "--apologies", "julie")
        before.ok("minutes", "draft", "inaugural")
        text = (before.register / "2023-06-07-inaugural" / "minutes.md").read_text()
        assert "Attendance has not been recorded yet." in text
        assert "- Julie Young" in text
        assert "Quorum" not in text.partition("## ")[0]

    def test_who_declined_may_still_change_their_mind_until_it_is_recorded_who_came(self, before):
        before.ok("attendance", "reply", "inaugural", "colin", "declined")
        record(before, "--apologies", "julie")
        assert people(before)["colin-cox"]["outcome"] is None
        before.ok("attendance", "reply", "inaugural", "colin", "accepted")
        assert self.forecast(before)["coming"] == ["colin-cox"]
        before.ok("attendance", "reply", "inaugural", "sam", "declined")
        record(before, "--present", "colin", env=LATER)
        assert people(before)["sam-guest"]["outcome"] == "apologies"
        assert self.forecast(before) is None

    def test_an_answer_by_voice_is_one_commit_with_its_comment_shown_and_not_in_the_history(self, before):
        said = before.ok("attendance", "reply", "inaugural", "colin", "tentative", "--comment", "Train strike")
        assert "Recorded: Colin Cox, tentative, Inaugural meeting on 7 June 2023" in said.err
        assert "colin-cox\ttentative\t\t\t\t\t\t\t\t\t\tTrain strike\n" in said.out
        assert before.messages()[-1] == "Record that Colin Cox is not sure about Inaugural meeting on 7 June 2023"
        assert "strike" not in before.git("log", "-1", "--format=%B")
        before.ok("attendance", "reply", "inaugural", "julie", "declined", "--comment", "On leave\ntill Monday")
        shown = before.at_terminal("attendance", "show", "inaugural").out
        assert "Train strike" in shown
        assert "On leave / till Monday" in shown
        assert (
            "[tentative: Train strike]"
            in before.at_terminal("attendance", "record", "inaugural", typed="q", env=LATER).out
        )

    def test_the_same_answer_again_keeps_what_they_said_and_another_or_an_empty_one_does_not(self, before):
        def comment(*options):
            before.ok("attendance", "reply", "inaugural", "colin", *options)
            return people(before)["colin-cox"]["reply_comment"]

        assert comment("accepted", "--comment", "May be late") == "May be late"
        assert comment("accepted") == "May be late"
        assert comment("tentative") is None
        assert comment("tentative", "--comment", "Perhaps") == "Perhaps"
        assert comment("tentative", "--comment", "") is None

    def test_a_later_word_that_they_come_takes_apologies_back(self, before):
        record(before, "--apologies", "julie")
        said = before.ok("attendance", "reply", "inaugural", "julie", "accepted")
        assert "The apologies of Julie Young are taken back." in said.err
        assert self.forecast(before)["coming"] == ["julie-young"]

    @pytest.mark.parametrize(
        ("code", "who", "answer", "said"),
        [
            (4, "ann", "accepted", "slavefree invite add 2023-06-07-inaugural ann-outside"),
            (3, "nobody", "accepted", "No person fits 'nobody'"),
        ],
    )
    def test_what_is_refused(self, before, code, who, answer, said):
        assert said in before.refused(code, "attendance", "reply", "inaugural", who, answer)

    def test_an_answer_that_is_none_and_a_meeting_that_is_off(self, before):
        assert before.run("attendance", "reply", "inaugural", "colin", "perhaps").code == 2
        before.ok("meeting", "cancel", "inaugural", "--reason", "Snow", "--yes")
        assert "was cancelled" in before.refused(4, "attendance", "reply", "inaugural", "colin", "accepted")
