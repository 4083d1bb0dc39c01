from copy import deepcopy

import pytest
import tomli

from slavefree_cli.errors import SlavefreeError
from slavefree_cli.register.toml.edit import edited

GONE = object()


def edit(text, **changes):
    """Edit a file: each change gives a dotted key (with ``__`` for the dot) a value, or takes it out."""
    document = tomli.loads(text.removeprefix("\ufeff"))
    for name, value in changes.items():
        *tables, key = name.split("__")
        table = document
        for each in tables:
            table = table[each] if each in table else table.setdefault(each, {})
        if value is GONE:
            del table[key]
        else:
            table[key] = value
    return edited(text, document)


def ordered(text, document):
    assert tomli.loads(edited(text, document)) == document
    return edited(text, document)


class TestNothingChanges:
    @pytest.mark.parametrize("text", ["", "# only this", "\ufeffa = 1", "a  =  0x10 # hex\r\n\r\n\r\n"])
    def test_the_text_is_the_same(self, text):
        assert edited(text, tomli.loads(text.removeprefix("\ufeff"))) == text

    def test_numbers_of_another_type_are_a_change(self):
        assert edit("a = 1\n", a=True) == "a = true\n"
        assert edit("a = 1\n", a=1.0) == "a = 1.0\n"
        assert edit("a = [1]\n", a=[True]) == "a = [true]\n"

    def test_not_a_number_is_no_change(self):
        assert edit("a  = nan\nb = 1\n", b=2) == "a  = nan\nb = 2\n"


class TestAChangedValue:
    def test_it_stands_where_the_old_one_stood(self):
        assert edit("# top\n  a   =   1   # why\nb = 2\n", a=3) == "# top\n  a   =   3   # why\nb = 2\n"

    def test_it_takes_the_place_of_several_lines(self):
        assert edit('a = """\n# no comment\n"""  # why\nb = 1\n', a="x") == 'a = "x"  # why\nb = 1\n'

    def test_of_a_dotted_key(self):
        assert edit("quorum.members = 4 # of 7\n", quorum__members=5) == "quorum.members = 5 # of 7\n"

    def test_in_an_inline_table(self):
        text = 'notes = { a = { text = "x" } } # n\n'

        assert edit(text, notes__a__text="y") == 'notes = { a = { text = "y" } } # n\n'
        assert edit(text, notes__a__by="z") == 'notes = { a = { text = "x", by = "z" } } # n\n'
        assert edit(text, notes__a__text=GONE) == "notes = { a = {} } # n\n"
        assert edit(text, notes__b={"text": "y"}) == ('notes = { a = { text = "x" }, b = { text = "y" } } # n\n')

    def test_a_table_becomes_a_value(self):
        assert edit("x = 1\n\n# t\n[t]\na = 1 # b\n", t=2) == "x = 1\nt = 2\n\n# t\n# b\n"

    def test_a_value_becomes_a_table(self):
        assert edit("t = 1 # b\n", t={"a": 1}) == "t = { a = 1 } # b\n"

    def test_comments_inside_a_value_that_is_replaced_go_above_it(self):
        assert edit("a = [\n  1, # one\n] # a\n", a=2) == "# one\na = 2 # a\n"


class TestANewKey:
    def test_goes_behind_the_nearest_earlier_one(self):
        text = "a = 1\n# about c\nc = 3\n"

        assert ordered(text, {"a": 1, "b": 2, "c": 3}) == "a = 1\nb = 2\n# about c\nc = 3\n"

    def test_goes_behind_the_nearest_in_the_order_of_the_document_not_of_the_file(self):
        assert ordered("b = 2\na = 1\n", {"a": 1, "b": 2, "c": 3}) == "b = 2\nc = 3\na = 1\n"

    def test_goes_before_the_first_and_its_comments(self):
        text = "# File.\n\n# about b\nb = 2\n"

        assert ordered(text, {"a": 1, "b": 2}) == "# File.\n\na = 1\n# about b\nb = 2\n"
        assert ordered("[t]\nb = 2\n", {"t": {"a": 1, "b": 2}}) == "[t]\na = 1\nb = 2\n"

    def test_goes_behind_the_first_if_its_comments_reach_the_top(self):
        assert ordered("# File.\nb = 2\n", {"a": 1, "b": 2}) == "# File.\nb = 2\na = 1\n"
        assert ordered("[t]\n# T.\nb = 2\n", {"t": {"a": 1, "b": 2}}) == "[t]\n# T.\nb = 2\na = 1\n"

    def test_goes_behind_the_whole_of_an_array(self):
        assert edit("a = [\n  1,\n]\n\n[t]\n", b=1) == "a = [\n  1,\n]\nb = 1\n\n[t]\n"

    def test_of_a_file_with_comments_only(self):
        assert edit("# File.\n", a=1) == "# File.\n\na = 1\n"
        assert edit("", a=1) == "a = 1\n"

    def test_of_a_file_with_tables_only(self):
        assert edit("[t]\nb = 1\n", a=1, t__b=1) == "a = 1\n\n[t]\nb = 1\n"
        assert edit("# about t\n[t]\n", a=1) == "a = 1\n\n# about t\n[t]\n"
        assert edit("# File.\n\n# about t\n[t]\n", a=1) == "# File.\n\na = 1\n\n# about t\n[t]\n"

    def test_of_an_empty_table(self):
        assert edit("[t]\n# about u\n[u]\n", t__a=1) == "[t]\na = 1\n\n# about u\n[u]\n"

    def test_of_a_dotted_table_is_dotted(self):
        assert edit("q.a = 1\nb = 2\n", q__c=3) == "q.a = 1\nq.c = 3\nb = 2\n"
        assert edit("[t]\nq.a = 1\n", t__q__c={"d": 1}) == "[t]\nq.a = 1\nq.c = { d = 1 }\n"

    def test_of_a_table_without_a_header(self):
        assert edit("[t.u]\na = 1\n", t__b=2) == "[t.u]\na = 1\n\n[t]\nb = 2\n"

    def test_behind_a_last_line_without_an_end(self):
        assert edit("a = 1", b=2) == "a = 1\nb = 2\n"


