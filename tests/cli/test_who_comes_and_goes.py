"""Who leaves and comes back, hands over, sits for one of two members, or goes out of a meeting and in again."""

import tomllib

import pytest

LATER = {"SOURCE_DATE_EPOCH": "1693562400"}  # Friday 1 September 2023


def with_two_more(place):
    place.ok("member", "add", "Harbour Trust", "--sector", "charity")
    place.ok("person", "add", "Priya Shah", "--of", "harbour", "--email", "priya@example.org")
    place.ok("person", "add", "Sam Guest", "--email", "sam@example.org")
    place.ok("partnership", "edit", "--quorum", "2")


@pytest.fixture
def later(place, prepared):
    """A small partnership in the September after its first meeting, with a third member and a guest."""
    place = prepared(place, with_two_more)
    place.env.update(LATER)
    return place


def read(place, path):
    return tomllib.loads((place.register / path).read_text())


def person(place, who):
    return place.ok("person", "show", who, "--json").item


class TestComingBack:
    def test_a_representative_who_comes_back_is_in_the_minutes_of_before_and_after(self, later):
        later.ok("person", "leave", "julie", "--on", "2023-03-01")
        later.ok("person", "edit", "julie", "--of", "barnardos", "--since", "2023-08-01", "--role", "Manager")
        assert read(later, "people/julie-young.toml")["represents"]["barnardos"] == {
            "role": "Manager", "since": day("2023-08-01"), "before": {"2023-03-01": {}},
        }  # fmt: skip
        for date, represents in (("2023-02-01", "barnardos"), ("2023-06-07", None), ("2023-08-30", "barnardos")):
            if date != "2023-06-07":
                later.ok("meeting", "add", f"Of {date}", "--date", date)
            people = later.ok("attendance", "record", date, "--present", "julie", "--json").item["people"]
            assert people[0]["representing"] == represents, date
        assert later.ok("check").code == 0

    def test_who_left_needs_a_day_to_be_back(self, later):
        later.ok("person", "leave", "julie", "--on", "1 March 2023")
        said = later.refused(4, "person", "edit", "julie", "--of", "barnardos")
        assert "Julie Young left Barnardo's on 1 March 2023; say since when" in said
        assert "They are back with --since DATE" in later.ok("person", "edit", "julie", "--role", "Cook").err

    def test_a_day_before_they_left_is_another_date_for_the_same_time(self, later):
        later.ok("person", "leave", "julie", "--on", "2023-03-01")
        later.ok("person", "edit", "julie", "--since", "2022-01-01")
        held = person(later, "julie")["represents"]["barnardos"]
        assert (held["since"], held["until"], held["before"]) == ("2022-01-01", "2023-03-01", {})

    def test_that_somebody_left_is_taken_back_by_an_empty_date(self, later):
        later.ok("person", "leave", "julie", "--on", "2023-03-01")
        assert person(later, "julie")["left"] == "2023-03-01"
        assert "Julie Young has not left" in later.ok("person", "leave", "julie", "--on", "").err
        assert person(later, "julie")["left"] is None
        assert "has not left" in later.refused(4, "person", "leave", "julie", "--on", "")

    def test_a_member_joins_again_and_its_people_are_there_again(self, later):
        later.ok("member", "leave", "harbour", "--on", "2023-05-01")
        assert [each["left"] for each in later.ok("person", "list", "--json").items] == [None, None, "2023-05-01", None]
        later.ok("member", "edit", "harbour", "--joined", "2023-08-01")
        assert read(later, "members/harbour-trust.toml") == {
            "name": "Harbour Trust", "sector": "charity", "joined": day("2023-08-01"), "before": {"2023-05-01": {}},
        }  # fmt: skip
        assert person(later, "priya")["left"] is None
        later.ok("attendance", "record", "inaugural", "--present", "priya", "--present", "colin")
        assert "Quorum: not met (1 member" in later.ok("attendance", "show", "inaugural").err
        later.ok("member", "leave", "harbour", "--on", "")
        assert later.ok("check").code == 0

    def test_times_that_overlap_are_refused(self, later):
        later.ok("member", "leave", "harbour", "--on", "2023-05-01")
        later.ok("member", "edit", "harbour", "--joined", "2023-08-01")
        assert "until 1 May 2023 before" in later.refused(4, "member", "edit", "harbour", "--joined", "2023-04-01")
        assert "until 1 May 2023 before" in later.refused(4, "member", "edit", "harbour", "--joined", "")

    def test_a_spreadsheet_has_a_member_join_again(self, later):
        later.ok("member", "leave", "harbour", "--on", "2023-05-01")
        (later.folder / "m.csv").write_text("member,joined\nHarbour Trust,2023-08-01\n")
        later.ok("member", "import", "m.csv")
        assert read(later, "members/harbour-trust.toml")["before"] == {"2023-05-01": {}}

    def test_one_member_after_another(self, later):
        later.ok("person", "leave", "julie", "--of", "barnardos", "--on", "2023-03-01")
        later.ok("person", "edit", "julie", "--of", "harbour", "--since", "2023-03-01")
        later.ok("person", "edit", "julie", "--role", "Trustee")
        held = person(later, "julie")["represents"]
        assert (held["barnardos"]["role"], held["harbour-trust"]["role"]) == (None, "Trustee")
        assert person(later, "julie")["left"] is None

    def test_two_clones_that_tell_of_different_times_are_merged(self, clones):
        sam, kim = clones
        for each, when in ((sam, "2023-03-01"), (kim, "2023-03-01")):
            each.ok("person", "leave", "julie", "--on", when)
        sam.ok("sync")
        kim.ok("sync")
        sam.ok("person", "edit", "julie", "--of", "barnardos", "--since", "2023-04-01")
        kim.ok("person", "edit", "julie", "--email", "julie@example.org")
        kim.ok("sync")
        sam.ok("sync")
        found = person(sam, "julie")
        assert found["email"] == "julie@example.org"
        assert list(found["represents"]["barnardos"]["before"]) == ["2023-03-01"]


