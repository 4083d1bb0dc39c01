"""The timetable and the papers: shown and warned of, never enforced."""

import pytest

# The agenda of 7 June 2023 is due out by Tuesday 30 May: 31 May, 1, 2, 5 and 6 June are the five clear days, and Monday
# 29 May is a bank holiday. Draft minutes are due by Wednesday 21 June.
MAY_20, MAY_30, MAY_31, JUNE_9, JUNE_22 = "1684576800", "1685440800", "1685527200", "1686304800", "1687428000"


def at(epoch):
    return {"SOURCE_DATE_EPOCH": epoch}


def needs(place, epoch):
    return {each["code"]: each for each in place.ok("status", "--json", env=at(epoch)).items}


def test_status_says_by_when_an_agenda_goes_out(place):
    assert needs(place, MAY_20)["agenda-due"]["due"] == "2023-05-30"
    assert "agenda-due" in needs(place, MAY_30)
    assert "agenda-due" not in needs(place, MAY_31)
    assert place.ok("agenda", "show", "next", "--json").item["due"] == "2023-05-30"


def test_status_says_by_when_draft_minutes_are_due_and_when_they_are_late(place):
    place.ok("attendance", "record", "inaugural", "--present", "colin", env=at(JUNE_9))
    before, after = needs(place, JUNE_9)["minutes"], needs(place, JUNE_22)["minutes"]
    assert (before["due"], before["urgency"]) == ("2023-06-21", 4)
    assert "the draft is due by Wednesday 21 June 2023" in before["message"]
    assert (after["urgency"], "was due by" in after["message"]) == (2, True)


def test_the_days_are_those_of_the_terms_of_reference(place):
    place.ok("partnership", "edit", "--agenda-days", "1", "--minutes-days", "1", "--holidays", "")
    assert place.ok("agenda", "show", "next", "--json").item["due"] == "2023-06-05"


def test_holidays_that_are_not_known_are_said_so_and_nothing_fails(place):
    path = place.register / "partnership.toml"
    path.write_text(path.read_text().replace("GB-ENG", "ZZ"))
    assert "bank holidays of ZZ are not known" in needs(place, MAY_20)["holidays"]["message"]
    place.ok("agenda", "show", "next")


def test_what_comes_late_is_warned_of_and_done(place):
    early = place.ok("agenda", "add", "next", "In time", env=at(MAY_30))
    late = place.ok("agenda", "add", "next", "Late", env=at(MAY_31))
    assert "late" not in early.err.lower()
    assert "were due out by Tuesday 30 May 2023; this is late." in late.err
    after = place.ok("agenda", "add", "inaugural", "Afterwards", env=at(JUNE_9))
    assert "late" not in after.err


def test_minutes_on_their_way_to_approval(place):
    place.ok("attendance", "record", "inaugural", "--present", "colin", env=at(JUNE_9))
    place.ok("meeting", "add", "Second", "--date", "2023-06-20")
    place.ok("minutes", "draft", "inaugural", env=at(JUNE_9))
    assert not {"minutes", "collect", "approve"} & set(needs(place, JUNE_9))
    path = place.register / "2023-06-07-inaugural" / "minutes.md"
    path.write_text(path.read_text() + "\nDECISION: x\nACTION y\n")
    assert "has 2 lines that are typed in its minutes and no record yet" in needs(place, JUNE_9)["collect"]["message"]
    approve = needs(place, JUNE_22)["approve"]
    assert approve["command"] == "slavefree minutes approve 2023-06-07-inaugural --at 2023-06-20-second"


class TestPapers:
    @pytest.fixture
    def paper(self, place):
        """An item with a paper that is there, one that is not, and an address."""
        folder = place.register / "2023-06-07-inaugural" / "papers"
        folder.mkdir()
        (folder / "there.pdf").write_bytes(b"%PDF")
        added = place.ok(
            "agenda", "add", "next", "Plan", "--paper", "there.pdf", "--paper", "gone.pdf", "--paper",
            "https://example.org/plan",
        )  # fmt: skip
        assert added.err.count("is not there;") == 1
        gone = "meetings/2023-06-07-inaugural/papers/gone.pdf"
        assert f"The paper {gone} is not there; put it there before it goes out." in added.err
        return folder

    def test_one_that_is_missing_is_a_note_and_no_error(self, place, paper):
        place.ok("commit")
        checked = place.ok("check")
        assert checked.out.count("which is not there. [missing-paper]") == 1
        assert "agenda.toml:" in checked.out
        assert "lists a paper that is not there" in needs(place, MAY_20)["paper"]["message"]
        assert needs(place, MAY_31)["paper"]["urgency"] == 2
        (paper / "gone.pdf").write_bytes(b"%PDF")
        assert place.ok("check").out == ""

    def test_they_are_listed_with_their_item(self, place, paper):
        assert "papers/there.pdf, papers/gone.pdf, https://example.org/plan" in place.ok("agenda", "show", "next").out

    def test_one_outside_the_register_is_refused(self, place):
        assert "copy it to 2023-06-07-inaugural/papers/ first" in place.refused(
            4, "agenda", "add", "next", "Plan", "--paper", "/etc/passwd"
        )
        assert "must be a web address" in place.refused(4, "agenda", "add", "next", "A", "--paper", "https://a b")

    def test_one_of_a_restricted_item_lies_in_the_restricted_tree(self, place):
        made = place.ok("agenda", "add", "next", "Case", "--restricted", "Personal data", "--paper", "case.pdf")
        assert "The paper meetings/restricted/2023-06-07-inaugural/papers/case.pdf is not there;" in made.err
        folder = place.register / "restricted" / "2023-06-07-inaugural" / "papers"
        folder.mkdir()
        (folder / "case.pdf").write_bytes(b"%PDF")
        assert place.ok("check").out == ""
