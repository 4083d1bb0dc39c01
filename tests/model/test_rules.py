"""Each rule between records, by a register that breaks it alone."""

from datetime import UTC, date, datetime, time

import pytest

from slavefree_cli.model.action import Action, Note
from slavefree_cli.model.agenda import Agenda, Item, RestrictedAgenda, RestrictedItem
from slavefree_cli.model.attendance import Attendance, Attendee
from slavefree_cli.model.decision import Decision
from slavefree_cli.model.group import Group
from slavefree_cli.model.issue import Issue
from slavefree_cli.model.kinds import Records, RestrictedRecords
from slavefree_cli.model.meeting import Approval, Invitees, Meeting, RestrictedMeeting
from slavefree_cli.model.member import Member
from slavefree_cli.model.partnership import Partnership
from slavefree_cli.model.person import Person, Representation
from slavefree_cli.model.rules import findings

DAY = date(2023, 6, 7)
LATER = date(2023, 9, 6)
NOW = datetime(2023, 5, 9, 9, tzinfo=UTC)
M = "2023-06-07-inaugural"


def shelf(*records):
    return {record.id: record for record in records}


def member(id="barnardos", name="Barnardo's", **fields):
    return Member(id=id, name=name, sector="charity", **fields)


def person(id="colin-cox", name="Colin Cox", **fields):
    return Person(id=id, name=name, **fields)


def meeting(id=M, **fields):
    return Meeting(**{"id": id, "title": "Inaugural", "date": DAY, "uid": f"{id}@x", "created": NOW, **fields})


def action(id="k7mq2", **fields):
    return Action(**{"id": id, "title": "Write", "owner": "colin-cox", "raised": DAY, **fields})


def decision(id="v3np8", **fields):
    return Decision(**{"id": id, "text": "So be it", "taken": DAY, "meeting": M, **fields})


def approval(at):
    return Approval(approved=LATER, at=at, sha256="0" * 64)


def issue(id="h9rt4", of=M):
    return Issue(id=id, of=of, sequence=0, stamp=NOW, date=DAY, status="planned", content="c", method="PUBLISH")


WELCOME = Item(title="Welcome", position=10)
HIDDEN = Item(position=20, restricted=True)
SECRET = RestrictedItem(title="A case", reason="Personal data")
AGENDA = Agenda(id=M, items={"welcome": WELCOME, "item-w4xz7": HIDDEN})


def register(**shelves):
    """A register in which everything fits together, with some of its shelves replaced."""
    whole = {
        "partnership": Partnership(name="Colchester", timezone="Europe/London"),
        "members": shelf(member()),
        "people": shelf(person(represents={"barnardos": Representation()})),
        "groups": shelf(Group(id="board", name="Board", chair="colin-cox", members=("barnardos",))),
        "meetings": shelf(
            meeting(
                start=time(14),
                chair="colin-cox",
                group="board",
                invitees=Invitees(add=("barnardos",), remove=("colin-cox",)),
                minutes=approval("2023-09-06-autumn"),
            ),
            meeting("2023-09-06-autumn", date=LATER, title="Autumn"),
        ),
        "agendas": shelf(AGENDA),
        "attendances": shelf(
            Attendance(
                id=M,
                people={"colin-cox": Attendee(outcome="present", representing="barnardos", arrived="welcome")},
            )
        ),
        "actions": shelf(action(meeting=M, item="welcome", with_=("barnardos",))),
        "decisions": shelf(decision(item="welcome")),
        "issues": shelf(issue()),
    }
    return Records.holding(**{**whole, **shelves})


RESTRICTED = RestrictedRecords.holding(
    meetings=shelf(RestrictedMeeting(id=M, minutes=approval("2023-09-06-autumn"))),
    agendas=shelf(RestrictedAgenda(id=M, items={"item-w4xz7": SECRET})),
    actions=shelf(action("a2bc3", restricted=True, meeting=M, item="item-w4xz7")),
    decisions=shelf(decision("g4hj5", restricted=True, item="item-w4xz7", supersedes="v3np8")),
)


def people(**fields):
    return shelf(Attendance(id=M, people={"colin-cox": Attendee(outcome="present", **fields)}))


