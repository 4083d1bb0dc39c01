"""What goes out besides invitations: whom it reaches, what it warns of, and what the history says of it."""

from pathlib import Path

import pytest
import tomli

from auth_server import AuthServer

MEETING = "2023-06-07-inaugural"


@pytest.fixture
def mailbox(place):
    made = AuthServer()
    config = Path(place.env["HOME"]) / ".config" / "slavefree" / "config.toml"
    config.parent.mkdir(parents=True)
    config.write_text(f'[smtp]\nhost = "127.0.0.1"\nport = {made.port}\n')
    yield made
    made.stop()


def with_addresses(place):
    place.ok("person", "edit", "colin", "--email", "colin@example.org")
    place.ok("person", "edit", "julie", "--email", "julie@example.org")


@pytest.fixture
def addressed(place, prepared):
    return prepared(place, with_addresses)


def sent(place):
    return [tomli.loads(path.read_text()) for path in sorted((place.register / "sent").rglob("*.toml"))]


def lines(message):
    text = message.get_body(("plain",)).get_content()
    return [line.split(": ", 1)[1] for line in text.splitlines() if line.startswith("- ")]


class TestAMemberWithoutAnAddress:
    def test_is_chased_at_the_addresses_of_its_people_with_what_is_their_own(self, addressed, mailbox):
        addressed.ok("person", "add", "Ann Day", "--of", "essex-police", "--email", "ann@example.org")
        addressed.ok("action", "add", "Theirs", "--owner", "essex-police", "--with", "julie")
        addressed.ok("action", "add", "His own", "--owner", "colin")
        addressed.ok("action", "add", "Of both", "--owner", "essex-police", "--with", "colin")
        answer = addressed.ok("action", "chase", "--smtp", "--yes")
        by_address = {to: lines(message) for to, message in mailbox.taken}
        assert sorted(by_address) == ["ann@example.org", "colin@example.org", "julie@example.org"]
        assert sorted(by_address["ann@example.org"]) == [
            "Of both (no date set; for Essex Police; with Colin Cox)",
            "Theirs (no date set; for Essex Police; with Julie Young)",
        ]
        assert sorted(by_address["colin@example.org"]) == [
            "His own (no date set)",
            "Of both (no date set; with Essex Police)",
            "Theirs (no date set; for Essex Police; with Julie Young)",
        ]
        assert "colin-cox\tColin Cox\tcolin@example.org\t3 actions, 1 of them for Essex Police\tsent\t\n" in answer.out
        assert "has no address" not in answer.err

    def test_with_one_is_chased_there_alone(self, addressed):
        addressed.ok("member", "edit", "essex-police", "--email", "partnerships@example.org")
        addressed.ok("action", "add", "Theirs", "--owner", "essex-police")
        assert addressed.ok("action", "chase", "--dry-run").out == (
            "essex-police\tEssex Police\tpartnerships@example.org\t1 action\t\t\n"
        )

    def test_nobody_who_left_and_no_deputy_is_written_to_where_another_is_there(self, addressed):
        addressed.ok("person", "add", "Ann Day", "--of", "essex-police", "--email", "ann@example.org", "--deputy")
        addressed.ok("action", "add", "Theirs", "--owner", "essex-police")
        assert "ann@" not in addressed.ok("action", "chase", "--dry-run").out
        addressed.ok("person", "leave", "colin", "--on", "2023-05-01")
        listed = addressed.ok("action", "chase", "--dry-run", "--owner", "essex-police").out
        assert listed == "ann-day\tAnn Day\tann@example.org\t1 action, for Essex Police\t\t\n"

    def test_and_without_people_who_have_one_is_told(self, place):
        place.ok("action", "add", "Theirs", "--owner", "essex-police")
        said = place.ok("action", "chase", "--dry-run").err
        assert "Essex Police has no address and gets nothing: slavefree member edit essex-police" in said


