"""Quorum at each decision, as people come, go, and leave for an interest."""

from datetime import UTC, date, datetime

from slavefree_cli.model.agenda import Agenda, Item
from slavefree_cli.model.attendance import Attendance, Attendee
from slavefree_cli.model.decision import Decision
from slavefree_cli.model.group import Group
from slavefree_cli.model.kinds import Records
from slavefree_cli.model.meeting import Meeting
from slavefree_cli.model.member import Member
from slavefree_cli.model.partnership import Partnership, QuorumRule
from slavefree_cli.model.quorum import at_decision, quorum_at

MEMBERS = {
    "police": Member(id="police", name="Police", sector="police"),
    "council": Member(id="council", name="Council", sector="local-authority"),
}
ORDER = ["one", "two", "three"]
TWO = QuorumRule(members=2)


def there(**fields):
    """Return whether there was a quorum of two at each item: the council throughout, and somebody of the police."""
    people = {
        "julie": Attendee(outcome="present", representing="council"),
        "colin": Attendee(outcome="present", representing="police", **fields),
    }
    record = Attendance(id="m", people=people)
    return [quorum_at(TWO, record, MEMBERS, ORDER, item).met for item in ORDER]


def test_who_is_there_throughout_counts_at_every_item():
    assert there() == [True, True, True]


def test_who_comes_late_counts_from_that_item():
    assert there(arrived="two") == [False, True, True]


def test_who_leaves_early_no_longer_counts_at_that_item():
    assert there(left="two") == [True, False, False]
    assert there(arrived="two", left="three") == [False, True, False]


def test_who_leaves_for_an_interest_does_not_count_at_that_item_alone():
    assert there(interests=("two",)) == [True, False, True]


def test_an_item_that_is_not_on_the_agenda_says_nothing():
    assert there(arrived="gone", left="gone") == [True, True, True]


class TestDecisions:
    def judged(self, decision, *, group=None, **attendance):
        meeting = Meeting(
            id="m", title="M", date=date(2023, 6, 7), uid="u", created=datetime(2023, 1, 1, tzinfo=UTC), group=group
        )
        records = Records.holding(
            partnership=Partnership(name="P", timezone="Europe/London", quorum=TWO),
            members=MEMBERS,
            groups={"board": Group(id="board", name="Board", quorum=QuorumRule(members=1))},
            meetings={"m": meeting},
            agendas={"m": Agenda(id="m", items={slug: Item(title=slug, position=1) for slug in ORDER})},
            attendances={"m": Attendance(id="m", people=attendance)} if attendance else {},
        )
        return at_decision(decision, records)

    def decision(self, item):
        return Decision(id="a", text="Agreed", taken=date(2023, 6, 7), meeting="m", item=item)

    def test_each_is_judged_at_its_item_and_one_without_an_item_as_a_whole(self):
        people = {
            "julie": Attendee(outcome="present", representing="council"),
            "colin": Attendee(outcome="present", representing="police", interests=("two",)),
        }

        assert self.judged(self.decision("one"), **people).met is True
        assert self.judged(self.decision("two"), **people).met is False
        assert self.judged(self.decision(None), **people).met is True

    def test_a_board_has_a_quorum_of_its_own(self):
        alone = {"julie": Attendee(outcome="present", representing="council")}

        assert self.judged(self.decision("one"), **alone).met is False
        assert self.judged(self.decision("one"), group="board", **alone).met is True

    def test_nothing_is_judged_before_it_is_recorded_who_came(self):
        assert self.judged(self.decision("one")) is None
        assert self.judged(self.decision("one"), julie=Attendee(reply="accepted")) is None
