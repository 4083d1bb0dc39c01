"""What becomes of invitations when an address, a name, the organiser or the agenda changes after they went out."""

import email
import email.policy
import re
import shutil

import pytest
import tomli

from strict_ics import faults

MEETING = "2023-06-07-inaugural"


def with_invitations(place):
    place.ok("person", "edit", "colin", "--email", "colin@example.org")
    place.ok("person", "edit", "julie", "--email", "julie@example.org")
    place.ok("meeting", "edit", "inaugural", "--venue", "Town Hall")
    place.ok("invite", "send", "inaugural")


@pytest.fixture
def sent(place, prepared):
    return prepared(place, with_invitations)


def unfolded(data):
    assert faults(data) == []
    text = data.replace(b"\r\n ", b"").decode()
    return {re.split("[:;]", line)[0]: line for line in text.split("\r\n") if line}


def each(place, *options):
    """Write everybody's file and return the lines of each by the name of the file."""
    folder = place.folder / "out"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    place.ok("invite", "make", "inaugural", "--each", "--to", "out", *options)
    return {path.stem.removeprefix(f"{MEETING}-"): unfolded(path.read_bytes()) for path in folder.iterdir()}


def has(file):
    return file["METHOD"].split(":")[1], int(file["SEQUENCE"].split(":")[1]), file["ATTENDEE"].rpartition("mailto:")[2]


def bytes_of(place):
    return {path.name: path.read_bytes() for path in (place.folder / "out").iterdir()}


def drafts(place):
    found = {}
    for path in sorted((place.register / "outbox").glob("*.eml")):
        message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        found[path.stem.removeprefix(f"{MEETING}_")] = message
    return found


def fresh(place, *options):
    """Send what is due and return the drafts of it."""
    for path in (place.register / "outbox").glob("*.eml"):
        path.unlink()
    place.ok("invite", "send", "inaugural", *options)
    return drafts(place)


def plain(message):
    return message.get_body(("plain",)).get_content().replace("\r\n", "\n")


def calendar(message):
    part = next(each for each in message.walk() if each.get_content_type() == "text/calendar")
    return unfolded(part.get_payload(decode=True))


def needs(place):
    people = place.ok("invite", "status", "inaugural", "--json").item["people"]
    return [(each["person"], each["email"], each["lacks"]) for each in people if each["lacks"]]


