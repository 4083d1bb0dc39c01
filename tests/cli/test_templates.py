"""Templates: those that ship, the register's own, and what a template cannot do."""

import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from slavefree_cli.editions import variables

MINUTES = "2023-06-07-inaugural/minutes.md"


def own(place, text, name="mine"):
    """Give the register a minutes template of its own."""
    path = place.register / "templates" / "minutes" / f"{name}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def drafted(place, text, *, refused=None):
    own(place, text)
    if refused is None:
        place.ok("minutes", "draft", "inaugural", "--template", "mine")
        return (place.register / MINUTES).read_text()
    return place.refused(refused, "minutes", "draft", "inaugural", "--template", "mine")


def test_those_that_ship_are_listed_with_what_they_are_for(place):
    listed = place.ok("template", "list", "--json").items
    assert [(each["for"], each["name"]) for each in listed] == [
        ("agenda", "conference"), ("agenda", "inaugural"), ("agenda", "standard"),
        ("minutes", "action-notes"), ("minutes", "formal"), ("minutes", "part-two"),
    ]  # fmt: skip
    assert not any(each["own"] for each in listed)


@pytest.mark.parametrize("name", ["conference", "inaugural", "standard"])
def test_each_agenda_that_ships_makes_an_agenda(place, name):
    place.ok("meeting", "add", "Other", "--date", "2023-07-05", "--start", "10am", "--agenda", name)
    items = place.ok("agenda", "show", "other", "--json").item["items"]
    assert len(items) >= 7
    assert all(item["starts"] for item in items)
    assert place.ok("check").out == ""


@pytest.mark.parametrize("name", ["formal", "action-notes"])
def test_minutes_from_each_template_that_ships_are_renewed_from_it(place, name):
    place.ok("minutes", "draft", "inaugural", "--template", name)
    place.ok("action", "add", "Map them", "--owner", "colin", "--meeting", "inaugural")
    place.ok("minutes", "refresh", "inaugural")
    text = (place.register / MINUTES).read_text()
    assert "| Map them | Colin Cox | no date |" in text
    assert f"from={name} " in text


def test_a_copy_is_the_registers_own_and_comes_first(place):
    place.ok("template", "copy", "formal")
    path = place.register / "templates" / "minutes" / "formal.md"
    assert path.read_text() == place.ok("template", "show", "formal").out
    assert place.messages()[-1] == "Copy the minutes template formal into the register"
    path.write_text("# Ours\n")
    place.ok("minutes", "draft", "inaugural")
    assert (place.register / MINUTES).read_text() == "# Ours\n"
    assert [each["file"] for each in place.ok("template", "list", "--json").items if each["own"]] == [
        "templates/minutes/formal.md"
    ]
    assert "is there already" in place.refused(5, "template", "copy", "formal")


def test_an_agenda_of_the_registers_own(place):
    place.ok("template", "copy", "standard")
    path = place.register / "templates" / "agenda" / "standard.toml"
    path.rename(path.with_name("board.toml"))
    board = path.with_name("board.toml")
    board.write_text('[items.one]\nposition = 10\ntitle = "Our one item"\n')
    place.ok("meeting", "add", "Board", "--date", "2023-07-05", "--agenda", "board")
    assert [each["title"] for each in place.ok("agenda", "show", "board", "--json").item["items"]] == ["Our one item"]


def test_a_name_that_an_agenda_and_minutes_share_is_told_apart(place):
    own(place, "x", name="standard")
    assert "agenda/standard" in place.refused(3, "template", "show", "standard")
    assert place.ok("template", "show", "minutes/standard").out == "x"
    assert "there are: none, conference" in place.refused(
        3, "meeting", "add", "A", "--date", "2023-07-05", "--agenda", "nonsense"
    )
    assert "action-notes" in place.refused(3, "minutes", "draft", "inaugural", "--template", "nonsense")


