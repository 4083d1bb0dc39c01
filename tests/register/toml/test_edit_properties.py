"""What holds of every edit of every file, whatever its layout."""

import re
from copy import deepcopy
from datetime import UTC, date, datetime, time
from itertools import pairwise

import tomli
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from commented_toml import comments, in_order, untouched
from slavefree_cli.register.toml.edit import edited
from slavefree_cli.register.toml.statements import statements

BARE = st.sampled_from(["a", "b", "c", "d", "x-1", "title", "7"])
KEYS = BARE | st.sampled_from(["é k", "p.q", "#", "=", "'", '"', "[x]"])
TIMES = [datetime(2023, 4, 28, 9, tzinfo=UTC), datetime(2023, 4, 28, 9), date(2023, 4, 28), time(14)]
SCALARS = st.sampled_from(
    [
        *TIMES,
        1,
        2,
        -3,
        0.5,
        True,
        False,
        "",
        "one",
        "# no comment",
        'say "no"',
        "two\nlines",
        "]}',=",
        "\u2028é",
    ]
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=5,
)
SHOWN = ["1", "0x1F", "1_000", "1.50", "inf", "true", "''", "'# no'", '"q \\" # ]"', "2023-04-28 09:00:00Z"]
SHOWN += ["1979-05-27", "07:32:00", '"""\n[no]\n# no comment\nk = 1"""', "'''a\n\n''''", '"""\\\n  x\\""""']


class Writer:
    """Draws a file as a person might write it; its comments are numbered, to be told from each other."""

    def __init__(self, draw):
        self.draw = draw
        self.comments = 0

    def maybe(self, one_in=3):
        return self.draw(st.integers(1, one_in)) == one_in

    def comment(self):
        self.comments += 1
        words = self.draw(st.sampled_from(["", " [t]", " k = 1", " é\u2028x"]))
        return f"# comment {self.comments}{words}"

    def beside(self, one_in=4):
        return self.draw(st.sampled_from([" ", "  ", ""])) + self.comment() if self.maybe(one_in) else ""

    def lines(self):
        text = ""
        for _ in range(self.draw(st.integers(0, 2))):
            text += self.draw(st.sampled_from(["", "  "])) + self.comment() + "\n" if self.maybe(2) else "\n"
        return text

    def key(self, key):
        bare = re.fullmatch(r"[A-Za-z0-9_-]+", key) and not self.maybe(5)
        return key if bare else '"' + key.replace('"', '\\"') + '"'

    def value(self, depth=2):
        kind = self.draw(st.integers(0, 5)) if depth else 0
        if kind == 4:
            return self.array(depth)
        if kind == 5:
            keys = self.draw(st.lists(KEYS, max_size=3, unique=True))
            pairs = ", ".join(f"{self.key(key)} = {self.value(depth - 1)}" for key in keys)
            return f"{{ {pairs} }}"
        return self.draw(st.sampled_from(SHOWN))

    def array(self, depth):
        count = self.draw(st.integers(0, 5))
        if self.maybe(3):
            return "[" + ", ".join(self.value(depth - 1) for _ in range(count)) + "]"
        text = "[" + self.beside(2) + "\n"
        for index in range(count):
            text += self.lines() + "  " + self.value(depth - 1)
            if self.maybe(5):
                text += self.beside(2) + "\n"
            text += "," if index < count - 1 or self.maybe(2) else ""
            text += self.beside(2) + "\n" if self.maybe(2) else " "
        return text + ("" if text.endswith("\n") else "\n") + self.lines() + "]"

    def pairs(self):
        text = ""
        for key in self.draw(st.lists(KEYS, max_size=4, unique=True)):
            names = [f"{self.key(key)}"]
            if self.maybe(4):
                inner = self.draw(st.lists(KEYS, min_size=1, max_size=2, unique=True))
                names = [f"{self.key(key)}.{self.key(each)}" for each in inner]
            for name in names:
                indent = self.draw(st.sampled_from(["", "", "  "]))
                text += f"{self.lines()}{indent}{name} = {self.value()}{self.beside()}\n"
        return text

    def file(self):
        text = self.lines() + self.pairs()
        for name in self.draw(st.lists(st.sampled_from(["t", "u", "t.v", "t.v.w", "y.z", "k"]), unique=True)):
            text += f"{self.lines()}[{name}]{self.beside()}\n{self.pairs()}"
        for _ in range(self.draw(st.integers(0, 2))):
            text += f"{self.lines()}[[many]]{self.beside()}\n{self.pairs()}"
            if self.maybe(2):
                text += f"{self.lines()}[many.below]\n{self.pairs()}"
        text += self.lines()
        if self.maybe(5):
            text = text.removesuffix("\n")
        if self.maybe(3):
            text = text.replace("\n", "\r\n")
        return ("\ufeff" if self.maybe(5) else "") + text


def valid(text):
    try:
        tomli.loads(text.removeprefix("\ufeff"))
    except tomli.TOMLDecodeError:
        return False
    return True


