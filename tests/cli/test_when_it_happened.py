"""What happened earlier than it was typed, what is told of unusual dates, and meetings of one day and past midnight."""

import pytest

SEPTEMBER = {"SOURCE_DATE_EPOCH": "1693562400"}  # Friday 1 September 2023


def with_an_autumn(place):
    place.env.update(SEPTEMBER)
    place.ok("meeting", "add", "Autumn meeting", "--date", "2023-08-30", "--start", "10:00")
    place.ok(
        "action", "add", "Write to every hotel", "--owner", "colin", "--meeting", "inaugural", "--due", "1 July 2023"
    )
    place.ok("decision", "add", "Agreed", "--meeting", "inaugural")


@pytest.fixture
def autumn(place, prepared):
    """A small partnership on 1 September 2023, two days after its autumn meeting."""
    place = prepared(place, with_an_autumn)
    place.env.update(SEPTEMBER)
    return place


def minutes(place, of):
    place.ok("minutes", "draft", of)
    (path,) = place.register.glob(f"{of}*/minutes.md")
    return path.read_text()


class TestActions:
    @pytest.mark.parametrize("when", [["--on", "30 August"], ["--at", "autumn"], ["--on", "2023-08-30"]])
    @pytest.mark.parametrize("verb", [["done"], ["drop", "--reason", "Overtaken"]])
    def test_what_a_meeting_heard_of_is_not_overdue_in_its_minutes(self, autumn, verb, when):
        said = autumn.ok("action", *verb, "hotel", *when)
        assert "since Wednesday 30 August 2023" in said.err
        assert autumn.ok("action", "show", "hotel", "--json").item["closed"] == "2023-08-30"
        status = "done" if verb == ["done"] else "dropped"
        assert f"| 1 July 2023 | {status} | 1 |" in minutes(autumn, "2023-08-30")

    @pytest.mark.parametrize(
        ("code", "when", "said"),
        [
            (4, ["--on", "2 September 2023"], "Saturday 2 September 2023 has not come yet"),
            (2, ["--on", "today", "--at", "last"], "Give --on or --at, not both"),
            (2, ["--on", "Monday 30 August 2023"], "is a Wednesday"),
            (2, ["--on", "3 September"], "may be Saturday 3 September 2022 or Sunday 3 September 2023; write the year"),
            (3, ["--at", "nothing"], "No meeting fits"),
        ],
    )
    def test_what_is_refused(self, autumn, code, when, said):
        assert said in autumn.refused(code, "action", "done", "hotel", *when)

    def test_done_before_it_was_raised_is_told_and_taken(self, autumn):
        said = autumn.ok("action", "done", "hotel", "--on", "1 June 2023").err
        assert "Thursday 1 June 2023 is before the day it was raised, Wednesday 7 June 2023" in said

    def test_done_twice_says_how_to_say_more(self, autumn):
        autumn.ok("action", "done", "hotel", "--on", "2023-08-30")
        assert "slavefree action note" in autumn.refused(4, "action", "done", "hotel", "--note", "Done")

    def test_one_that_was_closed_is_opened_again_with_a_reason(self, autumn):
        assert "is open." in autumn.refused(4, "action", "reopen", "hotel", "--because", "It was not")
        autumn.ok("action", "done", "hotel", "--at", "autumn")
        autumn.ok("action", "reopen", "hotel", "--because", "Two answered")
        found = autumn.ok("action", "show", "hotel", "--json").item
        assert (found["status"], found["closed"], found["overdue"]) == ("open", None, True)
        *_, note = sorted(found["notes"].values(), key=lambda each: each["text"])
        assert note["text"] == "Opened again, after it was done on 30 August 2023: Two answered"
        assert "Open again action" in autumn.messages()[-1]
        assert "Missing option" in autumn.refused(2, "action", "reopen", "hotel")

    @pytest.mark.parametrize("edit", [False, True])
    def test_a_due_date_before_it_was_raised_is_told_in_full_and_taken(self, autumn, edit):
        if edit:
            said = autumn.ok("action", "edit", "hotel", "--due", "2/6/2023", "--because", "Typed wrongly")
        else:
            said = autumn.ok("action", "add", "Ask", "--owner", "colin", "--meeting", "inaugural", "--due", "2/6/2023")
        assert (
            "It is due on Friday 2 June 2023, which is before the day it was raised, Wednesday 7 June 2023" in said.err
        )
        assert "2023-06-02" in said.out

    def test_nothing_is_told_of_a_due_date_of_the_day_itself(self, autumn):
        assert "before" not in autumn.ok("action", "add", "Ask", "--owner", "colin", "--due", "today").err


class TestDecisions:
    def test_one_is_withdrawn_on_the_day_of_the_meeting_that_did(self, autumn):
        autumn.ok("decision", "withdraw", "agreed", "--at", "autumn")
        assert autumn.ok("decision", "list", "--json").items[0]["withdrawn"] == "2023-08-30"

    def test_not_before_it_was_taken(self, autumn):
        said = autumn.refused(4, "decision", "withdraw", "agreed", "--on", "2023-06-01")
        assert "was taken on Wednesday 7 June 2023, after Thursday 1 June 2023" in said

    def test_those_of_two_meetings_of_one_day_come_by_the_hour(self, autumn):
        autumn.ok("meeting", "add", "Zebra", "--date", "2023-08-31", "--start", "09:00")
        autumn.ok("meeting", "add", "Aardvark", "--date", "2023-08-31", "--start", "15:00")
        for text, meeting in (("Second", "aardvark"), ("First", "zebra")):
            autumn.ok("decision", "add", text, "--meeting", meeting)
        assert [each["text"] for each in autumn.ok("decision", "list", "--json").items] == ["Agreed", "First", "Second"]


