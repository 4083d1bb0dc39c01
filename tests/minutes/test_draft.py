"""Minutes drafted: what stands in them, and that nothing typed can become markup."""

import subprocess
import sys

import pytest

from drafted_minutes import AUTUMN
from slavefree_cli.minutes.owned import parts

LATER = {"SOURCE_DATE_EPOCH": "1686300000"}  # Friday 9 June 2023


def drafted(place, *arguments, **options):
    place.ok("minutes", "draft", "2023-06-07", *arguments, **options)
    return (place.register / "2023-06-07-inaugural" / "minutes.md").read_text()


def owned(text):
    """Return what stands in each part that the program owns."""
    return {each.name: each.body for each in parts(text)}


def test_a_meeting_that_has_not_been_recorded_yet(place):
    text = drafted(place)
    assert owned(text)["heading"].split("\n\n") == [
        "# Colchester Anti-Slavery Partnership: Inaugural meeting", "Wednesday 7 June 2023, 14:00 to 16:00",
        "Venue: to be confirmed",
    ]  # fmt: skip
    assert "Attendance has not been recorded yet." in text
    assert "No action from an earlier meeting is open." in text
    assert owned(text)["next-meeting"] == "to be confirmed"


def test_the_people_block_has_the_chair_first_and_deputies_named(place):
    place.ok("meeting", "edit", "inaugural", "--chair", "julie")
    place.ok("person", "add", "Sam Guest", "--of", "essex-police", "--deputy")
    place.ok("partnership", "edit", "--quorum", "2")
    place.ok(
        "attendance", "record", "inaugural", "--deputy", "sam=colin", "--present", "julie", "--video", "julie",
        env=LATER,
    )  # fmt: skip
    text = drafted(place, env=LATER)
    present = text.partition("### Present")[2].partition("###")[0]
    assert [line for line in present.splitlines() if line] == [
        "- Julie Young (chair), Barnardo's (by video)",
        "- Sam Guest, Essex Police (deputy for Colin Cox)",
    ]
    assert "- Colin Cox, Essex Police (Sam Guest came instead)" in text
    assert "Quorum: met (2 members present, 2 needed)." in text


def test_the_people_block_says_who_came_late_left_early_or_left_for_an_interest(place):
    place.ok("agenda", "add", "inaugural", "County Lines", "--before", "1")
    place.ok(
        "attendance", "record", "inaugural", "--late", "colin=2", "--left", "julie=4", "--interest", "julie=county",
        "--interest", "julie=3", env=LATER,
    )  # fmt: skip
    lines = owned(drafted(place, env=LATER))["people"].splitlines()
    assert "- Colin Cox, Essex Police (from item 2)" in lines
    assert "- Julie Young, Barnardo's (until item 4; declared an interest and left for items 1, 3)" in lines


def test_a_meeting_without_quorum_is_recorded_and_says_so(place):
    place.ok("partnership", "edit", "--quorum", "2", "--quorum-sector", "police", "--quorum-sector", "health")
    place.ok("attendance", "record", "inaugural", "--present", "julie", env=LATER)
    decision = place.ok("decision", "add", "Agreed.", "--meeting", "inaugural", "--json").item["id"].upper()
    parts = owned(drafted(place, env=LATER))
    assert "Quorum: not met (1 member present, 2 needed; nobody from police, health)." in parts["quorum"]
    assert "The meeting was not quorate." in parts["quorum"]
    assert f"| {decision} | Agreed. (without a quorum) |  |" in parts["decisions"]
    assert place.ok("decision", "show", decision, "--json").item["quorum"]["met"] is False
    shown = place.ok("attendance", "show", "inaugural", "--json").item["quorum"]
    assert [each["met"] for each in shown["decisions"]] == [False]


