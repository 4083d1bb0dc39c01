"""What is found in a message, from whom, and what is told of what is not read."""

import base64

import pytest

from incoming_mail import COLIN, JULIE, attached, attendee, bounced, calendar, mailbox, message
from slavefree_cli.mail.bounces import Delivery
from slavefree_cli.mail.incoming import calendars

REPLY = calendar(extra=["COMMENT:café"])
ONE = message(REPLY)


def only(content):
    (found,) = calendars(content)
    return found


@pytest.mark.parametrize("encoding", ["8bit", "base64", "quoted-printable"])
@pytest.mark.parametrize(
    "kind",
    ["message/rfc822", "message/global", 'application/octet-stream; name="Accepted.eml"', "application/octet-stream"],
)
def test_of_what_is_forwarded_as_an_attachment_the_inner_sender_counts(kind, encoding):
    found = only(attached(ONE, kind, encoding))
    assert found.content.decode().splitlines() == REPLY.splitlines()
    assert (found.sender, found.name, found.method) == (COLIN, "Colin Cox", "REPLY")
    assert f"{found.sent:%H:%M:%S}" == "10:00:05"


def test_what_was_forwarded_twice_and_several_at_once():
    twice = attached(attached(ONE, "message/rfc822", "base64"), "message/rfc822")
    assert only(twice).sender == COLIN
    other = message(calendar(attendee(JULIE)), sender=JULIE)
    second = b"--o\r\nContent-Type: message/rfc822\r\n\r\n" + other + b"\r\n--o--\r\n"
    both = attached(ONE).replace(b"--o--\r\n", second)
    assert [each.sender for each in calendars(both)] == [COLIN, JULIE]


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/octet-stream", 'application/octet-stream; name="REPLY.ICS"', "application/ics"]
)
def test_a_calendar_is_known_by_what_it_is(kind):
    assert only(message(REPLY, kind)).content.decode() == REPLY
    assert only(attached(REPLY.encode(), kind, "base64")).sender == "coordinator@example.org"


def test_a_part_is_read_in_the_charset_that_it_declares():
    found = only(message(REPLY.encode("latin-1"), "text/calendar; charset=ISO-8859-1; method=REPLY"))
    assert "COMMENT:café" in found.content.decode()
    found = only(message(REPLY.encode("utf-16"), "text/calendar; charset=utf-16", "base64"))
    assert "COMMENT:café" in found.content.decode()


def test_a_file_in_utf_16_is_a_message_too():
    assert only(ONE.decode().encode("utf-16")).sender == COLIN


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (message(b"eJ8+", "application/ms-tnef; name=winmail.dat", "base64"), "winmail.dat, which Outlook alone reads"),
        (attached(b"x", 'application/octet-stream; name="WINMAIL.DAT"'), "winmail.dat, which Outlook alone reads"),
        (message(b"x", "application/pkcs7-mime; smime-type=signed-data; name=smime.p7m"), "is signed with S/MIME"),
        (message(b"x", "application/x-pkcs7-mime; smime-type=enveloped-data"), "is encrypted"),
        (attached(b"x", 'application/octet-stream; name="smime.p7m"'), "is signed or encrypted with S/MIME"),
        (attached(b"x", "application/pgp-encrypted"), "is encrypted"),
        (attached(b"x", "application/vnd.ms-outlook", "base64"), "a message as Outlook keeps it (.msg)"),
        (
            attached(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/octet-stream", "base64"),
            "as Outlook keeps it (.msg)",
        ),
        (attached(b"PK\x03\x04", "application/zip", "base64"), "has a file in it that is an archive; unpack it"),
        (message(b"x", "message/external-body; access-type=URL"), "has its calendar in another place"),
        (message(b"x", "text/plain", headers="Auto-Submitted: auto-replied\r\n"), "is an automatic answer"),
        (b"PK\x03\x04", "is an archive; unpack it"),
        (b"!BDN", "a whole mailbox as Outlook keeps it; export"),
        (b"// <!-- <mdb:mork:z", "is the index of a folder in Thunderbird"),
        (b"\n\n", "is empty"),
    ],
    ids=range(15),
)
def test_what_is_not_read_is_named_with_what_to_do(content, words):
    found = only(content)
    assert found.content == b""
    assert words in found.why


def test_of_a_forwarded_message_that_is_not_read_it_is_told_beside_an_answer():
    sealed = message(b"x", "application/pkcs7-mime; smime-type=enveloped-data", sender=JULIE)
    second = b"--o\r\nContent-Type: message/rfc822\r\n\r\n" + sealed + b"\r\n--o--\r\n"
    found = calendars(attached(ONE).replace(b"--o--\r\n", second))
    assert [(each.sender, bool(each.content), bool(each.why)) for each in found] == [
        (COLIN, True, False),
        (JULIE, False, True),
    ]


