"""``slavefree attendance``."""

from collections.abc import Collection
from typing import Annotated, Literal

import typer

from slavefree_cli.commands import completion
from slavefree_cli.commands.noun import noun
from slavefree_cli.commands.options import MeetingArgument, argument, nothing_given, option, text
from slavefree_cli.commands.session import AsJson, Session
from slavefree_cli.commands.whole import whole
from slavefree_cli.errors import UsageError
from slavefree_cli.model.agenda import ordered
from slavefree_cli.model.attendance import Attendee, Outcome
from slavefree_cli.model.kinds import Records
from slavefree_cli.model.meeting import Meeting
from slavefree_cli.model.quorum import Quorum
from slavefree_cli.model.text import counted
from slavefree_cli.register.restricted import WholeDesk
from slavefree_cli.view import screen, shapes
from slavefree_cli.view.screen import columns
from slavefree_cli.work.records import agendas, attendance, find
from slavefree_cli.work.records.recording import Came, Said, named

app = noun()

COLUMNS = columns(
    "person reply outcome representing deputy_for by_video arrived left interests also_deputy_for away",
    spare="by_video interests away also_deputy_for left arrived deputy_for reply",
    below="by_video interests away also_deputy_for left arrived deputy_for",
)
COMMENT = columns("reply_comment", spare="reply_comment", below="reply_comment", reply_comment="Comment")
"""Stands behind them where anybody said something to their answer."""

People = Annotated[list[str] | None, option("PERSON", offers=completion.people)]
Spoken = Literal["accepted", "declined", "tentative"]
Pairs = Annotated[list[str] | None, option("PERSON=ITEM")]


@app.command(epilog="Example: slavefree attendance show last")
def show(context: typer.Context, meeting: MeetingArgument, json: AsJson = False) -> None:
    """Show who came, and the quorum, also at each decision.

    People stand in the order of a people block.
    """
    session, desk = whole(context)
    found = find.meeting(desk, meeting, session.now)
    _show(session, desk, found, attendance.of(desk, found), json=json)


@app.command(epilog="Example: slavefree attendance record last --present colin --deputy sam=julie --late colin=county")
def record(
    context: typer.Context,
    meeting: MeetingArgument,
    present: People = None,
    apologies: People = None,
    absent: People = None,
    in_attendance: People = None,
    deputy: Annotated[list[str] | None, option("PERSON=FOR", "Who came for whom.")] = None,
    video: People = None,
    late: Pairs = None,
    left: Pairs = None,
    back: Annotated[list[str] | None, option("PERSON=ITEM", "Who came back in, after --left.")] = None,
    interest: Pairs = None,
    representing: Annotated[
        list[str] | None, option("PERSON=MEMBER", "For which member, of somebody who represents several.")
    ] = None,
    json: AsJson = False,
) -> None:
    """Record who came and how.

    Each option may be repeated, and who is not named stays as recorded.

    An empty value takes back what was recorded: --late alex= or --present alex=.

    Without options, at a terminal, everybody who was invited is ticked off with one key each.
    """
    session, desk = whole(context)
    today = session.today(desk)
    found = find.meeting(desk, meeting, session.now)
    if nothing_given(context):
        if not session.asks:
            raise UsageError("Say who came: --present PERSON, --apologies PERSON and so on.")
        from slavefree_cli.commands.checklist import recorded_by_ticking_off

        recorded = recorded_by_ticking_off(session, desk, found, today)
    else:
        typed = _Typed()
        outcomes: list[tuple[Outcome, list[str] | None]] = [
            ("present", present), ("apologies", apologies), ("absent", absent), ("in-attendance", in_attendance),
        ]  # fmt: skip
        came = Came(
            [(outcome, person) for outcome, people in outcomes for person in typed.people(outcome, people)],
            typed.pairs("deputy", deputy),
            typed.people("video", video),
            typed.pairs("late", late),
            typed.pairs("left", left),
            typed.pairs("interest", interest),
            typed.pairs("back", back),
            typed.pairs("representing", representing),
            typed.taken_back,
        )
        recorded = attendance.record(desk, found, _asked(session, desk, found, came), today)
        session.say(f"Recorded the attendance of {found.dated}")
    _show(session, desk, found, recorded, json=json)


@app.command(epilog="Example: slavefree attendance reply next sam declined --comment 'On leave'")
def reply(
    context: typer.Context,
    meeting: MeetingArgument,
    person: Annotated[
        str, argument("PERSON", "Who answered; or a member that is invited by its mailbox.", offers=completion.parties)
    ],
    answer: Annotated[Spoken, argument(None, "What they answered.")],
    comment: Annotated[str | None, option("TEXT", "What they said besides.")] = None,
    json: AsJson = False,
) -> None:
    """Record an answer that somebody gave by voice.

    It is newer than what their calendar sent before, also where that is read once more.
    """
    session, desk = whole(context)
    found = find.meeting(desk, meeting, session.now)
    recorded, who = attendance.reply(desk, found, person, answer, text(comment), session.now)
    session.say(f"Recorded: {who.name}, {answer}, {found.dated}")
    _show(session, desk, found, recorded, json=json)