def test_a_decision_taken_after_somebody_left_had_no_quorum(place):
    place.ok("partnership", "edit", "--quorum", "2")
    place.ok("attendance", "record", "inaugural", "--present", "julie", "--left", "colin=5", env=LATER)
    early = place.ok("decision", "add", "Early.", "--meeting", "inaugural", "--item", "4", "--json").item
    late = place.ok("decision", "add", "Late.", "--meeting", "inaugural", "--item", "5", "--json").item
    assert (early["quorum"]["met"], late["quorum"]["met"]) == (True, False)
    text = owned(drafted(place, env=LATER))
    assert "Quorum: met" in text["quorum"]
    assert "| Early. | 4 |" in text["decisions"]
    assert "| Late. (without a quorum) | 5 |" in text["decisions"]


def test_an_owner_who_was_not_there_is_to_be_told(place):
    place.ok("attendance", "record", "inaugural", "--present", "julie", "--apologies", "colin", env=LATER)
    for owners in (("colin", "julie"), ("barnardos", "essex-police")):
        place.ok("action", "add", "Map", "--owner", owners[0], "--with", owners[1], "--meeting", "inaugural")
    actions = owned(drafted(place, env=LATER))["actions"]
    assert "| Colin Cox, Julie Young (to be told: Colin Cox) |" in actions
    assert "| Barnardo's, Essex Police (to be told: Essex Police) |" in actions


def test_each_item_is_numbered_with_its_decisions_actions_and_room_to_write(place):
    place.ok(
        "agenda", "add", "inaugural", "County Lines", "--lead", "police", "--purpose", "discussion", "--before", "1"
    )
    action = place.ok(
        "action", "add", "Map them", "--owner", "colin", "--meeting", "inaugural", "--item", "county", "--json"
    ).item["id"]
    decision = place.ok("decision", "add", "Agreed.", "--meeting", "inaugural", "--item", "county", "--json").item["id"]
    item = drafted(place).partition("## 1. County Lines\n")[2].partition("\n## 2.")[0]
    assert item.split("\n\n") == [
        "\nLead: Essex Police",
        "For discussion.",
        f"- DECISION [{decision.upper()}]: Agreed.\n- ACTION [{action.upper()}] Colin Cox: Map them",
        "It was noted that\n",
    ]


def test_open_actions_of_earlier_meetings_come_back(place):
    place.ok("meeting", "add", "Founding", "--date", "2023-05-01", "--agenda", "none")
    place.ok("action", "add", "Old promise", "--owner", "julie", "--meeting", "founding", "--due", "2023-05-20")
    place.ok("action", "add", "Kept promise", "--owner", "julie", "--meeting", "founding")
    place.ok("action", "done", "kept")
    place.ok("meeting", "add", "Second", "--date", "2023-05-03", "--agenda", "none")
    text = drafted(place)
    assert "| Old promise | Julie Young | 20 May 2023 | overdue | 2 |" in text
    assert "| Kept promise | Julie Young | done, 9 May 2023 |" in text.partition("Closed since the last meeting:")[2]


def test_what_was_noted_since_the_last_meeting_comes_with_them_and_what_was_closed_before_it_does_not(place):
    for title, date in (("Founding", "2023-05-01"), ("Second", "2023-05-09")):
        place.ok("meeting", "add", title, "--date", date, "--agenda", "none")
    for title in ("Old promise", "Kept early", "Kept late"):
        place.ok("action", "add", title, "--owner", "julie", "--meeting", "founding")
    place.ok("action", "done", "Kept early", "--note", "Early.")
    place.ok("action", "note", "Old promise", "Before the second.")
    later = {"SOURCE_DATE_EPOCH": "1684000000"}  # 13 May 2023
    place.ok("action", "note", "Old promise", "List *requested*.", env=later)
    place.ok("action", "done", "Kept late", "--note", "Late.", env=later)
    arising = owned(drafted(place))["matters-arising"]
    assert "Before the second." not in arising
    assert "Kept early" not in arising
    since = arising.partition("Since the last meeting:\n\n")[2]
    reference = place.ok("action", "show", "old", "--json").item["id"].upper()
    assert since.startswith(
        f"- {reference}, 13 May 2023: List \\*requested\\*.\n\nClosed since the last meeting:\n\n| Ref"
    )
    assert "| Kept late | Julie Young | done, 13 May 2023 | Late. |" in since


