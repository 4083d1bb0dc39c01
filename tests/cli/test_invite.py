"""Invitations as a coordinator makes them: to anyone, to each person, moved, called off, and in a feed."""

import re
import shutil

import pytest

MEETING = "2023-06-07-inaugural"
INVITE = f"meetings/{MEETING}/invite.ics"


def with_addresses(place):
    """A deputy, a guest and a member with only a mailbox, and one without an address."""
    place.ok("person", "edit", "colin", "--email", "colin@example.org")
    place.ok("person", "add", "Dee Puty", "--of", "police", "--deputy", "--email", "dee@example.org")
    place.ok("person", "add", "Sam Guest", "--email", "sam@example.org")
    place.ok("member", "add", "Borough Council", "--sector", "local-authority", "--email", "council@example.org")
    (place.folder / "out").mkdir()


@pytest.fixture
def asked(place, prepared):
    return prepared(place, with_addresses)


def each(place, **options):
    """Write everybody's file and return what is in the folder, by name."""
    shutil.rmtree(place.folder / "out")
    (place.folder / "out").mkdir()
    place.ok("invite", "make", "inaugural", "--each", "--to", "out", **options)
    return {path.stem.removeprefix(f"{MEETING}-"): read(path) for path in sorted((place.folder / "out").iterdir())}


def read(path):
    """Return the properties of a file, each with the line that has it."""
    text = path.read_bytes().replace(b"\r\n ", b"").decode()
    return {re.split("[:;]", line)[0]: line for line in text.split("\r\n") if line}


def has(file):
    return file["METHOD"].split(":")[1], int(file["SEQUENCE"].split(":")[1])


def needs(place):
    found = place.ok("invite", "status", "inaugural", "--json").item["people"]
    return {person["person"]: person["lacks"] for person in found if person["lacks"]}


