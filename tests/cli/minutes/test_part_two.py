"""What was taken in private, minuted apart in the restricted tree."""

import pytest

from drafted_minutes import AUTUMN, MEETING, finish, with_minutes, write


def with_part_two(place):
    with_minutes(place)
    place.ok("agenda", "add", "inaugural", "CANARY", "--restricted", "CANARY")
    place.ok("minutes", "draft", "inaugural", "--restricted")
    place.ok("minutes", "refresh", "inaugural")


class TestPartTwo:
    @pytest.fixture
    def secret(self, place, minutes, prepared):
        """The file of drafted restricted minutes."""
        return prepared(place, with_part_two).register / "restricted" / MEETING / "minutes.md"

    def leaks(self, place):
        files = [name for name, content in place.files().items() if b"CANARY" in content and "restricted/" not in name]
        return files + [each for each in place.git("log", "--format=%B").splitlines() if "CANARY" in each]

    def test_restricted_items_are_minuted_apart(self, place, secret):
        text = secret.read_text()
        assert "## 7. CANARY\n\nTaken in private: CANARY\n" in text
        assert "County Lines" not in text
        assert self.leaks(place) == []

    def test_what_is_collected_there_is_restricted(self, place, secret):
        write(secret, "ACTION Colin: CANARY\nDECISION: CANARY\n", under="## 7. CANARY\n")
        made = place.ok("minutes", "collect", "inaugural", "--restricted", "--json").items
        assert [(each["kind"], each["restricted"], each["item"][:5]) for each in made] == [
            ("action", True, "item-"), ("decision", True, "item-"),
        ]  # fmt: skip
        assert f"| {made[0]['id'].upper()} | CANARY |" in secret.read_text()
        place.ok("minutes", "refresh", "inaugural")
        place.ok("minutes", "draft", "autumn")
        assert self.leaks(place) == []
        assert place.ok("check").out == ""

    def test_open_ones_come_back_to_the_next_part_two_alone(self, place, secret):
        write(secret, "ACTION Colin: CANARY\n", under="## 7. CANARY\n")
        place.ok("minutes", "collect", "inaugural", "--restricted")
        place.ok("minutes", "draft", "autumn", "--restricted")
        text = (place.register / "restricted" / "2023-09-06-autumn" / "minutes.md").read_text()
        assert "| CANARY | Colin Cox | no date | open | 1 |" in text

    def test_nothing_is_collected_under_a_restricted_item_of_the_open_minutes(self, place, secret, minutes):
        minutes.unlink()
        place.ok("minutes", "draft", "inaugural")
        write(minutes, "DECISION: x\n", under="## 7. Restricted item\n")
        said = place.refused(4, "minutes", "collect", "inaugural")
        assert "stands under a restricted item; write it in the minutes of Part Two" in said

    def test_they_are_approved_and_corrected_in_the_restricted_tree(self, place, secret):
        finish(secret)
        before = (place.register / MEETING / "meeting.toml").read_bytes()
        place.ok("minutes", "approve", "inaugural", "--at", "autumn", "--restricted", env=AUTUMN)
        place.ok("minutes", "correct", "inaugural", "CANARY", "--restricted")
        assert (place.register / MEETING / "meeting.toml").read_bytes() == before
        assert "CANARY" in place.ok("minutes", "show", "inaugural", "--restricted").out
        assert place.ok("check").out == ""
        secret.write_text(secret.read_text().replace("private", "Private"))
        assert f"meetings/restricted/{MEETING}/minutes.md: error: was approved" in place.run("check").out
        assert self.leaks(place) == []

    def test_a_meeting_without_restricted_items_has_none(self, place, minutes):
        assert "has no restricted items in this clone" in place.refused(
            4, "minutes", "draft", "inaugural", "--restricted"
        )