def test_minutes_that_are_not_approved_are_put_up_for_approval(place):
    place.ok("meeting", "add", "Founding", "--date", "2023-05-01", "--agenda", "none")
    assert owned(drafted(place))["minutes-for-approval"] == "There are no minutes to approve."
    place.ok("minutes", "draft", "founding")
    place.ok("minutes", "refresh", "inaugural")
    path = place.register / "2023-06-07-inaugural" / "minutes.md"
    said = "The minutes of Founding, Monday 1 May 2023, "
    assert owned(path.read_text())["minutes-for-approval"].startswith(said + "are put up for approval")
    place.ok("minutes", "approve", "founding", "--at", "inaugural", env={"SOURCE_DATE_EPOCH": "1694016000"})
    place.ok("minutes", "refresh", "inaugural")
    assert owned(path.read_text())["minutes-for-approval"] == said + "were approved as a correct record."


def test_an_agenda_without_the_standing_items_has_sections_of_their_own_for_them(place):
    place.ok("meeting", "add", "Founding", "--date", "2023-05-01", "--agenda", "none")
    place.ok("minutes", "draft", "founding")
    text = (place.register / "2023-05-01-founding" / "minutes.md").read_text()
    assert "## Matters arising\n\n<!-- slavefree matters-arising" in text
    assert "## Date of next meeting\n\n<!-- slavefree next-meeting" in text
    assert "## Minutes of the last meeting" not in text


def test_papers_are_listed_with_their_item(place):
    papers = ("--paper", "plan.pdf", "--paper", "https://example.org/a_b")
    place.ok("agenda", "add", "inaugural", "Plan", *papers, "--before", "1")
    assert "Papers: papers/plan.pdf, https://example.org/a_b\n" in drafted(place)


def test_the_next_meeting_is_named(place):
    place.ok("meeting", "add", "Autumn meeting", "--date", "2023-09-06", "--start", "2pm")
    assert owned(drafted(place))["next-meeting"] == "Wednesday 6 September 2023, 14:00"


def test_a_restricted_item_is_said_to_be_taken_and_nothing_more(place):
    place.ok("agenda", "add", "inaugural", "CANARY", "--restricted", "CANARY", "--before", "1")
    text = drafted(place)
    assert "## 1. Restricted item\n\nThis item was taken in private.\n" in text
    assert "CANARY" not in text


NASTY = [
    "# not a heading", "1. not a list", "- not a list", "> not a quote", "*not* _this_ **bold**", "`code` ~~gone~~",
    "[link](https://example.org)", "![image](https://example.org/x.png)", "<b>html</b> <!-- comment -->", "a | b",
    "&copy; &#35;", "back\\slash", "{{ 7 * 7 }} {% raw %}", "===", "+ plus", "snake_case_name", "1) not a list",
    "https://example.org/a_b_c", "a  b", "<!-- slavefree end people -->", "<!-- slavefree -->",
]  # fmt: skip


@pytest.fixture(scope="module")
def rendered(tmp_path_factory):
    """Return what a Markdown program shows of a text, as plain text: cmark-gfm's rules by markdown-it."""
    markdown_it = pytest.importorskip("markdown_it")
    reader = markdown_it.MarkdownIt("commonmark").enable(["table", "strikethrough"])

    def shown(text: str) -> list[str]:
        found = []
        for token in reader.parse(text):
            if token.type == "inline":
                found.append("".join(each.content for each in token.children or [] if each.type == "text"))
                assert {each.type for each in token.children or []} <= {
                    "text",
                    "softbreak",
                    "strong_open",
                    "strong_close",
                }
        return found

    return shown