class TestForAnyone:
    def test_made_again_with_nothing_changed_it_is_the_same_file_and_issue(self, place):
        place.ok("invite", "make", "inaugural")
        before = place.files(), place.head()
        again = place.ok("invite", "make", "inaugural", env={"SOURCE_DATE_EPOCH": "1683722800"})
        assert (place.files(), place.head()) == before
        assert again.err == f"Nothing is to be changed in {INVITE}\n"

    def test_moved_and_moved_back_and_cancelled_each_is_a_higher_number_of_one_uid(self, place):
        seen = []
        for change in (
            None,
            ("meeting", "move", "inaugural", "--date", "8 June 2023"),
            ("meeting", "move", "inaugural", "--date", "7 June 2023"),
            ("meeting", "cancel", "inaugural", "--reason", "Snow", "--yes"),
        ):
            if change:
                place.ok(*change)
            place.ok("invite", "make", "inaugural")
            seen.append(read(place.folder / INVITE))
        assert [has(file) for file in seen] == [("PUBLISH", 0), ("PUBLISH", 1), ("PUBLISH", 2), ("CANCEL", 3)]
        assert len({file["UID"] for file in seen}) == 1
        assert len({file["DTSTAMP"] for file in seen}) == 4
        assert seen[3]["STATUS"] == "STATUS:CANCELLED"

    def test_another_agenda_keeps_the_number_and_has_a_newer_stamp_at_the_same_second(self, place):
        place.ok("invite", "make", "inaugural")
        before = read(place.folder / INVITE)
        place.ok("agenda", "add", "inaugural", "Something more")
        place.ok("invite", "make", "inaugural")
        after = read(place.folder / INVITE)
        assert after["SEQUENCE"] == before["SEQUENCE"]
        assert after["DTSTAMP"] > before["DTSTAMP"]
        assert "Something more" in after["DESCRIPTION"]

    def test_another_time_zone_is_another_time(self, place):
        place.ok("invite", "make", "inaugural")
        place.ok("partnership", "edit", "--timezone", "Europe/Paris")
        place.ok("invite", "make", "inaugural")
        assert has(read(place.folder / INVITE)) == ("PUBLISH", 1)

    def test_cancelled_and_never_issued_there_is_nothing_to_send(self, place):
        place.ok("meeting", "cancel", "inaugural", "--reason", "Snow", "--yes")
        before = place.files(), place.head()
        for options in ((), ("--each", "--to", ".")):
            said = place.ok("invite", "make", "inaugural", *options)
            assert "is cancelled and was never issued: there is nothing to send" in said.err
        assert (place.files(), place.head()) == before

    def test_a_file_that_is_not_ours_is_not_overwritten(self, place):
        mine = place.folder / "mine.ics"
        mine.write_text("BEGIN:VCALENDAR\r\nPRODID:-//Somebody//Else//EN\r\n")
        for name in ("mine.ics", "notes.txt"):
            (place.folder / name).write_text("My own")
            said = place.refused(5, "invite", "make", "inaugural", "--output", name)
            assert f"{name} is there already and was not written by slavefree" in said
            assert (place.folder / name).read_text() == "My own"
        (place.folder / INVITE).write_text("My own")
        assert "invite.ics is there already" in place.refused(5, "invite", "make", "inaugural")

    def test_one_that_is_ours_is(self, place):
        for _ in range(2):
            place.ok("invite", "make", "inaugural", "--output", "copy.ics")
        assert (place.folder / "copy.ics").read_bytes() == (place.folder / INVITE).read_bytes()

    def test_a_folder_that_is_not_there_is_named(self, place):
        assert "no folder 'nowhere'" in place.refused(2, "invite", "make", "inaugural", "--output", "nowhere/a.ics")
        assert "no folder 'nowhere'" in place.refused(2, "invite", "make", "inaugural", "--each", "--to", "nowhere")
        assert "no folder ''" in place.refused(2, "invite", "make", "inaugural", "--each", "--to", "")
        assert "no file" in place.refused(2, "invite", "make", "inaugural", "--output", "")
        assert "meetings is no file" in place.refused(2, "invite", "make", "inaugural", "--output", "meetings")

    def test_each_and_to_belong_together(self, place):
        for options in (("--each",), ("--to", "."), ("--each", "--to", ".", "--output", "a.ics")):
            assert "belong together" in place.refused(2, "invite", "make", "inaugural", *options)

    @pytest.mark.parametrize(
        "options", [("make", "inaugural"), ("make", "inaugural", "--each", "--to", "."), ("feed",)]
    )
    def test_without_a_coordinators_address_it_says_how_to_set_one(self, place, options):
        place.ok("partnership", "edit", "--email", "")
        said = place.refused(4, "invite", *options)
        assert "partnership.toml" in said
        assert "slavefree partnership edit --email ADDRESS" in said

    def test_an_address_that_is_none_is_refused_where_it_is_set(self, place):
        assert "e-mail address" in place.refused(4, "partnership", "edit", "--email", "not an address")
        assert "e-mail address" in place.refused(4, "person", "edit", "colin", "--email", "a@b@c")


