"""``invite replies``: who answered, recorded from what their calendars send."""

import itertools

import pytest
import tomli

MEETING = "2023-06-07-inaugural"


def with_invitations(place):
    place.ok("person", "edit", "colin", "--email", "colin@example.org")
    place.ok("person", "edit", "julie", "--email", "julie@example.org")
    place.ok("partnership", "edit", "--quorum", "2")
    (place.folder / "out").mkdir()
    place.ok("invite", "make", "inaugural", "--each", "--to", "out")


@pytest.fixture
def invited(place, prepared):
    return prepared(place, with_invitations)


def uid(place):
    return place.ok("meeting", "show", "inaugural", "--json").item["uid"]


def answer(place, who, partstat, stamp="20230508T100000Z", sequence=0, method="REPLY", name=None, extra=""):
    text = (
        f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:{method}\r\nBEGIN:VEVENT\r\nUID:{uid(place)}\r\nDTSTAMP:{stamp}\r\n"
        f"SEQUENCE:{sequence}\r\n{extra}ATTENDEE;PARTSTAT={partstat}:mailto:{who}@example.org\r\nEND:VEVENT\r\n"
        "END:VCALENDAR\r\n"
    )
    path = place.folder / (name or f"{who}-{partstat}-{stamp}-{sequence}.ics")
    path.write_bytes(text.encode())
    return str(path)


def people(place):
    return tomli.loads((place.register / MEETING / "attendance.toml").read_text())["people"]


def test_answers_are_recorded_and_shown_before_the_meeting(invited):
    files = [answer(invited, "colin", "ACCEPTED"), answer(invited, "julie", "DECLINED", extra="COMMENT:On leave\r\n")]
    told = invited.ok("invite", "replies", *files)
    assert "Colin Cox comes to Inaugural meeting on 7 June 2023" in told.out
    assert "Julie Young does not come to Inaugural meeting on 7 June 2023: On leave" in told.out
    assert "nobody can tell who sent the file" in told.out
    assert people(invited)["julie-young"]["reply_comment"] == "On leave"
    shown = invited.ok("attendance", "show", "inaugural")
    assert "1 coming, 1 not coming, 0 not sure, 0 no answer." in shown.err
    assert "Quorum to be expected: not met (1 member, 2 needed)" in shown.err
    item = invited.ok("attendance", "show", "inaugural", "--json").item["answers"]
    assert (item["coming"], item["not_coming"], item["quorum"]["met"]) == (["colin-cox"], ["julie-young"], False)
    assert "example.org" not in invited.git("log", "-1", "--format=%B")


def test_a_draft_made_before_the_meeting_has_the_apologies(invited):
    invited.ok("invite", "replies", answer(invited, "julie", "DECLINED"))
    invited.ok("minutes", "draft", "inaugural")
    text = (invited.register / MEETING / "minutes.md").read_text()
    assert "Attendance has not been recorded yet.\n\n### Apologies\n\n- Julie Young" in text


def test_who_declined_has_sent_apologies_in_minutes_and_when_attendance_is_recorded(invited):
    invited.ok("invite", "replies", answer(invited, "julie", "DECLINED"))
    invited.ok("attendance", "record", "inaugural", "--present", "colin")
    assert people(invited)["julie-young"]["outcome"] == "apologies"
    invited.ok("minutes", "draft", "inaugural")
    text = (invited.register / MEETING / "minutes.md").read_text()
    assert text.index("pologies") < text.index("Julie Young")
    invited.ok("attendance", "record", "inaugural", "--present", "julie")
    assert people(invited)["julie-young"]["outcome"] == "present"


def test_who_declined_another_day_has_not_sent_apologies(invited):
    invited.ok("invite", "replies", answer(invited, "julie", "DECLINED"))
    invited.ok("meeting", "move", "inaugural", "--date", "2023-06-08")
    invited.ok("invite", "make", "inaugural", "--each", "--to", "out")
    invited.ok("attendance", "record", "inaugural", "--present", "colin")
    assert "outcome" not in people(invited)["julie-young"]


def test_another_persons_new_address_makes_no_answer_stale(invited):
    invited.ok("person", "edit", "colin", "--email", "cc@new.example.org")
    invited.ok("invite", "make", "inaugural", "--each", "--to", "out")
    invited.ok("attendance", "reply", "inaugural", "julie", "accepted")
    changed = answer(invited, "julie", "DECLINED", stamp="20230509T120000Z")
    assert "this answers version" not in invited.ok("invite", "replies", changed).out
    assert people(invited)["julie-young"]["reply"] == "declined"
    invited.ok("agenda", "add", "inaugural", "County Lines")
    told = {each["person"]: each for each in invited.ok(
        "invite", "make", "inaugural", "--each", "--to", "out", "--json"
    ).items}  # fmt: skip
    assert [told[id]["sequence"] for id in ("colin-cox", "julie-young")] == [1, 0]
    assert invited.ok("attendance", "show", "inaugural", "--json").item["answers"]["outdated"] == []


