"""What formatters do to Markdown and what people do to it."""

import pytest

from slavefree_cli.minutes.layout import read

TABLE = "| Reference | Action |\n| --- | --- |\n| 7K2F9 | Write \\| ring |"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (TABLE, "| Reference | Action         |\n| --------- | -------------- |\n| 7K2F9     | Write \\| ring  |"),
        (TABLE, "|Reference|Action|\n|-|-|\n|7K2F9|Write \\| ring|"),
        ("| A |  |\n| --- | --- |", "| A   |     |\n| :-- | --- |".replace(":", "-")),
        ("The minutes of Summer are put up for approval.", "The minutes of Summer\nare put up for\napproval."),
        ("- Colin Cox, Essex Police (by video)", "* Colin Cox, Essex\n  Police (by video)"),
        ("- One\n- Two", "+ One\n+ Two"),
        ("- One\n\n- Two", "- One\n\n\n- Two"),
        ("a  b", "a b"),
        ("snake\\_case", "snake_case"),
        ("1. One\n2. Two", "1.  One\n2.  Two"),
    ],
)
def test_what_a_formatter_changes_makes_no_difference(before, after):
    assert read(before) == read(after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (TABLE, TABLE.replace("Write", "Writes")),
        (TABLE, TABLE + "\n| 7K2F8 | Ring |"),
        (TABLE, TABLE.replace("| --- | --- |", "| --- | :-: |")),
        ("a\n\nb", "a b"),
        ("- One\n- Two", "- One Two"),
        ("# One\nTwo", "# One Two"),
        ("One", "One."),
        ("1. One", "2. One"),
    ],
)
def test_what_somebody_writes_does(before, after):
    assert read(before) != read(after)


@pytest.mark.parametrize("text", [TABLE, "# One\n\nTwo\n\n- Three\n- Four", "", "x"])
def test_what_the_program_writes_is_as_it_reads(text):
    assert read(text) == text
    assert read(read(text)) == read(text)