class TestForEachPerson:
    def test_one_file_a_person_that_shows_nobody_else(self, asked):
        files = each(asked)
        assert set(files) == {"borough-council", "colin-cox", "dee-puty"}
        for path in (asked.folder / "out").iterdir():
            text = path.read_bytes().replace(b"\r\n ", b"").decode()
            addresses = set(re.findall(r"[\w.]+@example\.org", text))
            assert len(addresses) == 2
            assert "coordinator@example.org" in addresses
        assert files["colin-cox"]["ATTENDEE"] == (
            "ATTENDEE;CN=Colin Cox;CUTYPE=INDIVIDUAL;PARTSTAT=NEEDS-ACTION;ROLE=REQ-PARTICIPANT;RSVP=TRUE"
            ":mailto:colin@example.org"
        )
        assert "ROLE=OPT-PARTICIPANT" in files["dee-puty"]["ATTENDEE"]

    def test_who_has_no_address_is_listed_with_the_command_that_sets_one(self, asked):
        said = asked.ok("invite", "make", "inaugural", "--each", "--to", "out").err
        assert "Julie Young has no address and gets nothing. " in said
        assert "slavefree person edit julie-young --email ADDRESS" in said

    def test_again_every_file_is_the_same(self, asked):
        first = each(asked)
        head = asked.head()
        assert each(asked, env={"SOURCE_DATE_EPOCH": "1683722800"}) == first
        assert asked.head() == head

    def test_somebody_added_gets_one_and_the_others_keep_theirs(self, asked):
        first = each(asked)
        asked.ok("invite", "add", "inaugural", "sam")
        second = each(asked)
        assert {name: file for name, file in second.items() if name != "sam-guest"} == first
        assert "ROLE=OPT-PARTICIPANT" in second["sam-guest"]["ATTENDEE"]

    def test_somebody_taken_off_gets_a_cancellation_of_their_own(self, asked):
        first = each(asked)
        asked.ok("invite", "remove", "inaugural", "dee")
        second, third = each(asked), each(asked)
        assert has(second["dee-puty"]) == ("CANCEL", 1)
        assert "STATUS" not in second["dee-puty"]
        assert second["colin-cox"] == first["colin-cox"]
        assert third == second

    def test_and_none_any_more_once_something_newer_went_out(self, asked):
        each(asked)
        asked.ok("invite", "remove", "inaugural", "dee")
        each(asked)
        asked.ok("meeting", "move", "inaugural", "--date", "8 June 2023")
        assert {name: has(file) for name, file in each(asked).items()} == {
            "borough-council": ("REQUEST", 2),
            "colin-cox": ("REQUEST", 2),
        }

    def test_asked_again_they_get_a_newer_one(self, asked):
        each(asked)
        asked.ok("invite", "remove", "inaugural", "dee")
        gone = each(asked)["dee-puty"]
        asked.ok("invite", "add", "inaugural", "dee")
        back = each(asked)["dee-puty"]
        assert has(back) == ("REQUEST", 1)
        assert back["DTSTAMP"] > gone["DTSTAMP"]

    def test_a_cancelled_meeting_is_called_off_for_those_who_have_it_and_nobody_else(self, asked):
        each(asked)
        asked.ok("invite", "add", "inaugural", "sam")
        asked.ok("meeting", "cancel", "inaugural", "--reason", "Snow", "--yes")
        files = each(asked)
        assert set(files) == {"borough-council", "colin-cox", "dee-puty"}
        assert {(*has(file), file["STATUS"]) for file in files.values()} == {("CANCEL", 1, "STATUS:CANCELLED")}

    def test_the_link_is_in_ones_own_and_not_in_what_anyone_may_open(self, asked):
        asked.ok("meeting", "edit", "inaugural", "--link", "https://video.example.org/j/8731")
        asked.ok("meeting", "edit", "inaugural", "--venue", "Online, at https://video.example.org/j/8731")
        own = each(asked)["colin-cox"]
        assert "\\nJoin by video: https://video.example.org/j/8731\\n" in own["DESCRIPTION"]
        assert own["LOCATION"] == "LOCATION:Online\\, at https://video.example.org/j/8731"
        asked.ok("invite", "make", "inaugural")
        asked.ok("invite", "feed")
        for name in (INVITE, "meetings/calendar.ics"):
            assert b"video.example.org" not in (asked.folder / name).read_bytes().replace(b"\r\n ", b"")

    def test_a_person_whose_file_cannot_be_read_is_not_called_off(self, asked):
        each(asked)
        path = asked.register / "people" / "dee-puty.toml"
        path.write_text("email = 3\n" + path.read_text())
        assert "people/dee-puty.toml" in asked.refused(4, "invite", "make", "inaugural", "--each", "--to", "out")

    def test_a_file_that_is_not_ours_stops_all_of_them(self, asked):
        name = f"{MEETING}-dee-puty.ics"
        (asked.folder / "out" / name).write_text("My own")
        assert name in asked.refused(5, "invite", "make", "inaugural", "--each", "--to", "out")
        assert [path.name for path in (asked.folder / "out").iterdir()] == [name]