def test_a_version_below_the_first_that_was_sent_is_taken_for_that(invited):
    invited.ok("meeting", "move", "inaugural", "--date", "2023-06-08")
    invited.ok("invite", "make", "inaugural", "--each", "--to", "out")
    invited.ok("person", "add", "Zoe New", "--of", "police", "--email", "zoe@example.org")
    invited.ok("invite", "make", "inaugural", "--each", "--to", "out")
    invited.ok("invite", "replies", answer(invited, "zoe", "ACCEPTED"))
    item = invited.ok("attendance", "show", "inaugural", "--json").item["answers"]
    assert (item["coming"], item["outdated"]) == (["zoe-new"], [])


def test_in_any_order_and_twice_over_the_newest_counts_byte_for_byte(invited):
    files = [
        answer(invited, "colin", "ACCEPTED", "20230508T100000Z"),
        answer(invited, "colin", "DECLINED", "20230509T080000Z"),
        answer(invited, "julie", "TENTATIVE", "20230507T100000Z"),
    ]
    file = invited.register / MEETING / "attendance.toml"
    results = set()
    for order in itertools.permutations(files):
        for way in ("together", "one by one"):
            file.unlink(missing_ok=True)
            if way == "together":
                invited.ok("--no-commit", "invite", "replies", *order, *order)
            else:
                for each in order:
                    invited.ok("--no-commit", "invite", "replies", each)
            results.add(file.read_bytes())
    assert len(results) == 1
    assert people(invited)["colin-cox"]["reply"] == "declined"
    told = invited.ok("invite", "replies", files[0])
    assert "has answered Inaugural meeting on 7 June 2023 again since; this older answer is left alone" in told.out


def test_an_answer_to_an_older_version_is_marked(invited):
    invited.ok("meeting", "move", "inaugural", "--date", "2023-06-14")
    invited.ok("invite", "make", "inaugural", "--each", "--to", "out")
    told = invited.ok("invite", "replies", answer(invited, "colin", "ACCEPTED"))
    assert "this answers version 0, and 1 was sent since" in told.out
    shown = invited.ok("attendance", "show", "inaugural").err
    assert "0 coming, 0 not coming, 0 not sure, 2 no answer, 1 answered an earlier version." in shown
    assert "accepted earlier" in " ".join(invited.at_terminal("attendance", "show", "inaugural").out.split())


@pytest.mark.parametrize(
    ("who", "words"),
    [
        ("stranger", "comes from stranger@example.org, which is nobody's address in the register, and is not recorded"),
        ("guest", "comes from Sam Guest, who is not invited to Inaugural meeting on 7 June 2023, and is not recorded"),
        ("police", "comes from the mailbox of Essex Police, which is no person, and is not recorded"),
    ],
)
def test_who_is_not_invited_is_told_and_never_added(invited, who, words):
    invited.ok("person", "add", "Sam Guest", "--email", "guest@example.org")
    invited.ok("member", "edit", "essex", "--email", "police@example.org")
    told = invited.ok("invite", "replies", answer(invited, who, "ACCEPTED"))
    assert words in told.out
    assert not (invited.register / MEETING / "attendance.toml").exists()


def test_a_shared_address_is_nobodys_answer(invited):
    invited.ok("person", "edit", "julie", "--email", "colin@example.org")
    told = invited.ok("invite", "replies", answer(invited, "colin", "ACCEPTED"))
    assert "comes from an address that Colin Cox and Julie Young share" in told.out


def test_proposals_other_meetings_and_what_is_no_reply_are_told(invited):
    files = [
        answer(invited, "colin", "TENTATIVE", method="COUNTER", name="counter.ics"),
        answer(invited, "colin", "ACCEPTED", method="REQUEST", name="request.ics"),
        answer(invited, "colin", "DELEGATED;DELEGATED-TO=sam@example.org", name="delegated.ics"),
    ]
    other = invited.folder / "other.ics"
    other.write_bytes(
        (invited.folder / "request.ics").read_bytes().replace(b"REQUEST", b"REPLY").replace(b"UID:", b"UID:x")
    )
    (invited.folder / "text.eml").write_text("From: a@example.org\n\nHello\n")
    (invited.folder / "picture.ics").write_bytes(b"\x89PNG\r\n")
    told = invited.ok("invite", "replies", *files, "other.ics", "text.eml", "picture.ics").out
    for words in (
        "Colin Cox proposes another time for Inaugural meeting on 7 June 2023; nothing is recorded.",
        "is no reply but REQUEST.",
        "Colin Cox sends somebody else to Inaugural meeting",
        "sends sam@example.org instead, which is not recorded",
        "is about a meeting that is not in this register.",
        "text.eml\tleft-alone\thas no calendar in it.",
        "picture.ics\tleft-alone\t",
    ):
        assert words in told, told
    assert people(invited)["colin-cox"]["reply"] == "delegated"
    assert list(people(invited)) == ["colin-cox"]


