"""Whatever is in a file or typed at a command, the readers answer with a record or a sentence, and raise nothing else.

A few hundred examples each here; twenty thousand with ``SLAVEFREE_LONG=1 pytest tests/fuzz``.
"""

import os
from datetime import date

import tomli
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from record_strategies import RECORDS
from slavefree_cli.errors import SlavefreeError
from slavefree_cli.minutes import owned
from slavefree_cli.model import dates
from slavefree_cli.model.references import Candidate, fitting
from slavefree_cli.register import convert, parse, places
from slavefree_cli.register.merge.conflict import Merged
from slavefree_cli.register.merge.differences import differences
from slavefree_cli.register.merge.file import merged_file
from slavefree_cli.register.parse import Bad
from slavefree_cli.register.toml import new
from slavefree_cli.view.screen import safe, shown
from slavefree_cli.work.records.spreadsheet import headings, importing

LONG = bool(os.environ.get("SLAVEFREE_LONG"))
many = settings(max_examples=20_000 if LONG else 300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
few = settings(max_examples=3_000 if LONG else 60, deadline=None, suppress_health_check=[HealthCheck.too_slow])

PATHS = {
    "partnership.toml": "partnership.toml",
    "members/{id}.toml": "members/barnardos.toml",
    "people/{id}.toml": "people/colin-cox.toml",
    "groups/{id}.toml": "groups/board.toml",
    "{id}/meeting.toml": "2023-06-07-inaugural/meeting.toml",
    "{id}/agenda.toml": "2023-06-07-inaugural/agenda.toml",
    "{id}/attendance.toml": "2023-06-07-inaugural/attendance.toml",
    "actions/{year}/{id}.toml": "actions/2023/7k2f9.toml",
    "decisions/{year}/{id}.toml": "decisions/2023/4m8xt.toml",
    "{of}/issued/{id}.toml": "2023-06-07-inaugural/issued/k3f9a.toml",
    "restricted/{id}/agenda.toml": "restricted/2023-06-07-inaugural/agenda.toml",
}
NASTY = st.sampled_from(
    [
        "\x00",
        "\x1b[31m",
        "\u202e",
        "\ufeff",
        "\r",
        "\r\n",
        "\ud7ff",
        "[",
        "]",
        "{",
        "}",
        "=",
        "'''",
        '"""',
        '"',
        "#",
        ".",
        "\\",
        "<<<<<<< ours\n",
        "=======\n",
        ">>>>>>> theirs\n",
        "[[a]]\n",
        "a.b.c = 1\n",
        "inf",
        "nan",
        "-0",
        "1e999",
        "0x" + "f" * 99,
        "9999-99-99",
        "0000-01-01T00:00:00Z",
        "2023-02-30",
        "24:00:00",
        "--help",
        "../..",
        "%s",
        "{{7*7}}",
        "é" * 50,
    ]
)


@st.composite
def texts(draw, base=None):
    """The text of a record in which something was put in, taken out or doubled at random; or any text at all."""
    pattern = draw(st.sampled_from(sorted(set(RECORDS) & set(PATHS))))
    text = base if base is not None else new(convert.encode(draw(RECORDS[pattern])))
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(text)))
        what = draw(st.sampled_from(["insert", "delete", "double", "line"]))
        if what == "insert":
            text = text[:at] + draw(NASTY | st.text(max_size=5)) + text[at:]
        elif what == "delete":
            text = text[:at] + text[at + draw(st.integers(1, 30)) :]
        elif what == "double":
            text = text[:at] + text[at : at + draw(st.integers(1, 80))] + text[at:]
        else:
            lines = text.split("\n")
            text = "\n".join([*lines, draw(st.sampled_from(lines))])
    return PATHS[pattern], text


ANY = st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass"))


def refusal(kind, read, *given, told=str):
    """What is told where a reader refuses something in the one way that it may; nothing where it reads it."""
    try:
        read(*given)
    except kind as error:
        return safe(told(error))
    return ""


@many
@given(texts() | st.tuples(st.sampled_from(sorted(PATHS.values())), st.text(max_size=300)))
def test_a_file_is_a_record_or_has_a_sentence_with_its_line(drawn):
    path, text = drawn
    place = places.place_of(path)
    read = parse.tried(place.kind.type, place.placed, path, text)
    if isinstance(read, Bad):
        said = safe(read.sentence())
        assert said.startswith(path)
        assert "\n" not in said
        assert read.line is None or 1 <= read.line <= text.count("\n") + 1
    else:
        again = convert.merged(read.raw, read.record, read.record)
        assert tomli.loads(new(again)) == again or "nan" in text, "what was read can be written"


