"""``invite replies``: answers as people's programs really send them, and files as mail programs keep them."""

import pytest
import tomli

from incoming_mail import COLIN, JULIE, attached, attendee, bounced, calendar, mailbox, message

MEETING = "2023-06-07-inaugural"
UID = "autumn@example.org"
LATER = {"SOURCE_DATE_EPOCH": "1683709200"}  # 10 May 2023, 09:00 UTC


def with_fixed_invitations(place):
    place.ok("person", "edit", "colin", "--email", COLIN)
    place.ok("person", "edit", "julie", "--email", JULIE)
    place.ok("person", "add", "Sam Reed", "--email", "samreed@googlemail.com", "--of", "barnardos")
    place.ok("member", "add", "Anytown NHS Trust", "--sector", "health", "--email", "safeguarding@example.org")
    file = place.register / MEETING / "meeting.toml"
    text = file.read_text()
    uid = tomli.loads(text)["uid"]
    file.write_text(text.replace(uid, UID))
    place.ok("commit")
    (place.folder / "out").mkdir()
    place.ok("invite", "make", "inaugural", "--each", "--to", "out")


@pytest.fixture
def invited(place, prepared):
    return prepared(place, with_fixed_invitations)


def answer(*lines, **given):
    return calendar(*lines, uid=UID, **given)