class TestHandingOver:
    @pytest.fixture
    def owner(self, later):
        later.ok("action", "add", "Map it", "--owner", "colin", "--with", "julie")
        later.ok("action", "add", "Say it", "--owner", "julie", "--with", "colin")
        later.ok("action", "add", "Hide it", "--owner", "colin", "--restricted")
        later.ok("action", "add", "Did it", "--owner", "colin")
        later.ok("action", "done", "did")
        later.ok("meeting", "add", "Winter", "--date", "2023-12-06", "--chair", "colin")
        later.ok("group", "add", "Board", "--chair", "colin")
        return later

    def test_what_they_own_chair_and_are_invited_to_is_told(self, owner):
        said = owner.ok("person", "leave", "colin").err
        assert "Colin Cox left on Friday 1 September 2023" in said
        assert "owns 3 open actions: " in said
        assert "--hand-over WHO" in said
        assert "chairs Winter on 6 December 2023" in said
        assert "slavefree group edit board --chair PERSON" in said
        assert "is invited to Winter on 6 December 2023" in said

    def test_open_actions_are_handed_over_with_a_note_in_one_commit(self, owner):
        before = len(owner.messages())
        said = owner.ok("person", "leave", "colin", "--on", "31 August 2023", "--hand-over", "julie").err
        assert "Handed over 3 open actions to Julie Young." in said
        assert owner.messages()[before:] == [
            "Record that Colin Cox left Essex Police, and hand over 3 actions to Julie Young"
        ]
        actions = {each["title"]: each for each in owner.ok("action", "list", "--all", "--json").items}
        assert [(each["owner"], each["with"]) for each in actions.values() if each["status"] == "open"] == [
            ("julie-young", []), ("julie-young", []), ("julie-young", []),
        ]  # fmt: skip
        assert actions["Did it"]["owner"] == "colin-cox"
        (note,) = actions["Map it"]["notes"].values()
        assert note["text"] == "Handed over to Julie Young by Colin Cox, who left on 31 August 2023."

    def test_a_guest_or_an_independent_chair_leaves_and_hands_over_too(self, owner):
        owner.ok("action", "add", "Chair it", "--owner", "sam")
        assert "owns 1 open action" in owner.ok("person", "leave", "sam", "--on", "2023-08-01").err
        assert owner.messages()[-1] == "Record that Sam Guest left the partnership"
        assert "Handed over 1 open action" in owner.ok("person", "leave", "sam", "--hand-over", "julie").err
        assert owner.messages()[-1] == "For Sam Guest, hand over 1 action to Julie Young"
        assert person(owner, "sam")["left"] == "2023-08-01"
        assert "Sam Guest left already" in owner.refused(4, "person", "leave", "sam")
        assert "has left" in owner.refused(4, "action", "add", "More", "--owner", "sam")
        owner.ok("person", "leave", "sam", "--on", "")
        assert person(owner, "sam")["left"] is None

    def test_it_can_be_done_after_they_left(self, owner):
        owner.ok("person", "leave", "colin")
        assert "Handed over 3 open actions" in owner.ok("person", "leave", "colin", "--hand-over", "barnardos").err
        assert owner.ok("action", "list", "--owner", "barnardos").out.count("\n") == 3

    @pytest.mark.parametrize(
        ("code", "options", "said"),
        [
            (3, ["--hand-over", "nobody"], "No member or person fits"),
            (4, ["--hand-over", "colin"], "cannot take over from themselves"),
            (4, ["--hand-over", "priya"], "Priya Shah has left"),
            (2, ["--on", "", "--hand-over", "julie"], "goes with the day on which they left"),
            (2, ["--on", "today", "--at", "inaugural"], "not both"),
            (4, ["--of", "barnardos"], "does not represent Barnardo's"),
        ],
    )
    def test_what_is_refused(self, owner, code, options, said):
        owner.ok("person", "leave", "priya")
        assert said in owner.refused(code, "person", "leave", "colin", *options)

    def test_who_still_represents_another_has_not_left(self, owner):
        owner.ok("person", "edit", "colin", "--of", "harbour")
        assert "owns" not in owner.ok("person", "leave", "colin", "--of", "police").err

    def test_who_left_is_marked_and_not_reminded(self, owner):
        owner.ok("person", "edit", "colin", "--email", "colin@example.org")
        owner.ok("person", "edit", "julie", "--email", "julie@example.org")
        owner.ok("person", "leave", "colin")
        said = owner.ok("action", "chase")
        assert "Colin Cox has left, and is not reminded of" in said.err
        assert "colin@example.org" not in said.out
        assert "julie@example.org" in said.out
        owner.ok("action", "chase", "--owner", "colin", "--dry-run")
        assert {tuple(each["left"]) for each in owner.ok("action", "list", "--json").items} == {("colin-cox",)}
        owner.ok("minutes", "draft", "2023-12-06")
        minutes = (owner.register / "2023-12-06-winter" / "minutes.md").read_text()
        assert "| Colin Cox (left), Julie Young |" in minutes

    def test_a_member_leaves_at_a_meeting(self, owner):
        owner.ok("action", "add", "Count", "--owner", "police")
        said = owner.ok("member", "leave", "police", "--at", "inaugural").err
        assert "Essex Police left on Wednesday 7 June 2023" in said
        assert "Essex Police owns 1 open action" in said

    def test_a_member_hands_over_in_the_place_it_had_and_what_its_people_own_is_told(self, owner):
        owner.ok("action", "add", "Count", "--owner", "barnardos", "--with", "police")
        said = owner.ok("member", "leave", "police", "--on", "31 August 2023").err
        assert "Hand over with: slavefree member leave essex-police --hand-over WHO" in said
        assert "Colin Cox owns 3 open actions" in said
        assert "slavefree member leave essex-police --hand-over WHO" in owner.ok("action", "chase").err
        assert "(Barnardo's and Essex Police): Essex Police left." in owner.ok("status").out
        assert "Handed over 1 open action to Harbour Trust." in (
            owner.ok("member", "leave", "essex-police", "--hand-over", "harbour").err
        )
        assert owner.messages()[-1] == "For Essex Police, hand over 1 action to Harbour Trust"
        (count,) = [each for each in owner.ok("action", "list", "--json").items if each["title"] == "Count"]
        assert (count["owner"], count["with"]) == ("barnardos", ["harbour-trust"])
        assert owner.ok("member", "show", "police", "--json").item["left"] == "2023-08-31"
        assert "Essex Police left already" in owner.refused(4, "member", "leave", "police")
        assert "cannot take over from itself" in (
            owner.refused(4, "member", "leave", "police", "--hand-over", "police")
        )
        assert owner.ok("member", "leave", "police", "--on", "").code == 0

    def test_who_is_to_leave_has_not_left_yet(self, owner):
        assert "Essex Police leaves on " in owner.ok("member", "leave", "police", "--on", "1 June 2030").err
        assert "Colin Cox leaves on " in owner.ok("person", "leave", "colin", "--on", "1 June 2030").err


