"""``--json``: every command that shows or makes a record answers in one format, with the same keys always."""

import json

import pytest


def with_one_of_everything(place):
    place.ok("meeting", "edit", "inaugural", "--venue", "The Old Library", "--chair", "colin")
    place.ok("decision", "add", "Agreed.", "--meeting", "inaugural")
    place.ok("action", "add", "Map them", "--owner", "colin", "--meeting", "inaugural")
    place.ok("attendance", "record", "inaugural", "--apologies", "julie")
    for title, day in (("Founding", "2023-05-01"), ("Winter", "2023-05-02"), ("Spring", "2023-05-03")):
        place.ok("meeting", "add", title, "--date", day)
        place.ok("minutes", "draft", title)
    place.ok("minutes", "approve", "founding", "--at", "spring")
    minutes = place.register / "2023-05-03-spring" / "minutes.md"
    minutes.write_text(minutes.read_text() + "\nACTION colin by 1 June 2023: Write\nDECISION: So be it\n")
    place.ok("commit")
    (place.folder / "m.csv").write_text("member,sector\nTogether Free,charity\n")


@pytest.fixture
def full(place, prepared):
    """A register with one of everything in it."""
    return prepared(place, with_one_of_everything)


KEYS = {
    "partnership": "id format name timezone holidays marking coordinator quorum timetable signposting",
    "member": "id name sector joined left first_responder information_sharing email aka before",
    "person": "id name email also aka represents left",
    "meeting": "id title date start end venue link status reason chair group uid created invitees minutes corrections "
    "timezone",
    "action": "id restricted title owner with due status raised closed meeting item notes overdue carried left",
    "decision": "id restricted text taken meeting item supersedes withdrawn reason superseded_by quorum",
    "item": "id number starts position title lead minutes purpose papers restricted reason",
    "agenda": "meeting items due matters_arising for_approval",
    "attendance": "meeting quorum people answers",
    "attendee": "person reply reply_stamp reply_sequence reply_comment outcome representing deputy_for by_video "
    "arrived left interests also_deputy_for away",
    "commit": "message files",
    "issue": "file id of sequence stamp date start end begins ends venue status content to method",
    "invitations": "meeting published clashed people",
    "feed": "file meetings",
    "group": "id name chair members quorum",
    "minutes": "meeting file restricted status approved at sha256 corrections text",
    "notes": "meeting template text",
    "collected": "line kind id restricted text owner with due item",
    "template": "for name own file text",
    "templates": "for name own file",
    "status": "urgency code ref due message command",
    "findings": "code severity file line message explanation",
    "commits": "id short at who message command",
    "changes": "record file field now after",
    "conflicts": "record file field base ours theirs",
    "messages": "person name email subject what did file",
    "replies": "file did message meeting person reply comment",
    "import": "does kind id name sector joined left first_responder information_sharing email aka before",
}

COMMANDS = [
    ("partnership show", "partnership", "item"),
    ("partnership edit --coordinator Sam", "partnership", "item"),
    ("member add New --sector charity", "member", "item"),
    ("member list", "members", "items"),
    ("member show essex", "member", "item"),
    ("member edit essex --email a@example.org", "member", "item"),
    ("member leave essex --on 2024-01-01", "member", "item"),
    ("member import m.csv", "import", "items"),
    ("person add New", "person", "item"),
    ("person list", "people", "items"),
    ("person show colin", "person", "item"),
    ("person edit colin --role Inspector", "person", "item"),
    ("person leave colin", "person", "item"),
    ("meeting add New --date 2023-09-06", "meeting", "item"),
    ("meeting list", "meetings", "items"),
    ("meeting show next", "meeting", "item"),
    ("meeting edit next --venue There", "meeting", "item"),
    ("meeting move next --date 2023-06-08", "meeting", "item"),
    ("meeting cancel next --reason Snow --yes", "meeting", "item"),
    ("agenda show next", "agenda", "item"),
    ("agenda add next New --minutes 10", "item", "item"),
    ("agenda edit next 1 --minutes 10", "item", "item"),
    ("agenda move next 1 --after 2", "item", "item"),
    ("agenda remove next 1 --yes", "item", "item"),
    ("attendance show next", "attendance", "item"),
    ("attendance record next --absent colin", "attendance", "item"),
    ("action add New --owner colin", "action", "item"),
    ("action list", "actions", "items"),
    ("action chase", "messages", "items"),
    ("minutes send last", "messages", "items"),
    ("action show map", "action", "item"),
    ("action edit map --due 2023-09-01", "action", "item"),
    ("action note map Begun", "action", "item"),
    ("action done map", "action", "item"),
    ("action drop map --reason Overtaken", "action", "item"),
    ("decision add New --meeting next", "decision", "item"),
    ("decision list", "decisions", "items"),
    ("decision show agreed", "decision", "item"),
    ("decision withdraw agreed", "decision", "item"),
    ("invite make next", "issue", "item"),
    ("invite feed", "feed", "item"),
    ("invite replies m.csv", "replies", "items"),
    ("invite send next", "messages", "items"),
    ("invite send next --dry-run", "messages", "items"),
    ("invite status next", "invitations", "item"),
    ("invite add next colin", "meeting", "item"),
    ("invite remove next colin", "meeting", "item"),
    ("group add Board --member police --quorum 1", "group", "item"),
    ("group list", "groups", "items"),
    ("minutes draft next", "minutes", "item"),
    ("minutes refresh last", "minutes", "item"),
    ("minutes approve winter --at spring", "minutes", "item"),
    ("minutes collect last", "collected", "items"),
    ("minutes show founding", "minutes", "item"),
    ("minutes draft next --template action-notes", "minutes", "item"),
    ("minutes correct founding Spelling", "minutes", "item"),
    ("minutes show last", "minutes", "item"),
    ("minutes show last --template action-notes", "notes", "item"),
    ("template list", "templates", "items"),
    ("template show formal", "template", "item"),
    ("template copy formal", "template", "item"),
    ("status", "status", "items"),
    ("check", "findings", "items"),
    ("check --fix --yes", "findings", "items"),
    ("log", "commits", "items"),
    ("undo --yes", "changes", "items"),
    ("commit", "commit", "item"),
]
SINGULAR = {
    "members": "member",
    "groups": "group",
    "people": "person",
    "meetings": "meeting",
    "actions": "action",
    "decisions": "decision",
}


@pytest.mark.parametrize(("command", "kind", "key"), COMMANDS, ids=[each[0] for each in COMMANDS])
def test_each_command_answers_in_one_format(full, command, kind, key):
    # Every command in a process of its own once, in which nothing is loaded but by itself.
    answer = json.loads(full.ok(*command.split(), "--json", apart=True).out)
    assert list(answer) == ["format", "kind", key]
    assert (answer["format"], answer["kind"]) == (1, kind)
    found = answer[key] if key == "items" else [answer[key]]
    wanted = set(KEYS[SINGULAR.get(kind, kind)].split())
    assert all(set(each) == wanted for each in found), [set(each) ^ wanted for each in found]


def test_init_answers_too(empty):
    answer = json.loads(empty.ok("init", "--name", "P", "--json").out)
    assert set(answer["item"]) == set(KEYS["partnership"].split())


def test_an_agenda_item_and_an_attendee_have_all_their_keys(full):
    item = full.ok("agenda", "show", "next", "--json").item["items"][0]
    assert set(item) == set(KEYS["item"].split())
    person = full.ok("attendance", "show", "next", "--json").item["people"][0]
    assert set(person) == set(KEYS["attendee"].split())
    assert (person["reply"], person["interests"], person["by_video"]) == (None, [], False)
