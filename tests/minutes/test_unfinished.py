"""Where minutes wait for somebody to write on."""

import pytest

from slavefree_cli.minutes.unfinished import begun, marked


@pytest.mark.parametrize(
    "line",
    [
        "It was noted that", "it was noted that ", "- It was noted that", "1. It was agreed that:",
        "> It was noted that…", "**It was noted that**", "It was noted that ...", "* It was further noted that",
        "It was noted that\r",
        "It was resolved that ____",
    ],
)  # fmt: skip
@pytest.mark.parametrize("after", ["", "\n", "\n\nMore.", "\n## 2. Next", "\n- Another point", "\n<!-- x -->", "\n---"])
def test_a_sentence_that_goes_no_further_is_found(line, after):
    assert begun(f"# 1. Welcome\n\n{line}{after}") == [3]


@pytest.mark.parametrize(
    "text",
    [
        "It was noted that all agreed.", "It was noted that\nall agreed.", "It was noted that\r\nall agreed.",
        "Noted: it was noted that", "That", "It was late.", "- It was noted that\n  all agreed.", "",
    ],
)  # fmt: skip
def test_one_that_does_is_not(text):
    assert begun(text) == []


def test_what_the_program_owns_is_left_out():
    assert begun("It was noted that\n\nIt was noted that\n", {0}) == [3]


def test_marks_of_git_are_found_and_what_looks_like_them_is_not():
    assert marked("a\n<<<<<<< HEAD\nb\n||||||| base\n=======\nc\n>>>>>>> theirs\r\n<<<<<<<\n") == [2, 4, 7, 8]
    assert marked("<<<<<< \n========\n >>>>>>> x\n<<<<<<<x\n") == []