class TestTwoHats:
    @pytest.fixture
    def hats(self, later):
        later.ok("person", "edit", "priya", "--of", "barnardos", "--role", "Trustee")
        return later

    def attendee(self, place, who="priya-shah"):
        people = place.ok("attendance", "show", "inaugural", "--json").item["people"]
        return next(each for each in people if each["person"] == who)

    def test_it_is_told_for_whom_somebody_sits_and_can_be_said_otherwise(self, hats):
        said = hats.ok("attendance", "record", "inaugural", "--present", "priya").err
        assert "Priya Shah can sit for Barnardo's or Harbour Trust, and counts for one: Barnardo's." in said
        assert "--representing priya-shah=harbour-trust" in said
        hats.ok("attendance", "record", "inaugural", "--representing", "priya=harbour")
        assert self.attendee(hats)["representing"] == "harbour-trust"
        hats.ok("attendance", "record", "inaugural", "--video", "priya")
        assert self.attendee(hats)["representing"] == "harbour-trust"

    def test_who_comes_for_somebody_who_had_left_counts_for_nobody_and_it_is_told(self, hats):
        hats.ok("person", "leave", "colin", "--on", "2023-06-01")
        said = hats.ok("attendance", "record", "inaugural", "--deputy", "sam=colin").err
        assert "Sam Guest represents no member on that day" in said

    def test_what_they_do_not_represent_is_refused(self, hats):
        said = hats.refused(4, "attendance", "record", "inaugural", "--representing", "priya=police")
        assert "slavefree person edit priya-shah --of essex-police" in said

    def test_at_a_terminal_it_is_asked(self, hats):
        shown = hats.at_terminal("attendance", "record", "inaugural", "--present", "priya", typed="2\n").out
        assert "For whom does Priya Shah sit?" in shown
        assert self.attendee(hats)["representing"] == "harbour-trust"
        assert "For whom" not in hats.at_terminal("attendance", "record", "inaugural", "--present", "priya").out

    def test_ticked_off_it_is_asked_too(self, hats):
        shown = hats.at_terminal("attendance", "record", "inaugural", typed="\r\rp2\r").out
        assert "present for Harbour Trust" in shown
        assert self.attendee(hats)["representing"] == "harbour-trust"

    def test_a_deputy_for_two_keeps_both(self, hats):
        hats.ok("attendance", "record", "inaugural", "--deputy", "sam=colin", "--deputy", "sam=julie")
        sam = self.attendee(hats, "sam-guest")
        assert (sam["deputy_for"], sam["also_deputy_for"]) == ("colin-cox", ["julie-young"])
        assert sam["representing"] == "essex-police"
        hats.ok("minutes", "draft", "inaugural")
        minutes = (hats.register / "2023-06-07-inaugural" / "minutes.md").read_text()
        assert "- Sam Guest, Essex Police (deputy for Colin Cox and Julie Young)" in minutes
        assert "- Julie Young, Barnardo's (Sam Guest came instead)" in minutes

    def test_two_deputies_for_one_are_both_kept_and_count_once(self, hats):
        hats.ok("attendance", "record", "inaugural", "--deputy", "sam=colin")
        hats.ok("attendance", "record", "inaugural", "--deputy", "julie=colin")
        julie = self.attendee(hats, "julie-young")
        assert (julie["deputy_for"], julie["also_deputy_for"]) == (None, ["colin-cox"])
        assert hats.ok("attendance", "show", "inaugural", "--json").item["quorum"]["present"] == 1
        hats.ok("minutes", "draft", "inaugural")
        minutes = (hats.register / "2023-06-07-inaugural" / "minutes.md").read_text()
        assert "(Julie Young and Sam Guest came instead)" in minutes
        hats.ok("attendance", "record", "inaugural", "--deputy", "julie=")
        assert self.attendee(hats, "julie-young")["representing"] == "barnardos"
        assert hats.ok("attendance", "show", "inaugural", "--json").item["quorum"]["met"]


