"""Which record is meant, and what is offered, follow from the table of kinds."""

import pytest

from slavefree_cli.errors import NotFoundError
from slavefree_cli.model.kinds import Records, RestrictedRecords, every_kind
from slavefree_cli.register.desk import Desk
from slavefree_cli.register.restricted import WholeDesk
from slavefree_cli.work.records import find


@pytest.fixture
def desk(place):
    place.ok("group", "add", "Board")
    for title, *options in (("Map",), ("Write it", "--restricted"), ("Close",)):
        place.ok("action", "add", title, "--owner", "colin", *options)
    place.ok("action", "done", "close")
    place.ok("decision", "add", "Agreed\nby all.", "--meeting", "inaugural")
    return WholeDesk(str(place.register))


@pytest.mark.parametrize("kind", [each for each in every_kind() if each.is_named and each.called], ids=repr)
def test_a_record_of_every_kind_that_has_a_name_is_found_by_it(desk, kind):
    for record in desk.reader.all(kind).values():
        assert find.any_of(desk, kind.name(record)) is record
        assert find.one_of(desk, kind.name(record), kind) is record


def test_what_fits_none_says_which_command_lists_them(desk):
    for kind in (Records.members, Records.groups, Records.decisions):
        with pytest.raises(NotFoundError, match=rf"No {kind.noun} fits 'zzz'. See: slavefree {kind.noun} list"):
            find.one_of(desk, "zzz", kind)
    with pytest.raises(NotFoundError, match=r"No member or person fits 'zzz'. See: slavefree member list"):
        find.party(desk, "zzz")
    with pytest.raises(NotFoundError, match=r"No record fits 'zzz'. See: slavefree log"):
        find.any_of(desk, "zzz")


def test_what_is_offered_is_on_one_line_and_open(desk):
    assert [name for _, name in find.offered(desk, Records.decisions)] == ["Agreed by all."]
    both = (Records.actions, RestrictedRecords.actions)
    assert [name for _, name in find.offered(desk, *both)] == ["Map", "Write it"]
    assert ("colin-cox", "Colin Cox") in find.offered(desk, Records.members, Records.people)


def test_from_the_open_tree_nothing_restricted_is_offered(desk):
    with pytest.raises(TypeError):
        find.offered(Desk(desk.root), RestrictedRecords.actions)