class TestTwoOnOneDay:
    @pytest.fixture
    def day(self, autumn):
        autumn.ok("meeting", "add", "Zebra", "--date", "2023-08-31", "--start", "09:00")
        autumn.ok("meeting", "add", "Aardvark", "--date", "2023-08-31", "--start", "15:00")
        return autumn

    def test_the_later_follows_the_earlier_and_approves_its_minutes(self, day):
        first = minutes(day, "2023-08-31-zebra")
        assert "Thursday 31 August 2023, 15:00" in first.partition("slavefree next-meeting")[2]
        assert "The minutes of Zebra, Thursday 31 August 2023, are put up" in minutes(day, "2023-08-31-aardvark")
        assert "not before" not in day.ok("minutes", "approve", "zebra", "--at", "aardvark").err
        assert "is before Aardvark" in day.refused(4, "minutes", "approve", "aardvark", "--at", "zebra")

    def test_what_the_earlier_raised_comes_back_to_the_later(self, day):
        day.ok("action", "add", "Ask again", "--owner", "colin", "--meeting", "zebra")
        day.ok("action", "add", "Ask late", "--owner", "colin", "--meeting", "aardvark")
        later = (
            minutes(day, "2023-08-31-aardvark").partition("slavefree matters-arising")[2].partition("end matters")[0]
        )
        first = minutes(day, "2023-08-31-zebra").partition("slavefree matters-arising")[2].partition("end matters")[0]
        assert ("Ask again" in later, "Ask late" in later) == (True, False)
        assert ("Ask again" in first, "Ask late" in first) == (False, False)

    def test_a_day_with_two_meetings_does_not_say_which(self, day):
        assert "fits more than one meeting" in day.refused(3, "meeting", "show", "2023-08-31")


class TestUnusualMeetings:
    def told(self, place, *options):
        return place.ok("meeting", "add", "Vigil", *options).err

    def test_one_that_ends_after_midnight_is_taken_and_told(self, autumn):
        said = self.told(autumn, "--date", "17 October 2023", "--start", "22:00", "--end", "00:30")
        assert "Vigil ends at 00:30 on Wednesday 18 October 2023, which is at night" in said
        autumn.ok("invite", "make", "vigil")
        calendar = (autumn.register / "2023-10-17-vigil" / "invite.ics").read_text()
        assert "DTSTART:20231017T210000Z" in calendar
        assert "DTEND:20231017T233000Z" in calendar
        assert autumn.ok("check").code == 0

    @pytest.mark.parametrize(
        ("start", "end", "told"),
        [
            ("01:30", None, ["begins at 01:30 on Tuesday 17 October 2023"]),
            ("23:00", "23:30", ["begins at 23:00", "ends at 23:30 on Tuesday"]),
            ("05:59", "07:00", ["begins at 05:59"]),
            ("06:00", "07:00", []),
            ("20:00", "23:00", []),
            (None, None, []),
        ],
    )
    def test_between_eleven_and_six_is_told(self, autumn, start, end, told):
        options = [*(["--start", start] if start else []), *(["--end", end] if end else [])]
        said = self.told(autumn, "--date", "2023-10-17", *options)
        assert said.count("at night") == len(told)
        assert [each for each in told if each not in said] == []

    def test_a_bank_holiday_is_told(self, autumn):
        autumn.ok("meeting", "add", "Other", "--date", "2023-12-27")
        said = autumn.ok("meeting", "move", "other", "--date", "2023-12-26").err
        assert "Tuesday 26 December 2023 is a bank holiday; it is taken all the same." in said
        assert "Monday 25 December" in autumn.ok("meeting", "edit", "other", "--date", "2023-12-25").err
        assert "holiday" not in autumn.ok("meeting", "edit", "other", "--venue", "Hall").err
        autumn.ok("partnership", "edit", "--holidays", "")
        assert "holiday" not in self.told(autumn, "--date", "2023-12-25")

    def test_holidays_that_nobody_knows_are_no_hindrance(self, autumn):
        autumn.ok("partnership", "edit", "--holidays", "XX")
        assert "holiday" not in self.told(autumn, "--date", "2023-12-25")

    def test_a_move_keeps_the_length_past_midnight(self, autumn):
        autumn.ok("meeting", "add", "Long one", "--date", "2023-10-18", "--start", "20:00", "--end", "23:00")
        autumn.ok("meeting", "move", "long", "--date", "2023-10-18", "--start", "22:00")
        found = autumn.ok("meeting", "show", "long", "--json").item
        assert (found["start"], found["end"]) == ("22:00:00", "01:00:00")
        autumn.ok("meeting", "move", "long", "--date", "2023-10-19", "--start", "18:00")
        assert autumn.ok("meeting", "show", "long", "--json").item["end"] == "21:00:00"

    @pytest.mark.parametrize(("start", "end"), [("16:00", "15:00"), ("14:00", "4.00"), ("14:00", "14:00")])
    def test_an_end_before_the_start_by_a_slip_is_refused(self, autumn, start, end):
        said = autumn.refused(4, "meeting", "add", "Slip", "--date", "2023-10-17", "--start", start, "--end", end)
        assert "is not after the start" in said