class TestOutAndIn:
    def record(self, place, *options):
        return place.ok("attendance", "record", "inaugural", *options)

    def colin(self, place):
        people = place.ok("attendance", "show", "inaugural", "--json").item["people"]
        return next((each for each in people if each["person"] == "colin-cox"), None)

    def test_an_absence_in_the_middle_is_in_the_minutes_and_in_the_quorum(self, later):
        later.ok("decision", "add", "Agreed", "--meeting", "inaugural", "--item", "3")
        self.record(later, "--present", "julie", "--present", "colin", "--left", "colin=3", "--back", "colin=4")
        quorum = later.ok("attendance", "show", "inaugural", "--json").item["quorum"]
        assert (quorum["met"], [each["met"] for each in quorum["decisions"]]) == (True, [False])
        later.ok("minutes", "draft", "inaugural")
        minutes = (later.register / "2023-06-07-inaugural" / "minutes.md").read_text()
        assert "Colin Cox, Essex Police (out from item 3, back at item 4)" in minutes
        assert "Agreed (without a quorum)" in minutes
        assert "item 3 to item 4" in later.at_terminal("attendance", "show", "inaugural").out

    def test_left_and_then_late_is_an_absence_and_told(self, later):
        said = self.record(later, "--left", "colin=2", "--late", "colin=4").err
        assert "Colin Cox is taken for out from item 2 to item 4." in said
        assert self.colin(later)["arrived"] is None

    def test_an_item_is_not_moved_past_the_one_at_which_they_were_back(self, later):
        self.record(later, "--left", "colin=2", "--back", "colin=4")
        said = later.refused(4, "agenda", "move", "inaugural", "2", "--after", "5")
        assert "not after apologies, at which they went out" in said

    @pytest.mark.parametrize(
        ("said", "taken_back", "left"),
        [
            (["--late", "colin=3"], ["--late", "colin="], {"arrived": None}),
            (["--left", "colin=3"], ["--left", "colin="], {"left": None}),
            (["--left", "colin=2", "--back", "colin=4"], ["--left", "colin="], {"left": None, "away": {}}),
            (["--left", "colin=2", "--back", "colin=4"], ["--back", "colin="], {"left": "apologies", "away": {}}),
            (["--interest", "colin=3"], ["--interest", "colin="], {"interests": []}),
            (["--video", "colin"], ["--video", "colin="], {"by_video": False}),
            (["--deputy", "colin=julie"], ["--deputy", "colin="], {"deputy_for": None, "representing": "essex-police"}),
            (["--late", "colin=3"], ["--late", "colin=", "--late", "colin=2"], {"arrived": "apologies"}),
        ],
    )
    def test_an_empty_value_takes_it_back(self, later, said, taken_back, left):
        self.record(later, *said)
        self.record(later, *taken_back)
        colin = self.colin(later)
        assert {key: colin[key] for key in left} == left
        assert colin["outcome"] == "present"

    def test_that_somebody_came_is_taken_back_with_all_that_was_said_of_it(self, later):
        self.record(later, "--present", "julie", "--present", "colin", "--late", "colin=3")
        self.record(later, "--present", "colin=")
        assert self.colin(later) is None

    @pytest.mark.parametrize(
        ("options", "said"),
        [
            (["--late", "priya="], "Nothing is recorded of Priya Shah"),
            (["--apologies", "colin="], "Colin Cox is not recorded as apologies"),
        ],
    )
    def test_what_was_never_said_is_not_taken_back(self, later, options, said):
        self.record(later, "--present", "colin")
        assert said in later.refused(4, "attendance", "record", "inaugural", *options)


