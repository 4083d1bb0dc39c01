"""``meeting plan``: a year's meetings at once."""

YEAR = ("meeting", "plan", "--every", "3", "months", "--on", "last friday", "--from", "1 January 2027", "--count", "4")


def test_a_year_is_made_in_one_commit_and_a_bank_holiday_avoided(place):
    made = place.ok(*YEAR, "--title", "Board meeting", "--start", "2pm", "--end", "4pm", "--json").items
    assert [each["date"] for each in made] == ["2027-01-29", "2027-04-30", "2027-07-30", "2027-10-29"]
    assert {(each["title"], each["start"]) for each in made} == {("Board meeting", "14:00:00")}
    assert place.messages()[-1] == "Plan 4 meetings, Board meeting, from 29 January 2027 to 29 October 2027"
    good_friday = ("--every", "1", "month", "--on", "last friday", "--from", "2027-03-01", "--count", "1")
    assert [each["date"] for each in place.ok("meeting", "plan", *good_friday, "--json").items] == ["2027-04-02"]
    assert place.ok("agenda", "show", "2027-04-02", "--json").item["items"]


def test_a_dry_run_shows_the_days_and_makes_nothing(place):
    before = place.files(), place.head()
    shown = place.ok(
        "meeting", "plan", *YEAR[2:4], "months", *YEAR[5:7], "--from", "2027-03-01", "--count", "1", "--dry-run"
    )
    assert shown.err == "Friday 2 April 2027, as 26 March 2027 is a bank holiday\n"
    assert (place.files(), place.head()) == before


def test_at_a_terminal_they_are_shown_before_they_are_made(place):
    assert "Make 4 meetings?" in place.at_terminal(*YEAR, typed="n\n").out
    assert len(place.ok("meeting", "list", "--json").items) == 1
    shown = place.at_terminal(*YEAR, typed="y\n").out
    assert shown.index("Friday 29 January 2027") < shown.index("Make 4 meetings?")
    assert len(place.ok("meeting", "list", "--json").items) == 5


def test_bad_input(place):
    assert "write it as 3 months" in place.refused(2, *YEAR[:3], "3", "weeks", *YEAR[5:])
    assert "'first wednesday'" in place.refused(2, *YEAR[:6], "some day", *YEAR[7:])
    assert "--from" in place.refused(2, *YEAR[:8], "31 June 2027", *YEAR[9:])
    place.ok(*YEAR)
    assert "There is a meeting of that title on 29 January 2027 already" in place.refused(4, *YEAR)
    place.ok("partnership", "edit", "--holidays", "ZZ")
    assert "bank holidays of ZZ are not known" in place.refused(4, *YEAR, "--title", "Other")
