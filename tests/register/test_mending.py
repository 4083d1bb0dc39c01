"""What has one plain answer in a document is put right by what its fields are; nothing else is touched."""

from datetime import UTC, date, datetime, time

import pytest

from slavefree_cli.model.action import Action
from slavefree_cli.model.agenda import Agenda
from slavefree_cli.model.attendance import Attendance
from slavefree_cli.model.group import Group
from slavefree_cli.model.meeting import Meeting
from slavefree_cli.model.member import Member
from slavefree_cli.model.partnership import Partnership
from slavefree_cli.model.person import Person
from slavefree_cli.register.mending import allowed, mended, plain_date

IDS = {"Colin Cox": "colin-cox", "Essex Police": "essex-police"}


def put_right(kind, document):
    return mended(kind, document, lambda _, said: IDS.get(said))


@pytest.mark.parametrize(
    ("kind", "wrong", "right"),
    [
        (Action, {"due": "2023-09-01"}, {"due": date(2023, 9, 1)}),
        (Action, {"due": "1 April 2023"}, {"due": date(2023, 4, 1)}),
        (Action, {"status": "Done"}, {"status": "done"}),
        (Action, {"owner": "Colin Cox", "with": ["Essex Police", "x"]},
         {"owner": "colin-cox", "with": ["essex-police", "x"]}),
        (Member, {"sector": "Police", "first_responder": "yes"}, {"sector": "police", "first_responder": True}),
        (Member, {"sector": "Local Authority"}, {"sector": "local-authority"}),
        (Person, {"represents": {"Essex Police": {"since": "26/4/2023", "deputy": "True"}}},
         {"represents": {"essex-police": {"since": date(2023, 4, 26), "deputy": True}}}),
        (Meeting, {"start": "2pm", "created": "2023-04-28T09:00:00Z"},
         {"start": time(14), "created": datetime(2023, 4, 28, 9, tzinfo=UTC)}),
        (Agenda, {"items": {"other": {"minutes": "20", "purpose": "Decision"}}},
         {"items": {"other": {"minutes": 20, "purpose": "decision"}}}),
        (Attendance, {"people": {"Colin Cox": {"outcome": "In attendance"}}},
         {"people": {"colin-cox": {"outcome": "in-attendance"}}}),
        (Partnership, {"quorum": {"members": "4", "sectors": ["POLICE"]}},
         {"quorum": {"members": 4, "sectors": ["police"]}}),
        (Group, {"members": ["Essex Police"]}, {"members": ["essex-police"]}),
    ],
)  # fmt: skip
def test_what_is_plain(kind, wrong, right):
    assert put_right(kind, wrong) == right
    assert put_right(kind, right) == right


@pytest.mark.parametrize(
    ("kind", "document"),
    [
        (Action, {"due": "next Friday"}),
        (Action, {"due": "today"}),
        (Action, {"due": "31 June 2023"}),
        (Action, {"status": "finished", "title": "Done", "colour": "2023-09-01"}),
        (Action, {"owner": "Somebody"}),
        (Agenda, {"items": {"other": {"minutes": "about 20", "title": "20"}}}),
        (Meeting, {"created": "2023-04-28T09:00:00", "start": "late"}),
        (Person, {"represents": {"Essex Police": {}, "essex-police": {}}}),
        (Person, {"represents": "Essex Police"}),
    ],
)
def test_what_is_not(kind, document):
    assert put_right(kind, document) == document


def test_what_a_closed_list_allows():
    assert allowed(Action, "status") == ("open", "done", "dropped")
    assert allowed(Attendance, "people.colin-cox.outcome")[:2] == ("present", "apologies")
    assert "police" in allowed(Partnership, "quorum.sectors")
    assert allowed(Action, "title") == allowed(Action, "colour.x") == allowed(Person, "represents.x.role") == ()


def test_a_date_is_plain_where_it_does_not_depend_on_today():
    assert plain_date("1st April 2023") == date(2023, 4, 1)
    assert plain_date("tomorrow") is None
