"""Who is a member, who speaks for one, who was there, what was promised, decided and sent out."""

from datetime import UTC, date, datetime

import pytest

from slavefree_cli.model.action import Action, Note
from slavefree_cli.model.attendance import Attendance, Attendee, Away, chair_first, people_block
from slavefree_cli.model.decision import Decision, superseded_by
from slavefree_cli.model.member import Member
from slavefree_cli.model.partnership import QuorumRule
from slavefree_cli.model.person import Person, Representation, gone_since, owner_left
from slavefree_cli.model.quorum import quorum
from slavefree_cli.model.record import in_order

TODAY = date(2023, 5, 9)
NOW = datetime(2023, 5, 9, 9, tzinfo=UTC)
POLICE = Member(id="essex-police", name="Essex Police", sector="police")
CHARITY = Member(id="barnardos", name="Barnardo's", sector="charity")
GONE = Member(id="gone", name="Gone", sector="other", left=TODAY)
MEMBERS = {each.id: each for each in (POLICE, CHARITY, GONE)}


def person(**represents):
    return Person(
        id="colin-cox",
        name="Colin Cox",
        represents={key.replace("_", "-"): Representation(**fields) for key, fields in represents.items()},
    )


class TestPeople:
    def test_a_member_is_one_until_the_day_before_it_left(self):
        assert GONE.current(date(2023, 5, 8))
        assert not GONE.current(TODAY)

    def test_somebody_represents_a_member_from_a_day_until_the_day_before_another(self):
        role = Representation(since=date(2023, 1, 1), until=TODAY)

        assert [role.current(day) for day in (date(2022, 12, 31), date(2023, 1, 1), date(2023, 5, 8), TODAY)] == [
            False, True, True, False,
        ]  # fmt: skip

    def test_somebody_has_left_who_represents_nobody_any_longer(self):
        assert owner_left(person(essex_police={"until": TODAY}), TODAY, MEMBERS)
        assert not owner_left(person(essex_police={"until": TODAY}, barnardos={}), TODAY, MEMBERS)
        yet_to_come = person(essex_police={"since": date(2024, 1, 1)})
        assert not owner_left(yet_to_come, TODAY, MEMBERS), "one who is yet to come has not left"

    def test_an_independent_chair_has_left_on_the_day_that_is_said(self):
        chair = Person(id="pat", name="Pat", left=TODAY)
        days = (date(2023, 5, 8), TODAY)
        assert [gone_since(chair, day, MEMBERS) for day in days] == [None, TODAY]

    def test_the_members_somebody_speaks_for_come_before_those_they_are_a_deputy_of(self):
        speaks = person(barnardos={"deputy": True}, essex_police={}, gone={}, unknown={})

        assert speaks.represented(MEMBERS, TODAY) == ["essex-police", "barnardos"]

    def test_an_owner_has_left_whether_a_member_or_a_person(self):
        assert owner_left(GONE, TODAY, MEMBERS)
        assert not owner_left(POLICE, TODAY, MEMBERS)
        assert owner_left(person(essex_police={"until": TODAY}), TODAY, MEMBERS)

    def test_somebody_leaves_with_the_last_member_that_they_speak_for(self):
        assert gone_since(person(gone={}), TODAY, MEMBERS) == TODAY
        assert gone_since(person(gone={}), date(2023, 5, 8), MEMBERS) is None
        assert gone_since(person(gone={}, essex_police={}), TODAY, MEMBERS) is None
        assert gone_since(person(gone={"until": date(2023, 2, 1)}), TODAY, MEMBERS) == date(2023, 2, 1)
        assert gone_since(person(), TODAY, MEMBERS) is None, "a guest never spoke for anybody"

    @pytest.mark.parametrize(
        ("record", "key"),
        [
            (Member(id="x", name="X", sector="other", joined=TODAY, left=date(2020, 1, 1)), "left"),
            (Member(id="x", name="X", sector="other", email="x"), "email"),
            (Person(id="x", name=" "), "name"),
            (Person(id="x", name="X", email="x@y\nBcc: z"), "email"),
            (person(a={"since": TODAY, "until": date(2020, 1, 1)}), "represents.a.until"),
            (person(a={"role": ""}), "represents.a.role"),
        ],
    )
    def test_what_they_cannot_be(self, record, key):
        assert [found for found, _ in record.problems()] == [key]