class TestWhatWentOutIsInTheHistory:
    def test_reminders_with_how_many_and_no_address(self, addressed, mailbox):
        addressed.ok("action", "add", "Map them", "--owner", "colin", "--with", "julie")
        addressed.ok("action", "chase", "--smtp", "--yes")
        assert addressed.messages()[-1] == "Send reminders of open actions to 2 people"
        body = addressed.git("show", "HEAD")
        assert "@example.org" not in body.partition("\ndiff ")[2]
        assert "@" not in addressed.git("log", "-1", "--format=%B")
        assert addressed.git("status", "--porcelain") == ""
        (record,) = sent(addressed)
        assert (record["what"], record["to"]) == ("open actions", ["colin-cox", "julie-young"])
        assert addressed.ok("log", "--json").items[0]["message"] == "Send reminders of open actions to 2 people"

    def test_once_for_what_went_out_once(self, addressed, mailbox):
        addressed.ok("action", "add", "Map them", "--owner", "colin")
        addressed.ok("action", "chase", "--smtp", "--yes")
        before = addressed.head()
        addressed.ok("action", "chase", "--smtp", "--yes")
        assert (addressed.head(), len(mailbox.taken)) == (before, 1)

    @pytest.mark.parametrize(
        ("options", "said"),
        [((), "the draft minutes"), (("--template", "action-notes"), "the action notes")],
    )
    def test_minutes_sent_or_written_as_drafts(self, addressed, mailbox, options, said):
        addressed.ok("minutes", "draft", "inaugural")
        addressed.ok("minutes", "send", "inaugural", *options, "--dry-run")
        addressed.ok("minutes", "send", "inaugural", *options)
        addressed.ok("minutes", "send", "inaugural", *options, "--smtp", "--yes")
        of = f"{said} of Inaugural meeting on 7 June 2023 to 2 people"
        assert addressed.messages()[-2:] == [f"Write {of}", f"Send {of}"]
        assert {(each["meeting"], each.get("drafts", False)) for each in sent(addressed)} == {
            (MEETING, True),
            (MEETING, False),
        }

    def test_is_not_taken_back(self, addressed, mailbox):
        addressed.ok("action", "add", "Map them", "--owner", "colin")
        addressed.ok("action", "chase", "--smtp", "--yes")
        assert "what was issued to people stays issued" in addressed.refused(1, "undo", "--yes")

    def test_and_where_it_cannot_be_written_down_that_is_told_with_the_rest(self, addressed, mailbox):
        addressed.ok("action", "add", "Map them", "--owner", "colin")
        (addressed.folder / ".git" / "MERGE_HEAD").write_text(addressed.head())
        answer = addressed.ok("action", "chase", "--smtp", "--yes")
        assert "It is not in the history that 1 message went out: A merge is in progress" in answer.err
        assert "Sent 1 message." in answer.err

    def test_a_record_of_it_is_checked_as_every_other(self, addressed):
        addressed.ok("action", "add", "Map them", "--owner", "colin")
        addressed.ok("action", "chase")
        (file,) = (addressed.register / "sent").rglob("*.toml")
        file.write_text(file.read_text().replace("colin-cox", "nobody"))
        (found,) = addressed.run("check", "--json").items
        assert (found["code"], found["file"]) == ("unknown-reference", str(file.relative_to(addressed.register)))


