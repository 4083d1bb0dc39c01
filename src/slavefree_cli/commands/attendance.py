"""``slavefree attendance``."""

from typing import Annotated

import typer

from slavefree_cli.commands import completion
from slavefree_cli.commands.meeting_reference import MeetingArgument
from slavefree_cli.commands.session import AsJson, Session, nothing_given
from slavefree_cli.commands.whole import whole
from slavefree_cli.errors import UsageError
from slavefree_cli.register.restricted import WholeRegister
from slavefree_cli.view import items, screen
from slavefree_cli.view.screen import Column
from slavefree_cli.work import attendance, find

app = typer.Typer(help="Who came, apologies, quorum.", rich_markup_mode=None, no_args_is_help=True)

COLUMNS = (
    Column("Person", "person"),
    Column("Reply", "reply"),
    Column("Outcome", "outcome"),
    Column("Representing", "representing"),
    Column("Deputy for", "deputy_for"),
    Column("By video", "by_video"),
    Column("Arrived", "arrived"),
    Column("Left", "left"),
    Column("Interests", "interests"),
)

People = Annotated[
    list[str] | None, typer.Option(metavar="PERSON", autocompletion=completion.people, show_default=False)
]
Pairs = Annotated[list[str] | None, typer.Option(metavar="PERSON=ITEM", show_default=False)]


@app.command(epilog="Example: slavefree attendance show last")
def show(context: typer.Context, meeting: MeetingArgument, json: AsJson = False) -> None:
    """Show who came, and the quorum."""
    session, register = whole(context)
    found = find.meeting(register, meeting, session.today(register))
    _show(session, register, attendance.of(register, found), json=json)


@app.command(epilog="Example: slavefree attendance record last --present colin --deputy sam=julie --late colin=county")
def record(
    context: typer.Context,
    meeting: MeetingArgument,
    present: People = None,
    apologies: People = None,
    absent: People = None,
    in_attendance: People = None,
    deputy: Annotated[
        list[str] | None, typer.Option(metavar="PERSON=FOR", help="Who came for whom.", show_default=False)
    ] = None,
    video: People = None,
    late: Pairs = None,
    left: Pairs = None,
    interest: Pairs = None,
    json: AsJson = False,
) -> None:
    """Record who came and how; each option may be repeated, and who is not named stays as recorded."""
    session, register = whole(context)
    today = session.today(register)
    found = find.meeting(register, meeting, today)
    given = (present, apologies, absent, in_attendance, deputy, video, late, left, interest)
    if nothing_given(*given):
        raise UsageError("Say who came: --present PERSON, --apologies PERSON and so on.")
    recorded = attendance.record(
        register,
        found,
        outcomes=[
            ("present", present or []),
            ("apologies", apologies or []),
            ("absent", absent or []),
            ("in-attendance", in_attendance or []),
        ],
        deputies=deputy or [],
        video=video or [],
        late=late or [],
        left=left or [],
        interests=interest or [],
        today=today,
    )
    _show(session, register, recorded, json=json)
    session.say(f"Recorded the attendance of {found.title}")


def _show(session: Session, register: WholeRegister, recorded: attendance.Recorded, *, json: bool) -> None:
    item = items.attendance(recorded.attendance, recorded.quorum, recorded.people)
    if json:
        screen.write_bytes(items.answer("attendance", item))
        return
    people = item["people"]
    if isinstance(people, list):
        session.show_all("attendance", people, COLUMNS, register, json=False)
    judged = recorded.quorum
    if judged.met is not None:
        needed = f"{judged.needed or 0} needed"
        missing = f", nobody from {', '.join(judged.missing)}" if judged.missing else ""
        session.say(f"Quorum: {'met' if judged.met else 'not met'} ({judged.present} members, {needed}{missing})")