class TestAttendance:
    def judged(self, rule, **people):
        return quorum(rule, Attendance(id="m", people=people), MEMBERS)

    def test_each_member_counts_once_and_a_guest_does_not(self):
        there = self.judged(
            QuorumRule(members=2),
            a=Attendee(outcome="present", representing="essex-police"),
            b=Attendee(outcome="present", representing="essex-police", by_video=True),
            c=Attendee(outcome="in-attendance"),
            d=Attendee(outcome="apologies", representing="barnardos"),
        )

        assert (there.present, there.met) == (1, False)

    def test_a_deputy_and_somebody_by_video_count(self):
        there = self.judged(
            QuorumRule(members=2, sectors=("police",)),
            a=Attendee(outcome="present", representing="essex-police", deputy_for="z"),
            b=Attendee(outcome="present", representing="barnardos", by_video=True),
        )

        assert (there.present, there.missing, there.met) == (2, (), True)

    def test_a_sector_that_must_be_there_and_is_not(self):
        there = self.judged(
            QuorumRule(sectors=("police", "charity")), b=Attendee(outcome="present", representing="barnardos")
        )

        assert (there.missing, there.met) == (("police",), False)

    def test_without_a_rule_there_is_nothing_to_meet(self):
        assert self.judged(QuorumRule()).met is None

    def test_the_chair_comes_first_and_then_names_by_the_alphabet(self):
        names = {"a": "Zoe", "b": "adam", "c": "Chair"}

        assert chair_first("abc", "c", names) == ["c", "b", "a"]

    def test_the_people_block_has_those_present_first_and_those_absent_last(self):
        came = {"a": "absent", "b": "apologies", "c": "present", "d": "in-attendance", "e": "present", "f": None}
        record = Attendance(id="m", people={id: Attendee(outcome=outcome) for id, outcome in came.items()})

        assert people_block(record, "e", {}) == [
            ("present", ["e", "c"]), ("in-attendance", ["d"]), ("apologies", ["b"]), ("absent", ["a"]),
        ]  # fmt: skip

    def test_who_came_is_recorded_once_somebody_has_an_outcome_and_not_by_answers_alone(self):
        answered = Attendance(id="m", people={"a": Attendee(reply="accepted")})
        came = Attendance(id="m", people={"a": Attendee(outcome="in-attendance"), "b": Attendee(outcome="absent")})

        assert (answered.recorded, came.recorded) == (False, True)
        assert [came.was_there(person) for person in "abc"] == [True, False, False]

    @pytest.mark.parametrize(
        ("people", "key", "words"),
        [
            ({"a": Attendee(outcome="absent", by_video=True)}, "people.a.outcome", "must be present"),
            ({"a": Attendee(interests=("welcome",))}, "people.a.outcome", "must be present"),
            ({"a": Attendee(outcome="apologies", deputy_for="b")}, "people.a.deputy_for", "was not present"),
            ({"a": Attendee(outcome="present", deputy_for="a")}, "people.a.deputy_for", "must name somebody else"),
            (
                {"a": Attendee(outcome="present", deputy_for="b"), "b": Attendee(outcome="present")},
                "people.a.deputy_for",
                "names b, who was there in person",
            ),
            ({"a": Attendee(also_deputy_for=("b",))}, "people.a.also_deputy_for", "was not present"),
            (
                {"a": Attendee(outcome="present", also_deputy_for=("b",)), "b": Attendee(outcome="present")},
                "people.a.also_deputy_for",
                "names b, who was there in person",
            ),
            ({"a": Attendee(away={"one": Away(back="two")})}, "people.a.outcome", "must be present"),
            ({"a": Attendee(reply_sequence=-1)}, "people.a.reply_sequence", "from 0"),
            ({"a": Attendee(reply_comment="\x00")}, "people.a.reply_comment", "control characters"),
        ],
    )
    def test_what_it_cannot_say(self, people, key, words):
        ((found, said),) = Attendance(id="m", people=people).problems()
        assert found == key
        assert words in said


class TestActions:
    def action(self, **fields):
        return Action(**{"id": "k7mq2", "title": "Write", "owner": "colin-cox", "raised": date(2023, 2, 1), **fields})

    def test_it_is_overdue_from_the_day_after_its_day_while_open(self):
        assert not self.action(due=TODAY).overdue(TODAY)
        assert self.action(due=date(2023, 5, 8)).overdue(TODAY)
        assert not self.action(due=date(2023, 5, 8), status="done", closed=TODAY).overdue(TODAY)
        assert not self.action().overdue(TODAY)

    def test_what_is_due_first_comes_first_and_what_is_due_never_last(self):
        never, late, soon = self.action(), self.action(due=date(2023, 9, 1)), self.action(due=date(2023, 6, 1))

        assert in_order([never, late, soon]) == [soon, late, never]

    @pytest.mark.parametrize(
        ("fields", "key"),
        [
            ({"title": ""}, "title"),
            ({"item": "welcome"}, "item"),
            ({"closed": TODAY}, "closed"),
            ({"status": "done"}, "closed"),
            ({"notes": {"v3np8": Note(at=NOW, kind="progress", text="")}}, "notes.v3np8.text"),
        ],
    )
    def test_what_it_cannot_be(self, fields, key):
        assert [found for found, _ in self.action(**fields).problems()] == [key]


class TestDecisions:
    def test_another_takes_its_place_unless_that_was_withdrawn(self):
        first = Decision(id="a", text="One", taken=date(2023, 1, 1), meeting="m")
        second = Decision(id="b", text="Two", taken=date(2023, 2, 1), meeting="m", supersedes="a")
        undone = Decision(id="b", text="Two", taken=date(2023, 2, 1), meeting="m", supersedes="a", withdrawn=TODAY)

        assert superseded_by(first, [first, second]) == second
        assert superseded_by(first, [first, undone]) is None
        assert superseded_by(second, [first, second]) is None

    def test_it_cannot_be_withdrawn_before_it_was_taken(self):
        wrong = Decision(id="a", text="One", taken=TODAY, meeting="m", withdrawn=date(2023, 1, 1))

        assert [key for key, _ in wrong.problems()] == ["withdrawn"]
