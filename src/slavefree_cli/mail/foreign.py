"""What mail programs write that is not read here, told by what it is, and what to do instead."""

from typing import Final

BY_VOICE: Final = (
    "record the answer as you would one given by voice: slavefree attendance reply MEETING PERSON accepted"
)

_OUTLOOK: Final = (
    "a message as Outlook keeps it (.msg), which is not read; save it as .ics or .eml, as Outlook on the web does, or "
    + BY_VOICE
)
OUTLOOK: Final = "is " + _OUTLOOK
WINMAIL: Final = "has its answer in winmail.dat, which Outlook alone reads; ask for it in another form, or " + BY_VOICE
SEALED: Final = "open it in your mail program, save the calendar file that is in it and read that, or " + BY_VOICE
SIGNED: Final = "is signed with S/MIME in one piece (smime.p7m), which is not opened here; " + SEALED
SEALED_SOMEHOW: Final = "is signed or encrypted with S/MIME (smime.p7m), and is not opened here; " + SEALED
ENCRYPTED: Final = "is encrypted, and is not opened here; " + SEALED
ELSEWHERE: Final = "has its calendar in another place than the message; save the calendar there and read that"
PARTIAL: Final = (
    "is one part of a message that was sent in several; save the calendar in your mail program and read that"
)
ARCHIVE: Final = "is an archive; unpack it and read the folder"

_BEGINNINGS: Final = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OUTLOOK),
    (b"!BDN", "is a whole mailbox as Outlook keeps it; export the folder with the answers in it as .eml files"),
    (b"\xcf\xad\x12\xfe", "is a folder as Outlook Express keeps it; save the answers in it as .eml files"),
    (b"PK\x03\x04", ARCHIVE),
    (b"PK\x05\x06", ARCHIVE),
    (b"\x1f\x8b", ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", ARCHIVE),
    (b"// <!-- <mdb:mork", "is the index of a folder in Thunderbird, and holds no messages"),
    (b"SQLite format 3\x00", "is a database of some program, and is not read"),
    (b"bplist00", "is a list of settings, and holds no messages"),
)

_BY_TYPE: Final = {
    "application/ms-tnef": WINMAIL,
    "application/vnd.ms-tnef": WINMAIL,
    "application/vnd.ms-outlook": "holds " + _OUTLOOK,
    "application/pgp-encrypted": ENCRYPTED,
    "message/external-body": ELSEWHERE,
    "message/partial": PARTIAL,
}


def file(content: bytes) -> str | None:
    """Say what a file is that is neither a calendar nor a message, by how it begins, or return None."""
    return next((said for beginning, said in _BEGINNINGS if content.startswith(beginning)), None)


def part(kind: str, name: str, smime: str, content: bytes) -> str | None:
    """Say what a part of a message is that may hold an answer and is not read, or return None.

    Args:
        kind: Its content type, in lower case.
        name: Its file name, in lower case.
        smime: What S/MIME says that it is (RFC 8551 section 3.2.2), in lower case.
        content: What is in it.
    """
    if kind in _BY_TYPE:
        return _BY_TYPE[kind]
    if name == "winmail.dat":
        return WINMAIL
    if kind in {"application/pkcs7-mime", "application/x-pkcs7-mime"} or name.endswith(".p7m"):
        return SIGNED if smime == "signed-data" else ENCRYPTED if "enveloped" in smime else SEALED_SOMEHOW
    if name.endswith(".msg") or (said := file(content)) == OUTLOOK:
        return "holds " + _OUTLOOK
    return f"has a file in it that {said}" if said == ARCHIVE else None