class TestANewTable:
    def test_goes_to_the_end(self):
        assert edit("a = 1\n\n[t]\nb = 1\n# end\n", u={"c": 1}) == ("a = 1\n\n[t]\nb = 1\n# end\n\n[u]\nc = 1\n")

    def test_goes_behind_the_earlier_table_and_all_below_it(self):
        text = "[a]\nx = 1\n\n[a.b]\n\n# about d\n[d]\n"
        document = {"a": {"x": 1, "b": {}}, "c": {"y": 1}, "d": {}}

        assert ordered(text, document) == "[a]\nx = 1\n\n[a.b]\n\n[c]\ny = 1\n\n# about d\n[d]\n"

    def test_leaves_the_comment_directly_above_the_next_table_there(self):
        text = "[a]\nx = 1\n# about d\n[d]\n"

        assert ordered(text, {"a": {"x": 1}, "c": {}, "d": {}}) == ("[a]\nx = 1\n\n[c]\n\n# about d\n[d]\n")

    def test_below_a_table_goes_behind_it(self):
        assert edit("[a]\nx = 1\n\n[b]\n", a__new={"y": 1}) == "[a]\nx = 1\n\n[a.new]\ny = 1\n\n[b]\n"

    def test_in_an_empty_file(self):
        assert edit("", a={}) == "[a]\n"


class TestWhatIsRemoved:
    def test_leaves_nothing_without_comments(self):
        assert edit("a = 1\nb = 2\n", a=GONE) == "b = 2\n"
        assert edit("a = 1\n\nb = 2\n\nc = 3\n", b=GONE) == "a = 1\n\nc = 3\n"
        assert edit("a = 1\n\n[t]\nb = 2\n", t=GONE) == "a = 1\n"
        assert edit("[t]\nb = 2\n\n[u]\n", t=GONE) == "[u]\n"

    def test_leaves_its_comments_apart_from_the_next_key(self):
        text = "# above a\na = [ # in a\n  1,\n] # beside a\nb = 2\n"

        assert edit(text, a=GONE) == "# above a\n# in a\n# beside a\n\nb = 2\n"

    def test_leaves_its_comments_apart_from_the_comments_of_the_next_key(self):
        assert edit("# a\na = 1\n# b\nb = 2\n", a=GONE) == "# a\n\n# b\nb = 2\n"

    def test_leaves_the_comments_of_a_table_apart_from_the_next_table(self):
        text = "# t\n[t] # side\n# x\nx = 1 # one\n[u]\n"

        assert edit(text, t=GONE) == "# t\n# side\n# x\n# one\n\n[u]\n"

    def test_a_new_key_does_not_take_over_its_comments(self):
        document = {"b": 2}

        assert ordered("# a\na = 1 # one\n", document) == "# a\n# one\n\nb = 2\n"

    def test_an_emptied_table_keeps_its_header_or_gets_one(self):
        assert edit("[t]\na = 1\n", t__a=GONE) == "[t]\n"
        assert edit("b = 1\nt.a = 1\n", t__a=GONE) == "b = 1\n\n[t]\n"
        assert edit("[t.a]\n", t__a=GONE) == "[t]\n"


