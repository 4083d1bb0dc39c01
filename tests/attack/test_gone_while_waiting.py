"""What a command had found is taken away, or emptied, while it waits for its turn: that is said in a sentence."""

from contextlib import contextmanager

import pytest

from slavefree_cli.register import lock

GONE = "2031-01-07-gone"
COMMANDS = [
    ("actions/2023/{action}.toml", "action note {action} hello"),
    ("actions/2023/{action}.toml", "action done {action}"),
    ("actions/2023/{action}.toml", "action drop {action} --reason x"),
    ("actions/2023/{action}.toml", "action edit {action} --title x"),
    ("decisions/2023/{decision}.toml", "decision withdraw {decision}"),
    *(
        (f"{GONE}/meeting.toml", each)
        for each in (
            "meeting edit gone --venue x", "meeting move gone --date 2031-02-04",
            "meeting cancel gone --reason x --yes", "agenda add gone Item", "agenda remove gone welcome --yes",
            "attendance record gone --present colin", "attendance reply gone colin accepted",
            "minutes refresh gone", "minutes draft gone", "minutes draft gone --restricted", "minutes collect gone",
            "minutes approve gone --at inaugural", "minutes correct gone x", "minutes send gone",
            "invite make gone", "invite make gone --each --to .", "invite send gone", "invite add gone colin",
            "invite remove gone colin",
        )
    ),
    (f"{GONE}/agenda.toml", "agenda edit gone welcome --title x"),
    (f"{GONE}/agenda.toml", "agenda remove gone welcome --yes"),
    (f"{GONE}/minutes.md", "minutes refresh gone"),
    (f"{GONE}/minutes.md", "minutes collect gone"),
    (f"{GONE}/minutes.md", "minutes approve gone --at inaugural"),
    ("people/colin-cox.toml", "person edit colin --name x"),
    ("people/colin-cox.toml", "person leave colin"),
    ("people/colin-cox.toml", "action add New --owner colin"),
    ("people/colin-cox.toml", "attendance record inaugural --present colin"),
    ("members/barnardos.toml", "member edit barnardos --joined 2020-01-01"),
    ("members/barnardos.toml", "member leave barnardos"),
    ("groups/board.toml", "group edit board --chair julie"),
    ("partnership.toml", "action add New --owner colin"),
    ("partnership.toml", "partnership edit --name y"),
    ("partnership.toml", "check --fix --yes"),
    ("partnership.toml", "commit"),
    ("partnership.toml", "invite feed"),
]  # fmt: skip


def a_little_of_everything(place):
    place.ok("person", "edit", "colin", "--email", "colin@example.org")
    place.ok("group", "add", "Board")
    place.ok("meeting", "add", "Gone", "--date", "2031-01-07", "--start", "2pm", "--end", "4pm")
    place.ok("minutes", "draft", "gone")
    minutes = place.register / GONE / "minutes.md"
    minutes.write_text(minutes.read_text() + "\nACTION Colin Cox: Map them\n")
    place.ok("commit")
    place.ok("action", "add", "First", "--owner", "julie")
    place.ok("decision", "add", "Agreed.", "--meeting", "inaugural")


def without_outbox(place):
    """Whoever sends holds a lock there meanwhile."""
    return {path: content for path, content in place.files().items() if "/outbox/" not in path}


@pytest.mark.parametrize("emptied", [False, True], ids=["gone", "emptied"])
@pytest.mark.parametrize(("path", "command"), COMMANDS, ids=lambda each: each.format(action="A", decision="D"))
def test_it_is_told_in_a_sentence_and_nothing_is_written(place, prepared, monkeypatch, path, command, emptied):
    place = prepared(place, a_little_of_everything)
    codes = {each: next(place.register.glob(f"{each}s/*/*.toml")).stem for each in ("action", "decision")}
    file, arguments = place.register / path.format(**codes), command.format(**codes).split()
    real, kept, before = lock.locked, file.read_bytes(), None

    @contextmanager
    def while_it_waits(desk, seconds=lock.LOCK_SECONDS):
        nonlocal before
        with real(desk, seconds):
            if before is None:
                file.unlink()
                if emptied:
                    file.write_bytes(b"")
                before = without_outbox(place), place.head()
            yield

    for each in ("register.lock", "register.recovery", "work.history.log"):
        monkeypatch.setattr(f"slavefree_cli.{each}.locked", while_it_waits)
    answer = place.run(*arguments)
    # Nothing but what an earlier one of several changes did; of minutes that are empty there is nothing to say.
    if answer.code == 0:
        assert before is None or emptied, answer.err
        return
    assert answer.code in {3, 4, 5}, (answer.code, answer.err)
    assert "slavefree: " in answer.err
    assert (without_outbox(place), place.head()) == before
    assert not (place.register / "outbox").exists()
    file.write_bytes(kept)
    assert place.git("status", "--porcelain") == ""


SAVED = [
    ("add inaugural New", "Added"), ("edit inaugural welcome --minutes 7", "Changed"),
    ("move inaugural welcome --after apologies", "Moved"),
]  # fmt: skip


@pytest.mark.parametrize(("command", "done"), SAVED)
def test_what_was_saved_and_is_gone_when_it_is_shown_is_told_as_done(place, monkeypatch, command, done):
    """As when a program that keeps folders alike takes the file away for a moment."""
    from slavefree_cli.commands import agenda

    real = agenda.agendas.of

    def gone(desk, meeting):
        found = real(desk, meeting)
        (place.register / meeting / "agenda.toml").unlink(missing_ok=True)
        desk.reader.forget()
        return found._replace(open=found.open.__class__(id=meeting))

    monkeypatch.setattr(agenda.agendas, "of", lambda *given: (gone if place.head() != head else real)(*given))
    head = place.head()
    answer = place.run("agenda", *command.split())
    assert answer.code == 3
    assert "is not on the agenda of Inaugural meeting any more" in answer.err
    assert done in answer.err.splitlines()[0]
    assert place.head() != head
