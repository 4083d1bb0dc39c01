"""Answers read from what people's calendar programs write; the samples are our own, after real ones."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slavefree_cli.calendar.reply import Answered, Came, answers, bare
from slavefree_cli.mail.incoming import calendars


def reply(*lines, method="REPLY", head="VERSION:2.0\r\nPRODID:-//Test//EN\r\n", kind="VEVENT"):
    event = "\r\n".join(lines)
    inner = f"BEGIN:{kind}\r\n{event}\r\nEND:{kind}\r\n"
    return f"BEGIN:VCALENDAR\r\n{head}METHOD:{method}\r\n{inner}END:VCALENDAR\r\n".encode()


UID = "UID:m1@example.org"
AT = "DTSTAMP:20230530T100000Z"
YES = "ATTENDEE;PARTSTAT=ACCEPTED:mailto:colin@example.org"
STAMP = datetime(2023, 5, 30, 10, tzinfo=UTC)


def one(content):
    (found,) = answers(content)
    return found


def test_a_plain_answer():
    found = one(reply(UID, AT, "SEQUENCE:2", "ORGANIZER:mailto:coordinator@example.org", YES))
    assert found == Answered("answer", "m1@example.org", "colin@example.org", "accepted", None, STAMP, 2)


@pytest.mark.parametrize(
    ("partstat", "what", "said"),
    [
        ("DECLINED", "answer", "declined"),
        ("tentative", "answer", "tentative"),
        ("NEEDS-ACTION", "nothing", None),
        ("X-MAYBE", "nothing", None),
    ],
)
def test_what_was_answered(partstat, what, said):
    found = one(reply(UID, AT, f"ATTENDEE;PARTSTAT={partstat}:mailto:colin@example.org"))
    assert (found.what, found.reply) == (what, said)


@pytest.mark.parametrize(
    "line",
    [
        "ATTENDEE;PARTSTAT=ACCEPTED:MAILTO:Colin@Example.ORG",
        "ATTENDEE;PARTSTAT=ACCEPTED:Mailto:colin@example.org",
        'ATTENDEE;CN="Cox, Colin";PARTSTAT=ACCEPTED;X-UID=7:mailto:colin@example.org',
        "ATTENDEE;PARTSTAT=ACCEPTED;CN=Colin C\r\n ox:mailto:co\r\n lin@example.org",
        "ATTENDEE;PARTSTAT=ACCEPTED:mailto:colin@ex\r\n\tample.org",
        "attendee;partstat=accepted:mailto:colin@example.org",
    ],
)
def test_addresses_however_they_are_written_and_folded(line):
    assert one(reply(UID, AT, line))[:4] == ("answer", "m1@example.org", "colin@example.org", "accepted")


@pytest.mark.parametrize(
    "extra",
    [
        ['DTSTART;TZID="Sarajevo, Skopje, Warsaw, Zagreb":20230607T140000'],
        ["DTSTART;TZID=Pacific Standard Time:20230607T060000"],
        ["DTSTART:18500101T000000Z"],
        ["TZOFFSETFROM:+0921"],
        ["X_UNDER_SCORE:1"],
        ["X-LIC-ERROR;X-LIC-ERRORTYPE=VALUE-PARSE-ERROR:No value"],
        ["BEGIN:VALARM", "TRIGGER:-PT15M", "DESCRIPTION:x", "END:VALARM"],
        ["no colon at all"],
        ["SEQUENCE:many"],
    ],
)
def test_odd_lines_beside_an_answer_do_not_matter(extra):
    assert one(reply(UID, AT, *extra, YES)).reply == "accepted"


def test_a_byte_order_mark_no_product_and_bare_line_ends():
    content = b"\xef\xbb\xbf" + reply(UID, AT, YES, head="").replace(b"\r\n", b"\n")
    assert one(content).reply == "accepted"


@pytest.mark.parametrize("to", ['"mailto:sam@example.org"', "sam@example.org", "mailto:sam@example.org"])
def test_a_delegation(to):
    found = one(reply(UID, AT, f"ATTENDEE;PARTSTAT=DELEGATED;DELEGATED-TO={to}:mailto:colin@example.org"))
    assert (found.what, found.reply, found.why) == ("delegation", "delegated", "sends sam@example.org instead")


def test_a_proposal_of_another_time_is_no_tentative_answer():
    counter = reply(UID, AT, "DTSTART:20230608T130000Z", YES, method="COUNTER")
    assert one(counter)[0] == "proposal"
    assert one(counter).why == "proposes another time (2023-06-08 13:00 UTC)"
    tentative = "ATTENDEE;PARTSTAT=TENTATIVE:mailto:colin@example.org"
    assert one(reply(UID, AT, tentative, "TO-ALL-PROPOSED-NEW-TIME:20230608T130000Z"))[0] == "proposal"


@pytest.mark.parametrize(
    ("line", "at"),
    [
        ("ATTENDEE;PARTSTAT=TENTATIVE;TO-ALL-PROPOSED-NEW-TIME=20230608T130000Z:mailto:colin@example.org", True),
        ('ATTENDEE;PARTSTAT=DECLINED;X-PROPOSED-START="20230608T130000Z":mailto:colin@example.org', True),
        ("ATTENDEE;PARTSTAT=TENTATIVE;X-MS-OLK-COUNTERPROPOSAL=TRUE:mailto:colin@example.org", False),
    ],
)
def test_a_proposal_may_stand_in_a_parameter(line, at):
    found = one(reply(UID, AT, line))
    assert (found.what, found.address, found.reply) == ("proposal", "colin@example.org", None)
    assert found.why == f"proposes another time{' (2023-06-08 13:00 UTC)' if at else ''}"


def test_a_message_that_says_it_is_a_proposal_is_one():
    assert one(content := reply(UID, AT, YES)).what == "answer"
    assert [each.what for each in answers(content, Came("COUNTER"))] == ["proposal"]


@pytest.mark.parametrize("line", ["X-MS-OLK-COUNTERPROPOSAL:FALSE", "X-MICROSOFT-DISALLOW-COUNTER:TRUE"])
def test_what_only_sounds_like_a_proposal_is_none(line):
    assert one(reply(UID, AT, YES, line)).reply == "accepted"


@pytest.mark.parametrize(
    "value",
    [
        "urn:uuid:4B2D7C5E-0000-4000-8000-000000000001",
        "/aMTIzNDU2Nzg5/principal/",
        "https://calendar.example.org/principals/colin/",
        "mailto:",
    ],
)
@pytest.mark.parametrize("email", ["colin@example.org", '"Colin@Example.org"', '"mailto:colin@example.org"'])
def test_an_address_beside_the_value_counts(value, email):
    assert one(reply(UID, AT, f"ATTENDEE;EMAIL={email};PARTSTAT=ACCEPTED:{value}")).address == "colin@example.org"


def test_an_address_beside_another_counts_too():
    found = one(reply(UID, AT, "ATTENDEE;EMAIL=colin@example.org;PARTSTAT=ACCEPTED:mailto:c.cox@inside.example.org"))
    assert found.addresses == ("c.cox@inside.example.org", "colin@example.org")


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("mailto:/o=ExampleOrg/ou=Group (F)/cn=colin", "mailto:/o=ExampleOrg/ou=Group (F)/cn=colin"),
        ("EX:/o=ExampleOrg/cn=coxc", "EX:/o=ExampleOrg/cn=coxc"),
        ("invalid:nomail", "invalid:nomail"),
        ("mailto:", "mailto:"),
    ],
)
def test_who_answers_without_an_address_is_named_as_they_are(value, shown):
    found = one(reply(UID, AT, f"ATTENDEE;PARTSTAT=ACCEPTED;CN=Colin Cox:{value}"))
    assert (found.what, found.reply) == ("answer", "accepted")
    assert (found.addresses, found.called, found.instead) == ((), "Colin Cox", shown)


@pytest.mark.parametrize(
    "line",
    [
        'ATTENDEE;PARTSTAT=ACCEPTED;SENT-BY="mailto:PA@example.org":mailto:colin@example.org',
        "ATTENDEE;SENT-BY=mailto:pa@example.org;PARTSTAT=ACCEPTED:mailto:colin@example.org",
    ],
)
def test_who_sent_it_for_somebody(line):
    found = one(reply(UID, AT, line))
    assert (found.address, found.sent_by, found.reply) == ("colin@example.org", "pa@example.org", "accepted")


def test_a_name_with_quotes_in_it_loses_no_answer():
    line = 'ATTENDEE;CN=Colin "CC" Cox;PARTSTAT=ACCEPTED:mailto:colin@example.org'
    assert one(reply(UID, AT, line)).reply == "accepted"


FROM_COLIN = 'ATTENDEE;PARTSTAT=ACCEPTED;DELEGATED-FROM="mailto:colin@example.org":mailto:sam@example.org'
TO_SAM = 'ATTENDEE;PARTSTAT=DELEGATED;DELEGATED-TO="mailto:sam@example.org":mailto:colin@example.org'


@pytest.mark.parametrize("lines", [(FROM_COLIN, TO_SAM), (TO_SAM, FROM_COLIN)])
def test_who_comes_for_another_answers_for_both(lines):
    sam, colin = answers(reply(UID, AT, *lines, "COMMENT:Glad to"))
    assert (sam.address, sam.reply, sam.others) == ("sam@example.org", "accepted", ("colin@example.org",))
    assert (colin.what, colin.address, colin.reply) == ("delegation", "colin@example.org", "delegated")
    assert (sam.comment, colin.comment, colin.notes) == ("Glad to", None, ("as sam@example.org says",))


def test_who_sends_another_may_name_them_who_has_not_answered():
    found = one(reply(UID, AT, TO_SAM, FROM_COLIN.replace("ACCEPTED", "NEEDS-ACTION")))
    assert (found.what, found.address, found.others) == ("delegation", "colin@example.org", ("sam@example.org",))
    assert found.notes == ()


def test_several_who_are_sent():
    line = TO_SAM.replace('"mailto:sam@example.org"', '"mailto:sam@example.org","mailto:kim@example.org"')
    assert one(reply(UID, AT, line)).why == "sends sam@example.org and kim@example.org instead"


OTHER = "ATTENDEE;PARTSTAT={}:mailto:julie@example.org"


def test_of_a_list_of_all_the_one_line_with_an_answer_counts():
    for status in ("NEEDS-ACTION", ""):
        found = one(reply(UID, AT, OTHER.format(status), YES))
        assert (found.address, found.reply) == ("colin@example.org", "accepted")
        assert found.notes == ("the file lists 2 people, of whom one answers",)


def test_who_gives_two_answers_in_one_file_gives_none():
    no = YES.replace("ACCEPTED", "DECLINED")
    found = one(reply(UID, AT, YES, no))
    assert (found.what, found.why) == ("nothing", "gives two answers of one person")
    assert one(reply(UID, AT, YES, YES)).reply == "accepted"
    assert one(reply(UID, AT, YES.replace("ACCEPTED", "NEEDS-ACTION"), no)).reply == "declined"


def test_the_form_before_icalendar_calls_it_status():
    assert one(reply(UID, AT, YES.replace("PARTSTAT", "STATUS"))).reply == "accepted"


def test_of_several_answers_the_one_of_who_sent_the_message_counts():
    content = reply(UID, AT, YES, OTHER.format("DECLINED"))
    (found,) = answers(content, Came(sender="Julie@example.org"))
    assert (found.address, found.reply) == ("julie@example.org", "declined")
    assert one(content).what == "nothing"


def test_what_the_file_lacks_the_message_says():
    sent = datetime(2023, 5, 30, 11, tzinfo=UTC)
    (found,) = answers(reply(UID, YES), Came(sent=sent))
    assert (found.stamp, found.notes) == (sent, ("the file does not say when it was given, the message does",))
    bare_file = reply(UID, AT, YES).replace(b"METHOD:REPLY\r\n", b"")
    (found,) = answers(bare_file, Came("reply", sent=sent))
    assert (found.reply, found.stamp) == ("accepted", STAMP)
    assert found.notes == ("the file does not say that it is a reply, the message does",)
    assert one(bare_file).why == "does not say what it is for"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (r"S:\\new\\notes\, see \\\\server\\team", r"S:\new\notes, see \\server\team"),
        (r"one\ntwo\Nthree", "one\ntwo\nthree"),
        (r"a\;b\,c", "a;b,c"),
        (r"\\\, \\\\n", r"\, \\n"),
        (r"C:\temp and \ alone", r"C:\temp and \ alone"),
        ("100%2C or %5C", "100%2C or %5C"),
    ],
)
def test_what_is_escaped_is_read_in_one_pass(written, said):
    assert one(reply(UID, AT, YES, f"COMMENT:{written}")).comment == said


def test_several_events_are_told_apart_and_occurrences_left_alone():
    other = "BEGIN:VEVENT\r\nUID:m2@example.org\r\nDTSTAMP:20230531T100000Z\r\n" + YES.replace("ACCEPTED", "DECLINED")
    content = reply(UID, AT, YES).replace(b"END:VCALENDAR", (other + "\r\nEND:VEVENT\r\nEND:VCALENDAR").encode())
    assert [(each.uid, each.reply) for each in answers(content)] == [
        ("m1@example.org", "accepted"),
        ("m2@example.org", "declined"),
    ]
    assert one(reply(UID, AT, "RECURRENCE-ID:20230607T130000Z", YES)).what == "occurrence"


@pytest.mark.parametrize("kind", ["VTODO", "VFREEBUSY", "VJOURNAL"])
def test_what_is_about_no_meeting_is_left_alone(kind):
    assert one(reply(UID, AT, YES, kind=kind))[0] == "nothing"


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        ([UID, YES], "does not say when it was given"),
        ([UID, AT], "names no people"),
        ([UID, AT, YES, YES.replace("colin", "sam")], "names 2 people"),
        ([UID, "DTSTAMP:20231399T990000Z", YES], "does not say when it was given"),
    ],
)
def test_what_lacks_something_is_no_answer(lines, why):
    found = one(reply(*lines))
    assert found.what == "nothing"
    assert why in found.why


@pytest.mark.parametrize("method", ["REQUEST", "CANCEL", "PUBLISH", "REFRESH", ""])
def test_what_is_no_reply(method):
    assert one(reply(UID, AT, YES, method=method)).what == "nothing"


@pytest.mark.parametrize(
    "line",
    [
        "COMMENT:May be late\\, sorry",
        "COMMENT;LANGUAGE=en-US:May be late\\, sorry",
        "X-CALENDARSERVER-PRIVATE-COMMENT:May be late\\, sorry",
        'ATTENDEE;PARTSTAT=ACCEPTED;X-RESPONSE-COMMENT="May be late, sorry":mailto:colin@example.org',
    ],
)
def test_a_comment_wherever_it_stands(line):
    lines = [UID, AT, line] if line.startswith("ATT") else [UID, AT, YES, line]
    assert one(reply(*lines)).comment == "May be late, sorry"


EML = """From: Colin Cox <Colin@Example.org>
To: coordinator@example.org
Subject: Accepted: Inaugural meeting
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary=b

