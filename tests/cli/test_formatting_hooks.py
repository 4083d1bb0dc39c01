"""A hook of git that formats what is committed and adds it again, as lint-staged and others are set up."""

import pytest

FORMATS = r"""#!/bin/sh
git diff --cached --name-only --diff-filter=AM | grep -E '\.(toml|md)$' | while read -r file; do
  grep -q 'formatted' "$file" || printf '# formatted\n' >> "$file"
  git add -- "$file"
done
"""
ADDS_ANOTHER = """#!/bin/sh
git ls-files 'meetings/*.toml' | wc -l > count.txt
git add count.txt
"""
ADDS_ALL_THAT_IS_KEPT = "#!/bin/sh\ngit add -u\n"


def hooked(place, script):
    hook = place.folder / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(script)
    hook.chmod(0o755)


def left(place):
    return place.git("status", "--porcelain")


def test_a_record_that_a_hook_formats_is_edited_again_and_again(place):
    hooked(place, FORMATS)
    for role in ("Manager", "Director", "Chair"):
        place.ok("person", "edit", "colin", "--role", role)
        assert left(place) == ""
    text = (place.register / "people" / "colin-cox.toml").read_text()
    assert ("Chair" in text, text.count("# formatted")) == (True, 1)
    assert place.git("show", "HEAD:meetings/people/colin-cox.toml") == text


def test_so_is_what_is_new_undone_edited_by_hand_or_in_several_files(place):
    hooked(place, FORMATS)
    made = place.ok("action", "add", "Map them", "--owner", "colin", "--json").item["id"]
    place.ok("action", "done", made)
    place.ok("undo", "--yes")
    file = place.register / "people" / "julie-young.toml"
    file.write_text(file.read_text() + "# mine\n")
    place.ok("commit")
    place.ok("agenda", "add", "inaugural", "Papers", "--restricted", "Paragraph 1")
    place.ok("minutes", "draft", "inaugural")
    place.ok("meeting", "move", "inaugural", "--date", "2023-06-14")
    assert left(place) == ""
    assert place.ok("action", "list", "--json").items[0]["id"] == made


def test_minutes_that_a_hook_formats_as_they_are_approved_are_approved_so(place):
    place.ok("minutes", "draft", "inaugural")
    place.ok("meeting", "add", "Autumn", "--date", "2023-09-06")
    hooked(place, FORMATS)
    place.ok("minutes", "approve", "inaugural", "--at", "autumn", env={"SOURCE_DATE_EPOCH": "1694016000"})
    assert left(place) == ""
    assert "# formatted" in place.ok("minutes", "show", "inaugural").out
    assert place.ok("check").out == ""


@pytest.mark.parametrize("script", [ADDS_ANOTHER, FORMATS])
def test_what_somebody_staged_elsewhere_stays_staged(place, script):
    hooked(place, script)
    (place.folder / "notes.txt").write_text("one\n")
    place.git("add", "notes.txt")
    place.ok("person", "edit", "colin", "--role", "Manager")
    place.ok("person", "edit", "colin", "--role", "Director")
    assert left(place) == "A  notes.txt\n"


def test_what_a_hook_takes_along_is_no_longer_staged_the_other_way_round(place):
    (place.folder / "notes.txt").write_text("one\n")
    place.git("add", "notes.txt")
    place.git("commit", "--quiet", "-m", "Notes")
    (place.folder / "notes.txt").write_text("two\n")
    hooked(place, ADDS_ALL_THAT_IS_KEPT)
    place.ok("person", "edit", "colin", "--role", "Manager")
    assert left(place) == ""
    assert place.git("show", "HEAD:notes.txt") == "two\n"


def test_with_the_first_commit_of_all_too(empty):
    hooked(empty, FORMATS)
    (empty.folder / "notes.txt").write_text("one\n")
    empty.git("add", "notes.txt")
    empty.ok("init", "--name", "A Partnership")
    assert left(empty) == "A  notes.txt\n"


FORMATS_AND_FAILS = r"""#!/bin/sh
echo once >> .git/ran
for file in $(git diff --cached --name-only --diff-filter=AM | grep '\.toml$'); do
  grep -q formatted "$file" || { printf '# formatted\n' >> "$file"; echo "Fixing $file"; failed=1; }
done
exit ${failed:-0}
"""
NEVER_CONTENT = r"""#!/bin/sh
echo once >> .git/ran
for file in $(git diff --cached --name-only); do printf '# again\n' >> "$file"; done
echo files were modified by this hook
exit 1
"""


def ran(place):
    return (place.folder / ".git" / "ran").read_text().count("once")


def test_what_a_hook_formats_before_it_fails_is_committed_at_the_second_try(place):
    hooked(place, FORMATS_AND_FAILS)
    made = place.ok("person", "add", "Ann Lee", "--json").item["id"]
    assert (left(place), ran(place)) == ("", 2)
    assert "# formatted" in place.git("show", f"HEAD:meetings/people/{made}.toml")
    place.ok("person", "edit", "colin", "--role", "Manager")
    place.ok("person", "edit", "colin", "--role", "Director")
    assert (left(place), ran(place)) == ("", 5)


def test_a_hook_that_is_never_content_is_asked_twice_and_no_more(place):
    hooked(place, NEVER_CONTENT)
    answer = place.run("person", "add", "Ann Lee")
    assert answer.code == 6
    assert "Saved, but git did not commit it: files were modified by this hook. When that is put" in answer.err
    assert (left(place), ran(place)) == ("?? meetings/people/ann-lee.toml\n", 2)