class TestWhoIsInvited:
    def test_status_says_who_has_which_version_and_who_needs_what(self, asked):
        assert needs(asked) == dict.fromkeys(["borough-council", "colin-cox", "dee-puty", "julie-young"], "invitation")
        each(asked)
        assert needs(asked) == {"julie-young": "invitation"}
        asked.ok("invite", "add", "inaugural", "sam")
        asked.ok("invite", "remove", "inaugural", "dee")
        asked.ok("meeting", "edit", "inaugural", "--venue", "Town Hall")
        assert needs(asked) == {
            "borough-council": "update",
            "colin-cox": "update",
            "dee-puty": "cancellation",
            "julie-young": "invitation",
            "sam-guest": "invitation",
        }
        said = asked.ok("invite", "status", "inaugural")
        assert "1 needs an invitation, 2 need an update, 1 needs a cancellation" in said.err
        assert "colin-cox\tColin Cox\tyes\tinvitation\t0\t2023-05-09T09:00:00Z\tupdate\tcolin@example.org\n" in said.out
        assert "julie-young\tJulie Young\tyes\t\t\t\tan address\t\n" in said.out

    def test_status_of_the_partnership_sums_it_up(self, asked):
        each(asked)
        asked.ok("meeting", "edit", "inaugural", "--venue", "Town Hall")
        said = asked.ok("status").out
        assert "Inaugural meeting, 7 June 2023, invitations: 3 need an update." in said
        assert "1 invited person has no address" in said

    def test_a_cancelled_meeting_is_in_it_until_everybody_is_told(self, asked):
        each(asked)
        asked.ok("meeting", "cancel", "inaugural", "--reason", "Snow", "--yes")
        assert "3 need a cancellation" in asked.ok("status").out
        each(asked)
        assert "cancellation" not in asked.ok("status").out

    def test_adding_and_taking_off_undo_each_other(self, asked):
        before = (asked.register / MEETING / "meeting.toml").read_bytes()
        for name in ("dee", "sam"):
            first, then = ("remove", "add") if name == "dee" else ("add", "remove")
            asked.ok("invite", first, "inaugural", name)
            asked.ok("invite", then, "inaugural", name)
        assert b"dee-puty" not in (asked.register / MEETING / "meeting.toml").read_bytes()
        assert needs(asked).keys() == {"borough-council", "colin-cox", "dee-puty", "julie-young"}
        assert before.splitlines()[0] in (asked.register / MEETING / "meeting.toml").read_bytes()

    def test_what_is_so_already_is_said_and_changes_nothing(self, asked):
        before = asked.head()
        assert "Colin Cox is invited already." in asked.ok("invite", "add", "inaugural", "colin").err
        assert "Sam Guest is not invited." in asked.ok("invite", "remove", "inaugural", "sam").err
        assert asked.head() == before

    def test_several_at_once_are_one_commit_and_an_unknown_one_stops_them_all(self, asked):
        assert "No member or person fits 'nobody'" in asked.refused(3, "invite", "add", "inaugural", "sam", "nobody")
        asked.ok("invite", "remove", "inaugural", "colin", "dee")
        assert asked.messages()[-1] == "Take Colin Cox, Dee Puty off the list of Inaugural meeting on 7 June 2023"

    def test_a_groups_meeting_invites_the_group(self, asked):
        asked.ok("group", "add", "Operational group", "--chair", "sam", "--member", "police", "--quorum", "2")
        asked.ok("meeting", "edit", "inaugural", "--group", "operational")
        assert set(each(asked)) == {"colin-cox", "dee-puty", "sam-guest"}


