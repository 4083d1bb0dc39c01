"""What is typed of actions that there are: done, how it goes, due later."""

from datetime import UTC, date, datetime

import pytest

from slavefree_cli.minutes.owned import Lines
from slavefree_cli.minutes.reports import read
from slavefree_cli.minutes.typed_lines import Known, referenced
from slavefree_cli.model.action import Action, Note

DAY = date(2023, 6, 7)
NOTE = Note(at=datetime(2023, 6, 7, 13, tzinfo=UTC), kind="progress", text="x")
OPEN = Action(id="7k2f9", title="Map them", owner="sam", raised=date(2023, 4, 1), due=date(2023, 5, 1))
ACTIONS = {
    "7k2f9": OPEN,
    "m4x7q": Action(id="m4x7q", title="Write", owner="sam", raised=date(2023, 4, 1), notes={"n0te5": NOTE}),
    "abcde": Action(id="abcde", title="Ask", owner="sam", raised=DAY, status="done", closed=DAY),
    "fgh12": Action(id="fgh12", title="Later", owner="sam", raised=date(2023, 7, 1)),
}
KNOWN = Known([], [], DAY, next_meeting=date(2023, 9, 6))


def reading(text):
    return read(text, Lines(), KNOWN, ACTIONS)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("DONE 7K2F9: The list went out.", ("DONE", "The list went out.", None)),
        ("Done 7k2f9: The list went out.", ("DONE", "The list went out.", None)),
        ("- **DONE 7K2F9:** The list went out.", ("DONE", "The list went out.", None)),
        ("- **DONE** [7K2F9]: The list\n  went out.", ("DONE", "The list went out.", None)),
        ("DONE: 7K2F9 – The list went out.", ("DONE", "The list went out.", None)),
        ("(DONE 7K2F9: The list went out.)", ("DONE", "The list went out.", None)),
        ("| Map | DONE 7K2F9: The list went out. |", ("DONE", "The list went out.", None)),
        ("Sam reported. DONE 7K2F9: The list went out.", ("DONE", "The list went out.", None)),
        ("DONE 7K2F9", ("DONE", "", None)),
        ("DONE 7K2F9.", ("DONE", "", None)),
        ("UPDATE 7K2F9: The county answers: soon.", ("UPDATE", "The county answers: soon.", None)),
        ("DUE 7K2F9 1 August: The county is late.", ("DUE", "The county is late.", date(2023, 8, 1))),
        ("DUE 7K2F9 to next meeting: late", ("DUE", "late", date(2023, 9, 6))),
        ("DUE 7K2F9: Friday – late", ("DUE", "late", date(2023, 6, 9))),
        ("DONE\u00a07K2F9\u00a0: The list went out.", ("DONE", "The list went out.", None)),
        ("DO\u00adNE 7K\u00ad2F9: The li\u00adst went out.", ("DONE", "The list went out.", None)),
        ("DONE (7K2F9): The list went out.", ("DONE", "The list went out.", None)),
        ("DONE action 7K2F9: The list went out.", ("DONE", "The list went out.", None)),
        ("DONE #7K2F9 The list went out.", ("DONE", "The list went out.", None)),
        ("UPDATE on 7K2F9: half", ("UPDATE", "half", None)),
        ("Due 7K2F9 moved to end of July because it is late", ("DUE", "because it is late", date(2023, 7, 31))),
    ],
)
def test_what_is_taken(line, told):
    (report,), problems, _ = reading(line)

    assert problems == []
    assert (report.code, report.word, report.text, report.due) == ("7k2f9", *told)
    assert report.place == 0


def test_one_on_the_line_below_an_action_is_no_part_of_it():
    (report,), problems, _ = reading("ACTION Sam: Write\ndone 7k2f9 The list went out.")

    assert problems == []
    assert (report.word, report.text) == ("DONE", "The list went out.")


