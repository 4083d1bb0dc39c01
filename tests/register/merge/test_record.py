"""The three-way merge of records: field by field, tables by key, comments kept, the result valid or a conflict."""

import pytest
import tomli
from hypothesis import given, settings
from hypothesis import strategies as st

from record_strategies import RECORDS
from slavefree_cli.model.kinds import kind_of
from slavefree_cli.register import convert, places
from slavefree_cli.register.merge.answers import with_newest_answers
from slavefree_cli.register.merge.file import merged_file
from slavefree_cli.register.toml import new

ACTION = "actions/2023/7k2f9.toml"
AGENDA = "2023-06-07-inaugural/agenda.toml"
BASE = """# The first promise.
title = "Map them"
owner = "colin-cox"
with = ["barnardos"]
due = 2023-09-01 # before the autumn
status = "open"
raised = 2023-06-07
"""


def merged(base, ours, theirs, path=ACTION, take=None):
    sides = (side if side is None else side.encode() for side in (base, ours, theirs))
    content, conflicts = merged_file(path, *sides, take)
    return content if content is None else content.decode(), [each[1:] for each in conflicts]


def test_edits_of_different_fields_both_count_even_on_neighbouring_lines():
    ours = BASE.replace('"Map them"', '"Map all of them"')
    theirs = BASE.replace('"colin-cox"', '"julie-young"')
    assert merged(BASE, ours, theirs) == (ours.replace('"colin-cox"', '"julie-young"'), [])


def test_two_edits_of_one_field_are_a_conflict_and_one_side_can_be_taken():
    ours, theirs = BASE.replace("09-01", "10-01"), BASE.replace("09-01", "11-01").replace("Map them", "Map")
    _, conflicts = merged(BASE, ours, theirs)
    (field, *values) = conflicts[0]
    assert (field, [f"{each}" for each in values]) == ("due", ["2023-09-01", "2023-10-01", "2023-11-01"])
    assert merged(BASE, ours, theirs, take="ours")[0] == ours.replace("Map them", "Map")
    assert merged(BASE, ours, theirs, take="theirs")[0] == theirs


def test_the_same_edit_on_both_sides_is_none():
    ours = BASE.replace('"open"', '"done"').replace("raised", "closed = 2023-08-01\nraised")
    theirs = ours.replace("# before the autumn", "")
    assert merged(BASE, ours, theirs) == (ours, [])


FIRST = '[notes.m4x7q]\nat = 2023-07-03T10:15:00Z\nkind = "progress"\ntext = "One."\n'
SECOND = FIRST.replace("m4x7q", "n5y8r").replace("One", "Two")
COMES = '[people.colin-cox]\noutcome = "present"\n'
ATTENDANCE = "2023-06-07-inaugural/attendance.toml"
MEETING = "2023-06-07-inaugural/meeting.toml"
PLANNED = """title = "Inaugural"
date = 2023-06-07
uid = "x@example.org"
created = 2023-04-28T09:00:00Z
"""


@pytest.mark.parametrize(
    ("path", "base", "ours", "theirs", "result"),
    [
        (ACTION, BASE + FIRST, BASE + FIRST + SECOND, BASE, BASE + SECOND),
        (ACTION, BASE + FIRST, BASE, BASE + FIRST + SECOND, BASE + SECOND),
        (ATTENDANCE, COMES, COMES + COMES.replace("colin", "kim"), "", COMES.replace("colin", "kim")),
        (ATTENDANCE, COMES, COMES + COMES.replace("colin", "kim"), None, COMES.replace("colin", "kim")),
        (ATTENDANCE, COMES, None, COMES + COMES.replace("colin", "kim"), COMES.replace("colin", "kim")),
        (ATTENDANCE, COMES, COMES, None, None),
        (
            MEETING,
            PLANNED + '[invitees]\nadd = ["sam-guest"]\n',
            PLANNED,
            PLANNED + '[invitees]\nadd = ["sam-guest"]\nremove = ["kim"]\n',
            PLANNED + '[invitees]\nremove = ["kim"]\n',
        ),
        (
            AGENDA,
            "[items.welcome]\nposition = 10\ntitle = 'Welcome'\n",
            None,
            "[items.welcome]\nposition = 10\ntitle = 'Welcome'\n[items.close]\nposition = 20\ntitle = 'Close'\n",
            "[items.close]\nposition = 20\ntitle = 'Close'\n",
        ),
    ],
)
def test_a_table_that_lost_its_last_key_is_an_empty_one_and_what_is_new_in_it_counts(path, base, ours, theirs, result):
    content, conflicts = merged(base, ours, theirs, path)
    assert conflicts == []
    assert content is result or tomli.loads(content) == tomli.loads(result)