class TestAnArrayOverSeveralLines:
    TEXT = 'a = [ # all\n  "x", # one\n  # two\n  "y",\n  # last\n]\n'

    def test_a_new_element_has_a_line(self):
        assert edit(self.TEXT, a=["x", "y", "z"]) == (
            'a = [ # all\n  "x", # one\n  # two\n  "y",\n  "z",\n  # last\n]\n'
        )

    def test_a_new_first_element(self):
        assert edit(self.TEXT, a=["w", "x", "y"]) == (
            'a = [ # all\n  "w",\n  "x", # one\n  # two\n  "y",\n  # last\n]\n'
        )

    def test_a_removed_element_leaves_its_comments(self):
        assert edit(self.TEXT, a=["y"]) == 'a = [ # all\n  # one\n\n  # two\n  "y",\n  # last\n]\n'
        assert edit(self.TEXT, a=[]) == "a = [ # all\n  # one\n  # two\n  # last\n]\n"

    def test_a_changed_element_keeps_its_comments(self):
        assert edit(self.TEXT, a=["x", 2]) == 'a = [ # all\n  "x", # one\n  # two\n  2,\n  # last\n]\n'

    def test_no_comma_behind_the_last_stays_no_comma(self):
        assert edit("a = [\n  1\n]\n", a=[1, 2]) == "a = [\n  1,\n  2\n]\n"

    def test_several_on_a_line(self):
        assert edit("a = [\n  1, # c\n  2, 3, 4\n]\n", a=[1, 3, 4]) == "a = [\n  1, # c\n  3, 4\n]\n"

    def test_comments_on_both_sides_of_a_comma(self):
        assert edit("a = [\n  1 # b\n  , # c\n  2,\n]\n", a=[1, 3]) == "a = [\n  1, # b\n # c\n  3,\n]\n"

    def test_arrays_in_arrays(self):
        text = "a = [\n  [\n    1, # b\n  ],\n  { c = [1, # d\n  ] },\n]\n"

        assert edit(text, a=[[1, 2], {}]) == "a = [\n  [\n    1, # b\n    2,\n  ],\n  # d\n  {},\n]\n"

    def test_a_removed_array_in_an_array_leaves_its_comments(self):
        assert edit("a = [\n  [1, # b\n  ], # c\n  2,\n]\n", a=[2]) == "a = [\n  # b\n  # c\n\n  2,\n]\n"

    def test_without_elements_or_comments_it_is_empty(self):
        assert edit("a = [\n  1,\n]\n", a=[]) == "a = []\n"


class TestAnArrayOfTables:
    TEXT = "# one\n[[x]]\na = 1\n\n[x.s]\nb = 1\n\n# two\n[[x]]\na = 2\n"

    def edit(self, change):
        document = deepcopy(tomli.loads(self.TEXT))
        change(document["x"])
        return ordered(self.TEXT, document)

    def test_a_changed_table(self):
        assert self.edit(lambda x: x[1].update(a=3)) == self.TEXT.replace("a = 2", "a = 3")

    def test_a_table_below(self):
        assert self.edit(lambda x: x[0].update(t={"c": 1})) == self.TEXT.replace("b = 1\n", "b = 1\n\n[x.t]\nc = 1\n")

    def test_a_new_last_table(self):
        assert self.edit(lambda x: x.append({"a": 3, "s": {}})) == f"{self.TEXT}\n[[x]]\na = 3\n\n[x.s]\n"

    def test_a_new_first_table(self):
        assert self.edit(lambda x: x.insert(0, {"a": 0})) == f"[[x]]\na = 0\n\n{self.TEXT}"

    def test_a_removed_table(self):
        assert self.edit(lambda x: x.pop(0)) == "# one\n\n# two\n[[x]]\na = 2\n"

    def test_none_left(self):
        assert self.edit(lambda x: x.clear()) == "# one\n\nx = []\n\n# two\n"


class TestTheWholeFile:
    def test_crlf_and_byte_order_mark_stay(self):
        assert edit("\ufeffa = 1\r\n", b=2, t={"c": [1]}) == "\ufeffa = 1\r\nb = 2\r\n\r\n[t]\r\nc = [1]\r\n"

    def test_a_nesting_too_deep_is_refused(self):
        document = {"a": []}
        for _ in range(5000):
            document = {"a": [document]}

        with pytest.raises(SlavefreeError, match="nested too deeply"):
            edited("a = 1\n", document)
        with pytest.raises(SlavefreeError, match="nested too deeply"):
            edited(f"a = {'[' * 5000}{']' * 5000}\n", {"a": 1})

    def test_what_toml_cannot_say_is_refused(self):
        with pytest.raises(SlavefreeError, match="edit it by hand"):
            edited("a = [1, 2]\nb = 1\n", {"a": (1, 2), "b": Odd(1)})


class Odd(int):
    """Reads back as an int, and so as something else."""
