"""Who is invited to a meeting, and who has which version."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from slavefree_cli.model.group import Group
from slavefree_cli.model.invitees import invitees, standings
from slavefree_cli.model.issue import Issue
from slavefree_cli.model.kinds import Records
from slavefree_cli.model.meeting import Invitees, Meeting
from slavefree_cli.model.member import Member
from slavefree_cli.model.partnership import Partnership
from slavefree_cli.model.person import Person, Representation
from slavefree_cli.model.sequence import Present
from slavefree_cli.model.told import Recipient

DAY = date(2023, 6, 7)
NOW = datetime(2023, 5, 9, 9, tzinfo=UTC)


def person(id, *members, email="x@example.org", **representation):
    return Person(
        id=id, name=id.title(), email=email, represents={each: Representation(**representation) for each in members}
    )


def shelf(*records):
    return {each.id: each for each in records}


RECORDS = Records.holding(
    partnership=Partnership(name="Partnership", timezone="Europe/London"),
    members=shelf(
        Member(id="police", name="Police", sector="police"),
        Member(id="council", name="Council", sector="local-authority"),
        Member(id="shelter", name="Shelter", sector="charity", email="shelter@example.org"),
        Member(id="silent", name="Silent", sector="charity"),
        Member(id="gone", name="Gone", sector="charity", email="gone@example.org", left=DAY),
    ),
    people=shelf(
        person("ann", "police"),
        person("bob", "police", deputy=True),
        person("cat", "police", "council"),
        person("dan", "council", until=DAY),
        person("eve", "council", since=DAY + timedelta(days=1)),
        person("fay", "gone"),
        person("sam"),
        person("zoe"),
    ),
    groups=shelf(Group(id="board", name="Board", chair="zoe", members=("council", "shelter"))),
)


def meeting(**fields):
    given = {
        "id": "june",
        "title": "June",
        "date": DAY,
        "start": time(14),
        "end": time(16),
        "uid": "u",
        "created": NOW,
    }
    return Meeting(**{**given, **fields})


def ids(**fields):
    return [each.id + ("?" if each.optional else "") for each in invitees(meeting(**fields), RECORDS)]


class TestWhoIsInvited:
    def test_everybodys_representatives_of_the_day_and_the_mailbox_of_a_member_without_people(self):
        assert ids() == ["ann", "bob?", "cat", "shelter", "silent"]

    def test_the_mailbox_is_the_address_and_a_member_without_one_has_none(self):
        found = {each.id: each.email for each in invitees(meeting(), RECORDS)}
        assert found["shelter"] == "shelter@example.org"
        assert found["silent"] is None

    def test_who_represents_later_or_no_longer_is_left_out_and_counts_on_their_day(self):
        assert "dan" in ids(date=DAY - timedelta(days=1))
        assert "fay" in ids(date=DAY - timedelta(days=1))
        assert "eve" in ids(date=DAY + timedelta(days=1))

    def test_a_group_invites_its_own_members_and_its_chair(self):
        assert ids(group="board") == ["cat", "shelter", "zoe"]

    def test_the_chair_of_the_meeting_is_invited_and_not_optional(self):
        assert ids(chair="sam", group="board") == ["cat", "sam", "shelter", "zoe"]
        assert "bob" in ids(chair="bob")

    def test_a_group_that_is_not_there_invites_nobody_rather_than_everybody(self):
        assert ids(group="lost") == []

    def test_a_guest_is_optional(self):
        assert ids(group="board", invitees=Invitees(add=("sam",))) == ["cat", "sam?", "shelter", "zoe"]

    def test_a_member_that_is_added_brings_its_people(self):
        assert ids(group="board", invitees=Invitees(add=("police",))) == ["ann", "bob?", "cat", "shelter", "zoe"]

    def test_who_is_invited_anyway_is_not_made_a_guest(self):
        assert "ann" in ids(invitees=Invitees(add=("ann",)))

    def test_who_is_taken_off_is_not_invited(self):
        assert ids(invitees=Invitees(remove=("ann", "shelter"))) == ["bob?", "cat", "silent"]

    def test_a_member_that_is_taken_off_takes_its_people_who_represent_no_other(self):
        assert ids(invitees=Invitees(remove=("police",))) == ["cat", "shelter", "silent"]

    def test_one_of_them_can_still_be_added_by_name(self):
        assert ids(invitees=Invitees(remove=("police",), add=("ann",))) == ["ann?", "cat", "shelter", "silent"]

    def test_the_same_records_give_the_same_order(self):
        assert [each.name for each in invitees(meeting(), RECORDS)] == ["Ann", "Bob", "Cat", "Shelter", "Silent"]


def issue(*to, **fields):
    given = {
        "id": "k3f9a",
        "of": "june",
        "sequence": 0,
        "stamp": NOW,
        "date": DAY,
        "start": time(14),
        "end": time(16),
        "status": "planned",
        "content": "c",
        "to": to,
        "method": "REQUEST",
    }
    return Issue(**{**given, **fields})


def lacks(*issues, content="c", over=False, **fields):
    records = RECORDS.with_changes({Records.issues: {f"{number}": each for number, each in enumerate(issues)}})
    present = Present(meeting(**fields), "Europe/London", content=lambda _: content)
    found = standings(present, records, over=over)
    return {each.invitee.id: each.lacks for each in found if each.lacks}


EVERYBODY = ("ann", "bob", "cat", "shelter", "silent")


class TestWhoHasWhat:
    def test_before_anything_is_issued_everybody_needs_an_invitation(self):
        assert lacks() == dict.fromkeys(EVERYBODY, "invitation")

    def test_who_has_it_needs_nothing(self):
        assert lacks(issue(*EVERYBODY)) == {}

    @pytest.mark.parametrize("change", [{"date": DAY + timedelta(days=1)}, {"start": time(15)}, {"venue": "Library"}])
    def test_after_a_move_they_need_an_update(self, change):
        assert lacks(issue("ann", "cat", "bob", "shelter", "silent"), **change).get("ann") == "update"

    def test_what_went_out_before_addresses_were_kept_went_to_the_first_that_was_kept_after(self):
        old = issue("ann", id="aaaaa")
        kept = issue("ann", id="bbbbb", sequence=1, people={"ann": Recipient(email="old@example.org", name="Ann")})
        issues = {"0": old, "1": kept}
        records = RECORDS.with_changes({Records.issues: issues})
        found = standings(Present(meeting(), "Europe/London", content=lambda _: "c"), records)
        assert [(each.invitee.email, each.lacks) for each in found if each.invitee.id == "ann"] == [
            ("old@example.org", "cancellation"),
            ("x@example.org", "invitation"),
        ]

    def test_after_another_agenda_they_need_an_update(self):
        assert lacks(issue(*EVERYBODY), content="d") == dict.fromkeys(EVERYBODY, "update")

    def test_what_was_published_is_nobodys_invitation(self):
        assert lacks(issue(method="PUBLISH")) == dict.fromkeys(EVERYBODY, "invitation")

    def test_who_was_taken_off_needs_a_cancellation_once(self):
        off = {"invitees": Invitees(remove=("ann",))}
        gone = issue("ann", id="m4x7q", sequence=1, method="CANCEL")
        assert lacks(issue(*EVERYBODY), **off) == {"ann": "cancellation"}
        assert lacks(issue(*EVERYBODY), gone, **off) == {}

    def test_and_an_invitation_when_they_are_asked_again(self):
        assert lacks(issue(*EVERYBODY), issue("ann", id="m4x7q", sequence=1, method="CANCEL")) == {"ann": "invitation"}

    def test_a_cancelled_meeting_is_called_off_for_those_who_have_it(self):
        assert lacks(issue("ann", "cat"), status="cancelled") == {"ann": "cancellation", "cat": "cancellation"}

    def test_after_a_clash_everybody_needs_an_update(self):
        other = issue("ann", id="m4x7q", venue="Library")
        assert lacks(issue(*EVERYBODY), other) == dict.fromkeys(EVERYBODY, "update")

    def test_after_the_meeting_nobody_needs_anything(self):
        assert lacks(over=True) == {}

    def test_somebody_whose_record_is_gone_is_still_told(self):
        assert lacks(issue(*EVERYBODY, "ghost")) == {"ghost": "cancellation"}
