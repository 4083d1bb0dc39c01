"""What a published invitation holds (RFC 5545, RFC 5546 section 3.2.1)."""

import re
import subprocess
import sys
import warnings
from datetime import UTC, date, datetime, time, timedelta, timezone

import icalendar
import pytest

from slavefree_cli.calendar import text
from slavefree_cli.calendar.invitation import Version, content_digest, published
from slavefree_cli.calendar.writer import Event, written
from slavefree_cli.documents.text import rendered
from slavefree_cli.errors import InvalidError
from slavefree_cli.model.agenda import Agenda, Item
from slavefree_cli.model.kinds import Records
from slavefree_cli.model.meeting import Meeting
from slavefree_cli.model.member import Member
from slavefree_cli.model.partnership import Coordinator, Partnership, Signposting
from slavefree_cli.model.person import Person
from strict_ics import faults

STAMP = datetime(2023, 5, 20, 9, 0, 0, tzinfo=UTC)
LINK = "https://video.example.org/j/8731?pwd=secret"
HARD_NAMES = [
    "Doe, Jane",
    "R&D: Team",
    "Doe; Jane",
    'Jane "JD" Doe',
    "Zoë Ångström 😀",
    "back\\slash\\n",
    "日本語" * 40,
]


def meeting(**fields):
    given = {
        "id": "2023-06-07-quarterly",
        "title": "Quarterly meeting",
        "date": date(2023, 6, 7),
        "start": time(14),
        "end": time(16),
        "venue": "County Hall, Room 2",
        "link": LINK,
        "chair": "colin-cox",
        "uid": "3b1f6d0c@slavefree",
        "created": STAMP,
    }
    return Meeting(**{**given, **fields})


def records(*, coordinator=None, items=None, **partnership):
    given = {
        "name": "Essex Partnership",
        "timezone": "Europe/London",
        "coordinator": coordinator or Coordinator(name="Ann Lee", email="ann@example.org"),
        "signposting": Signposting(text="Modern Slavery Helpline: 0800 0121 700", url="https://help.example.org/a,b;c"),
    }
    items = items if items is not None else {
        "welcome": Item(position=10, title="Welcome", lead="colin-cox", minutes=5),
        "item-k3f9a": Item(position=20, restricted=True, minutes=20),
        "update": Item(position=30, title="Police update", lead="essex-police"),
        "close": Item(position=40, title="Close"),
    }  # fmt: skip
    return Records.holding(
        partnership=Partnership(**{**given, **partnership}),
        members={"essex-police": Member(id="essex-police", name="Essex Police", sector="police")},
        people={"colin-cox": Person(id="colin-cox", name="Colin Cox", email="colin@example.org")},
        agendas={"2023-06-07-quarterly": Agenda(id="2023-06-07-quarterly", items=items)},
    )


def description(of, among):
    return rendered(text.description(of, among))


def publish(of=None, among=None, sequence=0, stamp=STAMP):
    return published(of or meeting(), among or records(), Version(sequence, stamp))


def digest(of, among, *, private=False):
    return content_digest(of, among, private=private)


def strict_lines(octets):
    """Check what lenient readers let pass, and return the unfolded lines."""
    assert faults(octets) == []
    return octets[:-2].replace(b"\r\n ", b"").decode().split("\r\n")


def read(octets):
    strict_lines(octets)
    calendar = icalendar.Calendar.from_ical(octets)
    (event,) = calendar.walk("VEVENT")
    assert not event.errors
    return event


