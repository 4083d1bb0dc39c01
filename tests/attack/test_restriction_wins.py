"""Whatever one clone restricts and another does with the same at that time: nothing restricted is open afterwards."""

import shutil

import pytest
import tomli

from conftest import Place, clone

MEETING = "2023-06-07-inaugural"


@pytest.fixture(scope="session")
def _three(tmp_path_factory, _cloned):
    folder = copied(_cloned, tmp_path_factory.mktemp("three"))
    sam, kim = (of(folder, name) for name in ("Sam", "Kim"))
    for kind in ("action", "decision", "item"):
        make(sam, kind)
    sam.ok("action", "add", "Something restricted", "--owner", "colin", "--restricted")
    sam.ok("sync")
    sam.ok("restricted", "share", str(folder / "narrow.git"))
    kim.ok("sync")
    kim.ok("restricted", "fetch", str(folder / "narrow.git"))
    clone(folder, "Ann")
    return folder


@pytest.fixture
def three(tmp_path, _three):
    """Sam and Kim with the restricted part, which is exchanged, and Ann without it; each with one of each kind."""
    copied(_three, tmp_path)
    return tuple(of(tmp_path, name) for name in ("Sam", "Kim", "Ann"))


def copied(folder, to):
    """Copy clones and what they exchange through, and have them do so there."""
    shutil.copytree(folder, to, symlinks=True, dirs_exist_ok=True)
    for config in to.glob("*/**/.git/config"):
        config.write_text(config.read_text().replace(str(folder), str(to)))
    return to


def of(folder, name):
    place = Place(folder / name.lower(), folder / "home")
    place.env.update(GIT_AUTHOR_NAME=name, GIT_COMMITTER_NAME=name)
    return place


def shown(place, kind):
    """Return the open files of a clone that say what must not get out, in its work tree and in its last commit."""
    files = {name: content.decode() for name, content in place.files().items() if "restricted/" not in name}
    found = [name for name, content in files.items() if canary(kind) in content]
    tracked = place.git("ls-tree", "-r", "--name-only", "HEAD").splitlines()
    return found + [path for path in tracked if canary(kind) in place.git("show", f"HEAD:{path}")]


def canary(kind):
    return f"CANARY {kind}"


def secrets(place):
    """Return all that the restricted files of a clone say, and what git keeps of them as it is."""
    return "".join(content.decode(errors="replace") for name, content in place.files().items() if "restricted/" in name)


def make(place, kind):
    """Make an open record of a kind, with a canary in it."""
    if kind == "item":
        place.ok("agenda", "add", MEETING, canary(kind), "--lead", "colin", "--minutes", "20")
    else:
        place.ok(kind, "add", canary(kind), *(("--owner", "colin") if kind == "action" else ("--meeting", MEETING)))


def made(place, kind):
    """Return what that record is named by."""
    if kind == "item":
        return "canary-item"
    return next(path for path in place.register.glob(f"{kind}s/*/*.toml") if canary(kind) in path.read_text()).stem


def restrict(place, kind, id):
    if kind == "item":
        return place.ok("agenda", "edit", MEETING, id, "--restricted", "Because", "--json").item["id"]
    if kind == "action":
        place.ok("action", "edit", id, "--restricted")
        return id
    # Decisions are moved by hand.
    path = place.register / "decisions" / "2023" / f"{id}.toml"
    to = place.register / "restricted" / "decisions" / "2023" / path.name
    to.parent.mkdir(parents=True, exist_ok=True)
    path.rename(to)
    place.ok("commit")
    return id


def opening(kind, id):
    if kind == "action":
        return "action", "edit", id, "--no-restricted"
    return "agenda", "edit", MEETING, id, "--restricted", ""


def edit(place, kind, id):
    if kind == "action":
        place.ok("action", "note", id, f"{canary(kind)} EDITED")
    elif kind == "decision":
        path = next(place.register.glob(f"decisions/*/{id}.toml"))
        path.write_text(path.read_text().replace(canary(kind), f"{canary(kind)} EDITED"))
        place.ok("commit")
    else:
        place.ok("agenda", "edit", MEETING, id, "--title", f"{canary(kind)} EDITED", "--minutes", "35")


def exchange(*places):
    for place in places:
        place.ok("sync")