class TestUnfinishedMinutes:
    @pytest.fixture
    def minuted(self, addressed):
        addressed.ok("minutes", "draft", "inaugural")
        return addressed

    def warned(self, place, *options):
        return place.ok("minutes", "send", "inaugural", *options, "--dry-run").err

    def typed(self, place, text):
        file = place.register / MEETING / "minutes.md"
        file.write_text(file.read_text() + f"\n{text}\n")

    def finish(self, place):
        file = place.register / MEETING / "minutes.md"
        file.write_text(file.read_text().replace("It was noted that\n", "It was noted that all agreed.\n"))

    def test_finished_ones_are_sent_without_a_word(self, minuted):
        self.finish(minuted)
        assert self.warned(minuted) == ""

    def test_sentences_that_were_only_begun_are_told_by_their_lines(self, minuted):
        self.typed(minuted, "It was noted that\n\nIt was noted that")
        said = self.warned(minuted)
        assert f"{MEETING}/minutes.md:" in said
        assert ": lines " in said
        assert "nothing follows “It was noted that”." in said

    def test_actions_that_are_no_records_are_told_for_minutes_and_notes(self, minuted):
        self.finish(minuted)
        self.typed(minuted, "ACTION Colin: Map them")
        for options in ((), ("--template", "action-notes")):
            said = self.warned(minuted, *options)
            assert "an action or decision is no record yet. First: slavefree minutes collect 2023-06-07" in said

    def test_marks_of_git_are_told(self, minuted):
        self.finish(minuted)
        self.typed(minuted, "<<<<<<< ours\none\n=======\ntwo\n>>>>>>> theirs")
        assert "git left its marks where two versions met" in self.warned(minuted)

    def test_lists_that_the_records_have_otherwise_are_told(self, minuted):
        self.finish(minuted)
        minuted.ok("action", "add", "Map them", "--owner", "colin", "--meeting", "inaugural")
        said = self.warned(minuted)
        assert said.startswith(
            f"{MEETING}/minutes.md does not say what the records say now. First: slavefree minutes ref"
        )
        assert self.warned(minuted, "--template", "action-notes") == ""

    def test_approved_ones_are_as_they_were_approved(self, minuted):
        minuted.ok("meeting", "add", "Autumn", "--date", "2023-05-01", "--chair", "colin")
        minuted.ok("meeting", "move", "inaugural", "--date", "2023-04-07")
        minuted.ok("minutes", "refresh", "inaugural")
        minuted.ok("minutes", "approve", "inaugural", "--at", "autumn")
        assert self.warned(minuted) == ""


class TestDraftsOfEarlierRounds:
    def drafts(self, place):
        return sorted(path.name for path in (place.register / "outbox").glob("*.eml"))

    def test_of_whom_there_is_nothing_any_more_go_and_each_has_the_newest_alone(self, addressed):
        addressed.ok("action", "add", "Map them", "--owner", "colin")
        addressed.ok("action", "add", "Write to them", "--owner", "julie")
        addressed.ok("action", "add", "Ask them", "--owner", "julie")
        addressed.ok("action", "chase", env={"SOURCE_DATE_EPOCH": "1683500000"})
        addressed.ok("invite", "send", "inaugural")
        assert len(self.drafts(addressed)) == 4
        addressed.ok("action", "done", "map")
        addressed.ok("action", "done", "ask")
        assert "Took" not in addressed.ok("action", "chase", "--dry-run").err
        said = addressed.ok("action", "chase").err
        assert "Took 2 earlier drafts out of the outbox, as they are out of date: Colin Cox, Julie Young." in said
        assert self.drafts(addressed) == [
            f"{MEETING}_colin-cox.eml", f"{MEETING}_julie-young.eml", "chase-2023-05-09_julie-young.eml"
        ]  # fmt: skip
        addressed.ok("action", "done", "write")
        said = addressed.ok("action", "chase").err
        assert "Took 1 earlier draft out of the outbox, as they are out of date: Julie Young." in said
        assert not any(name.startswith("chase") for name in self.drafts(addressed))

    def test_of_others_who_are_not_asked_for_stay(self, addressed):
        addressed.ok("action", "add", "Map them", "--owner", "colin")
        addressed.ok("action", "add", "Write to them", "--owner", "julie", "--due", "2023-05-01")
        addressed.ok("action", "chase")
        addressed.ok("action", "chase", "--overdue")
        addressed.ok("action", "chase", "--owner", "julie")
        assert len(self.drafts(addressed)) == 2

    def test_of_minutes_to_somebody_who_was_taken_off_the_list_go(self, addressed):
        addressed.ok("minutes", "draft", "inaugural")
        addressed.ok("minutes", "send", "inaugural")
        addressed.ok("invite", "remove", "inaugural", "julie")
        assert "out of date: Julie Young." in addressed.ok("minutes", "send", "inaugural").err
        assert self.drafts(addressed) == [f"minutes-{MEETING}_colin-cox.eml"]
