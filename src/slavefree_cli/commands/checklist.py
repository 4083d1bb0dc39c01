"""The quick checklist of everybody who was invited: one key a person."""

from datetime import date
from typing import Final, NamedTuple

from slavefree_cli.commands.session import Session
from slavefree_cli.errors import InvalidError, NotFoundError
from slavefree_cli.model.attendance import Outcome
from slavefree_cli.model.kinds import Records
from slavefree_cli.model.meeting import Meeting
from slavefree_cli.register.restricted import WholeDesk
from slavefree_cli.view import keys, screen
from slavefree_cli.work.records import find
from slavefree_cli.work.records.attendance import Expected, Recorded, expected, of, record
from slavefree_cli.work.records.recording import Came

KEYS: Final[dict[str, tuple[str, Outcome]]] = {
    "p": ("present", "present"),
    "v": ("present by video", "present"),
    "a": ("apologies", "apologies"),
    "d": ("apologies, a deputy came", "apologies"),
    "i": ("in attendance", "in-attendance"),
    "x": ("absent", "absent"),
}
BACK, STOP = "b", "q"
AS_IT_IS = ("\r", "\n", " ")
ENDED = ("\x04", "")

HELP: Final = (
    "p present · v present by video · a apologies · d a deputy came · i in attendance · x absent",
    "Enter leaves it as it is · b goes back · q stops; what is ticked off is saved however it ends",
)


class Tick(NamedTuple):
    """What was typed about somebody."""

    key: str
    deputy: str | None = None
    """Who came for them."""
    member: str | None = None
    """For which member they sit, where they could for several."""


def recorded_by_ticking_off(session: Session, desk: WholeDesk, meeting: Meeting, today: date) -> Recorded:
    """Ask about everybody in turn, record what was typed, and return it.

    What is ticked off is recorded even where it is broken off with Ctrl-C; where it cannot be, everybody is asked
    about again with what was typed still there.

    Raises:
        InvalidError: The meeting was cancelled.
        KeyboardInterrupt: It was broken off; what was typed is recorded.
    """
    ticks: dict[str, Tick] = {}
    with keys.one_at_a_time():
        while True:
            finished = _ticked_off(desk, meeting, ticks)
            try:
                recorded = record(desk, meeting, _came(ticks), today) if ticks else of(desk, meeting)
            except InvalidError as error:
                if not finished:
                    raise
                session.warn(str(error))
                if not _again():
                    raise
            else:
                session.say(f"Recorded {len(ticks)} of {meeting.dated}" if ticks else "Nothing is changed.")
                if not finished:
                    raise KeyboardInterrupt
                return recorded


def _again() -> bool:
    screen.ask("Go through them again? [Y/n] ")
    wanted = keys.key().lower() not in {"n", "q"}
    screen.say("")
    return wanted


def _ticked_off(desk: WholeDesk, meeting: Meeting, ticks: dict[str, Tick]) -> bool:
    """Ask about everybody in turn; return False where it was broken off with Ctrl-C."""
    try:
        people = expected(desk, meeting)
        for line in (f"{meeting.dated}: {len(people)} people", *HELP):
            screen.say(line)
        _ask(desk, meeting, people, ticks)
    except KeyboardInterrupt:
        screen.say("")
        return False
    return True


def _ask(desk: WholeDesk, meeting: Meeting, people: list[Expected], ticks: dict[str, Tick]) -> None:
    index = 0
    while index < len(people):
        person = people[index]
        screen.ask(_line(index, len(people), person, ticks.get(person.id)))
        key = keys.key().lower()
        if key in KEYS:
            tick = _tick(desk, meeting, key, person)
            if tick is not None:
                ticks[person.id] = tick
                screen.say(_said(tick, desk))
                index += 1
            continue
        screen.say("")
        if key == BACK:
            index = max(0, index - 1)
        elif key in AS_IT_IS:
            index += 1
        elif key == STOP or key in ENDED:
            return
        else:
            screen.say(HELP[0])


def _tick(desk: WholeDesk, meeting: Meeting, key: str, person: Expected) -> Tick | None:
    """Return what a key says; with a deputy, ask who came, and return None where nobody did."""
    if KEYS[key][1] == "present" and person.choice:
        return Tick(key, member=_sits_for(desk, person))
    if key != "d":
        return Tick(key)
    screen.say("")
    while True:
        screen.ask("who came (a name, or Enter for nobody)? ")
        typed = keys.line()
        if not typed.strip():
            return None
        try:
            return Tick(key, find.one_of(desk, typed, Records.people, of=meeting).id)
        except NotFoundError as error:
            screen.say(str(error))


def _sits_for(desk: WholeDesk, person: Expected) -> str:
    """Ask for which member somebody sits, by its number."""
    numbered = ", ".join(f"{number} {desk.records.name(id)}" for number, id in enumerate(person.choice, 1))
    screen.say("")
    while True:
        screen.ask(f"for whom ({numbered})? ")
        typed = keys.line().strip()
        if typed.isascii() and typed.isdigit() and 1 <= int(typed) <= len(person.choice):
            return person.choice[int(typed) - 1]
        if not typed:
            return person.choice[0]


def _line(index: int, count: int, person: Expected, tick: Tick | None) -> str:
    members = f", {', '.join(person.members)}" if person.members else ""
    so_far = person.so_far
    comment = f": {screen.flat(so_far.reply_comment)}" if so_far.reply_comment else ""
    known = [KEYS[tick.key][0] if tick else so_far.outcome or "", f"{so_far.reply or ''}{comment}"]
    said = ", ".join(filter(None, known))
    return f"{index + 1}/{count}  {person.name}{members}{f' [{said}]' if said else ''}: "


def _said(tick: Tick, desk: WholeDesk) -> str:
    if tick.member:
        return f"{KEYS[tick.key][0]} for {desk.records.name(tick.member)}"
    return f"{desk.records.name(tick.deputy)} came" if tick.deputy else KEYS[tick.key][0]


def _came(ticks: dict[str, Tick]) -> Came:
    return Came(
        outcomes=[(KEYS[tick.key][1], person) for person, tick in ticks.items()],
        deputies=[(tick.deputy, person) for person, tick in ticks.items() if tick.deputy],
        video=[person for person, tick in ticks.items() if tick.key == "v"],
        representing=[(person, tick.member) for person, tick in ticks.items() if tick.member],
    )
