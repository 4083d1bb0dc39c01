"""Answers read from what people's calendar programs write; the samples are our own, after real ones."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slavefree_cli.calendar.reply import Answered, answers, bare
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
