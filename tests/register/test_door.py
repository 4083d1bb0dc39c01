"""What the door for writing refuses, and what it leaves behind."""

import pytest

from slavefree_cli.errors import ConflictError, SlavefreeError
from slavefree_cli.register import door, files
from slavefree_cli.register.desk import Desk


def test_a_change_that_rests_on_what_has_changed_meanwhile_is_refused(place):
    desk = Desk(str(place.register))
    before = desk.records.members["barnardos"]
    place.ok("member", "edit", "barnardos", "--email", "b@example.org")
    with pytest.raises(ConflictError, match="barnardos has changed meanwhile"), door.opened(desk, [before]):
        pytest.fail("the change was let through")


def test_where_one_of_several_files_cannot_be_written_nothing_is_left_of_the_others(tmp_path):
    (tmp_path / "first.toml").write_bytes(b"as it was")
    (tmp_path / "plain").write_bytes(b"a file where a folder should be")
    writes = [
        files.Write(str(tmp_path / "first.toml"), b"new", str(tmp_path)),
        files.Write(str(tmp_path / "made" / "second.toml"), b"new", str(tmp_path)),
        files.Write(str(tmp_path / "plain" / "third.toml"), b"new", str(tmp_path)),
    ]
    with pytest.raises(SlavefreeError, match="nothing is changed"):
        files.write_all(writes)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["first.toml", "plain"]
    assert (tmp_path / "first.toml").read_bytes() == b"as it was"
