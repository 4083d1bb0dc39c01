from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest
import tomli
from hypothesis import given, settings
from hypothesis import strategies as st

from slavefree_cli.register.toml.write import new, value_text

KEYS = st.text(max_size=6).filter(lambda key: all(not 0xD800 <= ord(each) <= 0xDFFF for each in key))
SCALARS = (
    st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False)
    | KEYS
    | st.dates()
    | st.times()
    | st.datetimes(timezones=st.none() | st.just(UTC))
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=8,
)
DOCUMENTS = st.dictionaries(KEYS, VALUES, max_size=5)


def test_one_key_a_line_and_tables_after_the_keys():
    document = {"title": "Spring", "venue": {"room": "A", "seats": 12}, "number": 7}

    assert new(document) == 'title = "Spring"\nnumber = 7\n\n[venue]\nroom = "A"\nseats = 12\n'


def test_an_array_stands_on_one_line():
    assert new({"present": ["ada", "bo"], "votes": [{"by": "ada"}, {}]}) == (
        'present = ["ada", "bo"]\nvotes = [{ by = "ada" }, {}]\n'
    )


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (datetime(2023, 4, 28, 9, tzinfo=UTC), "2023-04-28T09:00:00Z"),
        (datetime(2023, 4, 28, 11, tzinfo=timezone(timedelta(hours=2))), "2023-04-28T09:00:00Z"),
        (datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=2))), "0001-01-01T00:00:00+02:00"),
        (datetime(2023, 4, 28, 9), "2023-04-28T09:00:00"),
        (date(2023, 4, 28), "2023-04-28"),
        (time(14), "14:00:00"),
        (True, "true"),
        ('say "no"\n', '"say \\"no\\"\\n"'),
    ],
)
def test_a_value(value, shown):
    assert value_text(value) == shown


def test_an_empty_table_is_a_bare_header():
    assert new({"notes": {}}) == "[notes]\n"
    assert new({"a": {"b": {}}}) == "[a.b]\n"


def test_a_table_of_nothing_but_tables_has_no_header():
    assert new({"actions": {"a1": {"done": False}, "a2": {"done": True}}}) == (
        "[actions.a1]\ndone = false\n\n[actions.a2]\ndone = true\n"
    )


def test_a_key_is_quoted_only_where_it_must_be():
    assert new({"a-b": 1, "c d": {"": 2, "é": 3}}) == 'a-b = 1\n\n["c d"]\n"" = 2\n"é" = 3\n'


def test_nothing_is_a_file_with_an_empty_line():
    assert new({}) == "\n"


@settings(deadline=None, max_examples=150)
@given(DOCUMENTS)
def test_it_reads_back_as_what_was_meant(document):
    text = new(document)

    assert tomli.loads(text) == document
    assert "\n\n\n" not in text
    assert not text.startswith("\n") or not document
    assert text == "" or (text.endswith("\n") and not text.endswith("\n\n"))
