"""One command, one commit, of only what it changed."""


def test_what_was_staged_elsewhere_stays_staged(place):
    (place.folder / "other.txt").write_text("staged\n")
    place.git("add", "other.txt")
    place.ok("member", "add", "Justice and Care", "--sector", "charity")
    assert place.git("diff", "--cached", "--name-only") == "other.txt\n"
    assert "other.txt" not in place.git("show", "--name-only", "HEAD")


def test_a_hand_edit_is_first_committed_by_itself(place):
    path = place.register / "members" / "barnardos.toml"
    path.write_text("# ask for Jo\n" + path.read_text())
    place.ok("member", "edit", "barnardos", "--email", "b@example.org")
    assert place.messages()[-2:] == ["Edited by hand: members/barnardos.toml", "Change member Barnardo's"]
    assert path.read_text().startswith("# ask for Jo\n")


def test_our_commits_carry_a_trailer_and_no_address(place):
    place.ok("action", "add", "Write to jo@example.org", "--owner", "colin")
    message = place.git("log", "-1", "--format=%B")
    assert "Slavefree-Command: action add" in message
    assert "example.org" not in message


def test_a_clone_without_the_restricted_folder_works(place):
    place.ok("agenda", "add", "inaugural", "Secret", "--restricted", "Because")
    place.ok("action", "add", "Secret action", "--owner", "colin", "--restricted")
    import shutil

    shutil.rmtree(place.register / "restricted")
    assert place.ok("action", "list", "--json").items == []
    assert "Restricted item" in place.ok("agenda", "show", "inaugural").out
    place.ok("check")
    place.ok("action", "add", "Open action", "--owner", "colin")


def test_the_log_of_one_record(place):
    place.ok("member", "edit", "barnardos", "--email", "b@example.org")
    items = place.ok("log", "barnardos", "--json").items
    assert [each["message"] for each in items] == ["Change member Barnardo's", "Add member Barnardo's"]
    assert items[0]["who"] == "Sam Reed"
    assert items[0]["command"] == "member edit"


def test_nothing_to_change_makes_no_commit(place):
    before = place.head()
    place.ok("member", "edit", "barnardos", "--sector", "charity")
    assert place.head() == before


def test_modes_and_links_within_the_register_are_kept(place):
    path = place.register / "members" / "barnardos.toml"
    real = path.with_name("real-barnardos.txt")
    path.rename(real)
    real.chmod(0o640)
    path.symlink_to(real.name)
    place.ok("member", "edit", "barnardos", "--email", "b@example.org")
    assert path.is_symlink()
    assert real.stat().st_mode & 0o777 == 0o640
    assert 'email = "b@example.org"' in real.read_text()


def test_no_commit_saves_without_one(place):
    before = place.head()
    place.ok("--no-commit", "member", "add", "Justice and Care", "--sector", "charity")
    assert place.head() == before
    assert (place.register / "members" / "justice-and-care.toml").exists()


def test_a_lock_left_from_before_git_was_there_goes(place):
    place.ok("member", "edit", "barnardos", "--email", "b@example.org", env={"GIT_DIR": "/nonexistent"})
    assert (place.register / ".slavefree.lock").exists()
    place.ok("member", "edit", "barnardos", "--email", "c@example.org")
    assert place.git("status", "--porcelain") == ""