class TestGroups:
    def test_one_is_added_listed_shown_and_changed(self, place):
        made = place.ok("group", "add", "Board", "--chair", "julie", "--member", "police", "--member", "barnardos").out
        assert made == "board\tBoard\tjulie-young\tessex-police, barnardos\n"
        assert place.ok("group", "list").out == made
        place.ok("group", "edit", "board", "--member", "police", "--quorum", "1", "--quorum-sector", "police")
        assert place.ok("group", "show", "board", "--json").item == {
            "id": "board",
            "name": "Board",
            "chair": "julie-young",
            "members": ["essex-police"],
            "quorum": {"members": 1, "sectors": ["police"]},
        }
        place.ok("group", "edit", "board", "--chair", "", "--member", "")
        assert place.ok("group", "list").out == "board\tBoard\t\t\n"

    def test_bad_input(self, place):
        place.ok("group", "add", "Board")
        assert "called Board already" in place.refused(4, "group", "add", "board")
        assert "cannot be 'fish'" in place.refused(4, "group", "edit", "board", "--quorum-sector", "fish")
        assert "No member fits" in place.refused(3, "group", "edit", "board", "--member", "nobody")
        assert "No group fits" in place.refused(3, "group", "show", "nothing")


class TestFeed:
    def test_it_has_every_meeting_and_marks_the_cancelled_ones(self, place):
        place.ok("meeting", "add", "Summer meeting", "--date", "2023-07-05")
        place.ok("meeting", "cancel", "inaugural", "--reason", "Snow", "--yes")
        place.ok("invite", "feed", "--output", "copy.ics")
        text = (place.register / "calendar.ics").read_bytes().decode()
        assert (place.folder / "copy.ics").read_bytes().decode() == text
        assert re.findall("\nSTATUS:(.*)\r\n", text) == ["CANCELLED", "TENTATIVE"]
        assert "METHOD:PUBLISH\r\nNAME:Colchester Anti-Slavery Partnership\r\n" in text
        assert "REFRESH-INTERVAL;VALUE=DURATION:PT12H\r\nX-PUBLISHED-TTL:PT12H\r\n" in text

    def test_written_twice_it_is_the_same_file_and_one_commit(self, place):
        place.ok("invite", "feed")
        before = place.files(), place.head()
        said = place.ok("invite", "feed", env={"SOURCE_DATE_EPOCH": "1683722800"}).err
        assert said.startswith("Nothing has changed since meetings/calendar.ics")
        assert (place.files(), place.head()) == before
        assert place.messages()[-1] == "Renew the calendar of all meetings"

    def test_a_meeting_that_cannot_be_read_stops_it(self, place):
        (place.register / MEETING / "meeting.toml").write_text("title = 3\n")
        assert "would lack a meeting" in place.refused(4, "invite", "feed")

    def test_it_follows_a_move_after_the_invitation_was_issued(self, place):
        place.ok("invite", "make", "inaugural")
        place.ok("meeting", "move", "inaugural", "--date", "8 June 2023")
        place.ok("invite", "feed")
        assert "SEQUENCE:1\r\nDTSTART:20230608" in (place.register / "calendar.ics").read_bytes().decode()