@pytest.mark.parametrize("name", ["../../partnership", "/etc/passwd", "", ".", "x/../formal"])
def test_a_template_is_no_path(place, name):
    place.refused(3, "template", "show", name)
    place.refused(3, "meeting", "add", "A", "--date", "2023-07-05", "--agenda", name)


def test_a_mistake_in_an_agenda_names_file_and_line(place):
    path = place.register / "templates" / "agenda" / "mine.toml"
    path.parent.mkdir(parents=True)
    for text, line, said in (
        ('[items.one]\nposition = "x"\ntitle = "One"\n', 2, "items.one.position must be"),
        ('[items.one]\nposition = 1\ntitle = "One\n', 3, "is not TOML"),
        ('[items.one]\nposition = 1\n', 1, "items.one.title is missing"),
    ):  # fmt: skip
        path.write_text(text)
        named = f"meetings/templates/agenda/mine.toml:{line}:"
        refused = place.refused(4, "meeting", "add", "A", "--date", "2023-07-05", "--agenda", "mine")
        assert f"{named} {said}" in refused
        checked = place.run("check")
        assert (checked.code, f"{named} error: {said}" in checked.out) == (4, True), checked.out


class TestMistakes:
    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("fine\n{% if %}\n", "mine.md:2: Expected an expression"),
            ("\n\n{{ nonsense }}", "mine.md:3: 'nonsense' is undefined"),
            ("{{ meeting.nonsense }}", "mine.md:1: 'dict object' has no attribute 'nonsense'"),
            ("\n{% for x in items %}\n{{ x.y }}{% endfor %}", "mine.md:3: 'dict object' has no attribute 'y'"),
            ("{{ 1 / 0 }}", "division by zero"),
            ("\n{{ meeting + 1 }}", "mine.md:2: unsupported operand"),
            ("{% owned %}{% endowned %}", "mine.md:1:"),
            ("{% owned people %}{% endowned %}", "takes a name in quotes"),
            ('{% owned "Two words" %}{% endowned %}', "lower-case letters"),
            ('{% owned "a" %}\n{% owned "b" %}{% endowned %}{% endowned %}', "mine.md:2: the part a is not ended"),
            ('{% owned "a" %}', "Unexpected end of template"),
            ('{% owned "a" %}{% endowned %}{% owned "a" %}{% endowned %}', "the part a stands twice"),
            ('{% for x in [1, 2] %}{% owned "a" %}{% endowned %}{% endfor %}', "the part a stands twice"),
            ("<!-- slavefree end people -->", "cannot be read again"),
            ('{% filter upper %}{% owned "a" %}x{% endowned %}{% endfilter %}', "cannot be read again"),
            (
                '{% filter replace("x", "y") %}{% owned "a" %}x{% endowned %}{% endfilter %}',
                "as it alters the part a from outside",
            ),
            ("x\x02people", "mine.md:1: it has a control character"),
        ],
    )
    def test_it_is_named_with_file_and_line(self, place, text, said):
        answer = drafted(place, text, refused=4)
        assert "templates/minutes/mine.md" in answer
        assert said in answer

    def test_check_finds_how_it_is_written(self, place):
        own(place, "fine\n{% if %}\n")
        assert "meetings/templates/minutes/mine.md:2: error: Expected an expression" in place.run("check").out

    def test_one_that_is_no_text(self, place):
        assert "mine.md:2: is not UTF-8" in drafted(place, b"a\n\xff\n", refused=4)

    def test_one_that_is_too_large(self, place):
        assert "larger than 5 MB" in drafted(place, "x" * 5_000_001, refused=4)

    def test_one_that_is_gone_when_its_minutes_are_renewed(self, place):
        drafted(place, '{% owned "people" %}{% endowned %}')
        (place.register / "templates" / "minutes" / "mine.md").unlink()
        assert "There is no minutes template 'mine'" in place.refused(3, "minutes", "refresh", "inaugural")