@st.composite
def three(draw):
    """Three versions of one file, of which some may be anything or nothing."""
    path, base = draw(texts())
    sides = [base.encode("utf-8", "surrogatepass")]
    for _ in range(2):
        other = draw(texts(base=base))[1].encode("utf-8", "surrogatepass")
        sides.append(draw(st.sampled_from([other, other, other, draw(ANY), None])))
    if draw(st.integers(0, 9)) == 0:
        sides[0] = None
    return draw(st.sampled_from([path, path, "2023-06-07-inaugural/minutes.md"])), *sides


def leaves(content):
    """What a document says, each value with where it stands."""

    def inside(path, value):
        if isinstance(value, dict):
            return {leaf for key, each in value.items() for leaf in inside((*path, key), each)}
        return {(path, repr(value))}

    return inside((), tomli.loads((content or b"").decode().removeprefix("\ufeff")))


@few
@given(three(), st.sampled_from([None, "ours", "theirs"]))
def test_a_merge_loses_nothing_in_silence_and_never_makes_what_is_not_valid(drawn, take):
    path, base, ours, theirs = drawn
    merged = merged_file(path, base, ours, theirs, take)
    assert isinstance(merged, Merged)
    if base == theirs or ours == theirs:
        assert merged == (ours, [])
    elif base == ours:
        assert merged == (theirs, [])
    elif merged.content is not None and places.is_place(path) and merged.content not in {ours, theirs}:
        place = places.place_of(path)
        text = merged.content.decode()
        read = parse.tried(place.kind.type, place.placed, path, text)
        assert not isinstance(read, Bad)
    if (ours is None or theirs is None) and ours != base != theirs != ours and not merged.conflicts:
        # A file that needs no key at all is gone as an empty one is: what is new on the other side is there.
        assert base is not None
        kept, added = leaves(merged.content), leaves(theirs if ours is None else ours)
        try:
            was = leaves(base)
        except ValueError:
            was = set()  # What was no document before either side says nothing that could have been kept.
        assert added - was <= kept, "a removal against a change"
    for one, other in ((ours, merged.content), (base, theirs)):
        for each in differences(path, one, other):
            safe(shown(each.before) + shown(each.after))


@many
@given(st.text(max_size=40) | NASTY)
def test_what_is_typed_as_a_date_or_a_time_is_one_or_is_refused(typed):
    for read in (lambda text: dates.parse_date(text, date(2023, 5, 9)), dates.parse_time):
        assert "\n" not in refusal(ValueError, read, typed)


@many
@given(st.text(max_size=40) | NASTY, st.lists(st.tuples(st.text(max_size=12), st.text(max_size=30)), max_size=5))
def test_what_is_typed_as_a_reference_fits_what_is_there_or_nothing(typed, records):
    candidates = [Candidate(id, name) for id, name in records]
    assert set(fitting(typed, candidates, begins=True).found) <= set(candidates)


@many
@given(
    ANY
    | texts().map(lambda drawn: drawn[1].encode("utf-8", "surrogatepass"))
    | st.lists(
        st.lists(
            st.sampled_from(["member", "sector", "person", "email", "a", '"', "charity", "\x00", ";"]), max_size=5
        ),
        max_size=5,
    ).map(lambda rows: "\n".join(",".join(row) for row in rows).encode())
)
def test_a_spreadsheet_is_read_or_refused_in_one_sentence(content):
    def read():
        return headings.sheet(importing.File("m.csv", content).table(), {}, "m.csv")

    assert "\n" not in refusal(SlavefreeError, read)


@many
@given(
    st.lists(
        st.sampled_from(
            [
                "<!-- slavefree people from=formal sha256=9f86d081884c7d65 -->",
                "<!-- slavefree end people -->",
                "<!-- slavefree end x -->",
                "text",
                "",
                "<!--slavefree",
                "\r",
                "\ufeff",
                "# 1. Welcome",
                "ACTION colin: x",
            ]
        ),
        max_size=12,
    ).map("\n".join)
)
def test_minutes_are_read_or_their_damage_is_told_with_its_line(text):
    said = refusal(owned.DamagedError, owned.parts, text, told=lambda error: str(error.line))
    assert not said or 1 <= int(said) <= text.count("\n") + 1
