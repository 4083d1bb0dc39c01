"""Records as TOML: what goes in comes out, and an edit leaves what a person wrote beside it."""

import pytest
import tomli
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from commented_toml import comments, in_order, untouched
from record_strategies import RECORDS
from slavefree_cli.model.kinds import Records
from slavefree_cli.model.kinds import every_kind as kinds
from slavefree_cli.register.convert import DocumentError, decode, encode, merged, unknown_keys
from slavefree_cli.register.places import place_of
from slavefree_cli.register.toml.edit import edited
from slavefree_cli.register.toml.statements import statements
from slavefree_cli.register.toml.write import new

several = settings(deadline=None, max_examples=30, suppress_health_check=list(HealthCheck))
PARTNERSHIP, PEOPLE, MEETINGS = Records.partnerships, Records.people, Records.meetings

every_kind = pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.place)

MEETING = "title = 'A'\nuid = 'u'\ndate = 2023-06-07\n"
CREATED = "created = 2023-06-07T00:00:00Z"


def read(kind, like, text):
    document = tomli.loads(text.removeprefix("\ufeff"))
    return decode(kind.type, place_of(kind.path(like)).placed, document)


def by_hand(draw, text):
    """The file of a record as its coordinator left it: comments everywhere, and keys that we do not know."""
    count = 0

    def comment():
        nonlocal count
        count += 1
        return f"# comment {count}" + draw(st.sampled_from(["", " [t]", " k = 1"]))

    def above():
        lines = draw(st.lists(st.sampled_from(["", "#", "  #", "mine"]), max_size=2))
        made = ""
        for line in lines:
            if line == "mine":
                made += f"my-key-{count} = {{ a = [1, 2], b = 'x' }} {comment()}\n"
            else:
                made += line.replace("#", comment()) + "\n" if line else "\n"
        return made

    made = ""
    for each in statements(text):
        beside = f"  {comment()}" if draw(st.booleans()) else ""
        made += above() + each.text.removesuffix("\n") + beside + "\n"
    made += above()
    if draw(st.booleans()):
        made += f"[of-my-own]{' ' + comment()}\nnote = 'kept'\n"
    return made.replace("\n", "\r\n") if draw(st.booleans()) else made


def test_there_are_records_of_every_kind_to_try():
    assert set(RECORDS) == {kind.place for kind in kinds()}


@every_kind
@several
@given(data=st.data())
def test_what_is_written_is_read_as_it_was(kind, data):
    record = data.draw(RECORDS[kind.place])
    text = new(encode(record))

    assert read(kind, record, text) == record
    assert new(encode(read(kind, record, text))) == text
    assert list(unknown_keys(record, tomli.loads(text))) == []


@every_kind
@several
@given(data=st.data())
def test_an_edit_by_command_leaves_what_was_written_by_hand(kind, data):
    before, after = data.draw(RECORDS[kind.place]), data.draw(RECORDS[kind.place])
    text = by_hand(data.draw, new(encode(before)))
    raw = tomli.loads(text)
    wanted = merged(raw, read(kind, before, text), after)
    result = edited(text, wanted)

    assert encode(read(kind, after, result)) == encode(after)
    assert comments(result) == comments(text)
    assert in_order(untouched(text, wanted), result)
    assert result.count("\r\n") == (result.count("\n") if "\r\n" in text else 0)
    assert edited(result, wanted) == result


@every_kind
@several
@given(data=st.data())
def test_an_edit_that_removes_no_table_leaves_unknown_keys(kind, data):
    before = data.draw(RECORDS[kind.place])
    text = by_hand(data.draw, new(encode(before)))
    raw = tomli.loads(text)
    after = data.draw(RECORDS[kind.place])
    wanted = merged(raw, read(kind, before, text), after)

    top = {key: value for key, value in raw.items() if key.startswith(("my-key", "of-my-own"))}
    assert {key: wanted.get(key) for key in top} == top
    assert set(unknown_keys(after, wanted)) <= set(unknown_keys(read(kind, before, text), raw))


@every_kind
@several
@given(data=st.data())
def test_no_change_changes_no_byte(kind, data):
    record = data.draw(RECORDS[kind.place])
    text = by_hand(data.draw, new(encode(record)))

    assert edited(text, merged(tomli.loads(text), record, record)) == text


@pytest.mark.parametrize(
    ("kind", "text", "key", "words"),
    [
        (PARTNERSHIP, "name = 1\ntimezone = 'Europe/London'", "name", "must be text in quotes, not a whole number"),
        (PARTNERSHIP, "timezone = 'Europe/London'", "", "name is missing"),
        (PEOPLE, "name = 'A'\n[represents.x]\nsince = 'then'", "represents.x.since", "must be a date such as"),
        (PEOPLE, "name = 'A'\n[represents.x]\n[represents.y]\ndeputy = 1", "represents.y.deputy", "true or false"),
        (
            PEOPLE, "name = 'A'\n[represents.x]\n[represents.y.before.2023-02-01]\nrole = 1",
            "represents.y.before.2023-02-01.role", "text in quotes",
        ),
        (PEOPLE, "name = 'A'\n[represents.'x[...]'.before.'[...]']\nrole = 1", "represents.x.before.role", "text in"),
        (PEOPLE, "name = 'A'\nrepresents = ['x']", "represents", "must be a table, not a list"),
        (MEETINGS, MEETING + "created = 2023-06-07", "created", "must be an instant such as"),
        (MEETINGS, MEETING.replace("06-07", "06-07T00:00:00") + CREATED, "date", "must be a date such as"),
        (MEETINGS, MEETING + CREATED + "\nstatus = 'off'", "status", "cannot be 'off'"),
    ],
)  # fmt: skip
def test_a_wrong_value_is_named_by_its_whole_key(kind, text, key, words):
    with pytest.raises(DocumentError) as found:
        decode(kind.type, kind.placed({"id": "x"}), tomli.loads(text))

    assert found.value.key == key
    assert words in found.value.message
