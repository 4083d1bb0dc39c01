"""Whatever one clone restricts and another does with the same at that time: nothing restricted is open afterwards."""

import pytest

from conftest import clone

MEETING = "2023-06-07-inaugural"


@pytest.fixture
def three(clones, tmp_path):
    """Sam and Kim with the restricted part, which is exchanged, and Ann without it."""
    sam, kim = clones
    sam.ok("action", "add", "Something restricted", "--owner", "colin", "--restricted")
    sam.ok("sync")
    sam.ok("restricted", "share", str(tmp_path / "narrow.git"))
    kim.ok("sync")
    kim.ok("restricted", "fetch", str(tmp_path / "narrow.git"))
    return sam, kim, clone(tmp_path, "Ann")


def shown(place):
    """Return the open files of a clone that say what must not get out, in its work tree and in its last commit."""
    found = [name for name, content in place.files().items() if b"CANARY" in content and "restricted/" not in name]
    tracked = place.git("ls-tree", "-r", "--name-only", "HEAD").splitlines()
    return found + [path for path in tracked if "CANARY" in place.git("show", f"HEAD:{path}")]


def secrets(place):
    """Return all that the restricted files of a clone say, and what git keeps of them as it is."""
    return "".join(content.decode(errors="replace") for name, content in place.files().items() if "restricted/" in name)


def make(place, kind):
    """Make an open record of a kind, with a canary in it, and return what it is named by."""
    if kind == "item":
        place.ok("agenda", "add", MEETING, "CANARY", "--lead", "colin", "--minutes", "20")
        return "canary"
    more = ("--owner", "colin") if kind == "action" else ("--meeting", MEETING)
    return place.ok(kind, "add", "CANARY", *more, "--json").item["id"]


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


def edit(place, kind, id):
    if kind == "action":
        place.ok("action", "note", id, "CANARY EDITED")
    elif kind == "decision":
        path = next(place.register.glob(f"decisions/*/{id}.toml"))
        path.write_text(path.read_text().replace("CANARY", "CANARY EDITED"))
        place.ok("commit")
    else:
        place.ok("agenda", "edit", MEETING, id, "--title", "CANARY EDITED", "--minutes", "35")


@pytest.mark.parametrize("first", ["restricts", "edits"])
@pytest.mark.parametrize("other", ["kim", "ann"])
@pytest.mark.parametrize("kind", ["action", "decision", "item"])
def test_what_one_restricts_and_another_edits_is_restricted_with_the_edit(three, tmp_path, kind, other, first):
    sam, kim, ann = three
    editor = kim if other == "kim" else ann
    id = make(sam, kind)
    sam.ok("sync")
    editor.ok("sync")
    restrict(sam, kind, id)
    edit(editor, kind, id)
    for place in (sam, editor) if first == "restricts" else (editor, sam):
        place.ok("sync")
    for place in (sam, editor, sam, kim, ann):
        place.ok("sync")
    if other == "ann":
        ann.ok("restricted", "fetch", str(tmp_path / "narrow.git"))
        sam.ok("sync")
    for place in three:
        assert shown(place) == []
        assert place.git("status", "--porcelain") == ""
        place.ok("check")
    assert "CANARY EDITED" in secrets(sam)
    assert sam.head() == kim.head() == ann.head()
    if kind == "item":
        item = sam.ok("agenda", "show", MEETING, "--json").item["items"][-1]
        assert (item["title"], item["minutes"], item["reason"]) == ("CANARY EDITED", 35, "Because")
