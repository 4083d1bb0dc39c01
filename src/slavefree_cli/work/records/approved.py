"""What is changed in the records of a meeting whose approved minutes say how it was."""

from slavefree_cli.model.dates import short
from slavefree_cli.model.meeting import Meeting
from slavefree_cli.register.desk import Desk


def warn(desk: Desk, meeting: Meeting) -> None:
    """Say that the minutes of a meeting do not follow what was changed, where they are approved."""
    if meeting.minutes is not None:
        desk.warn(
            f"The minutes of {meeting.dated} were approved on {short(meeting.minutes.approved)} and stay as they are; "
            f"where they are wrong: slavefree minutes correct {meeting.id} TEXT"
        )
