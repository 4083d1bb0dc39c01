"""Files for other people's programs to read, and what they must see in them."""

import os
import pickle

import filelock
import pytest

import nasty


@pytest.fixture(scope="session")
def files(tmp_path_factory):
    """Every file that can be made from the nasty register, in five zones."""
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent  # of all the processes that share the tests: the first that comes makes them
    with filelock.FileLock(folder / "nasty.lock"):
        kept = folder / "nasty.pickle"
        if not kept.exists():
            places = [nasty.made(folder / "nasty" / zone.replace("/", "-"), zone) for zone in nasty.DAYS]
            kept.write_bytes(pickle.dumps([file for place in places for file in place.files]))
        return pickle.loads(kept.read_bytes())


@pytest.fixture(scope="session")
def story(tmp_path_factory):
    """What one person gets of one meeting: asked, told of another agenda, moved, moved back, called off."""
    zone, id = "Europe/London", "2026-03-28-m"
    place = nasty.started(tmp_path_factory.mktemp("story") / "place", zone)
    out = place.folder / "out"
    out.mkdir()
    changes = [
        ("meeting", "show", id, "--json"),
        ("agenda", "add", id, "Another item"),
        ("meeting", "move", id, "--date", "2026-03-29"),
        ("meeting", "move", id, "--date", "2026-03-28"),
        ("meeting", "cancel", id, "--reason", "Snow", "--yes"),
    ]
    got = []
    for change in changes:
        place.run(change, ("invite", "make", id, "--each", "--to", str(out)))
        got.append((out / f"{id}-jane.ics").read_bytes().decode())
    return got


@pytest.fixture(scope="session")
def taken_off(tmp_path_factory):
    """What one person gets who is asked and then taken off the list, while the meeting stays."""
    id = "2026-03-28-m"
    place = nasty.started(tmp_path_factory.mktemp("off") / "place", "Europe/London")
    out = place.folder / "out"
    out.mkdir()
    got = []
    for change in (("meeting", "show", id, "--json"), ("invite", "remove", id, "jane")):
        place.run(change, ("invite", "make", id, "--each", "--to", str(out)))
        got.append((out / f"{id}-jane.ics").read_bytes().decode())
    return got


@pytest.fixture(scope="session")
def differences():
    """A function from files and what a program read in each to what it read otherwise than it must."""

    def tell(files, read):
        assert len(files) == len(read)
        found = {}
        for file, seen in zip(files, read, strict=True):
            wanted = {"method": file.method, "events": file.events}
            if seen != wanted:
                found[file.name] = (seen, wanted)
        return found

    return tell


@pytest.fixture(scope="session")
def missing():
    """Say that a program is not here: a skip, or a failure where SLAVEFREE_INTEROP=required."""

    def say(reason):
        if os.environ.get("SLAVEFREE_INTEROP") == "required":
            pytest.fail(reason)
        pytest.skip(reason)

    return say
