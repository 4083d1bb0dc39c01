"""The text of what comes in, in whatever charset."""

import codecs

import pytest

from slavefree_cli.mail.charset import as_utf8, is_wide

TEXT = "BEGIN:VCALENDAR\r\nCOMMENT:I’ll be late – £5, café\r\n"


@pytest.mark.parametrize(
    ("content", "declared"),
    [
        (TEXT.encode(), None),
        (TEXT.encode(), "us-ascii"),
        (TEXT.encode(), "x-nobody-knows"),
        (codecs.BOM_UTF8 + TEXT.encode(), "iso-8859-1"),
        (TEXT.encode("cp1252"), "Windows-1252"),
        (TEXT.encode("cp1252"), "iso-8859-1"),
        (TEXT.encode("utf-16"), None),
        (TEXT.encode("utf-16-le"), None),
        (TEXT.encode("utf-16-be"), None),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), None),
        (TEXT.encode("utf-16-be"), "utf-16"),
        (TEXT.encode("utf-16-le"), "utf-8"),
        (TEXT.encode("utf-32"), None),
        (TEXT.encode("utf-7"), "utf-7"),
    ],
)
def test_a_text_is_read_as_what_it_is_whatever_is_declared(content, declared):
    assert as_utf8(content, declared) == (TEXT.encode(), "")


@pytest.mark.parametrize("declared", ["iso-8859-1", "Windows-1252", "iso-8859-15"])
def test_what_is_declared_in_one_byte_a_letter_and_is_utf_8_is_read_as_that_and_told(declared):
    assert as_utf8(TEXT.encode(), declared) == (
        TEXT.encode(), f"it declares {declared} and is read as UTF-8, which it is",
    )  # fmt: skip
    assert as_utf8(b"COMMENT:late", declared) == (b"COMMENT:late", "")
    assert as_utf8("COMMENT:né".encode(declared), declared) == ("COMMENT:né".encode(), "")


@pytest.mark.parametrize(
    ("text", "declared"),
    [("Привет", "koi8-r"), ("€5", "iso-8859-15"), ("会議", "shift_jis"), ("Zażółć", "iso-8859-2"), ("会議", "gb18030")],
)
def test_any_charset_that_is_declared(text, declared):
    assert as_utf8(text.encode(declared), declared).content.decode() == text


@pytest.mark.parametrize("declared", [None, "us-ascii", "utf-8", "x-nobody-knows", "hex", "idna", "punycode"])
def test_what_is_in_no_charset_that_is_known_is_told(declared):
    found = as_utf8(TEXT.encode("cp1252"), declared)
    assert found.content.decode() == TEXT
    wanted = f"what it declares ({declared})" if declared else "UTF-8"
    assert found.note == f"its text is not in {wanted} and was read as windows-1252"


@pytest.mark.parametrize("declared", ["punycode", "idna", "unicode-escape", "raw-unicode-escape", "rot13", "hex"])
def test_what_python_calls_an_encoding_and_no_mail_is_in_is_no_charset(declared):
    assert as_utf8(rb"COMMENT:a-b\u0041", declared).content == rb"COMMENT:a-b\u0041"


def test_a_line_that_is_folded_within_a_letter_is_whole():
    assert as_utf8(b"COMMENT:caf\xc3\r\n \xa9").content.decode() == "COMMENT:café"


@pytest.mark.parametrize(
    ("charset", "wide"), [("utf-8", False), ("cp1252", False), ("utf-16", True), ("utf-32-le", True)]
)
def test_what_other_readers_make_nothing_of(charset, wide):
    assert is_wide(TEXT.encode(charset)) is wide


def test_a_file_of_two_bytes_is_no_harm():
    assert [as_utf8(each).content for each in (b"", b"a", b"a\0", b"\0a")] == [b"", b"a", b"a", b"a"]