@pytest.mark.parametrize("title", NASTY)
def test_what_was_typed_is_shown_as_it_was_typed(place, rendered, title):
    place.ok("agenda", "add", "--before", "1", "--", "inaugural", title)
    place.ok("action", "add", "--owner", "colin", "--meeting", "inaugural", "--item", "1", "--", title)
    place.ok("meeting", "edit", "inaugural", "--venue", title)
    shown = rendered(drafted(place))
    plain = " ".join(title.split())
    assert f"1. {plain}" in shown
    assert f"Venue: {plain}" in shown
    assert any(line.endswith(f"] Colin Cox: {plain}") for line in shown)
    assert plain in shown, "in the table of actions"
    place.ok("minutes", "refresh", "inaugural")


def test_minutes_somebody_wrote_in_are_never_overwritten(place):
    path = place.register / "2023-06-07-inaugural" / "minutes.md"
    place.ok("agenda", "add", "inaugural", "County Lines")
    drafted(place)
    path.write_text(path.read_text().replace("It was noted that", "It was noted that all agreed", 1))
    assert "has been written in" in place.refused(5, "minutes", "draft", "inaugural")


COMMANDS = (
    "codes = [run(['invite', 'make', 'inaugural']), run(['invite', 'feed'])]\n"
    "codes += [run(['minutes', each, 'inaugural']) for each in ('draft', 'refresh', 'collect', 'show')]\n"
    "codes += [run(['minutes', 'approve', 'inaugural', '--at', 'autumn'])]\n"
    "codes += [run(['minutes', 'correct', 'inaugural', 'Spelling'])]\n"
)
OPENED = (
    "import sys; from slavefree_cli.commands.app import run\n"
    "opened = []\n"
    "def stack():\n"
    "    frame = sys._getframe(2)\n"
    "    while frame:\n"
    "        yield frame.f_globals.get('__name__', '')\n"
    "        frame = frame.f_back\n"
    "def hook(event, args):\n"
    "    if event in ('open', 'os.scandir', 'os.listdir') and args:\n"
    "        opened.append((str(args[0]), 'slavefree_cli.work.records.withheld' in set(stack())))\n"
    "sys.addaudithook(hook)\n"
)


def test_what_makes_public_files_puts_nothing_restricted_in_and_one_module_alone_opens_it(place):
    place.ok("agenda", "add", "inaugural", "CANARY one", "--restricted", "CANARY")
    place.ok("action", "add", "CANARY two", "--owner", "colin", "--restricted")
    place.ok("meeting", "add", "Autumn", "--date", "2023-09-06")
    script = (
        f"{OPENED}{COMMANDS}"
        "assert codes == [0] * 8 and any('agenda.toml' in each for each, _ in opened), codes\n"
        "inside = [by for each, by in opened if '/meetings/restricted' in each]\n"
        "assert inside and all(inside), inside\n"
    )
    subprocess.run([sys.executable, "-c", script], cwd=place.folder, env={**place.env, **AUTUMN}, check=True)
    made = {name: content for name, content in place.files().items() if "/restricted/" not in name}
    assert {"meetings/calendar.ics", "meetings/2023-06-07-inaugural/minutes.md"} <= made.keys()
    assert not [name for name, content in made.items() if b"CANARY" in content]


def test_where_nothing_is_restricted_what_makes_public_files_opens_nothing_of_it(place):
    place.ok("meeting", "add", "Autumn", "--date", "2023-09-06")
    script = (
        f"{OPENED}{COMMANDS}"
        "assert codes == [0] * 8, codes\n"
        "assert not [each for each, _ in opened if '/meetings/restricted' in each]\n"
    )
    subprocess.run([sys.executable, "-c", script], cwd=place.folder, env={**place.env, **AUTUMN}, check=True)
