"""What came from others takes no longer than it is long.

Kind: text that is made to be hard to read: keys and tables by the thousand, tables in one another, brackets, signs and
separators without end, in records, minutes, mail and lists. Each time is that of the processor, with room to spare.
"""

import signal
import time
from datetime import date

import pytest
import tomli

from slavefree_cli.errors import SlavefreeError
from slavefree_cli.mail import incoming
from slavefree_cli.mail.mailbox import messages
from slavefree_cli.minutes import owned, reports, typed_lines
from slavefree_cli.minutes.typed_lines import Known
from slavefree_cli.model.references import Candidate
from slavefree_cli.register.merge.differences import differences
from slavefree_cli.register.merge.file import merged_file
from slavefree_cli.register.toml.edit import edited

RECORD = 'name = "Zed"\nsector = "police"\n'
KNOWN = Known([Candidate("colin", "Colin Cox"), Candidate("action-aid", "Action Aid")], [], date(2023, 6, 7))


@pytest.fixture(autouse=True)
def soon():
    """What would take for ever is broken off, and is then a test that failed."""

    def too_long(*_):
        raise AssertionError("it takes for ever")

    before = signal.signal(signal.SIGVTALRM, too_long)
    signal.setitimer(signal.ITIMER_VIRTUAL, 30)
    began = time.process_time()
    yield
    signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    signal.signal(signal.SIGVTALRM, before)
    assert time.process_time() - began < 30


@pytest.mark.parametrize(
    "more",
    [
        "".join(f"k{i} = 1\n" for i in range(20_000)),
        "".join(f"[t{i}]\n" for i in range(20_000)),
        "".join(f"x.k{i} = 1\n" for i in range(20_000)),
        "[[x]]\n" * 20_000,
        "#\n" * 20_000,
    ],
    ids=["keys", "tables", "dotted", "array", "comments"],
)
def test_a_wide_record_is_checked_and_edited(place, more):
    path = place.register / "members/barnardos.toml"
    path.write_text(path.read_text() + more)
    answer = place.ok("check")
    assert answer.out.count("unknown-key") <= 51
    place.ok("member", "edit", "barnardos", "--joined", "2020-01-01")


@pytest.mark.parametrize("depth", [51, 300])
def test_a_deep_record_is_named(place, depth):
    path = place.register / "members/barnardos.toml"
    path.write_text(f"{path.read_text()}x = {'[' * depth}{']' * depth}\n")
    answer = place.run("check")
    assert answer.code == 4
    assert "is nested too deeply for a record" in answer.out


@pytest.mark.parametrize("what", ["keys", "tables", "comments"])
def test_what_others_put_in_by_the_thousand_is_merged_or_refused(what):
    made = {"keys": "k{0} = 1\n", "tables": "\n[t{0}]\na = 1\n", "comments": "# c{0}\n"}[what]
    theirs = RECORD + "".join(made.format(number) for number in range(20_000))
    ours = RECORD + "joined = 2020-01-01\n"
    merged = merged_file("members/zed.toml", RECORD.encode(), ours.encode(), theirs.encode())
    assert b"2020-01-01" in (merged.content or b"")
    assert merged.content.count(b"\n") > 20_000


def test_an_edit_of_everything_in_a_wide_record_is_refused():
    after = {**tomli.loads(RECORD), **{f"k{number}": number for number in range(30_000)}}
    with pytest.raises(SlavefreeError, match="edit it by hand"):
        edited(RECORD, after)


def test_lists_and_texts_of_one_line_are_compared():
    one, other = "a\n" * 20_000, "b\n" + "a\nc\n" * 20_000
    assert differences("minutes.md", one.encode(), other.encode())
    names = ["a"] * 20_000
    text = RECORD + "aka = [\n" + '    "a",\n' * 20_000 + "]\n"
    assert tomli.loads(edited(text, {**tomli.loads(RECORD), "aka": ["b", *names]}))["aka"][0] == "b"


LINES = ["- ", " – ", "*", "_", "`", "[", "](", "ACTION ", "ACTION Colin: ", "by 1 May ", "Colin and ", ": ", "| ",
         "> ", "~~", "DONE 7K2F9: ", "agreed that ", "<!-- ", "\t", "“", "1. ", "(a) "]  # fmt: skip


@pytest.mark.parametrize("chunk", LINES)
def test_minutes_are_read_for_what_was_typed(chunk):
    for begins in ("", "ACTION Colin: ", "- ", "| ", "DONE 7K2F9: "):
        text = begins + chunk * (20_000 // len(chunk))
        lines = owned.owned_lines(text)
        typed_lines.read(text, lines, KNOWN)
        reports.read(text, lines, KNOWN, {})


HEAD = b"From: a@x.test\nDate: Mon, 1 Jan 2024 10:00:00 +0000\n"


@pytest.mark.parametrize(
    "content",
    [
        b"From :x\n" * 100_000,
        b"From " + b"Mon 1:1" * 50_000 + b"\n" + HEAD,
        b"\n\nFrom " + b"a@" * 100_000 + b" \n" + HEAD,
        HEAD + b"Content-Type: text/calendar" + b';"' * 100_000 + b"\n\nBEGIN:VCALENDAR\n",
        b"From: " + b"(" * 200_000 + b"\nSubject: x\n\n",
        b"From: mailer-daemon@x.test\nSubject: x\n\n" + b" " + b"a@" * 100_000 + b"\n",
        b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nATTENDEE;CN=" + b'"' * 100_000 + b":mailto:a@x.test\nEND:VEVENT\n",
    ],
    ids=["separators", "dates", "senders", "parameters", "comments", "bounce", "quotes"],
)
def test_mail_is_looked_through(content):
    list(messages(content))
    incoming.calendars(content)