def take(place, content, *options, name="reply.eml"):
    (place.folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
    return place.ok("--no-commit", "invite", "replies", name, *options).out


def recorded(place):
    file = place.register / MEETING / "attendance.toml"
    return tomli.loads(file.read_text()) if file.exists() else {}


def test_a_comment_keeps_its_letters_in_whatever_charset_it_came(invited):
    said = "I’ll be late – parking £5 at the café"
    content = message(answer(extra=[f"COMMENT:{said}"]).encode("cp1252"), "text/calendar; charset=Windows-1252")
    assert said in take(invited, content)
    assert recorded(invited)["people"]["colin-cox"]["reply_comment"] == said


def test_a_file_in_utf_16_and_a_path_with_backslashes(invited):
    content = answer(extra=[r"COMMENT:Café\, see S:\\new\\notes"]).encode("utf-16")
    assert r"Café, see S:\new\notes" in take(invited, content, name="reply.ics")


def test_what_was_forwarded_has_come_from_who_wrote_it(invited):
    told = take(invited, attached(message(answer()), "message/rfc822", "base64"))
    assert "Colin Cox comes to Inaugural meeting" in told
    assert "another address" not in told


def test_an_assistant_is_named(invited):
    line = attendee(COLIN, parameters=';SENT-BY="mailto:pa@example.org"')
    for sender, headers in (("PA <pa@example.org>", ""), (f"Colin <{COLIN}>", "Sender: pa@example.org\r\n")):
        told = take(invited, message(answer(line), sender=sender, headers=headers))
        assert "(sent by pa@example.org for Colin Cox)" in told


def unreached(place):
    people = place.ok("invite", "status", "inaugural", "--json").item["people"]
    return {each["person"]: each["unreached"] for each in people if each["unreached"] is not None}


def invitation(place, of="colin-cox"):
    return (place.folder / "out" / f"{MEETING}-{of}.ics").read_bytes().decode()


def test_whom_it_did_not_reach_is_shown_until_they_are_sent_it_again_or_have_another_address(invited):
    back = bounced(said=f"550 5.1.1 <{COLIN}> unknown", enclosed=invitation(invited))
    assert take(invited, back).split("\t")[1] == "unreached"
    assert take(invited, back).split("\t")[1] == "known"
    assert unreached(invited) == {"colin-cox": "5.1.1 550 5.1.1 <(address)> unknown"}
    told = invited.ok("invite", "status", "inaugural").err
    assert f"Colin Cox was not reached at {COLIN} (5.1.1 550" in told
    assert "--to colin-cox" in told
    assert "1 invited person was not reached." in invited.ok("status").out
    invited.ok("check")
    invited.ok("invite", "send", "inaugural", "--to", "colin", env=LATER)
    assert unreached(invited) == {}
    assert take(invited, back).split("\t")[1] == "known"
    assert unreached(invited) == {}


def test_another_address_has_not_failed_to_be_reached(invited):
    take(invited, bounced(enclosed=invitation(invited)))
    invited.ok("person", "edit", "colin", "--email", "new@example.org")
    assert "new@example.org" not in invited.ok("invite", "status", "inaugural").err
    people = invited.ok("invite", "status", "inaugural", "--json").item["people"]
    assert [each["former"] for each in people if each["unreached"] is not None] == [True]


def test_what_is_passed_on_is_known_by_the_calendar_that_came_back(invited):
    take(invited, bounced("private@example.net", enclosed=invitation(invited, "anytown-nhs-trust")))
    assert unreached(invited) == {"anytown-nhs-trust": "5.1.1"}


def test_what_came_back_without_the_calendar_is_known_by_the_message_that_it_names(invited):
    invited.ok("invite", "send", "inaugural", "--to", "julie")
    draft = (invited.register / "outbox" / f"{MEETING}_julie-young.eml").read_bytes()
    head, _, _ = draft.partition(b"\r\n\r\n")
    report = bounced(JULIE).replace(b"message/rfc822\r\n\r\nSubject: x", b"text/rfc822-headers\r\n\r\n" + head)
    assert take(invited, report.replace(b"08 May", b"10 May")).split("\t")[1] == "unreached"
    assert list(unreached(invited)) == ["julie-young"]


def test_of_a_message_that_does_not_say_which_it_was_nothing_is_recorded(invited):
    told = take(invited, bounced())
    assert "It does not say which invitation it was, and nothing is recorded." in told
    assert unreached(invited) == {}


def test_what_did_not_arrive_does_not_hide_an_answer_that_was_forwarded_with_it(invited):
    both = [bounced(enclosed=invitation(invited)), message(answer(attendee(JULIE)), sender=JULIE)]
    parts = b"".join(b"--o\r\nContent-Type: message/rfc822\r\n\r\n" + each + b"\r\n" for each in both)
    forwarded = message(parts + b"--o--\r\n", "multipart/mixed; boundary=o", sender="coordinator@example.org")
    assert [line.split("\t")[1] for line in take(invited, forwarded).splitlines()] == ["unreached", "recorded"]


def test_two_clones_that_read_one_report_have_it_once(clones):
    sam, kim = clones
    with_fixed_invitations(sam)
    sam.ok("sync")
    kim.ok("sync")
    for place in clones:
        (place.folder / "back.eml").write_bytes(bounced(enclosed=invitation(sam)))
        place.ok("invite", "replies", "back.eml")
    sam.ok("sync")
    kim.ok("sync")
    assert recorded(sam) == recorded(kim)
    assert list(recorded(sam)["unreached"]) == ["colin-cox"]


@pytest.mark.parametrize(
    "value", ["mailto:/o=ExampleOrg/ou=First/cn=coxc", "EX:/o=ExampleOrg/cn=coxc", "invalid:nomail"]
)
def test_who_has_no_address_is_told_with_who_it_may_be_and_taken_when_that_is_said(invited, value):
    content = message(answer(attendee(value, parameters=";CN=C. Cox", scheme="")))
    told = take(invited, content)
    assert f"names the one who answers as {value}, which is no address, and is not recorded" in told
    assert f"perhaps it is of Colin Cox (the message is from {COLIN})" in told
    assert "slavefree invite replies reply.eml --as colin-cox" in told
    assert recorded(invited) == {}
    told = take(invited, content, "--as", "colin")
    assert "Colin Cox comes to Inaugural meeting on 7 June 2023 (taken as that of Colin Cox, as you say)" in told


def test_who_cannot_be_told_at_all_is_told_with_who_sent_it(invited):
    line = attendee("EX:/o=ExampleOrg/cn=p", parameters=";CN=Pat", scheme="")
    told = take(invited, message(answer(line), sender="pat@example.net"))
    assert "not recorded; it calls itself Pat; the message is from pat@example.net; say whose it is: slavefree" in told


@pytest.mark.parametrize("address", ["samreed@gmail.com", "Sam.Reed@googlemail.com", "samreed+work@gmail.com"])
def test_what_may_be_the_same_mailbox_is_told_and_never_guessed(invited, address):
    told = take(invited, answer(attendee(address)), name="reply.ics")
    assert f"comes from {address.lower()}, which is nobody's address in the register, and is not recorded" in told
    assert "perhaps it is of Sam Reed (samreed@googlemail.com may be the same mailbox)" in told
    assert recorded(invited) == {}
    assert "Sam Reed comes to" in take(invited, answer(attendee(address)), "--as", "sam", name="reply.ics")


def test_what_is_said_is_meant_of_those_it_can_be_meant_of(invited):
    box = mailbox(
        message(answer(attendee("invalid:nomail", scheme=""))),
        message(answer(attendee("samreed@gmail.com")), sender="x@example.org"),
        message(answer(attendee("stranger@example.org")), sender="x@example.org"),
    )
    told = take(invited, box, "--as", "sam", name="box")
    assert list(recorded(invited)["people"]) == ["sam-reed"]
    assert told.count("it is not the only one of whom no address is known: read it by itself, with --as") == 2
    told = take(invited, answer(), "--as", "sam", name="reply.ics")
    assert "is the answer of Colin Cox, going by its address, and not of Sam Reed; leave --as out" in told
    assert invited.run("invite", "replies", "reply.ics", "--as", "nobody").code == 3


def test_two_who_have_no_address_are_not_one(invited):
    line = attendee("invalid:nomail", scheme="")
    box = mailbox(*(message(answer(line), sender=f"{each}@example.net") for each in ("pat", "kit")))
    assert take(invited, box, "--as", "sam", name="box").count("it is not the only one") == 2
    assert recorded(invited) == {}


def test_a_shared_address_is_that_of_whom_the_coordinator_names(invited):
    invited.ok("person", "edit", "julie", "--email", COLIN)
    told = take(invited, answer(), name="reply.ics")
    assert "comes from an address that Colin Cox and Julie Young share, and is not recorded" in told
    assert "--as julie-young" in told
    assert "Julie Young comes to" in take(invited, answer(), "--as", "julie", name="reply.ics")


def test_a_member_that_was_invited_by_its_mailbox_answers_by_it(invited):
    told = take(invited, answer(attendee("safeguarding@example.org")), name="reply.ics")
    assert "Anytown NHS Trust comes to Inaugural meeting on 7 June 2023" in told
    assert recorded(invited)["members"] == {
        "anytown-nhs-trust": {
            "reply": "accepted",
            "reply_stamp": tomli.loads("at = 2023-05-08T10:00:00Z")["at"],
            "reply_sequence": 0,
        }
    }
    invited.ok("check")
    item = invited.ok("attendance", "show", "inaugural", "--json").item
    assert item["answers"]["coming"] == ["anytown-nhs-trust"]
    assert item["answers"]["quorum"]["present"] == 1
    assert item["people"][0]["reply"] == "accepted"
    assert take(invited, answer(attendee("safeguarding@example.org")), name="reply.ics").split("\t")[1] == "known"


def test_a_member_that_declined_has_sent_apologies_and_what_it_answered_outlives_every_record(invited):
    declined = answer(attendee("safeguarding@example.org", "DECLINED"), extra=("COMMENT:Nobody is free",))
    take(invited, declined, name="reply.ics")
    invited.ok("attendance", "reply", "inaugural", "sam", "accepted")
    assert recorded(invited)["members"]["anytown-nhs-trust"]["reply_comment"] == "Nobody is free"
    assert invited.ok("attendance", "show", "inaugural", "--json").item["answers"]["not_coming"] == [
        "anytown-nhs-trust"
    ]
    invited.ok("attendance", "record", "inaugural", "--present", "colin")
    assert recorded(invited)["members"]["anytown-nhs-trust"]["reply"] == "declined"
    shown = {each["person"]: each for each in invited.ok("attendance", "show", "inaugural", "--json").item["people"]}
    assert shown["anytown-nhs-trust"]["outcome"] == "apologies"
    assert "anytown-nhs-trust\tdeclined\tapologies" in invited.ok("attendance", "show", "inaugural").out
    invited.ok("minutes", "draft", "inaugural")
    text = (invited.register / MEETING / "minutes.md").read_text()
    assert "### Apologies\n\n- Anytown NHS Trust\n" in text


def test_somebody_who_came_for_a_member_sent_no_apologies(invited):
    take(invited, answer(attendee("safeguarding@example.org", "DECLINED")), name="reply.ics")
    invited.ok("person", "add", "Jo Bell", "--of", "nhs")
    invited.ok("attendance", "record", "inaugural", "--present", "jo")
    invited.ok("minutes", "draft", "inaugural")
    assert "- Anytown NHS Trust" not in (invited.register / MEETING / "minutes.md").read_text()


def test_a_member_answers_by_voice_as_well(invited):
    told = invited.ok("attendance", "reply", "inaugural", "Anytown NHS Trust", "declined", "--comment", "On strike")
    assert "Recorded: Anytown NHS Trust, declined" in told.err
    assert "does not come to" in invited.git("log", "-1", "--format=%s")
    assert recorded(invited)["members"]["anytown-nhs-trust"]["reply_comment"] == "On strike"
    late = answer(attendee("safeguarding@example.org"), stamp="20230501T100000Z")
    assert take(invited, late, name="reply.ics").split("\t")[1] == "older"
    assert invited.run("attendance", "reply", "inaugural", "Essex Police", "declined").code == 3
    refused = invited.run("attendance", "record", "inaugural", "--apologies", "NHS")
    assert (refused.code, "attendance reply MEETING anytown-nhs-trust declined" in refused.err) == (3, True)


def test_of_two_answers_with_one_stamp_the_one_sent_later_counts_in_any_order(invited):
    no = message(answer(attendee(partstat="DECLINED")), date="Mon, 08 May 2023 10:00:05 +0000")
    yes = message(answer(), date="Mon, 08 May 2023 10:30:05 +0000")
    file = invited.register / MEETING / "attendance.toml"
    found = set()
    for order in ((no, yes), (yes, no)):
        file.unlink(missing_ok=True)
        told = "".join(take(invited, each) for each in order)
        found.add(file.read_bytes())
        assert "nothing tells" not in told
    assert len(found) == 1
    assert recorded(invited)["people"]["colin-cox"]["reply"] == "accepted"


def test_where_nothing_tells_which_of_two_is_newer_it_is_told_in_any_order(invited):
    no, yes = answer(attendee(partstat="DECLINED")), answer()
    for order in ((no, yes), (yes, no)):
        (invited.register / MEETING / "attendance.toml").unlink(missing_ok=True)
        for number, content in enumerate(order):
            (invited.folder / f"{number}.ics").write_text(content, newline="")
        told = invited.ok("--no-commit", "invite", "replies", "0.ics", "1.ics").out
        assert (
            "gave two answers to Inaugural meeting on 7 June 2023 that bear the same time, declined and accepted"
            in told
        )
        assert f"slavefree attendance reply {MEETING} colin-cox accepted" in told
        assert recorded(invited)["people"]["colin-cox"]["reply"] == "declined"


def test_what_is_recorded_stays_before_a_file_of_the_same_time_as_somebody_may_have_put_it_right(invited):
    no, yes = answer(attendee(partstat="DECLINED")), answer()
    for order, stays, other in (((no, yes), "declined", "accepted"), ((yes, no), "accepted", "declined")):
        (invited.register / MEETING / "attendance.toml").unlink(missing_ok=True)
        told = [take(invited, each, name="reply.ics") for each in order][1]
        assert f"says {other} where {stays} is recorded of Colin Cox" in told
        assert f"slavefree attendance reply {MEETING} colin-cox {other}" in told
        assert recorded(invited)["people"]["colin-cox"]["reply"] == stays


def test_of_two_with_one_time_nothing_needs_to_be_settled_where_a_later_answer_came_too(invited):
    for number, content in enumerate(
        (answer(), answer(attendee(partstat="DECLINED")), answer(stamp="20230508T110000Z"))
    ):
        (invited.folder / f"{number}.ics").write_text(content, newline="")
    told = invited.ok("--no-commit", "invite", "replies", "0.ics", "1.ics", "2.ics").out
    assert "nothing tells" not in told
    assert recorded(invited)["people"]["colin-cox"]["reply"] == "accepted"


def test_a_version_that_a_program_counted_by_itself_is_taken_for_the_last_that_was_sent(invited):
    told = take(invited, answer(attendee(partstat="DECLINED"), sequence=2), name="reply.ics")
    assert "it names version 2, which was never sent, and is taken to be to 0" in told
    assert recorded(invited)["people"]["colin-cox"]["reply_sequence"] == 0
    later = answer(stamp="20230508T110000Z")
    assert "Colin Cox comes to" in take(invited, later, name="reply.ics")


def test_a_version_far_from_any_is_taken_when_it_is_said_whose_it_is(invited):
    content = answer(sequence=99)
    told = take(invited, content, name="reply.ics")
    assert "is to version 99, which was never sent, and is not recorded" in told
    assert "slavefree invite replies reply.ics --as colin-cox" in told
    take(invited, content, "--as", "colin", name="reply.ics")
    assert recorded(invited)["people"]["colin-cox"]["reply_sequence"] == 0


def test_who_comes_for_another_and_is_not_invited_is_told_with_how(invited):
    invited.ok("person", "add", "Kim Lee", "--email", "kim@example.org")
    lines = (
        attendee("kim@example.org", parameters=f';DELEGATED-FROM="mailto:{COLIN}"'),
        attendee(COLIN, "DELEGATED", ';DELEGATED-TO="mailto:kim@example.org"'),
    )
    told = take(invited, answer(*lines), name="reply.ics")
    assert "comes from Kim Lee, who is not invited to Inaugural meeting on 7 June 2023, and is not recorded" in told
    assert f"in the place of Colin Cox, and are invited with: slavefree invite add {MEETING} kim-lee" in told
    assert "Colin Cox sends somebody else" in told
    assert list(recorded(invited)["people"]) == ["colin-cox"]
    invited.ok("invite", "add", "inaugural", "kim")
    assert "Kim Lee comes to Inaugural meeting on 7 June 2023 (in the place of Colin Cox" in take(
        invited, answer(*lines), name="reply.ics"
    )


def test_what_did_not_arrive_is_told_with_whom_and_why(invited):
    told = take(invited, bounced(enclosed=answer(method="REQUEST")))
    assert f"the invitation to Inaugural meeting on 7 June 2023 for Colin Cox did not reach {COLIN}: 5.1.1." in told
    assert "slavefree person edit colin-cox --email ADDRESS" in told
    assert "a message did not reach x@example.org yet: 4.4.1" in take(
        invited, bounced("x@example.org", "delayed", "4.4.1")
    )


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (message(b"eJ8+", "application/ms-tnef; name=winmail.dat", "base64"), "winmail.dat, which Outlook alone reads"),
        (message(b"MIIB", "application/pkcs7-mime; smime-type=signed-data", "base64"), "is signed with S/MIME"),
        (
            message("I come", "text/plain"),
            "has no calendar in it. It is from Colin Cox, “Accepted: Inaugural meeting”.",
        ),
    ],
)
def test_what_cannot_be_read_names_what_it_is_from_whom_and_what_to_do(invited, content, words):
    told = take(invited, content)
    assert words in told
    assert "slavefree attendance reply MEETING" in told