def test_the_whole_file():
    assert publish(sequence=2).decode() == (
        "BEGIN:VCALENDAR\r\n"
        "VERSION:2.0\r\n"
        "PRODID:-//slavefree//slavefree-cli//EN\r\n"
        "CALSCALE:GREGORIAN\r\n"
        "METHOD:PUBLISH\r\n"
        "BEGIN:VEVENT\r\n"
        "DTSTAMP:20230520T090000Z\r\n"
        "DESCRIPTION:Venue: County Hall\\, Room 2\\nChair: Colin Cox\\n\\nAgenda\\n1. 14:\r\n"
        " 00 Welcome (Colin Cox\\, 5 minutes)\\n2. 14:05 Restricted item (20 minutes)\\\r\n"
        " n3. 14:25 Police update (Essex Police)\\n4. Close\\n\\nModern Slavery Helplin\r\n"
        " e: 0800 0121 700\\nhttps://help.example.org/a\\,b\\;c\r\n"
        "DTEND:20230607T150000Z\r\n"
        "LOCATION:County Hall\\, Room 2\r\n"
        "ORGANIZER;CN=Ann Lee:mailto:ann@example.org\r\n"
        "SEQUENCE:2\r\n"
        "DTSTART:20230607T130000Z\r\n"
        "STATUS:CONFIRMED\r\n"
        "SUMMARY:Essex Partnership: Quarterly meeting\r\n"
        "UID:3b1f6d0c@slavefree\r\n"
        "END:VEVENT\r\n"
        "END:VCALENDAR\r\n"
    )


def test_the_same_records_give_the_same_bytes():
    assert len({publish() for _ in range(20)}) == 1


def test_the_same_bytes_come_from_another_process():
    code = (
        "import importlib.util, os, sys; sys.path.insert(0, os.path.dirname(os.path.dirname(sys.argv[1])));"
        "spec = importlib.util.spec_from_file_location('t', sys.argv[1]);"
        "t = importlib.util.module_from_spec(spec); spec.loader.exec_module(t);"
        "sys.stdout.buffer.write(t.publish())"
    )
    for seed in ("1", "2"):
        run = subprocess.run(
            [sys.executable, "-W", "error", "-c", code, __file__],
            capture_output=True,
            check=True,
            env={"PYTHONHASHSEED": seed, "TZ": "Asia/Tokyo"},
        )
        assert run.stdout == publish()
        assert run.stderr == b""


def test_nothing_warns():
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always")
        publish()
    assert seen == []