class TestAnotherAddress:
    def test_the_old_one_gets_a_cancellation_and_the_new_one_a_newer_request(self, sent):
        before = each(sent)
        sent.ok("person", "edit", "colin", "--email", "c.cox@new.example.org")
        assert needs(sent) == [
            ("colin-cox", "colin@example.org", "cancellation"),
            ("colin-cox", "c.cox@new.example.org", "invitation"),
        ]
        assert "1 needs an invitation, 1 needs a cancellation" in sent.ok("invite", "status", "inaugural").err
        after = each(sent)
        assert has(after["colin-cox.former"]) == ("CANCEL", 1, "colin@example.org")
        assert "STATUS" not in after["colin-cox.former"]
        assert has(after["colin-cox"]) == ("REQUEST", 1, "c.cox@new.example.org")
        # Where both end in one calendar, the request is the newer one whichever comes first.
        assert after["colin-cox"]["DTSTAMP"] > after["colin-cox.former"]["DTSTAMP"]
        assert after["julie-young"] == before["julie-young"]
        kept = bytes_of(sent)
        assert needs(sent) == []
        each(sent)
        assert bytes_of(sent) == kept

    def test_each_is_a_message_and_neither_names_the_other_address(self, sent):
        sent.ok("person", "edit", "colin", "--email", "c.cox@new.example.org")
        found = fresh(sent)
        assert {name: message["To"].addresses[0].addr_spec for name, message in found.items()} == {
            "colin-cox": "c.cox@new.example.org", "colin-cox.former": "colin@example.org",
        }  # fmt: skip
        assert "new.example.org" not in found["colin-cox.former"].as_string() + plain(found["colin-cox.former"])
        assert "Invitations to this meeting go to another address now." in plain(found["colin-cox.former"])
        assert "colin@example.org" not in plain(found["colin-cox"])
        assert found["colin-cox"]["Subject"].startswith("Invitation: ")
        assert sent.messages()[-1].endswith("to 1 person")

    def test_another_case_is_the_same_address(self, sent):
        sent.ok("person", "edit", "colin", "--email", "Colin@Example.org")
        assert needs(sent) == []

    def test_an_address_that_is_taken_away_is_told_off(self, sent):
        sent.ok("person", "edit", "colin", "--email", "")
        assert needs(sent)[0] == ("colin-cox", "colin@example.org", "cancellation")
        assert list(fresh(sent)) == ["colin-cox.former"]

    def test_who_is_taken_off_the_list_is_told_at_the_address_that_has_it(self, sent):
        sent.ok("person", "edit", "colin", "--email", "c.cox@new.example.org")
        sent.ok("invite", "remove", "inaugural", "colin")
        assert needs(sent) == [("colin-cox", "colin@example.org", "cancellation")]

    def test_twice_over_and_back_again(self, sent):
        for address in ("two@example.org", "three@example.org"):
            sent.ok("person", "edit", "colin", "--email", address)
            each(sent)
        sent.ok("person", "edit", "colin", "--email", "colin@example.org")
        assert needs(sent) == [
            ("colin-cox", "three@example.org", "cancellation"), ("colin-cox", "colin@example.org", "invitation"),
        ]  # fmt: skip

    def test_who_takes_over_an_address_keeps_the_meeting_that_the_other_loses(self, sent):
        sent.ok("invite", "remove", "inaugural", "julie")
        sent.ok("person", "edit", "julie", "--email", "")
        sent.ok("person", "add", "Kim Lee", "--of", "barnardos", "--email", "julie@example.org")
        files = each(sent)
        assert has(files["julie-young.former"])[:2] == ("CANCEL", 1)
        assert has(files["kim-lee"])[:2] == ("REQUEST", 1)
        assert files["kim-lee"]["DTSTAMP"] > files["julie-young.former"]["DTSTAMP"]

    @pytest.mark.parametrize("options", [(), ("--to", "colin")])
    def test_who_shares_an_address_with_one_who_is_taken_off_keeps_the_meeting(self, sent, options):
        sent.ok("person", "edit", "julie", "--email", "colin@example.org")
        fresh(sent)
        sent.ok("invite", "remove", "inaugural", "colin")
        found = fresh(sent, *options)
        off, stays = (calendar(found[name]) for name in ("colin-cox", "julie-young"))
        assert (has(off)[0], has(stays)[0]) == ("CANCEL", "REQUEST")
        assert (stays["SEQUENCE"], stays["DTSTAMP"]) > (off["SEQUENCE"], off["DTSTAMP"])
        assert needs(sent) == []

    def test_a_reply_from_the_old_address_still_counts(self, sent):
        sent.ok("person", "edit", "colin", "--email", "c.cox@new.example.org")
        fresh(sent)
        uid = sent.ok("meeting", "show", "inaugural", "--json").item["uid"]
        (sent.folder / "reply.ics").write_text(
            f"BEGIN:VCALENDAR\nMETHOD:REPLY\nBEGIN:VEVENT\nUID:{uid}\nDTSTAMP:20230508T100000Z\nSEQUENCE:0\n"
            "ATTENDEE;PARTSTAT=ACCEPTED:mailto:Colin@example.org\nEND:VEVENT\nEND:VCALENDAR\n"
        )
        told = sent.ok("invite", "replies", "reply.ics")
        assert "Colin Cox comes to Inaugural meeting" in told.out
        # Neither the number of the cancellation nor that of the new request makes it an answer to another meeting.
        answers = sent.ok("attendance", "show", "inaugural", "--json").item["answers"]
        assert (answers["coming"], answers["outdated"]) == (["colin-cox"], [])

    def test_an_issue_without_addresses_went_to_the_one_they_have(self, sent):
        (path,) = (sent.register / MEETING / "issued").iterdir()
        path.write_text(
            path.read_text().partition("organizer = ")[0] + 'to = ["colin-cox", "julie-young"]\nmethod = "REQUEST"\n'
        )
        sent.ok("commit")
        before = each(sent)
        assert needs(sent) == []
        sent.ok("person", "edit", "colin", "--email", "c.cox@new.example.org")
        assert needs(sent) == []
        sent.ok("agenda", "edit", "inaugural", "welcome", "--minutes", "25")
        assert [lack for _, _, lack in needs(sent)] == ["update", "update"]
        assert all("What has changed" not in file["DESCRIPTION"] for file in before.values())


