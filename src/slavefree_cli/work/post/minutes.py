"""Open minutes, or what a template makes of them, sent to the people who were invited: one message a person."""

from slavefree_cli.documents.blocks import Markdown
from slavefree_cli.errors import InvalidError
from slavefree_cli.mail.letter import Letter, Party
from slavefree_cli.minutes.owned import without_comments
from slavefree_cli.model.dates import short
from slavefree_cli.model.invitees import Invitee, invitees
from slavefree_cli.register.desk import Desk
from slavefree_cli.work.minutes import drafting, unfinished
from slavefree_cli.work.minutes.volume import TWO, Minutes
from slavefree_cli.work.post.letters import Round, round_of
from slavefree_cli.work.records import withheld


def of_minutes(desk: Desk, minutes: Minutes, template: str | None) -> Round:
    """Return a message for each person who was invited to a meeting, with its minutes or what a template makes.

    Args:
        desk: The register.
        minutes: The open minutes.
        template: The name of a template, such as ``action-notes``; None for the minutes themselves.

    Raises:
        InvalidError: The partnership has no coordinator's address, the template is wrong, or something restricted
            would be shown.
        NotFoundError: There are no minutes yet, or no such template.
    """
    if template == TWO.template:
        raise InvalidError(f"The template {template} is for what was taken in private, which is not sent.")
    if template is not None:
        what, text = template.replace("-", " ").capitalize(), drafting.shown(desk, minutes, template)
    else:
        what = "Minutes" if minutes.approval else "Draft minutes"
        said = minutes.said(desk.records.partnership.timezone)
        withheld.refuse(desk, [(minutes.path, said)])
        text = without_comments(said)
    title = f"{what}: {minutes.meeting.title}, {short(minutes.meeting.date)}"

    def written(invitee: Invitee, to: Party) -> Letter:
        return Letter(invitee.id, to, title, (Markdown(text),), what=what.lower())

    there = round_of(desk.records, invitees(minutes.meeting, desk.records), written)
    return there._replace(
        what=what.lower(), remarks=tuple(unfinished.remarks(desk, minutes, as_they_are=template is None))
    )
