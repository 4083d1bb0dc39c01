"""A register that is nasty on purpose, the files made from it, and what a program that reads them must see.

Five partnerships in zones with every kind of change of the clocks, meetings on and beside the days of both changes,
and names that break lines, quotes and folding.
"""

import os
import subprocess
import sys
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

# Days about both changes of the clocks, or where there are none those of London, and minutes ahead of UTC at two
# o'clock in the afternoon: written down here, not worked out by what is tested.
DAYS = {
    "Europe/London": {
        "2026-03-28": 0, "2026-03-29": 60, "2026-03-30": 60, "2026-10-24": 60, "2026-10-25": 0, "2026-10-26": 0,
    },
    "America/New_York": {
        "2026-03-07": -300, "2026-03-08": -240, "2026-03-09": -240,
        "2026-10-31": -240, "2026-11-01": -300, "2026-11-02": -300,
    },
    "Asia/Kolkata": {
        "2026-03-28": 330, "2026-03-29": 330, "2026-03-30": 330,
        "2026-10-24": 330, "2026-10-25": 330, "2026-10-26": 330,
    },
    "Africa/Casablanca": {
        "2026-02-14": 60, "2026-02-15": 0, "2026-02-16": 0, "2026-03-21": 0, "2026-03-22": 60, "2026-03-23": 60,
    },
    "Australia/Lord_Howe": {
        "2026-04-04": 660, "2026-04-05": 630, "2026-04-06": 630,
        "2026-10-03": 630, "2026-10-04": 660, "2026-10-05": 660,
    },
}  # fmt: skip
ALL_DAY = "2026-07-01"
LONG = ("Partneriaeth hir iawn \N{LATIN SMALL LETTER W WITH CIRCUMFLEX} " * 20)[:180].strip()
PARTNERSHIPS = {
    "Europe/London": 'Essex, Suffolk; "Norfolk": the Gangmasters\' Partnership',
    "America/New_York": "R&D: \"Team; One\", 'Two'",
    "Asia/Kolkata": "\N{GRINNING FACE} Freedom, \N{FAMILY}; all",
    "Africa/Casablanca": "شراكة مكافحة الرق، الدار البيضاء",
    "Australia/Lord_Howe": LONG,
}
TITLES = [
    'Cyfarfod chwarterol: tŷ\'r ŵyl, "llais"; y dyfodol',
    "اجتماع الشراكة، الربع الأول",
    "\N{GRINNING FACE} Emoji; \N{WOMAN}\N{ZERO WIDTH JOINER}\N{GIRL}, and e\N{COMBINING ACUTE ACCENT}",
    LONG,
    "Back\\slash \\n and \\, and \\; and \\\\",
    "Comma, semicolon; colon: quote \" apostrophe '",
    "A day, its time to be told",
]
PEOPLE = {
    "jane": "Doe, Jane",
    "team": 'R&D: "Team; One"',
    "zoe": "Zoë Ångström \N{GRINNING FACE}",
    "brien": "O'Brien\\Smith",
    "fatima": "فاطمة الزهراء، المنسقة",
    "long": LONG,
}
DEPUTY = "zoe"
VENUE = 'Neuadd y Dref; Room 2, "Old" wing \\ north: é'
SIGNPOSTING = 'One\nTwo \\ three; four, five: "six"\n\n\\n is no line break \N{GRINNING FACE}'
DRIVER = """
import sys
from slavefree_cli.__main__ import main
for line in sys.stdin.read().splitlines():
    sys.argv = ["slavefree", "--quiet", "--no-commit", *line.split("\\t")]
    try:
        main()
    except SystemExit as ended:
        if ended.code:
            sys.exit(f"{line}: {ended.code}")
"""


@dataclass
class File:
    """A file that was made, and the events that are to be read in it, each as what it says."""

    name: str
    data: bytes
    method: str
    events: list
    feed: str | None = None