def held(kind, *places):
    """Have everybody exchange everything, and assert that nothing restricted is open and all have the same."""
    exchange(*places, *places)
    for place in places:
        assert shown(place, kind) == []
        assert place.git("status", "--porcelain") == ""
        place.ok("check")
    assert len({place.head() for place in places}) == 1


@pytest.mark.parametrize("first", ["restricts", "edits"])
@pytest.mark.parametrize("other", ["kim", "ann"])
@pytest.mark.parametrize("kind", ["action", "decision", "item"])
def test_what_one_restricts_and_another_edits_is_restricted_with_the_edit(three, tmp_path, kind, other, first):
    sam, kim, ann = three
    editor = kim if other == "kim" else ann
    id = made(sam, kind)
    restrict(sam, kind, id)
    edit(editor, kind, id)
    exchange(*((sam, editor) if first == "restricts" else (editor, sam)))
    held(kind, sam, kim, ann)
    if other == "ann":
        # Two histories that have nothing in common, record by record.
        ann.ok("restricted", "fetch", str(tmp_path / "narrow.git"))
        held(kind, sam, kim, ann)
    assert f"{canary(kind)} EDITED" in secrets(sam)
    if kind == "item":
        item = next(each for each in sam.ok("agenda", "show", MEETING, "--json").item["items"] if each["restricted"])
        assert (item["title"], item["minutes"], item["reason"]) == (f"{canary(kind)} EDITED", 35, "Because")


@pytest.mark.parametrize("other", ["kim", "ann"])
def test_what_hangs_on_an_item_that_another_restricts_follows_it(three, other):
    sam, kim, ann = three
    editor = kim if other == "kim" else ann
    on = ("--meeting", MEETING, "--item", "canary-item")
    editor.ok("action", "add", "CANARY item hangs", "--owner", "colin", *on)
    editor.ok("decision", "add", "CANARY item hangs", *on)
    editor.ok("attendance", "record", MEETING, "--present", "julie", "--late", "julie=canary-item")
    editor.ok("agenda", "edit", MEETING, "canary-item", "--paper", "https://example.org/CANARY%20item")
    editor.ok("invite", "make", MEETING)
    slug = restrict(sam, "item", "canary-item")
    exchange(sam, editor)
    held("item", sam, kim, ann)
    assert secrets(editor).count(f'item = "{slug}"') == 2
    assert "https://example.org/CANARY%20item" in secrets(editor)
    attendance = tomli.loads((ann.register / MEETING / "attendance.toml").read_text())
    assert attendance["people"]["julie-young"]["arrived"] == slug


def test_what_was_typed_by_hand_is_told_with_its_line_and_stays(three):
    sam, _, ann = three
    ann.ok("minutes", "draft", MEETING)
    minutes = ann.register / MEETING / "minutes.md"
    minutes.write_text(minutes.read_text() + "The CANARY item was said by hand\n")
    ann.ok("commit")
    restrict(sam, "item", "canary-item")
    sam.ok("sync")
    answer = ann.ok("sync")
    lines = minutes.read_text().splitlines()
    assert [line for line in lines if canary("item") in line] == ["The CANARY item was said by hand"]
    assert (
        f"minutes.md, line {lines.index('The CANARY item was said by hand') + 1}: says what item canary-item is"
        in answer.err
    )


@pytest.mark.parametrize("take", ["ours", "theirs"])
@pytest.mark.parametrize("kind", ["action", "item"])
def test_no_word_that_counts_opens_what_one_side_restricted(three, kind, take):
    sam, kim, ann = three
    id = made(sam, kind)
    title = {"action": ("action", "edit"), "item": ("agenda", "edit", MEETING)}[kind]
    now = restrict(sam, kind, id)
    sam.ok(*title, now, "--title", f"{canary(kind)} of Sam")
    kim.ok(*title, id, "--title", f"{canary(kind)} of Kim")
    sam.ok("sync")
    assert kim.run("sync").code == 5
    kim.ok("sync", "--take", take)
    held(kind, kim, sam, ann)
    assert f"{canary(kind)} of {'Kim' if take == 'ours' else 'Sam'}" in secrets(sam)


