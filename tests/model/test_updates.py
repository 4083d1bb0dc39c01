"""What an invitation says otherwise than the one before it, old and new."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from slavefree_cli.model.agenda import Agenda, Item
from slavefree_cli.model.issue import Issue
from slavefree_cli.model.told import Recipient, ToldItem, same_business, told_items, withheld
from slavefree_cli.model.updates import replaced, updates, updates_of_all

NOW = datetime(2023, 5, 9, 9, tzinfo=UTC)
WELCOME = ToldItem(position=1, title="Welcome", minutes=5)
POLICE = ToldItem(position=2, title="Police update", lead="Essex Police", minutes=10)
SECRET = ToldItem(position=3, minutes=20)
ITEMS = {"welcome": WELCOME, "police": POLICE, "item-k3f9a": SECRET}


def issue(at=0, **fields):
    given = {
        "id": f"aaaa{at}",
        "of": "june",
        "sequence": 0,
        "stamp": NOW + timedelta(hours=at),
        "date": date(2023, 6, 7),
        "start": time(14),
        "end": time(16),
        "venue": "Town Hall",
        "status": "planned",
        "content": "c",
        "organizer": "ann@example.org",
        "organizer_name": "Ann Lee",
        "partnership": "Essex",
        "title": "June",
        "chair": "Colin Cox",
        "link": "digest",
        "to": ("sam",),
        "method": "REQUEST",
        "people": {"sam": Recipient(email="sam@example.org", name="Sam Reed")},
        "items": ITEMS,
    }
    return Issue(**{**given, **fields})


def said(**fields):
    return [each.sentence for each in updates(issue(), issue(1, **fields), "sam")]


def at(position, title, **fields):
    return ToldItem(position=position, title=title, **fields)


@pytest.mark.parametrize(
    ("fields", "sentences"),
    [
        ({}, []),
        ({"date": date(2023, 6, 14)}, ["Date: 14 June 2023 (was: 7 June 2023)"]),
        ({"start": time(15), "end": time(17)}, ["Time: 15:00 to 17:00 (was: 14:00 to 16:00)"]),
        ({"start": None, "end": None}, ["Time: to be confirmed (was: 14:00 to 16:00)"]),
        ({"venue": "Library"}, ["Venue: Library (was: Town Hall)"]),
        ({"venue": None}, ["Venue: none (was: Town Hall)"]),
        ({"partnership": "Kent"}, ["Partnership: Kent (was: Essex)"]),
        ({"title": "Summer"}, ["Title: Summer (was: June)"]),
        ({"chair": None}, ["Chair: none (was: Colin Cox)"]),
        ({"link": "other"}, ["The link for joining by video has changed."]),
        ({"link": None}, ["The link for joining by video is no longer there."]),
        ({"organizer_name": "Bob Lee"}, ["Organiser: Bob Lee (was: Ann Lee)"]),
        (
            {"organizer": "bob@example.org"},
            ["Organiser: Ann Lee, bob@example.org (was: Ann Lee, at another address)"],
        ),
        ({"organizer": "ANN@example.org"}, []),
        (
            {"people": {"sam": Recipient(email="sam@example.org", name="Sam Reid")}},
            ["Your name: Sam Reid (was: Sam Reed)"],
        ),
        (
            {"people": {"sam": Recipient(email="sam@example.org", name="Sam Reed", optional=True)}},
            ["Your part: you need not come (was: you are asked to come)"],
        ),
        ({"items": {**ITEMS, "aob": at(4, "Other")}}, ["New item: Other"]),
        ({"items": {"police": POLICE, "item-k3f9a": SECRET}}, ["Removed item: Welcome"]),
        ({"items": {"welcome": WELCOME, "police": POLICE}}, ["Removed item: Restricted item"]),
        ({"items": {**ITEMS, "welcome": at(1, "Hello", minutes=5)}}, ["Renamed item: Hello (was: Welcome)"]),
        (
            {"items": {**ITEMS, "police": at(2, "Police update", minutes=10)}},
            ["Lead of Police update: none (was: Essex Police)"],
        ),
        (
            {"items": {**ITEMS, "welcome": at(1, "Welcome", minutes=10)}},
            ["Length of Welcome: 10 minutes (was: 5 minutes)"],
        ),
        (
            {"items": {**ITEMS, "welcome": at(9, "Welcome", minutes=5)}},
            ["Order: Police update; Restricted item; Welcome (was: Welcome; Police update; Restricted item)"],
        ),
        ({"content": "d"}, ["Other details have changed; what follows is how they are now."]),
        (
            {"begins": datetime(2023, 6, 7, 12, tzinfo=UTC), "ends": datetime(2023, 6, 7, 14, tzinfo=UTC)},
            [],
        ),
    ],
)  # fmt: skip
def test_each_thing_is_said_old_and_new(fields, sentences):
    assert said(**fields) == sentences


def test_other_clocks_are_said_by_the_instant():
    hour = timedelta(hours=1)
    was = datetime(2023, 6, 7, 13, tzinfo=UTC)
    before, after = issue(begins=was, ends=was + hour), issue(1, begins=was - hour, ends=was)
    (update,) = updates(before, after)
    assert update.sentence == "Time: 14:00 to 16:00, that is 12:00 UTC (was: 14:00 to 16:00, that is 13:00 UTC)"


def test_of_an_issue_from_before_it_was_kept_only_when_and_where_is_known():
    old = issue(organizer=None, organizer_name=None, title=None, chair=None, link=None, people={}, items={})
    assert [each.what for each in updates(old, issue(1, venue="Library"))] == ["Venue"]
    assert updates(old, issue(1)) == []
    assert [each.sentence for each in updates(old, issue(1, content="d"))] == [
        "Other details have changed; what follows is how they are now."
    ]


class TestWithheld:
    """An open item became restricted after it was told."""

    def test_its_title_its_lead_and_its_slug_are_gone(self):
        kept = withheld(ITEMS, "police", "item-h9rt4")
        assert kept["item-h9rt4"] == ToldItem(position=2, minutes=10, withheld=True)
        assert "police" not in kept

    def test_it_is_said_without_what_it_was(self):
        kept = withheld(ITEMS, "police", "item-h9rt4")
        now = {
            **{slug: each for slug, each in ITEMS.items() if slug != "police"},
            "item-h9rt4": at(2, None, minutes=10),
        }
        sentences = [each.sentence for each in updates(issue(items=kept), issue(1, items=now), "sam")]
        assert sentences == ["An item is now taken in private."]
        assert not same_business(kept, now)

    def test_and_when_it_is_taken_off_altogether(self):
        kept = withheld(ITEMS, "police", "item-h9rt4")
        now = {slug: each for slug, each in ITEMS.items() if slug != "police"}
        sentences = [each.sentence for each in updates(issue(items=kept), issue(1, items=now), "sam")]
        assert sentences == ["An item is no longer on the agenda."]


class TestWhatItReplaces:
    def test_the_last_that_said_something_else(self):
        first, again = issue(), issue(1)
        moved, resent = issue(2, venue="Library"), issue(3, venue="Library")
        issues = [resent, first, moved, again]
        assert replaced(moved, issues, "sam") == [again]
        assert replaced(resent, issues, "sam") == [again]
        assert replaced(first, issues, "sam") == []

    def test_nothing_after_a_cancellation_or_at_another_address_or_for_anybody_else(self):
        first, off = issue(), issue(1, method="CANCEL")
        assert replaced(issue(2, venue="Library"), [first, off], "sam") == []
        elsewhere = {"sam": Recipient(email="sam@new.example.org", name="Sam Reed")}
        assert replaced(issue(2, venue="Library", people=elsewhere), [first], "sam") == []
        assert replaced(issue(2, venue="Library", to=("kim",)), [first], "kim") == []

    def test_what_two_clones_issued_under_one_number_it_replaces_both(self):
        first, one = issue(), issue(1, sequence=1, venue="Library")
        other, newer = (
            issue(at, sequence=1, start=time(15), end=time(17), **more) for at, more in ((2, {}), (3, {"title": "J"}))
        )
        after = issue(4, sequence=2, venue="Library", start=time(15), end=time(17))
        before = replaced(after, [first, one, other, newer, after], "sam")
        assert before == [newer, one]
        sentences = [each.sentence for each in updates_of_all(before, after, "sam")]
        assert sentences == [
            "Venue: Library (was: Town Hall)",
            "Title: June (was: J)",
            "Time: 15:00 to 17:00 (was: 14:00 to 16:00)",
        ]

    def test_what_both_said_otherwise_is_said_with_both(self):
        one, other = issue(1, venue="Library"), issue(2, venue="Barn")
        (update,) = updates_of_all(replaced(issue(3, sequence=1), [one, other], "sam"), issue(3, sequence=1), "sam")
        assert update.sentence == "Venue: Town Hall (was: Barn or Library)"

    def test_what_is_for_anyone_takes_the_place_of_what_was(self):
        first = issue(method="PUBLISH", to=(), people={})
        assert replaced(issue(2, method="PUBLISH", to=(), people={}, venue="Library"), [first, issue(1)]) == [first]


def test_the_agenda_is_kept_as_anyone_may_read_it():
    agenda = Agenda(
        id="june",
        items={
            "b": Item(position=20, title="Second", lead="essex-police"),
            "a": Item(position=10, title="First", minutes=5),
            "c": Item(position=30, title="Case of J", lead="colin", restricted=True, minutes=9),
        },
    )
    assert told_items(agenda, str.upper) == {
        "a": at(1, "First", minutes=5),
        "b": at(2, "Second", lead="ESSEX-POLICE"),
        "c": ToldItem(position=3, minutes=9),
    }
    assert told_items(None, str.upper) == {}


def test_running_times_and_order_are_no_other_business_and_the_rest_is():
    longer = {**ITEMS, "welcome": at(9, "Welcome", minutes=30)}
    assert same_business(ITEMS, longer)
    for other in ({**ITEMS, "welcome": at(1, "Hello")}, {**ITEMS, "aob": at(4, "Other")}, {"welcome": WELCOME}):
        assert not same_business(ITEMS, other)