FILES = st.composite(lambda draw: Writer(draw).file())().filter(valid)


def change(draw, table):
    """Add, replace or take out a key here or in a table below."""
    below = [each for each in table.values() if isinstance(each, dict)]
    arrays = [each for each in table.values() if isinstance(each, list)]
    below += [each[-1] for each in arrays if each and isinstance(each[-1], dict)]
    what = draw(st.sampled_from(["add", "add table", "remove", "replace", "array", "below", "below"]))
    if what == "below" and below:
        change(draw, draw(st.sampled_from(below)))
    elif what == "remove" and table:
        del table[draw(st.sampled_from(list(table)))]
    elif what == "replace" and table:
        table[draw(st.sampled_from(list(table)))] = draw(VALUES)
    elif what == "array" and arrays:
        array = draw(st.sampled_from(arrays))
        start = draw(st.integers(0, len(array)))
        array[start : draw(st.integers(start, len(array)))] = draw(st.lists(VALUES, max_size=2))
    elif what.startswith("add"):
        value = draw(VALUES if what == "add" else st.dictionaries(KEYS, VALUES, max_size=3))
        items = list(table.items())
        key = draw(KEYS)
        if key not in table:
            items.insert(draw(st.integers(0, len(items))), (key, value))
            table.clear()
            table.update(items)


@st.composite
def edits(draw):
    text = draw(FILES)
    wanted = deepcopy(tomli.loads(text.removeprefix("\ufeff")))
    for _ in range(draw(st.integers(1, 4))):
        change(draw, wanted)
    return text, wanted


several = settings(
    deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)


@several
@given(edits())
def test_it_says_what_was_meant(edit):
    text, wanted = edit

    assert tomli.loads(edited(text, wanted).removeprefix("\ufeff")) == wanted


@several
@given(edits())
def test_every_comment_stays_in_its_order(edit):
    text, wanted = edit

    assert comments(edited(text, wanted)) == comments(text)


@st.composite
def array_edits(draw):
    text = f"a = {Writer(draw).array(2)}\n"
    wanted = tomli.loads(text)
    for _ in range(draw(st.integers(1, 2))):
        start = draw(st.integers(0, len(wanted["a"])))
        wanted["a"][start : draw(st.integers(start, len(wanted["a"])))] = draw(st.lists(SCALARS, max_size=2))
    return text, wanted


@several
@given(array_edits())
def test_every_comment_in_an_array_stays_in_its_order(edit):
    text, wanted = edit
    result = edited(text, wanted)

    assert tomli.loads(result) == wanted
    assert comments(result) == comments(text)


@several
@given(edits())
def test_every_line_that_nothing_is_about_stays_as_it_was(edit):
    text, wanted = edit

    assert in_order(untouched(text, wanted), edited(text, wanted))


@several
@given(edits())
def test_the_comments_above_what_stays_stay_directly_above(edit):
    text, wanted = edit
    lines = list(statements(text.removeprefix("\ufeff")))
    stays = set(untouched(text, wanted))
    result = edited(text, wanted)

    for above, below in pairwise(lines):
        if above.kind == "comment" and below.kind == "table" and below.text.rstrip("\r\n") in stays:
            assert above.text + below.text.rstrip("\r\n") in result


@several
@given(edits())
def test_a_comment_stands_above_the_same_as_before_or_above_nothing(edit):
    text, wanted = edit

    def owners(file):
        lines = list(statements(file.removeprefix("\ufeff")))
        pairs = pairwise(lines)
        return {(above.text, below.path) for above, below in pairs if above.kind == "comment" and below.path}

    old = text if text.endswith("\n") else text + "\n"
    inside = {each for each in owners(edited(text, wanted)) if each[0] in comment_lines(old)}
    assert all(path in {each[1] for each in owners(old) if each[0] == line} for line, path in numberless(inside))


def comment_lines(text):
    return {each.text for each in statements(text.removeprefix("\ufeff")) if each.kind == "comment"}


def numberless(found):
    """Leave out the tables of arrays, which are counted anew when one of them goes."""
    return {(line, path) for line, path in found if not any(isinstance(part, int) for part in path)}


@several
@given(edits())
def test_the_second_edit_changes_nothing(edit):
    text, wanted = edit
    once = edited(text, wanted)

    assert edited(once, wanted) == once


@several
@given(edits())
def test_line_ends_and_byte_order_mark_stay(edit):
    text, wanted = edit
    result = edited(text, wanted)

    assert result.startswith("\ufeff") == text.startswith("\ufeff")
    if "\n" in text:
        assert len(re.findall("\r\n", result)) == (result.count("\n") if "\r\n" in text else 0)
    assert result == text or not result.strip("\ufeff") or result.endswith("\n")


@several
@given(FILES)
def test_without_a_change_the_text_is_the_same(text):
    assert edited(text, tomli.loads(text.removeprefix("\ufeff"))) == text
    assert "".join(each.text for each in statements(text.removeprefix("\ufeff"))) == text.removeprefix("\ufeff")