@dataclass
class Partnership:
    """One register under git, with what was made from it."""

    folder: Path
    zone: str
    env: dict
    files: list = field(default_factory=list)

    @property
    def register(self):
        return self.folder / "meetings"

    def run(self, *lines):
        """Run command lines one after the other in one process; nothing may be said, and nothing is committed."""
        done = subprocess.run(
            [sys.executable, "-W", "error", "-c", DRIVER],
            input="\n".join("\t".join(line) for line in lines),
            cwd=self.folder,
            env=self.env,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert (done.returncode, done.stderr) == (0, "")


def made(folder, zone):
    """Return a nasty partnership in a zone, with everything that can be made from it."""
    place = started(folder, zone)
    days = [*DAYS[zone], ALL_DAY]
    ids = [f"{day}-m" for day in days]
    dirs = [folder / f"{day}-each" for day in days]
    for each in dirs:
        each.mkdir()
    makes = [
        line
        for id, each in zip(ids, dirs, strict=True)
        for line in (("invite", "make", id), ("invite", "make", id, "--each", "--to", str(each)))
    ] + [("invite", "feed")]
    _twice(place, makes)
    _take(place, days, dirs, dict.fromkeys(days, ("PUBLISH", "REQUEST", 0)))

    # The first is moved to another place and loses somebody; the second and the last are cancelled.
    place.run(
        ("meeting", "edit", ids[0], "--venue", "Elsewhere"),
        ("invite", "remove", ids[0], "jane"),
        ("meeting", "cancel", ids[1], "--reason", "Snow", "--yes"),
        ("meeting", "cancel", ids[6], "--reason", "Snow", "--yes"),
    )
    _twice(place, makes)
    changed = {days[0]: ("PUBLISH", "REQUEST", 1), days[1]: ("CANCEL", "CANCEL", 1), days[6]: ("CANCEL", "CANCEL", 1)}
    _take(place, days, dirs, changed)
    return place


def started(folder, zone):
    """Return a nasty partnership with its meetings, and nothing made from it."""
    folder.mkdir(parents=True)
    env = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_AUTHOR_NAME": "Sam Reed",
        "GIT_AUTHOR_EMAIL": "sam@example.org",
        "GIT_COMMITTER_NAME": "Sam Reed",
        "GIT_COMMITTER_EMAIL": "sam@example.org",
        "SOURCE_DATE_EPOCH": "1767225600",
        **({"PYTHONPATH": os.environ["PYTHONPATH"]} if "PYTHONPATH" in os.environ else {}),
    }
    place = Partnership(folder, zone, env)
    register = place.register
    texts = {
        "partnership.toml": f"format = 1\nname = {_quoted(PARTNERSHIPS[zone])}\ntimezone = {_quoted(zone)}\n"
        f"[coordinator]\nname = {_quoted(PEOPLE['brien'])}\nemail = 'coordinator@example.org'\n"
        f"[signposting]\ntext = {_quoted(SIGNPOSTING)}\n",
        "members/all.toml": "name = 'All'\nsector = 'charity'\n",
    }
    for id, name in PEOPLE.items():
        texts[f"people/{id}.toml"] = (
            f"name = {_quoted(name)}\nemail = '{id}@example.org'\n"
            f"[represents.all]\ndeputy = {str(id == DEPUTY).lower()}\n"
        )
    for number, day in enumerate([*DAYS[zone], ALL_DAY]):
        times = "" if day == ALL_DAY else "start = 14:00:00\nend = 16:00:00\n"
        texts[f"{day}-m/meeting.toml"] = (
            f"title = {_quoted(TITLES[number])}\ndate = {day}\n{times}venue = {_quoted(VENUE)}\nstatus = 'planned'\n"
            f"uid = {_quoted(uid(day))}\ncreated = 2026-01-01T00:00:00Z\n"
        )
    for name, text in texts.items():
        (register / name).parent.mkdir(parents=True, exist_ok=True)
        (register / name).write_text(text, encoding="utf-8", newline="")
    for line in (["init", "--quiet"], ["add", "meetings"], ["commit", "--quiet", "-m", "A register"]):
        subprocess.run(["git", *line], cwd=folder, env=env, check=True)
    return place


