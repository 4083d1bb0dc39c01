"""The page on who sees what says of every field what is so: each has a word of its own, which is looked for."""

import email
import importlib.util
import re
import shutil
from email import policy
from pathlib import Path

import pytest

from slavefree_cli.model.kinds import Records

DOCS = Path(__file__).parents[2] / "docs"
MEETING = "2023-05-24-spring"

REGISTER = {
    "partnership.toml": """
name = "W partnership.name"
timezone = "Europe/London"
holidays = "GB-ENG"
marking = "W partnership.marking"
[coordinator]
name = "W partnership.coordinator.name"
email = "W-partnership.coordinator.email@example.org"
[signposting]
text = "W partnership.signposting.text"
url = "https://example.org/W-partnership.signposting.url"
""",
    "members/essex-police.toml": """
name = "W member.name"
sector = "police"
email = "W-member.email@example.org"
aka = ["W member.aka"]
""",
    "people/colin-cox.toml": """
name = "W person.name"
email = "W-person.email@example.org"
also = ["W-person.also@example.org"]
aka = ["W person.aka"]
[represents.essex-police]
role = "W person.represents.*.role"
""",
    "groups/board.toml": 'name = "W group.name"\nmembers = ["essex-police"]\n',
    f"{MEETING}/meeting.toml": """
title = "W meeting.title"
date = 2023-05-24
start = 14:00:00
end = 16:00:00
venue = "W meeting.venue"
link = "https://example.org/W-meeting.link"
chair = "colin-cox"
uid = "W-meeting.uid"
created = 2023-04-28T09:00:00Z
""",
    f"{MEETING}/agenda.toml": """
[items.one]
position = 10
title = "W agenda.items.*.title"
lead = "colin-cox"
minutes = 20
papers = ["papers/W-agenda.items.*.papers.pdf"]
[items.item-k3f9a]
position = 20
minutes = 10
restricted = true
""",
    f"{MEETING}/attendance.toml": """
[people.colin-cox]
reply = "accepted"
reply_stamp = 2023-05-01T10:00:00Z
reply_comment = "W attendance.people.*.reply_comment"
outcome = "present"
representing = "essex-police"
""",
    "actions/2023/7k2f9.toml": """
title = "W action.title"
owner = "colin-cox"
due = 2023-05-01
raised = 2023-04-26
[notes.m4x7q]
at = 2023-05-02T10:15:00Z
kind = "progress"
text = "W action.notes.*.text"
""",
    "decisions/2023/4m8xt.toml": f"""
text = "W decision.text"
taken = 2023-05-24
meeting = "{MEETING}"
item = "one"
""",
    f"restricted/{MEETING}/agenda.toml": """
[items.item-k3f9a]
title = "W restricted agenda.items.*.title"
reason = "W restricted agenda.items.*.reason"
""",
    "restricted/actions/2023/9p3nz.toml": """
title = "W restricted action.title"
owner = "colin-cox"
raised = 2023-05-01
""",
    "restricted/decisions/2023/5m8xt.toml": f"""
text = "W restricted decision.text"
taken = 2023-05-24
meeting = "{MEETING}"
item = "item-k3f9a"
""",
}
"""Each text is "W" and the field it stands in; in addresses and the like with a hyphen and without what they refuse."""


@pytest.fixture(scope="module")
def page():
    spec = importlib.util.spec_from_file_location("who_sees_what", DOCS / "who_sees_what.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def words(text):
    """Return the fields whose words turn up in a text, folded lines of calendars and escapes put right."""
    plain = re.sub(r"=\r?\n|\r?\n[ \t]", "", text).replace("\\n", "\n").replace("\\", "").replace("&#x2A;", "*")
    return {
        found[1].removesuffix(".pdf").rstrip(".")
        for found in re.finditer(r"W[ -]((?:restricted )?[a-z]+\.[a-z_.*]+)", plain)
    }


def test_the_page_is_current(page):
    text = (DOCS / "who-sees-what.md").read_text()
    assert page.page(text) == text


def test_every_field_that_goes_out_is_one(page):
    known = {f"{kind.noun}.{key}" for kind in Records.kinds() for key, _ in page.fields(kind.type)}
    assert set(page.GOES_OUT) <= known


def test_what_goes_out_is_what_the_page_says_and_nothing_else(place, page):
    shutil.rmtree(place.register)
    for name, text in REGISTER.items():
        path = place.register / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(re.sub(r"W-[a-z_.*-]+", lambda found: found[0].replace("*", "x"), text))
    place.ok("check")
    place.ok("invite", "make", MEETING)
    place.ok("invite", "feed")
    calendar = (place.register / MEETING / "invite.ics").read_text() + (place.register / "calendar.ics").read_text()
    place.ok("minutes", "draft", MEETING)
    minutes = (place.register / MEETING / "minutes.md").read_text()
    place.ok("invite", "send", MEETING)
    place.ok("minutes", "send", MEETING)
    place.ok("action", "chase")
    told = ""
    for path in (place.register / "outbox").glob("*.eml"):
        message = email.message_from_bytes(path.read_bytes(), policy=policy.default)
        told += "\n".join(f"{key}: {value}" for key, value in message.items() if key != "To")
        told += "".join(each.get_content() for each in message.walk() if each.get_content_maintype() == "text")
    for where, text in ((page.CALENDAR, calendar), (page.MINUTES, minutes), (page.MESSAGE, told)):
        written = {each for each in words("".join(REGISTER.values())) if where in page.GOES_OUT.get(each, ())}
        # Each person is told their own address.
        own = {"person.email"} if where == page.MESSAGE else set()
        found = {each.replace(".x.", ".*.") for each in words(text)} - own
        assert (where, found - written, written - found) == (where, set(), set())