def test_ics_is_imported_only_when_a_file_is_written():
    code = (
        "import sys; import slavefree_cli.calendar.invitation;"
        "sys.exit(bool({'ics', 'arrow', 'tatsu', 'icalendar'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


class TestTimes:
    @pytest.mark.parametrize(
        ("zone", "day", "at", "instant"),
        [
            ("Europe/London", (2023, 3, 25), (14, 0), "20230325T140000Z"),
            ("Europe/London", (2023, 3, 26), (0, 30), "20230326T003000Z"),
            ("Europe/London", (2023, 3, 26), (2, 0), "20230326T010000Z"),
            ("Europe/London", (2023, 3, 26), (14, 0), "20230326T130000Z"),
            ("Europe/London", (2023, 3, 27), (14, 0), "20230327T130000Z"),
            ("Europe/London", (2023, 7, 1), (0, 0), "20230630T230000Z"),
            ("Europe/London", (2023, 10, 28), (14, 0), "20231028T130000Z"),
            ("Europe/London", (2023, 10, 29), (1, 30), "20231029T003000Z"),
            ("Europe/London", (2023, 10, 29), (2, 0), "20231029T020000Z"),
            ("Europe/London", (2023, 10, 29), (14, 0), "20231029T140000Z"),
            ("Europe/London", (2023, 10, 30), (14, 0), "20231030T140000Z"),
            ("America/New_York", (2023, 3, 11), (14, 0), "20230311T190000Z"),
            ("America/New_York", (2023, 3, 12), (1, 30), "20230312T063000Z"),
            ("America/New_York", (2023, 3, 12), (3, 0), "20230312T070000Z"),
            ("America/New_York", (2023, 3, 12), (14, 0), "20230312T180000Z"),
            ("America/New_York", (2023, 3, 13), (21, 0), "20230314T010000Z"),
            ("America/New_York", (2023, 11, 4), (14, 0), "20231104T180000Z"),
            ("America/New_York", (2023, 11, 5), (1, 30), "20231105T053000Z"),
            ("America/New_York", (2023, 11, 5), (2, 0), "20231105T070000Z"),
            ("America/New_York", (2023, 11, 5), (14, 0), "20231105T190000Z"),
            ("America/New_York", (2023, 11, 6), (14, 0), "20231106T190000Z"),
            ("Australia/Lord_Howe", (2023, 4, 1), (14, 0), "20230401T030000Z"),
            ("Australia/Lord_Howe", (2023, 4, 2), (1, 45), "20230401T144500Z"),
            ("Australia/Lord_Howe", (2023, 4, 2), (2, 0), "20230401T153000Z"),
            ("Australia/Lord_Howe", (2023, 4, 2), (14, 0), "20230402T033000Z"),
            ("Australia/Lord_Howe", (2023, 4, 3), (14, 0), "20230403T033000Z"),
            ("Australia/Lord_Howe", (2023, 9, 30), (14, 0), "20230930T033000Z"),
            ("Australia/Lord_Howe", (2023, 10, 1), (1, 59), "20230930T152900Z"),
            ("Australia/Lord_Howe", (2023, 10, 1), (2, 30), "20230930T153000Z"),
            ("Australia/Lord_Howe", (2023, 10, 1), (14, 0), "20231001T030000Z"),
            ("Australia/Lord_Howe", (2023, 10, 2), (14, 0), "20231002T030000Z"),
        ],
    )
    def test_the_file_holds_the_instant(self, zone, day, at, instant):
        octets = publish(meeting(date=date(*day), start=time(*at), end=None), records(timezone=zone))
        assert f"DTSTART:{instant}" in strict_lines(octets)
        event = read(octets)
        assert event.end - event.start == timedelta(hours=1)

    @pytest.mark.parametrize(
        ("zone", "day", "hours"),
        [
            ("Europe/London", (2023, 3, 26), 3),
            ("Europe/London", (2023, 10, 29), 5),
            ("America/New_York", (2023, 3, 12), 3),
            ("America/New_York", (2023, 11, 5), 5),
            ("Australia/Lord_Howe", (2023, 4, 2), 4.5),
            ("Australia/Lord_Howe", (2023, 10, 1), 3.5),
        ],
    )
    def test_a_meeting_across_a_clock_change_ends_when_the_clocks_say(self, zone, day, hours):
        event = read(publish(meeting(date=date(*day), start=time(0), end=time(4)), records(timezone=zone)))
        assert event.end - event.start == timedelta(hours=hours)

    def test_a_time_that_the_clocks_skip_is_refused(self):
        with pytest.raises(InvalidError, match=r"2023-06-07-quarterly/meeting\.toml .* skip 01:30"):
            publish(meeting(date=date(2023, 3, 26), start=time(1, 30), end=None))

    def test_a_stamp_in_another_zone_is_written_in_utc(self):
        stamp = datetime(2023, 5, 20, 11, 0, 0, 999, tzinfo=timezone(timedelta(hours=2)))
        assert publish(stamp=stamp) == publish()

    def test_a_stamp_without_a_zone_is_refused(self):
        with pytest.raises(ValueError, match="no time zone"):
            publish(stamp=datetime(2023, 5, 20, 9))


class TestAllDay:
    @pytest.mark.parametrize("zone", ["Europe/London", "America/New_York", "Australia/Lord_Howe"])
    @pytest.mark.parametrize(
        ("day", "start", "end"),
        [
            (date(2023, 7, 1), "20230701", "20230702"),
            (date(2023, 3, 26), "20230326", "20230327"),
            (date(2023, 10, 29), "20231029", "20231030"),
            (date(2024, 2, 28), "20240228", "20240229"),
            (date(2023, 12, 31), "20231231", "20240101"),
        ],
    )
    def test_a_meeting_without_a_time_takes_the_day(self, zone, day, start, end):
        lines = strict_lines(publish(meeting(date=day, start=None, end=None), records(timezone=zone)))
        assert f"DTSTART;VALUE=DATE:{start}" in lines
        assert f"DTEND;VALUE=DATE:{end}" in lines

    def test_it_is_tentative_and_blocks_nobody(self):
        lines = strict_lines(publish(meeting(start=None, end=None)))
        assert {"STATUS:TENTATIVE", "TRANSP:TRANSPARENT", "X-MICROSOFT-CDO-BUSYSTATUS:TENTATIVE"} <= set(lines)

    def test_its_items_have_no_times(self):
        assert "\n1. Welcome (Colin Cox, 5 minutes)\n" in description(meeting(start=None, end=None), records())


class TestStatus:
    @pytest.mark.parametrize("times", [{}, {"start": None, "end": None}])
    def test_a_cancelled_meeting_is_called_off(self, times):
        lines = strict_lines(publish(meeting(status="cancelled", reason="Private reason", **times)))
        assert {"METHOD:CANCEL", "STATUS:CANCELLED", "TRANSP:TRANSPARENT"} <= set(lines)
        assert "Private reason" not in "\n".join(lines)

    @pytest.mark.parametrize("status", ["planned", "held"])
    def test_any_other_with_a_time_is_confirmed(self, status):
        assert "STATUS:CONFIRMED" in strict_lines(publish(meeting(status=status)))


class TestNames:
    @pytest.mark.parametrize("name", HARD_NAMES)
    def test_texts_come_back_as_they_were(self, name):
        among = records(name=name, items={"a": Item(position=10, title=name)})
        of = meeting(title=name, venue=name)
        event = read(publish(of, among))
        assert event["SUMMARY"] == f"{name}: {name}"
        assert event["LOCATION"] == name
        assert event["DESCRIPTION"] == description(of, among)

    @pytest.mark.parametrize("name", HARD_NAMES)
    def test_the_organiser_keeps_an_address_and_a_readable_name(self, name):
        event = read(publish(among=records(coordinator=Coordinator(name=name, email="ann@example.org"))))
        assert event["ORGANIZER"] == "mailto:ann@example.org"
        assert str(event["ORGANIZER"].params["CN"]) == name.replace('"', "'").replace(";", ",")

    def test_without_a_name_the_partnership_organises(self):
        lines = strict_lines(publish(among=records(coordinator=Coordinator(email="ann@example.org"))))
        assert "ORGANIZER;CN=Essex Partnership:mailto:ann@example.org" in lines

    def test_without_an_address_it_says_what_to_type(self):
        with pytest.raises(InvalidError, match="slavefree partnership edit --email ADDRESS"):
            publish(among=records(coordinator=Coordinator(name="Ann Lee")))

    def test_line_breaks_of_any_kind_cannot_make_a_property(self):
        text = "a\nATTENDEE:x\r\nATTENDEE:x\rATTENDEE:x\u2028ATTENDEE:x\x85ATTENDEE:x\x0cATTENDEE:x\x00"
        among = records(coordinator=Coordinator(name=text, email="ann@example.org"), name=text)
        octets = publish(meeting(title=text, venue=text), among)
        strict_lines(octets)
        assert not [line for line in octets.decode().splitlines() if line.startswith("ATTENDEE")]

    @pytest.mark.parametrize("uid", ["a\nATTENDEE:x", "a\rb", "a\x00", "a\x7f", "a\x85b", "a\u2028b", "", " "])
    def test_a_uid_with_control_characters_is_refused(self, uid):
        with pytest.raises(InvalidError, match="uid"):
            publish(meeting(uid=uid))

    @pytest.mark.parametrize("uid", ["a,b;c\\d", "x" * 200, "é" * 100])
    def test_any_other_uid_comes_back_as_it_was(self, uid):
        assert read(publish(meeting(uid=uid)))["UID"] == uid


class TestDescription:
    def test_it_reads_as_an_agenda(self):
        assert description(meeting(), records()) == (
            "Venue: County Hall, Room 2\n"
            "Chair: Colin Cox\n"
            "\n"
            "Agenda\n"
            "1. 14:00 Welcome (Colin Cox, 5 minutes)\n"
            "2. 14:05 Restricted item (20 minutes)\n"
            "3. 14:25 Police update (Essex Police)\n"
            "4. Close\n"
            "\n"
            "Modern Slavery Helpline: 0800 0121 700\n"
            "https://help.example.org/a,b;c"
        )

    def test_nothing_known_is_nothing_said(self):
        among = records(items={}, signposting=Signposting())
        of = meeting(venue=None, chair=None)
        assert description(of, among) == ""
        assert not [line for line in strict_lines(publish(of, among)) if re.match("DESCRIPTION|LOCATION", line)]

    def test_a_restricted_item_shows_nothing_but_its_place_even_when_the_record_is_wrong(self):
        items = {"a": Item(position=10, title="Case of J", lead="colin-cox", restricted=True)}
        assert "\n1. 14:00 Restricted item\n" in description(meeting(chair=None), records(items=items))
        assert b"Case" not in publish(meeting(chair=None), records(items=items))
        assert b"Colin" not in publish(meeting(chair=None), records(items=items))

    def test_the_joining_link_and_addresses_never_get_out(self):
        text = f"Ask jane@example.org or {LINK}"
        among = records(
            name=text,
            items={"a": Item(position=10, title=text)},
            signposting=Signposting(text=text, url=LINK),
        )
        lines = "\n".join(strict_lines(publish(meeting(title=text, venue=text), among)))
        assert "video.example.org" not in lines
        assert "jane@" not in lines
        assert re.findall(r"[\w.]+@example\.org", lines) == ["ann@example.org"]


class TestDigest:
    @pytest.mark.parametrize(
        "change",
        [
            {"start": time(15)},
            {"start": None, "end": None},
            {"end": None},
            {"date": date(2023, 6, 8)},
            {"venue": None},
            {"venue": "Elsewhere"},
            {"reason": "Chair unwell"},
            {"link": None},
        ],
    )
    def test_it_stays_where_only_the_issued_fields_or_private_ones_change(self, change):
        assert digest(meeting(**change), records()) == digest(meeting(), records())

    @pytest.mark.parametrize("change", [{"title": "Other"}, {"chair": None}, {"uid": "other"}])
    def test_it_follows_the_meeting(self, change):
        assert digest(meeting(**change), records()) != digest(meeting(), records())

    @pytest.mark.parametrize(
        "change",
        [
            {"items": {}},
            {"name": "Other"},
            {"signposting": Signposting()},
            {"coordinator": Coordinator(name="Bob Lee", email="ann@example.org")},
            {"coordinator": Coordinator(name="Ann Lee", email="bob@example.org")},
        ],
    )
    def test_it_follows_the_other_records(self, change):
        assert digest(meeting(), records(**change)) != digest(meeting(), records())

    def test_it_is_a_sha256_and_needs_no_address(self):
        assert re.fullmatch("[0-9a-f]{64}", digest(meeting(), records(coordinator=Coordinator())))


def test_an_interval_without_a_zone_is_refused():
    event = Event(
        uid="a",
        sequence=0,
        stamp=STAMP,
        summary="A",
        status="CONFIRMED",
        day=date(2023, 6, 7),
        interval=(datetime(2023, 6, 7, 14), datetime(2023, 6, 7, 15)),
        organizer_name="Ann",
        organizer_email="ann@example.org",
    )
    with pytest.raises(ValueError, match="no time zone"):
        written([event], "PUBLISH")
