"""Names in place of ids, by what the fields of records are declared to name."""

from datetime import UTC, date, datetime

import pytest

from slavefree_cli.model.action import Action
from slavefree_cli.model.agenda import Agenda, Item
from slavefree_cli.model.attendance import Attendance
from slavefree_cli.model.decision import Decision
from slavefree_cli.model.group import Group
from slavefree_cli.model.kinds import Records
from slavefree_cli.model.meeting import Meeting
from slavefree_cli.model.member import Member
from slavefree_cli.model.person import Person
from slavefree_cli.view.names import Names

SPRING, AUTUMN = "2023-03-01-meeting", "2023-09-06-meeting"


def meeting(id, title):
    return Meeting(
        id=id, title=title, date=date.fromisoformat(id[:10]), uid="u", created=datetime(2023, 1, 1, tzinfo=UTC)
    )


@pytest.fixture
def names():
    everything = {
        "members": [Member(id="essex-police", name="Essex Police", sector="police")],
        "people": [Person(id=id, name="John Smith") for id in ("john-smith", "john-smith-2")]
        + [Person(id="colin-cox", name="Colin Cox")],
        "groups": [Group(id="board", name="The board")],
        "meetings": [meeting(SPRING, "Meeting"), meeting(AUTUMN, "Meeting"), meeting("2024-01-10-x", "Winter")],
        "agendas": [Agenda(id=SPRING, items={"other": Item(position=10, title="Any other business")})],
    }
    return Names(Records.holding(**{group: {each.id: each for each in of} for group, of in everything.items()}))


def test_each_field_by_what_it_names_and_nothing_else(names):
    item = {
        "id": "7k2f9", "title": "colin-cox", "owner": "colin-cox", "with": ["essex-police", "gone"],
        "meeting": SPRING, "item": "other", "due": None, "notes": {"m4x7q": {"text": "essex-police"}},
    }  # fmt: skip
    assert names.item(item, Action) == {
        **item,
        "owner": "Colin Cox",
        "with": ["Essex Police", "gone"],
        "meeting": "Meeting (1 March 2023)",
        "item": "Any other business",
        "notes": {"M4X7Q": {"text": "essex-police"}},
    }


def test_tables_within_a_record_and_the_keys_of_tables(names):
    item = {"id": "2024-01-10-x", "chair": "colin-cox", "group": "board", "invitees": {"add": ["essex-police"]}}
    shown = names.item(item, Meeting)
    assert (shown["id"], shown["chair"], shown["group"]) == ("2024-01-10-x", "Colin Cox", "The board")
    assert shown["invitees"] == {"add": ["Essex Police"]}
    person = {"id": "colin-cox", "represents": {"essex-police": {"role": "essex-police"}}}
    assert names.item(person, Person)["represents"] == {"Essex Police": {"role": "essex-police"}}


def test_the_id_of_a_record_stays_also_where_it_is_that_of_its_meeting(names):
    assert names.item({"id": SPRING, "people": {"colin-cox": {}}}, Attendance) == {
        "id": SPRING,
        "people": {"Colin Cox": {}},
    }


def test_two_of_one_name_are_told_apart(names):
    assert names.party("john-smith-2") == "John Smith (john-smith-2)"
    assert names.party("colin-cox") == "Colin Cox"
    assert names.meeting(AUTUMN) == "Meeting (6 September 2023)"
    assert names.meeting("2024-01-10-x") == "Winter"


@pytest.mark.parametrize(
    ("kind", "id", "field", "value", "shown"),
    [
        (Records.actions, "7k2f9", "owner", "colin-cox", ("action 7K2F9", "owner", "Colin Cox")),
        (Records.groups, "board", "members", ["essex-police"], ("group The board", "members", ["Essex Police"])),
        (Records.attendances, SPRING, "people.colin-cox.arrived", "other",
         ("attendance of Meeting (1 March 2023)", "people Colin Cox, arrived", "Any other business")),
        (Records.people, "colin-cox", "represents.essex-police.role", "essex-police",
         ("person Colin Cox", "represents Essex Police, role", "essex-police")),
        (Records.partnerships, "partnership", "name", "board", ("the partnership", "name", "board")),
        (Records.meetings, "2024-01-10-x", "", "colin-cox", ("meeting Winter", "", "colin-cox")),
    ],
)  # fmt: skip
def test_a_field_that_is_otherwise_in_words(names, kind, id, field, value, shown):
    item = names.change({"record": "r", "file": "f", "field": field, "now": value, "after": None}, kind, id)
    assert (item["record"], item["field"], item["now"]) == shown
    assert item["after"] is None


def test_what_is_worked_out_and_names_others(names):
    assert names.item({"id": "4m8xt", "superseded_by": "a2b3c"}, Decision)["superseded_by"] == "A2B3C"
    assert names.item({"id": "7k2f9", "left": ["colin-cox"]}, Action)["left"] == ["Colin Cox"]
    assert names.item({"id": "barnardos", "left": date(2024, 1, 1)}, Member)["left"] == date(2024, 1, 1)
    assert names.item({"id": "colin-cox", "left": None}, Person)["left"] is None