def test_two_restricted_histories_conflict_like_any_other_and_are_settled_by_one_word(three, tmp_path):
    sam, _, ann = three
    id = made(sam, "action")
    restrict(sam, "action", id)
    sam.ok("action", "edit", id, "--title", "CANARY action of Sam")
    ann.ok("action", "edit", id, "--title", "CANARY of Ann")
    sam.ok("sync")
    ann.ok("sync")
    answer = ann.run("restricted", "fetch", str(tmp_path / "narrow.git"))
    assert answer.code == 5
    assert "CANARY action of Sam" in answer.out + ann.run("sync").out
    ann.ok("sync", "--take", "ours")
    sam.ok("sync")
    assert sam.ok("action", "show", id, "--json").item["title"] == "CANARY of Ann"


def opened(place, kind, id, way):
    opening = {
        "action": ("action", "edit", id, "--no-restricted"),
        "item": ("agenda", "edit", MEETING, id, "--restricted", ""),
    }
    place.ok(*(opening[kind] if way == "command" else ("undo",)), "--yes")


@pytest.mark.parametrize("way", ["command", "undo"])
@pytest.mark.parametrize("kind", ["action", "item"])
def test_what_one_opens_and_another_changes_stays_restricted_and_that_is_said(three, kind, way):
    sam, kim, ann = three
    id = restrict(sam, kind, made(sam, kind))
    exchange(sam, kim, ann)
    opened(sam, kind, id, way)
    edit(kim, kind, id)
    sam.ok("sync")
    assert "stays restricted" in kim.ok("sync").err
    held(kind, sam, kim, ann)
    assert f"{canary(kind)} EDITED" in secrets(sam)


@pytest.mark.parametrize("way", ["command", "undo"])
@pytest.mark.parametrize("kind", ["action", "item"])
def test_what_nobody_changed_meanwhile_is_open_with_all(three, kind, way):
    sam, kim, ann = three
    id = restrict(sam, kind, made(sam, kind))
    exchange(sam, kim, ann)
    opened(sam, kind, id, way)
    kim.ok("member", "edit", "barnardos", "--email", "post@example.org")
    exchange(sam, kim, ann, sam)
    assert not list(kim.register.glob(f"restricted/actions/*/{id}.toml"))
    for place in three:
        assert shown(place, kind)
        place.ok("check")


def test_an_undo_that_is_undone_restricts_again_whatever_the_other_wrote(three):
    sam, kim, ann = three
    kind = "action"
    id = made(sam, "action")
    restrict(sam, "action", id)
    sam.ok("undo", "--yes")
    exchange(sam, ann)
    sam.ok("undo", "--yes")
    edit(ann, "action", id)
    exchange(sam, ann)
    held(kind, sam, kim, ann)
    assert f"{canary(kind)} EDITED" in secrets(ann)


def test_opening_what_another_clone_restricted_asks_and_says_what_comes_out(three):
    sam, kim, _ = three
    id = made(sam, "action")
    restrict(sam, "action", id)
    slug = restrict(sam, "item", "canary-item")
    exchange(sam, kim)
    edit(kim, "action", id)
    for command in (opening("action", id), opening("item", slug)):
        answer = kim.run(*command)
        assert (answer.code, answer.out) == (2, "")
        assert "in another clone" in answer.err
    assert "a note: CANARY action EDITED" in kim.run("action", "edit", id, "--no-restricted").err
    sam.ok("agenda", "edit", MEETING, slug, "--restricted", "")
    answer = kim.ok("action", "edit", id, "--no-restricted", "--yes")
    assert answer.err.index("CANARY action EDITED") < answer.err.index("Changed action")


def test_the_place_of_a_restricted_item_stays_where_its_other_half_is_not(three):
    sam, _, ann = three
    slug = restrict(sam, "item", "canary-item")
    exchange(sam, ann)
    assert "restricted fetch" in ann.refused(5, "agenda", "remove", MEETING, slug, "--yes")


def test_what_names_a_restricted_record_that_is_elsewhere_is_no_error(three):
    sam, _, ann = three
    old = made(sam, "decision")
    new = sam.ok("decision", "add", "Another", "--meeting", MEETING, "--supersedes", old, "--json").item["id"]
    restrict(sam, "decision", old)
    exchange(sam, ann)
    ann.ok("check")
    assert ann.ok("decision", "show", new, "--json").item["supersedes"] == old
    ann.ok("decision", "withdraw", new)
