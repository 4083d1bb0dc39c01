"""The strict checker of our own, over every file of the nasty register."""

from strict_ics import faults


def test_no_file_has_a_fault(files):
    assert {file.name: found for file in files if (found := faults(file.data))} == {}


def test_there_are_files_of_every_kind(files):
    assert {file.method for file in files} == {"PUBLISH", "REQUEST", "CANCEL"}
    assert sum(len(file.events) for file in files) > 300


def test_nobody_sees_anybody_elses_address(files):
    for file in files:
        own = {each["address"] for event in file.events for each in event["attendees"]}
        text = file.data.replace(b"\r\n ", b"").decode()
        found = {f"mailto:{name}" for name in ("jane", "team", "zoe", "brien", "fatima", "long") if f"{name}@" in text}
        assert {each + "@example.org" for each in found} == own
