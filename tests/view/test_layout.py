"""How a table finds room, told without a terminal: what stands, how wide it is, and what is left out first."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from slavefree_cli.view.layout import EASY, GAP, TIGHT, Extent, beside, extent, indentation, side_by_side, wrapped


@st.composite
def tables(draw):
    """Columns of any needs, some of which may be left out in some order."""
    many = draw(st.integers(1, 9))
    ranks = draw(st.permutations(range(1, many + 1)))
    found = []
    for rank in ranks:
        word = draw(st.integers(1, 60))
        found.append(Extent(word, draw(st.integers(word, 300)), rank if draw(st.booleans()) else 0))
    return found


widths = st.integers(20, 250)


def taken(shown):
    return sum(shown.values()) + GAP * (len(shown) - 1)


@given(tables(), widths)
def test_what_stands_side_by_side_has_room_and_breaks_no_word(extents, width):
    shown = side_by_side(extents, width)
    if shown is not None:
        assert taken(shown) <= width
        assert all(extents[index].word <= wide <= extents[index].line for index, wide in shown.items())


@given(tables(), widths)
def test_what_is_left_out_is_what_may_be_and_the_least_important_first(extents, width):
    shown = side_by_side(extents, width)
    if shown is not None:
        for index, each in enumerate(extents):
            if index not in shown:
                assert each.spare
                before = [
                    other
                    for at, other in enumerate(extents)
                    if not other.spare or (at in shown and other.spare > each.spare)
                ]
                assert sum(other.at_least(EASY) + GAP for other in [*before, each]) - GAP > width


@given(tables(), widths)
def test_columns_are_left_out_before_others_are_squeezed_and_only_then(extents, width):
    shown = side_by_side(extents, width)
    if shown is None:
        return
    squeezed = any(wide < extents[index].at_least(EASY) for index, wide in shown.items())
    assert not (squeezed and any(extents[index].spare for index in shown))
    everything = {index: each.at_least(EASY) for index, each in enumerate(extents)}
    if taken(everything) <= width:
        assert set(shown) == set(everything)


@given(tables(), widths)
def test_rows_are_laid_out_one_by_one_only_where_what_always_stands_has_no_room(extents, width):
    always = {index: each.at_least(TIGHT) for index, each in enumerate(extents) if not each.spare}
    if always:
        assert (side_by_side(extents, width) is None) == (taken(always) > width)


@given(tables(), widths)
def test_room_that_is_over_is_given_to_those_who_need_it(extents, width):
    shown = side_by_side(extents, width)
    if shown is not None and taken(shown) < width:
        assert all(wide == extents[index].line for index, wide in shown.items())


def test_an_example():
    ref, action, owner, due = Extent(5, 5), Extent(14, 90), Extent(9, 41), Extent(10, 10)
    carried = Extent(7, 7, 1)
    assert side_by_side([ref, action, owner, due, carried], 200) == {0: 5, 1: 90, 2: 41, 3: 10, 4: 7}
    assert side_by_side([ref, action, owner, due, carried], 80) == {0: 5, 1: 25, 2: 25, 3: 10, 4: 7}
    assert side_by_side([ref, action, owner, due, carried], 65) == {0: 5, 1: 22, 2: 22, 3: 10}
    assert side_by_side([ref, action, owner, due, carried], 40) is None


def test_how_much_room_texts_take():
    assert extent(["", "Colin Cox", "x"], len) == Extent(5, 9)
    assert extent(["Colin Cox"], len, whole=True, spare=2) == Extent(9, 9, 2)
    assert extent([], len) == Extent(1, 1)


def test_labels_take_two_fifths_at_most_and_an_indentation_breaks_no_word():
    assert beside([4, 10], 60) == 12
    assert beside([4, 23], 60) == 6
    assert [indentation(word, 4, 60) for word in (10, 58, 70)] == [4, 2, 0]


SENTENCES = st.lists(st.text(st.sampled_from("ab/.-:"), min_size=1, max_size=30), min_size=1).map(" ".join)


@given(SENTENCES, widths)
def test_a_sentence_is_broken_at_blanks_alone_and_only_where_it_must_be(text, width):
    lines = wrapped(text, width, len)
    assert " ".join(lines) == text
    for line, after in pairwise(lines):
        assert len(line) <= width or " " not in line
        assert len(f"{line} {after.split()[0]}") > width


def test_a_command_to_be_copied_stands_on_one_line():
    said = "Sam has no address and gets nothing. Set one with: slavefree person edit sam-reed --email ADDRESS"
    assert wrapped(said, 50, len) == [
        "Sam has no address and gets nothing. Set one with:",
        "slavefree person edit sam-reed --email ADDRESS",
    ]
    said = "Sam is invited: slavefree invite remove next sam; tell them with: slavefree invite send next"
    assert wrapped(said, 50, len) == [
        "Sam is invited: slavefree invite remove next sam;",
        "tell them with: slavefree invite send next",
    ]
    said = "Tell it with: git config --global user.name X and git config --global user.email Y, then: slavefree commit"
    assert wrapped(said, 50, len) == [
        "Tell it with: git config --global user.name X and",
        "git config --global user.email Y, then:",
        "slavefree commit",
    ]
    assert wrapped("Remove it? a b", 14, len, room=1) == ["Remove it? a", "b"]
    assert wrapped("No member fits 'x'. See: slavefree member list.", 30, len)[-1] == "slavefree member list."