class TestAnotherOrganiser:
    def test_the_number_rises_for_everybody_and_in_the_feed(self, sent):
        sent.ok("invite", "make", "inaugural")
        sent.ok("partnership", "edit", "--email", "new.coordinator@example.org")
        files = each(sent)
        assert {has(file)[:2] for file in files.values()} == {("REQUEST", 1)}
        assert all("new.coordinator@example.org" in file["ORGANIZER"] for file in files.values())
        assert "Organiser: " in files["colin-cox"]["DESCRIPTION"]
        sent.ok("invite", "make", "inaugural")
        public = unfolded((sent.register / MEETING / "invite.ics").read_bytes())
        assert public["SEQUENCE"] == "SEQUENCE:1"
        assert "coordinator@example.org" not in "".join(public.values()).replace("new.coordinator@example.org", "")

    def test_another_name_is_a_change_under_the_same_number(self, sent):
        sent.ok("partnership", "edit", "--coordinator", "Pat Hollis")
        assert {has(file)[:2] for file in each(sent).values()} == {("REQUEST", 0)}

    def test_an_answer_from_before_still_counts(self, sent):
        sent.ok("attendance", "reply", "inaugural", "colin", "accepted")
        sent.ok("partnership", "edit", "--email", "new.coordinator@example.org")
        each(sent)
        assert sent.ok("attendance", "show", "inaugural", "--json").item["answers"]["coming"] == ["colin-cox"]


class TestAnotherNameOrRole:
    def test_a_name_is_a_change_for_that_person_alone(self, sent):
        before = each(sent)
        sent.ok("person", "edit", "colin", "--name", "Colin Coxe")
        assert needs(sent) == [("colin-cox", "colin@example.org", "update")]
        after = each(sent)
        assert "CN=Colin Coxe" in after["colin-cox"]["ATTENDEE"]
        assert "Your name: Colin Coxe (was: Colin Cox)" in after["colin-cox"]["DESCRIPTION"]
        assert after["colin-cox"]["DTSTAMP"] > before["colin-cox"]["DTSTAMP"]
        assert after["julie-young"] == before["julie-young"]

    def test_so_is_a_deputy_who_becomes_the_representative(self, sent):
        sent.ok("person", "add", "Dee Puty", "--of", "police", "--deputy", "--email", "dee@example.org")
        each(sent)
        file = sent.register / "people" / "dee-puty.toml"
        file.write_text(file.read_text().replace("deputy = true\n", ""))
        sent.ok("commit")
        assert needs(sent) == [("dee-puty", "dee@example.org", "update")]
        after = each(sent)["dee-puty"]
        assert "ROLE=REQ-PARTICIPANT" in after["ATTENDEE"]
        assert "Your part: you are asked to come (was: you need not come)" in after["DESCRIPTION"]


class TestWhatHasChanged:
    def test_old_and_new_in_the_text_the_html_and_the_calendar(self, sent):
        sent.ok("meeting", "move", "inaugural", "--date", "2023-06-14", "--start", "3pm")
        sent.ok("meeting", "edit", "inaugural", "--venue", "Library <b>2</b>")
        message = fresh(sent)["colin-cox"]
        for said in (
            "Date: 14 June 2023 (was: 7 June 2023)",
            "Time: 15:00 to 17:00 (was: 14:00 to 16:00)",
            "Venue: Library <b>2</b> (was: Town Hall)",
        ):
            assert f"- {said}\n" in plain(message)
            assert f"- {said}\\n" in calendar(message)["DESCRIPTION"]
        page = message.get_body(("html",)).get_content()
        assert "<li>Venue: Library &lt;b&gt;2&lt;/b&gt; (was: Town Hall)</li>" in page

    def test_made_again_it_says_the_same_and_sent_again_it_still_does(self, sent):
        sent.ok("meeting", "edit", "inaugural", "--venue", "Library")
        fresh(sent)
        first, second = each(sent), each(sent)
        assert first == second
        assert "Venue: Library (was: Town Hall)" in first["colin-cox"]["DESCRIPTION"]
        again = fresh(sent, "--to", "colin")
        assert "Venue: Library (was: Town Hall)" in plain(again["colin-cox"])

    def test_what_anyone_may_open_says_when_and_where_alone(self, sent):
        sent.ok("invite", "make", "inaugural")
        sent.ok("meeting", "edit", "inaugural", "--venue", "Library", "--title", "First meeting")
        sent.ok("invite", "make", "inaugural")
        said = unfolded((sent.register / MEETING / "invite.ics").read_bytes())["DESCRIPTION"]
        assert said.startswith(
            "DESCRIPTION:What has changed\\n- Venue: Library (was: Town Hall)\\n\\nVenue: Library\\n"
        )

    def test_a_new_link_is_told_and_the_old_one_is_kept_nowhere(self, sent):
        sent.ok("meeting", "edit", "inaugural", "--link", "https://video.example.org/OLD")
        fresh(sent)
        sent.ok("meeting", "edit", "inaugural", "--link", "https://video.example.org/NEW")
        message = fresh(sent)["colin-cox"]
        assert "The link for joining by video has changed." in plain(message)
        assert "https://video.example.org/NEW" in plain(message)
        kept = b"".join(path.read_bytes() for path in (sent.register / MEETING / "issued").iterdir())
        assert b"video.example.org" not in kept