def uid(day):
    return f"{day}, a;b\\c é@slavefree"


def event(zone, day, *, sequence=0, cancelled=False, venue=VENUE, person=None, method="PUBLISH", told=""):
    """Return what is to be read in an event; None where a program may see either."""
    number = [*DAYS[zone], ALL_DAY].index(day)
    off = cancelled or (method == "CANCEL")
    status = "CANCELLED" if cancelled else None if off else "TENTATIVE" if day == ALL_DAY else "CONFIRMED"
    attendee = {"address": f"mailto:{person}@example.org", "name": parameter(PEOPLE[person])} if person else None
    if attendee and method == "REQUEST":
        role = "OPT-PARTICIPANT" if person == DEPUTY else "REQ-PARTICIPANT"
        attendee |= {"role": role, "partstat": "NEEDS-ACTION", "rsvp": True}
    return {
        "uid": uid(day),
        "start": _instant(zone, day, 14),
        "end": _instant(zone, day, 16),
        "status": status,
        "sequence": sequence,
        "summary": f"{PARTNERSHIPS[zone]}: {TITLES[number]}",
        "location": venue,
        "description": None if method == "CANCEL" else f"{told}Venue: {venue}\n\n{SIGNPOSTING}",
        "organiser": {"address": "mailto:coordinator@example.org", "name": parameter(PEOPLE["brien"])},
        "attendees": [attendee] if attendee else [],
    }


def parameter(name):
    """Return a name as a parameter can hold it: without double quotes, and no semicolon, at which some would cut it."""
    return name.replace('"', "'").replace(";", ",")


def _instant(zone, day, hour):
    on = date.fromisoformat(day)
    if day == ALL_DAY:
        return f"{on if hour == 14 else on + timedelta(days=1):%Y%m%d}"
    return f"{datetime(on.year, on.month, on.day, hour) - timedelta(minutes=DAYS[zone][day]):%Y%m%dT%H%M%SZ}"


def _twice(place, makes):
    """Make everything twice; the second time not a byte is another."""
    place.run(*makes)
    first = {path: path.read_bytes() for path in place.folder.rglob("*.ics")}
    place.run(*makes)
    assert {path: path.read_bytes() for path in place.folder.rglob("*.ics")} == first


def _take(place, days, dirs, versions):
    zone = place.zone
    for day, each in zip(days, dirs, strict=True):
        if day not in versions:
            continue
        for_all, for_one, sequence = versions[day]
        moved = sequence > 0 and for_one == "REQUEST"
        given = {"sequence": sequence, "venue": "Elsewhere" if moved else VENUE, "cancelled": for_one == "CANCEL"}
        if moved:
            given["told"] = f"What has changed\n- Venue: Elsewhere (was: {VENUE})\n\n"
        data = (place.register / f"{day}-m" / "invite.ics").read_bytes()
        name = f"{zone}, {day}, version {sequence}"
        place.files.append(File(name, data, for_all, [event(zone, day, method=for_all, **given)]))
        for path in sorted(each.iterdir()):
            person = path.stem.removeprefix(f"{day}-m-")
            method = "CANCEL" if moved and person == "jane" else for_one
            seen = event(zone, day, method=method, person=person, **given)
            place.files.append(File(f"{name}, {person}", path.read_bytes(), method, [seen]))
    feed = [
        event(
            zone,
            day,
            sequence=versions.get(day, ("", "", 0))[2],
            venue="Elsewhere" if versions.get(day, ("", "", 0))[1:] == ("REQUEST", 1) else VENUE,
            cancelled=versions.get(day, ("", "", 0))[1] == "CANCEL",
        )
        for day in sorted(days)
    ]
    data = (place.register / "calendar.ics").read_bytes()
    place.files.append(File(f"{zone}, feed {len(versions)}", data, "PUBLISH", feed, PARTNERSHIPS[zone]))


def _quoted(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
