"""A register made from nothing by commands alone: every answer holds what was put in, one commit a command."""

SECTORS = ["police", "local-authority", "charity", "health", "education"]


def test_a_register_made_from_nothing(empty):
    commits = 1
    empty.ok("init", "--name", "Test Partnership", "--email", "coordinator@example.org")

    def made(*arguments):
        nonlocal commits
        commits += 1
        return empty.ok(*arguments, "--json").item

    for number in range(10):
        item = made("member", "add", f"Member {number}", "--sector", SECTORS[number % 5], "--joined", "2023-01-09")
        assert (item["id"], item["name"], item["joined"]) == (f"member-{number}", f"Member {number}", "2023-01-09")
        assert item["sector"] == SECTORS[number % 5]
    for number in range(20):
        item = made(
            "person", "add", f"Person {number}", "--of", f"member-{number % 10}", "--email", f"p{number}@example.org"
        )
        assert list(item["represents"]) == [f"member-{number % 10}"]
    meetings = []
    for month in (6, 9, 12):
        item = made(
            "meeting",
            "add",
            f"Meeting {month}",
            "--date",
            f"2023-{month:02}-07",
            "--start",
            "14:00",
            "--agenda",
            "none",
        )
        assert (item["date"], item["start"], item["timezone"]) == (f"2023-{month:02}-07", "14:00:00", "Europe/London")
        meetings.append(item["id"])
    meetings.append(made("meeting", "add", "All day", "--date", "2024-01-10", "--agenda", "none")["id"])
    for number in range(30):
        item = made(
            "agenda",
            "add",
            meetings[number % 4],
            f"Item {number}",
            "--minutes",
            "10",
            "--lead",
            f"person-{number % 20}",
        )
        assert (item["title"], item["minutes"], item["lead"]) == (f"Item {number}", 10, f"person-{number % 20}")
    codes = set()
    for number in range(25):
        item = made(
            "action", "add", f"Action {number}", "--owner", f"person-{number % 20}", "--due", "2023-09-01",
            "--meeting", meetings[number % 4], "--item", "1", "--with", f"member-{number % 10}",
        )  # fmt: skip
        assert (item["title"], item["owner"], item["with"]) == (
            f"Action {number}",
            f"person-{number % 20}",
            [f"member-{number % 10}"],
        )
        assert item["meeting"] == meetings[number % 4]
        codes.add(item["id"])
    assert len(codes) == 25

    assert len(empty.ok("action", "list", "--json").items) == 25
    assert len(empty.ok("member", "list", "--json").items) == 10
    assert len(empty.ok("person", "list", "--json").items) == 20
    agenda = empty.ok("agenda", "show", meetings[0], "--json").item
    assert [item["starts"] for item in agenda["items"]][:3] == ["14:00:00", "14:10:00", "14:20:00"]
    assert empty.ok("check").out == ""
    assert len(empty.messages()) == commits
    assert empty.git("status", "--porcelain") == ""


def test_an_action_from_promise_to_done(place):
    code = place.ok("action", "add", "Map the responders", "--owner", "colin", "--due", "1 June 2023", "--json").item[
        "id"
    ]
    place.refused(2, "action", "edit", code, "--due", "2023-09-01")
    place.ok("action", "edit", code.upper(), "--due", "2023-09-01", "--because", "the list is late")
    place.ok("action", "note", code[:4], "List requested")
    item = place.ok("action", "done", "map", "--note", "Published", "--json").item
    assert (item["status"], item["closed"]) == ("done", "2023-05-09")
    assert sorted(note["kind"] for note in item["notes"].values()) == ["closing", "due", "progress"]
    place.refused(4, "action", "done", code)
    assert place.ok("action", "list", "--json").items == []
    assert [each["id"] for each in place.ok("action", "list", "--done", "--json").items] == [code]
    assert place.messages()[-1] == f"Close action {code.upper()}: Map the responders"


def test_a_meeting_moves_and_is_cancelled(place):
    moved = place.ok("meeting", "move", "next", "--date", "2023-06-14", "--start", "10:00", "--json").item
    assert (moved["id"], moved["date"], moved["start"], moved["end"]) == (
        "2023-06-07-inaugural", "2023-06-14", "10:00:00", "12:00:00",
    )  # fmt: skip
    place.refused(2, "meeting", "cancel", "next", "--reason", "Chair unwell")
    place.ok("meeting", "cancel", "next", "--reason", "Chair unwell", "--yes")
    place.refused(3, "meeting", "show", "next")
    place.refused(4, "agenda", "add", "inaugural", "One more item")


def test_attendance_and_quorum(place):
    place.ok("partnership", "edit", "--quorum", "2", "--quorum-sector", "police")
    later = {"SOURCE_DATE_EPOCH": "1686200000"}
    place.ok("person", "add", "Sam Guest", "--of", "essex-police", "--deputy")
    place.ok(
        "attendance",
        "record",
        "inaugural",
        "--deputy",
        "sam=colin",
        "--present",
        "julie",
        "--video",
        "julie",
        env=later,
    )
    item = place.ok("attendance", "show", "inaugural", "--json").item
    assert item["quorum"] == {
        "members": 2, "sectors": ["police"], "present": 2, "missing": [], "met": True, "decisions": [],
    }  # fmt: skip
    people = {each["person"]: each for each in item["people"]}
    assert people["colin-cox"]["outcome"] == "apologies"
    assert (people["sam-guest"]["deputy_for"], people["sam-guest"]["representing"]) == ("colin-cox", "essex-police")
    assert people["julie-young"]["by_video"] is True
    assert place.ok("meeting", "show", "inaugural", "--json").item["status"] == "held"


def test_status_says_what_to_do_now(place):
    place.ok("action", "add", "Late", "--owner", "colin", "--due", "2023-05-01")
    codes = [need["code"] for need in place.ok("status", "--json").items]
    assert codes[:3] == ["overdue", "next-meeting", "invitation"]


def test_invitation_and_minutes_of_the_first_meeting(place):
    place.ok("invite", "make", "inaugural")
    place.ok("minutes", "draft", "inaugural")
    before = place.files(), place.head()
    place.ok("invite", "make", "inaugural", env={"SOURCE_DATE_EPOCH": "1683722800"})
    place.ok("minutes", "draft", "inaugural")
    assert (place.files(), place.head()) == before
    minutes = place.register / "2023-06-07-inaugural" / "minutes.md"
    minutes.write_text(minutes.read_text() + "\nIt was noted.\n")
    place.refused(5, "minutes", "draft", "inaugural")
