"""What is restricted found in what is open: however it is written, and not where nothing restricted is meant."""

import base64
import time

import pytest

from slavefree_cli.model import shown, written
from slavefree_cli.model.action import Action, Note
from slavefree_cli.model.agenda import Agenda, Item, RestrictedAgenda, RestrictedItem
from slavefree_cli.model.decision import Decision
from slavefree_cli.model.kinds import Records, RestrictedRecords

MEETING = "2023-06-07-inaugural"


def action(title, id="7k2f9", **fields):
    return Action(id=id, title=title, owner="colin-cox", raised="2023-06-07", restricted=True, **fields)


def held(title, records=None, **fields):
    hidden = RestrictedRecords.holding(actions={"7k2f9": action(title, **fields)})
    return shown.passages(records or Records.holding(), hidden)


def lines(passages, name, text):
    content = text if isinstance(text, bytes) else text.encode()
    return [each.line for each in passages.found(written.lines(name, content), references=name.endswith(".md"))]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("minutes.md", "one\nWe VISIT the safe   house in “Lark Street” soon."),
        ("minutes.md", "one\n> - visit the safe\n> house in Lark\n> Street"),
        ("minutes.md", "one\n**Visit** the safe\\-house in *Lark* \\_Street\\_"),
        ("minutes.md", "one\n| x | Visit the safe&nbsp;house in<br>Lark Street |"),
        ("minutes.md", "one\r\nVisit the safe house in Lark Street\r\n"),
        ("minutes.md", "one\nVisit the sáfe hou\u200bse in Lark\u00a0Street"),
        ("minutes.md", "one\n<!-- visit the safe house in Lark Street -->"),
        ("notes.txt", "one\nVisit the safe house in Lark Street"),
        ("agenda.toml", 'a = 1\ntitle = "Visit the \\u0073afe\\nhouse in Lark Street"'),
        ("agenda.toml", "a = 1\n# Visit the safe house in Lark Street"),
        ("invite.ics", "X:1\r\nDESCRIPTION:Visit the sa\r\n fe house\\nin Lark\\, Str\r\n eet\r\nY:2"),
    ],
)
def test_it_is_found_however_it_is_written(name, text):
    assert lines(held("Visit the safe house in Lark Street"), name, text) == [2]


@pytest.mark.parametrize("kind", ["base64", "quoted-printable"])
def test_it_is_found_in_an_encoded_message(kind):
    said = "DESCRIPTION:Visit the sa\r\n fe house in Lärk Street\r\n".encode()
    plain = b"Visit the safe hou=\r\nse in L=C3=A4rk Street\r\n"
    body = base64.encodebytes(said) if kind == "base64" else plain
    subtype = b"calendar" if kind == "base64" else b"plain"
    text = b"Subject: x\r\nContent-Type: text/%s; charset=utf-8\r\nContent-Transfer-Encoding: %s\r\n\r\n%s" % (
        subtype, kind.encode(), body,
    )  # fmt: skip
    assert lines(held("Visit the safe house in Lärk Street"), "x.eml", text) == [1]


def test_a_damaged_message_is_read_as_it_stands():
    assert lines(held("Visit the safe house"), "x.eml", b"\xff\xfe: \r\n\r\nVisit the safe house") in ([1], [3])


@pytest.mark.parametrize(
    "title", ["Any other business", "Matters arising", "Agreed", "It was agreed", "AOB", "Update", "Item 3", "Report"]
)
def test_what_is_commonplace_shows_nothing(title):
    assert lines(held(title), "minutes.md", f"{title}\n## 3. {title}\n") == []


def test_one_word_is_found_where_it_is_written_as_names_are():
    assert lines(held("Kirn"), "minutes.md", "the kirn\nOperation Kirn\nKIRN\nKirnward") == [2, 3]
    assert lines(held("kirn7"), "minutes.md", "about kirn7") == [1]
    assert lines(held("Abc"), "minutes.md", "Abc") == []


def test_what_is_called_so_in_the_open_too_shows_nothing():
    open_too = Records.holding(
        agendas={MEETING: Agenda(id=MEETING, items={"x": Item(position=10, title="County lines")})}
    )
    assert lines(held("County Lines"), "minutes.md", "County Lines") == [1]
    assert lines(held("County Lines", open_too), "minutes.md", "County Lines") == []
    assert held("County Lines", open_too).is_of("county lines") == "action 7K2F9"


def test_ids_of_toml_say_nothing():
    text = '[items.county-lines]\nitem = "county-lines"\nmeeting = "2023-06-07-county-lines"\ntitle = "County lines"'
    assert lines(held("County lines"), "agenda.toml", text) == [4]


def test_whose_it_is_is_said_and_not_what_it_is():
    agenda = RestrictedAgenda(id=MEETING, items={"item-k3f9a": RestrictedItem(title="The safe house", reason="x")})
    decision = Decision(id="4m8xt", text="The house was let.\n\nTo them.", taken="2023-06-07", meeting=MEETING)
    found = shown.passages(
        Records.holding(), RestrictedRecords.holding(agendas={MEETING: agenda}, decisions={"4m8xt": decision})
    )
    text = b"the safe house\nthe house was let to them"
    assert found.found(written.lines("x.md", text)) == [
        (1, f"item-k3f9a of {MEETING}"),
        (2, "decision 4M8XT"),
    ]


def test_notes_papers_and_references_are_found_too():
    note = Note(at="2023-06-07T10:00:00Z", kind="progress", text="They moved to the other house.")
    found = held("A safe house", notes={"m4x7q": note})
    assert lines(found, "minutes.md", "they moved to\nthe other house\n- [7K2F9] Reworded\n[M4X7Q]") == [1, 3, 4]
    assert lines(found, "notes.txt", "[7K2F9]") == []


def test_it_is_linear():
    text = ("the safe safe house " * 8 + "\n") * 10_000
    passages = held("the safe safe house of the " + "safe " * 20)
    started = time.process_time()
    assert lines(passages, "minutes.md", text) == []
    assert time.process_time() - started < 10