def test_an_answer_that_is_signed_beside_its_signature_is_read():
    signed = attached(REPLY.encode(), "text/calendar; method=REPLY").replace(b"multipart/mixed", b"multipart/signed")
    assert only(signed).content.decode() == REPLY


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (bounced(enclosed=REPLY), Delivery(COLIN, "failed", "5.1.1", "")),
        (bounced(status="5.2.2", said="552 mailbox full"), Delivery(COLIN, "failed", "5.2.2", "552 mailbox full")),
        (bounced(action="delayed", status="4.4.1"), Delivery(COLIN, "delayed", "4.4.1", "")),
        (
            bounced().replace(b"message/delivery-status", b"message/global-delivery-status"),
            Delivery(COLIN, "failed", "5.1.1", ""),
        ),
        (attached(bounced()), Delivery(COLIN, "failed", "5.1.1", "")),
        (
            message(
                f"Hi.\r\n\r\n<{COLIN}>:\r\nNo mailbox. (#5.1.1)", "text/plain", sender="MAILER-DAEMON@mx.example.org"
            ),
            Delivery(COLIN, "failed", "5.1.1", ""),
        ),
        (
            message("It did not work.", "text/plain", headers=f"X-Failed-Recipients: {COLIN}\r\n"),
            Delivery(COLIN, "failed", "", ""),
        ),
    ],
)
def test_what_became_of_a_message_of_ours(content, said):
    assert only(content).deliveries == (said,)


def test_the_invitation_that_came_back_says_which_meeting_it_was():
    assert only(bounced(enclosed=calendar(method="REQUEST"))).content.decode() == calendar(method="REQUEST")


def test_a_receipt_is_no_answer():
    body = "--d\r\nContent-Type: message/disposition-notification\r\n\r\nDisposition: x; displayed\r\n--d--\r\n"
    found = only(message(body, "multipart/report; report-type=disposition-notification; boundary=d"))
    assert "is a receipt" in found.why


def test_who_sent_it_for_another_and_what_its_headers_say():
    found = only(
        message(REPLY, headers="Sender: PA <pa@example.org>\r\n", sender="=?utf-8?q?Zo=C3=AB?= <zoe@example.org>")
    )
    assert (found.sender, found.name, found.behind) == ("zoe@example.org", "Zoë", "pa@example.org")
    assert found.subject == "Accepted: Inaugural meeting"


def test_a_name_that_cannot_be_decoded_is_shown_as_it_is():
    found = only(message(REPLY, sender="=?utf-8?b?x?= <zoe@example.org>"))
    assert (found.sender, found.name) == ("zoe@example.org", "=?utf-8?b?x?=")
    assert found.content


def test_every_message_of_a_mailbox_is_told_apart():
    found = calendars(mailbox(ONE, message(b"hello", "text/plain"), ONE))
    assert [(each.number, bool(each.content)) for each in found] == [(1, True), (2, False), (3, True)]


@pytest.mark.parametrize("encoding", ["base64 ", "Base64\t", "7bit"])
def test_a_calendar_in_base64_is_read_whatever_is_written_of_that(encoding):
    encoded = base64.b64encode(REPLY.encode()).decode()
    lines = "\r\n ".join(encoded[at : at + 60] for at in range(0, len(encoded), 60))
    content = message(lines, encoding="7bit").replace(b"Encoding: 7bit", b"Encoding: " + encoding.encode())
    assert only(content).content.decode().splitlines() == REPLY.splitlines()


def test_messages_that_were_only_put_one_behind_the_other_are_all_read():
    one, other = (
        message(f"--o\r\nContent-Type: text/calendar\r\n\r\n{text}--o--\r\n", "multipart/mixed; boundary=o", sender=who)
        for text, who in ((REPLY, COLIN), (calendar(attendee(JULIE)), JULIE))
    )
    assert [each.sender for each in calendars(one + b"\r\n" + other)] == [COLIN, JULIE]


@pytest.mark.parametrize(
    ("subject", "text", "said"),
    [
        ("Unzustellbar", f"      {COLIN} am 25.11.2026 10:12\r\n            550 5.1.1 unbekannt", ("failed", "5.1.1")),
        ("Undelivered", f"<{COLIN}>:\r\nUser unknown (#5.1.1)", ("failed", "5.1.1")),
        ("failure notice", f"<{COLIN}>:\r\nno such user\r\n\r\nFrom: C\r\n <coordinator@example.org>", ("failed", "")),
        ("Undelivered", f"  coordinator@example.org\r\n\r\n  {COLIN}", ("failed", "")),
        ("Warning: message delayed 24 hours", f"  {COLIN}", ("delayed", "")),
        ("=?utf-8?q?Zustellung_verz=C3=B6gert?=", f"  {COLIN}", ("delayed", "")),
        ("Mail", f"<{COLIN}>: host mx said: 451 4.7.1 later", ("delayed", "4.7.1")),
    ],
)
def test_what_servers_write_for_people_alone(subject, text, said):
    content = message(text, "text/plain; charset=utf-8", sender="Mail System <postmaster@example.org>")
    found = only(content.replace(b"Accepted: Inaugural meeting", subject.encode()))
    assert found.deliveries == (Delivery(COLIN, *said, ""),)


def test_which_messages_a_report_names():
    head = b"Message-ID: <new@example.org>\r\nReferences: <first@example.org>"
    report = bounced().replace(b"message/rfc822\r\n\r\nSubject: x", b"text/rfc822-headers\r\n\r\n" + head)
    assert only(report).mentions >= {"<new@example.org>", "<first@example.org>"}