def test_a_table_that_one_side_took_out_and_the_other_changed_is_a_conflict_of_that_table_alone():
    ours = BASE + FIRST.replace("One", "Once") + SECOND
    content, conflicts = merged(BASE + FIRST, ours, BASE)
    assert [each[0] for each in conflicts] == ["notes.m4x7q"]
    assert tomli.loads(content) == tomli.loads(ours)
    content, _ = merged(BASE + FIRST, ours, BASE, take="theirs")
    assert tomli.loads(content) == tomli.loads(BASE + SECOND)


def test_an_answer_with_a_stamp_that_has_no_zone_is_no_valid_record_and_a_conflict_of_the_file():
    stamped = COMES + 'reply = "accepted"\nreply_stamp = 2023-05-30T10:00:00\n'
    ours = COMES + 'reply = "declined"\nreply_stamp = 2023-05-30T10:00:00Z\n'
    assert [each[0] for each in merged(COMES, ours, stamped, ATTENDANCE)[1]] == [""]


def test_what_both_put_on_a_list_is_on_it_and_what_either_took_off_is_not():
    ours = BASE.replace('["barnardos"]', '["barnardos", "essex-police"]')
    theirs = BASE.replace('["barnardos"]', '["together-free"]')
    assert tomli.loads(merged(BASE, ours, theirs)[0])["with"] == ["together-free", "essex-police"]
    emptied = BASE.replace('with = ["barnardos"]\n', "")
    assert tomli.loads(merged(BASE, emptied, ours)[0])["with"] == ["essex-police"]


def test_tables_are_merged_by_key_and_two_appended_notes_are_both_there():
    note = '\n[notes.{}]\nat = 2023-07-03T10:15:00Z\nkind = "progress"\ntext = "{}"\n'
    content, conflicts = merged(BASE, BASE + note.format("m4x7q", "One"), BASE + note.format("k3f9a", "Two"))
    assert conflicts == []
    assert {code: each["text"] for code, each in tomli.loads(content)["notes"].items()} == {
        "m4x7q": "One",
        "k3f9a": "Two",
    }


def test_what_one_side_removed_and_the_other_changed_is_a_conflict():
    item = '[items.{}]\nposition = {}\ntitle = "{}"\n\n'
    base = item.format("welcome", 10, "Welcome") + item.format("reports", 20, "Reports")
    ours, theirs = item.format("welcome", 10, "Welcome"), base.replace("Reports", "Police reports")
    _, conflicts = merged(base, ours, theirs, AGENDA)
    assert [(field, was["title"], ours, now["title"]) for field, was, ours, now in conflicts] == [
        ("items.reports", "Reports", None, "Police reports")
    ]
    assert merged(BASE, None, BASE.replace("Map", "Find"))[1] == [("", "there", "removed", "changed")]
    assert merged(BASE, BASE.replace("Map", "Find"), None, take="theirs")[0] is None


def test_of_two_answers_of_one_person_the_newer_counts():
    head = '[people.colin-cox]\noutcome = "apologies"\n'
    older = head + 'reply = "declined"\nreply_stamp = 2023-05-30T10:00:00Z\nreply_sequence = 1\nreply_comment = "No"\n'
    newer = head + 'reply = "accepted"\nreply_stamp = 2023-05-29T10:00:00Z\nreply_sequence = 2\n'
    path = "2023-06-07-inaugural/attendance.toml"
    for ours, theirs in ((older, newer), (newer, older)):
        content, conflicts = merged(head, ours, theirs, path)
        assert conflicts == []
        person = tomli.loads(content)["people"]["colin-cox"]
        assert (person["reply"], person["outcome"], "reply_comment" in person) == ("accepted", "apologies", False)


def test_of_two_that_did_not_reach_one_person_the_newer_counts():
    first, then = (
        f'[unreached.colin-cox]\nemail = "{at}@example.org"\nstamp = {stamp}T10:00:00Z\n{more}'
        for at, stamp, more in (("a", "2023-05-29", 'reason = "full"\n'), ("b", "2023-05-30", ""))
    )
    path = "2023-06-07-inaugural/attendance.toml"
    for ours, theirs in ((first, then), (then, first)):
        content, conflicts = merged("", ours, theirs, path)
        assert conflicts == []
        assert tomli.loads(content) == tomli.loads(then)


def test_a_removal_that_nobody_else_touched_counts():
    assert merged(BASE, None, BASE) == (None, [])
    assert merged(BASE, BASE, None) == (None, [])


def test_comments_of_both_sides_are_kept_where_they_spoke():
    ours = BASE.replace('owner = "colin-cox"', '# He asked for it.\nowner = "colin-cox" # since June')
    theirs = (
        BASE.replace('status = "open"', '# Ask in August.\nstatus = "open"').replace("Map them", "Map") + "# End.\n"
    )
    content, conflicts = merged(BASE, ours, theirs)
    assert conflicts == []
    assert content == ours.replace("Map them", "Map").replace("status", "# Ask in August.\nstatus") + "# End.\n"


