"""Minutes drafted: what stands in them, and that nothing typed can become markup."""

import subprocess
import sys

import pytest

LATER = {"SOURCE_DATE_EPOCH": "1686300000"}  # Friday 9 June 2023


def drafted(place, **options):
    place.ok("minutes", "draft", "2023-06-07", **options)
    return (place.register / "2023-06-07-inaugural" / "minutes.md").read_text()


def test_a_meeting_that_has_not_been_recorded_yet(place):
    text = drafted(place)
    assert text.startswith("# Colchester Anti-Slavery Partnership: Inaugural meeting\n\n")
    assert "Wednesday 7 June 2023, 14:00 to 16:00" in text
    assert "Venue: to be confirmed" in text
    assert "Attendance has not been recorded yet." in text
    assert "There are none from earlier meetings." in text
    assert text.rstrip().endswith("## Date of next meeting\n\nto be confirmed")


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
        "- Sam Guest, Essex Police, deputy for Colin Cox",
    ]
    assert "- Colin Cox (Sam Guest came instead)" in text
    assert "Quorum: met (2 members present)." in text


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
        f"- **Decision {decision.upper()}**: Agreed.\n- **Action {action.upper()}**: Map them (Colin Cox, no date)",
        "It was noted that\n",
    ]


def test_open_actions_of_earlier_meetings_come_back(place):
    place.ok("meeting", "add", "Founding", "--date", "2023-05-01", "--agenda", "none")
    place.ok("action", "add", "Old promise", "--owner", "julie", "--meeting", "founding", "--due", "2023-05-20")
    place.ok("action", "add", "Kept promise", "--owner", "julie", "--meeting", "founding")
    place.ok("action", "done", "kept")
    text = drafted(place)
    assert "| Old promise | Julie Young | 20 May 2023 |" in text
    assert "Kept promise" not in text


def test_the_next_meeting_is_named(place):
    place.ok("meeting", "add", "Autumn meeting", "--date", "2023-09-06", "--start", "2pm")
    assert drafted(place).rstrip().endswith("Wednesday 6 September 2023, 14:00")


def test_a_restricted_item_is_said_to_be_taken_and_nothing_more(place):
    place.ok("agenda", "add", "inaugural", "CANARY", "--restricted", "CANARY", "--before", "1")
    text = drafted(place)
    assert "## 1. Restricted item\n\nThis item was taken in private.\n" in text
    assert "CANARY" not in text


NASTY = [
    "# not a heading", "1. not a list", "- not a list", "> not a quote", "*not* _this_ **bold**", "`code` ~~gone~~",
    "[link](https://example.org)", "![image](https://example.org/x.png)", "<b>html</b> <!-- comment -->", "a | b",
    "&copy; &#35;", "back\\slash", "{{ 7 * 7 }} {% raw %}", "===", "+ plus", "snake_case_name", "1) not a list",
    "https://example.org/a_b_c", "a  b",
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
    assert any(f": {plain} (Colin Cox" in line for line in shown)


def test_a_template_that_is_wrong_names_its_line():
    from slavefree_cli.errors import InvalidError
    from slavefree_cli.minutes import draft
    from slavefree_cli.model.records import Records

    meeting = _meeting()
    records = Records(partnership=_partnership())
    with pytest.raises(InvalidError, match="line 2"):
        draft.draft(meeting, records, "fine\n{% if %}\n", meeting.date)
    with pytest.raises(InvalidError, match="nonsense"):
        draft.draft(meeting, records, "{{ nonsense }}", meeting.date)


def test_minutes_somebody_wrote_in_are_never_overwritten(place):
    path = place.register / "2023-06-07-inaugural" / "minutes.md"
    drafted(place)
    path.write_text(path.read_text().replace("It was noted that", "It was noted that all agreed", 1))
    assert "has been written in" in place.refused(5, "minutes", "draft", "inaugural")


def test_what_makes_public_files_never_opens_the_restricted_tree(place):
    place.ok("agenda", "add", "inaugural", "CANARY", "--restricted", "CANARY")
    place.ok("action", "add", "CANARY", "--owner", "colin", "--restricted")
    script = (
        "import sys; from slavefree_cli.commands.app import run\n"
        "opened = []\n"
        "sys.addaudithook(lambda event, args: opened.append(str(args[0]))"
        " if event in ('open', 'os.scandir', 'os.listdir') and args else None)\n"
        "codes = [run(['invite', 'make', 'inaugural']), run(['minutes', 'draft', 'inaugural'])]\n"
        "assert codes == [0, 0] and any('agenda.toml' in each for each in opened), opened\n"
        "assert not [each for each in opened if '/restricted' in each], opened\n"
    )
    subprocess.run([sys.executable, "-c", script], cwd=place.folder, env=place.env, check=True)


def _partnership():
    from slavefree_cli.model.partnership import Partnership

    return Partnership(name="P", timezone="Europe/London")


def _meeting():
    from datetime import UTC, date, datetime

    from slavefree_cli.model.meeting import Meeting

    return Meeting(
        id="2023-06-07-m", title="M", date=date(2023, 6, 7), uid="u", created=datetime(2023, 5, 1, tzinfo=UTC)
    )
