"""What is typed in a meeting: actions and decisions understood, left alone, or refused with their line."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slavefree_cli.editions.edition import Entry
from slavefree_cli.minutes.owned import Lines
from slavefree_cli.minutes.owners import owners_of
from slavefree_cli.minutes.typed_lines import Known, read, referenced
from slavefree_cli.model.references import Candidate

PARTIES = [
    Candidate("colin-cox", "Colin Cox"),
    Candidate("julie-young", "Julie Young"),
    Candidate("julie-smith", "Julie Smith"),
    Candidate("essex-police", "Essex Police"),
    Candidate("justice-and-care", "Justice and Care"),
    Candidate("barnardos", "Barnardo's"),
    Candidate("snake-case", "snake_case"),
]
AGENDA = [
    Entry(1, "welcome", "Welcome"),
    Entry(2, "county-lines", "County Lines: *what* next?"),
    Entry(3, "item-a", "Restricted item", restricted=True),
    Entry(4, "item-b", "Restricted item", restricted=True),
    Entry(5, "labour", "2023. Labour exploitation"),
]
KNOWN = Known(PARTIES, AGENDA, date(2023, 6, 7))
SEPTEMBER = date(2023, 9, 1)


def reading(text, owned=Lines()):  # noqa: B008 - it is immutable
    return read(text, owned, KNOWN)


def one(line):
    found = reading(line)
    assert found.problems == []
    (typed,) = found.typed
    return typed


def problem(line):
    found = reading(line)
    assert found.typed == []
    ((number, message),) = found.problems
    assert number == 1
    return message


class TestActions:
    @pytest.mark.parametrize(
        "line",
        [
            "ACTION Colin by 1 September 2023: Map the responders",
            "- ACTION Colin by 1 September 2023: Map the responders",
            "* ACTION Colin by 1 September 2023: Map the responders",
            "+ ACTION Colin by 1 September 2023: Map the responders",
            "-ACTION Colin by 1 September 2023: Map the responders",
            "• ACTION Colin by 1 September 2023: Map the responders",
            "3. ACTION Colin by 1 September 2023: Map the responders",
            "12) ACTION Colin by 1 September 2023: Map the responders",
            "  - [ ] ACTION Colin by 1 September 2023: Map the responders",
            "> ACTION Colin by 1 September 2023: Map the responders",
            "\tACTION Colin by 1 September 2023: Map the responders",
            "**ACTION Colin by 1 September 2023: Map the responders**",
            "**ACTION** Colin by 1 September 2023: Map the responders",
            "**ACTION Colin by 1 September 2023:** Map the responders",
            "- **ACTION**: Colin by 1 September 2023: Map the responders",
            "**ACTION: Colin** by 1 September 2023: Map the responders",
            "ACTION: Colin by 1 September 2023: Map the responders",
            "__ACTION Colin by 1 September 2023:__ Map the responders",
            "*ACTION Colin by 1 September 2023*: Map the responders",
            "_ACTION_ **Colin** by *1 September 2023*: Map the responders",
            "ACTION Colin Cox, by 1/9/2023: Map the responders",
            "ACTION colin-cox BY 2023-09-01 : Map  the\tresponders",
            "ACTION Colin (by 1 Sept 2023): Map the responders",
            "ACTION Colin by 1 September 2023: Map the responders\r",
            "\u00a0ACTION Colin by 1 September 2023: Map the responders",
        ],
    )
    def test_forms_that_are_understood(self, line):
        typed = one(line)

        assert (typed.owners, typed.due, typed.text) == (("colin-cox",), SEPTEMBER, "Map the responders")

    def test_a_date_may_be_left_out_and_a_text_may_have_colons(self):
        typed = one("ACTION Colin: Map: first and second")

        assert (typed.due, typed.text) == (None, "Map: first and second")

    def test_a_date_may_end_the_text(self):
        typed = one("ACTION Colin: Map: first and second, by 1 September 2023")

        assert (typed.due, typed.text) == (SEPTEMBER, "Map: first and second")

    def test_tomorrow_is_the_day_after_the_meeting(self):
        assert one("ACTION Colin by tomorrow: Map").due == date(2023, 6, 8)

    def test_markdown_inside_the_text_is_kept_and_escapes_are_not(self):
        assert one(r"ACTION Colin: Map the **first** \*star\*").text == "Map the **first** *star*"

    @pytest.mark.parametrize(
        ("named", "owners"),
        [
            ("Colin", ["colin-cox"]),
            ("Colin and Julie Young", ["colin-cox", "julie-young"]),
            ("Colin, Julie Young and Barnardos", ["colin-cox", "julie-young", "barnardos"]),
            ("Justice and Care", ["justice-and-care"]),
            ("Colin and Justice and Care", ["colin-cox", "justice-and-care"]),
            ("Justice and Care and Colin", ["justice-and-care", "colin-cox"]),
            ("Essex Police & Colin Cox", ["essex-police", "colin-cox"]),
            ("Colin and Colin Cox", ["colin-cox"]),
            ("snake_case", ["snake-case"]),
        ],
    )
    def test_owners(self, named, owners):
        assert list(one(f"ACTION {named}: Map").owners) == owners

    def test_the_fewest_names_that_fit_are_meant(self):
        parties = [Candidate("tom", "Tom"), Candidate("firm", "Tom and Dick Ltd")]

        assert owners_of("Tom and Dick Ltd", parties) == ("firm",)

    @pytest.mark.parametrize(
        ("line", "message"),
        [
            ("ACTION", "has no colon; write it as ACTION owner by date: text"),
            ("ACTION Colin map them", "has no colon"),
            ("ACTION: Map them", "names no owner"),
            ("ACTION by 1 September 2023: Map them", "names 'by 1 September 2023', whom no member or person fits"),
            ("ACTION Colin:", "says nothing after the colon"),
            ("**ACTION Colin:**", "says nothing after the colon"),
            ("ACTION Jon: Map", "names 'Jon', whom no member or person fits"),
            ("ACTION Colin and Jon: Map", "names 'Jon', whom"),
            ("ACTION Julie: Map", "fits more than one member or person: julie-young (Julie Young); julie-smith"),
            ("ACTION Colin by soon: Map", "has no date after “by”: 'soon' is not a date"),
            ("ACTION Colin by Monday 9 June 2023: Map", "9 June 2023 is a Friday"),
            ("ACTION Colin by 31 June 2023: Map", "there is no such day as '31 June 2023'"),
            (f"ACTION Colin: {'x' * 201}", "has a text that must be at most 200 characters, not 201"),
            (f"ACTION {'x ' * 600}: y", "has no colon near its beginning"),
            ("ACTION " + " and ".join("abcdefghijklmnop") + ": y", "names more than 12 owners"),
            ("ACTION [urgent] Colin: Map", "names '[urgent] Colin'"),
            ("ACTION Colin: Map\x07 them", "control characters (found U+0007)"),
        ],
    )
    def test_what_cannot_be_understood_is_named(self, line, message):
        assert message in problem(line)


class TestDecisions:
    @pytest.mark.parametrize(
        "line",
        [
            "DECISION: It was agreed.",
            "- DECISION: It was agreed.",
            "**DECISION: It was agreed.**",
            "**DECISION:** It was agreed.",
            "**DECISION**: It was agreed.",
            "1. __DECISION__ : It was agreed.",
        ],
    )
    def test_forms_that_are_understood(self, line):
        typed = one(line)

        assert (typed.is_action, typed.text) == (False, "It was agreed.")

    @pytest.mark.parametrize(
        ("line", "message"),
        [
            ("DECISION", "has no colon; write it as DECISION: text"),
            ("DECISION:", "says nothing"),
            ("DECISION on terms: agreed", "has 'on terms' before the colon"),
            (f"DECISION: {'x' * 5001}", "at most 5,000 characters"),
        ],
    )
    def test_what_cannot_be_understood_is_named(self, line, message):
        assert message in problem(line)


class TestLeftAlone:
    @pytest.mark.parametrize(
        "line",
        ["REACTION Colin: x", "action was taken by all", "Decisions: none", "ACTIONABLE: yes", "ACTION POINTS"],
    )
    def test_lines_that_are_neither(self, line):
        assert reading(line) == ([], [], [], [], [])

    def test_one_that_looks_like_one_is_told_with_what_to_write(self):
        (doubt,) = reading("The ACTION was noted: yes").doubts

        assert doubt == (1, "seems to tell of an action; if it is one, write it as ACTION owner by date: text")

    def test_one_in_code_or_in_a_comment_is_pointed_out(self):
        text = "```\nACTION Colin: Map\n```\n<!--\nDECISION: x\n-->\n~~~\nACTION Colin: Map\n"

        assert [each.line for each in reading(text).remarks] == [2, 5, 8]
        assert reading(text).typed == []

    def test_what_is_crossed_out_is_pointed_out(self):
        found = reading("~~ACTION Colin: Map~~")

        assert (found.typed, found.problems) == ([], [])
        assert found.remarks == [(1, "is left alone, as it is crossed out")]

    def test_a_wrapped_line_belongs_to_its_paragraph_and_one_that_may_not_is_pointed_out(self):
        found = reading("ACTION Colin: Map the first\nresponders\n\nACTION Colin: Write\nThe chair thanked all.")

        assert [each.text for each in found.typed] == ["Map the first responders", "Write The chair thanked all."]
        assert found.remarks == [(4, "is taken with what follows, to line 5, as no blank line is between them")]

    def test_what_the_program_owns_is_passed_over(self):
        found = reading("ACTION Colin: Map\nACTION Colin: Write", owned=Lines(every=frozenset({0})))

        assert [each.text for each in found.typed] == ["Write"]
        assert found.problems == []

    def test_one_typed_inside_what_the_program_owns_is_not_lost(self):
        own = frozenset({0, 1})
        found = reading("ACTION Colin: Map\n- ACTION [7K2F9] Colin: Write\n", owned=Lines(every=own, written=own))

        assert [each.line for each in found.problems] == [1]
        assert "move it below the comment that ends the part" in found.problems[0].message

    def test_a_date_that_was_worked_out_or_has_gone_by_is_said_in_full(self):
        found = reading("ACTION Colin by Friday: a\nACTION Colin by 3/7/23: b\nACTION Colin by 1 July 2022: c\n")

        assert [each.message for each in found.remarks] == [
            "is due Friday 9 June 2023", "is due Monday 3 July 2023",
            "is due Friday 1 July 2022, which is before the meeting",
        ]  # fmt: skip

    def test_one_that_has_its_reference_is_a_record_already(self):
        found = reading("ACTION [7K2F9] Colin: Map\n- **DECISION [4m8xt]: Agreed**\nACTION [O1L2F] x: y\n")

        assert (found.typed, found.problems) == ([], [])
        assert [(each.line, each.code) for each in found.references] == [(1, "7k2f9"), (2, "4m8xt"), (3, "0112f")]
        assert [each.says and each.says.text for each in found.references] == ["Map", "Agreed", None]


class TestItems:
    def under(self, *lines):
        (typed,) = reading("\n".join([*lines, "", "DECISION: x"])).typed
        return typed.item

    @pytest.mark.parametrize(
        ("lines", "item"),
        [
            (["## 1. Welcome"], "welcome"),
            (["# Welcome #"], "welcome"),
            (["Welcome", "======="], "welcome"),
            ([r"## 2. County Lines: \*what\* next?"], "county-lines"),
            (["## **2. county   lines: what next?**"], "county-lines"),
            (["## 2. County Lines", "### What was said"], "county-lines"),
            (["## 7. County Lines: what next? And knives"], "county-lines"),
            (["## 2. Something else that it was called later"], None),
            (["- ```", "  ## 1. Welcome", "  ```"], None),
            (["## 5. 2023. Labour exploitation"], "labour"),
            (["## 9. Something"], None),
            (["## Other business"], None),
            (["## 1. Welcome", "# Afterwards"], None),
            (["## 1. Welcome", "```", "## 2. County Lines: what next?", "```"], "welcome"),
            (["text", "---"], None),
            ([], None),
        ],
    )
    def test_the_item_under_whose_heading_it_stands(self, lines, item):
        assert self.under(*lines) == item

    def test_a_number_alone_is_no_help_but_to_keep_what_is_restricted_in(self):
        found = reading("## 1. Something new\n\nDECISION: x\n\n## 3. What it was called\n\nDECISION: y")

        assert [each.item for each in found.typed] == [None]
        assert "which is no item of the agenda" in found.remarks[0].message
        assert found.problems == [(7, "stands under a restricted item; write it in the minutes of Part Two")]

    def test_nothing_is_collected_under_a_restricted_item(self):
        found = reading("## 4. Restricted item\n\nDECISION: x")

        assert found.problems == [(3, "stands under a restricted item; write it in the minutes of Part Two")]


LINES = st.sampled_from(
    ["ACTION Colin: Map", "- **ACTION** Julie Young by 1 June 2023: Write", "DECISION: Agreed", "## 1. Welcome", "",
     "```", "**DECISION: y**", "ACTION [7K2F9] Colin: z", "ACTION", "<!--", "-->", "Action Colin: z", "\ufeff",
     "> DECISION: q", "x"]
)  # fmt: skip
TEXT = st.lists(LINES | st.text(max_size=30), max_size=12).flatmap(
    lambda lines: st.sampled_from(["\n", "\r\n"]).map(lambda newline: newline.join(lines))
)


def collected(text):
    found = reading(text)
    codes = [(each.place, each.at, f"a{number:04}") for number, each in enumerate(found.typed)]
    return referenced(text, codes), len(codes)


@settings(max_examples=400, deadline=None)
@given(TEXT)
def test_to_collect_twice_is_to_collect_once(text):
    once, _ = collected(text)

    assert collected(once) == (once, 0)


@settings(max_examples=400, deadline=None)
@given(TEXT)
def test_nothing_but_the_references_is_put_into_the_text(text):
    after, count = collected(text)
    for number in range(count):
        reference = f" [A{number:04}]"
        assert after.count(reference) == 1
        after = after.replace(reference, "")

    assert after == text


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_read_and_nothing_in_it_is_taken_twice(text):
    found = reading(text)
    places = [(each.place, each.at) for each in found.typed]

    assert len(set(places)) == len(places)
    for told in (found.problems, found.doubts):
        assert len({each.line for each in told}) == len(told)


@given(st.lists(st.sampled_from(["Colin", "and", ",", "Care", "Justice", "&", "Julie"]), max_size=40).map(" ".join))
def test_any_owners_are_known_or_refused(named):
    found = ()
    with suppress(ValueError):
        found = owners_of(named, PARTIES)
    assert set(found) <= {each.id for each in PARTIES}


def test_a_long_text_is_read_in_good_time():
    for piece in (
        "ACTION Colin: Map\n",
        "x" * 1000 + "\n",
        "-" * 1000 + "\n",
        "# " + " " * 1000 + "\n",
        "*ACTION " * 100,
        "agreed ",
        "(ACTION ",
    ):
        text = piece * (300_000 // len(piece))
        # What a line above says already is told, and makes no second record.
        assert len(reading(text).typed) == ("ACTION Colin: Map\n" in text)