class TestLimits:
    @pytest.mark.parametrize(
        "text",
        [
            "{% for a in range(100000) %}{% for b in range(100000) %}{% endfor %}{% endfor %}",
            "{{ 'a' * 10 ** 9 }}",
            "{% for a in range(100000) %}{{ 'abcdefghij' * 100 }}{% endfor %}",
            "{{ 10 ** (10 ** 9) }}",
            "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
            "{% set x = namespace(a='a') %}{% for i in range(64) %}{% set x.a = x.a ~ x.a %}{% endfor %}{{ x.a }}",
            "{{ range(100001) | list }}",
            "{% for a in range(100000) %}{{ 'x%099999d' % 1 }}{% endfor %}",
        ],
    )
    def test_one_that_takes_too_much_is_stopped(self, place, text):
        assert "templates/minutes/mine.md" in drafted(place, text, refused=4)

    @pytest.mark.parametrize(
        "text",
        [
            "{{ ''.__class__ }}",
            "{{ ''.__class__.__mro__[1].__subclasses__() }}",
            "{{ meeting.__init__.__globals__ }}",
            "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
            "{{ self.__init__.__globals__ }}",
            "{{ lipsum.__globals__ }}",
            "{{ ('%s' | attr('__class__')) }}",
            "{{ '{0.__class__}'.format(1) }}",
            "{{ items.append(1) }}",
            "{% include '/etc/passwd' %}",
            "{% extends 'formal' %}",
            "{% import 'os' as os %}",
            "{% from 'formal' import line %}",
            "{{ open('/etc/passwd') }}",
            "{{ meeting.title | safe }}",
        ],
    )
    def test_one_that_reaches_for_python_or_files_is_refused(self, place, text):
        answer = drafted(place, text, refused=4)
        assert "templates/minutes/mine.md:1: " in answer

    def test_nothing_is_imported_from_the_folder_it_is_run_in(self, place):
        for name in ("jinja2.py", "json.py", "markupsafe.py"):
            (place.folder / name).write_text("raise SystemExit('imported')\n")
        command = [Path(sys.executable).with_name("slavefree"), "minutes", "draft", "inaugural"]
        done = subprocess.run(command, cwd=place.folder, env=place.env, capture_output=True, check=False)
        assert done.returncode == 0, done.stderr


class TestValues:
    def test_what_people_typed_cannot_become_markup_whatever_a_template_does_with_it(self, place):
        place.ok("meeting", "edit", "inaugural", "--venue", "<b>*x*</b> | y")
        text = drafted(
            place,
            "{% macro m(x) %}**{{ x }}**{% endmacro %}\n{{ m(meeting.venue) }}\n{{ meeting.venue | upper }}\n"
            "{% set y = meeting.venue ~ '!' %}{{ y }}\n{{ [meeting.venue] | join(', ') }}\n"
            "{% set block %}{{ meeting.venue }}{% endset %}{{ block }}\n{% autoescape false %}{{ meeting.venue }}"
            "{% endautoescape %}\n",
        )
        shown = r"\<b>\*x\*\</b> \| y"
        assert text.splitlines() == [f"**{shown}**", shown.upper(), shown + "!", shown, shown, shown]

    def test_line_ends_of_windows_and_a_byte_order_mark_in_a_template_are_none_in_the_minutes(self, place):
        assert drafted(place, "\ufeffone\r\n\r\ntwo\r\n") == "one\n\ntwo\n"


def test_every_variable_is_documented():
    documented = (Path(__file__).parents[2] / "docs" / "templates.md").read_text(encoding="utf-8")
    structs = [each for each in vars(variables).values() if isinstance(each, type) and issubclass(each, msgspec.Struct)]
    names = {field.name for struct in structs for field in msgspec.structs.fields(struct)}
    assert len(names) > 40
    assert {name for name in names if f"`{name}`" not in documented} == set()
