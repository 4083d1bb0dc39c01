"""What is drawn on a terminal of some width: no word is broken that the terminal can hold."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from slavefree_cli.view import table
from slavefree_cli.view.table import Head, Line

WORDS = st.text(st.sampled_from("abcXYZ-.@/é’漢"), min_size=1, max_size=60)
TEXTS = st.lists(WORDS, max_size=6).map(" ".join)


@pytest.fixture
def drawn(monkeypatch, capsys):
    """Draw at a width, and return the lines."""

    def draw(width, what, *arguments):
        monkeypatch.setenv("COLUMNS", str(width))
        capsys.readouterr()
        what(*arguments)
        return capsys.readouterr().out.splitlines()

    return draw


def cells(text):
    from rich.cells import cell_len

    return cell_len(text)


RARELY = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@RARELY
@given(st.sampled_from([60, 80, 200]), st.lists(st.tuples(TEXTS, TEXTS, TEXTS), min_size=1, max_size=4))
def test_each_word_of_a_table_that_has_no_columns_to_spare_stands_whole(drawn, width, rows):
    heads = [Head(name, 0, whole=False, told=True) for name in ("One", "Two", "Three")]
    lines = drawn(width, table.show, heads, rows)
    assert all(cells(line) <= width for line in lines)
    shown = {word for line in lines for word in line.split()}
    assert {word for row in rows for text in row for word in text.split() if cells(word) <= width} <= shown


@RARELY
@given(st.sampled_from([20, 60, 80]), st.lists(st.tuples(st.integers(0, 2), WORDS, TEXTS | st.none()), min_size=1))
def test_each_word_of_a_record_stands_whole(drawn, width, said):
    lines = drawn(width, table.show_lines, [Line(*each) for each in said])
    assert all(cells(line) <= width for line in lines)
    shown = {word for line in lines for word in line.split()}
    texts = [text for _, label, text in said for text in (label, text or "")]
    assert {word for text in texts for word in text.split() if cells(word) <= width} <= shown


def test_what_says_the_same_in_every_row_is_left_out_first_and_it_is_said_what_is(drawn):
    heads = [
        Head("Action", 0, whole=False, told=True),
        Head("Overdue", 1, whole=False, told=True),
        Head("Status", 2, whole=False, told=True),
        Head("Key", 3, whole=False, told=False),
    ]
    rows = [["Map the first responders", "yes", "open", "a" * 20], ["Write to the county", "", "open", "b" * 20]]
    lines = drawn(58, table.show, heads, rows)
    assert lines[0].split() == ["Action", "Overdue", "Key"]
    assert lines[-1] == "Left out, for want of room: Status"
    assert drawn(45, table.show, heads, rows)[-1] == "Left out, for want of room: Overdue, Status"


def test_where_even_what_always_stands_has_no_room_each_row_is_a_record(drawn):
    heads = [Head("Field", 0, whole=False, told=True), *(Head(name, 0, whole=False, told=True) for name in "AB")]
    address = "agnieszka.featherstonehaugh@partnership.example.org"
    lines = drawn(60, table.show, heads, [["email", address, "a@example.org"]])
    assert lines == ["Field  email", f"A      {address}", "B      a@example.org", ""]


def test_what_counts_in_few_rows_stands_below_those_where_it_has_no_room_beside(drawn):
    heads = [
        Head("Item", 0, whole=False, told=True),
        Head("Purpose", 2, whole=False, told=True),
        Head("Papers", 1, whole=False, told=True, below=True),
    ]
    paper = "papers/county-lines-briefing.pdf"
    rows = [["Welcome", "information", ""], ["County Lines", "", f"{paper} {paper}"], ["Close", "decision", ""]]
    assert [line.rstrip() for line in drawn(40, table.show, heads, rows)] == [
        "Item          Purpose",
        "Welcome       information",
        "County Lines",
        "  Papers:",
        f"  {paper}",
        f"  {paper}",
        "Close         decision",
    ]
    assert drawn(120, table.show, heads, rows)[0].split() == ["Item", "Purpose", "Papers"]
