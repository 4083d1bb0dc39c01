"""What whoever runs a command has set for git themselves changes nothing of what the command does."""

import pytest

SET = [
    ("diff.orderFile", "/nonexistent"),
    ("trailer.separators", "%="),
    ("i18n.commitEncoding", "ISO-8859-1"),
    ("i18n.commitEncoding", "UTF-16"),
    ("i18n.logOutputEncoding", "windows-1252"),
    ("color.ui", "always"),
    ("log.follow", "true"),
    ("format.pretty", "oneline"),
    ("core.commentChar", ":"),
]


@pytest.mark.parametrize(("key", "value"), SET)
def test_a_record_is_saved_edited_by_hand_told_of_and_taken_back(place, key, value):
    place.git("config", key, value)
    place.ok("action", "add", "Añade — it", "--owner", "colin")
    file = place.register / "people" / "colin-cox.toml"
    file.write_text(file.read_text() + "# mine\n")
    place.ok("person", "edit", "colin", "--role", "Señor")
    place.ok("undo", "--yes")
    place.git("config", "--unset", key)
    subjects = [each["message"] for each in place.ok("log", "--json").items[:4]]
    assert subjects[1:3] == ["Change the details of Colin Cox", "Edited by hand: people/colin-cox.toml"]
    assert subjects[3].endswith("Añade — it")
    assert "encoding " not in place.git("cat-file", "commit", "HEAD~3")
    assert place.git("status", "--porcelain") == ""