@pytest.mark.parametrize(
    "line",
    [
        "DONE 7K2F9: It went out. UPDATE M4X7Q: Half.",
        "DONE 7K2F9: It went out. (UPDATE M4X7Q: Half.)",
        "DONE 7K2F9: It went out., UPDATE M4X7Q: Half.",
        "DONE 7K2F9: It went out. and UPDATE M4X7Q: Half.",
        "done 7k2f9 It went out., update m4x7q Half.",
        "DONE 7K2F9: It went out. – UPDATE M4X7Q – Half.",
        "DONE 7K2F9: It went out. UPDATE M4X7Q: Half. ACTION Sam: Write",
        "ACTION Sam: Write, DONE 7K2F9: It went out. UPDATE M4X7Q: Half.",
    ],
)
def test_several_on_one_line_are_several(line):
    reports, problems, _ = reading(line)

    assert problems == []
    assert [(each.word, each.code, each.text) for each in reports] == [
        ("DONE", "7k2f9", "It went out."), ("UPDATE", "m4x7q", "Half."),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("DONE 7K2F9 and M4X7Q: x", "tells of 7K2F9 and M4X7Q at once; write a line for each of them"),
        ("DONE 7K2F9, M4X7Q", "at once"),
        ("UDPATE 7K2F9: x", "tells of action 7K2F9; write it as DONE"),
        ("Doen [7K2F9]: x", "tells of action 7K2F9; write it as DONE"),
        ("DONE 7K2: The list went out.", "has '7K2', only a part of a reference"),
        ("UPDATE [7K]: x", "only a part of a reference"),
        ("DONE 7K2F8: x", "there is no such action here"),
        ("UPDATE 7K2F9", "says nothing after the colon; write it as UPDATE 7K2F9: how it goes"),
        ("DUE 7K2F9 1 August", "does not say why"),
        ("DUE 7K2F9 soon: late", "has no date: 'soon' is not a date"),
        ("DONE ABCDE: x", "is done, and it is done already"),
        ("DONE FGH12: x", "was raised after the meeting"),
        ("DROPPED 7K2F9: no use", "tells of action 7K2F9; write it as DONE"),
        ("7K2F9: done", "tells of action 7K2F9; write it as DONE"),
        ("Action 7K2F9 done", "tells of action 7K2F9; write it as DONE"),
        ("ACTION [7K2F9]: closed", "tells of action 7K2F9; write it as DONE"),
        ("Sam reported that 7K2F9 is done.", "tells of action 7K2F9"),
        ("7K2F9 withdrawn", "tells of action 7K2F9"),
        ("CANCELLED 7K2F9: no use", "tells of action 7K2F9"),
        ("REASSIGN 7K2F9 to Alex", "tells of action 7K2F9"),
        ("ABCDE was reopened.", "tells of action ABCDE"),
        ("- [x] 7K2F9 Map them", "tells of action 7K2F9"),
        ("| 7K2F9 | Map them | complete |", "tells of action 7K2F9"),
        ("| 7K2F9 | DONE: it is out |", "tells of action 7K2F9; write it as DONE"),
        ("DONE the list went out", "begins with DONE and has no reference"),
        ("ACTION Sam: Write\n\nDUE: 1 July", "begins with DUE and has no reference"),
        ("DUE ABCDE 1 July: late", "moves action ABCDE, which is done; open it again first: slavefree action reopen"),
        ("DONE 7K2F9 [N0TE5]: x", "action 7K2F9 has no such note"),
        (f"UPDATE 7K2F9: {'x' * 5001}", "at most 5,000 characters"),
    ],
)
def test_what_cannot_be_taken_is_told(line, message):
    reports, ((number, said),), _ = reading(line)

    assert reports == []
    assert number == line.count("\n") + 1
    assert message in said


@pytest.mark.parametrize(
    "line",
    [
        "DONE M4X7Q [N0TE5]: taken already", "UPDATE FROM THE POLICE", "Update from the police: three referrals",
        "Due 1 May", "DUE DATES were discussed", "It was done by 7pm.", "Done: the list", "```\nDONE 7K2F9: x\n```",
        "ACTION [7K2F9] Sam: Map them",
    ],
)  # fmt: skip
def test_what_is_left_alone(line):
    assert reading(line) == ([], [], [])


@pytest.mark.parametrize("line", ["7K2F9 – ongoing", "7K2F9 is not yet done.", "Sam spoke of 7K2F9. It is done well."])
def test_an_action_that_is_named_and_of_which_nothing_is_recorded_is_remarked(line):
    ((number, said),) = reading(line).remarks

    assert number == 1
    assert "names action 7K2F9, and nothing is recorded of it" in said


def test_an_action_that_is_reported_may_be_named_elsewhere():
    assert reading("### 7K2F9\n\nUPDATE 7K2F9: half").remarks == []


@pytest.mark.parametrize("line", ["DONE 7K2F9: again", "DUE 7K2F9 1 July: late"])
def test_what_is_done_on_one_line_is_neither_done_nor_moved_on_another(line):
    reports, ((number, said),), _ = reading(f"DONE 7K2F9: It went out.\n{line}")

    assert [each.text for each in reports] == ["It went out."]
    assert (number, said) == (2, "tells of action 7K2F9, which is done by line 1 already")


def test_a_date_that_was_worked_out_is_said_in_full():
    assert reading("DUE 7K2F9 1 May: late").remarks == [(1, "is due Wednesday 1 May 2024")]


def test_what_was_taken_is_not_taken_again():
    text = "Sam spoke. DONE 7K2F9: a. UPDATE M4X7Q: b\n"
    found = reading(text)
    after = referenced(text, [(each.place, each.at, "n0te5") for each in found.reports])

    assert after == "Sam spoke. DONE 7K2F9 [N0TE5]: a. UPDATE M4X7Q [N0TE5]: b\n"
    again = read(after, Lines(), KNOWN, {**ACTIONS, "7k2f9": ACTIONS["m4x7q"]})
    assert again == ([], [], [])
