"""What a reader may see of a meeting: anyone, and the coordinator alone."""

from datetime import UTC, date, datetime

import pytest

from slavefree_cli.editions import full, public
from slavefree_cli.model.action import Action
from slavefree_cli.model.agenda import Agenda, Item, RestrictedAgenda, RestrictedItem
from slavefree_cli.model.kinds import Records, RestrictedRecords
from slavefree_cli.model.meeting import Approval, Meeting, RestrictedMeeting

ID = "2023-06-07-inaugural"
MEETING = Meeting(
    id=ID, title="Inaugural", date=date(2023, 6, 7), uid="u", created=datetime(2023, 5, 1, tzinfo=UTC),
    minutes=Approval(approved=date(2023, 9, 6), at=ID, sha256="open"),
)  # fmt: skip
ITEMS = {
    "other": Item(position=30, title="Other business", lead="julie"),
    "item-k3f9a": Item(position=20, restricted=True),
    "item-zzzzz": Item(position=10, restricted=True),
}
SECRET = RestrictedItem(
    title="CANARY", reason="CANARY reason", lead="colin", purpose="decision", papers=("CANARY.pdf",)
)


def action(id, restricted):
    return Action(id=id, restricted=restricted, title=id, owner="colin", raised=MEETING.date, meeting=ID)


RECORDS = Records.holding(
    meetings={ID: MEETING}, agendas={ID: Agenda(id=ID, items=ITEMS)}, actions={"aaaaa": action("aaaaa", False)}
)
HIDDEN = RestrictedRecords.holding(
    agendas={ID: RestrictedAgenda(id=ID, items={"item-k3f9a": SECRET})},
    actions={"bbbbb": action("bbbbb", True)},
    meetings={ID: RestrictedMeeting(id=ID, minutes=Approval(approved=date(2023, 9, 6), at=ID, sha256="hidden"))},
)


def test_anyone_sees_the_open_records_and_of_a_restricted_item_its_place():
    seen = public.edition(MEETING, RECORDS)
    assert [(each.number, each.title, each.lead, each.withheld) for each in seen.agenda] == [
        (1, "Restricted item", None, True),
        (2, "Restricted item", None, True),
        (3, "Other business", "julie", False),
    ]
    assert (list(seen.actions), seen.kept.minutes.sha256) == (["aaaaa"], "open")
    assert "CANARY" not in repr(seen)


def test_part_two_is_what_is_restricted_and_in_this_clone_with_the_numbers_of_the_open_agenda():
    seen = full.part_two(MEETING, RECORDS, HIDDEN)
    (entry,) = seen.agenda
    assert (entry.number, entry.slug, entry.title, entry.reason) == (2, "item-k3f9a", "CANARY", "CANARY reason")
    assert (entry.lead, entry.purpose, entry.papers, entry.withheld) == ("colin", "decision", ("CANARY.pdf",), False)
    assert (list(seen.actions), seen.kept.minutes.sha256) == (["bbbbb"], "hidden")


def test_part_two_of_which_nothing_is_kept_is_not_approved():
    seen = full.part_two(MEETING, RECORDS, RestrictedRecords.holding())
    assert (seen.agenda, seen.kept) == ([], RestrictedMeeting(id=ID))


def test_an_edition_does_not_change():
    with pytest.raises(AttributeError):
        public.edition(MEETING, RECORDS).agenda = []
