"""What comes back to a meeting by itself: open actions, and minutes that are not approved."""

from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slavefree_cli.model.action import Action, Note
from slavefree_cli.model.carry_over import (
    came_back,
    carried,
    closed_since,
    comes_back,
    for_approval,
    matters_arising,
    notes_since,
    owners_at,
    status_at,
)
from slavefree_cli.model.meeting import Approval, Meeting

NOW = datetime(2023, 1, 1, tzinfo=UTC)
TODAY = date(2023, 5, 9)


def meeting(id, day, **fields):
    return Meeting(id=id, title=id, date=day, uid=id, created=NOW, **fields)


FEBRUARY = meeting("feb", date(2023, 2, 1))
MARCH = meeting("mar", date(2023, 3, 1))
APRIL = meeting("apr", date(2023, 4, 1), status="cancelled")
BOARD = meeting("board", date(2023, 4, 2), group="board")
JUNE = meeting("jun", date(2023, 6, 1))
KNOWN = {each.id: each for each in (FEBRUARY, MARCH, APRIL, BOARD, JUNE)}


def action(**fields):
    return Action(**{"id": "k7mq2", "title": "Write", "owner": "colin", "raised": FEBRUARY.date, **fields})


class TestActions:
    def test_one_comes_back_to_every_later_meeting_until_it_is_closed(self):
        open_, closed = action(meeting="feb"), action(meeting="feb", status="done", closed=date(2023, 3, 1))

        assert [comes_back(open_, each, KNOWN) for each in (FEBRUARY, MARCH, JUNE)] == [False, True, True]
        assert [comes_back(closed, each, KNOWN) for each in (MARCH, JUNE)] == [True, False]

    def test_one_raised_between_meetings_comes_back_too(self):
        assert comes_back(action(raised=date(2023, 2, 20)), MARCH, KNOWN)
        assert not comes_back(action(raised=MARCH.date), MARCH, KNOWN)

    def test_one_raised_at_an_earlier_meeting_of_the_day_comes_back_to_the_later(self):
        morning, evening = meeting("z", MARCH.date, start=time(9)), meeting("a", MARCH.date, start=time(18))
        known = {"z": morning, "a": evening}

        assert comes_back(action(meeting="z", raised=MARCH.date), evening, known)
        assert not comes_back(action(meeting="a", raised=MARCH.date), morning, known)

    def test_one_of_a_board_comes_back_to_the_board_and_to_the_whole_partnership(self):
        raised = action(meeting="board", raised=BOARD.date)
        later = meeting("board2", date(2023, 7, 1), group="board")
        known = {**KNOWN, later.id: later}

        assert comes_back(raised, later, known)
        assert comes_back(raised, JUNE, known)
        assert not comes_back(action(meeting="feb"), later, known), "the board has its own alone"

    def test_the_most_pressing_come_first(self):
        late, soon = action(id="b", due=date(2023, 9, 1)), action(id="c", due=date(2023, 6, 1))

        assert matters_arising([late, action(id="a"), soon], JUNE, KNOWN) == [soon, late, action(id="a")]

    def test_how_often_one_has_come_back_counts_meetings_that_were_not_cancelled(self):
        assert [came_back(action(meeting="feb"), each, KNOWN) for each in (FEBRUARY, MARCH, JUNE)] == [0, 1, 2]

    def test_it_was_carried_to_each_meeting_that_took_place_while_it_was_open(self):
        assert carried(action(meeting="feb"), KNOWN, TODAY) == 1
        assert carried(action(meeting="feb"), KNOWN, date(2023, 7, 1)) == 2
        closed = action(meeting="feb", status="done", closed=date(2023, 2, 20))
        assert carried(closed, KNOWN, date(2023, 7, 1)) == 0
        assert carried(action(meeting="board", raised=BOARD.date), KNOWN, date(2023, 7, 1)) == 1

    def test_at_a_meeting_it_stands_as_it_was_on_that_day(self):
        closed = action(status="done", closed=MARCH.date)

        assert [status_at(closed, each, KNOWN) for each in (FEBRUARY, MARCH, JUNE)] == ["open", "done", "done"]

    def test_what_the_afternoon_heard_is_open_in_the_morning_and_the_other_way_round(self):
        morning, afternoon = (meeting(id, MARCH.date, start=time(hour)) for id, hour in (("z", 9), ("a", 15)))
        known = {"feb": FEBRUARY, "z": morning, "a": afternoon, "jun": JUNE}

        def closed(at):
            heard = Note(at=NOW, kind="closing", text="Done.", meeting=at)
            return action(meeting="feb", status="done", closed=MARCH.date, notes={"n0te5": heard})

        assert [status_at(closed("a"), each, known) for each in (morning, afternoon)] == ["open", "done"]
        assert [comes_back(closed("a"), each, known) for each in (morning, afternoon, JUNE)] == [True, True, False]
        assert [status_at(closed("z"), each, known) for each in (morning, afternoon)] == ["done", "done"]
        assert [comes_back(closed("z"), each, known) for each in (morning, afternoon)] == [True, False]
        assert [status_at(closed(None), each, known) for each in (morning, afternoon)] == ["done", "done"]
        for at, told in (("a", [[], ["Done."]]), ("z", [["Done."], []])):
            notes = (notes_since(closed(at), each, known, "Europe/London") for each in (morning, afternoon))
            assert [[note.text for note in each] for each in notes] == told
            assert closed_since([closed(at)], afternoon, known) == []

    def test_it_was_owned_by_whom_it_was_handed_over_from_until_then(self):
        handed = {
            day: Note(at=datetime(2023, month, 2, tzinfo=UTC), kind="progress", text="Handed over.", owned_by=owners)
            for day, month, owners in (("m4rch", 3, ("sam", "kim")), ("apr11", 4, ("alex",)))
        }
        mine = action(notes=handed)

        owners = [owners_at(mine, each, "Europe/London") for each in (FEBRUARY, MARCH, JUNE)]
        assert owners == [("sam", "kim"), ("sam", "kim"), ("colin",)]
        assert owners_at(mine, meeting("m", date(2023, 3, 2)), "Europe/London") == ("alex",)

    @given(st.lists(st.dates(date(2023, 1, 1), date(2024, 12, 31)), min_size=1, max_size=6, unique=True))
    def test_none_vanishes_between_being_raised_and_being_closed(self, days):
        days.sort()
        meetings = {f"m{number}": meeting(f"m{number}", day) for number, day in enumerate(days)}
        raised = action(meeting="m0", raised=days[0])

        assert [comes_back(raised, each, meetings) for each in meetings.values()] == [False, *[True] * (len(days) - 1)]
        assert came_back(raised, meetings[f"m{len(days) - 1}"], meetings) == len(days) - 1