def day(text):
    return tomllib.loads(f"day = {text}")["day"]


def test_a_day_that_does_not_fit_the_times_before_is_refused_in_words(place):
    place.ok("person", "edit", "colin", "--since", "2023-01-10")
    assert "since 10 January 2023; name that day or a later one with --on." in place.refused(
        4, "person", "leave", "colin", "--on", "2023-01-01"
    )
    place.ok("person", "leave", "colin", "--on", "2023-03-01")
    place.ok("person", "edit", "colin", "--since", "2023-04-01")
    assert "until 1 March 2023 before; name that day or a later one with --since." in place.refused(
        4, "person", "edit", "colin", "--since", "2023-02-01"
    )
    place.ok("member", "edit", "barnardos", "--joined", "2023-01-10")
    assert "joined on 10 January 2023; name" in place.refused(4, "member", "leave", "barnardos", "--on", "2023-01-01")
    place.ok("member", "leave", "barnardos", "--on", "2023-03-01")
    place.ok("member", "edit", "barnardos", "--joined", "2023-04-01")
    assert "until 1 March 2023 before; name" in place.refused(
        4, "member", "edit", "barnardos", "--joined", "2023-02-01"
    )


def test_who_leaves_later_has_not_left_yet_and_a_coordinator_who_left_is_told(place):
    assert "Colin Cox leaves on Thursday 1 June 2023" in place.ok("person", "leave", "colin", "--on", "2023-06-01").err
    place.ok("partnership", "edit", "--coordinator-person", "julie")
    assert "Julie Young is the coordinator. Name another" in place.ok("person", "leave", "julie").err


def test_what_is_refused_is_not_said_to_be_recorded_all_the_same(place):
    said = place.refused(4, "attendance", "record", "inaugural", "--present", "colin", "--deputy", "julie=colin")
    assert "all the same" not in said
    assert "all the same" in place.ok("attendance", "record", "inaugural", "--present", "colin").err