class _Typed:
    """What was typed of people, and what of it takes back what was recorded, as its value is empty."""

    def __init__(self) -> None:
        self.taken_back: list[tuple[Said, str]] = []

    def people(self, option: Said, typed: list[str] | None) -> list[str]:
        """Return the people that an option names; ``PERSON=`` takes back that it was said of them."""
        self.taken_back += [(option, each.rstrip("= ")) for each in typed or [] if each.rstrip().endswith("=")]
        return [each for each in typed or [] if not each.rstrip().endswith("=")]

    def pairs(self, option: Said, typed: list[str] | None) -> list[tuple[str, str]]:
        """Return what is typed as ``PERSON=SOMETHING``, taken apart; ``PERSON=`` takes back what was recorded."""
        pairs = []
        for each in typed or []:
            first, equals, second = (part.strip() for part in each.partition("="))
            if not equals or not first:
                raise UsageError(f"--{option} takes PERSON=SOMETHING, not {each!r}.")
            if second:
                pairs.append((first, second))
            else:
                self.taken_back.append((option, first))
        return pairs


def _asked(session: Session, desk: WholeDesk, meeting: Meeting, came: Came) -> Came:
    """Return what came of a meeting, with the members for which people sit who were asked: at a terminal."""
    if not session.asks:
        return came
    came = named(desk, meeting, came)
    name = desk.records.name
    answers = [
        (person, members[session.choose(f"For whom does {name(person)} sit?", [name(each) for each in members])])
        for person, members in attendance.to_be_asked(desk, meeting, came).items()
    ]
    return came._replace(representing=[*came.representing, *answers])


def _show(session: Session, desk: WholeDesk, meeting: Meeting, recorded: attendance.Recorded, *, json: bool) -> None:
    people = shapes.attendees(recorded.attendance, recorded.people, recorded.apologies)
    if json:
        item = shapes.attendance(meeting.id, people, recorded.quorum, recorded.decisions, recorded.answers)
        screen.write_bytes(shapes.answer(Records.attendances, item))
        return
    earlier = recorded.answers.outdated if recorded.answers else ()
    shown = [_named(each, session, desk, meeting, earlier) if screen.on_terminal() else _flat(each) for each in people]
    comment = COMMENT if any(each["reply_comment"] for each in people) else ()
    session.show_all(Records.attendances, shown, (*COLUMNS, *comment), desk, json=False)
    if recorded.answers is not None:
        answers = recorded.answers
        apologies = f" ({len(answers.apologies)} with apologies)" if answers.apologies else ""
        tally = [("coming", answers.coming), (f"not coming{apologies}", answers.not_coming)]
        tally += [("not sure", answers.not_sure), ("no answer", answers.no_answer)]
        if answers.outdated:
            tally.append(("answered an earlier version", answers.outdated))
        session.say(", ".join(f"{len(those)} {what}" for what, those in tally) + ".")
        if answers.quorum.met is not None:
            session.say(f"Quorum to be expected: {_in_words(answers.quorum)}")
    elif recorded.quorum.met is not None:
        session.say(f"Quorum: {_in_words(recorded.quorum)}")
        for decision, there in recorded.decisions:
            if there.met != recorded.quorum.met:
                session.say(f"Quorum at decision {decision.id.upper()}: {_in_words(there)}")


def _in_words(judged: Quorum) -> str:
    missing = f", nobody from {', '.join(judged.missing)}" if judged.missing else ""
    met = "met" if judged.met else "not met"
    return f"{met} ({counted(judged.present, 'member')}, {judged.needed or 0} needed{missing})"


def _named(
    entry: shapes.Item, session: Session, desk: WholeDesk, meeting: Meeting, earlier: Collection[str]
) -> shapes.Item:
    """Return an entry with names in place of ids, and the numbers of items in place of theirs.

    Of whom it is not recorded whom they represented it is said whom they do on the day, and of ``earlier`` that their
    answer was to an earlier version of the meeting.
    """
    order = [slug for slug, _ in ordered(agendas.of(desk, meeting.id).open.items)]

    def number(slug: object) -> object:
        return f"item {order.index(str(slug)) + 1}" if slug in order else slug

    records, names = desk.records, session.names
    person = records.people.get(str(entry["person"]))
    there = person.represented(records.members, meeting.date) if person else []
    away = entry["away"]
    assert isinstance(away, dict)  # noqa: S101 - an Item holds any value
    interests, also = entry["interests"], entry["also_deputy_for"]
    return {
        **names.item(entry, Attendee, meeting.id),
        "person": names.party(str(entry["person"])),
        "reply": f"{entry['reply']} earlier" if entry["person"] in earlier else entry["reply"],
        "representing": [
            names.party(each) for each in ([str(entry["representing"])] if entry["representing"] else there)
        ],
        **{key: number(entry[key]) for key in ("arrived", "left")},
        "reply_comment": screen.flat(entry["reply_comment"]),
        "interests": [number(each) for each in interests] if isinstance(interests, list) else interests,
        "also_deputy_for": [names.party(str(each)) for each in also] if isinstance(also, list) else also,
        **_flat({"away": {number(out): {"back": number(each["back"])} for out, each in away.items()}}),
    }


def _flat(person: shapes.Item) -> shapes.Item:
    """Return an entry with each absence as the item at which somebody went out and that at which they were back."""
    away = person["away"]
    assert isinstance(away, dict)  # noqa: S101 - an Item holds any value
    return {**person, "away": [f"{out} to {each['back']}" for out, each in away.items()]}
