"""The parts of minutes that the program owns: renewed when untouched, and everything outside them left as it is."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slavefree_cli.minutes.owned import (
    DamagedError,
    WrittenInError,
    composed,
    digest,
    enclosed,
    owned_lines,
    parts,
    renewed,
)

FRESH = {"people": "- Julie\n- Colin", "actions": "| A |\n| --- |\n| Map |", "empty": ""}


def rendered(name, body):
    return "\n".join(["", *enclosed(name, "formal", body), "", ""])


MINUTES = composed(
    "# Minutes\n\n" + rendered("people", "Nobody yet.") + "\n## 1. Welcome\n\nIt was noted that\n\n\n\n"
    + rendered("actions", "None.") + rendered("empty", "")
)  # fmt: skip


def test_a_part_stands_between_comments_that_name_its_template_and_carry_a_digest():
    assert (
        "# Minutes\n\n"
        f"<!-- slavefree people from=formal sha256={digest('Nobody yet.')} -->\n\nNobody yet.\n\n"
        "<!-- slavefree end people -->\n\n"
        "## 1. Welcome\n\nIt was noted that\n\n"
        f"<!-- slavefree actions from=formal sha256={digest('None.')} -->\n\nNone.\n\n"
        "<!-- slavefree end actions -->\n\n"
        f"<!-- slavefree empty from=formal sha256={digest('')} -->\n"
        "<!-- slavefree end empty -->\n"
    ) == MINUTES


def test_a_part_that_a_template_writes_twice_is_refused():
    with pytest.raises(ValueError, match="the part people begins a second time"):
        composed(rendered("people", "a") + rendered("people", "b"))


def test_parts_are_renewed_and_nothing_else():
    after = renewed(MINUTES.replace("noted that", "noted that all agreed"), FRESH)

    assert {each.name: each.body for each in parts(after)} == FRESH
    assert "\n\n## 1. Welcome\n\nIt was noted that all agreed\n\n" in after


def test_one_that_is_not_made_any_more_stays_as_it_is():
    after = renewed(MINUTES, {"people": "- Julie"})

    assert [each.body for each in parts(after)] == ["- Julie", "None.", ""]


def test_one_that_the_author_took_out_with_its_comments_is_not_missed():
    without = MINUTES[: MINUTES.index("<!-- slavefree people")] + MINUTES[MINUTES.index("## 1.") :]

    assert [each.name for each in parts(renewed(without, FRESH))] == ["actions", "empty"]


@pytest.mark.parametrize("change", [lambda s: s.replace("\n", "\r\n"), lambda s: "\ufeff" + s, lambda s: s[:-1]])
def test_line_ends_a_byte_order_mark_and_a_missing_last_line_end_stay(change):
    before = change(MINUTES)
    after = renewed(before, FRESH)

    assert after == change(renewed(MINUTES, FRESH))
    assert renewed(after, FRESH) == after


def test_white_space_at_the_end_of_lines_is_no_writing():
    assert parts(MINUTES.replace("None.", "None.  \t"))[1].untouched


class TestWrittenIn:
    def test_nothing_is_changed_and_the_difference_is_told(self):
        with pytest.raises(WrittenInError) as caught:
            renewed(MINUTES.replace("Nobody yet.", "Nobody yet. And Sam."), FRESH)

        assert (caught.value.names, caught.value.lines) == (["people"], [3])
        assert "-Nobody yet. And Sam." in caught.value.difference
        assert "+- Julie" in caught.value.difference

    def test_every_part_is_named(self):
        with pytest.raises(WrittenInError) as caught:
            renewed(MINUTES.replace("Nobody", "No one").replace("None.", "Nothing."), FRESH)

        assert caught.value.names == ["people", "actions"]

    def test_what_is_written_just_as_it_would_be_renewed_is_no_loss(self):
        assert parts(renewed(MINUTES.replace("Nobody yet.", FRESH["people"]), FRESH))[0].untouched

    def test_one_that_was_emptied_is_renewed(self):
        assert parts(renewed(MINUTES.replace("Nobody yet.", ""), FRESH))[0].body == FRESH["people"]

    def test_one_whose_comments_were_deleted_is_the_authors(self):
        lines = MINUTES.split("\n")
        mine = "\n".join(line for line in lines if "people" not in line).replace("Nobody yet.", "Nobody. And Sam.")

        assert "Nobody. And Sam." in renewed(mine, FRESH)


@pytest.mark.parametrize(
    ("change", "line", "message"),
    [
        (lambda s: s.replace("<!-- slavefree end people -->\n", ""), 12, "a part begins before people"),
        (lambda s: s[: s.index("<!-- slavefree end empty")], 19, "begins and does not end"),
        (lambda s: s.replace(s[s.index("<!-- slavefree p") : s.index("-->") + 3], ""), 7, "has not begun"),
        (lambda s: s.replace("end people", "end actions"), 7, "the part actions ends and has not begun"),
        (lambda s: s + s, 23, "begins a second time"),
        (lambda s: s.replace("from=formal", "from", 1), 3, "is not as it was written"),
        (lambda s: s.replace("sha256=", "sha256=x", 1), 3, "is not as it was written"),
        (lambda s: s.replace("<!-- slavefree end p", "- <!-- slavefree end p"), 7, "is not as it was written"),
        (lambda s: s + "\n<!-- Slavefree -->\n", 22, "is not as it was written"),
        (lambda s: s + "\n<!--slavefree end people-->\n", 22, "is not as it was written"),
    ],
)
def test_comments_that_are_damaged_are_named_by_their_line(change, line, message):
    damaged = change(MINUTES)
    with pytest.raises(DamagedError, match=message) as caught:
        renewed(damaged, FRESH)

    assert caught.value.line == line
    assert owned_lines(damaged) == (set(), set())


def test_the_lines_that_are_owned_and_those_somebody_wrote_among():
    every, written = owned_lines(MINUTES.replace("None.", "None. But one."))

    assert every == {*range(2, 7), *range(12, 17), 18, 19}
    assert written == {13, 14, 15}


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=60) | st.sampled_from(
    ["\r\n", "\ufeff", "## 3. Item\n", "```\n", "<!-- mine -->", "\r", "\x0b", "\u2028", "ACTION x: y", "", "\n\n\n"]
)
BODY = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r"), max_size=40).map(
    lambda text: text.replace("<!--", "")
)
NEWLINE = st.sampled_from(["\n", "\r\n"])


def block(name, body, newline):
    """A part as the program writes it, without the last line end."""
    return composed(rendered(name, body)).rstrip("\n").replace("\n", newline)


def document(outside, bodies, newline):
    """Minutes with anything at all outside two parts."""
    first, between, last = outside
    people, actions = (block(name, body, newline) for name, body in zip(("people", "actions"), bodies, strict=True))
    return newline.join([first, people, between, actions, last])


OUTSIDE = st.tuples(*[TEXT.filter(lambda text: "slavefree" not in text.lower())] * 3)
BODIES = st.tuples(BODY, BODY)


@settings(max_examples=300, deadline=None)
@given(OUTSIDE, BODIES, BODIES, NEWLINE)
def test_every_byte_outside_the_parts_is_the_same_before_and_after(outside, before, after, newline):
    fresh = dict(zip(("people", "actions"), after, strict=True))
    # What reads the same stays as a formatter laid it out.
    there = tuple(old if digest(old) == digest(new) else new for old, new in zip(before, after, strict=True))

    assert renewed(document(outside, before, newline), fresh) == document(outside, there, newline)


def test_what_a_formatter_laid_out_stays_as_it_is_until_it_says_something_else():
    padded = renewed(MINUTES, FRESH).replace("| A |\n| --- |\n| Map |", "| A    |\n| ---- |\n| Map  |")

    assert parts(padded)[1].untouched
    assert renewed(padded, FRESH) == padded
    assert renewed(padded, {**FRESH, "actions": "| A |\n| --- |\n| Ask |"}).count("| Ask |") == 1


@settings(max_examples=300, deadline=None)
@given(OUTSIDE, BODIES, BODIES, NEWLINE)
def test_to_renew_twice_is_to_renew_once(outside, before, after, newline):
    fresh = dict(zip(("people", "actions"), after, strict=True))
    once = renewed(document(outside, before, newline), fresh)

    assert renewed(once, fresh) == once


@settings(max_examples=300, deadline=None)
@given(st.text() | TEXT)
def test_any_text_is_renewed_or_refused_and_never_spoilt(text):
    try:
        assert renewed(text, FRESH) == text
    except DamagedError:
        assert "slavefree" in text.lower()