class TestMinutes:
    def put_up(self, to, *changes, minuted=("feb", "mar", "apr", "board")):
        known = {**KNOWN, **{each.id: each for each in changes}}
        return [each.id for each in for_approval(to, known.values(), minuted)]

    def approved(self, of, at, on):
        return meeting(of.id, of.date, minutes=Approval(approved=on, at=at, sha256=""))

    def test_those_that_are_written_and_not_approved_are_put_up(self):
        assert self.put_up(JUNE) == ["feb", "mar"]
        assert self.put_up(JUNE, minuted=("mar",)) == ["mar"]
        assert self.put_up(MARCH) == ["feb"]
        assert self.put_up(FEBRUARY) == []

    def test_those_approved_there_stay_listed_and_those_approved_before_do_not(self):
        assert self.put_up(MARCH, self.approved(FEBRUARY, "mar", MARCH.date)) == ["feb"]
        assert self.put_up(JUNE, self.approved(FEBRUARY, "mar", MARCH.date)) == ["mar"]
        assert self.put_up(MARCH, self.approved(FEBRUARY, "jun", JUNE.date)) == ["feb"]

    def test_minutes_that_the_evening_approved_were_open_in_the_afternoon(self):
        afternoon, evening = (meeting(id, JUNE.date, start=time(hour)) for id, hour in (("z", 14), ("a", 18)))
        both = (afternoon, evening, self.approved(FEBRUARY, "a", JUNE.date))

        assert self.put_up(afternoon, *both, minuted=("feb",)) == ["feb"]
        assert self.put_up(evening, *both, minuted=("feb",)) == ["feb"]
        assert self.put_up(evening, *both[:2], self.approved(FEBRUARY, "z", JUNE.date), minuted=("feb",)) == []

    @pytest.mark.parametrize(("at", "than", "later"), [(MARCH, FEBRUARY, True), (FEBRUARY, MARCH, False)])
    def test_a_later_meeting(self, at, than, later):
        assert (at.order > than.order) is later
