import pytest

from slavefree_cli.register.toml.statements import comments_in, line_of, statements

TEXT = '''# The spring meeting.
title = "Spring"  # short
quorum.members = 4
about = """
[not a table]
key = 1
"""

[venue]
"room no" = 'A'
present = [
  "ada",  # chairs
  # since June
  "bo",
]

[[item]]
name = "one"

[[item]]
name = "two"
[item.vote]
result = { yes = 3, "}" = 1 }
'''


@pytest.mark.parametrize(
    ("key", "line"),
    [
        ("title", 2),
        ("quorum.members", 3),
        ("about", 4),
        ("venue", 9),
        ("venue.room no", 10),
        ("venue.present", 11),
        ("item.0.name", 18),
        ("item.1.name", 21),
        ("item.1.vote", 22),
    ],
)
def test_the_line_of_a_key_or_table(key, line):
    assert line_of(TEXT, key) == line


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("bom", ["", "\ufeff"])
def test_the_line_is_the_same_whatever_the_line_ends(newline, bom):
    assert line_of(bom + TEXT.replace("\n", newline), "venue.present") == 11


def test_a_table_without_a_header_is_found_by_its_first_key():
    assert line_of(TEXT, "quorum") == 3
    assert line_of("[a.b]\nc = 1\n", "a") == 1


def test_a_missing_key_is_found_by_what_should_hold_it():
    assert line_of(TEXT, "venue.town") == 9
    assert line_of(TEXT, "item.1.vote.result.yes") == 23
    assert line_of(TEXT, "nothing") is None


def test_the_statements_are_the_whole_text():
    assert "".join(each.text for each in statements(TEXT)) == TEXT


def test_statements_by_kind():
    kinds = [each.kind for each in statements("# a\n\nb = 1\n[c]\n  d = [\n# e\n]")]

    assert kinds == ["comment", "blank", "pair", "table", "pair"]


@pytest.mark.parametrize(
    ("text", "path", "value"),
    [
        ("a = 1 # one\n", ("a",), "1"),
        ("a.'b.c' . \"d\\u0021\" = 'x # y' # z\n", ("a", "b.c", "d!"), "'x # y'"),
        ('a = "x \\" # y"\n', ("a",), '"x \\" # y"'),
        ("a = '''it''''' # two of its own\n", ("a",), "'''it'''''"),
        ('a = """"""\n', ("a",), '""""""'),
        ("a = 2023-04-28 09:00:00  # when\n", ("a",), "2023-04-28 09:00:00"),
        ('a = { "x}y" = [1, 2], b."=" = 3 } # c\n', ("a",), '{ "x}y" = [1, 2], b."=" = 3 }'),
        ("a = [ # ]\n  ']', # ]\n]\n", ("a",), "[ # ]\n  ']', # ]\n]"),
        ("  a = 1", ("a",), "1"),
    ],
)
def test_a_key_and_its_value(text, path, value):
    (statement,) = statements(text)

    assert (statement.path, text[slice(*statement.value)]) == (path, value)


@pytest.mark.parametrize(
    ("text", "comments"),
    [
        ("a = 1\n", []),
        ("a = '#' # one\r\n", ["# one"]),
        ("['#'] # one\n", ["# one"]),
        ("[[ a . b ]]# one\n", ["# one"]),
        ("a = [ # one\n [1, # two\n], '# no' # three\n] # four\n", ["# one", "# two", "# three", "# four"]),
    ],
)
def test_the_comments_of_a_statement(text, comments):
    (statement,) = statements(text)

    assert comments_in(statement) == comments