def test_folders_standard_input_and_files_that_cannot_be_read(invited):
    folder = invited.folder / "mails"
    folder.mkdir()
    answer(invited, "colin", "ACCEPTED", name="mails/a.ics")
    answer(invited, "julie", "ACCEPTED", name="mails/b.ics")
    (folder / "note.txt").write_text("not looked at")
    assert invited.ok("invite", "replies", "mails").err.endswith("Recorded 2 answers.\n")
    missing = invited.run("invite", "replies", "nowhere.ics", "mails")
    assert missing.code == 4
    assert "nowhere.ics\tunreadable\tis not there" in missing.out
    assert "was recorded already" in missing.out


@pytest.mark.parametrize(
    ("stamp", "sequence", "words"),
    [
        ("20230508T100000Z", 7, "is to version 7, which was never sent"),
        ("20990101T000000Z", 0, "bears a time still to come (2099-01-01 00:00 UTC)"),
    ],
)
def test_what_nobody_can_have_answered_keeps_no_true_answer_out(invited, stamp, sequence, words):
    told = invited.ok("invite", "replies", answer(invited, "colin", "DECLINED", stamp, sequence))
    assert words in told.out
    invited.ok("invite", "replies", answer(invited, "colin", "ACCEPTED"))
    assert people(invited)["colin-cox"]["reply"] == "accepted"


def test_a_message_from_another_address_than_the_one_who_answers_is_told(invited):
    calendar = answer(invited, "colin", "ACCEPTED")
    with open(calendar) as file:
        body = file.read()
    for sender, told in (("Colin@Example.org", ""), ("evil@example.org", "the message came from another address")):
        (invited.folder / "reply.eml").write_text(
            f"From: X <{sender}>\nContent-Type: text/calendar; method=REPLY\n\n{body}"
        )
        said = invited.ok("--no-commit", "invite", "replies", "reply.eml").out
        assert ("another address" in said) == bool(told)
        assert "nobody can tell" not in said


class TestByHand:
    """What the coordinator knows better stays, though the same file is read again."""

    def test_an_answer_by_voice_is_newer_than_the_file_even_where_their_clock_is_ahead(self, invited):
        file = answer(invited, "colin", "ACCEPTED", "20230509T200000Z")
        invited.ok("invite", "replies", file)
        invited.ok("attendance", "reply", "inaugural", "colin", "declined", "--comment", "Rang on Monday")
        told = invited.ok("invite", "replies", file)
        assert "this older answer is left alone" in told.out
        colin = people(invited)["colin-cox"]
        assert (colin["reply"], colin["reply_comment"]) == ("declined", "Rang on Monday")

    def test_a_newer_answer_of_theirs_counts_after_one_by_voice(self, invited):
        invited.ok("attendance", "reply", "inaugural", "colin", "declined")
        invited.ok("invite", "replies", answer(invited, "colin", "ACCEPTED", "20230509T200000Z"))
        assert people(invited)["colin-cox"]["reply"] == "accepted"

    def test_an_answer_by_voice_is_to_the_version_that_they_have(self, invited):
        invited.ok("meeting", "move", "inaugural", "--date", "2023-06-14")
        invited.ok("invite", "make", "inaugural", "--each", "--to", "out")
        invited.ok("attendance", "reply", "inaugural", "colin", "accepted")
        assert invited.ok("attendance", "show", "inaugural", "--json").item["answers"]["coming"] == ["colin-cox"]

    @pytest.mark.parametrize("reply", ["accepted", "declined", "tentative", "delegated"])
    @pytest.mark.parametrize("with_stamp", [True, False])
    def test_one_that_was_edited_in_the_file_stays_whichever_it_is(self, invited, reply, with_stamp):
        file = answer(invited, "colin", "TENTATIVE", extra="COMMENT:Perhaps\r\n")
        invited.ok("invite", "replies", file)
        path = invited.register / MEETING / "attendance.toml"
        stamp = "reply_stamp = 2023-05-08T10:00:00Z\n" if with_stamp else ""
        path.write_text(f'[people.colin-cox]\nreply = "{reply}"\n{stamp}reply_comment = "Told me"\n')
        invited.ok("commit")
        before = path.read_bytes()
        told = invited.ok("invite", "replies", file)
        assert path.read_bytes() == before
        assert f"says tentative where {reply} is recorded of Colin Cox" in told.out
        assert f"slavefree attendance reply {MEETING} colin-cox tentative" in told.out
        assert "Recorded 0 answers." in told.err
