"""The table of kinds: what is needed of each is there, and a new kind is one entry."""

from datetime import date
from typing import Annotated

import pytest
import tomli

from slavefree_cli.errors import InvalidError
from slavefree_cli.model import kinds
from slavefree_cli.model.kinds import Kind, Records, RestrictedRecords, Tree, every_kind, kind_of, shares_ids
from slavefree_cli.model.mentions import mentions, refs_in, renamed
from slavefree_cli.model.record import ITEM, MemberId, Record, Ref
from slavefree_cli.register import door, places
from slavefree_cli.register.desk import Desk
from slavefree_cli.register.merge.file import merged_file


@pytest.mark.parametrize("kind", every_kind(), ids=lambda kind: kind.place)
class TestEachKind:
    def test_has_fields_for_what_its_place_and_its_name_say(self, kind):
        fields = kind.type.__struct_fields__
        assert kind.called is None or kind.called in fields
        assert {"id", "of"} & set(fields) >= {"of"} if "{of}" in kind.place else True
        assert ("{year}" in kind.place) == (kind.type.year is not Record.year)
        assert kind.is_single or "{id}" in kind.place
        assert kind.restricted == kind.place.startswith(kinds.RESTRICTED)

    def test_names_only_kinds_that_there_are(self, kind):
        named = {each.noun for each in every_kind() if each.is_named}
        assert {noun for ref in refs_in(kind.type) if ref is not ITEM for noun in ref.nouns} <= named
        assert ITEM not in refs_in(kind.type) or kind.type.of_meeting is not Record.of_meeting

    def test_has_a_place_that_is_no_other_kinds(self, kind):
        meeting = "2023-06-07-x"
        path = kind.place.format(id=meeting if "{id}/" in kind.place else "x1y2z", year=2023, of=meeting)
        found = places.place_of(path)
        assert found is not None
        assert found.kind is kind


def test_an_open_desk_cannot_read_what_is_restricted(place):
    reader = Desk(str(place.register)).reader
    for kind in RestrictedRecords.kinds():
        with pytest.raises(TypeError, match="is restricted"):
            RestrictedRecords(reader).all(kind)


class Indicator(Record, frozen=True, kw_only=True):
    """A figure that is followed over time, in a test."""

    name: str
    keeper: MemberId
    follows: Annotated[str, Ref("indicator")] | None = None
    since: date


@pytest.fixture
def with_indicators(monkeypatch):
    """The table with one more entry."""
    entry = Kind(Indicator, "indicator", "indicators", "indicators/{id}.toml", called="name")
    entry.__set_name__(Records, "indicators")
    monkeypatch.setattr(Records, "indicators", entry, raising=False)
    kinds.kind_for.cache_clear()
    yield entry
    kinds.kind_for.cache_clear()


def test_a_new_kind_is_one_entry_and_all_the_rest_follows(place, with_indicators):
    desk = Desk(str(place.register), command="test")
    made = Indicator(id="referrals", name="Referrals", keeper="essex-police", since=date(2023, 1, 1))

    # Reading and saving.
    with door.change(desk, "Add an indicator") as change:
        change.save(made)
    path = place.register / "indicators" / "referrals.toml"
    assert tomli.loads(path.read_text()) == {"name": "Referrals", "keeper": "essex-police", "since": made.since}
    assert dict(desk.records.all(with_indicators)) == {"referrals": made}
    assert kind_of(made) is with_indicators

    # What it names is checked, by the door and by check, and so is its name.
    refused = pytest.raises(InvalidError, match="keeper names 'nobody', and there is no such member")
    with refused, door.change(desk, "Change it") as change:
        change.save(Indicator(id="x", name="Other", keeper="nobody", since=made.since))
    path.with_name("Bad Name.toml").write_text(path.read_text().replace("Referrals", "Bad"))
    path.with_name("other.toml").write_text(path.read_text().replace("Referrals", "Other") + 'follows = "gone"\n')
    codes = {each["code"] for each in place.run("check", "--json").items}
    assert {"file-name", "unknown-reference"} <= codes
    path.with_name("Bad Name.toml").unlink()
    path.with_name("other.toml").unlink()

    # A new id reaches what names it.
    assert shares_ids(with_indicators) == {"indicator"}
    assert [(each.key, each.id) for each in mentions(made)] == [("keeper", "essex-police")]
    assert renamed(made, "member", "essex-police", "essex").keeper == "essex"

    # Two histories of one meet, and the history names it.
    base = path.read_bytes()
    ours, theirs = base.replace(b"Referrals", b"All referrals"), base.replace(b"2023-01-01", b"2022-01-01")
    merged = merged_file("indicators/referrals.toml", base, ours, theirs)
    assert merged.content == ours.replace(b"2023-01-01", b"2022-01-01")
    assert places.named("indicators/referrals.toml") == "indicator referrals"
    # What is no key of it is noted, and what is no valid one is an error.
    path.write_text(path.read_text() + "odd = 1\n")
    assert "odd is a key that this program does not know" in place.run("check").out
    path.write_text("name = 1\n")
    assert "name must be text in quotes" in place.run("check").out


def test_a_tree_in_memory_and_one_with_changes():
    first = Indicator(id="a", name="A", keeper="x", since=date(2023, 1, 1))
    tree = Records.holding(members={"x": first})
    assert isinstance(tree, Tree)
    changed = tree.with_changes({Records.members: {"x": None, "y": first}})
    assert (set(tree.members), set(changed.members)) == ({"x"}, {"y"})
