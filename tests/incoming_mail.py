"""Answers as they come by mail, written for the tests after what real programs send; every name is invented."""

import base64
import quopri

COLIN = "colin@example.org"
JULIE = "julie@example.org"


def attendee(address=COLIN, partstat="ACCEPTED", parameters="", scheme="mailto:"):
    return f"ATTENDEE;PARTSTAT={partstat}{parameters}:{scheme}{address}"


def calendar(*lines, uid="m1@example.org", stamp="20230508T100000Z", sequence=0, method="REPLY", extra=()):
    """A calendar with one event; without ``lines`` Colin accepts."""
    event = [*(lines or (attendee(),)), f"UID:{uid}", f"SEQUENCE:{sequence}", *extra]
    event += [f"DTSTAMP:{stamp}"] if stamp else []
    head = ["BEGIN:VCALENDAR", "VERSION:2.0", *([f"METHOD:{method}"] if method else []), "BEGIN:VEVENT"]
    return "".join(f"{line}\r\n" for line in [*head, *event, "END:VEVENT", "END:VCALENDAR"])


def message(
    content,
    kind="text/calendar; method=REPLY; charset=utf-8",
    encoding="8bit",
    sender=f"Colin Cox <{COLIN}>",
    date="Mon, 08 May 2023 10:00:05 +0000",
    headers="",
):
    """A message that is one part, with ``content`` in it."""
    body = content.encode() if isinstance(content, str) else content
    head = f"From: {sender}\r\nTo: coordinator@example.org\r\nSubject: Accepted: Inaugural meeting\r\nDate: {date}\r\n"
    head += f"{headers}MIME-Version: 1.0\r\nContent-Type: {kind}\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n"
    return head.encode() + encoded(body, encoding)


def encoded(body, encoding):
    if encoding == "base64":
        return base64.encodebytes(body).replace(b"\n", b"\r\n")
    return quopri.encodestring(body) if encoding == "quoted-printable" else body


def attached(content, kind="message/rfc822", encoding="8bit", sender="The Coordinator <coordinator@example.org>"):
    """A message to which something is attached, as when an answer is forwarded."""
    part = f"Content-Type: {kind}\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n".encode() + encoded(
        content, encoding
    )
    body = b"--o\r\nContent-Type: text/plain\r\n\r\nSee attached.\r\n--o\r\n" + part + b"\r\n--o--\r\n"
    return message(body, "multipart/mixed; boundary=o", sender=sender)


def bounced(address=COLIN, action="failed", status="5.1.1", said="", enclosed=""):
    """What a mail server sends that could not deliver an invitation."""
    diagnosis = f"Diagnostic-Code: smtp; {said}\r\n" if said else ""
    report = f"Final-Recipient: rfc822; {address}\r\nAction: {action}\r\nStatus: {status}\r\n{diagnosis}"
    parts = [
        "Content-Type: text/plain\r\n\r\nunknown user\r\n",
        f"Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example.org\r\n\r\n{report}",
        f"Content-Type: message/rfc822\r\n\r\n{message(enclosed).decode() if enclosed else 'Subject: x'}",
    ]
    body = "".join(f"--d\r\n{part}\r\n" for part in parts) + "--d--\r\n"
    kind = "multipart/report; report-type=delivery-status; boundary=d"
    return message(body, kind, sender="MAILER-DAEMON@mx.example.org")


def mailbox(*messages, separator=b"From - Mon May  8 10:00:05 2023\r\n", between=b"\r\n"):
    return between.join(separator + each for each in messages)