class TestWhatWasIssued:
    def test_two_clones_that_issued_different_things_are_told_to_issue_again(self, asked):
        each(asked)
        shutil.copytree(asked.folder, asked.folder.parent / "other")
        other = type(asked)(asked.folder.parent / "other", asked.folder.parent / "home")
        for clone, day in ((asked, "8 June 2023"), (other, "9 June 2023")):
            clone.ok("meeting", "move", "inaugural", "--date", day)
            each(clone)
        theirs = other.register / MEETING / "issued"
        shutil.copytree(theirs, asked.register / MEETING / "issued", dirs_exist_ok=True)
        asked.ok("commit")

        assert "went out in different versions under one number (1); issue it again." in asked.ok("status").out
        assert "Different versions went out under number 1" in asked.ok("invite", "status", "inaugural").err
        check = asked.ok("check")
        assert re.search(r"/issued/\w+.toml:1: note: sequence is 1, under which \w+ says something else", check.out)
        assert {has(file) for file in each(asked).values()} == {("REQUEST", 2)}
        assert "different versions" not in asked.ok("status").out

    @pytest.mark.parametrize(
        ("was", "now", "said"),
        [
            ('method = "REQUEST"', 'method = "PUBLISH"', "to must be empty"),
            ("date = 2023-06-07", "date = 2023-08-07", "begins contradicts the date"),
            ("sequence = 0", "sequence = -1", "sequence must be from 0"),
            ('status = "planned"', 'status = "cancelled"', "status contradicts the method"),
            ("sequence = 0", "sequence = ", "is not TOML"),
        ],
    )
    def test_one_edited_so_that_it_contradicts_itself_stops_the_next_and_is_found(self, asked, was, now, said):
        each(asked)
        (path,) = (asked.register / MEETING / "issued").iterdir()
        path.write_text(path.read_text().replace(was, now))
        assert asked.run("check").code == 4
        refusal = asked.refused(4, "invite", "make", "inaugural", "--each", "--to", "out")
        assert f"issued/{path.name}" in refusal
        assert said in refusal

    def test_one_edited_so_that_it_contradicts_the_others_is_noted_and_the_next_is_above(self, asked):
        each(asked)
        (path,) = (asked.register / MEETING / "issued").iterdir()
        path.write_text(path.read_text().replace("sequence = 0", "sequence = 7"))
        assert "sequence is 7, and nothing was issued as 6" in asked.ok("check").out
        asked.ok("meeting", "move", "inaugural", "--date", "8 June 2023")
        assert {has(file) for file in each(asked).values()} == {("REQUEST", 8)}


def test_nothing_private_gets_into_what_is_made_or_said(asked):
    link, addresses = "https://video.example.org/SECRET", ("colin@example.org", "dee@example.org")
    asked.ok("meeting", "edit", "inaugural", "--link", link)
    slug = asked.ok("agenda", "add", "inaugural", "CANARY", "--restricted", "CANARY", "--lead", "colin", "--json").item[
        "id"
    ]
    asked.ok("action", "add", "CANARY", "--owner", "colin", "--meeting", "inaugural", "--item", slug)
    asked.ok("decision", "add", "CANARY", "--meeting", "inaugural", "--restricted")
    said = [
        asked.ok("invite", *command.split()) for command in ("make inaugural", "feed", "make inaugural --each --to out")
    ]
    asked.ok("meeting", "cancel", "inaugural", "--reason", "Snow", "--yes")
    said += [
        asked.ok("invite", *command.split()) for command in ("make inaugural", "feed", "make inaugural --each --to out")
    ]

    for path in (asked.folder / INVITE, asked.register / "calendar.ics"):
        text = path.read_bytes().replace(b"\r\n ", b"").decode()
        assert "CANARY" not in text
        assert "SECRET" not in text
        assert set(re.findall(r"[\w.]+@example\.org", text)) == {"coordinator@example.org"}
    for path in (asked.folder / "out").iterdir():
        assert "CANARY" not in path.read_bytes().replace(b"\r\n ", b"").decode()
    # To which address each went is part of the register, as the addresses of people are.
    issued = b"".join(path.read_bytes() for path in (asked.register / MEETING / "issued").iterdir()).decode()
    assert "CANARY" not in issued
    assert "SECRET" not in issued
    log = asked.git("log", "--format=%B")
    for text in (log, *(answer.out + answer.err for answer in said)):
        assert "CANARY" not in text
        assert not any(address in text for address in addresses)