def test_a_message_as_outlook_keeps_it_is_unreadable_by_its_name_or_what_it_is(invited):
    for name, content in (("a.msg", b"x"), ("b.dat", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")):
        (invited.folder / name).write_bytes(content)
        answered = invited.run("invite", "replies", name)
        assert answered.code == 4
        assert "is a message as Outlook keeps it (.msg)" in answered.out


def test_of_a_folder_it_is_told_what_was_done_with_every_file(invited):
    box = invited.folder / "Mail"
    (box / "Answers.mbox").mkdir(parents=True)
    (box / "Inbox").write_bytes(mailbox(message(answer())))
    (box / "Inbox.msf").write_bytes(b"// <!-- <mdb:mork:z -->")
    (box / "Answers.mbox" / "mbox").write_bytes(mailbox(message(answer(attendee(JULIE)), sender=JULIE)))
    (box / "Answers.mbox" / "table_of_contents").write_bytes(b"\0\1\2")
    (box / "notes.txt").write_text("Ring Julie")
    (box / "empty").touch()
    (box / "linked").symlink_to(invited.folder)
    (box / "gone.eml").symlink_to(invited.folder / "nowhere")
    answered = invited.run("invite", "replies", "Mail")
    told = {line.split("\t")[0]: line.split("\t")[1:] for line in answered.out.splitlines()}
    assert {file: did for file, (did, _) in told.items()} == {
        "Mail/Answers.mbox/mbox": "recorded",
        "Mail/Answers.mbox/table_of_contents": "left-alone",
        "Mail/Inbox": "recorded",
        "Mail/Inbox.msf": "left-alone",
        "Mail/empty": "left-alone",
        "Mail/gone.eml": "unreadable",
        "Mail/linked": "unreadable",
        "Mail/notes.txt": "left-alone",
    }
    assert told["Mail/Inbox.msf"][1] == "is the index of a folder in Thunderbird, and holds no messages."
    assert told["Mail/notes.txt"][1] == "is no calendar and no message with one."
    assert answered.code == 4


def test_a_folder_with_nothing_in_it_is_told(invited):
    (invited.folder / "Mail").mkdir()
    assert invited.ok("invite", "replies", "Mail").out == "Mail\tleft-alone\tis a folder without a file in it.\n"


def test_a_mailbox_is_told_in_its_order_and_what_is_nothing_in_it_together(invited):
    words = message("hello", "text/plain", sender="x@example.org")
    box = mailbox(
        message(answer(stamp="20230508T110000Z")),
        message(answer(attendee(JULIE), stamp="20230507T110000Z"), sender=JULIE),
        *[words] * 11,
    )
    told = take(invited, box, name="Inbox").splitlines()
    assert [line.split("\t")[2][:9] for line in told[:2]] == ["Colin Cox", "Julie You"]
    assert told[2:] == ["Inbox\tleft-alone\t11 of its messages have no calendar in them."]


def test_newer_answers_of_a_mailbox_win_when_two_clones_meet(clones):
    sam, kim = clones
    for place, partstat, stamp in ((sam, "ACCEPTED", "20230508T100000Z"), (kim, "DECLINED", "20230507T100000Z")):
        if place is sam:
            with_fixed_invitations(place)
            place.ok("sync")
        else:
            place.ok("sync")
        line = attendee("safeguarding@example.org", partstat)
        (place.folder / "reply.ics").write_text(answer(line, stamp=stamp), newline="")
        place.ok("invite", "replies", "reply.ics")
    sam.ok("sync")
    kim.ok("sync")
    sam.ok("sync")
    for place in clones:
        assert recorded(place)["members"]["anytown-nhs-trust"]["reply"] == "accepted"


@pytest.mark.parametrize("besides", ["{}, Mallory <mallory@evil.test>", "{}\r\nFrom: mallory@evil.test"])
def test_who_else_is_named_as_sender_is_told(invited, besides):
    told = take(invited, message(answer(), sender=besides.format(f"Colin <{COLIN}>")))
    assert "(sent by mallory@evil.test for Colin Cox)" in told