class TestTheAgenda:
    def test_running_times_alone_need_no_update_and_all_sends_it(self, sent):
        before = each(sent)
        sent.ok("agenda", "edit", "inaugural", "welcome", "--minutes", "25")
        assert needs(sent) == []
        said = (
            "2 people have other running times of the agenda of Inaugural meeting on 7 June 2023, and need no update "
            "for that alone."
        )
        assert said in sent.ok("invite", "status", "inaugural").err
        assert said in sent.ok("invite", "send", "inaugural").err
        assert "invitations" not in sent.ok("status").out
        assert each(sent) == before
        message = fresh(sent, "--all")["colin-cox"]
        assert "Length of Welcome and introductions: 25 minutes (was: 5 minutes)" in plain(message)
        assert "14:25" in calendar(message)["DESCRIPTION"]
        assert calendar(message)["SEQUENCE"] == "SEQUENCE:0"
        assert "running times" not in sent.ok("invite", "status", "inaugural").err

    def test_and_so_it_is_with_another_order_and_with_files_for_each(self, sent):
        sent.ok("agenda", "move", "inaugural", "apologies", "--after", "interests")
        assert needs(sent) == []
        assert "Order: " in each(sent, "--all")["colin-cox"]["DESCRIPTION"]
        assert "--all goes with --each" in sent.refused(2, "invite", "make", "inaugural", "--all")

    @pytest.mark.parametrize(
        ("command", "said"),
        [
            ("agenda add inaugural Funding --after welcome", "New item: Funding"),
            ("agenda edit inaugural welcome --title Hello", "Renamed item: Hello (was: Welcome and introductions)"),
            ("agenda remove inaugural interests --yes", "Removed item: Declarations of interest"),
            ("agenda edit inaugural welcome --lead colin", "Lead of Welcome and introductions: Colin Cox"),
            ("agenda add inaugural X --restricted Y", "New item: Restricted item"),
        ],
    )
    def test_a_new_a_renamed_or_a_removed_item_does(self, sent, command, said):
        sent.ok(*command.split())
        assert [lack for _, _, lack in needs(sent)] == ["update", "update"]
        message = fresh(sent)["colin-cox"]
        assert f"- {said}\n" in plain(message)
        assert f"- {said}\\n" in calendar(message)["DESCRIPTION"]

    def test_what_became_restricted_is_named_in_no_file_and_no_message(self, sent):
        sent.ok("agenda", "add", "inaugural", "CANARY", "--lead", "colin")
        fresh(sent)
        sent.ok("agenda", "edit", "inaugural", "canary", "--restricted", "Because")
        message = fresh(sent)["colin-cox"]
        assert "An item is now taken in private." in plain(message)
        open_files = {name: data for name, data in sent.files().items() if "/restricted/" not in name}
        assert [name for name, data in open_files.items() if b"canary" in data.lower()] == []
        assert sent.ok("check").code == 0
        # What was issued stays issued.
        sent.ok("undo", "--yes", sent.git("log", "--format=%h", "--grep=restricted", "-1").strip())
        assert "canary" in sent.ok("agenda", "show", "inaugural").out.lower()