BROKEN = [
    ("shared-slug", "", {"people": shelf(person(), person("barnardos", "Barnardo"))}),
    ("duplicate-name", "name", {"members": shelf(member(), member("other", "BARNARDO'S"))}),
    ("unknown-reference", "represents.nobody", {"people": shelf(person(represents={"nobody": Representation()}))}),
    ("unknown-reference", "chair", {"groups": shelf(Group(id="board", name="B", chair="nobody"))}),
    ("unknown-reference", "members", {"groups": shelf(Group(id="board", name="B", members=("colin-cox",)))}),
    ("skipped-time", "start", {"meetings": shelf(meeting(date=date(2023, 3, 26), start=time(1, 30)))}),
    ("unknown-reference", "chair", {"meetings": shelf(meeting(chair="barnardos"))}),
    ("unknown-reference", "group", {"meetings": shelf(meeting(group="nobody"))}),
    ("unknown-reference", "invitees.add", {"meetings": shelf(meeting(invitees=Invitees(add=("nobody",))))}),
    ("unknown-reference", "invitees.remove", {"meetings": shelf(meeting(invitees=Invitees(remove=("nobody",))))}),
    (
        "unknown-reference",
        "minutes.at",
        {"meetings": shelf(meeting(minutes=approval("2023-09-01-x")))},
    ),
    (
        "approved-early",
        "minutes.at",
        {"meetings": shelf(meeting(minutes=approval(M)))},
    ),
    (
        "approved-cancelled",
        "minutes.at",
        {"meetings": shelf(meeting(minutes=approval("x")), meeting("x", date=LATER, status="cancelled"))},
    ),
    ("left-early", "people.colin-cox.left", {"attendances": people(arrived="item-w4xz7", left="welcome")}),
    ("duplicate-uid", "uid", {"meetings": shelf(meeting(), meeting("2023-09-01-x", uid=f"{M}@x"))}),
    ("no-meeting", "", {"agendas": shelf(AGENDA, Agenda(id="2023-09-01-x"))}),
    ("slug", "items.Two Words", {"agendas": shelf(Agenda(id=M, items={**AGENDA.items, "Two Words": WELCOME}))}),
    (
        "unknown-reference",
        "items.x.lead",
        {"agendas": shelf(Agenda(id=M, items={**AGENDA.items, "x": Item(title="X", position=1, lead="nobody")}))},
    ),
    (
        "open-and-restricted",
        "items.item-w4xz7",
        {"agendas": shelf(Agenda(id=M, items={**AGENDA.items, "item-w4xz7": WELCOME}))},
    ),
    ("no-meeting", "", {"attendances": shelf(Attendance(id="2023-09-01-x"))}),
    ("unknown-reference", "people.nobody", {"attendances": shelf(Attendance(id=M, people={"nobody": Attendee()}))}),
    ("unknown-reference", "people.colin-cox.representing", {"attendances": people(representing="nobody")}),
    ("unknown-reference", "people.colin-cox.deputy_for", {"attendances": people(deputy_for="nobody")}),
    ("unknown-item", "people.colin-cox.arrived", {"attendances": people(arrived="nothing")}),
    ("unknown-item", "people.colin-cox.left", {"attendances": people(left="nothing")}),
    ("unknown-item", "people.colin-cox.interests", {"attendances": people(interests=("nothing",))}),
    ("unknown-reference", "owner", {"actions": shelf(action(owner="nobody"))}),
    ("unknown-reference", "with", {"actions": shelf(action(with_=("nobody",)))}),
    ("unknown-reference", "meeting", {"actions": shelf(action(meeting="2023-09-01-x", item="welcome"))}),
    ("unknown-item", "item", {"actions": shelf(action(meeting=M, item="nothing"))}),
    ("open-on-restricted", "item", {"actions": shelf(action(meeting=M, item="item-w4xz7"))}),
    ("unknown-reference", "meeting", {"decisions": shelf(decision(), decision("b2bc3", meeting="2023-09-01-x"))}),
    ("unknown-reference", "supersedes", {"decisions": shelf(decision(supersedes="zzzzz"))}),
    ("open-on-restricted", "item", {"decisions": shelf(decision(item="item-w4xz7"))}),
    ("unknown-reference", "", {"issues": shelf(issue(of="2023-09-01-x"))}),
    ("duplicate-code", "", {"actions": shelf(action("v3np8"))}),
    (
        "duplicate-code",
        "notes.k7mq2",
        {"actions": shelf(action(notes={"k7mq2": Note(at=NOW, kind="progress", text="x")}))},
    ),
]


def found(records, restricted=RESTRICTED):
    return {(each.check.code, each.key) for each in findings(records, restricted, "error")}


def test_a_register_in_which_everything_fits_has_no_findings():
    assert list(findings(register(), RESTRICTED)) == []


@pytest.mark.parametrize(("code", "key", "shelves"), BROKEN, ids=lambda each: each if isinstance(each, str) else "")
def test_a_rule_that_is_broken_is_found_under_its_code_and_key(code, key, shelves):
    wrong = (code, key)

    assert wrong in found(register(**shelves))
    assert wrong not in found(register())


def test_an_item_taken_in_private_has_its_place_in_the_open_agenda():
    stray = RestrictedRecords.holding(agendas=shelf(RestrictedAgenda(id=M, items={"item-zzzzz": SECRET})))

    assert found(register(), stray) == {("no-place", "items.item-zzzzz")}


@pytest.mark.parametrize(
    ("kept", "wrong"),
    [
        (RestrictedMeeting(id="2023-09-01-x"), ("no-meeting", "")),
        (RestrictedMeeting(id=M, minutes=approval("2023-09-01-x")), ("unknown-reference", "minutes.at")),
        (RestrictedMeeting(id=M, minutes=approval(M)), ("approved-early", "minutes.at")),
    ],
)  # fmt: skip
def test_the_approval_of_part_two_keeps_the_same_rules(kept, wrong):
    assert found(register(), RestrictedRecords.holding(meetings=shelf(kept))) == {wrong}


def test_a_clone_without_the_restricted_tree_has_nothing_wrong():
    assert found(register(), RestrictedRecords.holding()) == set()


def test_what_names_a_record_that_cannot_be_read_is_no_mistake():
    unreadable = frozenset({"barnardos", "colin-cox", "board", M, "2023-09-06-autumn", "v3np8"})
    gone = register(members={}, people={}, groups={}, meetings={}, agendas={}, decisions={}, unreadable=unreadable)

    assert found(gone) == set()