def test_keys_that_the_program_does_not_know_are_merged_like_others():
    ours, theirs = BASE + 'colour = "red"\n', BASE + "[extra]\ndeep.er = [1]\n"
    content, conflicts = merged(BASE, ours, theirs)
    assert tomli.loads(content) == tomli.loads(ours) | {"extra": {"deep": {"er": [1]}}}
    assert conflicts == []
    assert merged(ours, ours.replace("red", "blue"), ours.replace("red", "pink"))[1] == [
        ("colour", "red", "blue", "pink")
    ]


def test_numbers_that_only_look_alike_are_two_edits():
    assert merged(BASE + "n = 1\n", BASE + "n = 1.0\n", BASE + "n = true\n")[1] == [("n", 1, 1.0, True)]


def test_two_edits_that_are_not_valid_together_are_a_conflict():
    base = 'title = "M"\ndate = 2023-06-07\nstart = 14:00:00\nuid = "u"\ncreated = 2023-04-28T09:00:00Z\n'
    ours, theirs = base.replace("start = 14:00:00\n", ""), base.replace("uid", "end = 16:00:00\nuid")
    content, conflicts = merged(base, ours, theirs, "2023-06-07-inaugural/meeting.toml", take="theirs")
    assert content == theirs
    assert [field for field, *_ in conflicts] == ["start", "end"], "what the other side said is told"


@pytest.mark.parametrize("broken", ["title = ", "<<<<<<< ours\n", 'title = "x"\n', "\ufffe", "a = " + "[" * 5000])
def test_a_side_that_is_no_valid_record_is_taken_or_left_as_a_whole(broken):
    content, conflicts = merged(BASE, BASE.replace("Map", "Find"), broken)
    assert content == BASE.replace("Map", "Find")
    assert conflicts == [("", "there", "changed", "changed")]
    assert merged(BASE, BASE, broken) == (broken, []), "it is for the check of the whole to refuse it"


@st.composite
def versions(draw):
    """A record, and two versions of it in which some keys are otherwise."""
    pattern = draw(st.sampled_from(sorted(RECORDS)))
    record = draw(RECORDS[pattern])
    base = convert.encode(record)
    path = kind_of(record).path(record)
    place = places.place_of(path)
    sides = []
    for _ in range(2):
        other = convert.encode(draw(RECORDS[pattern]))
        changed = draw(st.sets(st.sampled_from(sorted({*base, *other})), max_size=3)) if base or other else set()
        side = {key: (other if key in changed else base).get(key) for key in {**base, **other}}
        side = {key: value for key, value in side.items() if value is not None}
        try:
            convert.decode(place.kind.type, place.placed, side)
        except convert.DocumentError:
            side = base
        sides.append(side)
    return path, base, *sides


@settings(max_examples=200, deadline=None)
@given(versions())
def test_every_change_of_either_side_is_in_the_result_or_in_a_conflict(drawn):
    path, base, ours, theirs = drawn
    texts = [new(each).encode() for each in (base, ours, theirs)]
    content, conflicts = merged_file(path, *texts)
    result = tomli.loads(content.decode())
    given = {"ours": ours, "theirs": theirs}
    ours, theirs = with_newest_answers(base, ours, theirs) if path.endswith("attendance.toml") else (ours, theirs)
    fields = {each.field for each in conflicts}
    for key in {*base, *ours, *theirs}:
        was, one, other, now = (side.get(key) for side in (base, ours, theirs, result))
        if any(field == key or field.startswith(f"{key}.") for field in fields):
            continue
        if was == one:
            assert now == other
        elif was == other:
            assert now == one
        elif isinstance(one, list) and isinstance(other, list):
            assert {*(now or ())} == ({*one} & {*other}) | ({*one, *other} - {*(was or ())})
    place = places.place_of(path)
    convert.decode(place.kind.type, place.placed, result)
    for side, document in (("ours", ours), ("theirs", theirs)):
        settled = merged_file(path, *texts, side)
        # What is not valid together depends on whose word counts, and so does what is told of it; not whether it is.
        told = [each.field for each in settled.conflicts]
        assert bool(told) == bool(fields)
        for field in told:
            # Where both together are not valid, a side counts as it was, whatever is newer on the other.
            assert _at(tomli.loads(settled.content.decode()), field) in (_at(document, field), _at(given[side], field))
    mirrored = merged_file(path, texts[0], texts[2], texts[1])
    assert bool(mirrored.conflicts) == bool(fields)
    if not conflicts:
        assert _unordered(tomli.loads(mirrored.content.decode())) == _unordered(result), "neither side is favoured"


def _at(document, field):
    for part in field.split("."):
        document = document.get(part) if isinstance(document, dict) else None
    return document


def _unordered(value):
    if isinstance(value, dict):
        return {key: _unordered(each) for key, each in value.items()}
    return sorted(map(str, value)) if isinstance(value, list) else value