class TestSending:
    def test_one_person_gets_theirs_again_and_nobody_else(self, sent):
        assert "Nobody needs a message" in sent.ok("invite", "send", "inaugural").err
        found = fresh(sent, "--to", "colin")
        assert list(found) == ["colin-cox"]
        assert found["colin-cox"]["Subject"].startswith("Invitation: Inaugural meeting, 7 June 2023 (")
        assert has(calendar(found["colin-cox"])) == ("REQUEST", 0, "colin@example.org")
        assert sent.messages()[-1] == "Write invitations to Inaugural meeting on 7 June 2023 to 1 person"
        assert needs(sent) == []

    def test_a_member_means_its_people(self, sent):
        assert list(fresh(sent, "--to", "barnardos", "--to", "colin")) == ["colin-cox", "julie-young"]

    def test_one_person_first_and_the_others_later(self, sent):
        sent.ok("meeting", "edit", "inaugural", "--venue", "Library")
        assert list(fresh(sent, "--to", "julie")) == ["julie-young"]
        assert needs(sent) == [("colin-cox", "colin@example.org", "update")]
        assert list(fresh(sent)) == ["colin-cox"]

    def test_a_cancellation_again_is_the_same_version(self, sent):
        sent.ok("invite", "remove", "inaugural", "colin")
        first = fresh(sent)["colin-cox"]
        again = fresh(sent, "--to", "colin")["colin-cox"]
        assert has(calendar(first)) == has(calendar(again)) == ("CANCEL", 1, "colin@example.org")

    def test_who_is_not_invited_is_refused_with_what_to_do(self, sent):
        sent.ok("person", "add", "Sam Guest", "--email", "sam@example.org")
        said = sent.refused(4, "invite", "send", "inaugural", "--to", "sam")
        assert f"slavefree invite add {MEETING} sam-guest" in said
        assert "No member or person fits 'zzz'" in sent.refused(3, "invite", "send", "inaugural", "--to", "zzz")

    def test_a_cover_note_stands_above_as_text_without_addresses_and_is_kept(self, sent):
        note = "Please bring <b>ID</b>.\n\nAsk julie@example.org, $(rm -rf) {{ x }}"
        message = fresh(sent, "--to", "colin", "--note", note)["colin-cox"]
        assert "Please bring <b>ID</b>.\n\nAsk (address), $(rm -rf) {{ x }}\n" in plain(message)
        assert plain(message).index("Please bring") < plain(message).index("You are invited")
        page = message.get_body(("html",)).get_content()
        assert "<p>Please bring &lt;b&gt;ID&lt;/b&gt;.</p>" in page
        assert "bring" not in calendar(message)["DESCRIPTION"]
        notes = [tomli.loads(path.read_text()).get("note") for path in (sent.register / MEETING / "issued").iterdir()]
        assert sorted(filter(None, notes)) == [note]
        assert "julie@example.org" not in sent.git("log", "--format=%B")

    def test_a_note_that_cannot_be_text_is_refused(self, sent):
        said = sent.refused(4, "invite", "send", "inaugural", "--to", "colin", "--note", "a\x07b")
        assert "note must not hold control characters" in said

    def test_each_later_message_refers_to_the_first(self, place):
        with_invitations(place)
        first = drafts(place)["colin-cox"]
        assert first["References"] is None
        place.ok("partnership", "edit", "--email", "new@elsewhere.example.org")
        place.ok("meeting", "move", "inaugural", "--date", "2023-06-14")
        update = fresh(place)["colin-cox"]
        place.ok("meeting", "cancel", "inaugural", "--reason", "Snow", "--yes")
        off = fresh(place)["colin-cox"]
        assert update["References"] == off["References"] == first["Message-ID"]
        assert len({message["Message-ID"] for message in (first, update, off)}) == 3
        assert drafts(place)["julie-young"]["References"] != first["Message-ID"]

    def test_a_title_that_names_the_partnership_is_enough(self, sent):
        sent.ok("meeting", "edit", "inaugural", "--title", "Colchester anti-slavery partnership: first meeting")
        subject = fresh(sent)["colin-cox"]["Subject"]
        assert subject == "Updated: Colchester anti-slavery partnership: first meeting, 7 June 2023"
