"""Open minutes, or what a template makes of them, sent to the people who were invited: one message a person."""

from typing import NamedTuple

from slavefree_cli.documents.blocks import Markdown
from slavefree_cli.errors import InvalidError
from slavefree_cli.mail.letter import Letter, Party
from slavefree_cli.minutes.approved import with_corrections
from slavefree_cli.model.dates import short
from slavefree_cli.model.invitees import Invitee, invitees
from slavefree_cli.register.desk import Desk
from slavefree_cli.work.minutes import drafting
from slavefree_cli.work.minutes.volume import TWO, Minutes
from slavefree_cli.work.post.letters import letter, sender_of


class Round(NamedTuple):
    """What there is to be sent."""

    letters: list[Letter]
    what: str
    without_address: list[Invitee]


def round_of(desk: Desk, minutes: Minutes, template: str | None) -> Round:
    """Return a message for each person who was invited to a meeting, with its minutes or what a template makes.

    Args:
        desk: The register.
        minutes: The open minutes.
        template: The name of a template, such as ``action-notes``; None for the minutes themselves.

    Raises:
        InvalidError: The partnership has no coordinator's address, or the template is wrong.
        NotFoundError: There are no minutes yet, or no such template.
    """
    records = desk.records
    sender_of(records.partnership)
    if template == TWO.template:
        raise InvalidError(f"The template {template} is for what was taken in private, which is not sent.")
    if template is not None:
        what, text = template.replace("-", " ").capitalize(), drafting.shown(desk, minutes, template)
    else:
        what = "Minutes" if minutes.approval else "Draft minutes"
        text = with_corrections(minutes.text, minutes.corrections, records.partnership.timezone)
        text = drafting.read_without_comments(text)
    title = f"{what}: {minutes.meeting.title}, {short(minutes.meeting.date)}"
    invited = sorted(invitees(minutes.meeting, records), key=lambda each: (each.name.casefold(), each.id))
    letters = [
        letter(records, each.id, Party(each.name, each.email), title, [Markdown(text)])
        for each in invited
        if each.email is not None
    ]
    return Round(letters, what.lower(), [each for each in invited if each.email is None])