--b
Content-Type: text/plain

Colin accepted.
--b
Content-Type: text/calendar; method=REPLY; charset=UTF-8
Content-Transfer-Encoding: {encoding}

{body}
--b--
"""


def message(encoding):
    import base64
    import quopri

    content = reply(UID, AT, YES)
    body = (
        base64.encodebytes(content)
        if encoding == "base64"
        else quopri.encodestring(content.replace(b"\r\n", b"=0D=0A\n"))
    )
    if encoding == "quoted-printable":
        body = content.replace(b"=", b"=3D").replace(b"\r\n", b"=0D=0A=\n")
    return EML.format(encoding=encoding, body=body.decode()).encode()


@pytest.mark.parametrize("encoding", ["base64", "quoted-printable"])
def test_a_message_however_it_is_encoded(encoding):
    (found,) = calendars(message(encoding))
    assert found.sender == "Colin@Example.org"
    assert one(found.content).reply == "accepted"


def test_a_mailbox_of_several():
    one_message = message("base64")
    mailbox = b"".join(b"From colin@example.org Tue May 30 10:00:00 2023\n" + one_message + b"\n" for _ in range(3))
    assert [each.number for each in calendars(mailbox)] == [1, 2, 3]


def test_a_message_without_a_calendar_is_told():
    (found,) = calendars(b"From: a@example.org\nSubject: I come\n\nSee you there.\n")
    assert (found.content, found.sender) == (b"", "a@example.org")


def test_addresses_are_compared_by_what_counts():
    assert bare(" <MAILTO:A@b.Org> ") == "a@b.org"


@settings(max_examples=400, deadline=None)
@given(
    st.binary(max_size=300)
    | st.lists(
        st.sampled_from(
            [
                b"BEGIN:VCALENDAR",
                b"END:VCALENDAR",
                b"BEGIN:VEVENT",
                b"END:VEVENT",
                b"METHOD:REPLY",
                UID.encode(),
                AT.encode(),
                YES.encode(),
                b"ATTENDEE:",
                b'ATTENDEE;PARTSTAT="ACC',
                b" folded",
                b"\tfolded",
                b":",
                b";",
                b"=",
                b"\xff\xfe",
                b"",
                b"From: x",
                b'Content-Type: multipart/mixed; boundary="',
                b"From a b",
                b"From: =?utf-8?b?x?= <a@example.org>",
                b"Content-Type: message/rfc822",
                b"Content-Type: message/delivery-status",
                b"ATTENDEE;EMAIL=colin@example.org;PARTSTAT=ACCEPTED:urn:x",
                b"ATTENDEE;SENT-BY=mailto:colin@example.org;PARTSTAT=ACCEPTED:mailto:colin@example.org",
                b"Content-Transfer-Encoding: base64",
                b"Content-Type: text/calendar; charset=nonsense",
                b"--",
                b"DTSTAMP:99999999T999999Z",
                b"SEQUENCE:-1",
            ]
        )
    ).map(b"\r\n".join)
)
def test_nothing_that_comes_in_raises_or_answers_for_another(content):
    for incoming in calendars(content):
        for found in answers(incoming.content):
            if found.what == "answer":
                assert found.address == "colin@example.org"
                assert found.stamp is not None


@pytest.mark.parametrize(
    "content",
    [
        b"From: " + b"(" * 5_000 + b"\n\nx",
        b"Content-Type: multipart/mixed; boundary=x\n\n--x\n" * 1_500,
        b"Content-Type: message/rfc822\n\n" * 2_000,
        b"Content-Type: text/calendar; name*0*=nope''%ff; name*x=1; name*=2\n\nx",
        b"Content-Disposition: attachment; filename*=idna''%ff..a\n\nx",
        b"Content-Disposition: attachment; filename*=a%00''%ff\n\nx",
    ],
    ids=range(6),
)
def test_messages_that_are_made_to_be_hard_to_read_are_left_alone(content):
    assert [each.content for each in calendars(content)] == [b""]


def test_a_second_address_in_the_value_is_nobodys_answer():
    two = "ATTENDEE;PARTSTAT=ACCEPTED:mailto:zzz@example.org:mailto:julie@example.org"
    assert one(reply(UID, AT, two)).address != "julie@example.org"


def test_calendars_inside_calendars_have_an_end():
    assert answers(b"BEGIN:VCALENDAR\r\n" * 10_000 + b"BEGIN:VEVENT\r\nEND:VEVENT\r\n" * 10_000)[0].what == "nothing"
