"""Thunderbird itself, without a screen: it reads every file, and follows an invitation from request to cancellation."""

import email
import email.policy
import shutil
import time
from pathlib import Path

import pytest

from marionette import Thunderbird

FUNCTIONS = Path(__file__).with_name("thunderbird.js").read_text(encoding="utf-8").replace('"use strict";', "")


@pytest.fixture(scope="module")
def thunderbird(missing, tmp_path_factory):
    """A function that runs one of the functions of ``thunderbird.js``."""
    program = shutil.which("thunderbird")
    if program is None:
        missing("there is no thunderbird (Debian: thunderbird)")
    running = Thunderbird(program, tmp_path_factory.mktemp("thunderbird"))
    yield lambda function, *arguments: running.run(f"{FUNCTIONS} return {function}(...given);", *arguments)
    running.close()


@pytest.fixture(scope="module")
def calendar(thunderbird):
    """The calendar of the person whose invitations are taken."""
    return thunderbird("calendarOf", "jane@example.org")


def test_every_file_is_read_as_it_was_meant(files, differences, thunderbird):
    assert differences(files, [thunderbird("read", file.data.decode()) for file in files]) == {}


def test_it_follows_from_the_request_to_the_cancellation(story, thunderbird, calendar):
    asked, again, moved, back, gone = (thunderbird("take", calendar, text) for text in story)
    assert [each["offered"] for each in (asked, again, moved, back, gone)] == [
        "REQUEST",
        "REQUEST:UPDATE-MINOR",
        "REQUEST:UPDATE",
        "REQUEST:UPDATE",
        "CANCEL",
    ]
    assert [each["kept"]["start"] for each in (asked, again, moved, back)] == [
        "20260328T140000Z",
        "20260328T140000Z",
        "20260329T130000Z",
        "20260328T140000Z",
    ]
    assert [each["kept"]["sequence"] for each in (asked, again, moved, back)] == [0, 0, 1, 2]
    assert len({each["kept"]["uid"] for each in (asked, again, moved, back)}) == 1
    assert "Another item" in again["kept"]["description"]
    assert [who["partstat"] for who in moved["kept"]["attendees"]] == ["ACCEPTED"]
    assert gone["kept"] is None


def test_it_leaves_an_older_message_aside_that_is_played_again(story, thunderbird):
    calendar = thunderbird("calendarOf", "jane@example.org")
    asked, _, moved, *_ = story
    thunderbird("take", calendar, asked)
    thunderbird("take", calendar, moved)
    stale = thunderbird("take", calendar, asked)
    assert stale["offered"] is None
    assert (stale["kept"]["start"], stale["kept"]["sequence"]) == ("20260329T130000Z", 1)


def test_it_leaves_the_same_message_aside_that_is_played_again(story, thunderbird):
    calendar = thunderbird("calendarOf", "jane@example.org")
    thunderbird("take", calendar, story[0])
    assert thunderbird("take", calendar, story[0])["offered"] is None


def test_who_is_taken_off_the_list_no_longer_has_it(taken_off, thunderbird):
    calendar = thunderbird("calendarOf", "jane@example.org")
    asked, gone = (thunderbird("take", calendar, text) for text in taken_off)
    assert asked["kept"]["status"] == "CONFIRMED"
    assert (gone["offered"], gone["kept"]) == ("CANCEL", None)


def calendar_of(draft):
    """The calendar in a message that we wrote."""
    message = email.message_from_bytes(draft.read_bytes(), policy=email.policy.default)
    (part,) = [part for part in message.walk() if part.get_content_type() == "text/calendar"]
    return part.get_payload(decode=True).decode()


def test_what_it_answers_to_our_messages_is_who_is_coming(place, thunderbird):
    calendar = thunderbird("calendarOf", "jane@example.org")
    place.ok("person", "edit", "colin", "--email", "jane@example.org")
    draft = place.register / "outbox" / "2023-06-07-inaugural_colin-cox.eml"

    def answered(said):
        place.ok("invite", "send", "inaugural")
        sent = thunderbird("answer", calendar, calendar_of(draft), said)
        assert sent, "it sent no reply"
        (place.folder / "reply.ics").write_text(sent[0])
        # Its clock is the real one.
        place.ok("invite", "replies", "reply.ics", env={"SOURCE_DATE_EPOCH": str(int(time.time()))})
        return place.ok("attendance", "show", "inaugural", "--json").item

    first = answered("ACCEPTED")
    assert first["answers"]["coming"] == ["colin-cox"]
    place.ok("meeting", "move", "inaugural", "--date", "2023-06-14")
    again = answered("DECLINED")
    assert again["answers"]["not_coming"] == ["colin-cox"]
    assert [each["reply_sequence"] for each in again["people"] if each["person"] == "colin-cox"] == [1]
    place.ok("meeting", "move", "inaugural", "--date", "2023-06-15")
    assert answered("ACCEPTED")["answers"]["coming"] == ["colin-cox"]
    place.ok("meeting", "cancel", "inaugural", "--reason", "Illness", "--yes")
    place.ok("invite", "send", "inaugural")
    gone = thunderbird("take", calendar, calendar_of(draft))
    assert (gone["offered"], gone["kept"]) == ("CANCEL", None)
